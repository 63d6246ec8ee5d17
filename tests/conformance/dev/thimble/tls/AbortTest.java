/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientScript12;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Peer;
import dev.thimble.support.Psk;
import dev.thimble.support.ReferenceSchedule12;
import dev.thimble.support.Script;
import dev.thimble.support.Script12;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.ScriptedClient12;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ScriptedServer12;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.Suite12;
import dev.thimble.support.TlsNumbers;

/** Connections that are aborted behind every step: nothing secret is left, whoever is where in whatever handshake. */
class AbortTest {

	/** An engine and its peer before their connection, and what is secret about it once the peer knows. */
	private record Pair(TlsEngine engine, Peer peer, Supplier<SecretSearch> secrets) {
	}

	private static final byte[] KEY = ScriptedClient.bytes(77, 32);

	private final byte[] slot = new byte[1000];
	private boolean restarts;

	private static EngineConfig client(CryptoProvider crypto) {
		return new EngineConfig(crypto, ServerConfigs.random(3), EngineHarness.ANCHORS, EngineHarness.CLOCK, new Tls13Client(), new Tls12Client())
				.identity(ServerConfigs.identity(crypto, ServerIdentity.ofClient("P-256", 0)));
	}

	private static EngineConfig server(CryptoProvider crypto) {
		return ServerConfigs.of(crypto, new String[] { "P-256" }, new Tls13Server(), new Tls12Server())
				.clientAuthentication(EngineConfig.OPTIONAL).tickets(ServerConfigs.ticketKeys(1));
	}

	/** Who it is and how the handshake goes; mutual authentication where nothing else is said. */
	private enum Kind {
		CLIENT, CLIENT_RETRIED, CLIENT_RESUMED, CLIENT_EARLY, CLIENT_PSK, CLIENT_12, CLIENT_12_RESUMED, CLIENT_12_PSK, SERVER, SERVER_RETRIED, SERVER_RESUMED,
		SERVER_12, SERVER_12_RESUMED, SERVER_12_PSK;
	}

	private Pair pair(Kind kind, CryptoProvider crypto) {
		switch (kind) {
		case CLIENT:
		case CLIENT_RETRIED:
			ScriptedServer full = new ScriptedServer().script(kind == Kind.CLIENT ? Script.requested() : Script.retried());
			full.group = kind == Kind.CLIENT ? 0 : TlsNumbers.SECP256R1;
			return pair(client(crypto), full);
		case CLIENT_RESUMED:
		case CLIENT_EARLY:
			Arrays.fill(this.slot, (byte) 0);
			Session session = new Session(this.slot, 0, this.slot.length);
			EngineConfig config = client(crypto).session(session).earlyData(kind == Kind.CLIENT_EARLY);
			ScriptedServer first = new ScriptedServer().script(Script.full().add(ServerStep.ticket(t -> t.maxEarlyData(1000))));
			EngineHarness.connect(config, first);
			ScriptedServer second = new ScriptedServer().script(kind == Kind.CLIENT_EARLY ? Script.early() : Script.psk());
			second.earlyData = dev.thimble.support.EarlyData.ACCEPT;
			second.psks.addAll(first.tickets);
			Pair resumed = pair(config, second);
			// The slot is the caller's, but a session that was used is to be gone from it.
			return new Pair(resumed.engine, second, () -> resumed.secrets.get().add("PSK", session.valid() ? null : first.tickets.get(0).key));
		case CLIENT_PSK:
			ScriptedServer psk = new ScriptedServer().script(Script.retriedPsk());
			psk.psks.add(Psk.external("device 7", KEY));
			psk.group = TlsNumbers.SECP256R1;
			return pair(client(crypto).preSharedKeys(new PreSharedKey("device 7".getBytes(StandardCharsets.US_ASCII), KEY)), psk);
		case SERVER:
		case SERVER_RETRIED:
			ScriptedClient plain = new ScriptedClient().script(kind == Kind.SERVER ? ClientScript.certified() : ClientScript.retried());
			plain.shares = kind == Kind.SERVER ? plain.shares : List.of();
			plain.identity = ServerIdentity.ofClient("P-256", 0);
			return pair(kind == Kind.SERVER ? server(crypto) : server(crypto).clientAuthentication(EngineConfig.NONE), plain);
		case SERVER_RESUMED:
			ScriptedClient one = new ScriptedClient();
			EngineConfig servers = server(crypto).clientAuthentication(EngineConfig.NONE);
			EngineHarness.connect(servers, one);
			ScriptedClient two = new ScriptedClient();
			two.psks.addAll(one.server.tickets);
			Pair again = pair(servers, two);
			return new Pair(again.engine, two, () -> again.secrets.get().add("PSK", one.server.tickets.get(0).key));
		default:
			return pair12(kind, crypto);
		}
	}

	private Pair pair12(Kind kind, CryptoProvider crypto) {
		switch (kind) {
		case CLIENT_12:
			return pair(client(crypto), new ScriptedServer12().script(Script12.requested()));
		case CLIENT_12_PSK:
			ScriptedServer12 psk = new ScriptedServer12().script(Script12.psk());
			psk.psk = Psk.external("device 7", KEY);
			psk.suite = Suite12.of(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256);
			return pair(client(crypto).preSharedKeys(new PreSharedKey("device 7".getBytes(StandardCharsets.US_ASCII), KEY)), psk);
		case CLIENT_12_RESUMED:
			Arrays.fill(this.slot, (byte) 0);
			EngineConfig config = client(crypto).session(new Session(this.slot, 0, this.slot.length));
			ScriptedServer12 first = new ScriptedServer12().script(Script12.full().withTicket());
			first.issuesTicket = true;
			EngineHarness.connect(config, first);
			ScriptedServer12 second = new ScriptedServer12().script(Script12.resumed());
			second.session = first.established;
			// The session stays in its slot for the next time, or is thrown away.
			TlsEngine engine = new TlsEngine(config);
			return new Pair(engine, second, () -> keys(second.schedule));
		case SERVER_12:
			ScriptedClient12 certified = new ScriptedClient12().script(ClientScript12.certified());
			certified.identity = ServerIdentity.ofClient("P-256", 0);
			certified.offersTicket = true;
			return pair(server(crypto), certified);
		case SERVER_12_PSK:
			ScriptedClient12 shared = new ScriptedClient12();
			shared.psk = Psk.external("device 7", KEY);
			shared.suites = List.of(Suite12.of(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256));
			return pair(server(crypto).preSharedKeys(new PreSharedKey("device 7".getBytes(StandardCharsets.US_ASCII), KEY)), shared);
		default:
			EngineConfig servers = server(crypto).clientAuthentication(EngineConfig.NONE);
			ScriptedClient12 one = new ScriptedClient12();
			one.offersTicket = true;
			EngineHarness.connect(servers, one);
			ScriptedClient12 two = new ScriptedClient12().script(ClientScript12.resumed());
			two.offersTicket = true;
			two.sessionId = ScriptedClient12.bytes(5, 32);
			two.session = one.established;
			Pair again = pair(servers, two);
			return new Pair(again.engine, two, () -> again.secrets.get().add("master secret", two.session.master));
		}
	}

	private static Pair pair(EngineConfig config, ScriptedServer server) {
		return new Pair(new TlsEngine(config), server, () -> new SecretSearch().add(server));
	}

	private static Pair pair(EngineConfig config, ScriptedClient client) {
		return new Pair(new TlsEngine(config), client, () -> new SecretSearch().add(client).add("ECDHE secret", client.server.sharedSecret));
	}

	private static Pair pair(EngineConfig config, ScriptedServer12 server) {
		return new Pair(new TlsEngine(config), server, () -> secrets(server.schedule));
	}

	private static Pair pair(EngineConfig config, ScriptedClient12 client) {
		return new Pair(new TlsEngine(config), client, () -> secrets(client.schedule));
	}

	private static SecretSearch secrets(ReferenceSchedule12 s) {
		return s == null ? new SecretSearch() : keys(s).add("premaster secret", ecdhe(s.premaster)).add("master secret", s.master);
	}

	/** Of a premaster secret with a pre-shared key only the agreement's part; the key itself is the caller's. */
	private static byte[] ecdhe(byte[] premaster) {
		return premaster == null || premaster.length <= 48 ? premaster : Arrays.copyOfRange(premaster, 2, 2 + 32);
	}

	private static SecretSearch keys(ReferenceSchedule12 s) {
		SecretSearch search = new SecretSearch();
		if (s != null && s.master != null) {
			search.add("client's key", s.client().key).add("server's key", s.server().key);
		}
		return search;
	}

	/** Runs until so many steps are done; false if the connection came to rest before. */
	private static boolean run(Pair pair, int steps) {
		TlsEngine engine = pair.engine;
		Peer peer = pair.peer;
		int left = steps;
		byte[] in = new byte[0];
		int at = 0;
		for (;;) {
			int state = engine.state();
			if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
				int n = engine.recordOutLength();
				byte[] out = Arrays.copyOfRange(engine.recordOutArray(), engine.recordOutOffset(), engine.recordOutOffset() + n);
				engine.recordOutAck(n);
				peer.receive(out);
			} else if ((state & TlsEngine.BUSY) != 0) {
				if (left-- == 0) {
					return true;
				}
				engine.step();
			} else {
				if (at == in.length) {
					in = peer.take();
					at = 0;
				}
				int n = Math.min(engine.recordInLength(), in.length - at);
				if (n == 0) {
					return false;
				}
				System.arraycopy(in, at, engine.recordInArray(), engine.recordInOffset(), n);
				engine.recordInAck(n);
				at += n;
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void leavesNothing(Kind kind) {
		abortBehindSteps(kind, true, 1);
	}

	/** To begin another connection is as good as to abort the last. */
	@ParameterizedTest
	@EnumSource(Kind.class)
	void leavesNothingToTheNextConnection(Kind kind) {
		this.restarts = true;
		abortBehindSteps(kind, true, 3);
	}

	/** With primitives that share memory, as on a device. */
	@ParameterizedTest
	@EnumSource(Kind.class)
	void leavesNothingInSharedMemory(Kind kind) {
		abortBehindSteps(kind, false, 61);
	}

	private static void start(Pair pair) {
		if (pair.peer.isClient()) {
			pair.engine.accept();
		} else {
			pair.engine.start(ServerIdentity.SERVER_NAME);
		}
	}

	private void abortBehindSteps(Kind kind, boolean fast, int stride) {
		boolean more = true;
		int steps = 0;
		for (; more; steps += stride) {
			Pair pair = pair(kind, fast ? new JceCrypto() : new PortableEcCrypto());
			start(pair);
			more = run(pair, steps);
			assertEquals(0, pair.engine.error());
			assertTrue(more || pair.engine.handshakeComplete(), "came to rest behind " + steps + " steps");
			if (this.restarts) {
				start(pair);
			} else {
				pair.engine.abort();
			}
			assertNull(pair.secrets.get().findIn(pair.engine), "behind " + steps + " steps");
		}
		assertTrue(steps > 10, "only " + steps + " steps");
	}
}
