/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.thimble.support.Network.Delivery;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/**
 * A server of ours on 127.0.0.1, one connection after another, each with a new engine: it sends the client's first line back and closes when the client
 * does. What came of each connection is told in the order of connections.
 */
public final class EngineServer implements Closeable {

	private static final int PATIENCE = 90;

	private final ServerSocket listening;
	private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

	/** What came of a connection; the engine's answers stand as they were at the end of the handshake. */
	public static final class Outcome {

		public String error;
		public boolean complete;
		public boolean resumed;
		public boolean clientVerified;
		public boolean retried;
		public int suite;
		public int group;
		public int identity;
		public int protocol;
		public String serverName = "";
		public String line = "";

		@Override
		public String toString() {
			return this.error + ", complete " + this.complete + ", resumed " + this.resumed + ", retried " + this.retried + ", line " + this.line;
		}
	}

	public EngineServer(Supplier<TlsEngine> engines, Delivery delivery) throws IOException {
		this.listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(() -> serve(engines, delivery), "engine-server");
		thread.setDaemon(true);
		thread.start();
	}

	public int port() {
		return this.listening.getLocalPort();
	}

	/** Waits for the outcome of the next connection. */
	public Outcome next() throws InterruptedException, IOException {
		Outcome outcome = this.outcomes.poll(PATIENCE, TimeUnit.SECONDS);
		if (outcome == null) {
			throw new IOException("no client came, or it stays");
		}
		return outcome;
	}

	private void serve(Supplier<TlsEngine> engines, Delivery delivery) {
		while (!this.listening.isClosed()) {
			Outcome outcome = new Outcome();
			try (Socket socket = this.listening.accept()) {
				TlsEngine engine = engines.get();
				Network network = new Network(engine, delivery, 1);
				serve(network.accept(socket), engine, outcome);
				outcome.error = TlsError.name(engine.error());
			} catch (IOException e) {
				outcome.error = e.toString();
			}
			this.outcomes.add(outcome);
		}
	}

	private static void serve(Network network, TlsEngine engine, Outcome outcome) throws IOException {
		outcome.complete = network.handshake();
		outcome.resumed = engine.resumed();
		outcome.clientVerified = engine.clientVerified();
		outcome.retried = engine.helloRetried();
		outcome.suite = engine.cipherSuite();
		outcome.group = engine.group();
		outcome.identity = engine.identity();
		outcome.protocol = engine.applicationProtocol();
		byte[] name = new byte[255];
		outcome.serverName = new String(name, 0, engine.serverName(name, 0), StandardCharsets.US_ASCII);
		if (!outcome.complete) {
			return;
		}
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (byte[] one = network.receive(1); one.length == 1; one = network.receive(1)) {
			line.write(one[0]);
			if (one[0] == '\n') {
				break;
			}
		}
		outcome.line = line.toString(StandardCharsets.US_ASCII).strip();
		if (line.size() > 0 && network.send(line.toByteArray())) {
			// The client ends first: not all answer a close_notify.
			network.receive(1);
			network.finish();
		}
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}
}
