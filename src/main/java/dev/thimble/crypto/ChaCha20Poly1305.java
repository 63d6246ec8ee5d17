/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.crypto.engines.ChaChaEngine;

/**
 * ChaCha20 and Poly1305 as an AEAD (RFC 8439 §2.8). The block function is Bouncy Castle's, called directly and not through its engine,
 * whose init allocates and whose output is bytes.
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

	/** Makes the next block of key stream, in place of a copy of the state: a word of the state is not read again once its sum is written. */
	private void nextBlock() {
		int[] state = this.operation.key;
		int[] stream = this.operation.words;
		System.arraycopy(state, 0, stream, 0, stream.length);
		ChaChaEngine.chachaCore(ROUNDS, stream, stream);
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
