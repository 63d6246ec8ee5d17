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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.host.Endpoint;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.ConnectFirmware;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.host.device.Qemu;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;
import dev.thimble.host.device.SimulatedBoard;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** One firmware, {@code dev.thimble.app.Sockets}, over four transports: wire, modem with TCP, modem with TLS, the board's own network. */
@Timeout(600)
final class SocketsTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final Duration LIMIT = Duration.ofSeconds(150);
	/** 25 MHz against an instruction a nanosecond. */
	private static final int INSTRUCTIONS_A_TICK = 40;
	private static final int LONGEST_TURN = 250_000;

	private static Board board(String name, QemuOptions options) throws IOException {
		BoardProperties properties = BoardProperties.of(name);
		assumeTrue(Qemu.find(properties, false) != null, "there is no QEMU here that knows " + name);
		Path elf = Path.of(properties.firmware("sockets") + ".elf");
		assumeTrue(Files.exists(elf), "there is no firmware " + elf.getFileName() + " for " + name + ": ./thimble firmware --board " + name + " --app Sockets");
		return QemuBoard.start(properties, elf, options);
	}

	private static ConnectFirmware ready(Board board) throws IOException {
		ConnectFirmware firmware = new ConnectFirmware(board);
		firmware.awaitBoot();
		assertTrue(firmware.command("time " + Instant.now().getEpochSecond(), LIMIT).ok());
		assertTrue(firmware.anchors(new AnchorTableBuilder().addPem(CHAIN.root().certificatePem()).build()).ok());
		return firmware;
	}

	private static Map<String, String> words(ConnectFirmware.Reply reply, String line) {
		Map<String, String> words = new HashMap<>();
		for (String word : reply.line(line).substring(line.length() + 2).split(" ")) {
			int equals = word.indexOf('=');
			if (equals > 0) {
				words.put(word.substring(0, equals), word.substring(equals + 1));
			}
		}
		return words;
	}

	/** Says a line three times; the last time nothing may be allocated. */
	private static void echoes(ConnectFirmware firmware, Board board, String how, String host, int port, boolean own) throws IOException {
		ConnectFirmware.Reply reply = null;
		for (int i = 0; i < 3; i++) {
			if (how.startsWith("wire")) {
				board.bridge(Endpoint.parse("127.0.0.1:" + port));
			}
			reply = firmware.command("echo " + how + " " + host + " " + port + " the hand that does the work", LIMIT);
			assertNull(reply.error(), board::transcript);
			assertEquals("answer: the hand that does the work", reply.line("answer"), board::transcript);
		}
		assertEquals(own ? "772" : "0", words(reply, "echo").get("version"));
		assertEquals("0", words(reply, "echo").get("allocated"), board::transcript);
	}

	@Test
	void speaksOverTheWire() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain(); Board board = board("max78000fthr", QemuOptions.DEFAULT)) {
			ConnectFirmware firmware = ready(board);
			echoes(firmware, board, "wire plain", "localhost", plain.port(), false);
			echoes(firmware, board, "wire tls", "localhost", secure.port(), true);
			ConnectFirmware.Reply reply = firmware.command("echo net tls localhost 443 a", LIMIT);
			assertEquals("E_NO_LINK", reply.errorName(), "no IP stack on this board");
		}
	}

	@Test
	void speaksThroughAModem() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain(); EspAtModem modem = new EspAtModem().authority(0, CHAIN.root());
				Board board = board("max78000fthr", QemuOptions.DEFAULT)) {
			board.bridge(Endpoint.parse("127.0.0.1:" + modem.port()));
			ConnectFirmware firmware = ready(board);
			modem.tls = false;
			echoes(firmware, board, "modem plain", "localhost", plain.port(), false);
			echoes(firmware, board, "modem tls", "localhost", secure.port(), true);
			modem.tls = true;
			echoes(firmware, board, "modem offload", "localhost", secure.port(), false);
			ConnectFirmware.Reply stats = firmware.command("stats", LIMIT);
			assertEquals("3", words(stats, "stats").get("handshakes"));
			assertEquals("3", words(stats, "stats").get("offloaded"));
			assertEquals("0", words(stats, "stats").get("unverified"));
			assertEquals("1", words(stats, "stats").get("built"));
			// Faults: a name nobody knows, a modem that loses power.
			assertEquals("E_NAME_UNKNOWN", firmware.command("echo modem tls " + modem.unknownHost + " 443 a", LIMIT).errorName());
			modem.reset();
			// Its first words may come in the middle of the next connection, which is then lost; the one after it is not.
			ConnectFirmware.Reply reply = firmware.command("echo modem tls localhost " + secure.port() + " a", LIMIT);
			assertTrue(reply.error() == null || reply.errorName().equals("E_MODEM_RESET"), board::transcript);
			echoes(firmware, board, "modem tls", "localhost", secure.port(), true);
			System.out.println("max78000fthr, Sockets: " + firmware.command("stats", LIMIT).line("stats"));
		}
	}

	@Test
	void speaksOverItsOwnNetwork() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(chainForTheBoard()); EchoPeer other = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain();
				Board board = board("mps2-an386", QemuOptions.DEFAULT)) {
			ConnectFirmware firmware = ready(board);
			echoes(firmware, board, "net plain", board.hostAddress(), plain.port(), false);
			echoes(firmware, board, "net tls", board.hostAddress(), secure.port(), true);
			ConnectFirmware.Reply reply = firmware.command("echo net tls " + board.hostAddress() + " " + other.port() + " a", LIMIT);
			assertTrue(reply.errorName().endsWith("HOST_NAME_MISMATCH"), "the certificate is for localhost, not for " + board.hostAddress());
		}
	}

	/** Three handshakes and their data in one loop, each turn of which takes no longer than 10 ms of a 25 MHz core. */
	@Test
	void keepsTheLoopsPeriodWithThreeSecureSockets() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(chainForTheBoard()); Board board = board("mps2-an386", QemuOptions.DEFAULT.countingInstructions())) {
			ConnectFirmware firmware = ready(board);
			String command = "poll " + board.hostAddress() + " " + secure.port() + " 3000";
			// The first run builds the engines.
			ConnectFirmware.Reply reply = firmware.command(command, LIMIT);
			assertNull(reply.error(), board::transcript);
			for (int i = 0; i < 2; i++) {
				reply = firmware.command(command, LIMIT);
				assertNull(reply.error(), board::transcript);
				int longest = INSTRUCTIONS_A_TICK * Integer.parseInt(words(reply, "poll").get("longest"));
				System.out.println("mps2-an386, three secure sockets: longest turn " + longest + " instructions; " + reply.line("poll"));
				assertEquals("3", words(reply, "poll").get("sockets"));
				assertEquals("0", words(reply, "poll").get("allocated"));
				assertTrue(longest <= LONGEST_TURN, () -> "a turn of " + longest + " instructions");
			}
		}
	}

	/** For the address by which an emulated board reaches this machine. */
	private static Chain chainForTheBoard() throws IOException {
		try {
			return new Chain(CHAIN.root(), new dev.thimble.host.CertificateMaker("CN=board", TestPki.key(KeyKind.P256, 0)).ip("10.0.2.2").dns("localhost")
					.issuedBy(CHAIN.path()[1]).make(), CHAIN.path()[1]);
		} catch (java.security.GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void runsOnTheSimulatedDevice() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain(); Board board = SimulatedBoard.start("Sockets", Map.of())) {
			ConnectFirmware firmware = ready(board);
			for (String how : new String[] { "net plain", "net tls", "net tls" }) {
				ConnectFirmware.Reply reply = firmware.command("echo " + how + " localhost " + (how.endsWith("tls") ? secure : plain).port() + " simulated", LIMIT);
				assertNull(reply.error(), board::transcript);
				assertEquals("answer: simulated", reply.line("answer"));
			}
			ConnectFirmware.Reply reply = firmware.command("poll localhost " + secure.port() + " 2000", LIMIT);
			assertNull(reply.error(), board::transcript);
			assertEquals("E_NAME_UNKNOWN", firmware.command("echo net tls no-such-host.invalid 443 a", LIMIT).errorName());
			assertEquals("E_USAGE", firmware.command("echo", LIMIT).errorName());
		}
	}
}
