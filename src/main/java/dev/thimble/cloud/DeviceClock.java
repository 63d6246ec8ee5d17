/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.net.Clock;
import dev.thimble.x509.TimeSource;

/**
 * The time of day of a device that has none when it starts. Three states: unknown; floor, the date the firmware was built, which cannot be later
 * than now; trusted, once {@link #set} was told the time, by {@link Sntp} for example.
 *
 * <p>What certificates are checked against: until the time is trusted their validity cannot be judged, so every one is refused
 * ({@link dev.thimble.x509.PathError#TIME_UNKNOWN}), unless {@link #floorSuffices} says that the floor will do: then a certificate that had
 * expired when the firmware was built is refused, and no other.
 */
public final class DeviceClock implements TimeSource {

	/** When this library was written, 2026-01-01: no device that has it lives before. */
	private static final long EARLIEST = 1767225600L;

	private final Clock timer;
	private final long floor;
	private boolean floorSuffices;
	private boolean trusted;
	/** Milliseconds since 1970 when the timer was at 0. */
	private long base;

	/**
	 * Creates a clock.
	 *
	 * @param timer
	 *            measures the time since it was set.
	 * @param floor
	 *            when the firmware was built, in seconds since 1970-01-01T00:00:00Z; 0: not known.
	 */
	public DeviceClock(Clock timer, long floor) {
		this.timer = timer;
		this.floor = floor > EARLIEST ? floor : EARLIEST;
	}

	/**
	 * Decides whether certificates may be judged by the floor while the time is not trusted.
	 *
	 * @param suffices
	 *            default false.
	 * @return this.
	 */
	public synchronized DeviceClock floorSuffices(boolean suffices) {
		this.floorSuffices = suffices;
		return this;
	}

	/**
	 * Gets the floor.
	 *
	 * @return seconds since 1970-01-01T00:00:00Z.
	 */
	public long floor() {
		return this.floor;
	}

	/**
	 * Sets the time: from now on it is trusted.
	 *
	 * @param millis
	 *            the time, in milliseconds since 1970-01-01T00:00:00Z.
	 * @return 0; {@link CloudError#TIME_BEFORE_FLOOR}: it was not set.
	 */
	public synchronized int set(long millis) {
		if (millis / 1000 < this.floor) {
			return CloudError.TIME_BEFORE_FLOOR;
		}
		this.base = millis - this.timer.millis();
		this.trusted = true;
		return CloudError.NONE;
	}

	/** Forgets the time: it is the floor, and not trusted, until it is set again. */
	public synchronized void forget() {
		this.trusted = false;
	}

	/**
	 * Tells whether the time is trusted.
	 *
	 * @return true since {@link #set}.
	 */
	public synchronized boolean trusted() {
		return this.trusted;
	}

	@Override
	public synchronized int state() {
		return this.trusted ? TRUSTED : this.floorSuffices ? FLOOR : UNKNOWN;
	}

	/**
	 * Gets the time in milliseconds.
	 *
	 * @return milliseconds since 1970-01-01T00:00:00Z; the floor if the time is not trusted.
	 */
	public synchronized long millis() {
		return this.trusted ? this.base + this.timer.millis() : this.floor * 1000;
	}

	@Override
	public long seconds() {
		return millis() / 1000;
	}
}
