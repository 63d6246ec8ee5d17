/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.AeadOperation;
import dev.thimble.crypto.ChaCha20Poly1305;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientStep;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.Framing;
import dev.thimble.support.Octets;
import dev.thimble.support.Psk;
import dev.thimble.support.RecordProtection;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.ScriptedPeer.SentRecord;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TlsNumbers;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.Tls13Server;
import dev.thimble.tls.TlsEngine;

/**
 * A whole connection recorded once: the engine's randomness repeats, so what it sends does, and what the peer sent fits again and again.
 * Whatever is done to that, the engine may only ever send what it sent in the recording: Finished covers all.
 */
final class Recording {

	/** The application data the scripted peer sends. */
	static final byte[] DATA = ScriptedServer.bytes(99, 700);

	private static final byte[] PSK = ScriptedServer.bytes(77, 32);
	private static final byte[] PSK_NAME = { 'd', 'e', 'v', '7' };

	final TlsEngine engine;
	/** The scripted peer's records in order. */
	final List<SentRecord> records;
	/** All bytes the engine sent. */
	final byte[] engineBytes;
	/** How many of them a handshake that completes has sent for certain: all up to Finished, or its first 53 bytes. */
	final int certain;

	private final Random engineRandom = new Random();
	private final Random ticketRandom = new Random();
	private final long seed;
	private final boolean server;

	/** Records a server and an engine as client; or, as a server, an engine and a client. */
	Recording(CryptoProvider crypto, long seed, boolean asServer) {
		this.seed = seed;
		this.server = asServer;
		if (asServer) {
			Random choice = MutatedFlightsTest.random(seed);
			int authentication = choice.nextInt(3);
			this.engine = new TlsEngine(serverConfig(crypto, choice).clientAuthentication(authentication));
			ScriptedClient client = client(choice, authentication != EngineConfig.NONE);
			reset();
			EngineHarness harness = new EngineHarness(this.engine, client).start();
			this.certain = Octets.concat(client.server.wire.toArray(new byte[0][])).length;
			client.then(ClientStep.data(Arrays.copyOf(DATA, 300)), ClientStep.keyUpdate(choice.nextBoolean()),
					ClientStep.data(Arrays.copyOfRange(DATA, 300, 700)), ClientStep.CLOSE_NOTIFY);
			harness.run();
			checkHonest(harness);
			this.records = List.copyOf(client.sent);
			this.engineBytes = Octets.concat(client.server.wire.toArray(new byte[0][]));
			return;
		}
		Random choice = MutatedFlightsTest.random(seed);
		EngineConfig config = new EngineConfig(crypto, (output, offset, length) -> fill(this.engineRandom, output, offset, length),
				EngineHarness.ANCHORS, EngineHarness.CLOCK).recordInLimit(512 << choice.nextInt(4)).applicationProtocols("h2", "mqtt");
		this.engine = new TlsEngine(config);
		boolean retry = choice.nextInt(4) == 0;
		Script script = retry ? Script.retried() : choice.nextBoolean() ? Script.requested() : Script.full();
		ScriptedServer server = new ScriptedServer().script(script.add(ServerStep.TICKET, ServerStep.data(Arrays.copyOf(DATA, 300)),
				ServerStep.keyUpdate(choice.nextBoolean()), ServerStep.data(Arrays.copyOfRange(DATA, 300, 700)), ServerStep.TICKET,
				ServerStep.CLOSE_NOTIFY));
		server.suite = TlsNumbers.AES_128_GCM_SHA256 + choice.nextInt(4);
		server.group = retry ? TlsNumbers.SECP256R1 : 0;
		server.cookie = retry ? ScriptedServer.bytes(seed, 40) : null;
		server.identity = ServerIdentity.of(choice.nextInt(4) == 0 ? "RSA-2048" : "P-256", choice.nextInt(3));
		server.framing = choice.nextBoolean() ? Framing.COALESCED : Framing.ONE_PER_MESSAGE;
		server.alpn = choice.nextBoolean() ? "mqtt" : null;
		reset();
		EngineHarness harness = new EngineHarness(this.engine, server).start();
		checkHonest(harness);
		this.records = List.copyOf(server.sent);
		this.engineBytes = Octets.concat(server.client.wire.toArray(new byte[0][]));
		int hellos = 0;
		for (byte[] record : server.client.wire) {
			if (record[0] != TlsNumbers.APPLICATION_DATA) {
				hellos += record.length;
			}
		}
		this.certain = hellos + 53;
	}

	private void checkHonest(EngineHarness harness) {
		if (this.engine.error() != 0 || !Arrays.equals(DATA, harness.received())) {
			throw new IllegalStateException("the recording itself failed: " + this.engine.error());
		}
	}

	private static boolean fill(Random from, byte[] output, int offset, int length) {
		byte[] bytes = new byte[length];
		from.nextBytes(bytes);
		System.arraycopy(bytes, 0, output, offset, length);
		return true;
	}

	private EngineConfig serverConfig(CryptoProvider crypto, Random choice) {
		EngineConfig config = new EngineConfig(crypto, (output, offset, length) -> fill(this.engineRandom, output, offset, length),
				EngineHarness.ANCHORS, EngineHarness.CLOCK, new Tls13Server()).recordInLimit(512 << choice.nextInt(4))
						.identity(ServerConfigs.identity(crypto, ServerIdentity.of(choice.nextBoolean() ? "P-256" : "Ed25519")))
						.applicationProtocols("h2", "mqtt").preSharedKeys(new PreSharedKey(PSK_NAME, PSK)).pskOnly(choice.nextBoolean());
		if (choice.nextBoolean()) {
			// The keys stay; the nonces begin again with each connection.
			TicketKeys keys = new TicketKeys(new ChaCha20Poly1305(new AeadOperation()), Aead.CHACHA20_POLY1305,
					(output, offset, length) -> fill(this.ticketRandom, output, offset, length));
			keys.rotate();
			config.tickets(keys, 1 + choice.nextInt(2), 100);
		}
		return config;
	}

	private static ScriptedClient client(Random choice, boolean asked) {
		boolean psk = choice.nextInt(3) == 0;
		boolean only = psk && choice.nextBoolean();
		// Without key agreement there is no share to ask for again.
		boolean retry = !only && choice.nextInt(3) == 0;
		ClientScript script = retry ? ClientScript.retried() : ClientScript.full();
		if (asked && !psk) {
			script.before(ClientStep.FINISHED, ClientStep.CERTIFICATE, ClientStep.VERIFY);
		}
		ScriptedClient client = new ScriptedClient().script(script);
		if (psk) {
			client.psks.add(Psk.external(PSK_NAME, PSK, "SHA-256"));
			client.pskModes = only ? List.of(Psk.ONLY, Psk.DHE) : List.of(Psk.DHE);
		}
		client.shares = retry ? List.of() : client.shares;
		client.suites = List.of(TlsNumbers.AES_128_GCM_SHA256 + choice.nextInt(psk ? 1 : 4));
		client.identity = ServerIdentity.ofClient(choice.nextInt(4) == 0 ? "RSA-2048" : "P-256", choice.nextInt(3));
		client.framing = choice.nextBoolean() ? Framing.COALESCED : Framing.ONE_PER_MESSAGE;
		client.alpn = choice.nextBoolean() ? List.of("coap", "mqtt") : List.of();
		return client;
	}

	/** Starts the engine, with the randomness of the recording. */
	void start() {
		reset();
		if (this.server) {
			this.engine.accept();
		} else {
			this.engine.start(ServerIdentity.SERVER_NAME);
		}
	}

	/** Makes the engine's randomness begin again. */
	private void reset() {
		this.engineRandom.setSeed(this.seed);
		this.ticketRandom.setSeed(this.seed);
	}

	/** Protects records anew and lays them behind each other. */
	static byte[] wire(List<SentRecord> records, Random random) {
		Map<RecordProtection, RecordProtection> fresh = new IdentityHashMap<>();
		Octets wire = new Octets();
		for (SentRecord record : records) {
			if (record.keys() == null) {
				wire.add(Octets.record(record.type(), 0x0303, record.content()));
			} else {
				int padding = random.nextInt(20) == 0 ? random.nextInt(64) : 0;
				wire.add(fresh.computeIfAbsent(record.keys(), RecordProtection::fromStart).seal(record.type(), record.content(), padding));
			}
		}
		return wire.toBytes();
	}

	/** The records with the handshake messages under one key joined and damaged, and cut again. */
	List<SentRecord> damageMessages(Mutator mutator, Random random) {
		List<RecordProtection> keys = new ArrayList<>();
		for (SentRecord record : this.records) {
			if (record.type() == TlsNumbers.HANDSHAKE && !keys.contains(record.keys())) {
				keys.add(record.keys());
			}
		}
		RecordProtection chosen = keys.get(random.nextInt(keys.size()));
		Octets stream = new Octets();
		this.records.stream().filter(r -> r.type() == TlsNumbers.HANDSHAKE && r.keys() == chosen).forEach(r -> stream.add(r.content()));
		byte[] damaged = mutator.damage(stream.toBytes());
		List<SentRecord> result = new ArrayList<>();
		boolean done = false;
		for (SentRecord record : this.records) {
			if (record.type() != TlsNumbers.HANDSHAKE || record.keys() != chosen) {
				result.add(record);
			} else if (!done) {
				done = true;
				int most = random.nextBoolean() ? 500 : 1 + random.nextInt(500);
				for (byte[] piece : Framing.cut(damaged, most)) {
					result.add(new SentRecord(chosen, TlsNumbers.HANDSHAKE, piece));
				}
			}
		}
		return result;
	}

	/** The records with one of them damaged inside its protection: content or type. */
	List<SentRecord> damageRecord(Mutator mutator, Random random) {
		List<SentRecord> result = new ArrayList<>(this.records);
		int at = random.nextInt(result.size());
		SentRecord record = result.get(at);
		int type = random.nextInt(3) == 0 ? random.nextInt(30) : record.type();
		byte[] content = type == record.type() || random.nextBoolean() ? mutator.damage(record.content()) : record.content();
		result.set(at, new SentRecord(record.keys(), type, content.length > 16000 ? record.content() : content));
		return result;
	}

	/** The records lost, doubled, exchanged, moved. */
	List<SentRecord> damageOrder(Mutator mutator, Random random) {
		List<SentRecord> result = new ArrayList<>(this.records);
		for (int times = 1 + random.nextInt(3); times > 0 && result.size() > 1; times--) {
			mutator.shuffle(result);
		}
		return result;
	}
}
