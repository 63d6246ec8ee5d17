/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.thimble.host.Identity;

/** An identity and a CA as the JDK's TLS wants them. */
final class KeyStores {

	private static final String PASSWORD = "thimble-demo";

	private KeyStores() {
	}

	/** Makes a store with somebody's key and certificate, and the CA that others are verified with. */
	static KeyStore of(Identity owner, Identity authority) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("own", owner.keys().getPrivate(), PASSWORD.toCharArray(), new Certificate[] { certificate(owner) });
		store.setCertificateEntry("authority", certificate(authority));
		return store;
	}

	private static Certificate certificate(Identity identity) throws GeneralSecurityException {
		return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(identity.certificate()));
	}

	/** Makes a context of such a store. */
	static SSLContext context(KeyStore store) throws GeneralSecurityException {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}
}
