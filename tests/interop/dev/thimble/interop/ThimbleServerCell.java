/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;

import dev.thimble.support.TestPki;
import dev.thimble.support.peer.Credentials;
import dev.thimble.support.peer.Mode;
import dev.thimble.support.peer.Peer;
import dev.thimble.support.peer.PeerClient;
import dev.thimble.support.peer.Report;
import dev.thimble.support.peer.Version;

/** A cell of the matrix with Thimble as server. */
final class ThimbleServerCell {

	/** No longer than a record may be in {@link Mode#RECORD_SIZE}: not every client program splits its input. */
	private static final int[] LINES = { 30, 500 };

	private ThimbleServerCell() {
	}

	static void run(Peer peer, Version version, Mode mode) throws IOException {
		try (ThimbleServer server = new ThimbleServer(version, mode)) {
			if (mode.resumes() && !peer.reconnects()) {
				connect(server, peer, version, mode, false);
			}
			connect(server, peer, version, mode, mode.resumes());
		}
	}

	private static void connect(ThimbleServer server, Peer peer, Version version, Mode mode, boolean resumed) throws IOException {
		Random random = new Random(mode.ordinal());
		Report report;
		try (PeerClient client = peer.connect(server.port(), version, mode, resumed)) {
			if (resumed && peer.reconnects()) {
				check(server.next(), version, mode, false);
			}
			for (int length : LINES) {
				byte[] line = ThimbleClientCell.line(random, length);
				client.send(line);
				try {
					client.expect(ThimbleServer.answer(line));
				} catch (IOException e) {
					throw new IOException(e.getMessage() + "; Thimble says: " + server.glance(), e);
				}
			}
			report = client.finish();
		}
		check(server.next(), version, mode, resumed);
		assertNull(report.error, report::toString);
		if (mode != Mode.PSK) {
			ThimbleClientCell.agree(resumed, report.resumed, "resumed", report);
		}
		ThimbleClientCell.agree(mode == Mode.ALPN ? Credentials.ALPN : "", report.alpn, "application protocol", report);
		ThimbleClientCell.agree(mode == Mode.PSK ? Credentials.PSK_IDENTITY : "", report.pskIdentity, "pre-shared key", report);
	}

	private static void check(ThimbleServer.Outcome outcome, Version version, Mode mode, boolean resumed) {
		assertEquals("E_NONE", outcome.error, outcome::toString);
		assertTrue(outcome.complete, outcome::toString);
		assertTrue(outcome.peerClosed, "the client did not close");
		assertEquals(version.number(), outcome.version);
		assertEquals(resumed || mode == Mode.PSK, outcome.resumed, "resumed");
		assertEquals(mode == Mode.MUTUAL, outcome.clientVerified, "client verified");
		assertEquals(mode == Mode.ALPN ? Credentials.ALPN : "", outcome.protocol);
		assertEquals(TestPki.HOST, outcome.serverName);
		if (mode == Mode.RECORD_SIZE) {
			assertEquals(Credentials.RECORD_SIZE, outcome.recordOutLimit, "the limit of records");
		}
	}
}
