/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.host.Endpoint;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.ConnectFirmware;
import dev.thimble.host.device.Qemu;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;
import dev.thimble.host.device.SimulatedBoard;
import dev.thimble.support.ClientPki;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TlsServer;

/**
 * A device with a certificate of its own is switched off, switched on again, and resumes its session: nothing but its non-volatile slots has
 * outlived the loss of power. On an emulated board that is another QEMU process; of the first one's memory only the slots come back.
 */
@Timeout(300)
final class PowerCycleTest {

	private static final TestPki.Chain SERVER = TestPki.chain(KeyKind.P256, 2);
	private static final TestPki.Chain CLIENT = ClientPki.chain(KeyKind.P256, 2, 0);

	@TempDir
	private Path folder;

	/** Starts the firmware of the profile mutual with the slots as they were left. */
	private Board start(String name) throws IOException {
		if (name.equals("simulator")) {
			Path slots = Files.createDirectories(this.folder.resolve("slots"));
			return SimulatedBoard.start("Connect", Map.of("storage", slots.toString()));
		}
		BoardProperties board = BoardProperties.of(name);
		assumeTrue(Qemu.find(board, false) != null, "there is no QEMU here that knows " + name);
		Path elf = Path.of(board.firmware("Connect", "mutual") + ".elf");
		assumeTrue(Files.exists(elf), "there is no firmware " + elf.getFileName() + " for " + name + ": ./thimble firmware --board " + name
				+ " --app Connect --profile mutual");
		return QemuBoard.start(board, elf, QemuOptions.DEFAULT.countingInstructions().retaining(this.folder.resolve("slots")));
	}

	private static ConnectFirmware ready(Board board) throws IOException {
		ConnectFirmware firmware = new ConnectFirmware(board);
		firmware.awaitBoot();
		assertTrue(firmware.time(Instant.now()).ok());
		assertTrue(firmware.anchors(new AnchorTableBuilder().addPem(SERVER.root().certificatePem()).build()).ok());
		assertTrue(firmware.identity(ClientPki.certificates(CLIENT), ClientPki.key(CLIENT)).ok());
		return firmware;
	}

	/** Connects, sees that data goes both ways, and closes; gives the figures. */
	private static Map<String, String> connect(Board board, ConnectFirmware firmware, OpenSslServer server) throws IOException {
		String options = board.properties().hasWire() ? "" : "net";
		assertNull(firmware.connect(TestPki.HOST, Endpoint.parse("127.0.0.1:" + server.address().getPort()), options).error());
		Map<String, String> handshake = firmware.stats();
		int mark = server.process().mark();
		assertNull(firmware.command("send to the server", ConnectFirmware.SOON).error());
		assertNotNull(server.process().await(mark, "to the server\n", TlsServer.PATIENCE));
		server.process().input().write("to the device\n".getBytes(StandardCharsets.US_ASCII));
		server.process().input().flush();
		firmware.await("< to the device$", ConnectFirmware.SOON);
		assertNull(firmware.command("close", ConnectFirmware.SOON).error());
		Map<String, String> all = firmware.stats();
		if (!board.properties().name().equals("simulator")) {
			assertEquals("0", all.get("allocated"), "bytes allocated from the first byte to close");
		}
		return handshake;
	}

	private static long figure(Map<String, String> stats, String name) {
		return Long.parseLong(stats.get(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "simulator", "max78000fthr", "mps2-an386" })
	void resumesItsSessionAfterALossOfPower(String name) throws IOException {
		String roots = Identity.writeChain(this.folder.resolve("roots.pem"), CLIENT.root()).toString();
		try (OpenSslServer server = OpenSslServer.startWithInput(SERVER, "-Verify", "4", "-verify_return_error", "-CAfile", roots)) {
			Map<String, String> full;
			try (Board board = start(name)) {
				full = connect(board, ready(board), server);
			}
			assertEquals("false", full.get("resumed"));
			Map<String, String> resumed;
			try (Board board = start(name)) {
				resumed = connect(board, ready(board), server);
			}
			assertEquals("true", resumed.get("resumed"));
			for (String what : new String[] { "handshake-in", "handshake-out", "step-us" }) {
				System.out.println(name + ", " + what + ": " + full.get(what) + " in full, " + resumed.get(what) + " resumed");
				assertTrue(name.equals("simulator") && what.equals("step-us") || figure(resumed, what) < figure(full, what), what);
			}
		}
	}

	/** A session is offered once: who pulls the plug in the middle of the handshake that does so starts again from the beginning. */
	@ParameterizedTest
	@ValueSource(strings = { "simulator", "max78000fthr" })
	void doesNotOfferASessionAgainThatTheLossOfPowerInterrupted(String name) throws IOException {
		String roots = Identity.writeChain(this.folder.resolve("roots.pem"), CLIENT.root()).toString();
		try (OpenSslServer server = OpenSslServer.startWithInput(SERVER, "-Verify", "4", "-verify_return_error", "-CAfile", roots)) {
			try (Board board = start(name)) {
				connect(board, ready(board), server);
			}
			try (Board board = start(name); StallingProxy proxy = new StallingProxy(server.address(), 3)) {
				assertEquals("E_TIMEOUT", ready(board).connect(TestPki.HOST, Endpoint.parse("127.0.0.1:" + proxy.address().getPort()),
						"timeout 2").errorName());
			}
			try (Board board = start(name)) {
				assertEquals("false", connect(board, ready(board), server).get("resumed"));
			}
		}
	}
}
