/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.thimble.support.TestLog;
import dev.thimble.support.peer.Mode;
import dev.thimble.support.peer.Peer;
import dev.thimble.support.peer.Peers;
import dev.thimble.support.peer.Role;
import dev.thimble.support.peer.Version;

/**
 * Thimble as client and as server × five other implementations × TLS 1.3 and 1.2 × what is asked of TLS. In each cell both sides must agree
 * that it really happened, data goes both ways, and the end is in good order. The table is printed last, and is kept in {@code peers.md} of the
 * reports.
 */
final class PeerMatrixTest {

	private static final PeerTable TABLE = new PeerTable();
	private static Peers peers;

	@TestFactory
	List<DynamicTest> cell() throws IOException {
		peers = Peers.open();
		System.out.println("peers: " + peers.description());
		List<DynamicTest> tests = new ArrayList<>();
		for (Role role : Role.values()) {
			for (Peer peer : peers.all()) {
				for (Version version : new Version[] { Version.TLS13, Version.TLS12 }) {
					String row = role + " of " + peer.name() + ", TLS " + version;
					TABLE.row(row);
					for (Mode mode : Mode.values()) {
						String reason = peer.cannot(role, version, mode);
						if (reason == null) {
							reason = ThimbleFeatures.cannot(role, version, mode);
						}
						if (reason != null) {
							TABLE.cannot(row, mode, reason);
						} else {
							tests.add(DynamicTest.dynamicTest(row + ", " + mode, () -> run(row, role, peer, version, mode)));
						}
					}
				}
			}
		}
		return tests;
	}

	private static void run(String row, Role role, Peer peer, Version version, Mode mode) throws IOException {
		boolean passed = false;
		try {
			if (role == Role.CLIENT) {
				ThimbleClientCell.run(peer, version, mode);
			} else {
				ThimbleServerCell.run(peer, version, mode);
			}
			passed = true;
		} finally {
			TABLE.ran(row, mode, passed);
		}
	}

	@AfterAll
	static void printTable() throws IOException {
		if (peers == null) {
			return;
		}
		StringBuilder title = new StringBuilder("Thimble and its peers: ").append(peers.description()).append('\n');
		for (Peer peer : peers.all()) {
			title.append(peer.name()).append(' ').append(peer.release()).append(peer == peers.all().get(peers.all().size() - 1) ? "" : ", ");
		}
		String text = TABLE.text(title.toString());
		TestLog.printLast(text);
		String reports = System.getProperty("thimble.reports");
		if (reports != null) {
			Files.write(Path.of(reports, "peers.md"), text.getBytes(StandardCharsets.UTF_8));
		}
		peers.close();
	}
}
