/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.util.List;

/**
 * How to start an emulated board.
 *
 * @param countInstructions
 *            an instruction takes a nanosecond of the board's time: figures do not depend on this machine.
 * @param semihosting
 *            whether the board may ask the emulator for things: to end with a code, for the host's entropy.
 * @param install
 *            whether to install a QEMU if none knows the board.
 * @param arguments
 *            further arguments.
 */
public record QemuOptions(boolean countInstructions, boolean semihosting, boolean install, List<String> arguments) {

	/** Semihosting, time as it comes, installing allowed. */
	public static final QemuOptions DEFAULT = new QemuOptions(false, true, true, List.of());

	/** Gets the same with instructions counted. */
	public QemuOptions countingInstructions() {
		return new QemuOptions(true, this.semihosting, this.install, this.arguments);
	}

	/** Gets the same without semihosting, as a real board is. */
	public QemuOptions withoutSemihosting() {
		return new QemuOptions(this.countInstructions, false, this.install, this.arguments);
	}
}
