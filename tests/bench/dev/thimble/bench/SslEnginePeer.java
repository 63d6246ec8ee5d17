/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;

/** An SSLEngine, of the JDK or of Bouncy Castle, as a benchmark's client, and as the server of all of them. */
final class SslEnginePeer implements Client {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
	/** A port of its own for each connection: a session is looked up by host and port, and none shall be resumed. */
	private static final AtomicInteger PORT = new AtomicInteger();

	private final SSLContext context;
	private final boolean client;
	private final SSLParameters parameters;
	private final ByteBuffer wire = ByteBuffer.allocate(4 * BUFFER);
	private final ByteBuffer plain = ByteBuffer.allocate(4 * BUFFER);
	private final ByteBuffer out = ByteBuffer.allocate(4 * BUFFER);
	private SSLEngine engine;
	private boolean connected;
	private long received;

	SslEnginePeer(SSLContext context, boolean client, String suite) {
		this.context = context;
		this.client = client;
		this.parameters = context.getDefaultSSLParameters();
		this.parameters.setProtocols(new String[] { "TLSv1.3" });
		this.parameters.setCipherSuites(new String[] { suite });
		if (client) {
			this.parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
	}

	@Override
	public void begin() throws Exception {
		this.received = 0;
		this.connected = false;
		this.wire.clear();
		this.out.clear();
		this.engine = this.client ? this.context.createSSLEngine(Scene.SERVER_NAME, 1 + PORT.getAndIncrement() % 60_000)
				: this.context.createSSLEngine();
		this.engine.setUseClientMode(this.client);
		this.engine.setSSLParameters(this.parameters);
		this.engine.beginHandshake();
		work();
	}

	@Override
	public void input(byte[] bytes, int length) throws Exception {
		this.wire.put(bytes, 0, length);
		work();
	}

	@Override
	public int output(byte[] bytes) {
		this.out.flip();
		int count = Math.min(bytes.length, this.out.remaining());
		this.out.get(bytes, 0, count);
		this.out.compact();
		return count;
	}

	@Override
	public boolean connected() {
		return this.connected;
	}

	@Override
	public void send(byte[] data, int length) throws Exception {
		ByteBuffer source = ByteBuffer.wrap(data, 0, length);
		while (source.hasRemaining()) {
			check(this.engine.wrap(source, this.out));
		}
	}

	@Override
	public long received() {
		return this.received;
	}

	@Override
	public void end() throws Exception {
		this.engine.getSession().invalidate();
	}

	/** Handshakes and decrypts as far as it goes with what has arrived. */
	private void work() throws Exception {
		for (;;) {
			HandshakeStatus status = this.engine.getHandshakeStatus();
			if (status == HandshakeStatus.NEED_TASK) {
				for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine.getDelegatedTask()) {
					task.run();
				}
			} else if (status == HandshakeStatus.NEED_WRAP) {
				check(this.engine.wrap(NOTHING, this.out));
			} else if (this.wire.position() > 0) {
				this.wire.flip();
				SSLEngineResult result = this.engine.unwrap(this.wire, this.plain);
				this.wire.compact();
				this.received += this.plain.position();
				this.plain.clear();
				check(result);
				if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
					return;
				}
			} else {
				return;
			}
		}
	}

	private void check(SSLEngineResult result) {
		if (result.getStatus() == SSLEngineResult.Status.CLOSED || result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
			throw new IllegalStateException("SSLEngine: " + result);
		}
		this.connected |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
	}
}
