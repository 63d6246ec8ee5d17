/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.crypto.engines.ChaChaEngine;

/**
 * ChaCha20 and Poly1305 as an AEAD (RFC 8439 §2.8).
 *
 * <p>The block function is Bouncy Castle's, called directly and not through its engine, whose init allocates and whose output is bytes. The
 * operation's words are a block of key stream; each word's first byte is the least significant.
 */
public final class ChaCha20Poly1305 extends SlicedAead {

	private static final int SLICE_LENGTH = 2048;

	private static final int KEY_LENGTH = 32;

	private static final int TAG_LENGTH = 16;

	private static final int ROUNDS = 20;

	/** The state before the rounds (§2.3): 4 words of constants, 8 of key, the block counter, 3 of nonce. */
	private final int[] state;
	private final Poly1305 poly1305;

	/**
	 * Makes an AEAD without a key.
	 *
	 * @param operation
	 *            shared by all AEADs of a provider.
	 */
	public ChaCha20Poly1305(AeadOperation operation) {
		super(operation, SLICE_LENGTH);
		this.state = new int[16];
		this.poly1305 = new Poly1305();
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
			this.state[4 + i] = Poly1305.word(key, offset + 4 * i);
		}
	}

	@Override
	void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength) {
		int[] state = this.state;
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
		this.poly1305.init(this.operation.words);
		this.poly1305.update(aad, aadOffset, aadOffset + aadLength);
	}

	/** Makes the next block of key stream. */
	private void nextBlock() {
		ChaChaEngine.chachaCore(ROUNDS, this.state, this.operation.words);
		this.state[12]++;
	}

	@Override
	void process(int from, int limit) {
		AeadOperation operation = this.operation;
		byte[] data = operation.data;
		// the authenticator is over the ciphertext
		if (operation.opening != 0) {
			this.poly1305.update(data, from, limit);
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
			this.poly1305.update(data, from, limit);
		}
	}

	@Override
	void computeTag() {
		AeadOperation operation = this.operation;
		Poly1305 poly1305 = this.poly1305;
		poly1305.update(operation.aadLength, 0, operation.end - operation.start, 0);
		poly1305.finish();
		operation.tag0 = reversed(poly1305.pad0);
		operation.tag1 = reversed(poly1305.pad1);
		operation.tag2 = reversed(poly1305.pad2);
		operation.tag3 = reversed(poly1305.pad3);
		poly1305.wipe();
	}

	/** Exchanges first and last bytes. */
	private static int reversed(int word) {
		return word << 24 | (word & 0xff00) << 8 | word >>> 8 & 0xff00 | word >>> 24;
	}

	@Override
	public void wipe() {
		for (int i = 16; --i >= 0;) {
			this.state[i] = 0;
		}
		this.operation.wipeWords();
		this.poly1305.wipe();
	}
}
