/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.ServerProcess;
import dev.thimble.support.ClientPki;
import dev.thimble.support.CommandLineProcess;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TlsServer;

/** {@code thimble connect} and {@code thimble demo --jvm} as a user runs them. */
final class CommandLineTest {

	private static final byte[] NOTHING = new byte[0];
	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);

	@TempDir
	private Path folder;

	private String ca() throws IOException {
		return Identity.writeChain(this.folder.resolve("ca.pem"), CHAIN.root()).toString();
	}

	private static String at(TlsServer server) {
		return "127.0.0.1:" + server.address().getPort();
	}

	@Test
	void connectDeliversAFileByteForByteAfterItsInputEnded() throws IOException {
		byte[] file = new byte[1_000_000];
		new Random(1).nextBytes(file);
		byte[] head = "HTTP/1.0 200 ok\r\nContent-type: text/plain\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		System.arraycopy(head, 0, file, 0, head.length);
		try (TlsServer server = OpenSslServer.start(CHAIN, "-HTTP")) {
			Files.write(server.folder().resolve("big"), file);
			CommandLineProcess run = CommandLineProcess.run("GET /big HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "connect", at(server),
					"--ca", ca(), "--rx", "512");
			assertEquals("", run.errors());
			assertArrayEquals(file, run.output());
			assertEquals(0, run.exitCode());
		}
	}

	@Test
	void connectSendsItsInputByteForByte() throws IOException {
		// Lines come back reversed, so reversing twice shows that every byte arrived.
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 3000; i++) {
			lines.append("line ").append(i).append(" of three thousand, each of about sixty characters\n");
		}
		byte[] sent = lines.toString().getBytes(StandardCharsets.US_ASCII);
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev")) {
			CommandLineProcess run = CommandLineProcess.run(sent, "connect", at(server), "--ca", ca(), "--tx", "600");
			assertEquals("", run.errors());
			StringBuilder back = new StringBuilder();
			for (String line : run.text().split("\n")) {
				back.append(new StringBuilder(line).reverse()).append('\n');
			}
			assertEquals(lines.toString(), back.toString());
			assertEquals(0, run.exitCode());
		}
	}

	@Test
	void statsTellWhatWasNegotiatedAndThatNothingWasAllocated() throws IOException {
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev", "-alpn", "mqtt")) {
			CommandLineProcess run = CommandLineProcess.run("ab\n".getBytes(StandardCharsets.US_ASCII), "connect", at(server), "--ca", ca(), "--stats",
					"--alpn", "h2,mqtt", "--suites", "TLS_AES_128_CCM_8_SHA256", "--groups", "P-384");
			assertEquals("ba\n", run.text());
			assertEquals(0, run.exitCode(), run.errors());
			for (String expected : new String[] { "TLS_AES_128_CCM_8_SHA256", "secp384r1", "ecdsa_secp256r1_sha256", "mqtt", "records:",
					"handshake bytes:", "engine heap:", " bytes since construction" }) {
				assertTrue(run.errors().contains(expected), () -> expected + " is missing in:\n" + run.errors());
			}
		}
	}

	@Test
	void failuresAreOneSentence() throws IOException {
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev")) {
			fails("HOST_NAME_MISMATCH", "connect", at(server), "--ca", ca(), "--servername", "other.test");
			Path other = Identity.writeChain(this.folder.resolve("other.pem"), TestPki.chain(KeyKind.P384, 1).root());
			fails("UNKNOWN_CA", "connect", at(server), "--ca", other.toString());
			fails("PIN_MISMATCH", "connect", at(server), "--ca", ca(), "--pin", "00".repeat(32));
			fails("no file", "connect", at(server), "--ca", this.folder.resolve("absent.pem").toString());
			Files.writeString(this.folder.resolve("empty.pem"), "nothing\n");
			fails("no certificate", "connect", at(server), "--ca", this.folder.resolve("empty.pem").toString());
		}
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = free.getLocalPort();
			free.close();
			fails("refused", "connect", "127.0.0.1:" + port, "--ca", ca());
		}
		fails("not known", "connect", "no-such-host.invalid:443", "--ca", ca());
	}

	private static void fails(String word, String... arguments) throws IOException {
		CommandLineProcess run = CommandLineProcess.run(NOTHING, arguments);
		assertEquals(1, run.exitCode(), run.errors());
		assertEquals(0, run.output().length);
		assertTrue(run.errors().contains(word), () -> word + " is missing in: " + run.errors());
		assertEquals(1, run.errors().lines().count(), run.errors());
		assertTrue(run.errors().startsWith("thimble connect: "), run.errors());
	}

	@Test
	void connectProvesTheClient() throws IOException {
		Chain client = ClientPki.chain(KeyKind.P384, 2, 0);
		String chain = Identity.writeChain(this.folder.resolve("client.pem"), client.path()).toString();
		String key = client.leaf().writeKey(this.folder.resolve("client.key")).toString();
		String roots = Identity.writeChain(this.folder.resolve("roots.pem"), client.root()).toString();
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev", "-Verify", "4", "-verify_return_error", "-CAfile", roots)) {
			CommandLineProcess run = CommandLineProcess.run("ab\n".getBytes(StandardCharsets.US_ASCII), "connect", at(server), "--ca", ca(), "--cert",
					chain, "--key", key, "--stats", "--tx", "512");
			assertEquals("ba\n", run.text(), run.errors());
			assertTrue(run.errors().contains("client certificate:   sent"), run.errors());
			assertEquals(0, run.exitCode(), run.errors());
			fails("certificate_required", "connect", at(server), "--ca", ca());
			fails("--cert and --key", "connect", at(server), "--ca", ca());
			fails("no private key", "connect", at(server), "--ca", ca(), "--cert", chain);
		}
	}

	@Test
	void wrongUsageExitsWith2() throws IOException {
		for (String[] arguments : new String[][] { {}, { "connect" }, { "connect", "localhost" }, { "connect", "::1:443" },
				{ "connect", "a:1", "--rx", "100" }, { "connect", "a:1", "--suites", "DES" }, { "connect", "a:1", "--pin", "abc" }, { "nonsense" },
				{ "connect", "a:1", "--key", "k.pem" } }) {
			CommandLineProcess run = CommandLineProcess.run(NOTHING, arguments);
			assertEquals(2, run.exitCode(), run.errors());
			assertEquals(1, run.errors().lines().count(), run.errors());
		}
	}

	@Test
	void pinsAreTakenInBase64AndHexadecimal() throws IOException, GeneralSecurityException {
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(CHAIN.path()[1].keys().getPublic().getEncoded());
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev")) {
			for (String pin : new String[] { HexFormat.of().formatHex(digest), "sha256//" + Base64.getEncoder().encodeToString(digest) }) {
				CommandLineProcess run = CommandLineProcess.run(NOTHING, "connect", at(server), "--ca", ca(), "--pin", pin);
				assertEquals(0, run.exitCode(), run.errors());
			}
		}
	}

	@Test
	void theKeyLogIsInTheUsualFormat() throws IOException {
		Path log = this.folder.resolve("keys.log");
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev", "-keylogfile", "server.log")) {
			CommandLineProcess run = CommandLineProcess.run("x\n".getBytes(StandardCharsets.US_ASCII), "connect", at(server), "--ca", ca(), "--keylog",
					log.toString());
			assertEquals(0, run.exitCode(), run.errors());
			String theirs = Files.readString(server.folder().resolve("server.log"));
			for (String label : new String[] { "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0",
					"SERVER_TRAFFIC_SECRET_0", "EXPORTER_SECRET" }) {
				String ours = Files.readAllLines(log).stream().filter(line -> line.startsWith(label + " ")).findFirst().orElse(null);
				assertNotNull(ours, label);
				assertTrue(theirs.toLowerCase().contains(ours.toLowerCase()), label + " differs from OpenSSL's");
			}
		}
	}

	@Test
	void aServerThatIsNoTlsServerIsTold() throws IOException {
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread server = new Thread(() -> {
				try (Socket socket = listener.accept()) {
					socket.getInputStream().read();
					socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
					while (socket.getInputStream().read() >= 0) {
						continue;
					}
				} catch (IOException e) {
					// the client left
				}
			});
			server.start();
			fails("E_NOT_TLS", "connect", "127.0.0.1:" + listener.getLocalPort(), "--ca", ca());
		}
	}

	@Test
	void aSilentServerRunsIntoTheTimeout() throws IOException {
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			fails("within 1 s", "connect", "127.0.0.1:" + listener.getLocalPort(), "--ca", ca(), "--timeout", "1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--jsse" })
	void theDemoPasses(String option) throws IOException {
		CommandLineProcess run = option.isEmpty() ? CommandLineProcess.run(NOTHING, "demo", "--jvm")
				: CommandLineProcess.run(NOTHING, "demo", "--jvm", option);
		assertEquals(0, run.exitCode(), () -> run.text() + run.errors());
		assertTrue(run.text().contains("The demo passed."));
		assertTrue(run.text().contains("Memory: 0 bytes allocated"), run.text());
	}

	@Test
	void aKilledDemoLeavesNoServerBehind() throws IOException, InterruptedException {
		OpenSslServer.assume();
		Process demo = CommandLineProcess.start("demo", "--jvm");
		BufferedReader out = new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
		String line = out.readLine();
		while (line != null && !line.contains("Server: ")) {
			line = out.readLine();
		}
		assertNotNull(line, "the demo ended before its server started");
		int port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
		var server = demo.descendants().filter(process -> process.info().command().orElse("").contains("openssl")).findFirst().orElse(null);
		demo.destroyForcibly();
		assertTrue(demo.waitFor(TlsServer.PATIENCE, TimeUnit.MILLISECONDS));
		if (server != null) {
			try {
				server.onExit().get(TlsServer.PATIENCE, TimeUnit.MILLISECONDS);
			} catch (Exception e) {
				server.destroyForcibly();
				throw new AssertionError("the server of a killed demo still runs at port " + port, e);
			}
		}
		assertFalse(server != null && server.isAlive());
	}

	@Test
	void serverProcessesOfTestsAreFoundInstalled() {
		assertTrue(ServerProcess.installed("sh"));
		assertFalse(ServerProcess.installed("no-such-program"));
	}
}
