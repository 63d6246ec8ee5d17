/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;

/**
 * The transcript hash (RFC 8446 §4.4.1).
 *
 * <p>Until the server has chosen a cipher suite nobody knows which hash the ClientHello goes into, so both run; the loser is simply no longer
 * fed.
 */
/* package */ final class Transcript {

	/** Bytes {@link #helloRetry} works in. */
	/* package */ static final int RETRY_LENGTH = 52;

	private final Hash sha256;
	private final Hash sha384;
	private final Hash work256;
	private final Hash work384;
	private byte selected;
	private boolean both;

	/**
	 * Creates a transcript.
	 *
	 * @param sha256
	 *            runs the transcript, the transcript's own.
	 * @param sha384
	 *            runs the transcript, the transcript's own; null if no suite uses it.
	 * @param work256
	 *            a hash used within single calls only.
	 * @param work384
	 *            a hash used within single calls only; null if no suite uses it.
	 */
	/* package */ Transcript(Hash sha256, Hash sha384, Hash work256, Hash work384) {
		this.sha256 = sha256;
		this.sha384 = sha384;
		this.work256 = work256;
		this.work384 = work384;
	}

	/* package */ void reset() {
		this.selected = 0;
		this.both = false;
		this.sha256.reset();
		if (this.sha384 != null) {
			this.sha384.reset();
		}
	}

	/* package */ void update(byte[] input, int offset, int length) {
		if (this.selected != Hash.SHA_384 || this.both) {
			this.sha256.update(input, offset, length);
		}
		if ((this.selected != Hash.SHA_256 || this.both) && this.sha384 != null) {
			this.sha384.update(input, offset, length);
		}
	}

	/** Chooses the hash; repeating the same choice after a HelloRetryRequest changes nothing. */
	/* package */ void select(int hash) {
		select(hash, false);
	}

	/**
	 * Chooses the hash.
	 *
	 * @param keepBoth
	 *            whether the other hash runs on: in TLS 1.2 a signature may be about that.
	 */
	/* package */ void select(int hash, boolean keepBoth) {
		this.selected = (byte) hash;
		this.both = keepBoth;
	}

	/**
	 * Writes the hash of all messages so far by a hash function that need not be the one chosen, if both run; the transcript goes on.
	 *
	 * @param hash
	 *            {@link Hash#SHA_256} or {@link Hash#SHA_384}.
	 */
	/* package */ void hash(int hash, byte[] output, int offset) {
		fork(hash).digest(output, offset);
	}

	/**
	 * Replaces the first ClientHello by its hash, as a HelloRetryRequest demands.
	 *
	 * @param work
	 *            an array.
	 * @param at
	 *            the first of {@value #RETRY_LENGTH} bytes to be used.
	 */
	/* package */ void helloRetry(byte[] work, int at) {
		Hash running = running();
		int length = running.length();
		work[at] = (byte) HandshakeType.MESSAGE_HASH;
		work[at + 1] = 0;
		work[at + 2] = 0;
		work[at + 3] = (byte) length;
		running.digest(work, at + 4);
		running.update(work, at, 4 + length);
	}

	/**
	 * Writes the hash of all messages so far; the transcript goes on.
	 *
	 * @param output
	 *            receives {@link #length()} bytes.
	 * @param offset
	 *            where the first one goes.
	 */
	/* package */ void hash(byte[] output, int offset) {
		fork(running().algorithm()).digest(output, offset);
	}

	/** Gets a work hash. */
	/* package */ Hash work(int hash) {
		return hash == Hash.SHA_384 ? this.work384 : this.work256;
	}

	/** Gets a work hash in the state of the transcript so far, by a hash that has not been chosen yet, perhaps. */
	/* package */ Hash fork(int hash) {
		boolean longer = hash == Hash.SHA_384;
		Hash work = longer ? this.work384 : this.work256;
		work.copyFrom(longer ? this.sha384 : this.sha256);
		return work;
	}

	/** Tells whether SHA-384 runs, if both were to be kept. */
	/* package */ boolean has384() {
		return this.sha384 != null;
	}

	/* package */ int length() {
		return running().length();
	}

	private Hash running() {
		return this.selected == Hash.SHA_384 ? this.sha384 : this.sha256;
	}
}
