/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * ChaCha20's block function and Poly1305 of Bouncy Castle, with the memory they need; shared by all {@link ChaCha20Poly1305} of a provider.
 *
 * <p>The block function is called directly and not through Bouncy Castle's engine, whose init allocates and whose output is bytes.
 */
public final class ChaChaCore {

	private static final int ROUNDS = 20;

	/** The state before the rounds (RFC 8439 §2.3): 4 words of constants, 8 of key, the block counter, 3 of nonce. */
	final int[] state;
	/** Its words are a block of key stream; each word's first byte is the least significant. */
	final AeadOperation operation;
	/** The authenticator. */
	final Poly1305 poly1305;
	/** 16 bytes for padding and tag, zeros except while in use. */
	final byte[] block;

	private final KeyParameter oneTimeKey;

	/**
	 * Allocates the memory.
	 *
	 * @param operation
	 *            shared by all AEADs of a provider.
	 */
	public ChaChaCore(AeadOperation operation) {
		this.operation = operation;
		this.state = new int[16];
		this.poly1305 = new Poly1305();
		this.block = new byte[16];
		this.oneTimeKey = new KeyParameter(new byte[32]);
	}

	/** Starts with a key of eight words and a nonce of twelve bytes: the first block of key stream becomes Poly1305's key (§2.6). */
	void start(int[] key, byte[] nonce) {
		int[] state = this.state;
		// "expand 32-byte k"
		state[0] = 0x61707865;
		state[1] = 0x3320646e;
		state[2] = 0x79622d32;
		state[3] = 0x6b206574;
		System.arraycopy(key, 0, state, 4, 8);
		state[12] = 0;
		state[13] = word(nonce, 0);
		state[14] = word(nonce, 4);
		state[15] = word(nonce, 8);
		nextBlock();
		// the parameter object's own array, so that a new key needs no new object
		byte[] oneTime = this.oneTimeKey.getKey();
		int[] stream = this.operation.words;
		for (int i = 0; i < 8; i++) {
			int word = stream[i];
			oneTime[4 * i] = (byte) word;
			oneTime[4 * i + 1] = (byte) (word >> 8);
			oneTime[4 * i + 2] = (byte) (word >> 16);
			oneTime[4 * i + 3] = (byte) (word >> 24);
		}
		this.poly1305.init(this.oneTimeKey);
		Bytes.zero(oneTime, 0, 32);
	}

	/** Makes the next block of key stream. */
	void nextBlock() {
		ChaChaEngine.chachaCore(ROUNDS, this.state, this.operation.words);
		this.state[12]++;
	}

	/** Reads four bytes, the first one the least significant. */
	static int word(byte[] input, int at) {
		return input[at] & 0xff | (input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff) << 16 | input[at + 3] << 24;
	}

	/** Overwrites the key, but not the authenticator's. */
	void wipeState() {
		int[] state = this.state;
		for (int i = 16; --i >= 0;) {
			state[i] = 0;
		}
	}

	/** Overwrites everything. */
	void wipe() {
		wipeState();
		this.operation.wipeWords();
		this.poly1305.init(this.oneTimeKey);
	}
}
