/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** JSSE's engine against a scripted peer, pumped by hand. */
final class JssePeer {

	final SSLEngine engine;

	private final Peer peer;
	private final ByteBuffer in = ByteBuffer.allocate(1 << 18);
	private final ByteBuffer app = ByteBuffer.allocate(1 << 16);
	private final ByteBuffer out = ByteBuffer.allocate(1 << 16);
	private byte[] toSend = new byte[0];

	/** JSSE in the role that the peer has not. Engines of one context share sessions. */
	JssePeer(SSLContext context, Peer peer, String... protocols) {
		this.peer = peer;
		this.engine = context.createSSLEngine(ServerIdentity.SERVER_NAME, 443);
		this.engine.setUseClientMode(!peer.isClient());
		SSLParameters parameters = this.engine.getSSLParameters();
		if (!peer.isClient()) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		parameters.setProtocols(protocols);
		this.engine.setSSLParameters(parameters);
	}

	/** A context that trusts the scripted root, and any client; identity may be null. */
	static SSLContext context(ServerIdentity identity, boolean server) throws Exception {
		KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
		roots.load(null);
		CertificateFactory factory = CertificateFactory.getInstance("X.509");
		roots.setCertificateEntry("root", factory.generateCertificate(new ByteArrayInputStream(ServerIdentity.root())));
		TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
		trust.init(roots);
		KeyManager[] keys = null;
		if (identity != null) {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null);
			Certificate[] chain = new Certificate[identity.chain.size()];
			for (int i = 0; i < chain.length; i++) {
				chain[i] = factory.generateCertificate(new ByteArrayInputStream(identity.chain.get(i)));
			}
			store.setKeyEntry("key", identity.key, new char[0], chain);
			KeyManagerFactory managers = KeyManagerFactory.getInstance("NewSunX509");
			managers.init(store, new char[0]);
			keys = managers.getKeyManagers();
		}
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys, server ? new TrustManager[] { new TrustsClients() } : trust.getTrustManagers(), null);
		return context;
	}

	/** JSSE 17 sends shares for its first two groups. */
	static boolean offersShare(int group) {
		return group == TlsNumbers.X25519 || group == TlsNumbers.SECP256R1;
	}

	void suite(String name) {
		this.engine.setEnabledCipherSuites(new String[] { name });
	}

	void send(byte[] data) {
		this.toSend = Octets.concat(this.toSend, data);
	}

	byte[] received() {
		return Arrays.copyOf(this.app.array(), this.app.position());
	}

	void run() throws SSLException {
		for (int quiet = 0; quiet < 3;) {
			boolean progress = drain();
			this.in.put(this.peer.take());
			this.in.flip();
			while (this.in.hasRemaining() && this.engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
				int before = this.in.remaining();
				SSLEngineResult result = this.engine.unwrap(this.in, this.app);
				tasks();
				progress = true;
				if (result.getStatus() != SSLEngineResult.Status.OK || before == this.in.remaining()) {
					break;
				}
			}
			this.in.compact();
			quiet = progress ? 0 : quiet + 1;
		}
	}

	boolean drain() throws SSLException {
		boolean progress = false;
		for (int i = 0; i < 20; i++) {
			tasks();
			ByteBuffer source = ByteBuffer.wrap(this.toSend);
			SSLEngineResult result = this.engine.wrap(source, this.out);
			this.toSend = Arrays.copyOfRange(this.toSend, source.position(), this.toSend.length);
			if (result.bytesProduced() == 0) {
				break;
			}
			progress = true;
			byte[] bytes = Arrays.copyOf(this.out.array(), this.out.position());
			this.out.clear();
			this.peer.receive(bytes);
		}
		return progress;
	}

	private void tasks() {
		for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine.getDelegatedTask()) {
			task.run();
		}
	}

	/** The scripted clients' certificates are a server's; JSSE still verifies their signatures. */
	private static final class TrustsClients extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
			// Whoever signs is welcome.
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			throw new IllegalStateException("no server here");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
			// Whoever signs is welcome.
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
			throw new IllegalStateException("no server here");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
			// Whoever signs is welcome.
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
			throw new IllegalStateException("no server here");
		}
	}
}
