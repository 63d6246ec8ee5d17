/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import dev.thimble.board.BlockCipherUnit;

/** A board's AES unit and the blocks on their way to and from it; there is one for all AEADs of a provider, like the operation in progress. */
final class UnitBlocks {

	static final int BLOCK_LENGTH = 16;

	/** Blocks to encrypt: counter blocks, and blocks of a CBC-MAC. */
	final byte[] in;
	/** Blocks encrypted. */
	final byte[] out;

	private final BlockCipherUnit unit;
	/** What was started last: it is started again if another engine had the unit before it was fetched. */
	private byte[] key;
	private int keyLength;
	private int blocks;
	private int turn;
	/** Whether the unit works on blocks that have not been fetched. */
	private boolean running;
	private boolean failed;

	/**
	 * Takes a unit.
	 *
	 * @param unit
	 *            a unit with room for two blocks or more.
	 */
	UnitBlocks(BlockCipherUnit unit) {
		this.unit = unit;
		int length = unit.capacity() * BLOCK_LENGTH;
		this.in = new byte[length];
		this.out = new byte[length];
	}

	/** Tells whether the unit has failed; it is not used again then. */
	boolean failed() {
		return this.failed;
	}

	/** Starts to encrypt blocks from the beginning of {@link #in}; key and blocks stay as they are until they were fetched. */
	void start(byte[] key, int keyLength, int blocks) {
		this.key = key;
		this.keyLength = keyLength;
		this.blocks = blocks;
		this.running = true;
		start();
	}

	private void start() {
		if (!this.failed && !this.unit.start(this.key, 0, this.keyLength, this.in, 0, this.blocks)) {
			this.failed = true;
		}
		this.turn = this.unit.turn();
	}

	/**
	 * Fetches the blocks into {@link #out}.
	 *
	 * @return 1 if they are there, 0 if not yet, -1 if the unit has failed.
	 */
	int poll() {
		if (this.failed) {
			return -1;
		}
		if (!this.running) {
			return 1;
		}
		if (this.unit.turn() != this.turn) {
			// Another engine had the unit meanwhile. We wait for a few blocks now, or two engines could take it from each other for ever.
			start();
			return await();
		}
		return fetch();
	}

	private int fetch() {
		if (this.failed) {
			return -1;
		}
		int result = this.unit.poll(this.out, 0);
		if (result != 0) {
			this.running = false;
			this.failed = result < 0;
		}
		return result;
	}

	private int await() {
		int result = fetch();
		while (result == 0) {
			// the unit is at work
			result = fetch();
		}
		return result;
	}

	/** Encrypts a few blocks and waits for them; the unit's own time limit ends the waiting. */
	void encrypt(byte[] key, int keyLength, int blocks) {
		start(key, keyLength, blocks);
		await();
	}

	/** Overwrites key stream and plain blocks; called when an operation has ended. */
	void wipe() {
		Bytes.zero(this.in, 0, this.in.length);
		Bytes.zero(this.out, 0, this.out.length);
	}

	/** Stops what runs and makes the unit forget the key too. */
	void wipeUnit() {
		this.running = false;
		this.unit.wipe();
		wipe();
	}
}
