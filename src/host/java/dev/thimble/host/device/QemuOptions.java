/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.nio.file.Path;
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
 * @param retained
 *            the file that stands for memory no loss of power clears, where the board's non-volatile slots are: it is written when the board is
 *            switched off, and read when it is switched on again. Null: the board forgets. A firmware that ends the emulator itself writes nothing.
 * @param forwarded
 *            a TCP port of the board that this machine reaches by {@link QemuBoard#forwardedPort}; 0: none.
 * @param cable
 *            what stands between the board and the emulated network; null: nothing.
 * @param arguments
 *            further arguments.
 */
public record QemuOptions(boolean countInstructions, boolean semihosting, boolean install, Path retained, int forwarded, Cable cable,
		List<String> arguments) {

	/**
	 * Where somebody listens on 127.0.0.1 who passes the board's Ethernet frames on, or does not: a frame is its length in four bytes,
	 * big-endian, and its bytes.
	 *
	 * @param boardEnd
	 *            the port the board's interface connects to.
	 * @param networkEnd
	 *            the port the emulated network (DHCP, the way to this machine) connects to.
	 */
	public record Cable(int boardEnd, int networkEnd) {
	}

	/** Nothing is forwarded, and nothing stands between the board and the emulated network. */
	public QemuOptions(boolean countInstructions, boolean semihosting, boolean install, Path retained, List<String> arguments) {
		this(countInstructions, semihosting, install, retained, 0, null, arguments);
	}

	/** Semihosting, time as it comes, installing allowed. */
	public static final QemuOptions DEFAULT = new QemuOptions(false, true, true, null, List.of());

	/** Gets the same with instructions counted. */
	public QemuOptions countingInstructions() {
		return new QemuOptions(true, this.semihosting, this.install, this.retained, this.forwarded, this.cable, this.arguments);
	}

	/** Gets the same without semihosting, as a real board is. */
	public QemuOptions withoutSemihosting() {
		return new QemuOptions(this.countInstructions, false, this.install, this.retained, this.forwarded, this.cable, this.arguments);
	}

	/** Gets the same with slots that outlive a loss of power, in a file. */
	public QemuOptions retaining(Path file) {
		return new QemuOptions(this.countInstructions, this.semihosting, this.install, file, this.forwarded, this.cable, this.arguments);
	}

	/** Gets the same with a TCP port of the board that this machine reaches, see {@link QemuBoard#forwardedPort}. */
	public QemuOptions forwarding(int port) {
		return new QemuOptions(this.countInstructions, this.semihosting, this.install, this.retained, port, this.cable, this.arguments);
	}

	/** Gets the same with somebody between the board and the emulated network. */
	public QemuOptions through(Cable between) {
		return new QemuOptions(this.countInstructions, this.semihosting, this.install, this.retained, this.forwarded, between, this.arguments);
	}

	/** Gets the same with further arguments. */
	public QemuOptions with(List<String> further) {
		return new QemuOptions(this.countInstructions, this.semihosting, this.install, this.retained, this.forwarded, this.cable, further);
	}
}
