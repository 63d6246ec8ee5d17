/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.thimble.crypto.HmacDrbg;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.Sha256;
import dev.thimble.host.SystemEntropy;
import dev.thimble.host.SystemTime;
import dev.thimble.net.Credentials;
import dev.thimble.net.EnginePool;
import dev.thimble.net.PreSharedKeys;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.ServerRole;
import dev.thimble.net.socket.SocketTransport;
import dev.thimble.net.socket.SystemClock;
import dev.thimble.tls.Tls13Server;

/** Ends TLS with a pre-shared key before a broker that does not know it: a proxy, of Thimble's own sockets. */
final class SharedKeyFront implements Closeable {

	private static final int TAG = 1;
	private static final int CLIENTS = 4;
	private static final int CHUNK = 4096;

	private final ServerSocket listener;
	private final InetSocketAddress broker;
	private final SecureContext context;

	/** Listens on a port of 127.0.0.1, and connects whoever has the key to a broker. */
	SharedKeyFront(InetSocketAddress broker, People people) throws IOException {
		this.broker = broker;
		Credentials credentials = new Credentials(4);
		credentials.add(TAG, Credentials.PSK_IDENTITY, People.PSK_IDENTITY.getBytes(StandardCharsets.US_ASCII));
		credentials.add(TAG, Credentials.PSK, people.sharedKey());
		EnginePool pool = new EnginePool(CLIENTS, PortableEcCrypto::new, new HmacDrbg(new Sha256(), new SystemEntropy()), new SystemTime())
				.server(new ServerRole(new Tls13Server())).preSharedKeys(new PreSharedKeys());
		this.context = new SecureContext(new SystemClock(), credentials, pool);
		this.listener = new ServerSocket(0, CLIENTS, InetAddress.getByName("127.0.0.1"));
		start(this::accept);
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "shared-key-front");
		thread.setDaemon(true);
		thread.start();
	}

	InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.listener.getLocalPort());
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listener.accept();
				client.setTcpNoDelay(true);
				start(() -> serve(client));
			}
		} catch (IOException e) {
			// closed
		}
	}

	private void serve(Socket client) {
		try (client; Socket far = new Socket(this.broker.getAddress(), this.broker.getPort())) {
			far.setTcpNoDelay(true);
			SocketTransport transport = new SocketTransport();
			transport.attach(client);
			SecureSocket secure = new SecureSocket(this.context, transport).secure(true).securityTags(TAG);
			if (secure.accept() != 0) {
				return;
			}
			start(() -> toClient(far, secure));
			byte[] chunk = new byte[CHUNK];
			for (int count = secure.receive(chunk, 0, CHUNK); count > 0; count = secure.receive(chunk, 0, CHUNK)) {
				far.getOutputStream().write(chunk, 0, count);
			}
			secure.close();
		} catch (IOException e) {
			// one of the two has gone, and so does the other
		}
	}

	private static void toClient(Socket far, SecureSocket secure) {
		byte[] chunk = new byte[CHUNK];
		try {
			InputStream in = far.getInputStream();
			for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
				int sent = 0;
				while (sent < count) {
					int taken = secure.send(chunk, sent, count - sent);
					if (taken == SecureSocket.FAILED) {
						return;
					}
					sent += Math.max(0, taken);
				}
			}
		} catch (IOException e) {
			// closed
		}
		secure.close();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}
}
