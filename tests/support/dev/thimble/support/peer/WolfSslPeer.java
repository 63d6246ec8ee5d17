/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki;

/** wolfSSL in the program {@code tests/peers/wolfssl-peer.c}. */
final class WolfSslPeer implements Peer {

	private static final Pattern RELEASE = Pattern.compile("wolfSSL (\\d\\S+)");
	private static final Pattern LISTENING = Pattern.compile("LISTENING (\\d+)");
	private static final Pattern CONNECTED = Pattern.compile("CONNECTED .* resumed=(\\d) alpn=(\\S*) raw=(\\d) peer=(.*)");
	private static final Pattern ERROR = Pattern.compile("ERROR (.*)");

	private final PeerHost host;
	private final String program;
	private final String release;
	private final boolean rawKeys;
	private final Map<Version, Path> sessions = new EnumMap<>(Version.class);

	WolfSslPeer(PeerHost host) throws IOException {
		this.host = host;
		this.program = host.wolfSsl();
		String features = this.program == null ? "" : host.output(this.program, "features");
		Matcher matcher = RELEASE.matcher(features);
		this.release = matcher.find() ? matcher.group(1) : null;
		this.rawKeys = features.contains("raw-key");
	}

	@Override
	public String name() {
		return "wolfSSL";
	}

	@Override
	public String release() {
		return this.release;
	}

	@Override
	public String cannot(Role role, Version version, Mode mode) {
		if (this.release == null) {
			return "libwolfssl-dev or a C compiler is not installed";
		}
		if (mode == Mode.RAW_KEY && !this.rawKeys) {
			return "wolfSSL has raw public keys from 5.6.4; this is " + this.release;
		}
		return null;
	}

	private List<String> common(Version version, Mode mode, String... first) {
		List<String> words = new ArrayList<>(List.of(this.program));
		words.addAll(List.of(first));
		words.addAll(List.of("--version", version == Version.TLS13 ? "13" : "12"));
		if (mode == Mode.PSK) {
			words.addAll(List.of("--psk-identity", Credentials.PSK_IDENTITY, "--psk", Credentials.pskHex()));
			// In TLS 1.3 it takes no other suite than the one its call-back names.
			words.addAll(List.of("--ciphers", version == Version.TLS13 ? "TLS13-AES128-GCM-SHA256"
					: "ECDHE-PSK-AES128-GCM-SHA256:ECDHE-PSK-CHACHA20-POLY1305:PSK-AES128-GCM-SHA256:PSK-AES128-CCM"));
		} else if (mode == Mode.RAW_KEY) {
			words.add("--raw-key");
		} else if (mode == Mode.ALPN) {
			words.addAll(List.of("--alpn", first[0].equals("server") ? Credentials.ALPN : Credentials.OTHER_ALPN + "," + Credentials.ALPN));
		}
		return words;
	}

	@Override
	public boolean reconnects() {
		return false;
	}

	@Override
	public PeerServer serve(Version version, Mode mode) throws IOException {
		List<String> words = common(version, mode, "server");
		if (mode == Mode.RAW_KEY) {
			words.addAll(List.of("--cert", "server-raw.der", "--key", "server.key"));
		} else if (mode != Mode.PSK) {
			words.addAll(List.of("--cert", "server-chain.pem", "--key", "server.key"));
		}
		if (mode == Mode.MUTUAL) {
			words.addAll(List.of("--ca", "client-root.pem", "--demand-certificate"));
		}
		ServerProcess process = this.host.start(this.host.newFolder(), PeerHost.Life.SERVER, words);
		int port = ProgramServer.awaitPort(process, "LISTENING ", LISTENING);
		return new ProgramServer(process, port, false, "ENDED\n", WolfSslPeer::read);
	}

	@Override
	public PeerClient connect(int port, Version version, Mode mode, boolean resume) throws IOException {
		List<String> words = common(version, mode, "client", Integer.toString(port));
		words.addAll(List.of("--name", TestPki.HOST));
		Path folder = resume ? this.sessions.get(version) : this.host.newFolder();
		if (mode != Mode.PSK && mode != Mode.RAW_KEY) {
			words.addAll(List.of("--ca", "root.pem"));
		}
		if (mode == Mode.MUTUAL) {
			words.addAll(List.of("--cert", "client-chain.pem", "--key", "client.key"));
		} else if (mode == Mode.RECORD_SIZE) {
			words.addAll(List.of("--fragment", Integer.toString(Credentials.RECORD_SIZE)));
		} else if (mode.resumes()) {
			words.addAll(List.of(resume ? "--session-in" : "--session-out", "session"));
			this.sessions.put(version, folder);
		}
		return new ProgramClient(this.host.start(folder, PeerHost.Life.CLIENT, words), WolfSslPeer::read);
	}

	private static Report read(String said) {
		Report report = new Report();
		Matcher connected = CONNECTED.matcher(said);
		if (connected.find()) {
			report.resumed = connected.group(1).equals("1");
			report.alpn = connected.group(2);
			report.rawKey = connected.group(3).equals("1");
			report.certificate = connected.group(4);
		} else {
			report.error = "it never was connected";
		}
		Matcher error = ERROR.matcher(said);
		if (error.find()) {
			report.error = error.group(1);
		}
		return report;
	}
}
