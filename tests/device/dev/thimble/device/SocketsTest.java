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

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.Endpoint;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.ConnectFirmware;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.host.device.QemuOptions;
import dev.thimble.host.device.SimulatedBoard;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** One firmware, {@code dev.thimble.app.Sockets}, over four transports: wire, modem with TCP, modem with TLS, the board's own network. */
@Timeout(600)
final class SocketsTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	/** 25 MHz against an instruction a nanosecond. */
	private static final int INSTRUCTIONS_A_TICK = 40;
	private static final int LONGEST_TURN = 250_000;

	@Test
	void speaksOverTheWire() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain();
				Board board = SocketsFirmware.start("max78000fthr", QemuOptions.DEFAULT)) {
			SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
			firmware.echoes("wire plain", "localhost", plain.port(), false);
			firmware.echoes("wire tls", "localhost", secure.port(), true);
			firmware.fails("E_NO_LINK", "echo net tls localhost 443 a");
			firmware.fails("E_NO_LINK", "serve 443 1");
		}
	}

	@Test
	void speaksThroughAModem() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain(); EspAtModem modem = new EspAtModem().authority(0, CHAIN.root());
				Board board = SocketsFirmware.start("max78000fthr", QemuOptions.DEFAULT)) {
			board.bridge(Endpoint.parse("127.0.0.1:" + modem.port()));
			SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
			modem.tls = false;
			firmware.echoes("modem plain", "localhost", plain.port(), false);
			firmware.echoes("modem tls", "localhost", secure.port(), true);
			modem.tls = true;
			firmware.echoes("modem offload", "localhost", secure.port(), false);
			Map<String, String> stats = firmware.stats();
			assertEquals("3", stats.get("handshakes"));
			assertEquals("3", stats.get("offloaded"));
			assertEquals("0", stats.get("unverified"));
			assertEquals("1", stats.get("built"));
			// Faults: a name nobody knows, a modem that loses power.
			assertEquals("E_NAME_UNKNOWN", firmware.command("echo modem tls " + modem.unknownHost + " 443 a").errorName());
			modem.reset();
			// Its first words may come in the middle of the next connection, which is then lost; the one after it is not.
			ConnectFirmware.Reply reply = firmware.command("echo modem tls localhost " + secure.port() + " a");
			assertTrue(reply.error() == null || reply.errorName().equals("E_MODEM_RESET"), board::transcript);
			firmware.echoes("modem tls", "localhost", secure.port(), true);
			System.out.println("max78000fthr, Sockets: " + firmware.command("stats").line("stats"));
		}
	}

	/** The modem loses power while an echo of some KB is under way, whoever of the two does TLS. */
	@Test
	void aModemsResetInMidTransferIsToldAndOver() throws IOException {
		try (EchoServer secure = new EchoServer(EchoPeer.listener(CHAIN)); EspAtModem modem = new EspAtModem().authority(0, CHAIN.root());
				Board board = SocketsFirmware.start("max78000fthr", QemuOptions.DEFAULT)) {
			board.bridge(Endpoint.parse("127.0.0.1:" + modem.port()));
			SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
			for (String how : new String[] { "modem tls", "modem offload" }) {
				boolean own = how.endsWith("tls");
				firmware.echoes(how, "localhost", secure.port(), own);
				assertEquals("0", firmware.done("flow " + how + " localhost " + secure.port() + " 4000", "flow").get("allocated"), board::transcript);
				secure.after(2000, modem::reset);
				firmware.fails("E_MODEM_RESET", "flow " + how + " localhost " + secure.port() + " 4000");
				firmware.isAsBefore(how, "localhost", secure.port(), own);
			}
		}
	}

	@Test
	void speaksOverItsOwnNetwork() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(chainForTheBoard()); EchoPeer other = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain();
				Board board = SocketsFirmware.start("mps2-an386", QemuOptions.DEFAULT)) {
			SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
			firmware.echoes("net plain", board.hostAddress(), plain.port(), false);
			firmware.echoes("net tls", board.hostAddress(), secure.port(), true);
			ConnectFirmware.Reply reply = firmware.command("echo net tls " + board.hostAddress() + " " + other.port() + " a");
			assertTrue(reply.errorName().endsWith("HOST_NAME_MISMATCH"), "the certificate is for localhost, not for " + board.hostAddress());
		}
	}

	/** Three handshakes and their data in one loop, each turn of which takes no longer than 10 ms of a 25 MHz core. */
	@Test
	void keepsTheLoopsPeriodWithThreeSecureSockets() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(chainForTheBoard());
				Board board = SocketsFirmware.start("mps2-an386", QemuOptions.DEFAULT.countingInstructions())) {
			SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
			String command = "poll " + board.hostAddress() + " " + secure.port() + " 3000";
			// The first run builds the engines.
			ConnectFirmware.Reply reply = firmware.command(command);
			assertNull(reply.error(), board::transcript);
			for (int i = 0; i < 2; i++) {
				reply = firmware.command(command);
				assertNull(reply.error(), board::transcript);
				int longest = INSTRUCTIONS_A_TICK * Integer.parseInt(SocketsFirmware.words(reply.line("poll")).get("longest"));
				System.out.println("mps2-an386, three secure sockets: longest turn " + longest + " instructions; " + reply.line("poll"));
				assertEquals("3", SocketsFirmware.words(reply.line("poll")).get("sockets"));
				assertEquals("0", SocketsFirmware.words(reply.line("poll")).get("allocated"));
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
			SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
			for (String how : new String[] { "net plain", "net tls", "net tls" }) {
				ConnectFirmware.Reply reply = firmware.command("echo " + how + " localhost " + (how.endsWith("tls") ? secure : plain).port() + " simulated");
				assertNull(reply.error(), board::transcript);
				assertEquals("answer: simulated", reply.line("answer"));
			}
			ConnectFirmware.Reply reply = firmware.command("poll localhost " + secure.port() + " 2000");
			assertNull(reply.error(), board::transcript);
			assertEquals("E_NAME_UNKNOWN", firmware.command("echo net tls no-such-host.invalid 443 a").errorName());
			assertEquals("E_USAGE", firmware.command("echo").errorName());
		}
	}
}
