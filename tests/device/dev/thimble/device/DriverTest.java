/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

import dev.thimble.host.Endpoint;
import dev.thimble.host.ServerProcess;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The drivers of every board, in QEMU, without Java on the board: board-support/selftest. */
final class DriverTest {

	private static final Duration BOOT = Duration.ofSeconds(90);
	private static final Duration ANSWER = Duration.ofSeconds(120);
	private static final int WIRE_LENGTH = 5_000;
	private static final int NET_LENGTH = 50_000;
	private static final int SERVER_PORT = 7;

	static List<String> boards() {
		return BoardProperties.names();
	}

	static Stream<String> wireBoards() {
		return boards().stream().filter(board -> BoardProperties.of(board).hasWire());
	}

	static Stream<String> networkBoards() {
		return boards().stream().filter(board -> BoardProperties.of(board).hasNetwork());
	}

	static Stream<String> serverBoards() {
		return boards().stream().filter(board -> BoardProperties.of(board).words("natives").contains("listen"));
	}

	static Stream<String> watchdogBoards() {
		return boards().stream().filter(board -> BoardProperties.of(board).is("qemu.watchdog"));
	}

	private static QemuBoard boot(String name, QemuOptions options) throws IOException, InterruptedException {
		BoardProperties board = BoardProperties.of(name);
		QemuBoard started = QemuBoard.start(board, SelfTestFirmware.of(board), options);
		try {
			started.awaitLine("ready", BOOT);
		} catch (IOException e) {
			started.close();
			throw e;
		}
		return started;
	}

	private static QemuBoard boot(String name) throws IOException, InterruptedException {
		return boot(name, QemuOptions.DEFAULT);
	}

	@ParameterizedTest
	@MethodSource("boards")
	void everyDriverTheBoardNamesPasses(String name) throws Exception {
		try (QemuBoard board = boot(name)) {
			String said = board.transcript();
			assertTrue(said.startsWith("thimble self-test on " + name + ","), said);
			assertTrue(!said.contains("FAILED"), said);
			for (String driver : BoardProperties.of(name).words("natives")) {
				assertTrue(!said.contains(driver + ": absent"), said);
				if (List.of("clock", "trng", "aes", "hash", "storage").contains(driver)) {
					assertTrue(said.lines().anyMatch(line -> line.matches(driver + "( \\(.*\\))?: ok")), said);
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("boards")
	void theClockTellsTheTimeWhileInstructionsAreCounted(String name) throws Exception {
		try (QemuBoard board = boot(name, QemuOptions.DEFAULT.countingInstructions())) {
			assertTrue(board.transcript().contains("clock: ok"), board.transcript());
		}
	}

	@ParameterizedTest
	@MethodSource("wireBoards")
	void theWireCarriesBytesBothWays(String name) throws Exception {
		try (QemuBoard board = boot(name); ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			board.bridge(Endpoint.parse("127.0.0.1:" + server.getLocalPort()));
			try (Socket peer = server.accept()) {
				peer.setSoTimeout((int)ANSWER.toMillis());
				byte[] sent = new byte[WIRE_LENGTH];
				new Random(4).nextBytes(sent);
				board.send("wire " + WIRE_LENGTH);
				peer.getOutputStream().write(sent);
				assertArrayEquals(sent, peer.getInputStream().readNBytes(WIRE_LENGTH));
				assertEquals("wire: ok", board.awaitLine("wire: ", ANSWER));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("networkBoards")
	void theNetworkReachesAServer(String name) throws Exception {
		try (QemuBoard board = boot(name); EchoServer server = new EchoServer()) {
			board.send("net " + board.hostAddress() + " " + server.port() + " " + NET_LENGTH);
			assertEquals("net: ok", board.awaitLine("net: ", ANSWER));
			/* A second connection after the first was closed, and one that is refused. */
			board.send("net " + board.hostAddress() + " " + server.port() + " 1");
			assertEquals("net: ok", board.awaitLine("net: ", ANSWER));
			server.close();
			board.send("net " + board.hostAddress() + " " + server.port() + " 1");
			assertEquals("net: FAILED (refused)", board.awaitLine("net: ", ANSWER));
		}
	}

	@ParameterizedTest
	@MethodSource("serverBoards")
	void aClientReachesTheBoard(String name) throws Exception {
		try (QemuBoard board = boot(name, QemuOptions.DEFAULT.forwarding(SERVER_PORT))) {
			// Twice: the connection before must not keep the port.
			for (int i = 0; i < 2; i++) {
				board.send("listen " + SERVER_PORT + " " + NET_LENGTH);
				board.awaitLine("listening", ANSWER);
				try (Socket client = new Socket(InetAddress.getByName("127.0.0.1"), board.forwardedPort())) {
					client.getInputStream().transferTo(client.getOutputStream());
				}
				assertEquals("listen: ok", board.awaitLine("listen: ", ANSWER));
			}
		}
	}

	@Test
	void anUnpluggedCableIsReported() throws Exception {
		try (QemuBoard board = boot("mps2-an386"); EchoServer server = new EchoServer()) {
			board.unplug();
			board.send("net " + board.hostAddress() + " " + server.port() + " 1");
			String line = board.awaitLine("net: ", ANSWER);
			assertTrue(line.startsWith("net: FAILED (poll() reports a fault: no cable"), line);
			board.plug();
			board.send("net " + board.hostAddress() + " " + server.port() + " 1");
			assertEquals("net: ok", board.awaitLine("net: ", ANSWER));
		}
	}

	@ParameterizedTest
	@MethodSource("boards")
	void aFaultIsToldAndTheBoardStartsAgain(String name) throws Exception {
		try (QemuBoard board = boot(name)) {
			board.send("fault");
			board.awaitLine("fault: pc ", ANSWER);
			assertEquals("thimble self-test on " + name + ", reset cause 4", board.awaitLine("thimble ", BOOT));
		}
	}

	@ParameterizedTest
	@MethodSource("watchdogBoards")
	void theWatchdogStartsABoardThatHangs(String name) throws Exception {
		try (QemuBoard board = boot(name)) {
			board.send("watchdog");
			String line = board.awaitLine("thimble ", ANSWER);
			/* The AST1030's model keeps no cause. */
			assertTrue(line.matches(".*, reset cause (2|-1)"), line);
		}
	}

	@ParameterizedTest
	@MethodSource("boards")
	void theFirmwareEndsTheEmulatorWithItsCode(String name) throws Exception {
		try (QemuBoard board = boot(name)) {
			board.send("exit 5");
			assertEquals(OptionalInt.of(5), board.exitCode(ANSWER));
		}
	}

	@Test
	void withoutAnEmulatorToAskAnExitIsAReset() throws Exception {
		try (QemuBoard board = boot("max78000fthr", QemuOptions.DEFAULT.withoutSemihosting())) {
			board.send("exit 5");
			assertEquals("thimble self-test on max78000fthr, reset cause 3", board.awaitLine("thimble ", BOOT));
		}
	}

	@Test
	void anImageForRealHardwareRefusesTheHostsEntropy() throws Exception {
		Assumptions.assumeTrue(ServerProcess.installed("arm-none-eabi-gcc"), "there is no arm-none-eabi-gcc: install gcc-arm-none-eabi");
		Path support = Path.of("board-support");
		Process compiler = new ProcessBuilder("arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb", "-std=c11", "-DTHIMBLE_REAL_HARDWARE",
				"-I" + support.resolve("include"), "-I" + support.resolve("common"), "-fsyntax-only",
				support.resolve("common/entropy_semihosting.c").toString()).redirectErrorStream(true).start();
		String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertNotEquals(0, compiler.waitFor());
		assertTrue(said.contains("must not take its entropy"), said);
	}
}
