/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;

import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.host.device.BoardDemo;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.SignatureScheme;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** The demo of TLS alone: a verified connection to a server it starts itself, with figures. */
final class TlsDemo {

	private static final String HOST = "demo.thimble.test";
	private static final int TIMEOUT = 60_000;
	private static final int RECORD_IN = 1024;
	private static final int RECORD_OUT = 512;

	private final PrintWriter out;
	private final boolean jsse;
	private final String board;
	private int step;

	/**
	 * Prepares it.
	 *
	 * @param jsse
	 *            whether to use the JDK's server even if OpenSSL is installed.
	 * @param board
	 *            the board whose firmware connects; null: the engine on this JVM does.
	 */
	TlsDemo(PrintWriter out, boolean jsse, String board) {
		this.out = out;
		this.jsse = jsse;
		this.board = board;
	}

	/** Runs it; gives the exit code. */
	int run() throws IOException, GeneralSecurityException {
		Path folder = Files.createTempDirectory("thimble-demo");
		Thread cleaner = new Thread(() -> delete(folder));
		Runtime.getRuntime().addShutdownHook(cleaner);

		say("Certificates: a root, an intermediate and a server's, made for this run (ECDSA P-256, valid 30 days, for " + HOST + ").");
		Identity root = new CertificateMaker("CN=Thimble demo root", KeyKind.P256.generate()).authority().make();
		Identity intermediate = new CertificateMaker("CN=Thimble demo intermediate", KeyKind.P256.generate()).authority(0).issuedBy(root).make();
		Identity leaf = new CertificateMaker("CN=" + HOST, KeyKind.P256.generate()).issuedBy(intermediate).dns(HOST).make();

		boolean openSsl = !this.jsse && ServerProcess.installed("openssl");
		try (DemoServer server = openSsl ? new OpenSslDemoServer(folder, leaf, intermediate) : new JsseDemoServer(leaf, intermediate)) {
			say("Server: " + server.description() + " on 127.0.0.1:" + server.port() + ".");
			if (this.board != null) {
				return verdict(runBoard(root, server));
			}
			// What a small device would take: elliptic curves only, one certificate out of order.
			EngineBuilder builder = new EngineBuilder().crypto(new PortableEcCrypto()).anchors(TrustStore.of(root)).pendingCertificates(1)
					.ed25519CertificateLength(0).recordInLimit(RECORD_IN).recordOutLimit(RECORD_OUT);
			Rehearsal.run();
			TlsEngine engine = builder.build();
			EngineDriver driver = new EngineDriver(engine);
			say(String.format(Locale.ROOT, "Engine: %,d bytes of heap, and %,d of record buffers (%,d in, %,d out). From here on it allocates nothing.",
					builder.walk(engine, false).bytes(), builder.walk(engine, true).bytes() - builder.walk(engine, false).bytes(), RECORD_IN,
					RECORD_OUT));
			boolean passed = connect(driver, server) && refuse(driver, server);
			long allocated = driver.allocatedBytes();
			say(String.format(Locale.ROOT, "Memory: %,d bytes allocated by the engine since its construction, in %,d steps and two connections.",
					allocated, driver.steps()));
			passed &= allocated == 0;
			return verdict(passed);
		} finally {
			delete(folder);
		}
	}

	private int verdict(boolean passed) {
		this.out.println(passed ? "The demo passed." : "The demo FAILED.");
		this.out.flush();
		return passed ? 0 : 1;
	}

	/** The same with a firmware on an emulated board as the client. */
	private boolean runBoard(Identity root, DemoServer server) throws IOException {
		byte[] anchors = new AnchorTableBuilder().addPem(root.certificatePem()).build();
		try (BoardDemo demo = new BoardDemo(this.board, this::say, line -> {
			this.out.println("   | " + line);
			this.out.flush();
		})) {
			return demo.run(anchors, HOST, server.port());
		}
	}

	/** A connection as it should be. */
	private boolean connect(EngineDriver driver, DemoServer server) throws IOException {
		TlsEngine engine = driver.engine();
		byte[] request = ("GET / HTTP/1.0\r\nHost: " + HOST + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
		byte[] chunk = new byte[RECORD_IN];
		StringBuilder page = new StringBuilder();
		long started = System.nanoTime();
		try (Socket socket = open(server)) {
			if (!driver.handshake(socket, HOST)) {
				say("Handshake: FAILED. " + ErrorText.of(engine));
				return false;
			}
			long milliseconds = (System.nanoTime() - started) / 1_000_000;
			say(String.format(Locale.ROOT, "Handshake: %s, %s, signed with %s; %,d bytes of handshake in, %,d out; %d ms.",
					CipherSuite.name(engine.cipherSuite()), Parameters.groupName(engine.group()), SignatureScheme.name(engine.signatureScheme()),
					engine.handshakeBytesIn(), engine.handshakeBytesOut(), milliseconds));
			say("Verified: the server's certificate and one intermediate lead to the root, are valid today, and are for " + HOST + ".");
			driver.write(request, 0, request.length);
			for (int count = driver.read(chunk, 0, chunk.length); count >= 0; count = driver.read(chunk, 0, chunk.length)) {
				page.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
			}
			int error = driver.close();
			say(String.format(Locale.ROOT, "Data: %,d bytes sent, %,d received; %,d records out, %,d in, none above %,d bytes; %s.", request.length,
					page.length(), engine.recordsOut(), engine.recordsIn(), RECORD_IN,
					error == 0 ? "closed cleanly both ways" : "then " + TlsError.name(error)));
			String seen = server.sawWhat(page.toString());
			if (seen != null) {
				say("The server says: " + seen);
			}
			return error == 0 && page.indexOf("200") > 0;
		}
	}

	/** The same server under another name must be refused. */
	private boolean refuse(EngineDriver driver, DemoServer server) throws IOException {
		TlsEngine engine = driver.engine();
		try (Socket socket = open(server)) {
			boolean accepted = driver.handshake(socket, "other.thimble.test");
			say("The same server as other.thimble.test: "
					+ (accepted ? "ACCEPTED, which is wrong." : "refused, as it must be. " + ErrorText.of(engine)));
			if (accepted) {
				engine.abort();
			}
			return !accepted;
		}
	}

	private static Socket open(DemoServer server) throws IOException {
		Socket socket = new Socket();
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), TIMEOUT);
		socket.setSoTimeout(TIMEOUT);
		return socket;
	}

	private void say(String sentence) {
		this.step++;
		this.out.println(this.step + ". " + sentence);
		this.out.flush();
	}

	private static void delete(Path folder) {
		String[] names = folder.toFile().list();
		if (names != null) {
			for (String name : names) {
				folder.resolve(name).toFile().delete();
			}
			folder.toFile().delete();
		}
	}

	/** A server that answers an HTTP request. */
	interface DemoServer extends Closeable {

		String description();

		int port();

		/** What the server's page tells about the connection, in a line, or null. */
		String sawWhat(String page);

		@Override
		void close();
	}
}
