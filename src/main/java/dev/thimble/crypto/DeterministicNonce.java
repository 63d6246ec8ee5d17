/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The deterministic nonces of RFC 6979 §3.2 for ECDSA: HMAC-DRBG over the private key and the digest, one HMAC a slice.
 *
 * <p>The hash is the one whose length the digest has. Constant time but for the chance of a candidate being refused, which is below
 * 2<sup>-32</sup> and says nothing about the next.
 */
/* package */ final class DeterministicNonce {

	private static final int KEY_0 = 0;
	private static final int VALUE_0 = 1;
	private static final int KEY_1 = 2;
	private static final int VALUE_1 = 3;
	private static final int GENERATE = 4;
	private static final int KEY_NEXT = 5;
	private static final int VALUE_NEXT = 6;

	private final Hmac[] hmacs;
	/** From its beginning the DRBG's key for a moment, then output, which is the nonce in the end; behind it the DRBG's value and the digest. */
	private final byte[] memory;
	private final short value;
	/** Where the separator stands, and behind it the digest modulo n. */
	private final short digest;
	private Hmac hmac;
	private int phase;
	private int filled;

	/**
	 * Allocates an object.
	 *
	 * @param hashes
	 *            the hashes that may come up.
	 * @param keyLength
	 *            the length of n and of the private key.
	 */
	/* package */ DeterministicNonce(Hash[] hashes, int keyLength) {
		this.hmacs = new Hmac[hashes.length];
		int longest = 0;
		int most = 0;
		for (int i = 0; i < hashes.length; i++) {
			this.hmacs[i] = new Hmac(hashes[i]);
			int length = hashes[i].length();
			int whole = (keyLength + length - 1) / length * length;
			longest = Math.max(longest, length);
			most = Math.max(most, whole);
		}
		most = Math.max(most, longest);
		this.value = (short) most;
		this.digest = (short) (most + longest);
		this.memory = new byte[most + longest + 1 + keyLength];
	}

	/**
	 * Starts.
	 *
	 * @param w
	 *            the memory.
	 * @param e
	 *            offset of the digest as a number modulo n.
	 * @param words
	 *            words of n.
	 * @param hashLength
	 *            the length of the digest.
	 * @return false if there is no hash of this length.
	 */
	/* package */ boolean start(int[] w, int e, int words, int hashLength) {
		this.hmac = null;
		for (int i = 0; i < this.hmacs.length; i++) {
			if (this.hmacs[i].length() == hashLength) {
				this.hmac = this.hmacs[i];
			}
		}
		if (this.hmac == null) {
			return false;
		}
		byte[] m = this.memory;
		Words.toBytes(w, e, words, m, this.digest + 1);
		for (int i = 0; i < hashLength; i++) {
			m[this.value + i] = 1;
			m[i] = 0;
		}
		this.hmac.init(m, 0, hashLength);
		this.phase = KEY_0;
		return true;
	}

	/** Asks for another nonce, after one has been refused. */
	/* package */ void startNext() {
		this.phase = KEY_NEXT;
	}

	/**
	 * Computes one HMAC.
	 *
	 * @param privateKey
	 *            the private key, as long as n.
	 * @return true once a nonce stands in {@link #output()}, as long as n; whether it is in range is for the caller to say.
	 */
	/* package */ boolean step(byte[] privateKey) {
		int phase = this.phase++;
		switch (phase) {
		case KEY_0:
			makeKey(0, privateKey);
			return false;
		case KEY_1:
			makeKey(1, privateKey);
			return false;
		case KEY_NEXT:
			makeKey(0, null);
			return false;
		case VALUE_0:
			makeValue();
			return false;
		case VALUE_1:
		case VALUE_NEXT:
			makeValue();
			this.filled = 0;
			this.phase = GENERATE;
			return false;
		default:
			makeValue();
			int length = this.hmac.length();
			System.arraycopy(this.memory, this.value, this.memory, this.filled, length);
			this.filled += length;
			this.phase = GENERATE;
			return this.filled >= privateKey.length;
		}
	}

	/** K = HMAC(K, V || separator), with private key and digest behind if there is a private key. */
	private void makeKey(int separator, byte[] privateKey) {
		Hmac hmac = this.hmac;
		int length = hmac.length();
		hmac.update(this.memory, this.value, length);
		this.memory[this.digest] = (byte) separator;
		hmac.update(this.memory, this.digest, 1);
		if (privateKey != null) {
			hmac.update(privateKey, 0, privateKey.length);
			hmac.update(this.memory, this.digest + 1, privateKey.length);
		}
		hmac.mac(this.memory, 0);
		hmac.init(this.memory, 0, length);
	}

	/** V = HMAC(K, V). */
	private void makeValue() {
		this.hmac.update(this.memory, this.value, this.hmac.length());
		this.hmac.mac(this.memory, this.value);
	}

	/** Gets the array of the nonce, big-endian, from index 0. It is secret. */
	/* package */ byte[] output() {
		return this.memory;
	}

	/** Overwrites everything with zeros. */
	/* package */ void wipe() {
		for (int i = this.hmacs.length; --i >= 0;) {
			this.hmacs[i].wipe();
		}
		Bytes.zero(this.memory, 0, this.memory.length);
	}
}
