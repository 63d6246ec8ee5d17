/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board's AES unit. */
public final class AesUnit implements BlockCipherUnit {

	private static final int BLOCK_LENGTH = 16;

	/** Of all objects of this class, for the unit is one. */
	private static int turns;

	private final int capacity;
	private int blocks;

	/** Looks for the unit. */
	public AesUnit() {
		this.capacity = AesNatives.capacity();
	}

	@Override
	public int capacity() {
		return this.capacity;
	}

	@Override
	public boolean start(byte[] key, int keyOffset, int keyLength, byte[] data, int offset, int blocks) {
		if (keyLength != 16 && keyLength != 32 || blocks < 1 || blocks > this.capacity) {
			throw new IllegalArgumentException("A key has 16 or 32 bytes, and there are 1 to capacity() blocks");
		}
		Range.check(key, keyOffset, keyLength);
		Range.check(data, offset, blocks * BLOCK_LENGTH);
		this.blocks = blocks;
		turns++;
		return AesNatives.start(key, keyOffset, keyLength, data, offset, blocks) == 0;
	}

	@Override
	public int poll(byte[] data, int offset) {
		Range.check(data, offset, this.blocks * BLOCK_LENGTH);
		return AesNatives.poll(data, offset);
	}

	@Override
	public void wipe() {
		this.blocks = 0;
		turns++;
		AesNatives.wipe();
	}

	@Override
	public int turn() {
		return turns;
	}

	@Override
	public int operations() {
		return AesNatives.operations();
	}
}
