/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;

/**
 * The protected records of TLS 1.2 (RFC 5246 §6.2.3.3): the content type is in the header, associated data are sequence number, type, version and
 * length, and with AES the last 8 bytes of the nonce stand before the text (RFC 5288 §3, RFC 6655 §3). ChaCha20-Poly1305 makes its nonces as TLS 1.3
 * does (RFC 7905 §2).
 *
 * <p>There is one for both directions.
 */
/* package */ final class RecordFormat12 {

	/** RFC 8449 §4: who offers TLS 1.3 as well names a limit that counts the content type, so without one a text may be longer by it. */
	/* package */ static final int SPARE = 1;
	/** The most bytes that protection adds. */
	/* package */ static final int OVERHEAD = 8 + 16 + SPARE;

	private static final int EXPLICIT = 8;
	/** The implicit part of a nonce of AES, the salt. */
	private static final int SALT = Aead.NONCE_LENGTH - EXPLICIT;
	private static final int AAD_LENGTH = 8 + 1 + 2 + 2;

	private final byte[] memory;
	/** Where the associated data stand. */
	private final short aad;
	private boolean explicit;

	/**
	 * Creates a format.
	 *
	 * @param memory
	 *            an array of which {@value #AAD_LENGTH} bytes from an offset on are used within single calls only.
	 */
	/* package */ RecordFormat12(byte[] memory, int offset) {
		this.memory = memory;
		this.aad = (short) offset;
	}

	/** Sets the AEAD, a constant of {@link Aead}. */
	/* package */ void select(int aead) {
		this.explicit = aead != Aead.CHACHA20_POLY1305;
	}

	/** Gets the length of the explicit part of the nonce in bytes. */
	/* package */ int explicitLength() {
		return this.explicit ? EXPLICIT : 0;
	}

	/** Gets the length of the part of the nonce that comes from the key block, in bytes. */
	/* package */ int fixedLength() {
		return this.explicit ? SALT : Aead.NONCE_LENGTH;
	}

	/** Starts to seal: the explicit part is the sequence number, which is used once with a key. */
	/* package */ void seal(Aead aead, byte[] nonce, long sequence, byte[] data, int header, int offset, int length) {
		associate(sequence, data, header, length);
		if (this.explicit) {
			System.arraycopy(this.memory, this.aad, nonce, SALT, EXPLICIT);
			System.arraycopy(this.memory, this.aad, data, offset - EXPLICIT, EXPLICIT);
			aead.startSeal(nonce, this.memory, this.aad, AAD_LENGTH, data, offset, length);
			return;
		}
		RecordProtection.addSequence(nonce, sequence);
		aead.startSeal(nonce, this.memory, this.aad, AAD_LENGTH, data, offset, length);
		RecordProtection.addSequence(nonce, sequence);
	}

	/** Starts to open: the explicit part is what the peer says. */
	/* package */ void open(Aead aead, byte[] nonce, long sequence, byte[] data, int header, int offset, int length) {
		associate(sequence, data, header, length);
		if (this.explicit) {
			System.arraycopy(data, offset - EXPLICIT, nonce, SALT, EXPLICIT);
			aead.startOpen(nonce, this.memory, this.aad, AAD_LENGTH, data, offset, length);
			return;
		}
		RecordProtection.addSequence(nonce, sequence);
		aead.startOpen(nonce, this.memory, this.aad, AAD_LENGTH, data, offset, length);
		RecordProtection.addSequence(nonce, sequence);
	}

	private void associate(long sequence, byte[] record, int header, int length) {
		byte[] a = this.memory;
		int at = this.aad;
		long s = sequence;
		for (int i = 7; i >= 0; i--) {
			a[at + i] = (byte) s;
			s >>>= 8;
		}
		a[at + 8] = record[header];
		a[at + 9] = record[header + 1];
		a[at + 10] = record[header + 2];
		a[at + 11] = (byte) (length >> 8);
		a[at + 12] = (byte) length;
	}
}
