/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.AeadOperation;
import dev.thimble.crypto.ChaCha20Poly1305;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.ServerIdentity;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls12Server;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13Server;

/** A device with one engine, credentials for both roles, and a socket on a {@link FaultyTransport}. */
final class FaultKit {

	/** The tag of the trusted root. */
	static final int ROOT = 1;
	/** The tag of a server's certificate and key. */
	static final int SERVER = 2;
	/** The tag of a client's. */
	static final int CLIENT = 3;

	static final int CONNECT_MILLIS = 20_000;
	static final int HANDSHAKE_MILLIS = 7_000;
	static final int SEND_MILLIS = 4_000;
	static final int RECEIVE_MILLIS = 3_000;
	static final int CLOSE_MILLIS = 1_500;

	final FaultyTransport transport = new FaultyTransport();
	final Credentials credentials = new Credentials(8);
	final EnginePool pool;
	final SecureContext context;
	final SecureSocket socket;

	/** Makes a device with fast primitives, which allocate. */
	FaultKit() {
		this(JceCrypto::new);
	}

	/** Makes a device with primitives that do not. */
	static FaultKit frugal() {
		return new FaultKit(PortableCrypto::new);
	}

	private FaultKit(CryptoFactory crypto) {
		java.util.Random random = new java.util.Random(7);
		byte[] bytes = new byte[1];
		dev.thimble.crypto.Random repeating = (out, offset, length) -> {
			for (int i = 0; i < length; i++) {
				random.nextBytes(bytes);
				out[offset + i] = bytes[0];
			}
			return true;
		};
		TicketKeys tickets = new TicketKeys(new ChaCha20Poly1305(new AeadOperation()), Aead.CHACHA20_POLY1305, repeating);
		this.pool = new EnginePool(1, crypto, repeating, EngineHarness.CLOCK, new Tls13Client(), new Tls12Client()).resumption(new Resumption(2048)).recordLimits(2048, 1024)
				.server(new ServerRole(new Tls13Server(), new Tls12Server()).tickets(tickets));
		this.context = new SecureContext(this.transport.clock, this.credentials, this.pool);
		this.credentials.add(ROOT, Credentials.CA_CERTIFICATE, ServerIdentity.root());
		add(SERVER, ServerIdentity.of("P-256"));
		add(CLIENT, ServerIdentity.ofClient("P-256", 0));
		this.socket = new SecureSocket(this.context, this.transport).connectTimeout(CONNECT_MILLIS).handshakeTimeout(HANDSHAKE_MILLIS)
				.sendTimeout(SEND_MILLIS).receiveTimeout(RECEIVE_MILLIS).closeTimeout(CLOSE_MILLIS);
	}

	private void add(int tag, ServerIdentity identity) {
		this.credentials.add(tag, Credentials.OWN_CERTIFICATE, Octets.concat(identity.chain.toArray(new byte[0][])));
		this.credentials.add(tag, Credentials.PRIVATE_KEY, identity.key.getEncoded());
	}

	/** Gets the time since a moment. */
	long since(long begin) {
		return this.transport.clock.now - begin;
	}

	/** Gets the time. */
	long now() {
		return this.transport.clock.now;
	}

	/** Begins a connection of a kind: 0, {@link SecureSocket#WOULD_BLOCK}, or {@link SecureSocket#FAILED}. */
	int begin(HandshakeKind kind) {
		if (!kind.server()) {
			return this.socket.connect(ServerIdentity.SERVER_NAME, 443);
		}
		this.transport.attach();
		return this.socket.accept();
	}

	/** Polls until there is a connection or none; gives what a blocking call would have given. */
	int poll() {
		while (true) {
			int events = this.socket.poll();
			if ((events & SecureSocket.GONE) != 0) {
				return SecureSocket.FAILED;
			}
			if ((events & SecureSocket.CONNECTED) != 0) {
				return 0;
			}
			if ((events & SecureSocket.BUSY) == 0) {
				this.transport.rest(1);
			}
		}
	}
}
