/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A network between a client and a server on 127.0.0.1 that can be cut: at once, or within so many bytes, wherever a packet or a record is then.
 * Both sides see a connection that is reset.
 */
public final class FaultyProxy implements Closeable {

	/** Sees what passes. */
	public interface Tap {

		/**
		 * Bytes have come.
		 *
		 * @param connection
		 *            its number, from 1.
		 * @param toServer
		 *            whether they came from the client.
		 * @param data
		 *            their array, which is used again.
		 * @param length
		 *            how many.
		 */
		void passed(int connection, boolean toServer, byte[] data, int length);
	}

	private final ServerSocket listener;
	private final InetSocketAddress server;
	private final Random random;
	private final List<Socket> sockets = new ArrayList<>();
	/** Bytes, of both directions, until the next cut; negative: none is planned. */
	private long left = -1;
	private int cuts;
	private int connections;
	private volatile Tap tap;

	/**
	 * Starts a proxy.
	 *
	 * @param server
	 *            where connections go.
	 * @param seed
	 *            decides where within a piece a cut is.
	 */
	public FaultyProxy(InetSocketAddress server, long seed) throws IOException {
		this(server, seed, new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
	}

	/** Starts a proxy at a port somebody else has chosen. */
	public FaultyProxy(InetSocketAddress server, long seed, ServerSocket listener) {
		this.server = server;
		this.random = new Random(seed);
		this.listener = listener;
		start(this::accept);
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "faulty-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	/** Gets the port clients connect to. */
	public int port() {
		return this.listener.getLocalPort();
	}

	/** Gets how often a connection was cut. */
	public synchronized int cuts() {
		return this.cuts;
	}

	/** Gets how many connections there were. */
	public synchronized int connections() {
		return this.connections;
	}

	/** Lets somebody see what passes from now on, before it does. */
	public void tap(Tap observer) {
		this.tap = observer;
	}

	/** Cuts all connections now. */
	public synchronized void cut() {
		this.left = -1;
		if (!this.sockets.isEmpty()) {
			this.cuts++;
		}
		this.sockets.forEach(FaultyProxy::reset);
		this.sockets.clear();
	}

	/** Cuts all connections after so many bytes. */
	public synchronized void cutAfter(int bytes) {
		this.left = bytes;
	}

	/** Gets whether a cut is planned that has not come. */
	public synchronized boolean pending() {
		return this.left >= 0;
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		} catch (IOException e) {
			// closed already
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listener.accept();
				Socket far = new Socket();
				try {
					far.connect(this.server);
				} catch (IOException e) {
					reset(client);
					continue;
				}
				client.setTcpNoDelay(true);
				far.setTcpNoDelay(true);
				int number;
				synchronized (this) {
					number = ++this.connections;
					this.sockets.add(client);
					this.sockets.add(far);
				}
				start(() -> forward(number, client, far, true));
				start(() -> forward(number, far, client, false));
			}
		} catch (IOException e) {
			cut();
		}
	}

	private void forward(int number, Socket from, Socket to, boolean toServer) {
		byte[] piece = new byte[4096];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
				Tap observer = this.tap;
				if (observer != null) {
					observer.passed(number, toServer, piece, count);
				}
				int let = let(count);
				out.write(piece, 0, let);
				if (let < count) {
					cut();
					return;
				}
			}
			to.shutdownOutput();
		} catch (IOException e) {
			reset(from);
			reset(to);
			synchronized (this) {
				this.sockets.remove(from);
				this.sockets.remove(to);
			}
		}
	}

	/** Gets how many bytes of a piece may pass. */
	private synchronized int let(int count) {
		if (this.left < 0) {
			return count;
		}
		this.left -= count;
		if (this.left > 0) {
			return count;
		}
		return this.random.nextInt(count);
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		cut();
	}
}
