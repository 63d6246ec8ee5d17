/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.nio.file.Path;

/**
 * What the demo is to do.
 *
 * @param board
 *            a folder of board-support.
 * @param mosquitto
 *            whether the broker is Mosquitto instead of the one in this JVM.
 * @param values
 *            how many values the device is to publish.
 * @param keep
 *            whether all goes on until the user ends it.
 * @param page
 *            where the page is written.
 * @param fault
 *            what is to go wrong, for tests of the demo itself; null: nothing.
 */
public record DemoPlan(String board, Proof proof, boolean mosquitto, int values, boolean keep, Path page, Fault fault) {

	/** What goes wrong on request. */
	public enum Fault {
		/** The device does not trust the broker's CA. */
		CA,
		/** The broker ends before the device comes. */
		BROKER
	}
}
