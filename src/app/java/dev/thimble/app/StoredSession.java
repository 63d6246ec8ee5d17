/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.Slots;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.Session;

/**
 * A session that outlives a loss of power: its image is kept in the board's first non-volatile slot; a board without slots has it until it is
 * switched off.
 */
final class StoredSession {

	private static final int SLOT = 0;
	/** Room on a board without slots. */
	private static final int LENGTH = 512;

	private final Slots slots = new Slots();
	private final byte[] image = new byte[Math.max(LENGTH, this.slots.slotLength())];
	private final Session session;

	/** Reads what there is; a damaged image is the engine's to notice. */
	StoredSession() {
		if (this.slots.count() > 0) {
			this.slots.read(SLOT, this.image, 0, this.image.length);
		}
		this.session = new Session(this.image, 0, this.image.length);
	}

	/** Lets an engine resume it and put others in its place. */
	void configure(EngineConfig config) {
		config.session(this.session);
	}

	/** Makes the next handshake a full one. */
	void forget() {
		this.session.clear();
		save();
	}

	/** Writes the slot if the session has changed: at once when it is offered, for it is used only once. */
	void save() {
		if (this.session.takeChanged() && this.slots.count() > 0) {
			this.slots.write(SLOT, this.image, 0, this.session.size());
		}
	}
}
