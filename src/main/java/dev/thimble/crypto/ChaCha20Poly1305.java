/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import org.bouncycastle.crypto.macs.Poly1305;

/** ChaCha20 and Poly1305 as an AEAD (RFC 8439 §2.8). Keeps its key; everything else is in a shared {@link ChaChaCore}. */
public final class ChaCha20Poly1305 extends SlicedAead {

	private static final int SLICE_LENGTH = 2048;

	private static final int KEY_LENGTH = 32;

	private static final int TAG_LENGTH = 16;

	private final ChaChaCore core;
	private final int[] key;

	/**
	 * Makes an AEAD without a key.
	 *
	 * @param core
	 *            the working memory; others may use it between this object's operations.
	 */
	public ChaCha20Poly1305(ChaChaCore core) {
		super(core.operation, SLICE_LENGTH);
		this.core = core;
		this.key = new int[8];
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
			this.key[i] = ChaChaCore.word(key, offset + 4 * i);
		}
	}

	@Override
	void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength) {
		ChaChaCore core = this.core;
		core.start(this.key, nonce);
		if (aadLength > 0) {
			core.poly1305.update(aad, aadOffset, aadLength);
			pad(aadLength);
		}
	}

	@Override
	void process(int from, int limit) {
		AeadOperation operation = this.operation;
		byte[] data = operation.data;
		ChaChaCore core = this.core;
		Poly1305 poly1305 = core.poly1305;
		// the authenticator is over the ciphertext
		if (operation.opening != 0) {
			poly1305.update(data, from, limit - from);
		}
		int[] stream = operation.words;
		int at = from;
		while (at < limit) {
			core.nextBlock();
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
			poly1305.update(data, from, limit - from);
		}
	}

	@Override
	void computeTag() {
		AeadOperation operation = this.operation;
		ChaChaCore core = this.core;
		byte[] block = core.block;
		Poly1305 poly1305 = core.poly1305;
		int length = operation.end - operation.start;
		pad(length);
		putLength(operation.aadLength, block, 0);
		putLength(length, block, 8);
		poly1305.update(block, 0, 16);
		poly1305.doFinal(block, 0);
		operation.tag0 = Bytes.word(block, 0);
		operation.tag1 = Bytes.word(block, 4);
		operation.tag2 = Bytes.word(block, 8);
		operation.tag3 = Bytes.word(block, 12);
		Bytes.zero(block, 0, 16);
		core.wipeState();
	}

	/** Fills the authenticator's input up with zeros to a multiple of 16 bytes. */
	private void pad(int length) {
		int more = -length & 15;
		if (more > 0) {
			this.core.poly1305.update(this.core.block, 0, more);
		}
	}

	/** Writes a length, which has at most 31 bits, as 8 bytes, the least significant first. */
	private static void putLength(int length, byte[] block, int at) {
		block[at] = (byte) length;
		block[at + 1] = (byte) (length >> 8);
		block[at + 2] = (byte) (length >> 16);
		block[at + 3] = (byte) (length >> 24);
	}

	@Override
	public void wipe() {
		for (int i = 8; --i >= 0;) {
			this.key[i] = 0;
		}
		this.core.wipe();
	}
}
