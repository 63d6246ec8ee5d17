/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls12Server;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13Server;

/** Buffers of one byte everywhere: what the transport gives and takes, and what the program sends and receives, at both ends and in three ways. */
@Timeout(300)
final class OneByteTest {

	private static final int LENGTH = 100;

	private final MemoryLink link = new MemoryLink();
	private final byte[] one = new byte[1];
	private SecureSocket client;
	private SecureSocket served;
	private boolean holding;

	/** Makes both ends; version 0: a plain connection. */
	private void build(int version) {
		Credentials credentials = new Credentials(4);
		credentials.add(1, Credentials.CA_CERTIFICATE, ServerIdentity.root());
		credentials.add(2, Credentials.OWN_CERTIFICATE, Octets.concat(ServerIdentity.of("P-256").chain.toArray(new byte[0][])));
		credentials.add(2, Credentials.PRIVATE_KEY, ServerIdentity.of("P-256").key.getEncoded());
		EnginePool pool = new EnginePool(2, JceCrypto::new, ServerConfigs.random(1), EngineHarness.CLOCK,
				version == 0x0304 ? new Protocol[] { new Tls13Client() } : new Protocol[] { new Tls12Client() })
						.server(new ServerRole(new Tls13Server(), new Tls12Server()));
		SecureContext context = new SecureContext(this.link.clock, credentials, pool);
		this.client = new SecureSocket(context, this.link.left).secure(version != 0).securityTags(1);
		this.served = new SecureSocket(context, this.link.right).secure(version != 0).securityTags(2).blocking(false);
		this.link.chunk = 1;
		this.link.meanwhile = this::echo;
	}

	/** The server: sends each byte back. */
	private void echo() {
		for (int i = 0; i < 200; i++) {
			this.served.poll();
			if (this.served.connected() && !this.holding) {
				this.holding = this.served.receive(this.one, 0, 1) == 1;
			}
			if (this.holding) {
				this.holding = this.served.send(this.one, 0, 1) != 1;
			}
		}
	}

	private void connect() {
		this.client.blocking(false);
		int result = this.client.connect(ServerIdentity.SERVER_NAME, 443);
		assertTrue(result != SecureSocket.FAILED);
		result = this.served.accept();
		assertTrue(result != SecureSocket.FAILED);
		this.client.blocking(true);
		while (!this.client.connected()) {
			assertEquals(0, this.client.poll() & SecureSocket.GONE, () -> NetError.text(this.client.error()));
			echo();
		}
	}

	private void end() {
		this.client.close();
		assertEquals(NetError.NONE, this.client.error());
		if (this.client.version() != 0) {
			while (this.served.receive(this.one, 0, 1) != SecureSocket.END) {
				this.served.poll();
			}
		}
		this.served.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 0x0304, 0x0303 })
	void blocking(int version) {
		build(version);
		connect();
		byte[] byteOf = new byte[1];
		for (int i = 0; i < LENGTH; i++) {
			byteOf[0] = (byte) i;
			assertEquals(1, this.client.send(byteOf, 0, 1));
			byteOf[0] = 0;
			assertEquals(1, this.client.receive(byteOf, 0, 1));
			assertEquals((byte) i, byteOf[0]);
		}
		assertEquals(version, this.client.version());
		end();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 0x0304, 0x0303 })
	void polled(int version) {
		build(version);
		connect();
		this.client.blocking(false);
		Poller poller = new Poller(1);
		assertEquals(0, poller.add(this.client));
		byte[] byteOf = new byte[1];
		int sent = 0;
		int received = 0;
		while (received < LENGTH) {
			int events = poller.events(poller.poll());
			if ((events & SecureSocket.WRITABLE) != 0 && sent < LENGTH) {
				byteOf[0] = (byte) sent;
				sent += Math.max(0, this.client.send(byteOf, 0, 1));
			}
			if ((events & SecureSocket.READABLE) != 0 && this.client.receive(byteOf, 0, 1) == 1) {
				assertEquals((byte) received++, byteOf[0]);
			}
			echo();
		}
		end();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 0x0304, 0x0303 })
	void asStreams(int version) throws IOException {
		build(version);
		connect();
		for (int i = 0; i < LENGTH; i++) {
			this.client.outputStream().write(i);
			assertEquals(i & 0xff, this.client.inputStream().read());
		}
		end();
	}
}
