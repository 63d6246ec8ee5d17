/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;

import dev.thimble.host.EngineBuilder;
import dev.thimble.host.TrustStore;
import dev.thimble.support.ClientPki;
import dev.thimble.support.Network;
import dev.thimble.support.Network.Delivery;
import dev.thimble.support.TestPki;
import dev.thimble.support.peer.Credentials;
import dev.thimble.support.peer.Mode;
import dev.thimble.support.peer.Peer;
import dev.thimble.support.peer.PeerServer;
import dev.thimble.support.peer.Report;
import dev.thimble.support.peer.Version;
import dev.thimble.tls.Alert;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** A cell of the matrix with Thimble as client. */
final class ThimbleClientCell {

	private static final String[] OFFERED = { Credentials.OTHER_ALPN, Credentials.ALPN };

	private ThimbleClientCell() {
	}

	static void run(Peer peer, Version version, Mode mode) throws IOException {
		try (PeerServer server = peer.serve(version, mode)) {
			connect(server, version, mode);
		}
	}

	private static void connect(PeerServer server, Version version, Mode mode) throws IOException {
		TlsEngine engine = builder(mode).build();
		Random random = new Random(mode.ordinal());
		try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
			network.start(server.address(), TestPki.HOST);
			if (!network.handshake()) {
				throw new AssertionError("the handshake failed: " + TlsError.name(engine.error()) + ", alert received "
						+ Alert.name(engine.alertReceived()) + "; the peer says " + server.report());
			}
			checkEngine(engine, mode);
			for (int length : new int[] { 30, 3000 }) {
				byte[] line = line(random, length);
				assertTrue(network.send(line), "could not send");
				assertArrayEquals(server.answer(line), network.receive(length), () -> "the answer, error " + TlsError.name(engine.error()));
			}
			assertEquals("E_NONE", TlsError.name(network.finish()));
			assertTrue(engine.peerClosed(), "the peer did not close");
		}
		checkReport(server.report(), mode);
	}

	/** A line that is nowhere else in what a program prints; neither it nor its reverse begins with a letter that s_server takes for a command. */
	static byte[] line(Random random, int length) {
		byte[] line = HandshakeMatrixTest.line(random, length);
		line[0] = 'x';
		line[length - 2] = 'x';
		return line;
	}

	private static EngineBuilder builder(Mode mode) {
		EngineBuilder builder = new EngineBuilder().anchors(TrustStore.of(Credentials.SERVER.root()));
		switch (mode) {
		case MUTUAL:
			return builder.identity(ClientPki.certificates(Credentials.CLIENT), ClientPki.key(Credentials.CLIENT));
		case ALPN:
			return builder.alpn(OFFERED);
		case RECORD_SIZE:
			return builder.recordInLimit(Credentials.RECORD_SIZE).recordOutLimit(Credentials.RECORD_SIZE);
		default:
			return builder;
		}
	}

	private static void checkEngine(TlsEngine engine, Mode mode) {
		assertEquals(mode == Mode.MUTUAL, engine.certificateRequested());
		assertEquals(mode == Mode.MUTUAL ? 0 : -1, engine.identity());
		int protocol = engine.applicationProtocol();
		assertEquals(mode == Mode.ALPN ? Credentials.ALPN : "", protocol < 0 ? "" : OFFERED[protocol]);
	}

	private static void checkReport(Report report, Mode mode) {
		assertNull(report.error, report::toString);
		agree(mode == Mode.RESUMED, report.resumed, "resumed", report);
		agree(mode == Mode.ALPN ? Credentials.ALPN : "", report.alpn, "application protocol", report);
		agree(mode == Mode.MUTUAL ? Credentials.CLIENT_NAME : "", report.certificate, "client certificate", report);
		agree(mode == Mode.RAW_KEY, report.rawKey, "raw public key", report);
		agree(mode == Mode.PSK ? Credentials.PSK_IDENTITY : "", report.pskIdentity, "pre-shared key", report);
	}

	/** What the peer does not tell, it cannot contradict. */
	private static void agree(Object expected, Object said, String what, Report report) {
		if (said != null) {
			assertEquals(expected, said, () -> what + " as the peer sees it: " + report);
		}
	}
}
