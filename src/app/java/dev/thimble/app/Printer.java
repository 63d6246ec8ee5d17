/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.AesUnit;
import dev.thimble.board.BoardSystem;
import dev.thimble.board.Console;
import dev.thimble.board.HashUnit;
import dev.thimble.board.Trng;
import dev.thimble.crypto.BoardCrypto;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.tls.TlsEngine;

/** What the firmware says on its console. Lines that begin with a word and a colon are for programs too. */
final class Printer implements Client.Receiver {

	private static final int TLS_1_2 = 0x0303;

	private final Console console;
	private final byte[] name = new byte[BoardSystem.MAX_NAME_LENGTH];
	private boolean midLine;

	Printer(Console console) {
		this.console = console;
	}

	/** Prints the boot line. */
	void boot(BoardSystem system, Trng trng, BoardCrypto crypto, HashUnit hashUnit) {
		Console c = this.console;
		c.print("boot: ").printText(this.name, 0, system.name(this.name)).print(", reset by ").print(resetCause(system.resetCause()));
		c.print(", entropy from ").print(entropySource(trng.kind())).print(" (").print(health(trng.health())).print("), AES ")
				.print(unit(crypto.aesState())).print(", hash ").print(unit(crypto.hashState()));
		if (crypto.hashState() == BoardCrypto.USED) {
			c.print(" for").print((hashUnit.algorithms() & HashUnit.SHA_256) != 0 ? " SHA-256" : "")
					.print((hashUnit.algorithms() & HashUnit.SHA_384) != 0 ? " SHA-384" : "")
					.print((hashUnit.algorithms() & HashUnit.SHA_512) != 0 ? " SHA-512" : "");
		}
		c.print(", heap ").print(system.allocatedBytes()).print(" of ").print(system.heapSize()).println(" bytes");
		units(crypto);
	}

	/** Complains of units that have failed. */
	void units(BoardCrypto crypto) {
		if (crypto.aesState() == BoardCrypto.FAILED) {
			this.console.println("warning: THE AES UNIT HAS FAILED ITS SELF-TEST OR IN USE; software does its work");
		}
		if (crypto.hashState() == BoardCrypto.FAILED) {
			this.console.println("warning: THE HASH UNIT HAS FAILED ITS SELF-TEST OR IN USE; software does its work");
		}
	}

	private static String resetCause(int cause) {
		switch (cause) {
		case BoardSystem.POWER_ON:
			return "power-on";
		case BoardSystem.RESET_PIN:
			return "pin or debugger";
		case BoardSystem.WATCHDOG:
			return "WATCHDOG";
		case BoardSystem.SOFTWARE:
			return "software";
		case BoardSystem.FAULT:
			return "FAULT";
		default:
			return "unknown cause";
		}
	}

	private static String entropySource(int kind) {
		return kind == Trng.HARDWARE ? "TRNG" : kind == Trng.EMULATOR_HOST ? "EMULATOR'S HOST, NOT FOR PRODUCTS" : "NOWHERE";
	}

	private static String health(int health) {
		switch (health) {
		case Trng.HEALTHY:
			return "healthy";
		case Trng.SILENT:
			return "SILENT";
		case Trng.FAULTY:
			return "FAULTY";
		case Trng.STUCK:
			return "STUCK";
		case Trng.BIASED:
			return "BIASED";
		default:
			return "REPEATING";
		}
	}

	private static String unit(int state) {
		return state == BoardCrypto.USED ? "unit (self-test passed)" : state == BoardCrypto.FAILED ? "SOFTWARE (unit FAILED)" : "software (no unit)";
	}

	/** Prints how a handshake went. */
	void connected(TlsEngine tls, long millis, int steps) {
		this.console.print("connected: ").print(tls.cipherSuiteName()).print(", ").print(group(tls.group()))
				.print(tls.helloRetried() ? " (hello retried)" : "").print(tls.resumed() ? ", resumed, " : ", server verified, ").print(millis)
				.print(" ms, ").print(steps).println(" steps");
	}

	private static String group(int group) {
		switch (group) {
		case KeyAgreement.X25519:
			return "x25519";
		case KeyAgreement.SECP256R1:
			return "secp256r1";
		case KeyAgreement.SECP384R1:
			return "secp384r1";
		default:
			return "none";
		}
	}

	/** Prints the figures of a connection and the device's. */
	void stats(Client client, BoardSystem system, AesUnit aesUnit, HashUnit hashUnit, long constructed, int handshakes) {
		TlsEngine tls = client.engine();
		Console c = this.console;
		c.print("stats: version=").print(tls.version() == TLS_1_2 ? "1.2" : "1.3").print(" resumed=").print(tls.resumed() ? "true" : "false");
		c.print(" suite=").print(tls.cipherSuiteName()).print(" group=").print(group(tls.group()));
		c.print(" handshake-in=").print(tls.handshakeBytesIn()).print(" handshake-out=").print(tls.handshakeBytesOut());
		c.print(" records-in=").print(tls.recordsIn()).print(" records-out=").print(tls.recordsOut()).print(" bytes-in=").print(client.bytesIn());
		c.print(" constructed=").print(constructed).print(" allocated=").print(system.allocatedBytes() - constructed).print(" stack=").print(system.stackHighWater());
		c.print(" aes-blocks=").print(aesUnit.capacity() > 0 ? aesUnit.operations() & 0xffffffffL : 0);
		c.print(" digests=").print(hashUnit.algorithms() > 0 ? hashUnit.operations() & 0xffffffffL : 0);
		c.print(" steps=").print(client.steps()).print(" longest-step-us=").print(client.longestStepMicros()).print(" step-us=").print(client.stepMicros());
		c.print(" handshakes=").print(handshakes).println();
	}

	/** Prints what came from the server, each line behind a mark. */
	@Override
	public void received(byte[] data, int offset, int length) {
		int from = offset;
		int end = offset + length;
		for (int at = offset; at < end; at++) {
			if (data[at] == '\n') {
				int to = at > from && data[at - 1] == '\r' ? at - 1 : at;
				text(data, from, to);
				endLine();
				from = at + 1;
			}
		}
		if (from < end) {
			text(data, from, end);
			this.console.flush();
		}
	}

	private void text(byte[] data, int from, int to) {
		if (!this.midLine) {
			this.console.print("< ");
			this.midLine = true;
		}
		this.console.printText(data, from, to - from);
	}

	/** Ends a line of the server that had no end. */
	void endLine() {
		if (this.midLine) {
			this.midLine = false;
			this.console.println();
		}
	}

	/** Ends a command: its error, if there is one, and its code. */
	void done(int failure) {
		endLine();
		if (failure != Failure.NONE) {
			failure(failure);
		}
		this.console.print("done ").print(failure).println();
	}

	/** Prints an error: name, number, sentence. */
	void failure(int failure) {
		endLine();
		this.console.print("error: ").print(Failure.name(failure)).print(" (").print(failure).print("): ").println(Failure.text(failure));
	}

	void line(String text) {
		endLine();
		this.console.println(text);
	}
}
