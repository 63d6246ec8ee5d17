/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The true random number generator. C: {@code LLTHIMBLE_TRNG_impl.h}. */
/* package */ final class TrngNatives {

	private TrngNatives() {
	}

	/**
	 * Names the source.
	 *
	 * @return 0: none; 1: hardware; 2: the emulator's host (semihosting), never in an image for real hardware.
	 */
	/* package */ static native int kind();

	/**
	 * Reads raw noise, unconditioned.
	 *
	 * @param out
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            how many are wanted.
	 * @return how many were read: fewer when the source gave no more within its time limit; -1 if it reports a fault.
	 */
	/* package */ static native int read(byte[] out, int offset, int length);
}
