/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;

/** The keys of one direction: AEAD, initialisation vector and sequence number (RFC 8446 §5.2, §5.3). */
/* package */ final class RecordProtection {

	/* package */ static final int IV_LENGTH = Aead.NONCE_LENGTH;

	private final byte[] iv = new byte[IV_LENGTH];
	private final byte[] nonce;
	private Aead aead;
	private long sequence;
	private boolean active;

	/**
	 * Creates a protection without keys.
	 *
	 * @param nonce
	 *            an array of {@value #IV_LENGTH} bytes, which both directions share: an AEAD reads its nonce before it returns.
	 */
	/* package */ RecordProtection(byte[] nonce) {
		this.nonce = nonce;
	}

	/** Chooses the AEAD; keys follow by {@link #start}. */
	/* package */ void select(Aead chosen) {
		this.aead = chosen;
	}

	/* package */ byte[] iv() {
		return this.iv;
	}

	/* package */ int keyLength() {
		return this.aead.keyLength();
	}

	/* package */ int tagLength() {
		return this.aead.tagLength();
	}

	/** Starts to use a key, with the IV that was put into {@link #iv()}, from sequence number 0. */
	/* package */ void start(byte[] key, int offset) {
		this.aead.init(key, offset);
		this.sequence = 0;
		this.active = true;
	}

	/** Tells whether records are protected; before the first keys they are not. */
	/* package */ boolean active() {
		return this.active;
	}

	/** Gets the number of records protected under the current key. */
	/* package */ long sequence() {
		return this.sequence;
	}

	/** Starts to seal; header: the 5 bytes of the record's header, which are the associated data. */
	/* package */ void startSeal(byte[] data, int headerOffset, int offset, int length) {
		nextNonce();
		this.aead.startSeal(this.nonce, data, headerOffset, 5, data, offset, length);
	}

	/** Starts to open; length: without the tag. */
	/* package */ void startOpen(byte[] data, int headerOffset, int offset, int length) {
		nextNonce();
		this.aead.startOpen(this.nonce, data, headerOffset, 5, data, offset, length);
	}

	/* package */ boolean step() {
		return this.aead.step();
	}

	/* package */ boolean result() {
		return this.aead.result();
	}

	/* package */ void wipe() {
		if (this.aead != null) {
			this.aead.wipe();
		}
		this.active = false;
		this.sequence = 0;
		for (int i = 0; i < IV_LENGTH; i++) {
			this.iv[i] = 0;
			this.nonce[i] = 0;
		}
	}

	private void nextNonce() {
		System.arraycopy(this.iv, 0, this.nonce, 0, IV_LENGTH);
		long s = this.sequence++;
		for (int i = IV_LENGTH - 1; i >= IV_LENGTH - 8; i--) {
			this.nonce[i] ^= (byte) s;
			s >>>= 8;
		}
	}
}
