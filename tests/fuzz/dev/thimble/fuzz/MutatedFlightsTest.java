/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.thimble.crypto.PortableCrypto;
import dev.thimble.identity.Identity;
import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientStep;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TlsNumbers;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/**
 * 100,000 damaged flights of a server, and of a client, plain and sealed anew after the damage: each ends with an error code or does no harm; nothing is thrown,
 * no byte is delivered that the peer did not seal, and never is the engine busy without end.
 *
 * <p>{@code -Dthimble.share=FRACTION} sets how many are run, 1 for all; what is run follows from the fixed seeds alone.
 */
class MutatedFlightsTest {

	private static final int FLIGHTS = 100_000;
	private static final double DEFAULT_SHARE = 0.3;
	private static final int WORKERS = 2;
	private static final int RECORDINGS = 40;
	/** A whole honest connection takes fewer steps than this with the portable primitives. */
	private static final int MOST_STEPS = 200_000;

	@Test
	void damagedFlightsOfAServerDoNoHarm() {
		damagedFlightsDoNoHarm(false);
	}

	@Test
	void damagedFlightsOfAClientDoNoHarm() {
		damagedFlightsDoNoHarm(true);
	}

	private static void damagedFlightsDoNoHarm(boolean server) {
		int flights = (int) (FLIGHTS * share());
		Map<String, AtomicInteger> ends = new TreeMap<>();
		Map<String, AtomicInteger> kinds = new TreeMap<>();
		AtomicInteger complete = new AtomicInteger();
		long start = System.nanoTime();
		IntStream.range(0, WORKERS).parallel().forEach(worker -> {
			Recording recording = null;
			int perRecording = Math.max(1, flights / WORKERS / RECORDINGS);
			int done = 0;
			for (int i = worker; i < flights; i += WORKERS) {
				if (done++ % perRecording == 0) {
					// Each eighth recording is made with the primitives a device has.
					int number = done / perRecording * WORKERS + worker;
					recording = new Recording(number % 8 == 7 ? new PortableCrypto() : new JceCrypto(), number, server);
				}
				Run run = run(recording, i);
				count(ends, run.end);
				count(kinds, run.kind);
				complete.addAndGet(run.complete ? 1 : 0);
			}
		});
		System.out.printf("Mutated flights of a %s: %d of %d in %.0f s; handshakes that completed before or in spite of the damage: %d%n",
				server ? "client" : "server", flights, FLIGHTS,
				(System.nanoTime() - start) / 1e9, complete.get());
		System.out.println("  by damage: " + kinds);
		System.out.println("  by end:    " + ends);
		assertEquals(flights, ends.values().stream().mapToInt(AtomicInteger::get).sum());
		assertTrue(ends.size() > 15, "the damage is too much alike");
	}

	/** One damaged flight. */
	private static Run run(Recording recording, int number) {
		Random random = random(number);
		Mutator mutator = new Mutator(random);
		Run run = new Run(recording, random);
		int kind = random.nextInt(8);
		try {
			if (kind <= 1) {
				run.kind = "wire bytes";
				run.feed(mutator.damage(Recording.wire(recording.records, random)));
			} else if (kind <= 5) {
				run.kind = "messages, sealed anew";
				run.feed(Recording.wire(recording.damageMessages(mutator, random), random));
			} else if (kind == 6) {
				run.kind = "a record's content or type, sealed anew";
				run.feed(Recording.wire(recording.damageRecord(mutator, random), random));
			} else {
				run.kind = "order of records, sealed anew";
				run.feed(Recording.wire(recording.damageOrder(mutator, random), random));
			}
		} catch (RuntimeException | AssertionError e) {
			throw new AssertionError("flight " + number + ", " + run.kind, e);
		}
		return run;
	}

	/** An engine fed with bytes, and what came of it. */
	private static final class Run {

		String kind;
		String end;
		boolean complete;
		private final Recording recording;
		private final Random random;
		private final Octets received = new Octets();
		private final Octets sent = new Octets();

		Run(Recording recording, Random random) {
			this.recording = recording;
			this.random = random;
		}

		void feed(byte[] bytes) {
			TlsEngine engine = this.recording.engine;
			this.recording.start();
			int at = 0;
			int steps = 0;
			int most = this.random.nextBoolean() ? Integer.MAX_VALUE : 1 + this.random.nextInt(700);
			for (int state = engine.state(); (state & TlsEngine.CLOSED) == 0; state = engine.state()) {
				assertTrue(++steps < MOST_STEPS, "busy without end");
				this.complete |= engine.handshakeComplete();
				if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
					this.sent.add(Arrays.copyOfRange(engine.recordOutArray(), engine.recordOutOffset(),
							engine.recordOutOffset() + engine.recordOutLength()));
					engine.recordOutAck(engine.recordOutLength());
				} else if ((state & TlsEngine.HAS_APP_IN) != 0) {
					assertTrue(engine.handshakeComplete(), "data before the handshake is complete");
					this.received.add(Arrays.copyOfRange(engine.appInArray(), engine.appInOffset(),
					engine.appInOffset() + engine.appInLength()));
					engine.appInAck(engine.appInLength());
				} else if ((state & TlsEngine.BUSY) != 0) {
					engine.step();
				} else if ((state & TlsEngine.WANTS_RECORD_IN) != 0 && at < bytes.length) {
					int count = Math.min(Math.min(most, bytes.length - at), engine.recordInLength());
					assertTrue(count > 0, "an open window of no bytes");
					System.arraycopy(bytes, at, engine.recordInArray(), engine.recordInOffset(), count);
					engine.recordInAck(count);
					at += count;
				} else if ((state & TlsEngine.WANTS_RECORD_IN) != 0) {
					engine.recordInEnd();
				} else if (engine.peerClosed() && (state & TlsEngine.WANTS_APP_OUT) != 0) {
					engine.shutdown();
				} else {
					throw new AssertionError("the engine wants nothing; state " + state);
				}
			}
			this.end = TlsError.name(engine.error());
			check(engine);
		}

		/** The oracle: Finished covers every byte, so all that was sent before an alert is what the undamaged connection sent. */
		private void check(TlsEngine engine) {
			byte[] out = this.sent.toBytes();
			byte[] honest = this.recording.engineBytes;
			byte[] data = this.received.toBytes();
			if (this.complete) {
				int certain = this.recording.certain;
				assertTrue(out.length >= certain, "no Finished was sent");
				assertTrue(Arrays.equals(honest, 0, certain, out, 0, certain), "a damaged handshake was completed");
			} else {
				assertEquals(0, data.length, "data without a handshake");
			}
			// Damage outside the seal: what is delivered is what the server sealed, in its order.
			if (this.kind.startsWith("wire")) {
				assertTrue(data.length <= Recording.DATA.length && Arrays.equals(data, 0, data.length, Recording.DATA, 0, data.length),
						"other data than the server sealed");
			}
			assertTrue(engine.error() != TlsError.NONE || engine.peerClosed(), "a clean end without close_notify");
		}
	}

	/** Messages damaged before they enter the transcript: CertificateVerify and Finished are right, so only the message itself is wrong. */
	@Test
	void damagedMessagesOfAnHonestServerDoNoHarm() {
		int flights = (int) (FLIGHTS / 5 * share());
		Map<String, AtomicInteger> ends = new TreeMap<>();
		byte[] request = Messages.certificateRequest(new byte[0], new ExtensionList()
				.add(TlsNumbers.SIGNATURE_ALGORITHMS, Octets.of(0, 6, 4, 3, 8, 7, 8, 4)).add(50, Octets.of(0, 4, 4, 3, 8, 4))
				.add(47, new Octets().vector16(new Octets().vector16(ServerIdentity.rootName()).vector16(new byte[20]).toBytes()).toBytes()));
		int[] types = { TlsNumbers.ENCRYPTED_EXTENSIONS, TlsNumbers.CERTIFICATE_REQUEST, TlsNumbers.CERTIFICATE, TlsNumbers.CERTIFICATE_VERIFY,
				TlsNumbers.SERVER_HELLO };
		IntStream.range(0, WORKERS).parallel().forEach(worker -> {
			JceCrypto crypto = new JceCrypto();
			EngineConfig config = EngineHarness.config(crypto, worker).applicationProtocols("h2", "mqtt");
			if (worker % 2 == 0) {
				ServerIdentity client = ServerIdentity.of("Ed25519", 1);
				config.identity(new Identity(crypto, Octets.concat(client.chain.toArray(new byte[0][])), client.key.getEncoded()));
			}
			TlsEngine engine = new TlsEngine(config);
			for (int i = worker; i < flights; i += WORKERS) {
				Random random = random(i);
				Mutator mutator = new Mutator(random);
				ScriptedServer server = new ScriptedServer().script(Script.requested().add(ServerStep.data(Octets.of(1, 2, 3))));
				server.alpn = "mqtt";
				int type = types[i / WORKERS % types.length];
				server.beforeHash.put(TlsNumbers.CERTIFICATE_REQUEST, m -> request);
				server.beforeHash.put(type, type == TlsNumbers.CERTIFICATE_REQUEST ? m -> mutator.damage(request) : mutator::damage);
				if (random.nextBoolean()) {
					server.encryptedExtensions = e -> e.add(TlsNumbers.SERVER_NAME, new byte[0]);
				}
				try {
					EngineHarness harness = new EngineHarness(engine, server);
					try {
						harness.start();
					} catch (IllegalStateException e) {
						// A ServerHello damaged without harm (its random) leads to other keys; the server's strictness then ends the run.
						assertTrue(type == TlsNumbers.SERVER_HELLO && e.getMessage().startsWith("client: "), e.getMessage());
					}
					boolean finished = server.client.finished;
					assertTrue(finished || harness.received().length == 0, "data without a handshake");
					count(ends, TlsError.name(engine.error()));
					engine.abort();
				} catch (RuntimeException | AssertionError e) {
					throw new AssertionError("message " + i + " of type " + type, e);
				}
			}
		});
		System.out.println("Mutated messages of an honest server: " + flights + "; by end: " + ends);
		assertTrue(ends.size() > 10, "the damage is too much alike");
	}

	/** The same of a client: what it hashes is what it sends, so a hello damaged without harm is answered, and all behind it fits. */
	@Test
	void damagedMessagesOfAnHonestClientDoNoHarm() {
		int flights = (int) (FLIGHTS / 10 * share());
		Map<String, AtomicInteger> ends = new TreeMap<>();
		int[] types = { TlsNumbers.CLIENT_HELLO, TlsNumbers.CERTIFICATE, TlsNumbers.CLIENT_HELLO, TlsNumbers.CERTIFICATE_VERIFY };
		IntStream.range(0, WORKERS).parallel().forEach(worker -> {
			TlsEngine engine = new TlsEngine(ServerConfigs.of("P-256", "Ed25519").applicationProtocols("h2", "mqtt").recordInLimit(600)
					.clientAuthentication(1 + worker % 2).tickets(ServerConfigs.ticketKeys(worker)));
			for (int i = worker; i < flights; i += WORKERS) {
				Random random = random(i);
				Mutator mutator = new Mutator(random);
				boolean retry = random.nextInt(3) == 0;
				ScriptedClient client = new ScriptedClient()
						.script((retry ? ClientScript.retried() : ClientScript.full()).before(ClientStep.FINISHED, ClientStep.CERTIFICATE, ClientStep.VERIFY)
								.add(ClientStep.data(Octets.of(1, 2, 3))));
				client.shares = retry ? List.of() : client.shares;
				client.identity = ServerIdentity.ofClient("P-256", 1);
				client.alpn = List.of("mqtt");
				int type = types[i / WORKERS % types.length];
				client.beforeHash.put(type, mutator::damage);
				try {
					EngineHarness harness = new EngineHarness(engine, client);
					try {
						harness.start();
					} catch (IllegalStateException e) {
						// A damaged hello asks for something else than the scripted client believes; its strictness then ends the run.
						assertTrue(type == TlsNumbers.CLIENT_HELLO && e.getMessage().startsWith("server: "), e.getMessage());
					}
					assertTrue(harness.everComplete || harness.received().length == 0, "data without a handshake");
					assertTrue(!harness.everComplete || client.server.finished, "a handshake the client has not completed");
					count(ends, TlsError.name(engine.error()));
					engine.abort();
				} catch (RuntimeException | AssertionError e) {
					throw new AssertionError("message " + i + " of type " + type, e);
				}
			}
		});
		System.out.println("Mutated messages of an honest client: " + flights + "; by end: " + ends);
		assertTrue(ends.size() > 10, "the damage is too much alike");
	}

	/** Seeds that differ little give numbers that differ little; so they are spread first. */
	static Random random(long seed) {
		return new Random((seed + 1) * 0x9e3779b97f4a7c15L);
	}

	private static void count(Map<String, AtomicInteger> counts, String name) {
		synchronized (counts) {
			counts.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
		}
	}

	private static double share() {
		String given = System.getProperty("thimble.share");
		return given == null ? DEFAULT_SHARE : Math.max(0.001, Math.min(1, Double.parseDouble(given)));
	}
}
