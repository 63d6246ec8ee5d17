/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.Random;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.AeadOperation;
import dev.thimble.crypto.ChaCha20Poly1305;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.identity.Identity;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.Tls13Server;

/** Configurations of engines as servers, with randomness that repeats. */
public final class ServerConfigs {

	private ServerConfigs() {
	}

	/** A TLS 1.3 server with identities of some kinds (as {@link ServerIdentity#of(String)} knows them) and fast primitives of the JDK. */
	public static EngineConfig of(String... kinds) {
		return of(new JceCrypto(), kinds, new Tls13Server());
	}

	/** A server of some protocols with identities of some kinds; trust anchors and clock are {@link EngineHarness}'s. */
	public static EngineConfig of(CryptoProvider crypto, String[] kinds, Protocol... protocols) {
		Identity[] identities = new Identity[kinds.length];
		for (int i = 0; i < kinds.length; i++) {
			identities[i] = identity(crypto, ServerIdentity.of(kinds[i]));
		}
		EngineConfig config = new EngineConfig(crypto, random(2), EngineHarness.ANCHORS, EngineHarness.CLOCK, protocols).recordInLimit(16384);
		return kinds.length == 0 ? config : config.identity(identities);
	}

	/** An identity for an engine. */
	public static Identity identity(CryptoProvider crypto, ServerIdentity from) {
		return new Identity(crypto, Octets.concat(from.chain.toArray(new byte[0][])), from.key.getEncoded());
	}

	/** Keys for tickets and cookies. */
	public static TicketKeys ticketKeys(long seed) {
		return new TicketKeys(new ChaCha20Poly1305(new AeadOperation()), Aead.CHACHA20_POLY1305, random(seed));
	}

	/** Randomness that repeats. */
	public static dev.thimble.crypto.Random random(long seed) {
		Random random = new Random(seed);
		return (output, offset, length) -> {
			byte[] bytes = new byte[length];
			random.nextBytes(bytes);
			System.arraycopy(bytes, 0, output, offset, length);
			return true;
		};
	}
}
