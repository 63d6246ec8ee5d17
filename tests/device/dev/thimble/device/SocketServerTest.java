/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.ConnectFirmware;
import dev.thimble.host.device.QemuBoard;
import dev.thimble.host.device.QemuOptions;
import dev.thimble.host.device.SimulatedBoard;
import dev.thimble.support.CommandLineProcess;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** The firmware {@code dev.thimble.app.Sockets} as a TLS server on the board's own IP stack. */
@Timeout(600)
final class SocketServerTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final int PORT = 4433;
	private static final int ATTEMPTS = 20;
	private static final int PATIENCE = 120;
	private static final String NO_ERROR = "E_NONE";

	@TempDir
	private static Path folder;
	private static Path root;

	@BeforeAll
	static void writeRoots() throws IOException {
		root = Identity.writeChain(folder.resolve("root.pem"), CHAIN.root());
	}

	/** {@code openssl s_client}, which takes nobody but the server it wants. */
	private static final class Client implements Closeable {

		private final Process process;
		private final BufferedReader said;

		Client(int port, Path trusted) throws IOException {
			this.process = new ProcessBuilder(List.of("openssl", "s_client", "-quiet", "-no_ign_eof", "-tls1_3", "-connect", "127.0.0.1:" + port,
					"-CAfile", trusted.toString(), "-verify_return_error", "-servername", TestPki.HOST, "-verify_hostname", TestPki.HOST))
					.redirectError(ProcessBuilder.Redirect.DISCARD).start();
			this.said = this.process.inputReader(StandardCharsets.US_ASCII);
		}

		void say(String line) throws IOException {
			this.process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
			this.process.getOutputStream().flush();
		}

		String hear() throws IOException {
			return this.said.readLine();
		}

		/** Says goodbye; gets the exit code. */
		int end() throws IOException, InterruptedException {
			this.process.getOutputStream().close();
			assertTrue(this.process.waitFor(PATIENCE, TimeUnit.SECONDS), "openssl does not end");
			return this.process.exitValue();
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
		}
	}

	private static SocketsFirmware firmware(Board board) throws IOException {
		SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
		ByteArrayOutputStream path = new ByteArrayOutputStream();
		for (Identity certificate : CHAIN.path()) {
			path.writeBytes(certificate.certificate());
		}
		assertTrue(firmware.console().identity(path.toByteArray(), CHAIN.leaf().keys().getPrivate().getEncoded()).ok(), board::transcript);
		return firmware;
	}

	private static void talk(int port, String line) throws IOException, InterruptedException {
		try (Client client = new Client(port, root)) {
			client.say(line);
			assertEquals(line, client.hear());
			assertEquals(0, client.end());
		}
	}

	/** Waits for a client to be done with; gets its figures. */
	private static Map<String, String> served(Board board, String error, int bytes) throws IOException {
		Map<String, String> figures = SocketsFirmware.words(board.awaitLine("client: ", SocketsFirmware.LIMIT));
		assertEquals(error, figures.get("error"), board::transcript);
		assertEquals(Integer.toString(bytes), figures.get("bytes"), board::transcript);
		return figures;
	}

	private static void nothingIsAllocated(Board board, int bytes) throws IOException {
		Map<String, String> figures = served(board, NO_ERROR, bytes);
		assertEquals("772", figures.get("version"), board::transcript);
		assertEquals("0", figures.get("allocated"), board::transcript);
	}

	@Test
	void servesOpenSslAndThimble() throws IOException, InterruptedException {
		try (QemuBoard board = SocketsFirmware.start("mps2-an386", QemuOptions.DEFAULT.forwarding(PORT))) {
			SocketsFirmware firmware = firmware(board);
			int port = board.forwardedPort();
			assertTrue(firmware.command("patience 600").ok());
			board.send("serve " + PORT + " 9");
			board.awaitLine("serving: port=" + PORT, SocketsFirmware.LIMIT);
			talk(port, "the first one builds the engine");
			served(board, NO_ERROR, 32);
			talk(port, "one");
			nothingIsAllocated(board, 4);
			talk(port, "two");
			nothingIsAllocated(board, 4);

			// The second client waits until the first has gone.
			try (Client first = new Client(port, root)) {
				first.say("three");
				assertEquals("three", first.hear());
				try (Client second = new Client(port, root)) {
					second.say("four");
					assertEquals(0, first.end());
					nothingIsAllocated(board, 6);
					assertEquals("four", second.hear());
					assertEquals(0, second.end());
					nothingIsAllocated(board, 5);
				}
			}

			CommandLineProcess thimble = CommandLineProcess.run("five\n".getBytes(StandardCharsets.US_ASCII), "connect", "127.0.0.1:" + port, "--ca",
					root.toString(), "--servername", TestPki.HOST, "--timeout", Integer.toString(PATIENCE));
			assertEquals(0, thimble.exitCode(), thimble::errors);
			assertEquals("five\n", thimble.text());
			nothingIsAllocated(board, 5);

			// One that does not trust it, and one that speaks no TLS.
			try (Client stranger = new Client(port, Identity.writeChain(folder.resolve("other.pem"), TestPki.chain(KeyKind.P384, 2).root()))) {
				assertNotEquals(0, stranger.end());
			}
			assertNotEquals(NO_ERROR, SocketsFirmware.words(board.awaitLine("client: ", SocketsFirmware.LIMIT)).get("error"));
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				assertNotEquals(NO_ERROR, SocketsFirmware.words(board.awaitLine("client: ", SocketsFirmware.LIMIT)).get("error"));
			}
			talk(port, "six");
			nothingIsAllocated(board, 4);
			board.awaitLine("done 0", SocketsFirmware.LIMIT);

			// The same port again, at which nobody comes this time.
			assertTrue(firmware.command("patience 1").ok());
			firmware.fails("E_TIMEOUT", "serve " + PORT + " 1");
			Map<String, String> stats = firmware.stats();
			assertEquals(stats.get("engines"), stats.get("free"));
			assertEquals("1", stats.get("built"));
			System.out.println("mps2-an386, Sockets as a server: " + stats);
		}
	}

	/** As a user starts it: {@code thimble run --board mps2-an386 ... serve PORT}. */
	@Test
	void theCommandLineRunsTheServer() throws IOException, InterruptedException {
		Path elf = SocketsFirmware.image("mps2-an386");
		Path chain = Identity.writeChain(folder.resolve("board.pem"), CHAIN.path());
		Path key = CHAIN.leaf().writeKey(folder.resolve("board.key"));
		Process run = CommandLineProcess.start("run", "--board", "mps2-an386", "--firmware", elf.toString(), "serve", Integer.toString(PORT),
				"--cert", chain.toString(), "--key", key.toString());
		try (BufferedReader said = run.inputReader(StandardCharsets.US_ASCII)) {
			int port = 0;
			for (String line = said.readLine(); line != null && !line.startsWith("serving: "); line = said.readLine()) {
				if (line.startsWith("forward: 127.0.0.1:")) {
					port = Integer.parseInt(line.split("[: ]+")[2]);
				}
			}
			assertNotEquals(0, port, () -> "it does not serve: " + run);
			talk(port, "as a user");
		} finally {
			run.destroy();
			assertTrue(run.waitFor(PATIENCE, TimeUnit.SECONDS), "it does not end");
		}
	}

	@Test
	void servesOnTheSimulatedDevice() throws IOException, InterruptedException {
		try (Board board = SimulatedBoard.start("Sockets", Map.of())) {
			SocketsFirmware firmware = firmware(board);
			assertTrue(firmware.command("patience 600").ok());
			int port = 0;
			String line = "";
			// A port that is free now need not be a moment later.
			for (int i = 0; i < ATTEMPTS && !line.startsWith("serving: "); i++) {
				try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
					port = free.getLocalPort();
				}
				board.send("serve " + port + " 1");
				line = board.awaitLine("serving: |done ", SocketsFirmware.LIMIT);
			}
			talk(port, "simulated");
			served(board, NO_ERROR, 10);
			board.awaitLine("done 0", SocketsFirmware.LIMIT);
			assertNull(firmware.command("stats").error());
			firmware.fails("E_USAGE", "serve");
			firmware.fails("E_USAGE", "serve 70000000000000");
			ConnectFirmware.Reply reply = firmware.command("certificate !");
			assertEquals("E_IDENTITY", reply.errorName());
		}
	}
}
