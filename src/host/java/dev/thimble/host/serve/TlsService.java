/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.serve;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import dev.thimble.tls.TlsEngine;

/**
 * Serves several clients in one thread: the engines do no I/O, so a selector is all they need. An engine whose connection has ended serves the next
 * one; a client that comes when all are taken waits.
 */
final class TlsService implements Closeable {

	/** Clients served at a time. */
	static final int MOST_CLIENTS = 16;

	private static final long TICK_MS = 250;
	/** How long clients may take to say goodbye when the service stops. */
	private static final long FAREWELL_NS = 2_000_000_000L;

	/** Hears of what happens. */
	interface Listener {

		/** A handshake is complete. */
		void connected(ServedClient client);

		/**
		 * A connection has ended.
		 *
		 * @param late
		 *            whether its handshake took too long.
		 */
		void ended(ServedClient client, boolean late);
	}

	private final Selector selector = Selector.open();
	private final ServerSocketChannel listening = ServerSocketChannel.open();
	private final SelectionKey acceptKey;
	private final Supplier<TlsEngine> engines;
	private final Supplier<Answer> answers;
	private final Listener listener;
	private final long handshakeNanos;
	private final Deque<TlsEngine> free = new ArrayDeque<>();
	private final List<SelectionKey> clients = new ArrayList<>();
	private volatile boolean stopping;
	private int served;

	/**
	 * Listens.
	 *
	 * @param address
	 *            where; port 0 is any.
	 * @param engines
	 *            makes an engine.
	 * @param answers
	 *            makes what answers one client.
	 * @param handshakeSeconds
	 *            how long a handshake may take, 0 for ever.
	 */
	TlsService(InetSocketAddress address, Supplier<TlsEngine> engines, Supplier<Answer> answers, Listener listener, int handshakeSeconds)
			throws IOException {
		this.engines = engines;
		this.answers = answers;
		this.listener = listener;
		this.handshakeNanos = handshakeSeconds == 0 ? Long.MAX_VALUE / 2 : handshakeSeconds * 1_000_000_000L;
		try {
			this.listening.bind(address);
			this.listening.configureBlocking(false);
			this.acceptKey = this.listening.register(this.selector, SelectionKey.OP_ACCEPT);
		} catch (IOException | RuntimeException e) {
			close();
			throw e;
		}
	}

	/** Gets where it listens. */
	InetSocketAddress address() throws IOException {
		return (InetSocketAddress) this.listening.getLocalAddress();
	}

	/**
	 * Serves until {@link #stop}.
	 *
	 * @param once
	 *            whether to end with the first connection.
	 */
	void run(boolean once) throws IOException {
		long farewell = 0;
		for (;;) {
			this.selector.select(TICK_MS);
			this.selector.selectedKeys().clear();
			boolean leaving = this.stopping || once && this.served > 0;
			if (leaving && farewell == 0) {
				farewell = System.nanoTime() + FAREWELL_NS;
				this.acceptKey.cancel();
				this.listening.close();
				if (this.stopping) {
					this.clients.forEach(key -> client(key).shutdown());
				}
			}
			if (!leaving) {
				accept(once);
			}
			for (SelectionKey key : List.copyOf(this.clients)) {
				advance(key);
			}
			if (leaving && (this.clients.isEmpty() || this.stopping && System.nanoTime() - farewell > 0)) {
				return;
			}
		}
	}

	private void accept(boolean once) throws IOException {
		while (this.clients.size() < (once ? 1 : MOST_CLIENTS)) {
			SocketChannel channel = this.listening.accept();
			if (channel == null) {
				break;
			}
			this.served++;
			channel.configureBlocking(false);
			channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
			TlsEngine engine = this.free.isEmpty() ? this.engines.get() : this.free.pop();
			SelectionKey key = channel.register(this.selector, SelectionKey.OP_READ);
			key.attach(new ServedClient(engine, this.answers.get(), channel, System.nanoTime() + this.handshakeNanos));
			this.clients.add(key);
		}
		this.acceptKey.interestOps(this.clients.size() < MOST_CLIENTS ? SelectionKey.OP_ACCEPT : 0);
	}

	private static ServedClient client(SelectionKey key) {
		return (ServedClient) key.attachment();
	}

	private void advance(SelectionKey key) {
		ServedClient client = client(key);
		int operations = client.advance();
		if (client.takeHandshake()) {
			this.listener.connected(client);
			operations = client.advance();
		}
		boolean late = operations != 0 && client.late(System.nanoTime());
		if (operations != 0 && !late) {
			key.interestOps(operations);
			return;
		}
		this.listener.ended(client, late);
		this.clients.remove(key);
		key.cancel();
		client.close();
		this.free.push(client.engine());
	}

	/** Has {@link #run} say goodbye to all clients and return; to be called from any thread. */
	void stop() {
		this.stopping = true;
		this.selector.wakeup();
	}

	@Override
	public void close() throws IOException {
		this.clients.forEach(key -> client(key).close());
		this.listening.close();
		this.selector.close();
	}
}
