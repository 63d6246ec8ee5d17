/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import dev.thimble.board.BlockCipherUnit;

/** An AES unit of software that works beside the program: each batch takes some polls; it can be made to break. */
final class FakeAesUnit implements BlockCipherUnit {

	private final Aes aes = new Aes(new AeadOperation());
	private final int capacity;
	private final int polls;
	private final byte[] blocks;
	private int count;
	private int left;
	private int operations;
	private int turns;
	int wipes;
	/** The number of batches after which the unit reports a fault. */
	int batchesLeft = Integer.MAX_VALUE;
	boolean failsAtStart;

	FakeAesUnit(int capacity, int polls) {
		this.capacity = capacity;
		this.polls = polls;
		this.blocks = new byte[16 * capacity];
	}

	@Override
	public int capacity() {
		return this.capacity;
	}

	@Override
	public boolean start(byte[] key, int keyOffset, int keyLength, byte[] data, int offset, int blocks) {
		if (this.failsAtStart && this.batchesLeft == 0) {
			return false;
		}
		this.aes.init(key, keyOffset, keyLength);
		int[] words = this.aes.operation.words;
		for (int i = 0; i < blocks; i++) {
			for (int column = 0; column < 4; column++) {
				words[2 * column] = Bytes.word(data, offset + 16 * i + 4 * column);
			}
			this.aes.encrypt();
			for (int column = 0; column < 4; column++) {
				Bytes.put(words[2 * column], this.blocks, 16 * i + 4 * column);
			}
		}
		this.count = blocks;
		this.left = this.polls;
		this.turns++;
		return true;
	}

	@Override
	public int poll(byte[] data, int offset) {
		if (this.batchesLeft == 0 || this.count == 0) {
			return -1;
		}
		if (this.left-- > 0) {
			return 0;
		}
		System.arraycopy(this.blocks, 0, data, offset, 16 * this.count);
		this.operations += this.count;
		this.count = 0;
		this.batchesLeft--;
		return 1;
	}

	@Override
	public void wipe() {
		this.count = 0;
		this.wipes++;
		this.turns++;
	}

	@Override
	public int turn() {
		return this.turns;
	}

	@Override
	public int operations() {
		return this.operations;
	}
}
