/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

import dev.thimble.host.Identity;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** The JDK's own TLS. */
final class JssePeer implements Peer {

	/** What a packet may have beside the fragment, as JSSE reckons. */
	private static final int PACKET_OVERHEAD = 400;

	static {
		// JSSE reads it once, so build.xml sets it as well.
		System.setProperty("jsse.enableMFLNExtension", "true");
	}

	/** The context of a client resumes what it has met before. */
	private final Map<Version, Context> clients = new EnumMap<>(Version.class);

	/** An SSLContext that counts how often it proved itself, or was proved to: a resumed handshake does neither. */
	private static final class Context {
		private final SSLContext context;
		private final AtomicInteger proofs = new AtomicInteger();

		Context(Chain own, Identity root) throws IOException {
			try {
				TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
				KeyStore roots = KeyStore.getInstance("PKCS12");
				roots.load(null, null);
				roots.setCertificateEntry("root", certificate(root));
				factory.init(roots);
				KeyManager[] keys = own == null ? null : new KeyManager[] { new Keys(own, this.proofs) };
				this.context = SSLContext.getInstance("TLS");
				this.context.init(keys, factory.getTrustManagers(), null);
			} catch (GeneralSecurityException e) {
				throw new IOException(e);
			}
		}
	}

	/** The one key there is. */
	private static final class Keys extends X509ExtendedKeyManager {

		private final Chain chain;
		private final AtomicInteger asked;

		Keys(Chain chain, AtomicInteger asked) {
			this.chain = chain;
			this.asked = asked;
		}

		@Override
		public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
			return "own";
		}

		@Override
		public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
			return type.startsWith("EC") ? "own" : null;
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			Identity[] path = this.chain.path();
			X509Certificate[] certificates = new X509Certificate[path.length];
			for (int i = 0; i < path.length; i++) {
				certificates[i] = certificate(path[i]);
			}
			return certificates;
		}

		@Override
		public PrivateKey getPrivateKey(String alias) {
			this.asked.incrementAndGet();
			return this.chain.leaf().keys().getPrivate();
		}

		@Override
		public String[] getClientAliases(String type, Principal[] issuers) {
			return new String[] { "own" };
		}

		@Override
		public String[] getServerAliases(String type, Principal[] issuers) {
			return new String[] { "own" };
		}
	}

	private static X509Certificate certificate(Identity identity) {
		try {
			return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(identity.certificate()));
		} catch (CertificateException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public String name() {
		return "JSSE";
	}

	@Override
	public String release() {
		return Runtime.version().toString();
	}

	@Override
	public String cannot(Role role, Version version, Mode mode) {
		switch (mode) {
		case PSK:
			return "JSSE has no external pre-shared keys";
		case RAW_KEY:
			return "JSSE has no raw public keys";
		default:
			return null;
		}
	}

	private static void configure(SSLSocket socket, Version version, Mode mode, boolean client) {
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setProtocols(new String[] { "TLSv" + version });
		if (mode == Mode.ALPN) {
			parameters.setApplicationProtocols(
					client ? new String[] { Credentials.OTHER_ALPN, Credentials.ALPN } : new String[] { Credentials.ALPN });
		}
		if (client && mode == Mode.RECORD_SIZE) {
			parameters.setMaximumPacketSize(Credentials.RECORD_SIZE + PACKET_OVERHEAD);
		}
		if (client) {
			parameters.setServerNames(List.of(new SNIHostName(TestPki.HOST)));
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		parameters.setNeedClientAuth(!client && mode == Mode.MUTUAL);
		socket.setSSLParameters(parameters);
	}

	@Override
	public boolean reconnects() {
		return false;
	}

	@Override
	public PeerServer serve(Version version, Mode mode) throws IOException {
		Context context = new Context(Credentials.SERVER, Credentials.CLIENT.root());
		return new ThreadServer("jsse", tcp -> {
			SSLSocket socket = (SSLSocket) context.context.getSocketFactory().createSocket(tcp, null, false);
			configure(socket, version, mode, false);
			int proofs = context.proofs.get();
			socket.startHandshake();
			ThreadServer.echo(socket.getInputStream(), socket.getOutputStream());
			Report report = report(socket, context.proofs.get() == proofs);
			socket.close();
			return report;
		});
	}

	@Override
	public PeerClient connect(int port, Version version, Mode mode, boolean resume) throws IOException {
		Context context = resume ? this.clients.get(version)
				: new Context(mode == Mode.MUTUAL ? Credentials.CLIENT : null, Credentials.SERVER.root());
		if (mode.resumes()) {
			this.clients.put(version, context);
		}
		Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port);
		tcp.setSoTimeout(PeerHost.PATIENCE);
		// Sessions are found by the name and the port.
		SSLSocket socket = (SSLSocket) context.context.getSocketFactory().createSocket(tcp, TestPki.HOST, port, true);
		configure(socket, version, mode, true);
		long before = System.currentTimeMillis();
		socket.startHandshake();
		return new StreamClient(socket.getInputStream(), socket.getOutputStream(), () -> {
			Report report = report(socket, socket.getSession().getCreationTime() < before);
			socket.shutdownOutput();
			if (socket.getInputStream().read() >= 0) {
				report.error = "the server sent something behind its answer";
			}
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

	private static Report report(SSLSocket socket, boolean resumed) {
		Report report = new Report();
		report.resumed = resumed;
		report.alpn = socket.getApplicationProtocol();
		report.rawKey = false;
		report.certificate = "";
		try {
			Certificate[] peer = socket.getSession().getPeerCertificates();
			LdapName name = new LdapName(((X509Certificate) peer[0]).getSubjectX500Principal().getName());
			report.certificate = name.getRdn(name.size() - 1).getValue().toString();
		} catch (SSLPeerUnverifiedException e) {
			// there is none
		} catch (InvalidNameException e) {
			report.error = e.toString();
		}
		return report;
	}
}
