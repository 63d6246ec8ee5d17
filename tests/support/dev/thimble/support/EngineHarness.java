/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.host.TrustStore;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.TlsEngine;
import dev.thimble.x509.TimeSource;
import dev.thimble.x509.TrustAnchors;

/**
 * Pumps bytes between an engine and a scripted peer, and watches that the engine keeps to its own contract: windows that are there when the
 * flags say so, progress in every turn, no application data before the handshake is complete.
 */
public final class EngineHarness {

	/** The roots every scripted certificate leads to. */
	public static final TrustAnchors ANCHORS = anchors(ServerIdentity.root());
	/** The clock at {@link ServerIdentity#TIME}. */
	public static final TimeSource CLOCK = new FixedTime(TimeSource.TRUSTED, ServerIdentity.TIME.getEpochSecond());

	/** So many steps without a byte moved are an endless loop. */
	private static final int MOST_STEPS = 1_000_000;

	public final TlsEngine engine;
	/** The other end. */
	public final Peer peer;
	/** The other end, if it is a server of TLS 1.3; else null. */
	public final ScriptedServer server;
	/** Most bytes given to the engine at once. */
	public int chunk = Integer.MAX_VALUE;
	/** Most bytes taken from the engine at once. */
	public int outChunk = Integer.MAX_VALUE;
	/** Where random chunks come from, if set: each chunk is 1 to {@link #chunk} bytes. */
	public Random chunks;
	/** Whether the transport ends behind the server's bytes. */
	public boolean endOfStream;
	/** Whether the application takes what there is for it. */
	public boolean takesData = true;
	/** Whether the network takes what the engine sends. */
	public boolean takesRecords = true;
	/** Whether the application may send before the handshake is complete, as it does with early data only. */
	public boolean sendsEarly;
	/** How many times what the server sends is delivered before the engine may do anything else. */
	public int eager;
	public long steps;
	public int turns;
	/** Whether the handshake was complete at any moment. */
	public boolean everComplete;

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();
	private byte[] fromServer = new byte[0];
	private int fromServerAt;
	private byte[] toSend = new byte[0];
	private boolean ended;

	public EngineHarness(TlsEngine engine, Peer peer) {
		this.engine = engine;
		this.peer = peer;
		this.server = peer instanceof ScriptedServer scripted ? scripted : null;
	}

	/** A configuration with fast primitives of the JDK and randomness that repeats. */
	public static EngineConfig config() {
		return config(new JceCrypto(), 1);
	}

	public static EngineConfig config(CryptoProvider crypto, long seed) {
		Random random = new Random(seed);
		return new EngineConfig(crypto, (output, offset, length) -> {
			byte[] bytes = new byte[length];
			random.nextBytes(bytes);
			System.arraycopy(bytes, 0, output, offset, length);
			return true;
		}, ANCHORS, CLOCK);
	}

	/** Connects a new engine of a configuration with a peer and runs until nothing moves any more. */
	public static EngineHarness connect(EngineConfig config, Peer peer) {
		return new EngineHarness(new TlsEngine(config), peer).start();
	}

	/** Starts the engine, as a server if the peer is a client, and runs. */
	public EngineHarness start() {
		if (this.peer.isClient()) {
			this.engine.accept();
			return run();
		}
		this.engine.start(ServerIdentity.SERVER_NAME);
		return run();
	}

	/** Queues application data and runs. */
	public EngineHarness send(byte[] data) {
		this.toSend = Octets.concat(this.toSend, data);
		return run();
	}

	/** Lets the server go on with more steps and runs. */
	public EngineHarness then(ServerStep... steps) {
		this.server.then(steps);
		return run();
	}

	/** Ends the transport and runs. */
	public EngineHarness end() {
		this.endOfStream = true;
		return run();
	}

	/** The application data received. */
	public byte[] received() {
		return this.received.toByteArray();
	}

	public boolean closed() {
		return (this.engine.state() & TlsEngine.CLOSED) != 0;
	}

	/** Runs until nothing moves any more. */
	public EngineHarness run() {
		int idle = 0;
		boolean moved = true;
		while (moved) {
			this.turns++;
			int state = this.engine.state();
			check(state);
			this.everComplete |= this.engine.handshakeComplete();
			if (this.eager > 0 && (state & TlsEngine.WANTS_RECORD_IN) != 0 && giveRecords()) {
				this.eager--;
				idle = 0;
			} else if ((state & TlsEngine.HAS_RECORD_OUT) != 0 && this.takesRecords) {
				takeRecords();
				idle = 0;
			} else if ((state & TlsEngine.HAS_APP_IN) != 0 && this.takesData) {
				takeData();
				idle = 0;
			} else if ((state & TlsEngine.BUSY) != 0) {
				this.engine.step();
				this.steps++;
				require(++idle < MOST_STEPS, "the engine is busy without end");
			} else if ((state & TlsEngine.WANTS_APP_OUT) != 0 && this.toSend.length > 0) {
				putData();
				idle = 0;
			} else {
				idle = 0;
				moved = (state & TlsEngine.WANTS_RECORD_IN) != 0 && giveRecords();
			}
		}
		return this;
	}

	private boolean giveRecords() {
		if (this.fromServerAt == this.fromServer.length) {
			this.fromServer = this.peer.take();
			this.fromServerAt = 0;
		}
		int left = this.fromServer.length - this.fromServerAt;
		if (left == 0) {
			if (this.endOfStream && !this.ended) {
				this.ended = true;
				this.engine.recordInEnd();
				return true;
			}
			return false;
		}
		int most = this.chunks == null ? this.chunk : 1 + this.chunks.nextInt(this.chunk);
		int count = Math.min(Math.min(left, most), this.engine.recordInLength());
		System.arraycopy(this.fromServer, this.fromServerAt, this.engine.recordInArray(), this.engine.recordInOffset(), count);
		this.fromServerAt += count;
		this.engine.recordInAck(count);
		return true;
	}

	private void takeRecords() {
		int at = this.engine.recordOutOffset();
		int count = Math.min(this.engine.recordOutLength(), this.outChunk);
		byte[] out = Arrays.copyOfRange(this.engine.recordOutArray(), at, at + count);
		this.engine.recordOutAck(count);
		this.peer.receive(out);
	}

	private void takeData() {
		require(this.engine.handshakeComplete(), "application data before the handshake is complete");
		int at = this.engine.appInOffset();
		int count = this.engine.appInLength();
		this.received.write(this.engine.appInArray(), at, count);
		this.engine.appInAck(count);
	}

	private void putData() {
		int count = Math.min(this.toSend.length, this.engine.appOutLength());
		System.arraycopy(this.toSend, 0, this.engine.appOutArray(), this.engine.appOutOffset(), count);
		this.engine.appOutAck(count);
		this.toSend = Arrays.copyOfRange(this.toSend, count, this.toSend.length);
		if (this.toSend.length == 0) {
			this.engine.flush();
		}
	}

	/** The promises the flags make. */
	private void check(int state) {
		if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
			window("record out", this.engine.recordOutArray(), this.engine.recordOutOffset(), this.engine.recordOutLength());
		}
		if ((state & TlsEngine.WANTS_RECORD_IN) != 0) {
			window("record in", this.engine.recordInArray(), this.engine.recordInOffset(), this.engine.recordInLength());
		}
		if ((state & TlsEngine.HAS_APP_IN) != 0) {
			window("application in", this.engine.appInArray(), this.engine.appInOffset(), this.engine.appInLength());
		}
		if ((state & TlsEngine.WANTS_APP_OUT) != 0) {
			window("application out", this.engine.appOutArray(), this.engine.appOutOffset(), this.engine.appOutLength());
			require(this.engine.handshakeComplete() || this.sendsEarly, "application window before the handshake is complete");
		}
		if ((state & TlsEngine.CLOSED) != 0) {
			require((state & (TlsEngine.WANTS_RECORD_IN | TlsEngine.WANTS_APP_OUT | TlsEngine.HAS_APP_IN)) == 0, "closed, but " + state);
		}
		require(this.engine.error() == 0 || (state & (TlsEngine.HAS_APP_IN | TlsEngine.WANTS_APP_OUT)) == 0, "error, but open");
	}

	private static void window(String name, byte[] array, int offset, int length) {
		require(array != null && offset >= 0 && length > 0 && offset + length <= array.length, "window " + name);
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("engine: " + what);
		}
	}

	private static TrustAnchors anchors(byte[] root) {
		try {
			Path file = Files.createTempFile("root", ".pem");
			try {
				Files.writeString(file, "-----BEGIN CERTIFICATE-----\n"
						+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(root) + "\n-----END CERTIFICATE-----\n",
						StandardCharsets.US_ASCII);
				return TrustStore.read(file);
			} finally {
				Files.delete(file);
			}
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}
}
