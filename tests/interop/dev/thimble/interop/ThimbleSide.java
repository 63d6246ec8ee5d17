/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import java.nio.charset.StandardCharsets;

import dev.thimble.crypto.PortableCrypto;
import dev.thimble.host.SystemTime;
import dev.thimble.host.TrustStore;
import dev.thimble.identity.Identity;
import dev.thimble.support.ClientPki;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.peer.Credentials;
import dev.thimble.support.peer.Mode;
import dev.thimble.support.peer.Version;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Session;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls12Server;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13PskClient;
import dev.thimble.tls.Tls13Server;
import dev.thimble.tls.TlsEngine;
import dev.thimble.x509.TrustAnchors;
import dev.thimble.x509.TrustedKeys;

/** Thimble's engines for the cells of the matrix: portable primitives, the system's clock. */
final class ThimbleSide {

	private static final String[] CLIENT_ALPN = { Credentials.OTHER_ALPN, Credentials.ALPN };
	private static final String[] SERVER_ALPN = { Credentials.ALPN };
	private static final int SERVER_RECORD = 16384;
	private static int seed;

	private ThimbleSide() {
	}

	/** Makes a client. */
	static TlsEngine client(Version version, Mode mode, Session session) {
		PortableCrypto crypto = new PortableCrypto();
		// A client that trusts nobody's certificates cannot fall back to them.
		TrustAnchors anchors = mode == Mode.PSK || mode == Mode.RAW_KEY ? null : TrustStore.of(Credentials.SERVER.root());
		Protocol protocol = version == Version.TLS12 ? new Tls12Client() : mode == Mode.PSK ? new Tls13PskClient() : new Tls13Client();
		EngineConfig config = config(crypto, anchors, protocol, mode).session(session);
		switch (mode) {
		case MUTUAL:
			config.identity(identity(crypto, Credentials.CLIENT));
			break;
		case RAW_KEY:
			config.peerKeys(TrustedKeys.of(crypto, Credentials.SERVER.leaf().keys().getPublic().getEncoded()));
			break;
		case ALPN:
			config.applicationProtocols(CLIENT_ALPN);
			break;
		case RECORD_SIZE:
			config.recordInLimit(Credentials.RECORD_SIZE).recordOutLimit(Credentials.RECORD_SIZE);
			break;
		default:
			break;
		}
		return new TlsEngine(config);
	}

	/** Makes a server. */
	static TlsEngine server(Version version, Mode mode, TicketKeys tickets) {
		PortableCrypto crypto = new PortableCrypto();
		TrustAnchors anchors = mode == Mode.MUTUAL ? TrustStore.of(Credentials.CLIENT.root()) : null;
		Protocol protocol = version == Version.TLS13 ? new Tls13Server() : new Tls12Server();
		EngineConfig config = config(crypto, anchors, protocol, mode).tickets(tickets).recordInLimit(SERVER_RECORD);
		if (mode == Mode.RAW_KEY) {
			Chain chain = Credentials.SERVER;
			config.identity(Identity.rawKey(crypto, chain.leaf().keys().getPublic().getEncoded(), identity(crypto, chain).signer()));
		} else if (mode != Mode.PSK) {
			config.identity(identity(crypto, Credentials.SERVER));
		}
		if (mode == Mode.MUTUAL) {
			config.clientAuthentication(EngineConfig.REQUIRED);
		} else if (mode == Mode.ALPN) {
			config.applicationProtocols(SERVER_ALPN);
		}
		return new TlsEngine(config);
	}

	/** Gets the application protocol an engine has agreed on, "" for none. */
	static String protocol(TlsEngine engine, boolean client) {
		int index = engine.applicationProtocol();
		return index < 0 ? "" : (client ? CLIENT_ALPN : SERVER_ALPN)[index];
	}

	private static EngineConfig config(PortableCrypto crypto, TrustAnchors anchors, Protocol protocol, Mode mode) {
		EngineConfig config = new EngineConfig(crypto, ServerConfigs.random(nextSeed()), anchors, new SystemTime(), protocol);
		return mode != Mode.PSK ? config
				: config.preSharedKeys(new PreSharedKey(Credentials.PSK_IDENTITY.getBytes(StandardCharsets.US_ASCII), Credentials.PSK));
	}

	private static synchronized int nextSeed() {
		return ++seed;
	}

	private static Identity identity(PortableCrypto crypto, Chain chain) {
		return new Identity(crypto, ClientPki.certificates(chain), ClientPki.key(chain));
	}
}
