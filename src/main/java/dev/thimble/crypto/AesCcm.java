/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * AES-128 in Counter with CBC-MAC mode (SP 800-38C, RFC 3610) with a nonce of 12 bytes and so a message length of 3 bytes.
 *
 * <p>Of the cipher's two lanes the first runs the CBC-MAC and the second the counter, one block ahead: a block to open must be decrypted
 * before the MAC can take it in.
 */
public final class AesCcm extends SlicedAead {

	private static final int SLICE_LENGTH = 512;

	private static final int KEY_LENGTH = 16;

	/** The length field's length minus one: lowest bits of the first byte of B0 and counter blocks (SP 800-38C §A.2, §A.3). */
	private static final int LENGTH_FLAGS = 2;

	/** Bit in the first byte of B0: there is associated data. */
	private static final int AAD_FLAG = 0x40;

	private final Aes aes;
	private final byte tagLength;

	/**
	 * Makes an AEAD without a key.
	 *
	 * @param aes
	 *            the cipher, which keeps the key.
	 * @param tagLength
	 *            16 or 8.
	 */
	public AesCcm(Aes aes, int tagLength) {
		super(aes.operation, SLICE_LENGTH);
		this.aes = aes;
		this.tagLength = (byte) tagLength;
	}

	@Override
	public int keyLength() {
		return KEY_LENGTH;
	}

	@Override
	public int tagLength() {
		return this.tagLength;
	}

	@Override
	public void init(byte[] key, int offset) {
		this.aes.init(key, offset, KEY_LENGTH);
	}

	@Override
	void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength) {
		AeadOperation operation = this.operation;
		int[] words = operation.words;
		operation.counter0 = LENGTH_FLAGS << 24 | (nonce[0] & 0xff) << 16 | (nonce[1] & 0xff) << 8 | nonce[2] & 0xff;
		operation.counter1 = Bytes.word(nonce, 3);
		operation.counter2 = Bytes.word(nonce, 7);
		operation.counter3 = nonce[11] << 24;
		// block B0 (§A.2.1) and, for the tag, counter block 0
		int flags = (this.tagLength - 2 >> 1) << 3 | (aadLength > 0 ? AAD_FLAG : 0);
		words[0] = operation.counter0 | flags << 24;
		words[2] = operation.counter1;
		words[4] = operation.counter2;
		words[6] = operation.counter3 | operation.end - operation.start;
		encrypt();
		operation.tag0 = words[1];
		operation.tag1 = words[3];
		operation.tag2 = words[5];
		operation.tag3 = words[7];

		operation.counter3++;
		if (aadLength > 0) {
			takeAad(aad, aadOffset, aadLength);
		} else {
			int mac0 = words[0];
			int mac1 = words[2];
			int mac2 = words[4];
			int mac3 = words[6];
			encrypt();
			words[0] = mac0;
			words[2] = mac1;
			words[4] = mac2;
			words[6] = mac3;
		}
	}

	/** Runs the associated data, behind its length (§A.2.2), through the MAC; meanwhile the other lane makes the first key stream. */
	private void takeAad(byte[] aad, int offset, int length) {
		int[] words = this.operation.words;
		int end = offset + length;
		words[0] ^= length << 16 | Bytes.word(aad, offset, end) >>> 16;
		int at = offset + 2;
		int column = 2;
		do {
			for (; column < 8; column += 2, at += 4) {
				words[column] ^= Bytes.word(aad, at, end);
			}
			encrypt();
			column = 0;
		} while (at < end);
	}

	/** Encrypts the first lane, and the counter block in the second. */
	private void encrypt() {
		AeadOperation operation = this.operation;
		int[] words = operation.words;
		words[1] = operation.counter0;
		words[3] = operation.counter1;
		words[5] = operation.counter2;
		words[7] = operation.counter3;
		this.aes.encrypt();
	}

	@Override
	void process(int from, int limit) {
		AeadOperation operation = this.operation;
		byte[] data = operation.data;
		int[] words = operation.words;
		// the MAC is of the plaintext
		int mask = operation.opening;
		for (int at = from; at < limit; at += 16) {
			words[0] ^= addKey(data, at, limit, words[1], mask);
			words[2] ^= addKey(data, at + 4, limit, words[3], mask);
			words[4] ^= addKey(data, at + 8, limit, words[5], mask);
			words[6] ^= addKey(data, at + 12, limit, words[7], mask);
			operation.counter3++;
			encrypt();
		}
	}

	@Override
	void computeTag() {
		AeadOperation operation = this.operation;
		int[] words = operation.words;
		operation.tag0 ^= words[0];
		operation.tag1 ^= words[2];
		operation.tag2 ^= words[4];
		operation.tag3 ^= words[6];
	}

	@Override
	public void wipe() {
		this.aes.wipe();
	}
}
