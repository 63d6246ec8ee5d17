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
	private final byte keyLength;

	/**
	 * Makes an AEAD without a key.
	 *
	 * @param aes
	 *            the cipher, which keeps the key and the hash subkey.
	 * @param keyLength
	 *            16 or 32.
	 */
	public AesGcm(Aes aes, int keyLength) {
		super(aes.operation, SLICE_LENGTH);
		this.aes = aes;
		aes.makeGhash();
		this.keyLength = (byte) keyLength;
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
		AeadOperation operation = this.operation;
		int[] words = operation.words;
		aes.init(key, offset, this.keyLength);
		// the hash subkey is the encryption of zeros, and that is what init leaves in the words
		aes.encrypt();
		aes.ghash.init(words[0], words[2], words[4], words[6]);
		operation.wipeWords();
	}

	@Override
	void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength) {
		AeadOperation operation = this.operation;
		Ghash ghash = this.aes.ghash;
		ghash.reset();
		ghash.update(aad, aadOffset, aadLength);
		operation.counter0 = Bytes.word(nonce, 0);
		operation.counter1 = Bytes.word(nonce, 4);
		operation.counter2 = Bytes.word(nonce, 8);
		operation.counter3 = 1;
		nextPair();
		int[] words = operation.words;
		operation.tag0 = words[0];
		operation.tag1 = words[2];
		operation.tag2 = words[4];
		operation.tag3 = words[6];
		operation.lane = 1;
	}

	private void nextPair() {
		AeadOperation operation = this.operation;
		int[] words = operation.words;
		int counter = operation.counter3;
		words[0] = operation.counter0;
		words[1] = operation.counter0;
		words[2] = operation.counter1;
		words[3] = operation.counter1;
		words[4] = operation.counter2;
		words[5] = operation.counter2;
		words[6] = counter;
		words[7] = counter + 1;
		operation.counter3 = counter + 2;
		this.aes.encrypt();
	}

	@Override
	void process(int from, int limit) {
		AeadOperation operation = this.operation;
		byte[] data = operation.data;
		int[] words = operation.words;
		Ghash ghash = this.aes.ghash;
		int lane = operation.lane;
		// the hash is of the ciphertext
		int mask = ~operation.opening;
		for (int at = from; at < limit; at += 16) {
			if (lane == 2) {
				nextPair();
				lane = 0;
			}
			ghash.update(addKey(data, at, limit, words[lane], mask), addKey(data, at + 4, limit, words[lane + 2], mask),
					addKey(data, at + 8, limit, words[lane + 4], mask), addKey(data, at + 12, limit, words[lane + 6], mask));
			lane++;
		}
		operation.lane = (byte) lane;
	}

	@Override
	void computeTag() {
		AeadOperation operation = this.operation;
		Ghash ghash = this.aes.ghash;
		int length = operation.end - operation.start;
		ghash.update(0, operation.aadLength << 3, length >>> 29, length << 3);
		operation.tag0 ^= ghash.y0;
		operation.tag1 ^= ghash.y1;
		operation.tag2 ^= ghash.y2;
		operation.tag3 ^= ghash.y3;
		ghash.reset();
	}

	@Override
	public void wipe() {
		this.aes.wipe();
	}
}
