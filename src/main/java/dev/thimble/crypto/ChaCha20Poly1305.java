/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * ChaCha20 and Poly1305 as an AEAD (RFC 8439 §2.8).
 *
 * <p>The key in the operation is the state before the rounds (§2.3): 4 words of constants, 8 of key, the block counter, 3 of nonce; then
 * the authenticator. The operation's words are a block of key stream. Each word's first byte is the least significant.
 */
public final class ChaCha20Poly1305 extends SlicedAead {

	private static final int SLICE_LENGTH = 2048;

	private static final int KEY_LENGTH = 32;

	private static final int TAG_LENGTH = 16;

	private static final int ROUNDS = 20;

	/**
	 * Makes an AEAD without a key.
	 *
	 * @param operation
	 *            shared by all AEADs of a provider.
	 */
	public ChaCha20Poly1305(AeadOperation operation) {
		super(operation, SLICE_LENGTH);
	}

	@Override
	public int keyLength() {
		return KEY_LENGTH;
	}

	@Override
	public int tagLength() {
		return TAG_LENGTH;
	}

	@Override
	public void init(byte[] key, int offset) {
		for (int i = 0; i < 8; i++) {
			this.operation.key[4 + i] = Poly1305.word(key, offset + 4 * i);
		}
	}

	@Override
	void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength) {
		int[] state = this.operation.key;
		// "expand 32-byte k"
		state[0] = 0x61707865;
		state[1] = 0x3320646e;
		state[2] = 0x79622d32;
		state[3] = 0x6b206574;
		state[12] = 0;
		state[13] = Poly1305.word(nonce, 0);
		state[14] = Poly1305.word(nonce, 4);
		state[15] = Poly1305.word(nonce, 8);
		// the first block of key stream is the authenticator's key (§2.6)
		nextBlock();
		Poly1305.init(state, this.operation.words);
		Poly1305.update(state, aad, aadOffset, aadOffset + aadLength);
	}

	/** Makes the next block of key stream (§2.3): columns and diagonals, ten times. */
	private void nextBlock() {
		int[] state = this.operation.key;
		int[] stream = this.operation.words;
		int x0 = state[0];
		int x1 = state[1];
		int x2 = state[2];
		int x3 = state[3];
		int x4 = state[4];
		int x5 = state[5];
		int x6 = state[6];
		int x7 = state[7];
		int x8 = state[8];
		int x9 = state[9];
		int x10 = state[10];
		int x11 = state[11];
		int x12 = state[12];
		int x13 = state[13];
		int x14 = state[14];
		int x15 = state[15];
		for (int i = ROUNDS; i > 0; i -= 2) {
			x0 += x4;
			x12 ^= x0;
			x12 = x12 << 16 | x12 >>> 16;
			x8 += x12;
			x4 ^= x8;
			x4 = x4 << 12 | x4 >>> 20;
			x0 += x4;
			x12 ^= x0;
			x12 = x12 << 8 | x12 >>> 24;
			x8 += x12;
			x4 ^= x8;
			x4 = x4 << 7 | x4 >>> 25;
			x1 += x5;
			x13 ^= x1;
			x13 = x13 << 16 | x13 >>> 16;
			x9 += x13;
			x5 ^= x9;
			x5 = x5 << 12 | x5 >>> 20;
			x1 += x5;
			x13 ^= x1;
			x13 = x13 << 8 | x13 >>> 24;
			x9 += x13;
			x5 ^= x9;
			x5 = x5 << 7 | x5 >>> 25;
			x2 += x6;
			x14 ^= x2;
			x14 = x14 << 16 | x14 >>> 16;
			x10 += x14;
			x6 ^= x10;
			x6 = x6 << 12 | x6 >>> 20;
			x2 += x6;
			x14 ^= x2;
			x14 = x14 << 8 | x14 >>> 24;
			x10 += x14;
			x6 ^= x10;
			x6 = x6 << 7 | x6 >>> 25;
			x3 += x7;
			x15 ^= x3;
			x15 = x15 << 16 | x15 >>> 16;
			x11 += x15;
			x7 ^= x11;
			x7 = x7 << 12 | x7 >>> 20;
			x3 += x7;
			x15 ^= x3;
			x15 = x15 << 8 | x15 >>> 24;
			x11 += x15;
			x7 ^= x11;
			x7 = x7 << 7 | x7 >>> 25;
			x0 += x5;
			x15 ^= x0;
			x15 = x15 << 16 | x15 >>> 16;
			x10 += x15;
			x5 ^= x10;
			x5 = x5 << 12 | x5 >>> 20;
			x0 += x5;
			x15 ^= x0;
			x15 = x15 << 8 | x15 >>> 24;
			x10 += x15;
			x5 ^= x10;
			x5 = x5 << 7 | x5 >>> 25;
			x1 += x6;
			x12 ^= x1;
			x12 = x12 << 16 | x12 >>> 16;
			x11 += x12;
			x6 ^= x11;
			x6 = x6 << 12 | x6 >>> 20;
			x1 += x6;
			x12 ^= x1;
			x12 = x12 << 8 | x12 >>> 24;
			x11 += x12;
			x6 ^= x11;
			x6 = x6 << 7 | x6 >>> 25;
			x2 += x7;
			x13 ^= x2;
			x13 = x13 << 16 | x13 >>> 16;
			x8 += x13;
			x7 ^= x8;
			x7 = x7 << 12 | x7 >>> 20;
			x2 += x7;
			x13 ^= x2;
			x13 = x13 << 8 | x13 >>> 24;
			x8 += x13;
			x7 ^= x8;
			x7 = x7 << 7 | x7 >>> 25;
			x3 += x4;
			x14 ^= x3;
			x14 = x14 << 16 | x14 >>> 16;
			x9 += x14;
			x4 ^= x9;
			x4 = x4 << 12 | x4 >>> 20;
			x3 += x4;
			x14 ^= x3;
			x14 = x14 << 8 | x14 >>> 24;
			x9 += x14;
			x4 ^= x9;
			x4 = x4 << 7 | x4 >>> 25;
		}
		stream[0] = x0 + state[0];
		stream[1] = x1 + state[1];
		stream[2] = x2 + state[2];
		stream[3] = x3 + state[3];
		stream[4] = x4 + state[4];
		stream[5] = x5 + state[5];
		stream[6] = x6 + state[6];
		stream[7] = x7 + state[7];
		stream[8] = x8 + state[8];
		stream[9] = x9 + state[9];
		stream[10] = x10 + state[10];
		stream[11] = x11 + state[11];
		stream[12] = x12 + state[12];
		stream[13] = x13 + state[13];
		stream[14] = x14 + state[14];
		stream[15] = x15 + state[15];
		state[12]++;
	}

	@Override
	void process(int from, int limit) {
		AeadOperation operation = this.operation;
		byte[] data = operation.data;
		// the authenticator is over the ciphertext
		if (operation.opening != 0) {
			Poly1305.update(operation.key, data, from, limit);
		}
		int[] stream = operation.words;
		int at = from;
		while (at < limit) {
			nextBlock();
			int words = Math.min(16, limit - at >> 2);
			for (int i = 0; i < words; i++, at += 4) {
				int key = stream[i];
				data[at] ^= key;
				data[at + 1] ^= key >> 8;
				data[at + 2] ^= key >> 16;
				data[at + 3] ^= key >> 24;
			}
			if (words < 16) {
				for (int key = stream[words]; at < limit; at++) {
					data[at] ^= key;
					key >>= 8;
				}
			}
		}
		if (operation.opening == 0) {
			Poly1305.update(operation.key, data, from, limit);
		}
	}

	@Override
	void computeTag() {
		AeadOperation operation = this.operation;
		int[] state = operation.key;
		Poly1305.update(state, operation.aadLength, 0, operation.end - operation.start, 0);
		Poly1305.finish(state);
		operation.tag0 = reversed(state[Poly1305.PAD]);
		operation.tag1 = reversed(state[Poly1305.PAD + 1]);
		operation.tag2 = reversed(state[Poly1305.PAD + 2]);
		operation.tag3 = reversed(state[Poly1305.PAD + 3]);
		Poly1305.wipe(state);
	}

	/** Exchanges first and last bytes. */
	private static int reversed(int word) {
		return word << 24 | (word & 0xff00) << 8 | word >>> 8 & 0xff00 | word >>> 24;
	}

	@Override
	public void wipe() {
		this.operation.wipeKey();
		this.operation.wipeWords();
	}
}
