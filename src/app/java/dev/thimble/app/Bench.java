/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls13Client;

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
		ok &= handshake(report, "x25519-chacha20", KeyAgreement.X25519, CipherSuite.TLS_CHACHA20_POLY1305_SHA256, BenchFlight.X25519_CHACHA20);
		ok &= handshake(report, "p256-chacha20", KeyAgreement.SECP256R1, CipherSuite.TLS_CHACHA20_POLY1305_SHA256, BenchFlight.P256_CHACHA20);
		ok &= handshake(report, "x25519-aes-128-gcm", KeyAgreement.X25519, CipherSuite.TLS_AES_128_GCM_SHA256, BenchFlight.X25519_AES_128_GCM);
		ok &= handshake(report, "x25519-aes-256-gcm", KeyAgreement.X25519, CipherSuite.TLS_AES_256_GCM_SHA384, BenchFlight.X25519_AES_256_GCM);
		ok &= tls12(report);
		ok &= resumed(report);
		report.stack();
		report.say(ok ? "bench ends" : "bench failed");
		report.exit(ok ? 0 : 1);
	}

	private static boolean handshake(BenchReport report, String name, int group, int suite, String flight) {
		return new BenchHandshake(report, new Tls13Client(), group, suite, "", false).run(name, flight);
	}

	/** Resumes: with a key agreement, and without. */
	private static boolean resumed(BenchReport report) {
		boolean ok = new BenchHandshake(report, new Tls13Client(), KeyAgreement.X25519, CipherSuite.TLS_CHACHA20_POLY1305_SHA256, BenchFlight.SESSION,
				false).run("resumed-x25519-chacha20", BenchFlight.RESUMED_X25519_CHACHA20);
		ok &= new BenchHandshake(report, new Tls13Client(), KeyAgreement.X25519, CipherSuite.TLS_CHACHA20_POLY1305_SHA256, BenchFlight.SESSION, true)
				.run("resumed-psk-only-chacha20", BenchFlight.RESUMED_PSK_ONLY_CHACHA20);
		ok &= new BenchHandshake(report, new Tls12Client(), KeyAgreement.X25519, CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
				BenchFlight.TLS12_SESSION, false).run("tls12-resumed-chacha20", BenchFlight.TLS12_RESUMED_CHACHA20);
		return ok;
	}

	/** With a session in its way, as the client that got the session was made: a ticket is asked for. */
	private static boolean tls12(BenchReport report) {
		return new BenchHandshake(report, new Tls12Client(), KeyAgreement.X25519, CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
				BenchHandshake.NO_SESSION, false).run("tls12-x25519-chacha20", BenchFlight.TLS12_X25519_CHACHA20);
	}
}
