/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import dev.thimble.crypto.PortableCrypto;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.EngineDriver;
import dev.thimble.host.KeyKind;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.EarlyData;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.Psk;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TestPki;
import dev.thimble.tls.Session;
import dev.thimble.tls.TlsError;
import dev.thimble.x509.TrustedKeys;

/**
 * The client allocates 0 bytes where neither OpenSSL's echo nor our own server can be its peer: raw public keys, and early data that is accepted.
 * What the scripted server allocates is not counted, for only the engine's calls are.
 */
final class ScriptedAllocationTest {

	private static final int CONNECTIONS = 10;
	private static final int ROUNDS = 5;

	/** Runs a connection with a server that answers in the same thread. */
	private static void connect(EngineDriver driver, ScriptedServer server, byte[] early) throws IOException {
		InputStream input = new InputStream() {

			private byte[] left = new byte[0];
			private int at;

			@Override
			public int read() {
				throw new UnsupportedOperationException();
			}

			@Override
			public int read(byte[] buffer, int offset, int length) {
				if (this.at == this.left.length) {
					this.left = server.take();
					this.at = 0;
				}
				int count = Math.min(length, this.left.length - this.at);
				System.arraycopy(this.left, this.at, buffer, offset, count);
				this.at += count;
				return count == 0 ? -1 : count;
			}
		};
		OutputStream output = new OutputStream() {

			@Override
			public void write(int b) {
				throw new UnsupportedOperationException();
			}

			@Override
			public void write(byte[] buffer, int offset, int length) {
				byte[] copy = new byte[length];
				System.arraycopy(buffer, offset, copy, 0, length);
				server.receive(copy);
			}
		};
		driver.start(input, output, ServerIdentity.SERVER_NAME);
		if (early.length > 0) {
			driver.write(early, 0, early.length);
		}
		assertTrue(driver.handshake(), () -> TlsError.name(driver.engine().error()));
		byte[] data = new byte[100];
		driver.write(data, 0, data.length);
		assertTrue(driver.readFully(data, 0, data.length));
		driver.shutdown();
		driver.close();
		assertEquals(0, driver.engine().error());
	}

	/** Judges the least of several rounds, each with an engine of its own: see AllocationTest. */
	private static void measure(String what, Supplier<EngineDriver> drivers, Supplier<ScriptedServer> servers, byte[] early) throws IOException {
		AllocationMeter.selfTest();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS && least != 0; round++) {
			EngineDriver driver = drivers.get();
			for (int i = 0; i < CONNECTIONS; i++) {
				connect(driver, servers.get(), early);
			}
			// The first round loads classes.
			least = round == 0 ? least : Math.min(least, driver.allocatedBytes());
		}
		System.out.println("allocated by a client, " + what + ": " + least + " bytes in " + CONNECTIONS + " connections");
		assertEquals(0, least);
	}

	private static ScriptedServer finish(ScriptedServer server, Script script) {
		return server.script(script.add(ServerStep.TICKET, ServerStep.data(new byte[100]), ServerStep.CLOSE_NOTIFY));
	}

	@Test
	void nothingIsAllocatedWithRawPublicKeys() throws IOException {
		ServerIdentity identity = ServerIdentity.of("P-256");
		byte[] own = TestPki.key(KeyKind.P256, 30).getPrivate().getEncoded();
		TrustedKeys trusted = TrustedKeys.of(new PortableCrypto(), identity.rawKey());
		measure("raw public keys of both", () -> new EngineDriver(new EngineBuilder().peerKeys(trusted).rawKey(own).build()), () -> {
			ScriptedServer server = finish(new ScriptedServer(), Script.requested());
			server.identity = identity;
			server.rawKey = true;
			server.clientRawKey = true;
			return server;
		}, new byte[0]);
	}

	@Test
	void nothingIsAllocatedWithEarlyDataThatIsAccepted() throws IOException {
		byte[] slot = new byte[1024];
		ScriptedServer first = new ScriptedServer();
		EngineBuilder builder = new EngineBuilder().anchors(EngineHarness.ANCHORS).time(EngineHarness.CLOCK)
				.session(new Session(slot, 0, slot.length), slot).earlyData(true);
		first.script(Script.full().add(ServerStep.ticket(t -> t.maxEarlyData(1000)), ServerStep.data(new byte[100]), ServerStep.CLOSE_NOTIFY));
		connect(new EngineDriver(builder.build()), first, new byte[0]);
		byte[] session = slot.clone();
		Psk ticket = first.tickets.get(0);
		EngineDriver[] driver = new EngineDriver[1];
		measure("early data that is accepted", () -> driver[0] = new EngineDriver(builder.build()), () -> {
			System.arraycopy(session, 0, slot, 0, slot.length);
			ScriptedServer server = finish(new ScriptedServer(), Script.early());
			server.psks.add(ticket);
			server.earlyData = EarlyData.ACCEPT;
			return server;
		}, new byte[200]);
		assertTrue(driver[0].engine().earlyDataAccepted());
	}
}
