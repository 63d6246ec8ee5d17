/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.bench;

import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.support.TestPki;
import dev.thimble.tls.CipherSuite;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * What all measurements share: a server of the JDK in the same thread, which sends a P-256 leaf and intermediate; clients that trust the root,
 * check the path and the host name, and agree on X25519.
 */
final class Scene {

	/** Largest plaintext of a record. */
	static final int RECORD = 16384;
	/** A name of the leaf. */
	static final String SERVER_NAME = TestPki.HOST;
	/**
	 * Makes the JDK's and Bouncy Castle's stack offer these groups; both read it when they are loaded. The second is never agreed on, but the
	 * JDK's server needs it for its certificate, and the JDK's client sends a share of each: its way.
	 */
	static final String NAMED_GROUPS = "-Djdk.tls.namedGroups=x25519,secp256r1";

	private static final char[] PASSWORD = new char[0];
	/** Held, so that its level stays: Bouncy Castle reports every property it reads. */
	private static final Logger BOUNCY_CASTLE = Logger.getLogger("org.bouncycastle");

	private final TestPki.Chain chain = TestPki.chain(KeyKind.P256, 2);
	private final String suite;

	/**
	 * @param suite
	 *            a name of RFC 8446.
	 */
	Scene(String suite) {
		this.suite = suite;
	}

	Identity root() {
		return this.chain.root();
	}

	int suiteNumber() {
		switch (this.suite) {
		case "TLS_AES_128_GCM_SHA256":
			return CipherSuite.TLS_AES_128_GCM_SHA256;
		case "TLS_CHACHA20_POLY1305_SHA256":
			return CipherSuite.TLS_CHACHA20_POLY1305_SHA256;
		default:
			throw new IllegalArgumentException(this.suite);
		}
	}

	/** Makes a client: thimble, jsse or bctls. */
	Client client(String stack) throws Exception {
		switch (stack) {
		case "thimble":
			return new ThimbleClient(this);
		case "jsse":
			TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
			trust.init(trustStore());
			SSLContext jsse = SSLContext.getInstance("TLSv1.3");
			jsse.init(null, trust.getTrustManagers(), new SecureRandom());
			return new SslEnginePeer(jsse, true, this.suite);
		case "bctls":
			BOUNCY_CASTLE.setLevel(Level.SEVERE);
			// All of it in Bouncy Castle's portable Java, none of the JDK's primitives.
			BouncyCastleJsseProvider provider = new BouncyCastleJsseProvider(new BouncyCastleProvider());
			TrustManagerFactory bcTrust = TrustManagerFactory.getInstance("PKIX", provider);
			bcTrust.init(trustStore());
			SSLContext bctls = SSLContext.getInstance("TLSv1.3", provider);
			bctls.init(null, bcTrust.getTrustManagers(), new SecureRandom());
			return new SslEnginePeer(bctls, true, this.suite);
		default:
			throw new IllegalArgumentException(stack);
		}
	}

	/** Makes the server. */
	SslEnginePeer server() throws Exception {
		Identity[] path = this.chain.path();
		Certificate[] certificates = new Certificate[path.length];
		for (int i = 0; i < path.length; i++) {
			certificates[i] = certificate(path[i]);
		}
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, PASSWORD);
		store.setKeyEntry("server", this.chain.leaf().keys().getPrivate(), PASSWORD, certificates);
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD);
		SSLContext context = SSLContext.getInstance("TLSv1.3");
		context.init(keys.getKeyManagers(), null, new SecureRandom());
		return new SslEnginePeer(context, false, this.suite);
	}

	private KeyStore trustStore() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, PASSWORD);
		store.setCertificateEntry("root", certificate(root()));
		return store;
	}

	private static Certificate certificate(Identity identity) throws Exception {
		return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(identity.certificate()));
	}
}
