/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** Non-volatile slots. C: {@code LLTHIMBLE_STORAGE_impl.h}. */
/* package */ final class StorageNatives {

	private StorageNatives() {
	}

	/**
	 * Gets the number of slots.
	 *
	 * @return 0 if the board has no non-volatile memory for us.
	 */
	/* package */ static native int slots();

	/**
	 * Gets the largest content of a slot.
	 *
	 * @return a number of bytes.
	 */
	/* package */ static native int slotLength();

	/**
	 * Reads a slot.
	 *
	 * @param slot
	 *            0 to {@link #slots()} - 1.
	 * @param out
	 *            receives the content.
	 * @param offset
	 *            where the first byte goes.
	 * @param length
	 *            at most how many bytes.
	 * @return the content's length, 0 if the slot is empty; -1 on a fault.
	 */
	/* package */ static native int read(int slot, byte[] out, int offset, int length);

	/**
	 * Replaces the content of a slot, all or nothing: after a loss of power either the old or the new content is there.
	 *
	 * @param slot
	 *            0 to {@link #slots()} - 1.
	 * @param data
	 *            the content.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length, 0 to erase.
	 * @return 0, or -1 on a fault.
	 */
	/* package */ static native int write(int slot, byte[] data, int offset, int length);
}
