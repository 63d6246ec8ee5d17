/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki.Chain;

/** {@code gnutls-serv}, echoing lines. It has no option to listen at the loopback address only. */
public final class GnuTlsServer extends TlsServer {

	/** TLS 1.3 with every suite, group and signature GnuTLS has. */
	public static final String PRIORITY = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+AES-128-CCM:+AES-128-CCM-8:+GROUP-ALL:+SIGN-ALL";

	/** TLS 1.2 with every suite of ours, group and signature GnuTLS has. */
	public static final String PRIORITY_12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2:+AES-128-CCM:+AES-128-CCM-8:+ECDHE-PSK:+PSK:+GROUP-ALL:+SIGN-ALL";
	/** TLS 1.2 and 1.3. */
	public static final String PRIORITY_BOTH = PRIORITY_12 + ":+VERS-TLS1.3";

	private static final int ATTEMPTS = 5;

	private GnuTlsServer(Chain chain, String priority, String... options) throws IOException {
		super(chain);
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port;
			try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				port = free.getLocalPort();
			}
			List<String> command = new ArrayList<>(List.of("gnutls-serv", "--port", Integer.toString(port), "--x509certfile", "chain.pem",
					"--x509keyfile", "server.key", "--echo", "--priority", priority));
			command.addAll(Arrays.asList(options));
			if (!command.contains("--require-client-cert")) {
				command.add("--disable-client-cert");
			}
			ServerProcess process = ServerProcess.start(folder(), command.toArray(new String[0]));
			started(process, port);
			if (accepts(process, port)) {
				return;
			}
			if (process.output(0).indexOf("bind") < 0 || attempt == ATTEMPTS - 1) {
				String said = process.output(0);
				close();
				throw new IOException("gnutls-serv did not start: " + said);
			}
			process.close();
		}
	}

	/** Starts a server that can do everything GnuTLS can. */
	public static GnuTlsServer start(Chain chain, String... options) throws IOException {
		return startWithPriority(chain, PRIORITY, options);
	}

	/** Starts a server with a priority string. */
	public static GnuTlsServer startWithPriority(Chain chain, String priority, String... options) throws IOException {
		assume();
		return new GnuTlsServer(chain, priority, options);
	}

	/** Skips the test where GnuTLS is not installed. */
	public static void assume() {
		Assumptions.assumeTrue(ServerProcess.installed("gnutls-serv"), "gnutls-serv is not installed: no interoperability tests against it");
	}

	@Override
	public String name() {
		return "GnuTLS";
	}

	@Override
	public byte[] echo(byte[] line) {
		return line.clone();
	}

	/** The server says it listens before it does so on all addresses, so connecting is the test; a refusal comes back at once. */
	private static boolean accepts(ServerProcess process, int port) throws IOException {
		long deadline = System.nanoTime() + PATIENCE * 1_000_000L;
		while (process.alive() && System.nanoTime() < deadline) {
			try (Socket probe = new Socket()) {
				probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
				return true;
			} catch (IOException e) {
				process.await(0, "done", 10);
			}
		}
		return false;
	}
}
