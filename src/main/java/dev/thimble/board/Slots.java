/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/** The board's non-volatile slots. */
public final class Slots {

	private final int count;
	private final int slotLength;

	/** Looks for the memory. */
	public Slots() {
		this.count = StorageNatives.slots();
		this.slotLength = StorageNatives.slotLength();
	}

	/**
	 * Gets the number of slots.
	 *
	 * @return 0 if the board has no non-volatile memory for us.
	 */
	public int count() {
		return this.count;
	}

	/**
	 * Gets the largest content of a slot.
	 *
	 * @return a number of bytes.
	 */
	public int slotLength() {
		return this.slotLength;
	}

	/**
	 * Reads a slot.
	 *
	 * @param slot
	 *            0 to {@link #count()} - 1.
	 * @param out
	 *            receives the content.
	 * @param offset
	 *            where the first byte goes.
	 * @param length
	 *            at most how many bytes.
	 * @return the content's length, 0 if the slot is empty; -1 on a fault.
	 */
	public int read(int slot, byte[] out, int offset, int length) {
		check(slot);
		Range.check(out, offset, length);
		return StorageNatives.read(slot, out, offset, length);
	}

	/**
	 * Replaces the content of a slot: after a loss of power either the old or the new content is there.
	 *
	 * @param slot
	 *            0 to {@link #count()} - 1.
	 * @param data
	 *            the content's array.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length, at most {@link #slotLength()}; 0 erases.
	 * @return false on a fault.
	 */
	public boolean write(int slot, byte[] data, int offset, int length) {
		check(slot);
		if (length > this.slotLength) {
			throw new IllegalArgumentException("Longer than a slot");
		}
		Range.check(data, offset, length);
		return StorageNatives.write(slot, data, offset, length) == 0;
	}

	private void check(int slot) {
		if (slot < 0 || slot >= this.count) {
			throw new IllegalArgumentException("No such slot");
		}
	}
}
