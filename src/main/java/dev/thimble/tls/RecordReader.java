/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The receiving half of the record layer (RFC 8446 §5): collects one record, checks its header, opens it in place.
 *
 * <p>Life of the buffer: header (5 bytes) → body → opening (sliced) → content, which the engine takes from {@link #contentOffset()} on; once it
 * is all taken, the next header. The window never reaches beyond the current record, so no byte of the next one has to be moved.
 */
/* package */ final class RecordReader {

	/* package */ static final int HEADER_LENGTH = 5;
	/** What the protection of TLS 1.3 adds at most: content type and tag. */
	/* package */ static final int OVERHEAD = 1 + 16;

	private static final int HEADER = 0;
	private static final int BODY = 1;
	private static final int OPENING = 2;
	private static final int CONTENT = 3;
	/** A record of early data goes by. */
	private static final int PASSING = 4;

	/** RFC 8446 §5.2: length of TLSCiphertext.encrypted_record. */
	private static final int MAX_CIPHERTEXT = 16384 + 256;

	private final byte[] buffer;
	private final int limit;
	private final RecordProtection protection;
	/** How much longer than the limit a record without protection may be: see {@link RecordFormat12#SPARE}. */
	private final byte spare;
	private byte phase;
	private int filled;
	private int length;
	private byte type;
	private int content;
	private int contentEnd;
	/** How much of the record is still to come behind what fits into the buffer. */
	private int excess;

	/**
	 * Creates a reader.
	 *
	 * @param limit
	 *            the largest plaintext accepted, in bytes.
	 * @param overhead
	 *            what protection adds at most.
	 * @param protection
	 *            the keys.
	 */
	/* package */ RecordReader(int limit, int overhead, RecordProtection protection) {
		this.limit = limit;
		this.protection = protection;
		this.spare = (byte) (overhead == RecordFormat12.OVERHEAD ? RecordFormat12.SPARE : 0);
		this.buffer = new byte[HEADER_LENGTH + limit + overhead];
	}

	/* package */ void reset() {
		wipe();
		this.phase = HEADER;
		this.filled = 0;
		this.content = 0;
		this.contentEnd = 0;
		this.excess = 0;
	}

	/* package */ byte[] buffer() {
		return this.buffer;
	}

	/** Tells whether bytes from the wire are wanted. */
	/* package */ boolean wantsBytes() {
		return this.phase <= BODY || this.phase == PASSING;
	}

	/* package */ int windowOffset() {
		return this.filled;
	}

	/* package */ int windowLength() {
		if (this.phase == PASSING) {
			return this.length < this.limit ? this.length : this.limit;
		}
		return (this.phase == HEADER ? HEADER_LENGTH : HEADER_LENGTH + this.length) - this.filled;
	}

	/**
	 * Takes note of bytes put into the window.
	 *
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int ack(int count) {
		if (this.phase == PASSING) {
			this.length -= count;
			this.phase = (byte) (this.length == 0 ? HEADER : PASSING);
			this.filled = this.length == 0 ? 0 : HEADER_LENGTH;
			return TlsError.NONE;
		}
		this.filled += count;
		if (windowLength() > 0) {
			return TlsError.NONE;
		}
		if (this.phase == HEADER) {
			int error = checkHeader();
			if (error != TlsError.NONE || this.length > 0 || this.phase == HEADER) {
				return error;
			}
		}
		return startContent();
	}

	private int checkHeader() {
		byte[] b = this.buffer;
		this.type = b[0];
		this.length = (b[3] & 0xff) << 8 | b[4] & 0xff;
		if (b[1] != 3) {
			// All versions of TLS have a record version of 3.x; before the keys, anything else is another protocol.
			return this.protection.active() ? TlsError.UNEXPECTED_MESSAGE : TlsError.NOT_TLS;
		}
		boolean sealed = sealed();
		boolean earlyData = !sealed && this.type == ContentType.APPLICATION_DATA && this.protection.passOver(this.length);
		if (earlyData) {
			return passOver();
		}
		if (this.type < ContentType.CHANGE_CIPHER_SPEC || this.type > ContentType.APPLICATION_DATA
				|| this.type == ContentType.APPLICATION_DATA && !sealed
				|| this.type != ContentType.APPLICATION_DATA && sealed && this.protection.hidesType()) {
			// §5: unknown; or application data before there are keys, which would be delivered unprotected; or not protected afterwards.
			return TlsError.UNEXPECTED_MESSAGE;
		}
		if (this.length > (sealed ? MAX_CIPHERTEXT : EngineConfig.MAX_RECORD_LIMIT)) {
			return TlsError.RECORD_OVERFLOW;
		}
		int overhead = sealed ? this.protection.overhead() : this.spare;
		this.excess = this.length > this.limit + overhead ? this.length - overhead - this.limit : 0;
		if (this.excess > 0) {
			// The spare byte is for a record that comes whole: a piece has none.
			this.excess += sealed ? 0 : overhead;
			if (sealed ? this.protection.passOver(this.length) : this.type == ContentType.HANDSHAKE && this.protection.tolerant()) {
				return sealed ? passOver() : startPiece(this.limit);
			}
			return TlsError.RECORD_LIMIT_IGNORED;
		}
		if (sealed && this.length < this.protection.leastLength()) {
			// Not even what is always there fits: such a record cannot be authentic.
			return TlsError.BAD_RECORD;
		}
		this.phase = BODY;
		return TlsError.NONE;
	}

	/** RFC 8446 §4.2.10: a server that does not accept early data passes it over. */
	private int passOver() {
		this.phase = (byte) (this.length == 0 ? HEADER : PASSING);
		this.filled = this.length == 0 ? 0 : HEADER_LENGTH;
		this.excess = 0;
		return TlsError.NONE;
	}

	/** Begins a piece of a record that is read in pieces: a hello, and in TLS 1.2 all before the keys, may be longer than what we say (RFC 8449 §4). */
	private int startPiece(int bytes) {
		this.length = bytes;
		this.filled = HEADER_LENGTH;
		this.phase = BODY;
		return TlsError.NONE;
	}

	/** Once keys are in use every record is protected, but for change_cipher_spec in TLS 1.3 (§5). */
	private boolean sealed() {
		return this.protection.active() && (this.type != ContentType.CHANGE_CIPHER_SPEC || !this.protection.hidesType()) && !plainAlert();
	}

	/** A client that could not make keys of our ServerHello says so without. */
	private boolean plainAlert() {
		return this.type == ContentType.ALERT && this.protection.tolerant() && this.protection.hidesType();
	}

	private int startContent() {
		this.content = HEADER_LENGTH;
		this.contentEnd = HEADER_LENGTH + this.length;
		if (!sealed()) {
			this.phase = CONTENT;
			return TlsError.NONE;
		}
		this.phase = OPENING;
		this.content += this.protection.prefixLength();
		this.contentEnd -= this.protection.tagLength();
		this.protection.startOpen(this.buffer, 0, this.content, this.contentEnd - this.content);
		return TlsError.NONE;
	}

	/* package */ boolean opening() {
		return this.phase == OPENING;
	}

	/**
	 * Works for a slice on opening the record.
	 *
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int step() {
		if (!this.protection.step()) {
			return TlsError.NONE;
		}
		this.phase = CONTENT;
		if (!this.protection.result()) {
			this.contentEnd = this.content;
			if (this.protection.passOver(this.length)) {
				this.protection.takeBack();
				take(0);
				return TlsError.NONE;
			}
			return TlsError.BAD_RECORD;
		}
		this.protection.tolerate(0);
		if (!this.protection.hidesType()) {
			return TlsError.NONE;
		}
		// §5.4: the content type is the last byte that is not zero.
		int end = this.contentEnd - 1;
		while (end >= this.content && this.buffer[end] == 0) {
			end--;
		}
		if (end < this.content) {
			return TlsError.UNEXPECTED_MESSAGE;
		}
		this.type = this.buffer[end];
		this.contentEnd = end;
		// §5: change_cipher_spec is never protected; what is not known is refused.
		return this.type >= ContentType.ALERT && this.type <= ContentType.APPLICATION_DATA ? TlsError.NONE : TlsError.UNEXPECTED_MESSAGE;
	}

	/** Tells whether a record lies open. */
	/* package */ boolean hasContent() {
		return this.phase == CONTENT;
	}

	/* package */ int contentType() {
		return this.type;
	}

	/* package */ int contentOffset() {
		return this.content;
	}

	/* package */ int contentLength() {
		return this.contentEnd - this.content;
	}

	/** Takes content; when all is taken, the next record can come. */
	/* package */ void take(int count) {
		this.content += count;
		if (this.content == this.contentEnd) {
			if (this.excess > 0) {
				int next = this.excess < this.limit ? this.excess : this.limit;
				this.excess -= next;
				startPiece(next);
			} else {
				this.phase = HEADER;
				this.filled = 0;
			}
		}
	}

	/** Tells whether the record ends with what lies open of it. */
	/* package */ boolean whole() {
		return this.excess == 0;
	}

	/** Gets the inbound record limit that the record refused would have needed, in bytes. */
	/* package */ int neededLimit() {
		return this.limit + this.excess;
	}

	/* package */ void wipe() {
		byte[] b = this.buffer;
		for (int i = 0; i < b.length; i++) {
			b[i] = 0;
		}
		// Nothing that was received is delivered after a wipe.
		this.content = this.contentEnd;
	}
}
