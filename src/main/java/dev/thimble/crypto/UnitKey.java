/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/** The key for an AES unit, and GHASH's subkey. All AEADs of a provider share it. */
final class UnitKey {

	private static final int MAX_LENGTH = 32;

	final UnitBlocks blocks;
	final AeadOperation operation;
	final Ghash ghash;

	private final byte[] key;
	private int length;

	/** Makes an empty key for a unit. */
	UnitKey(UnitBlocks blocks, AeadOperation operation) {
		this.blocks = blocks;
		this.operation = operation;
		this.ghash = new Ghash();
		this.key = new byte[MAX_LENGTH];
	}

	/** Sets the key, of 16 or 32 bytes. */
	void init(byte[] key, int offset, int length) {
		System.arraycopy(key, offset, this.key, 0, length);
		this.length = length;
	}

	/** Starts to encrypt blocks from the beginning of the unit's input. */
	void start(int count) {
		this.blocks.start(this.key, this.length, count);
	}

	/** Encrypts a few blocks and waits for them. */
	void encrypt(int count) {
		this.blocks.encrypt(this.key, this.length, count);
	}

	void wipe() {
		Bytes.zero(this.key, 0, MAX_LENGTH);
		this.ghash.wipe();
		this.blocks.wipeUnit();
	}
}
