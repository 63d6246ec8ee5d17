/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.board.Slots;

/** The board's non-volatile slots as a store of credentials: some of them in a row. */
public final class BoardStore implements CredentialStore {

	private final Slots slots;
	private final int first;
	private final int count;

	/**
	 * Creates a store.
	 *
	 * @param slots
	 *            the board's.
	 * @param first
	 *            the first slot that is used for credentials.
	 * @param count
	 *            how many are used; those the board does not have are left out.
	 */
	public BoardStore(Slots slots, int first, int count) {
		this.slots = slots;
		this.first = first;
		this.count = Math.max(0, Math.min(count, slots.count() - first));
	}

	@Override
	public int count() {
		return this.count;
	}

	@Override
	public int slotLength() {
		return this.slots.slotLength();
	}

	@Override
	public int read(int slot, byte[] out, int offset, int length) {
		return this.slots.read(this.first + slot, out, offset, length);
	}

	@Override
	public boolean write(int slot, byte[] data, int offset, int length) {
		return this.slots.write(this.first + slot, data, offset, length);
	}
}
