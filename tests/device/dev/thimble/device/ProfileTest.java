/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.host.Endpoint;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.ConnectFirmware;
import dev.thimble.host.device.Qemu;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;

/** Firmware of other build profiles than the default does what it was built for, and says what it was not built for. */
@Timeout(300)
final class ProfileTest {

	private static final TestPki.Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final byte[] KEY = "thirty-two bytes of a shared key".getBytes(StandardCharsets.US_ASCII);

	private static Board start(String name, String profile) throws IOException {
		BoardProperties board = BoardProperties.of(name);
		assumeTrue(Qemu.find(board, false) != null, "there is no QEMU here that knows " + name);
		Path elf = Path.of(board.firmware("Connect", profile) + ".elf");
		assumeTrue(Files.exists(elf), "there is no firmware " + elf.getFileName() + " for " + name + ": ./thimble firmware --board " + name
				+ " --app Connect --profile " + profile);
		return QemuBoard.start(board, elf, QemuOptions.DEFAULT.countingInstructions());
	}

	private static ConnectFirmware ready(Board board) throws IOException {
		ConnectFirmware firmware = new ConnectFirmware(board);
		firmware.awaitBoot();
		assertTrue(firmware.time(Instant.now()).ok());
		return firmware;
	}

	/** Connects, says something, and closes; gives the figures. */
	private static Map<String, String> connect(Board board, ConnectFirmware firmware, OpenSslServer server) throws IOException {
		String options = board.properties().hasWire() ? "" : "net";
		assertNull(firmware.connect(TestPki.HOST, Endpoint.parse("127.0.0.1:" + server.address().getPort()), options).error());
		Map<String, String> handshake = firmware.stats();
		ConnectTests.exchange(firmware, server, "with another profile");
		ConnectTests.assertCloses(firmware);
		assertEquals("0", firmware.stats().get("allocated"), "bytes allocated from the first byte to close");
		return handshake;
	}

	/** 120 KB of firmware without a curve in it, and a handshake of less than a million instructions. */
	@Test
	void connectsByAPreSharedKeyAlone() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(CHAIN, "-psk", HexFormat.of().formatHex(KEY), "-psk_identity", "device",
				"-allow_no_dhe_kex"); Board board = start("max78000fthr", "psk")) {
			ConnectFirmware firmware = ready(board);
			assertEquals("E_NO_PSK", firmware.command("connect a", ConnectFirmware.SOON).errorName());
			assertEquals("E_PSK", firmware.command("psk device 0", ConnectFirmware.SOON).errorName());
			assertTrue(firmware.preSharedKey("device", KEY).ok());
			Map<String, String> stats = connect(board, firmware, server);
			assertEquals("none", stats.get("group"));
			assertTrue(Long.parseLong(stats.get("step-us")) < 1500, () -> stats.get("step-us") + " thousand instructions");
			assertEquals("E_NOT_BUILT_IN", firmware.command("certificate AAAA", ConnectFirmware.SOON).errorName());
			assertEquals("E_NOT_BUILT_IN", firmware.command("forget", ConnectFirmware.SOON).errorName());
		}
	}

	@Test
	void speaksTls12WithAnOlderServer() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(CHAIN, OpenSslServer.TLS_1_2); Board board = start("mps2-an386", "everything")) {
			ConnectFirmware firmware = ready(board);
			assertTrue(firmware.anchors(new AnchorTableBuilder().addPem(CHAIN.root().certificatePem()).build()).ok());
			Map<String, String> full = connect(board, firmware, server);
			assertEquals("1.2", full.get("version"));
			assertEquals("false", full.get("resumed"));
			Map<String, String> resumed = connect(board, firmware, server);
			assertEquals("true", resumed.get("resumed"));
			assertTrue(Long.parseLong(resumed.get("step-us")) < Long.parseLong(full.get("step-us")) / 4, () -> full + " and " + resumed);
		}
	}

	@Test
	void theDefaultProfileSaysWhatItLacks() throws IOException {
		try (Board board = start("max78000fthr", "tls13")) {
			ConnectFirmware firmware = ready(board);
			assertEquals("E_NOT_BUILT_IN", firmware.preSharedKey("device", KEY).errorName());
			assertEquals("E_NOT_BUILT_IN", firmware.command("key AAAA", ConnectFirmware.SOON).errorName());
		}
	}
}
