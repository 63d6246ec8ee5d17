/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import dev.thimble.support.TestPki.Chain;

/**
 * What a cloud has before its brokers: takes MQTT 3.1.1 over TLS (by the JDK), looks at the token that CONNECT brings as password, and lets those
 * through to a broker whose token is good; others get return code 5.
 */
public final class TokenGate implements Closeable {

	private static final int CONNECT = 0x10;
	private static final int FIXED_FIELDS = 10;
	private static final byte[] NOT_AUTHORIZED = { 0x20, 2, 0, 5 };
	private static final String STATELESS = "jdk.tls.server.enableSessionTicketExtension";

	private final SSLServerSocket listener;
	private final InetSocketAddress broker;
	private final BiPredicate<String, String> good;
	private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

	/**
	 * Opens a gate.
	 *
	 * @param chain
	 *            its certificates.
	 * @param broker
	 *            a broker with TLS, which is not verified.
	 * @param good
	 *            tells of a client identifier and a token whether they belong together.
	 */
	public TokenGate(Chain chain, InetSocketAddress broker, BiPredicate<String, String> good) throws IOException {
		this.broker = broker;
		this.good = good;
		// Tickets that name a session in memory: those with all of it inside are long for a device.
		String before = System.setProperty(STATELESS, "false");
		try {
			this.listener = EchoPeer.listener(chain);
		} finally {
			System.setProperty(STATELESS, before == null ? "true" : before);
		}
		start(this::accept);
	}

	/** Gets where it listens. */
	public InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.listener.getLocalPort());
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "token-gate");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.sockets.add(client);
				start(() -> serve(client));
			} catch (IOException e) {
				// closed, or a client that went away
			}
		}
	}

	private void serve(Socket client) {
		try {
			client.setTcpNoDelay(true);
			byte[] connect = packet(new DataInputStream(client.getInputStream()));
			if (!admitted(connect)) {
				client.getOutputStream().write(NOT_AUTHORIZED);
				client.close();
				return;
			}
			Socket far = broker();
			this.sockets.add(far);
			far.getOutputStream().write(connect);
			start(() -> forward(far, client));
			forward(client, far);
		} catch (IOException | RuntimeException e) {
			close(client);
		}
	}

	/** Reads a packet as a whole. */
	private static byte[] packet(DataInputStream in) throws IOException {
		ByteBuffer head = ByteBuffer.allocate(5).put(in.readByte());
		int length = 0;
		byte next = -1;
		for (int shift = 0; next < 0 && shift < 28; shift += 7) {
			next = in.readByte();
			head.put(next);
			length |= (next & 127) << shift;
		}
		byte[] packet = new byte[head.position() + length];
		head.flip().get(packet, 0, head.limit());
		in.readFully(packet, head.limit(), length);
		return packet;
	}

	private boolean admitted(byte[] packet) {
		int start = 1;
		while (packet[start] < 0) {
			start++;
		}
		ByteBuffer fields = ByteBuffer.wrap(packet).position(start + 1 + FIXED_FIELDS);
		List<String> texts = new ArrayList<>();
		while (fields.hasRemaining()) {
			byte[] text = new byte[fields.getShort() & 0xffff];
			fields.get(text);
			texts.add(new String(text, StandardCharsets.UTF_8));
		}
		return packet[0] == CONNECT && texts.size() == 3 && this.good.test(texts.get(0), texts.get(2));
	}

	private Socket broker() throws IOException {
		try {
			SSLContext context = SSLContext.getInstance("TLSv1.3");
			context.init(null, new TrustManager[] { new X509TrustManager() {

				@Override
				public void checkClientTrusted(X509Certificate[] path, String type) {
					// there are none
				}

				@Override
				public void checkServerTrusted(X509Certificate[] path, String type) {
					// on this machine, and the test's own
				}

				@Override
				public X509Certificate[] getAcceptedIssuers() {
					return new X509Certificate[0];
				}
			} }, new SecureRandom());
			Socket socket = context.getSocketFactory().createSocket(this.broker.getAddress(), this.broker.getPort());
			socket.setTcpNoDelay(true);
			return socket;
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private void forward(Socket from, Socket to) {
		byte[] chunk = new byte[4096];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
				out.write(chunk, 0, count);
				out.flush();
			}
		} catch (IOException e) {
			// one of them has gone, and so does the other
		}
		close(from);
		close(to);
	}

	private void close(Socket socket) {
		this.sockets.remove(socket);
		try {
			socket.close();
		} catch (IOException e) {
			// closed already
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : List.copyOf(this.sockets)) {
			close(socket);
		}
	}
}
