/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Session;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls13Client;

/**
 * Plays connections through with engines nobody measures. A JVM loads a class and makes a String constant when it first meets them, and both
 * allocate in the thread that does; that is the JVM's doing, not the engine's, and would hide the engine's figure.
 */
final class Rehearsal {

	private static final String HOST = "rehearsal.thimble.test";
	private static final int TIMEOUT = 60_000;

	private Rehearsal() {
	}

	/** Runs, in less than a second, connections with each suite and group the JDK has as a server, one that is refused, and resumed ones. */
	static void run() throws IOException, GeneralSecurityException {
		DeviceClasses.load();
		Identity root = new CertificateMaker("CN=Rehearsal root", KeyKind.P256.generate()).authority().make();
		Identity intermediate = new CertificateMaker("CN=Rehearsal", KeyKind.P256.generate()).authority(0).issuedBy(root).make();
		Identity leaf = new CertificateMaker("CN=" + HOST, KeyKind.P256.generate()).issuedBy(intermediate).dns(HOST).make();
		int[] suites = { CipherSuite.TLS_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384 };
		int[] groups = { KeyAgreement.X25519, KeyAgreement.SECP256R1, KeyAgreement.SECP384R1 };
		try (JsseDemoServer server = new JsseDemoServer(leaf, intermediate)) {
			for (int i = 0; i < suites.length; i++) {
				EngineDriver driver = new EngineDriver(new EngineBuilder().anchors(TrustStore.of(root)).suites(suites[i]).groups(groups[i]).build());
				connect(driver, server, HOST);
				connect(driver, server, "other.thimble.test");
			}
			resume(server, root, new Tls13Client(), new Tls12Client());
			resume(server, root, new Tls12Client());
		}
	}

	/** Connects with an empty slot, and with what has come into it. */
	private static void resume(JsseDemoServer server, Identity root, Protocol... protocols) throws IOException {
		byte[] slot = new byte[Session.MAX_LENGTH];
		EngineDriver driver = new EngineDriver(new EngineBuilder().anchors(TrustStore.of(root)).protocols(protocols)
				.session(new Session(slot, 0, slot.length), slot).build());
		connect(driver, server, HOST);
		connect(driver, server, HOST);
	}

	private static void connect(EngineDriver driver, JsseDemoServer server, String name) throws IOException {
		byte[] request = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		byte[] chunk = new byte[1024];
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			socket.setSoTimeout(TIMEOUT);
			if (driver.handshake(socket, name)) {
				driver.write(request, 0, request.length);
				while (driver.read(chunk, 0, chunk.length) >= 0) {
					continue;
				}
				driver.close();
			}
		}
	}
}
