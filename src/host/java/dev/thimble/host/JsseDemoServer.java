/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** The JDK's TLS server in a thread, for where OpenSSL is not installed. */
final class JsseDemoServer implements TlsDemo.DemoServer {

	private static final char[] PASSWORD = new char[0];

	private final SSLServerSocket listener;

	JsseDemoServer(Identity leaf, Identity intermediate) throws IOException, GeneralSecurityException {
		CertificateFactory factory = CertificateFactory.getInstance("X.509");
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, PASSWORD);
		store.setKeyEntry("server", leaf.keys().getPrivate(), PASSWORD,
				new Certificate[] { factory.generateCertificate(new ByteArrayInputStream(leaf.certificate())),
						factory.generateCertificate(new ByteArrayInputStream(intermediate.certificate())) });
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD);
		SSLContext context = SSLContext.getInstance("TLSv1.3");
		context.init(keys.getKeyManagers(), null, new SecureRandom());
		this.listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "demo-server");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public String description() {
		return "the JDK's TLS server (no OpenSSL here or not wanted)";
	}

	@Override
	public int port() {
		return this.listener.getLocalPort();
	}

	@Override
	public String sawWhat(String page) {
		int body = page.indexOf("\r\n\r\n");
		return body < 0 ? null : page.substring(body + 4).trim();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		} catch (IOException e) {
			// it is gone anyway
		}
	}

	private void serve() {
		while (!this.listener.isClosed()) {
			try (SSLSocket socket = (SSLSocket) this.listener.accept()) {
				answer(socket);
			} catch (IOException e) {
				// a client that went away, or close(): the next accept tells which
			}
		}
	}

	private static void answer(SSLSocket socket) throws IOException {
		InputStream in = socket.getInputStream();
		int newlines = 0;
		while (newlines < 2) {
			int read = in.read();
			if (read < 0) {
				return;
			}
			newlines = read == '\n' ? newlines + 1 : read == '\r' ? newlines : 0;
		}
		SSLSession session = socket.getSession();
		byte[] page = ("HTTP/1.0 200 ok\r\nContent-Type: text/plain\r\n\r\n" + session.getProtocol() + " with " + session.getCipherSuite() + ".\n")
				.getBytes(StandardCharsets.US_ASCII);
		socket.getOutputStream().write(page);
		socket.getOutputStream().flush();
		socket.shutdownOutput();
		while (in.read() >= 0) {
			// until the client has closed too
			continue;
		}
	}
}
