/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * AES-128 in Counter with CBC-MAC mode (SP 800-38C, RFC 3610) with the blocks encrypted by a board's AES unit, two at a time: a step of the CBC-MAC,
 * which has to wait for the one before, and the next counter block.
 */
final class UnitCcm extends SlicedAead {

	private static final int BLOCK_LENGTH = UnitBlocks.BLOCK_LENGTH;
	private static final int KEY_LENGTH = 16;

	/** The length field's length minus one: lowest bits of the first byte of B0 and counter blocks (SP 800-38C §A.2, §A.3). */
	private static final int LENGTH_FLAGS = 2;
	/** Bit in the first byte of B0: there is associated data. */
	private static final int AAD_FLAG = 0x40;

	private final UnitKey key;
	private final int tagLength;

	/** Makes an AEAD without a key, with a tag of 16 or 8 bytes. */
	UnitCcm(UnitKey key, int tagLength) {
		super(key.operation, BLOCK_LENGTH);
		this.key = key;
		this.tagLength = tagLength;
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
		this.key.init(key, offset, KEY_LENGTH);
	}

	@Override
	void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength) {
		AeadOperation operation = this.operation;
		int[] mac = operation.words;
		operation.counter0 = LENGTH_FLAGS << 24 | (nonce[0] & 0xff) << 16 | (nonce[1] & 0xff) << 8 | nonce[2] & 0xff;
		operation.counter1 = Bytes.word(nonce, 3);
		operation.counter2 = Bytes.word(nonce, 7);
		operation.counter3 = nonce[11] << 24;
		// block B0 (§A.2.1) and, for the tag, counter block 0
		int flags = (this.tagLength - 2 >> 1) << 3 | (aadLength > 0 ? AAD_FLAG : 0);
		mac[0] = operation.counter0 | flags << 24;
		mac[1] = operation.counter1;
		mac[2] = operation.counter2;
		mac[3] = operation.counter3 | operation.end - operation.start;
		putBlocks();
		this.key.encrypt(2);
		byte[] out = this.key.blocks.out;
		takeMac();
		operation.tag0 = Bytes.word(out, BLOCK_LENGTH);
		operation.tag1 = Bytes.word(out, BLOCK_LENGTH + 4);
		operation.tag2 = Bytes.word(out, BLOCK_LENGTH + 8);
		operation.tag3 = Bytes.word(out, BLOCK_LENGTH + 12);
		operation.counter3++;
		if (aadLength > 0) {
			takeAad(aad, aadOffset, aadLength);
		}
		startNext(aadLength > 0);
	}

	/** Adds the associated data, behind its length (§A.2.2), to the MAC; the last block of it is left to be encrypted. */
	private void takeAad(byte[] aad, int offset, int length) {
		int[] mac = this.operation.words;
		int end = offset + length;
		mac[0] ^= length << 16 | Bytes.word(aad, offset, end) >>> 16;
		int at = offset + 2;
		for (int column = 1;; column = 0) {
			for (; column < 4; column++, at += 4) {
				mac[column] ^= Bytes.word(aad, at, end);
			}
			if (at >= end) {
				return;
			}
			putBlocks();
			this.key.encrypt(1);
			takeMac();
		}
	}

	/** Starts the key stream of the next block and, if the MAC has taken something in, its encryption. */
	private void startNext(boolean macChanged) {
		putBlocks();
		this.operation.lane = (byte) (macChanged ? 1 : 0);
		this.key.start(2);
	}

	private void putBlocks() {
		AeadOperation operation = this.operation;
		int[] mac = operation.words;
		byte[] in = this.key.blocks.in;
		Bytes.put(mac[0], in, 0);
		Bytes.put(mac[1], in, 4);
		Bytes.put(mac[2], in, 8);
		Bytes.put(mac[3], in, 12);
		Bytes.put(operation.counter0, in, BLOCK_LENGTH);
		Bytes.put(operation.counter1, in, BLOCK_LENGTH + 4);
		Bytes.put(operation.counter2, in, BLOCK_LENGTH + 8);
		Bytes.put(operation.counter3, in, BLOCK_LENGTH + 12);
	}

	private void takeMac() {
		int[] mac = this.operation.words;
		byte[] out = this.key.blocks.out;
		mac[0] = Bytes.word(out, 0);
		mac[1] = Bytes.word(out, 4);
		mac[2] = Bytes.word(out, 8);
		mac[3] = Bytes.word(out, 12);
	}

	@Override
	int ready() {
		return this.key.blocks.poll();
	}

	@Override
	void process(int from, int limit) {
		AeadOperation operation = this.operation;
		int[] mac = operation.words;
		byte[] stream = this.key.blocks.out;
		if (operation.lane == 1) {
			takeMac();
		}
		if (from == limit) {
			return;
		}
		// the MAC is of the plaintext
		int mask = operation.opening;
		byte[] data = operation.data;
		mac[0] ^= addKey(data, from, limit, Bytes.word(stream, BLOCK_LENGTH), mask);
		mac[1] ^= addKey(data, from + 4, limit, Bytes.word(stream, BLOCK_LENGTH + 4), mask);
		mac[2] ^= addKey(data, from + 8, limit, Bytes.word(stream, BLOCK_LENGTH + 8), mask);
		mac[3] ^= addKey(data, from + 12, limit, Bytes.word(stream, BLOCK_LENGTH + 12), mask);
		operation.counter3++;
		if (limit < operation.end) {
			startNext(true);
		} else {
			putBlocks();
			this.key.encrypt(1);
			takeMac();
		}
	}

	@Override
	void computeTag() {
		AeadOperation operation = this.operation;
		int[] mac = operation.words;
		operation.tag0 ^= mac[0];
		operation.tag1 ^= mac[1];
		operation.tag2 ^= mac[2];
		operation.tag3 ^= mac[3];
		this.key.blocks.wipe();
	}

	@Override
	public void wipe() {
		this.key.wipe();
	}
}
