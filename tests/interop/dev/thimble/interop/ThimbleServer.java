/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

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

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.AeadOperation;
import dev.thimble.crypto.ChaCha20Poly1305;
import dev.thimble.support.Network;
import dev.thimble.support.Network.Delivery;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.peer.Mode;
import dev.thimble.support.peer.Version;
import dev.thimble.tls.Alert;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** Thimble as server on 127.0.0.1 for one cell: one connection after another, each answered line by line until the client closes. */
final class ThimbleServer implements Closeable {

	private static final int PATIENCE = 90;
	/** An answer is the line so many times, backwards: longer than a record may be where that is tried. */
	private static final int TIMES = 6;

	private final Version version;
	private final Mode mode;
	private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
	private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
	/** What a device keeps in its flash memory. */
	private final byte[] ticketSlot = new byte[TicketKeys.LENGTH];
	private TicketKeys tickets = ticketKeys(this.ticketSlot, 1);

	/** What came of a connection. */
	static final class Outcome {

		String error = "";
		String alert = "";
		boolean complete;
		boolean resumed;
		boolean clientVerified;
		boolean peerClosed;
		int version;
		int recordOutLimit;
		String protocol = "";
		String serverName = "";

		@Override
		public String toString() {
			return this.error + ", complete " + this.complete + ", alert received " + this.alert + ", resumed " + this.resumed;
		}
	}

	ThimbleServer(Version version, Mode mode) throws IOException {
		this.version = version;
		this.mode = mode;
		Thread thread = new Thread(this::serve, "thimble-server");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** Gets what a line is answered with. */
	static byte[] answer(byte[] line) {
		byte[] answer = new byte[TIMES * (line.length - 1) + 1];
		for (int i = 0; i < answer.length - 1; i++) {
			answer[i] = line[line.length - 2 - i % (line.length - 1)];
		}
		answer[answer.length - 1] = '\n';
		return answer;
	}

	/** Waits for the outcome of the next connection. */
	Outcome next() throws IOException {
		try {
			Outcome outcome = this.outcomes.poll(PATIENCE, TimeUnit.SECONDS);
			if (outcome == null) {
				throw new IOException("no client came, or it stays");
			}
			return outcome;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		}
	}

	/** Gets the outcome of the next connection if there is one already. */
	Outcome glance() {
		return this.outcomes.peek();
	}

	private void serve() {
		while (!this.listener.isClosed()) {
			Outcome outcome = new Outcome();
			try (Socket socket = this.listener.accept()) {
				TlsEngine engine = ThimbleSide.server(this.version, this.mode, this.mode.resumes() ? this.tickets : null);
				try {
					serve(new Network(engine, Delivery.AS_IT_COMES, 1).accept(socket), engine, outcome);
				} finally {
					outcome.error = TlsError.name(engine.error());
					outcome.alert = Alert.name(engine.alertReceived());
				}
			} catch (IOException | RuntimeException | AssertionError e) {
				if (this.listener.isClosed()) {
					return;
				}
				outcome.error += " " + e;
			}
			this.outcomes.add(outcome);
			if (this.mode == Mode.RESTARTED) {
				this.tickets = ticketKeys(this.ticketSlot.clone(), 2);
			}
		}
	}

	private static void serve(Network network, TlsEngine engine, Outcome outcome) throws IOException {
		outcome.complete = network.handshake();
		if (!outcome.complete) {
			return;
		}
		outcome.version = engine.version();
		outcome.resumed = engine.resumed();
		outcome.clientVerified = engine.clientVerified();
		outcome.recordOutLimit = engine.recordOutLimit();
		outcome.protocol = ThimbleSide.protocol(engine, false);
		byte[] name = new byte[255];
		outcome.serverName = new String(name, 0, engine.serverName(name, 0), StandardCharsets.US_ASCII);
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (byte[] one = network.receive(1); one.length == 1; one = network.receive(1)) {
			line.write(one[0]);
			if (one[0] == '\n') {
				network.send(answer(line.toByteArray()));
				line.reset();
			}
		}
		outcome.peerClosed = engine.peerClosed();
		network.finish();
	}

	private static TicketKeys ticketKeys(byte[] slot, long seed) {
		return new TicketKeys(new ChaCha20Poly1305(new AeadOperation()), Aead.CHACHA20_POLY1305, ServerConfigs.random(seed), slot, 0);
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}
}
