/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.util.encoders.Hex;

/** Bouncy Castle's own API (bctls), not its JSSE provider, which can do less. */
final class BouncyCastlePeer implements Peer {

	/** The session a client resumes. */
	private final Map<Version, TlsSession> sessions = new EnumMap<>(Version.class);

	@Override
	public String name() {
		return "Bouncy Castle";
	}

	@Override
	public String release() {
		String jar = TlsSession.class.getProtectionDomain().getCodeSource().getLocation().getPath();
		return jar.replaceFirst(".*-([0-9.]+)\\.jar", "$1");
	}

	@Override
	public String cannot(Role role, Version version, Mode mode) {
		if (mode.resumes() && version == Version.TLS13) {
			return "bctls has no resumption in TLS 1.3";
		}
		if (mode.resumes() && role == Role.SERVER) {
			return "bctls as client resumes by session id only, and Thimble as server by ticket only";
		}
		return null;
	}

	@Override
	public boolean reconnects() {
		return false;
	}

	@Override
	public PeerServer serve(Version version, Mode mode) throws IOException {
		Map<String, TlsSession> known = new ConcurrentHashMap<>();
		return new ThreadServer("bctls", socket -> {
			TlsServerProtocol protocol = new TlsServerProtocol(socket.getInputStream(), socket.getOutputStream());
			BouncyCastleServer server = new BouncyCastleServer(new BcTlsCrypto(new SecureRandom()), version, mode, known);
			protocol.accept(server);
			ThreadServer.echo(protocol.getInputStream(), protocol.getOutputStream());
			Report report = report(server.parameters());
			report.certificate = server.clientName;
			protocol.close();
			return report;
		});
	}

	@Override
	public PeerClient connect(int port, Version version, Mode mode, boolean resume) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setSoTimeout(PeerHost.PATIENCE);
		TlsClientProtocol protocol = new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
		BouncyCastleClient client = new BouncyCastleClient(new BcTlsCrypto(new SecureRandom()), version, mode,
				resume ? this.sessions.get(version) : null);
		protocol.connect(client);
		if (mode.resumes()) {
			this.sessions.put(version, client.session());
		}
		return new StreamClient(protocol.getInputStream(), protocol.getOutputStream(), () -> {
			Report report = report(client.parameters());
			report.certificate = client.serverName;
			protocol.close();
			socket.close();
			return report;
		}, () -> {
			try {
				socket.close();
			} catch (IOException e) {
				// it is closed
			}
		});
	}

	/** The key a session is found by. */
	static String key(byte[] sessionId) {
		return Hex.toHexString(sessionId);
	}

	private static Report report(SecurityParameters parameters) {
		Report report = new Report();
		report.resumed = parameters.isResumedSession();
		ProtocolName agreed = parameters.getApplicationProtocol();
		report.alpn = agreed == null ? "" : agreed.getUtf8Decoding();
		report.rawKey = parameters.getServerCertificateType() == CertificateType.RawPublicKey;
		byte[] identity = parameters.getPSKIdentity();
		report.pskIdentity = identity == null ? null : new String(identity, StandardCharsets.US_ASCII);
		return report;
	}
}
