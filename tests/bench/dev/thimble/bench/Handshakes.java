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

/** One full handshake, without resumption, client and server in one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Handshakes {

	/** The stack of the client. */
	@Param({ "thimble", "jsse", "bctls" })
	public String stack;

	private final byte[] wire = new byte[Client.BUFFER];
	private Client client;
	private Client server;

	/** Makes both sides. */
	@Setup
	public void prepare() throws Exception {
		Scene scene = new Scene("TLS_AES_128_GCM_SHA256");
		this.client = scene.client(this.stack);
		this.server = scene.server();
	}

	/** Handshakes. */
	@Benchmark
	public void handshake(ClientCost cost) throws Exception {
		connect(this.client, this.server, this.wire, cost);
		this.client.end();
		this.server.end();
		cost.operations++;
	}

	static void connect(Client client, Client server, byte[] wire, ClientCost cost) throws Exception {
		server.begin();
		cost.start();
		client.begin();
		cost.stop();
		boolean progress = true;
		while (progress) {
			progress = false;
			cost.start();
			int count = client.output(wire);
			cost.stop();
			if (count > 0) {
				server.input(wire, count);
				progress = true;
			}
			count = server.output(wire);
			if (count > 0) {
				cost.start();
				client.input(wire, count);
				cost.stop();
				progress = true;
			}
		}
		if (!client.connected() || !server.connected()) {
			throw new IllegalStateException("No handshake");
		}
	}
}
