/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** Time for timeouts. */
public interface Clock {

	/**
	 * Gets a time that never goes back.
	 *
	 * @return milliseconds since any moment.
	 */
	long millis();
}
