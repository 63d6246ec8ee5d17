/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki.Chain;

/** Mosquitto or nginx with TLS on 127.0.0.1, as Debian packages them, started for a test with a configuration of its own. */
public final class DaemonServer extends TlsServer {

	private static final int ATTEMPTS = 5;

	private final String name;

	private DaemonServer(String name, Chain chain) throws IOException {
		super(chain);
		this.name = name;
	}

	/** Starts an MQTT broker that takes anybody; skips the test where there is none. */
	public static DaemonServer mosquitto(Chain chain) throws IOException {
		String program = find("mosquitto");
		return start("mosquitto", chain, port -> List.of("listener " + port + " 127.0.0.1", "allow_anonymous true", "persistence false",
				"certfile chain.pem", "keyfile server.key", "user root", "log_dest stdout", "log_type all"), program, "-v", "-c", "server.conf");
	}

	/** Starts a web server that answers every path with a page of so many letters; skips the test where there is none. */
	public static DaemonServer nginx(Chain chain, int letters) throws IOException {
		String program = find("nginx");
		return start("nginx", chain, port -> List.of("daemon off;", "pid nginx.pid;", "error_log stderr notice;", "worker_processes 1;",
				"events { worker_connections 64; }", "http {", "access_log off;", "client_body_temp_path body;", "proxy_temp_path proxy;",
				"fastcgi_temp_path fastcgi;", "uwsgi_temp_path uwsgi;", "scgi_temp_path scgi;", "server {",
				"listen 127.0.0.1:" + port + " ssl;", "ssl_protocols TLSv1.3;", "ssl_certificate chain.pem;", "ssl_certificate_key server.key;",
				"location / { return 200 \"" + "x".repeat(letters) + "\"; }", "}", "}"), program, "-p", ".", "-c", "server.conf");
	}

	private interface Configuration {
		List<String> lines(int port);
	}

	private static DaemonServer start(String name, Chain chain, Configuration configuration, String... command) throws IOException {
		IOException last = null;
		for (int i = 0; i < ATTEMPTS; i++) {
			DaemonServer server = new DaemonServer(name, chain);
			// These programs cannot be told to take any port, so between here and there somebody else may take it.
			int port = freePort();
			Files.write(server.folder().resolve("server.conf"), configuration.lines(port), StandardCharsets.US_ASCII);
			ServerProcess process = ServerProcess.start(server.folder(), command);
			server.started(process, port);
			if (listens(process, port)) {
				return server;
			}
			last = new IOException(name + " did not start: " + process.output(0));
			server.close();
		}
		throw last;
	}

	/** Waits until the server takes connections; false once it has ended. What it says may stay in its buffers for long. */
	private static boolean listens(ServerProcess process, int port) {
		long deadline = System.nanoTime() + PATIENCE * 1_000_000L;
		while (process.alive() && System.nanoTime() < deadline) {
			try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
				// If somebody else has the port, our program gives up at once.
				process.await(process.mark(), "\n", 100);
				return socket.isConnected() && process.alive();
			} catch (IOException e) {
				// not yet
				process.await(process.mark(), "\n", 20);
			}
		}
		return false;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
	}

	/** Debian keeps daemons where not everybody's PATH looks. */
	private static String find(String program) {
		for (String folder : List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
			if (Files.isExecutable(Path.of(folder, program))) {
				return folder + "/" + program;
			}
		}
		Assumptions.assumeTrue(false, program + " is not installed: no tests of unmodified clients against it");
		return null;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public byte[] echo(byte[] line) {
		throw new UnsupportedOperationException(this.name + " does not echo");
	}
}
