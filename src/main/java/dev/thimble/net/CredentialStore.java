/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** Non-volatile memory for {@link Credentials}, in slots. */
public interface CredentialStore {

	/**
	 * Gets the number of slots.
	 *
	 * @return 0 or more.
	 */
	int count();

	/**
	 * Gets the largest content of a slot.
	 *
	 * @return a number of bytes.
	 */
	int slotLength();

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
	int read(int slot, byte[] out, int offset, int length);

	/**
	 * Replaces the content of a slot, all or nothing.
	 *
	 * @param slot
	 *            0 to {@link #count()} - 1.
	 * @param data
	 *            the content's array.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length; 0 erases.
	 * @return false on a fault.
	 */
	boolean write(int slot, byte[] data, int offset, int length);
}
