/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import dev.thimble.x509.TimeSource;

/** The operating system's clock, trusted. */
public final class SystemTime implements TimeSource {

	@Override
	public int state() {
		return TRUSTED;
	}

	@Override
	public long seconds() {
		return System.currentTimeMillis() / 1000L;
	}
}
