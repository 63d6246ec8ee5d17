/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * HMAC (RFC 2104, FIPS 198-1) over one hash object.
 *
 * <p>It keeps the key block and nothing else. The hash is touched only between the first {@link #update} (or {@link #mac}) and the end of
 * {@link #mac}, so that in between others may use it.
 */
public final class Hmac {

	private static final int INNER_PAD = 0x36;
	private static final int OUTER_PAD = 0x5c;

	private Hash hash;
	/** Bytes of padding that stand for all of it. */
	private static final int PADDING = 16;

	/** The key, padded with zeros, xor {@link #INNER_PAD}. If shorter than the hash's block, its last bytes are padding and repeat. */
	private final byte[] keyBlock;
	/** Whether the hash has taken in the inner key block. */
	private boolean started;

	/**
	 * Makes an HMAC with an empty key.
	 *
	 * @param hash
	 *            the hash to use; its running state is lost whenever this object computes.
	 */
	public Hmac(Hash hash) {
		this(hash, hash.blockLength());
	}

	/**
	 * Makes an HMAC for short keys, with an empty one.
	 *
	 * @param hash
	 *            as above.
	 * @param longestKey
	 *            the length of the longest key, a multiple of 16 bytes: less memory is reserved if it is shorter than the hash's block.
	 */
	public Hmac(Hash hash, int longestKey) {
		this.hash = hash;
		this.keyBlock = new byte[Math.min(longestKey + PADDING, hash.blockLength())];
		wipe();
	}

	/**
	 * Changes the hash; the key is wiped.
	 *
	 * @param newHash
	 *            a hash whose block is no longer than that of the one given to the constructor.
	 */
	public void hash(Hash newHash) {
		wipe();
		this.hash = newHash;
	}

	/**
	 * Gets the length of the result.
	 *
	 * @return the hash's length in bytes.
	 */
	public int length() {
		return this.hash.length();
	}

	/**
	 * Sets the key and forgets input given before.
	 *
	 * @param key
	 *            the caller's array, copied. May be null if the length is 0.
	 * @param offset
	 *            the first byte of the key.
	 * @param length
	 *            its length, at most what the constructor was told; a key longer than the hash's block is hashed first (RFC 2104 §2).
	 */
	public void init(byte[] key, int offset, int length) {
		byte[] keyBlock = this.keyBlock;
		int used = length;
		int blockLength = this.hash.blockLength();
		if (length > blockLength) {
			this.hash.reset();
			this.hash.update(key, offset, length);
			this.hash.digest(keyBlock, 0);
			used = this.hash.length();
		} else if (length > 0) {
			System.arraycopy(key, offset, keyBlock, 0, length);
		}
		for (int i = keyBlock.length; --i >= used;) {
			keyBlock[i] = INNER_PAD;
		}
		for (int i = used; --i >= 0;) {
			keyBlock[i] ^= INNER_PAD;
		}
		this.started = false;
	}

	/**
	 * Takes in more of the message.
	 *
	 * @param input
	 *            the caller's array.
	 * @param offset
	 *            the first byte.
	 * @param length
	 *            the number of bytes, 0 allowed.
	 */
	public void update(byte[] input, int offset, int length) {
		start();
		this.hash.update(input, offset, length);
	}

	/**
	 * Writes the code of everything taken in, then starts again with the same key.
	 *
	 * @param output
	 *            the caller's array.
	 * @param offset
	 *            where the first of {@link #length()} bytes goes.
	 */
	public void mac(byte[] output, int offset) {
		Hash hash = this.hash;
		byte[] keyBlock = this.keyBlock;
		start();
		hash.digest(output, offset);
		exchangePads();
		updateKeyBlock();
		exchangePads();
		hash.update(output, offset, hash.length());
		hash.digest(output, offset);
		this.started = false;
	}

	/** Overwrites the key; what remains is an empty key. */
	public void wipe() {
		byte[] keyBlock = this.keyBlock;
		for (int i = keyBlock.length; --i >= 0;) {
			keyBlock[i] = INNER_PAD;
		}
		this.hash.reset();
		this.started = false;
	}

	private void start() {
		if (!this.started) {
			this.started = true;
			this.hash.reset();
			updateKeyBlock();
		}
	}

	private void updateKeyBlock() {
		byte[] keyBlock = this.keyBlock;
		int blockLength = this.hash.blockLength();
		int length = Math.min(keyBlock.length, blockLength);
		this.hash.update(keyBlock, 0, length);
		for (; length < blockLength; length += PADDING) {
			this.hash.update(keyBlock, keyBlock.length - PADDING, PADDING);
		}
	}

	/** Turns the inner key block into the outer one, or back. */
	private void exchangePads() {
		byte[] keyBlock = this.keyBlock;
		for (int i = keyBlock.length; --i >= 0;) {
			keyBlock[i] ^= INNER_PAD ^ OUTER_PAD;
		}
	}
}
