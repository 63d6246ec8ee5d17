/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The AES unit: encryption of whole blocks. C: {@code LLTHIMBLE_AES_impl.h}. */
/* package */ final class AesNatives {

	private AesNatives() {
	}

	/**
	 * Gets how many 16-byte blocks one {@link #start} takes.
	 *
	 * @return 0 if the board has no AES unit.
	 */
	/* package */ static native int capacity();

	/**
	 * Starts to encrypt blocks (FIPS 197, ECB). The data are copied; the unit works on by interrupt or by polling.
	 *
	 * @param key
	 *            the key's array.
	 * @param keyOffset
	 *            its first byte.
	 * @param keyLength
	 *            16 or 32 bytes.
	 * @param data
	 *            the blocks.
	 * @param offset
	 *            the first byte.
	 * @param blocks
	 *            how many blocks, 1 to {@link #capacity()}.
	 * @return 0, or -1 on a fault.
	 */
	/* package */ static native int start(byte[] key, int keyOffset, int keyLength, byte[] data, int offset, int blocks);

	/**
	 * Fetches the result if it is there; drives a unit that works by polling.
	 *
	 * @param data
	 *            receives the blocks.
	 * @param offset
	 *            where the first byte goes.
	 * @return 1: done and written; 0: not yet; -1: fault or timeout.
	 */
	/* package */ static native int poll(byte[] data, int offset);

	/** Wipes key registers and buffers. */
	/* package */ static native void wipe();

	/**
	 * Gets the number of blocks the unit has processed since reset: the proof that it was used.
	 *
	 * @return a count that wraps.
	 */
	/* package */ static native int operations();
}
