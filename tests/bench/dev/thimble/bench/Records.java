/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.bench;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Records of application data, one at a time, client and server in one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Records {

	/** The stack of the client. */
	@Param({ "thimble", "jsse", "bctls" })
	public String stack;
	/** The cipher suite. */
	@Param({ "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256" })
	public String suite;
	/** Bytes of plaintext in a record. */
	@Param({ "1024", "16384" })
	public int size;

	private final byte[] wire = new byte[Client.BUFFER];
	private final byte[] data = new byte[Scene.RECORD];
	private Client client;
	private Client server;

	/** Makes both sides and connects them. */
	@Setup
	public void prepare() throws Exception {
		Scene scene = new Scene(this.suite);
		this.client = scene.client(this.stack);
		this.server = scene.server();
		Handshakes.connect(this.client, this.server, this.wire, new ClientCost());
	}

	/** From the client to the server. */
	@Benchmark
	public void send(ClientCost cost) throws Exception {
		long expected = this.server.received() + this.size;
		cost.start();
		this.client.send(this.data, this.size);
		int count = this.client.output(this.wire);
		cost.stop();
		this.server.input(this.wire, count);
		if (this.server.received() != expected) {
			throw new IllegalStateException("Not sent");
		}
		cost.operations++;
	}

	/** From the server to the client. */
	@Benchmark
	public void receive(ClientCost cost) throws Exception {
		long before = this.client.received();
		this.server.send(this.data, this.size);
		int count = this.server.output(this.wire);
		cost.start();
		this.client.input(this.wire, count);
		cost.stop();
		if (this.client.received() != before + this.size) {
			throw new IllegalStateException("Not received");
		}
		cost.operations++;
	}
}
