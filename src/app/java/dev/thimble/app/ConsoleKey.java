/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.PreSharedKey;

/** A pre-shared key as it comes over the console: its identity, and its bytes in hexadecimal. */
final class ConsoleKey {

	private PreSharedKey key;

	/** Reads both from the words that follow; without any, forgets the key. */
	int read(CommandLine line) {
		if (this.key != null) {
			this.key.wipe();
			this.key = null;
		}
		if (!line.next()) {
			return Failure.NONE;
		}
		byte[] identity = new byte[line.wordLength()];
		System.arraycopy(line.array(), line.wordOffset(), identity, 0, identity.length);
		if (!line.next() || line.wordLength() % 2 != 0 || identity.length > PreSharedKey.MAX_IDENTITY_LENGTH
				|| line.wordLength() > 2 * PreSharedKey.MAX_KEY_LENGTH) {
			return Failure.PSK;
		}
		byte[] bytes = new byte[line.wordLength() / 2];
		for (int i = 0; i < bytes.length; i++) {
			int value = digit(line, 2 * i) << 4 | digit(line, 2 * i + 1);
			if (value < 0) {
				return Failure.PSK;
			}
			bytes[i] = (byte) value;
		}
		this.key = new PreSharedKey(identity, bytes);
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = 0;
		}
		return Failure.NONE;
	}

	private static int digit(CommandLine line, int index) {
		int c = line.array()[line.wordOffset() + index];
		if (c >= '0' && c <= '9') {
			return c - '0';
		}
		c |= 0x20;
		return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
	}

	/** Tells whether there is one. */
	boolean given() {
		return this.key != null;
	}

	/** Lets an engine use it, if there is one. */
	void configure(EngineConfig config) {
		if (this.key != null) {
			config.preSharedKeys(this.key);
		}
	}
}
