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
import java.util.Arrays;
import java.util.Random;

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
import dev.thimble.tls.Session;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** A cell of the matrix with Thimble as client. */
final class ThimbleClientCell {

	private static final int SLOT = 2048;
	private static final int[] LINES = { 30, 3000 };

	private ThimbleClientCell() {
	}

	static void run(Peer peer, Version version, Mode mode) throws IOException {
		try (PeerServer server = peer.serve(version, mode)) {
			if (!mode.resumes()) {
				connect(server, version, mode, null, false);
				return;
			}
			byte[] slot = new byte[SLOT];
			Session session = new Session(slot, 0, slot.length);
			connect(server, version, mode, session, false);
			assertTrue(session.valid(), "no session to resume came from the server");
			if (mode == Mode.RESTARTED) {
				// What a device has written to its flash memory before it slept.
				slot = Arrays.copyOf(Arrays.copyOf(slot, session.size()), SLOT);
				session = new Session(slot, 0, slot.length);
			}
			connect(server, version, mode, session, true);
		}
	}

	private static void connect(PeerServer server, Version version, Mode mode, Session session, boolean resumed) throws IOException {
		TlsEngine engine = ThimbleSide.client(version, mode, session);
		Random random = new Random(mode.ordinal());
		try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1)) {
			network.start(server.address(), TestPki.HOST);
			if (!network.handshake()) {
				throw new AssertionError("the handshake failed: " + TlsError.name(engine.error()) + ", alert received "
						+ Alert.name(engine.alertReceived()));
			}
			checkEngine(engine, version, mode, resumed);
			for (int length : LINES) {
				byte[] line = line(random, length);
				assertTrue(network.send(line), "could not send");
				assertArrayEquals(server.answer(line), network.receive(length), () -> "the answer, error " + TlsError.name(engine.error()));
			}
			assertEquals("E_NONE", TlsError.name(network.finish()));
			assertTrue(engine.peerClosed(), "the peer did not close");
		}
		checkReport(server.report(), mode, resumed);
	}

	/** A line that is nowhere else in what a program prints; neither it nor its reverse begins like a command of s_server. */
	static byte[] line(Random random, int length) {
		byte[] line = HandshakeMatrixTest.line(random, length);
		line[0] = 'x';
		line[length - 2] = 'x';
		return line;
	}

	private static void checkEngine(TlsEngine engine, Version version, Mode mode, boolean resumed) {
		assertEquals(version.number(), engine.version());
		assertEquals(resumed || mode == Mode.PSK, engine.resumed(), "resumed");
		assertEquals(mode == Mode.MUTUAL, engine.certificateRequested());
		assertEquals(mode == Mode.MUTUAL ? 0 : -1, engine.identity());
		assertEquals(mode == Mode.ALPN ? Credentials.ALPN : "", ThimbleSide.protocol(engine, true));
	}

	private static void checkReport(Report report, Mode mode, boolean resumed) {
		assertNull(report.error, report::toString);
		if (mode != Mode.PSK) {
			agree(resumed, report.resumed, "resumed", report);
		}
		agree(mode == Mode.ALPN ? Credentials.ALPN : "", report.alpn, "application protocol", report);
		agree(mode == Mode.MUTUAL ? Credentials.CLIENT_NAME : "", report.certificate, "client certificate", report);
		agree(mode == Mode.RAW_KEY, report.rawKey, "raw public key", report);
		agree(mode == Mode.PSK ? Credentials.PSK_IDENTITY : "", report.pskIdentity, "pre-shared key", report);
	}

	/** What the peer does not tell, it cannot contradict. */
	static void agree(Object expected, Object said, String what, Report report) {
		if (said != null) {
			assertEquals(expected, said, () -> what + " as the peer sees it: " + report);
		}
	}
}
