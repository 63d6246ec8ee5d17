/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The sending half of the record layer: builds records in its buffer, one behind the other as long as they fit, and seals them in place.
 *
 * <p>The payload of the next record is put at {@link #payloadOffset()}; then {@link #send} makes a record of it.
 */
/* package */ final class RecordWriter {

	/** RFC 8446 §5.5 limits AES-GCM to 2^24.5 records under one key; the engine updates its key well before. */
	/* package */ static final long KEY_UPDATE_AFTER = 1L << 23;

	private final byte[] buffer;
	private final RecordProtection protection;
	private int start;
	private int end;
	private int sealingEnd;
	private boolean sealing;
	private final byte overhead;

	/**
	 * Creates a writer.
	 *
	 * @param limit
	 *            the largest plaintext of a record, in bytes.
	 * @param overhead
	 *            what protection adds at most.
	 * @param protection
	 *            the keys.
	 */
	/* package */ RecordWriter(int limit, int overhead, RecordProtection protection) {
		this.protection = protection;
		this.overhead = (byte) overhead;
		this.buffer = new byte[RecordReader.HEADER_LENGTH + limit + overhead];
	}

	/* package */ void reset() {
		wipe();
	}

	/* package */ byte[] buffer() {
		return this.buffer;
	}

	/* package */ int sendOffset() {
		return this.start;
	}

	/** Gets the number of bytes ready for the wire; none while a record is being sealed. */
	/* package */ int sendLength() {
		return this.sealing ? 0 : this.end - this.start;
	}

	/* package */ void sent(int count) {
		this.start += count;
		if (this.start == this.end) {
			this.start = 0;
			this.end = 0;
		}
	}

	/** Tells whether nothing waits to be sent. */
	/* package */ boolean empty() {
		return this.end == 0 && !this.sealing;
	}

	/* package */ int payloadOffset() {
		return this.end + RecordReader.HEADER_LENGTH + this.protection.prefixLength();
	}

	/** Gets the longest payload that fits behind what waits to be sent; can be negative. */
	/* package */ int payloadRoom() {
		return this.buffer.length - this.end - RecordReader.HEADER_LENGTH - this.overhead;
	}

	/**
	 * Makes a record of the payload at {@link #payloadOffset()}. Protected records are sealed by {@link #step()}.
	 *
	 * @param type
	 *            the content type.
	 * @param length
	 *            the length of the payload in bytes.
	 * @param version
	 *            the legacy record version.
	 */
	/* package */ void send(int type, int length, int version) {
		byte[] b = this.buffer;
		int header = this.end;
		int payload = payloadOffset();
		int end = payload + length;
		boolean hides = this.protection.hidesType();
		boolean protect = this.protection.active() && (type != ContentType.CHANGE_CIPHER_SPEC || !hides);
		if (protect && hides) {
			b[end++] = (byte) type;
		}
		int next = protect ? end + this.protection.tagLength() : end;
		int body = next - header - RecordReader.HEADER_LENGTH;
		b[header] = (byte) (protect && hides ? ContentType.APPLICATION_DATA : type);
		b[header + 1] = (byte) (version >> 8);
		b[header + 2] = (byte) version;
		b[header + 3] = (byte) (body >> 8);
		b[header + 4] = (byte) body;
		if (protect) {
			this.sealing = true;
			this.sealingEnd = next;
			this.protection.startSeal(b, header, payload, end - payload);
		} else {
			this.end = next;
		}
	}

	/* package */ boolean sealing() {
		return this.sealing;
	}

	/** Works for a slice on sealing the record. */
	/* package */ void step() {
		if (this.protection.step()) {
			this.protection.result();
			this.sealing = false;
			this.end = this.sealingEnd;
		}
	}

	/** Tells whether the current key has protected so many records that it should be replaced. */
	/* package */ boolean keyWornOut() {
		return this.protection.sequence() >= KEY_UPDATE_AFTER;
	}

	/* package */ void wipe() {
		byte[] b = this.buffer;
		for (int i = 0; i < b.length; i++) {
			b[i] = 0;
		}
		this.start = 0;
		this.end = 0;
		this.sealing = false;
	}
}
