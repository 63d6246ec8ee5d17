/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** A unit that encrypts blocks of 16 bytes by AES (FIPS 197), several at a time, while the program goes on. */
public interface BlockCipherUnit {

	/**
	 * Gets how many blocks one {@link #start} takes.
	 *
	 * @return 0 if there is no unit.
	 */
	int capacity();

	/**
	 * Starts to encrypt blocks, each by itself. Key and blocks are copied. What ran before is forgotten.
	 *
	 * @param key
	 *            the key's array.
	 * @param keyOffset
	 *            the key's first byte.
	 * @param keyLength
	 *            16 or 32 bytes.
	 * @param data
	 *            the blocks' array.
	 * @param offset
	 *            the first byte.
	 * @param blocks
	 *            how many blocks, 1 to {@link #capacity()}.
	 * @return false on a fault.
	 */
	boolean start(byte[] key, int keyOffset, int keyLength, byte[] data, int offset, int blocks);

	/**
	 * Fetches the result if it is there. A unit that hangs ends in a fault within some milliseconds.
	 *
	 * @param data
	 *            receives as many blocks as were started, in their order.
	 * @param offset
	 *            where the first byte goes.
	 * @return 1: done and written; 0: not yet; -1: fault.
	 */
	int poll(byte[] data, int offset);

	/** Stops what runs and wipes the unit's key and blocks. */
	void wipe();

	/**
	 * Tells whose turn it is. Several engines may share a unit, in one thread: whoever finds another number than behind his own {@link #start} has lost
	 * what he started, and a {@link #poll} would give him what is somebody else's.
	 *
	 * @return a number that is another after each {@link #start} and each {@link #wipe}, by whomever.
	 */
	int turn();

	/**
	 * Gets the number of blocks processed since reset.
	 *
	 * @return a count that wraps.
	 */
	int operations();
}
