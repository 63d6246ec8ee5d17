/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.support.ClientPki;
import dev.thimble.support.CommandLineProcess;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TlsServer;

/** {@code thimble serve} as a user runs it, with {@code thimble connect} as its client. */
final class ServeCommandTest {

	private static final byte[] NOTHING = new byte[0];
	private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);
	private static final String KEY = "00112233445566778899aabbccddeeff";
	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final Chain CLIENT = ClientPki.chain(KeyKind.P256, 2, 0);

	@TempDir
	private Path folder;

	/** A serve that runs; what it says on standard error is read as it comes. */
	private static final class Serve implements Closeable {

		private static final String LISTENING = "thimble serve: listening on 127.0.0.1:";

		private final Process process;
		private final BufferedReader errors;
		private final StringBuilder said = new StringBuilder();
		private final String at;

		Serve(String... arguments) throws IOException {
			List<String> all = new ArrayList<>(List.of("serve", "--port", "0"));
			all.addAll(Arrays.asList(arguments));
			this.process = CommandLineProcess.start(all.toArray(new String[0]));
			this.errors = new BufferedReader(new InputStreamReader(this.process.getErrorStream(), StandardCharsets.UTF_8));
			this.at = "127.0.0.1:" + await(LISTENING).substring(LISTENING.length());
		}

		/** Reads until a line has a word; the process ends at the latest when it is closed. */
		String await(String word) throws IOException {
			String line = this.errors.readLine();
			while (line != null) {
				this.said.append(line).append('\n');
				if (line.contains(word)) {
					return line;
				}
				line = this.errors.readLine();
			}
			throw new AssertionError("serve ended without '" + word + "': " + this.said);
		}

		int end() throws IOException {
			try {
				assertTrue(this.process.waitFor(TlsServer.PATIENCE, TimeUnit.MILLISECONDS), "serve does not end");
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new IOException(e);
			}
			return this.process.exitValue();
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
		}
	}

	private String file(String name, Identity... chain) throws IOException {
		return Identity.writeChain(this.folder.resolve(name), chain).toString();
	}

	private Serve serve(String... more) throws IOException {
		List<String> all = new ArrayList<>(List.of("--cert", file("server.pem", CHAIN.path()), "--key",
				CHAIN.leaf().writeKey(this.folder.resolve("server.key")).toString()));
		all.addAll(Arrays.asList(more));
		return new Serve(all.toArray(new String[0]));
	}

	private CommandLineProcess connect(Serve serve, byte[] input, String... more) throws IOException {
		List<String> all = new ArrayList<>(List.of("connect", serve.at, "--servername", TestPki.HOST));
		all.addAll(Arrays.asList(more));
		return CommandLineProcess.run(input, all.toArray(new String[0]));
	}

	private String ca() throws IOException {
		return file("ca.pem", CHAIN.root());
	}

	private static void assertEcho(CommandLineProcess run, byte[] sent) {
		assertEquals(new String(sent, StandardCharsets.US_ASCII), run.text(), run.errors());
		assertEquals(0, run.exitCode(), run.errors());
	}

	@ParameterizedTest
	@ValueSource(strings = { "--tls1.3", "--tls1.2" })
	void echoesAndResumesFromAFile(String version) throws IOException {
		Path session = this.folder.resolve("session");
		try (Serve serve = serve("--echo", "--alpn", "mqtt,h2", version)) {
			for (boolean resumed : new boolean[] { false, true, true }) {
				CommandLineProcess run = connect(serve, HELLO, "--ca", ca(), "--session", session.toString(), "--alpn", "h2", "--stats");
				assertEcho(run, HELLO);
				String line = serve.await("TLS 1." + version.charAt(version.length() - 1));
				assertEquals(resumed, line.contains("resumed"), line);
				assertTrue(line.endsWith(", h2"), line);
				assertEquals(resumed, run.errors().contains("resumed"), run.errors());
				assertTrue(Files.size(session) > 0);
			}
			// A damaged file is told, and does no harm.
			byte[] image = Files.readAllBytes(session);
			image[image.length / 2] ^= 1;
			Files.write(session, image);
			CommandLineProcess run = connect(serve, HELLO, "--ca", ca(), "--session", session.toString(), "--alpn", "h2");
			assertEcho(run, HELLO);
			assertTrue(run.errors().contains("a full handshake follows"), run.errors());
		}
	}

	@Test
	void bothSpeakTheNewerVersionIfTheyMay() throws IOException {
		try (Serve serve = serve("--echo")) {
			assertEcho(connect(serve, HELLO, "--ca", ca()), HELLO);
			serve.await("TLS 1.3");
			assertEcho(connect(serve, HELLO, "--ca", ca(), "--tls1.2"), HELLO);
			serve.await("TLS 1.2");
			assertEcho(connect(serve, HELLO, "--ca", ca(), "--suites", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), HELLO);
			serve.await("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
		}
		try (Serve serve = serve("--echo", "--tls1.2")) {
			CommandLineProcess refused = connect(serve, HELLO, "--ca", ca(), "--tls1.3");
			assertEquals(1, refused.exitCode(), refused.errors());
			assertTrue(refused.errors().contains("protocol_version"), refused.errors());
			serve.await(" failed: ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--tls1.3", "--tls1.2" })
	void asksForClientCertificates(String version) throws IOException {
		try (Serve serve = serve("--echo", version, "--client-ca", file("clients.pem", CLIENT.root()), "--require-client-cert")) {
			assertEcho(connect(serve, HELLO, "--ca", ca(), "--cert", file("client.pem", CLIENT.path()), "--key",
					CLIENT.leaf().writeKey(this.folder.resolve("client.key")).toString()), HELLO);
			serve.await("client certificate verified");
			CommandLineProcess refused = connect(serve, HELLO, "--ca", ca());
			assertEquals(1, refused.exitCode(), refused.errors());
			assertTrue(refused.errors().contains("--cert and --key"), refused.errors());
			serve.await(" failed: ");
		}
	}

	@Test
	void knowsClientsByAPreSharedKey() throws IOException {
		try (Serve serve = new Serve("--psk", "device:" + KEY, "--echo")) {
			assertEcho(connect(serve, HELLO, "--psk", "device:" + KEY), HELLO);
			serve.await("by a pre-shared key");
			Path file = Files.writeString(this.folder.resolve("keys"), "# mine\ndevice:" + KEY + "\n");
			assertEcho(connect(serve, HELLO, "--psk", "@" + file, "--tls1.2"), HELLO);
			serve.await("TLS 1.2");
			CommandLineProcess wrong = connect(serve, HELLO, "--psk", "device:" + KEY.replace("00", "01"));
			assertEquals(1, wrong.exitCode(), wrong.errors());
			serve.await(" failed: ");
			assertFalse((wrong.errors() + serve.said).contains(KEY.substring(2)), "a key is printed nowhere");
		}
	}

	/** This server refuses early data, and then it is to be sent again: once, not twice. */
	@Test
	void earlyDataArrivesOnce() throws IOException {
		Path session = this.folder.resolve("session");
		Path early = Files.writeString(this.folder.resolve("early"), "what may happen twice\n");
		try (Serve serve = serve("--echo")) {
			for (int i = 0; i < 2; i++) {
				CommandLineProcess run = connect(serve, HELLO, "--ca", ca(), "--session", session.toString(), "--early-data", early.toString());
				assertEcho(run, ("what may happen twice\n" + new String(HELLO, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII));
			}
		}
	}

	@Test
	void answersWithAPage() throws IOException {
		try (Serve serve = serve("--www")) {
			CommandLineProcess run = connect(serve, "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "--ca", ca());
			assertTrue(run.text().startsWith("HTTP/1.0 200 OK\r\n") && run.text().contains("TLS 1.3"), run.text() + run.errors());
			assertEquals(0, run.exitCode(), run.errors());
		}
	}

	@Test
	void onceEndsAsTheConnectionEnds() throws IOException {
		try (Serve serve = serve("--once")) {
			assertEquals(0, connect(serve, HELLO, "--ca", ca()).exitCode());
			assertEquals(0, serve.end());
			assertEquals("hello\n", new String(serve.process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
		}
		try (Serve serve = serve("--once")) {
			CommandLineProcess run = CommandLineProcess.run(HELLO, "connect", serve.at, "--servername", "other.thimble.test", "--ca", ca());
			assertEquals(1, run.exitCode());
			assertEquals(1, serve.end());
		}
	}

	/** What Ctrl-C does, and kill: clients are told. */
	@Test
	void saysGoodbyeWhenItIsStopped() throws IOException, InterruptedException {
		try (Serve serve = serve("--echo")) {
			Process client = CommandLineProcess.start("connect", serve.at, "--servername", TestPki.HOST, "--ca", ca());
			try {
				serve.await("TLS 1.3");
				serve.process.toHandle().destroy();
				serve.await("closed");
				serve.end();
				assertTrue(client.waitFor(TlsServer.PATIENCE, TimeUnit.MILLISECONDS));
				assertEquals(0, client.exitValue(), () -> "the client got no close_notify");
			} finally {
				client.destroyForcibly();
			}
		}
	}

	@Test
	void wrongUsageExitsWith2() throws IOException {
		String pem = file("server.pem", CHAIN.path());
		for (String[] arguments : new String[][] { {}, { "--key", "k" }, { "--cert", pem, "--port", "70000" }, { "--cert", pem, "--port", "x" },
				{ "--psk", "a:00", "--echo", "--www" }, { "--psk", "device" }, { "--psk", "a:00", "--require-client-cert" },
				{ "--psk", "a:00", "--suites", "TLS_AES_128_GCM_SHA256", "--tls1.2" }, { "--psk", "a:00", "--timeout", "-1" },
				{ "--psk", "a:00", "--rx", "100" }, { "nonsense" } }) {
			List<String> all = new ArrayList<>(List.of("serve"));
			all.addAll(Arrays.asList(arguments));
			told(2, CommandLineProcess.run(NOTHING, all.toArray(new String[0])));
		}
		for (String[] arguments : new String[][] { { "--psk", "a:zz" }, { "--psk-only" }, { "--early-data", "f" }, { "--raw-key", "ab" },
				{ "--raw-key", "00".repeat(32), "--tls1.2" }, { "--suites", "TLS_AES_128_GCM_SHA256", "--tls1.2" } }) {
			List<String> all = new ArrayList<>(List.of("connect", "a:1"));
			all.addAll(Arrays.asList(arguments));
			told(2, CommandLineProcess.run(NOTHING, all.toArray(new String[0])));
		}
	}

	@Test
	void whatFailsIsTold() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			told(1, CommandLineProcess.run(NOTHING, "serve", "--psk", "a:00", "--port", String.valueOf(taken.getLocalPort())));
		}
		told(1, CommandLineProcess.run(NOTHING, "serve", "--psk", "a:00", "--listen", "no-such-host.invalid"));
		told(1, CommandLineProcess.run(NOTHING, "serve", "--cert", this.folder.resolve("none.pem").toString()));
		told(1, CommandLineProcess.run(NOTHING, "serve", "--psk", "@" + this.folder.resolve("none")));
		told(1, CommandLineProcess.run(NOTHING, "connect", "127.0.0.1:1", "--ca", ca(), "--session", this.folder.resolve("none/s").toString()));
	}

	private static void told(int code, CommandLineProcess run) {
		assertEquals(code, run.exitCode(), run.errors());
		assertEquals(1, run.errors().lines().count(), run.errors());
		assertTrue(run.errors().startsWith("thimble "), run.errors());
	}
}
