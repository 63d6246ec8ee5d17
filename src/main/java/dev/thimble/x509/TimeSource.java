/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/** The clock certificates are checked against. */
public interface TimeSource {

	/** Nothing is known about the time. */
	int UNKNOWN = 0;
	/** The time is at least {@link #seconds()} (the firmware's build date): what expired before is refused, nothing else. */
	int FLOOR = 1;
	/** {@link #seconds()} is the time. */
	int TRUSTED = 2;

	/**
	 * Gets how far the clock can be trusted.
	 *
	 * @return {@link #UNKNOWN}, {@link #FLOOR} or {@link #TRUSTED}.
	 */
	int state();

	/**
	 * Gets the time.
	 *
	 * @return seconds since 1970-01-01T00:00:00Z, 64 bits, without leap seconds.
	 */
	long seconds();
}
