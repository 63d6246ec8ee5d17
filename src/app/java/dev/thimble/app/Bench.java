/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.tls.CipherSuite;

/**
 * The firmware behind {@code ./thimble bench}: counts the instructions of each primitive and of a client's handshake, on an emulator whose
 * clock is its instruction counter. Its randomness is fixed: an image of it must not talk to anyone.
 */
public final class Bench {

	private Bench() {
	}

	/**
	 * Runs all and ends the emulator.
	 *
	 * @param args
	 *            not looked at.
	 */
	public static void main(String[] args) {
		BenchReport report = new BenchReport();
		report.say("bench begins");
		boolean ok = new BenchPrimitives(report).run();
		ok &= new BenchHandshake(report, KeyAgreement.X25519, CipherSuite.TLS_CHACHA20_POLY1305_SHA256).run("x25519-chacha20", BenchFlight.X25519_CHACHA20);
		ok &= new BenchHandshake(report, KeyAgreement.SECP256R1, CipherSuite.TLS_CHACHA20_POLY1305_SHA256).run("p256-chacha20", BenchFlight.P256_CHACHA20);
		ok &= new BenchHandshake(report, KeyAgreement.X25519, CipherSuite.TLS_AES_128_GCM_SHA256).run("x25519-aes-128-gcm", BenchFlight.X25519_AES_128_GCM);
		report.stack();
		report.say(ok ? "bench ends" : "bench failed");
		report.exit(ok ? 0 : 1);
	}
}
