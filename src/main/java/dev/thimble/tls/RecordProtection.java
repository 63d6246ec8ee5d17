/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;

/**
 * The keys of one direction: AEAD, initialisation vector and sequence number (RFC 8446 §5.2, §5.3).
 *
 * <p>Both directions share an AEAD, which has one key at a time; each keeps its own and gives it to the AEAD when the other's was there.
 */
/* package */ final class RecordProtection {

	/* package */ static final int IV_LENGTH = Aead.NONCE_LENGTH;
	/** Where the initialisation vector stands in {@link #secret()}. */
	/* package */ static final int IV = 0;
	/** Where the key stands in {@link #secret()}. */
	/* package */ static final int KEY = IV_LENGTH;
	private static final int MAX_KEY_LENGTH = 32;
	/** What a server tolerates while it waits for a client's first record that is authentic, see {@link #tolerate}. */
	/* package */ static final int HELLO = 1;
	/** How many bytes of early data a server passes over: twice what servers usually accept. */
	/* package */ static final int MAX_EARLY_DATA = 32768;

	/** The initialisation vector, and the nonce while an AEAD reads it; then the key. */
	private final byte[] secret = new byte[IV_LENGTH + MAX_KEY_LENGTH];
	private RecordProtection other;
	private Aead aead;
	private long sequence;
	private boolean active;
	/** The format of TLS 1.2; null: that of TLS 1.3. */
	private RecordFormat12 format;
	/** Whether the AEAD has this direction's key. */
	private boolean installed;
	private char tolerance;

	/** Makes two protections those of one connection, which use one AEAD. */
	/* package */ void pair(RecordProtection opposite) {
		this.other = opposite;
		opposite.other = this;
	}

	/** Chooses the AEAD; keys follow by {@link #start}. */
	/* package */ void select(Aead chosen) {
		this.aead = chosen;
		this.installed = false;
	}

	/** Sets the format of TLS 1.2, until {@link #wipe}. */
	/* package */ void format(RecordFormat12 chosen) {
		this.format = chosen;
	}

	/** Tells whether protected records hide their content type (RFC 8446 §5.2), which in TLS 1.2 stands in the header. */
	/* package */ boolean hidesType() {
		return this.format == null;
	}

	/** Gets the number of bytes between header and text of the next record: the explicit part of the nonce in TLS 1.2. */
	/* package */ int prefixLength() {
		return this.format == null || !this.active ? 0 : this.format.explicitLength();
	}

	/** Gets the most bytes that a record can have beyond the limit for plaintexts. */
	/* package */ int overhead() {
		return this.format == null ? 1 + tagLength() : this.format.explicitLength() + tagLength() + RecordFormat12.SPARE;
	}

	/** Gets the length of the shortest record: it has a content type, or else (TLS 1.2) can be empty. */
	/* package */ int leastLength() {
		return this.format == null ? 1 + tagLength() : this.format.explicitLength() + tagLength();
	}

	/** Gets the array that receives initialisation vector and key. */
	/* package */ byte[] secret() {
		return this.secret;
	}

	/* package */ int keyLength() {
		return this.aead.keyLength();
	}

	/* package */ int tagLength() {
		return this.aead.tagLength();
	}

	/** Starts to use the key and the initialisation vector that were put into {@link #secret()}, from sequence number 0. */
	/* package */ void start() {
		this.installed = false;
		this.sequence = 0;
		this.active = true;
	}

	/**
	 * Sets what is tolerated until the first authentic record, which ends it.
	 *
	 * @param bytes
	 *            0: nothing. {@link #HELLO} and more: a handshake message in a record longer than the buffer, before there are keys; an alert that is
	 *            not protected, after, since a client that could not read our ServerHello has no keys. What is above that: so many bytes of records
	 *            of application data that cannot be opened.
	 */
	/* package */ void tolerate(int bytes) {
		this.tolerance = (char) bytes;
	}

	/** Tells whether anything is tolerated. */
	/* package */ boolean tolerant() {
		return this.tolerance != 0;
	}

	/** Tells whether a record of early data can be passed over, and counts it with its header if so. */
	/* package */ boolean passOver(int bytes) {
		int cost = RecordReader.HEADER_LENGTH + bytes;
		boolean passed = cost < this.tolerance;
		this.tolerance -= passed ? cost : 0;
		return passed;
	}

	/** Takes back that a record was opened: it was none of this key. */
	/* package */ void takeBack() {
		this.sequence--;
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
		install();
		if (this.format != null) {
			this.format.seal(this.aead, this.secret, this.sequence++, data, headerOffset, offset, length);
			return;
		}
		addSequence();
		this.aead.startSeal(this.secret, data, headerOffset, 5, data, offset, length);
		addSequence();
		this.sequence++;
	}

	/** Starts to open; length: without the tag. */
	/* package */ void startOpen(byte[] data, int headerOffset, int offset, int length) {
		install();
		if (this.format != null) {
			this.format.open(this.aead, this.secret, this.sequence++, data, headerOffset, offset, length);
			return;
		}
		addSequence();
		this.aead.startOpen(this.secret, data, headerOffset, 5, data, offset, length);
		addSequence();
		this.sequence++;
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
		this.installed = false;
		this.other.installed = false;
		this.active = false;
		this.format = null;
		this.tolerance = 0;
		this.sequence = 0;
		for (int i = 0; i < this.secret.length; i++) {
			this.secret[i] = 0;
		}
	}

	private void install() {
		if (!this.installed) {
			this.aead.init(this.secret, KEY);
			this.installed = true;
			this.other.installed = false;
		}
	}

	/** Turns the initialisation vector into the nonce of the record (§5.3), or back. */
	private void addSequence() {
		addSequence(this.secret, this.sequence);
	}

	/** Adds a sequence number to an initialisation vector (RFC 8446 §5.3, RFC 7905 §2). */
	/* package */ static void addSequence(byte[] nonce, long sequence) {
		long s = sequence;
		for (int i = IV + IV_LENGTH - 1; i >= IV + IV_LENGTH - 8; i--) {
			nonce[i] ^= (byte) s;
			s >>>= 8;
		}
	}
}
