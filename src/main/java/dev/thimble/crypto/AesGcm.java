/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * AES in Galois/Counter Mode (SP 800-38D) with a nonce of 12 bytes and a tag of 16.
 *
 * <p>The cipher works on two counter blocks at a time. The first pair is the one that masks the tag (counter 1) and the first of the data.
 */
public final class AesGcm extends SlicedAead {

	private static final int SLICE_LENGTH = 512;

	private final Aes aes;
	private final Ghash ghash;
	private final int keyLength;

	private int nonce0;
	private int nonce1;
	private int nonce2;
	private int counter;
	/** The lane of the next block of key stream; 2 when a new pair is needed. */
	private int lane;
	private int aadLength;

	/**
	 * Makes an AEAD without a key.
	 *
	 * @param aes
	 *            the cipher, which keeps the key.
	 * @param keyLength
	 *            16 or 32.
	 */
	public AesGcm(Aes aes, int keyLength) {
		super(SLICE_LENGTH);
		this.aes = aes;
		this.ghash = new Ghash();
		this.keyLength = keyLength;
	}

	@Override
	public int keyLength() {
		return this.keyLength;
	}

	@Override
	public int tagLength() {
		return 16;
	}

	@Override
	public void init(byte[] key, int offset) {
		Aes aes = this.aes;
		int[] words = aes.words;
		aes.init(key, offset, this.keyLength);
		// the hash subkey is the encryption of zeros, and that is what init leaves in the words
		aes.encrypt();
		this.ghash.init(words[0], words[2], words[4], words[6]);
		aes.wipeWords();
	}

	@Override
	void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength) {
		this.nonce0 = Bytes.word(nonce, 0);
		this.nonce1 = Bytes.word(nonce, 4);
		this.nonce2 = Bytes.word(nonce, 8);
		this.aadLength = aadLength;
		this.ghash.reset();
		this.ghash.update(aad, aadOffset, aadLength);
		nextPair(1);
		int[] words = this.aes.words;
		this.tag0 = words[0];
		this.tag1 = words[2];
		this.tag2 = words[4];
		this.tag3 = words[6];
		this.lane = 1;
	}

	private void nextPair(int counter) {
		int[] words = this.aes.words;
		words[0] = this.nonce0;
		words[1] = this.nonce0;
		words[2] = this.nonce1;
		words[3] = this.nonce1;
		words[4] = this.nonce2;
		words[5] = this.nonce2;
		words[6] = counter;
		words[7] = counter + 1;
		this.counter = counter + 2;
		this.aes.encrypt();
	}

	@Override
	void process(int limit) {
		byte[] data = this.data;
		int[] words = this.aes.words;
		Ghash ghash = this.ghash;
		int lane = this.lane;
		// the hash is of the ciphertext
		int mask = ~this.opening;
		for (int at = this.at; at < limit; at += 16) {
			if (lane == 2) {
				nextPair(this.counter);
				lane = 0;
			}
			ghash.update(addKey(data, at, limit, words[lane], mask), addKey(data, at + 4, limit, words[lane + 2], mask),
					addKey(data, at + 8, limit, words[lane + 4], mask), addKey(data, at + 12, limit, words[lane + 6], mask));
			lane++;
		}
		this.lane = lane;
		this.at = limit;
	}

	@Override
	void computeTag() {
		Ghash ghash = this.ghash;
		int length = this.end - this.start;
		ghash.update(0, this.aadLength << 3, length >>> 29, length << 3);
		this.tag0 ^= ghash.y0;
		this.tag1 ^= ghash.y1;
		this.tag2 ^= ghash.y2;
		this.tag3 ^= ghash.y3;
		ghash.reset();
		this.aes.wipeWords();
	}

	@Override
	public void wipe() {
		this.aes.wipe();
		this.ghash.wipe();
	}
}
