/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki;

/** {@code gnutls-serv} and {@code gnutls-cli}. */
final class GnuTlsPeer implements Peer {

	private static final Pattern RELEASE = Pattern.compile("gnutls-cli (\\d\\S+)");
	private static final Pattern SUBJECT = Pattern.compile("\tSubject: .*?CN=([^,\n]*)");
	private static final Pattern AGREED = Pattern.compile("- Application protocol: (\\S+)");
	private static final Pattern PSK_IDENTITY = Pattern.compile("PSK authentication. Connected as '(.*)'");
	/** The last of what the server tells of a connection. */
	private static final String LAST_OF_INFO = "- 'tls-exporter':";
	private static final int ATTEMPTS = 5;

	private final PeerHost host;
	private final String release;

	GnuTlsPeer(PeerHost host) throws IOException {
		this.host = host;
		Matcher matcher = RELEASE.matcher(host.output("gnutls-cli", "--version"));
		this.release = matcher.find() ? matcher.group(1) : null;
	}

	@Override
	public String name() {
		return "GnuTLS";
	}

	@Override
	public String release() {
		return this.release;
	}

	@Override
	public String cannot(Role role, Version version, Mode mode) {
		if (this.release == null) {
			return "gnutls-bin is not installed";
		}
		if (role == Role.SERVER && version == Version.TLS12 && mode == Mode.PSK && this.release.startsWith("3.7.")) {
			return "gnutls-cli " + this.release + " crashes with a pre-shared key in TLS 1.2";
		}
		return null;
	}

	private static String priority(Version version, Mode mode) {
		String priority = "NORMAL:-VERS-ALL:+VERS-TLS" + version + ":+AES-128-CCM:+AES-128-CCM-8";
		switch (mode) {
		case PSK:
			return priority + ":-KX-ALL:+ECDHE-PSK:+PSK";
		case RAW_KEY:
			return priority + ":-CTYPE-SRV-ALL:+CTYPE-SRV-RAWPK";
		default:
			return priority;
		}
	}

	@Override
	public boolean reconnects() {
		return true;
	}

	@Override
	public PeerServer serve(Version version, Mode mode) throws IOException {
		Path folder = this.host.newFolder();
		List<String> words = new ArrayList<>(List.of("gnutls-serv", "--echo", "--priority", priority(version, mode)));
		if (mode == Mode.PSK) {
			words.addAll(List.of("--pskpasswd", "psk.txt"));
		} else if (mode == Mode.RAW_KEY) {
			words.addAll(List.of("--rawpkkeyfile", "server.key", "--rawpkfile", "server-raw.pem"));
		} else {
			words.addAll(List.of("--x509certfile", "server-chain.pem", "--x509keyfile", "server.key"));
		}
		if (mode == Mode.MUTUAL) {
			words.addAll(List.of("--require-client-cert", "--verify-client-cert", "--x509cafile", "client-root.pem"));
		} else {
			words.add("--disable-client-cert");
		}
		if (mode == Mode.ALPN) {
			words.addAll(List.of("--alpn", Credentials.ALPN));
		}
		// It cannot be told to take any free port.
		words.add("--port");
		for (int attempt = 1;; attempt++) {
			int port;
			try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				port = free.getLocalPort();
			}
			List<String> command = new ArrayList<>(words);
			command.add(Integer.toString(port));
			ServerProcess process = this.host.start(folder, PeerHost.Life.SERVER, command);
			if (accepts(process, port)) {
				return new ProgramServer(process, port, false, LAST_OF_INFO, said -> read(said, Role.CLIENT));
			}
			String said = process.output(0);
			process.close();
			if (!said.contains("bind") || attempt == ATTEMPTS) {
				throw new IOException("gnutls-serv did not start: " + said);
			}
		}
	}

	/** The server says it listens before it does so on all addresses, so connecting is the test; a refusal comes back at once. */
	private static boolean accepts(ServerProcess process, int port) {
		long deadline = System.nanoTime() + PeerHost.PATIENCE * 1_000_000L;
		while (process.alive() && System.nanoTime() < deadline) {
			try (Socket probe = new Socket()) {
				probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PeerHost.PATIENCE);
				return true;
			} catch (IOException e) {
				process.await(0, "done", 10);
			}
		}
		return false;
	}

	@Override
	public PeerClient connect(int port, Version version, Mode mode, boolean resume) throws IOException {
		List<String> words = new ArrayList<>(List.of("gnutls-cli", "--port", Integer.toString(port), "--priority", priority(version, mode),
				"--sni-hostname", TestPki.HOST));
		if (mode == Mode.PSK) {
			words.addAll(List.of("--pskusername", Credentials.PSK_IDENTITY, "--pskkey", Credentials.pskHex()));
		} else if (mode == Mode.RAW_KEY) {
			words.add("--no-ca-verification");
		} else {
			words.addAll(List.of("--x509cafile", "root.pem", "--verify-hostname", TestPki.HOST));
		}
		if (mode == Mode.MUTUAL) {
			words.addAll(List.of("--x509certfile", "client-chain.pem", "--x509keyfile", "client.key"));
		} else if (mode == Mode.ALPN) {
			words.addAll(List.of("--alpn", Credentials.OTHER_ALPN, "--alpn", Credentials.ALPN));
		} else if (mode == Mode.RECORD_SIZE) {
			words.addAll(List.of("--recordsize", Integer.toString(Credentials.RECORD_SIZE)));
		}
		if (resume) {
			words.add("--resume");
			if (version == Version.TLS13) {
				words.add("--waitresumption");
			}
		}
		words.add("127.0.0.1");
		return new ProgramClient(this.host.start(this.host.newFolder(), PeerHost.Life.CLIENT, words), said -> read(said, Role.SERVER));
	}

	/** Reads what a server or client printed; Thimble's role is given. */
	private static Report read(String said, Role role) {
		Report report = new Report();
		report.resumed = said.contains("*** This is a resumed session");
		Matcher agreed = AGREED.matcher(said);
		report.alpn = agreed.find() ? agreed.group(1) : "";
		report.rawKey = said.contains("-Raw Public Key)");
		Matcher identity = PSK_IDENTITY.matcher(said);
		// Where it tells the server's hint instead, it does not tell the identity.
		report.pskIdentity = identity.find() ? identity.group(1) : said.contains("PSK authentication. PSK hint") ? null : "";
		if (role == Role.CLIENT) {
			Matcher subject = SUBJECT.matcher(said);
			report.certificate = subject.find() ? subject.group(1) : "";
		}
		int error = said.indexOf("*** Fatal error");
		report.error = error < 0 ? null : said.substring(error, Math.min(said.length(), error + 200));
		return report;
	}
}
