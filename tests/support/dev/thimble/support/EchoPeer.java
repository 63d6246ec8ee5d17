/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import dev.thimble.host.Identity;
import dev.thimble.support.TestPki.Chain;

/** A server in this JVM that sends back what it gets: plain, or TLS 1.3 by the JDK; for many clients at a time. */
public final class EchoPeer implements Closeable {

	/** A peer that takes connections and never says a word. */
	public static final int MUTE = 1;
	/** A peer that closes each connection at once. */
	public static final int RUDE = 2;

	private final ServerSocket listener;
	private final int manner;
	private final AtomicInteger accepted = new AtomicInteger();
	private final List<Socket> clients = Collections.synchronizedList(new ArrayList<>());

	private EchoPeer(ServerSocket listener, int manner) {
		this.listener = listener;
		this.manner = manner;
		daemon(this::serve);
	}

	/** Starts a plain one. */
	public static EchoPeer plain() throws IOException {
		return new EchoPeer(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), 0);
	}

	/** Starts one that does not behave. */
	public static EchoPeer plain(int manner) throws IOException {
		return new EchoPeer(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), manner);
	}

	/** Starts one that speaks TLS 1.3. */
	public static EchoPeer secure(Chain chain, String... protocols) throws IOException {
		return new EchoPeer(listener(chain, protocols), 0);
	}

	/** Listens for clients with TLS 1.3. */
	public static SSLServerSocket listener(Chain chain, String... protocols) throws IOException {
		try {
			CertificateFactory factory = CertificateFactory.getInstance("X.509");
			Identity[] path = chain.path();
			Certificate[] certificates = new Certificate[path.length];
			for (int i = 0; i < path.length; i++) {
				certificates[i] = factory.generateCertificate(new ByteArrayInputStream(path[i].certificate()));
			}
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, new char[0]);
			store.setKeyEntry("server", chain.leaf().keys().getPrivate(), new char[0], certificates);
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, new char[0]);
			SSLContext context = SSLContext.getInstance("TLSv1.3");
			context.init(keys.getKeyManagers(), null, new SecureRandom());
			SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getLoopbackAddress());
			SSLParameters parameters = listener.getSSLParameters();
			parameters.setApplicationProtocols(protocols);
			listener.setSSLParameters(parameters);
			return listener;
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/** Gets how many clients there were. */
	public int accepted() {
		return this.accepted.get();
	}

	/** Breaks all connections. */
	public void dropClients() throws IOException {
		synchronized (this.clients) {
			for (Socket client : this.clients) {
				client.close();
			}
			this.clients.clear();
		}
	}

	private void serve() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.accepted.incrementAndGet();
				if (this.manner == RUDE) {
					client.close();
					continue;
				}
				client.setTcpNoDelay(true);
				this.clients.add(client);
				if (this.manner != MUTE) {
					daemon(() -> echo(client));
				}
			} catch (IOException e) {
				// closed, or a client that went away
			}
		}
	}

	private void echo(Socket client) {
		try (client) {
			byte[] chunk = new byte[4096];
			InputStream in = client.getInputStream();
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				client.getOutputStream().write(chunk, 0, count);
				client.getOutputStream().flush();
			}
			if (client instanceof SSLSocket) {
				client.shutdownOutput();
			}
		} catch (IOException e) {
			// the client has gone
		}
		this.clients.remove(client);
	}

	private static void daemon(Runnable run) {
		Thread thread = new Thread(run, "echo-peer");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		dropClients();
	}
}
