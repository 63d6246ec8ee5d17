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

/** {@code openssl s_server} and {@code s_client}. */
final class OpenSslPeer implements Peer {

	private static final Pattern RELEASE = Pattern.compile("OpenSSL (\\d\\S+)");
	private static final Pattern ACCEPTING = Pattern.compile("ACCEPT \\S*:(\\d+)\\s");
	private static final Pattern SUBJECT = Pattern.compile("subject=.*CN ?= ?(.*)");
	private static final Pattern SELECTED = Pattern.compile("ALPN protocols? selected: ?(\\S*)|ALPN protocol: ?(\\S*)");
	private static final Pattern REUSED = Pattern.compile("(?m)^(New|Reused), ");

	private final PeerHost host;
	private final String release;
	private final boolean rawKeys;
	private final Map<Version, Path> sessions = new EnumMap<>(Version.class);

	OpenSslPeer(PeerHost host) throws IOException {
		this.host = host;
		Matcher matcher = RELEASE.matcher(host.output("openssl", "version"));
		this.release = matcher.find() ? matcher.group(1) : null;
		this.rawKeys = this.release != null && host.output("openssl", "s_server", "-help").contains("-enable_server_rpk");
	}

	@Override
	public String name() {
		return "OpenSSL";
	}

	@Override
	public String release() {
		return this.release;
	}

	@Override
	public String cannot(Role role, Version version, Mode mode) {
		if (this.release == null) {
			return "openssl is not installed";
		}
		if (mode == Mode.RAW_KEY && !this.rawKeys) {
			return "OpenSSL has raw public keys from 3.2; this is " + this.release;
		}
		return null;
	}

	private List<String> common(String program, Version version, Mode mode) {
		List<String> words = new ArrayList<>(List.of("openssl", program, version == Version.TLS13 ? "-tls1_3" : "-tls1_2"));
		if (mode == Mode.PSK) {
			words.addAll(List.of("-psk_identity", Credentials.PSK_IDENTITY, "-psk", Credentials.pskHex()));
			if (version == Version.TLS12) {
				words.addAll(List.of("-cipher", "PSK:@SECLEVEL=0"));
			}
		}
		return words;
	}

	@Override
	public boolean reconnects() {
		return false;
	}

	@Override
	public PeerServer serve(Version version, Mode mode) throws IOException {
		List<String> words = common("s_server", version, mode);
		words.addAll(List.of("-accept", "127.0.0.1:0"));
		if (mode == Mode.PSK) {
			words.add("-nocert");
		} else {
			words.addAll(List.of("-cert", "server.pem", "-key", "server.key", "-cert_chain", "server-rest.pem"));
		}
		if (mode == Mode.MUTUAL) {
			words.addAll(List.of("-Verify", "4", "-verify_return_error", "-CAfile", "client-root.pem"));
		} else if (mode == Mode.RAW_KEY) {
			words.add("-enable_server_rpk");
		} else if (mode == Mode.ALPN) {
			words.addAll(List.of("-alpn", Credentials.ALPN));
		}
		ServerProcess process = this.host.start(this.host.newFolder(), PeerHost.Life.SERVER_WITH_INPUT, words);
		int port = ProgramServer.awaitPort(process, "ACCEPT ", ACCEPTING);
		return new ProgramServer(process, port, true, "DONE\n", said -> read(said, Role.CLIENT));
	}

	@Override
	public PeerClient connect(int port, Version version, Mode mode, boolean resume) throws IOException {
		List<String> words = common("s_client", version, mode);
		words.addAll(List.of("-connect", "127.0.0.1:" + port, "-servername", TestPki.HOST));
		Path folder = resume ? this.sessions.get(version) : this.host.newFolder();
		if (mode == Mode.RAW_KEY) {
			// The way to tell it a public key is as a record of DANE.
			words.addAll(List.of("-enable_server_rpk", "-verify_return_error", "-dane_tlsa_domain", TestPki.HOST, "-dane_tlsa_rrdata",
					"3 1 1 " + Credentials.rawKeyDigest()));
		} else if (mode != Mode.PSK) {
			words.addAll(List.of("-CAfile", "root.pem", "-verify_return_error", "-verify_hostname", TestPki.HOST));
		}
		if (mode == Mode.MUTUAL) {
			words.addAll(List.of("-cert", "client.pem", "-key", "client.key", "-cert_chain", "client-rest.pem"));
		} else if (mode == Mode.ALPN) {
			words.addAll(List.of("-alpn", Credentials.OTHER_ALPN + "," + Credentials.ALPN));
		} else if (mode == Mode.RECORD_SIZE) {
			words.addAll(List.of("-maxfraglen", Integer.toString(Credentials.RECORD_SIZE)));
		} else if (mode.resumes()) {
			words.addAll(List.of(resume ? "-sess_in" : "-sess_out", "session"));
			this.sessions.put(version, folder);
		}
		return new ProgramClient(this.host.start(folder, PeerHost.Life.CLIENT, words), said -> read(said, Role.SERVER));
	}

	/** Reads what a server or client printed; Thimble's role is given. */
	private static Report read(String said, Role role) {
		Report report = new Report();
		Matcher selected = SELECTED.matcher(said);
		report.alpn = selected.find() ? selected.group(1) == null ? selected.group(2) : selected.group(1) : "";
		if (role == Role.CLIENT) {
			report.resumed = said.contains("Reused session-id");
			Matcher subject = SUBJECT.matcher(said);
			report.certificate = subject.find() ? subject.group(1).trim() : "";
		} else {
			Matcher reused = REUSED.matcher(said);
			report.resumed = reused.find() && reused.group(1).equals("Reused");
			report.rawKey = said.contains("Server raw public key");
		}
		int error = said.indexOf(":error:");
		report.error = error < 0 ? null : said.substring(error, Math.min(said.length(), error + 200));
		return report;
	}
}
