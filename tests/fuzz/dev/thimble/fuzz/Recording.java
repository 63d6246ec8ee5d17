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

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.Framing;
import dev.thimble.support.Octets;
import dev.thimble.support.RecordProtection;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedPeer.SentRecord;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TlsNumbers;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.TlsEngine;

/**
 * A whole connection recorded once: the engine's randomness repeats, so its ClientHello does, and the recorded answer fits again and again.
 * Whatever is done to the answer, the engine may only ever send what it sent in the recording: Finished covers all.
 */
final class Recording {

	/** The application data the server sends. */
	static final byte[] DATA = ScriptedServer.bytes(99, 700);

	final TlsEngine engine;
	/** The server's records in order. */
	final List<SentRecord> records;
	/** All bytes the client sent: ClientHello (once or twice), change_cipher_spec, Finished, answers to key updates. */
	final byte[] clientBytes;
	/** How many of them come before Finished. */
	final int helloBytes;

	private final Random engineRandom = new Random();
	private final long seed;

	Recording(CryptoProvider crypto, long seed) {
		Random choice = MutatedFlightsTest.random(seed);
		this.seed = seed;
		EngineConfig config = new EngineConfig(crypto, (output, offset, length) -> {
			byte[] bytes = new byte[length];
			this.engineRandom.nextBytes(bytes);
			System.arraycopy(bytes, 0, output, offset, length);
			return true;
		}, EngineHarness.ANCHORS, EngineHarness.CLOCK).recordInLimit(512 << choice.nextInt(4)).applicationProtocols("h2", "mqtt");
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
		if (this.engine.error() != 0 || !Arrays.equals(DATA, harness.received())) {
			throw new IllegalStateException("the recording itself failed: " + this.engine.error());
		}
		this.records = List.copyOf(server.sent);
		this.clientBytes = Octets.concat(server.client.wire.toArray(new byte[0][]));
		int hellos = 0;
		for (byte[] record : server.client.wire) {
			if (record[0] != TlsNumbers.APPLICATION_DATA) {
				hellos += record.length;
			}
		}
		this.helloBytes = hellos;
	}

	/** Makes the engine's randomness begin again. */
	void reset() {
		this.engineRandom.setSeed(this.seed);
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
