/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** How far the early data of a client is (RFC 8446 §4.2.10); an engine that does not send any has no such object. */
/* package */ final class EarlyData {

	/**
	 * Most bytes of a record: what limit the server has is told in EncryptedExtensions only, and a small one takes that many
	 * ({@link EngineConfig#MIN_RECORD_LIMIT}).
	 */
	/* package */ static final int MAX_RECORD = 512;

	private static final byte NONE = 0;
	/** The application may send. */
	private static final byte OPEN = 1;
	/** The server's answer has begun. */
	private static final byte SHUT = 2;
	private static final byte ACCEPTED = 3;
	private static final byte REJECTED = 4;

	private byte state;
	private int left;

	/** Makes one for an engine of its own. */
	/* package */ EarlyData fresh() {
		return new EarlyData();
	}

	/* package */ void reset() {
		this.state = NONE;
		this.left = 0;
	}

	/** Offers early data; most: max_early_data_size of the session, unsigned; 0: the server takes none. */
	/* package */ void offer(int most) {
		this.left = most < 0 ? Integer.MAX_VALUE : most;
		this.state = most == 0 ? NONE : OPEN;
	}

	/** Gets how many bytes the application may still send. */
	/* package */ int room() {
		return this.state == OPEN ? this.left : 0;
	}

	/** Tells whether the server's answer has not begun. */
	/* package */ boolean open() {
		return this.state == OPEN;
	}

	/* package */ void sent(int bytes) {
		this.left -= bytes;
	}

	/** The server answers: what it says of early data comes after its certificate or key. */
	/* package */ void shut() {
		if (this.state == OPEN) {
			this.state = SHUT;
		}
	}

	/** Tells whether early data was offered and the server has not decided. */
	/* package */ boolean pending() {
		return this.state == OPEN || this.state == SHUT;
	}

	/* package */ void accept() {
		this.state = ACCEPTED;
	}

	/* package */ void reject() {
		if (pending()) {
			this.state = REJECTED;
		}
	}

	/* package */ boolean accepted() {
		return this.state == ACCEPTED;
	}
}
