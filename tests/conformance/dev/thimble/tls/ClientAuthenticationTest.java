/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;
import dev.thimble.identity.Identity;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.ExtensionList;
import dev.thimble.support.Framing;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;

/** A client that proves who it is, and what it sends to whom. The scripted server checks every message and the signature. */
class ClientAuthenticationTest {

	private static final byte[] PING = ScriptedServer.bytes(3, 900);
	private static final byte[] EVERY_SCHEME = new Octets().u16(ED25519).u16(ECDSA_SECP384R1_SHA384).u16(ECDSA_SECP256R1_SHA256).toBytes();
	private static final int CERTIFICATE_AUTHORITIES = 47;
	private static final int SIGNATURE_ALGORITHMS_CERT = 50;

	private static Identity identity(CryptoProvider crypto, ServerIdentity from) {
		return new Identity(crypto, Octets.concat(from.chain.toArray(new byte[0][])), from.key.getEncoded());
	}

	private static EngineConfig config(ServerIdentity... identities) {
		CryptoProvider crypto = new JceCrypto();
		Identity[] made = new Identity[identities.length];
		for (int i = 0; i < made.length; i++) {
			made[i] = identity(crypto, identities[i]);
		}
		return EngineHarness.config(crypto, 1).identity(made);
	}

	private static byte[] request(ExtensionList extensions) {
		return Messages.certificateRequest(new byte[0], extensions);
	}

	private static byte[] list(byte[] content) {
		return new Octets().vector16(content).toBytes();
	}

	private static ScriptedServer server(byte[] request) {
		ScriptedServer server = new ScriptedServer().script(Script.requested());
		server.beforeHash.put(CERTIFICATE_REQUEST, m -> request);
		return server;
	}

	private static ScriptedServer server() {
		return server(request(new ExtensionList().add(SIGNATURE_ALGORITHMS, list(EVERY_SCHEME))));
	}

	private static void assertSent(EngineHarness harness, int index, ServerIdentity identity) {
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertTrue(harness.server.client.finished);
		assertTrue(harness.engine.handshakeComplete());
		assertTrue(harness.engine.certificateRequested());
		assertEquals(index, harness.engine.identity());
		assertEquals(identity.scheme, harness.server.client.scheme);
		assertEquals(identity.chain.size(), harness.server.client.chain.size());
		for (int i = 0; i < identity.chain.size(); i++) {
			assertArrayEquals(identity.chain.get(i), harness.server.client.chain.get(i));
		}
		harness.send(PING);
		assertArrayEquals(PING, harness.server.client.data());
	}

	private static void assertNothingSent(EngineHarness harness) {
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertTrue(harness.server.client.finished);
		assertEquals(-1, harness.engine.identity());
		assertArrayEquals(Octets.of(CERTIFICATE, 0, 0, 4, 0, 0, 0, 0), harness.server.client.certificate);
	}

	// Sending.

	@ParameterizedTest
	@CsvSource({ "P-256,0", "P-256,4", "P-384,0", "P-384,3", "Ed25519,0", "Ed25519,3" })
	void provesItself(String kind, int intermediates) {
		ServerIdentity identity = ServerIdentity.of(kind, intermediates);
		for (int suite : new int[] { AES_128_GCM_SHA256, AES_256_GCM_SHA384 }) {
			for (int out : new int[] { 512, 700, 2048, 16384 }) {
				for (int peer : new int[] { 64, 100, 513, 16385 }) {
					ScriptedServer server = server();
					server.suite = suite;
					server.recordSizeLimit = peer;
					assertSent(EngineHarness.connect(config(identity).recordOutLimit(out), server), 0, identity);
					assertTrue(server.client.largestInner <= peer && server.client.largestInner <= out + 1);
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "P-256", "P-384", "Ed25519" })
	void provesItselfWithPortablePrimitives(String kind) {
		ServerIdentity identity = ServerIdentity.of(kind, 1);
		CryptoProvider crypto = new PortableEcCrypto();
		EngineConfig config = EngineHarness.config(crypto, 1).recordInLimit(512).recordOutLimit(512).identity(identity(crypto, identity));
		TlsEngine engine = new TlsEngine(config);
		for (int suite : new int[] { AES_128_GCM_SHA256, AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256, AES_128_CCM_SHA256 }) {
			ScriptedServer server = server();
			server.suite = suite;
			EngineHarness harness = new EngineHarness(engine, server).start();
			assertSent(harness, 0, identity);
			engine.abort();
			assertNull(new SecretSearch().add(server).findIn(engine));
		}
	}

	/** PSS in CertificateVerify, whatever the server takes in certificates (RFC 8446 §4.2.3). */
	@Test
	void provesItselfWithAnRsaKey() {
		ServerIdentity identity = ServerIdentity.of("RSA-2048", 1);
		PortableCrypto crypto = new PortableCrypto();
		Identity[] both = Identity.rsa(crypto, Octets.concat(identity.chain.toArray(new byte[0][])), identity.key.getEncoded());
		TlsEngine engine = new TlsEngine(EngineHarness.config(crypto, 1).recordInLimit(512).recordOutLimit(512).identity(both));
		byte[] pss = request(new ExtensionList().add(SIGNATURE_ALGORITHMS, list(new Octets().u16(RSA_PKCS1_SHA256).u16(RSA_PSS_RSAE_SHA256)
				.u16(ECDSA_SECP256R1_SHA256).toBytes())));
		assertSent(new EngineHarness(engine, server(pss)).start(), 0, identity);
		byte[] pkcs1 = request(new ExtensionList().add(SIGNATURE_ALGORITHMS, list(new Octets().u16(RSA_PKCS1_SHA256).u16(ECDSA_SECP256R1_SHA256).toBytes())));
		assertNothingSent(new EngineHarness(engine, server(pkcs1)).start());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void anyDelivery(long seed) {
		Random random = new Random(seed);
		ServerIdentity identity = ServerIdentity.of(random.nextBoolean() ? "P-256" : "Ed25519", random.nextInt(4));
		ScriptedServer server = server();
		server.framing = Framing.random(seed, 1 + random.nextInt(300));
		server.script(random.nextBoolean() ? Script.requested()
				: Script.requested().before(ServerStep.AWAIT_FINISHED, ServerStep.data(PING), ServerStep.data(PING)));
		boolean early = server.script.size() > Script.requested().steps().size();
		EngineHarness harness = new EngineHarness(new TlsEngine(config(identity).recordOutLimit(512 + random.nextInt(1000))), server);
		harness.chunks = random;
		harness.chunk = 1 + random.nextInt(1500);
		harness.outChunk = 1 + random.nextInt(600);
		harness.start();
		assertSent(harness, 0, identity);
		assertArrayEquals(early ? Octets.concat(PING, PING) : new byte[0], harness.received());
	}

	/** RFC 8446 §4.6.1, §4.6.3: tickets and key updates of a server that does not wait for our flight, cut anywhere. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 8, 13, 30 })
	void messagesOfAServerThatDoesNotWait(int piece) {
		ServerIdentity identity = ServerIdentity.of("P-256", 2);
		TlsEngine engine = new TlsEngine(config(identity));
		for (int eager = 0; eager < 60; eager++) {
			for (boolean requested : new boolean[] { true, false }) {
				ScriptedServer server = server().script((requested ? Script.requested() : Script.full()).before(ServerStep.AWAIT_FINISHED,
						ServerStep.TICKET, ServerStep.TICKET, ServerStep.keyUpdate(true), ServerStep.data(PING)));
				server.framing = messages -> messages.stream().anyMatch(m -> m[0] == NEW_SESSION_TICKET)
						? Framing.pieces(piece).records(messages) : Framing.ONE_PER_MESSAGE.records(messages);
				EngineHarness harness = new EngineHarness(engine, server);
				harness.eager = eager;
				harness.start();
				assertEquals(TlsError.name(0), TlsError.name(engine.error()), "after " + eager);
				assertArrayEquals(PING, harness.received());
				assertEquals(1, server.client.keyUpdates);
				assertEquals(requested ? identity.scheme : 0, server.client.scheme);
			}
		}
	}

	@Test
	void aServerThatDoesNotAskGetsNothing() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(config(ServerIdentity.of("P-256")), server);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
		assertNull(server.client.certificate);
		assertEquals(-1, harness.engine.identity());
		assertTrue(!harness.engine.certificateRequested());
	}

	@Test
	void oneEngineForServersThatAskAndOthers() {
		ServerIdentity identity = ServerIdentity.of("P-384", 1);
		TlsEngine engine = new TlsEngine(config(identity));
		for (int i = 0; i < 30; i++) {
			ScriptedServer server = i % 3 == 0 ? new ScriptedServer() : server();
			server.suite = AES_128_GCM_SHA256 + i % 2;
			EngineHarness harness = new EngineHarness(engine, server);
			harness.start();
			if (i % 3 == 0) {
				assertEquals(-1, engine.identity());
			} else {
				assertSent(harness, 0, identity);
			}
			engine.abort();
			assertNull(new SecretSearch().add(server).findIn(engine));
		}
	}

	/** An engine that is stopped at any moment, half-made signatures included, leaves no secret and connects again. */
	@Test
	void stoppedAtAnyMoment() {
		ServerIdentity identity = ServerIdentity.of("P-256");
		TlsEngine engine = new TlsEngine(config(identity));
		EngineHarness whole = new EngineHarness(engine, server()).start();
		assertSent(whole, 0, identity);
		long steps = whole.steps;
		for (int i = 0; i < steps; i++) {
			ScriptedServer server = server();
			engine.start(ServerIdentity.SERVER_NAME);
			abortAfter(new EngineHarness(engine, server), i);
			assertEquals(TlsError.ABORTED, engine.error());
			assertNull(new SecretSearch().add(server).findIn(engine));
		}
		assertSent(new EngineHarness(engine, server()).start(), 0, identity);
	}

	private static void abortAfter(EngineHarness harness, int steps) {
		TlsEngine engine = harness.engine;
		byte[] in = new byte[0];
		int at = 0;
		for (int done = 0; done < steps && (engine.state() & TlsEngine.CLOSED) == 0 && !engine.handshakeComplete();) {
			if ((engine.state() & TlsEngine.BUSY) != 0) {
				engine.step();
				done++;
			} else if ((engine.state() & TlsEngine.HAS_RECORD_OUT) != 0) {
				byte[] out = new byte[engine.recordOutLength()];
				System.arraycopy(engine.recordOutArray(), engine.recordOutOffset(), out, 0, out.length);
				engine.recordOutAck(out.length);
				harness.server.receive(out);
			} else {
				if (at == in.length) {
					in = harness.server.take();
					at = 0;
				}
				int n = Math.min(in.length - at, engine.recordInLength());
				System.arraycopy(in, at, engine.recordInArray(), engine.recordInOffset(), n);
				engine.recordInAck(n);
				at += n;
			}
		}
		engine.abort();
	}

	@Test
	void aWipedKeyLeavesNoTraceAndEndsTheHandshake() throws GeneralSecurityException {
		ServerIdentity from = ServerIdentity.of("P-256");
		byte[] secret = ((java.security.interfaces.ECPrivateKey) from.key).getS().toByteArray();
		byte[] scalar = new byte[32];
		System.arraycopy(secret, Math.max(0, secret.length - 32), scalar, Math.max(0, 32 - secret.length), Math.min(32, secret.length));
		CryptoProvider crypto = new PortableEcCrypto();
		Identity identity = identity(crypto, from);
		TlsEngine engine = new TlsEngine(EngineHarness.config(crypto, 1).identity(identity));
		assertSent(new EngineHarness(engine, server()).start(), 0, from);
		engine.abort();
		identity.wipe();
		assertNull(new SecretSearch().add("private key", scalar).findIn(engine));
		EngineHarness harness = new EngineHarness(engine, server()).start();
		Refusal.assertRefused(harness, TlsError.SIGNING_FAILED, INTERNAL_ERROR, true);
	}

	// Selection.

	/** A request, and the index of what is selected of P-256, P-384 and Ed25519, with one, two and three intermediate authorities; -1: none. */
	record Choice(String name, int expected, ExtensionList extensions) {
		@Override
		public String toString() {
			return this.name;
		}
	}

	private static final List<ServerIdentity> THREE = List.of(ServerIdentity.of("P-256", 1), ServerIdentity.of("P-384", 2),
			ServerIdentity.of("Ed25519", 3));

	private static byte[] schemes(int... numbers) {
		Octets all = new Octets();
		for (int number : numbers) {
			all.u16(number);
		}
		return list(all.toBytes());
	}

	private static byte[] issuer(ServerIdentity identity, int index) {
		try {
			return ((X509Certificate) CertificateFactory.getInstance("X.509")
					.generateCertificate(new ByteArrayInputStream(identity.chain.get(index)))).getIssuerX500Principal().getEncoded();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private static byte[] names(byte[]... names) {
		Octets all = new Octets();
		for (byte[] name : names) {
			all.vector16(name);
		}
		return list(all.toBytes());
	}

	private static Choice choice(String name, int expected, Consumer<ExtensionList> request) {
		ExtensionList extensions = new ExtensionList();
		request.accept(extensions);
		return new Choice(name, expected, extensions);
	}

	private static Choice named(String name, int expected, byte[]... authorities) {
		return choice(name, expected, e -> e.add(SIGNATURE_ALGORITHMS, list(EVERY_SCHEME)).add(CERTIFICATE_AUTHORITIES, names(authorities)));
	}

	static Stream<Choice> choices() {
		byte[] stranger = ScriptedServer.bytes(4, 90);
		byte[] root = issuer(THREE.get(0), 1);
		List<byte[]> own = THREE.stream().map(i -> issuer(i, 0)).toList();
		byte[][] many = Stream.generate(() -> stranger).limit(300).toArray(byte[][]::new);
		many[250] = own.get(1);
		return Stream.of(choice("every scheme", 0, e -> e.add(SIGNATURE_ALGORITHMS, list(EVERY_SCHEME))),
				choice("P-384 first of the server's, but the client's order decides", 0,
						e -> e.add(SIGNATURE_ALGORITHMS, schemes(ECDSA_SECP384R1_SHA384, ECDSA_SECP256R1_SHA256))),
				choice("P-384 for keys", 1, e -> e.add(SIGNATURE_ALGORITHMS, schemes(ECDSA_SECP384R1_SHA384)).add(SIGNATURE_ALGORITHMS_CERT,
						schemes(ECDSA_SECP256R1_SHA256))),
				choice("the other order of extensions", 1, e -> e.add(SIGNATURE_ALGORITHMS_CERT, schemes(ECDSA_SECP256R1_SHA256))
						.add(SIGNATURE_ALGORITHMS, schemes(ECDSA_SECP384R1_SHA384))),
				choice("Ed25519 for keys", 2, e -> e.add(0x1234, new byte[700]).add(SIGNATURE_ALGORITHMS, schemes(0x0201, ED25519, 0xfefe,
						ECDSA_SECP256R1_SHA256).clone()).remove(SIGNATURE_ALGORITHMS).add(SIGNATURE_ALGORITHMS, schemes(0xfefe, ED25519))
						.add(SIGNATURE_ALGORITHMS_CERT, schemes(RSA_PKCS1_SHA256, ECDSA_SECP256R1_SHA256))),
				choice("P-384 for keys and certificates, which are signed with SHA-256", -1,
						e -> e.add(SIGNATURE_ALGORITHMS, schemes(ECDSA_SECP384R1_SHA384))),
				choice("certificates signed with RSA", -1, e -> e.add(SIGNATURE_ALGORITHMS, list(EVERY_SCHEME)).add(SIGNATURE_ALGORITHMS_CERT,
						schemes(RSA_PKCS1_SHA256, RSA_PSS_RSAE_SHA256, RSA_PSS_RSAE_SHA384, RSA_PSS_RSAE_SHA512, RSA_PSS_PSS_SHA256, 0x080a, 0x080b,
						0x0501, 0x0601, 0x0603, ECDSA_SECP384R1_SHA384, ED25519, 0x0203))),
				choice("RSA for keys", -1, e -> e.add(SIGNATURE_ALGORITHMS, schemes(RSA_PSS_RSAE_SHA256, RSA_PKCS1_SHA256))),
				named("no names in the list", 0), named("the root", 0, root), named("a stranger", -1, stranger),
				named("a stranger and the root", 0, stranger, root), named("the root and a stranger", 0, root, stranger),
				named("P-384's own authority among many", 1, many), named("Ed25519's own authority", 2, own.get(2)),
				named("two of them", 1, own.get(2), own.get(1)), named("a name's beginning", -1, java.util.Arrays.copyOf(root, root.length - 1)),
				named("a name with another end", -1, Messages.flip(root, -1)), named("a name and more", -1, Octets.concat(root, new byte[1])),
				named("a name of one byte", -1, Octets.of(0x30)), named("the longest name", -1, new byte[65000]),
				choice("names and a scheme for keys", 2, e -> e.add(CERTIFICATE_AUTHORITIES, names(root)).add(SIGNATURE_ALGORITHMS,
						schemes(ED25519)).add(SIGNATURE_ALGORITHMS_CERT, schemes(ECDSA_SECP256R1_SHA256))),
				choice("names that fit one and a scheme that fits another", -1, e -> e.add(CERTIFICATE_AUTHORITIES, names(own.get(2)))
						.add(SIGNATURE_ALGORITHMS, schemes(ECDSA_SECP384R1_SHA384)).add(SIGNATURE_ALGORITHMS_CERT, schemes(ECDSA_SECP256R1_SHA256))));
	}

	@ParameterizedTest
	@MethodSource("choices")
	void selectsWhatTheServerWants(Choice choice) {
		for (int piece : new int[] { 7, 400 }) {
			ScriptedServer server = server(request(choice.extensions));
			server.framing = Framing.pieces(piece);
			EngineHarness harness = EngineHarness.connect(config(THREE.toArray(new ServerIdentity[0])), server);
			if (choice.expected < 0) {
				assertNothingSent(harness);
			} else {
				assertSent(harness, choice.expected, THREE.get(choice.expected));
			}
		}
	}

	/** A selection holds for one connection. */
	@Test
	void selectsAnewForEachConnection() {
		TlsEngine engine = new TlsEngine(config(THREE.toArray(new ServerIdentity[0])));
		IntPredicate ofExisting = i -> i >= 0;
		List<Choice> all = new ArrayList<>(choices().toList());
		for (int i = 0; i < 12; i++) {
			Choice choice = all.get(i * 5 % all.size());
			EngineHarness harness = new EngineHarness(engine, server(request(choice.extensions))).start();
			if (ofExisting.test(choice.expected)) {
				assertSent(harness, choice.expected, THREE.get(choice.expected));
			} else {
				assertNothingSent(harness);
			}
			engine.abort();
		}
	}

	// Wrong.

	static Stream<Refusal> wrongRequests() {
		byte[] schemes = list(EVERY_SCHEME);
		return Stream.of(wrong("no signature_algorithms", TlsError.MISSING_EXTENSION, MISSING_EXTENSION, e -> e.add(CERTIFICATE_AUTHORITIES, names())),
				wrong("empty signature_algorithms", TlsError.DECODE_ERROR, DECODE_ERROR, e -> e.add(SIGNATURE_ALGORITHMS, Octets.of(0, 0))),
				wrong("half a scheme", TlsError.DECODE_ERROR, DECODE_ERROR, e -> e.add(SIGNATURE_ALGORITHMS, Octets.of(0, 3, 4, 3, 8))),
				wrong("a list longer than told", TlsError.DECODE_ERROR, DECODE_ERROR, e -> e.add(SIGNATURE_ALGORITHMS, Octets.of(0, 2, 4, 3, 8, 7))),
				wrong("a list shorter than told", TlsError.DECODE_ERROR, DECODE_ERROR, e -> e.add(SIGNATURE_ALGORITHMS, Octets.of(0, 6, 4, 3, 8, 7))),
				wrong("empty signature_algorithms_cert", TlsError.DECODE_ERROR, DECODE_ERROR,
						e -> e.add(SIGNATURE_ALGORITHMS, schemes).add(SIGNATURE_ALGORITHMS_CERT, Octets.of(0, 0))),
				wrong("signature_algorithms_cert twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER, e -> e.add(SIGNATURE_ALGORITHMS, schemes)
						.add(SIGNATURE_ALGORITHMS_CERT, schemes).add(SIGNATURE_ALGORITHMS_CERT, schemes)),
				wrong("an empty name", TlsError.DECODE_ERROR, DECODE_ERROR,
						e -> e.add(SIGNATURE_ALGORITHMS, schemes).add(CERTIFICATE_AUTHORITIES, Octets.of(0, 2, 0, 0))),
				wrong("half a name's length", TlsError.DECODE_ERROR, DECODE_ERROR,
						e -> e.add(SIGNATURE_ALGORITHMS, schemes).add(CERTIFICATE_AUTHORITIES, Octets.of(0, 1, 0))),
				wrong("a name longer than the list", TlsError.DECODE_ERROR, DECODE_ERROR,
						e -> e.add(SIGNATURE_ALGORITHMS, schemes).add(CERTIFICATE_AUTHORITIES, Octets.of(0, 4, 0, 3, 1, 2))),
				wrong("names longer than told", TlsError.DECODE_ERROR, DECODE_ERROR,
						e -> e.add(SIGNATURE_ALGORITHMS, schemes).add(CERTIFICATE_AUTHORITIES, Octets.of(0, 3, 0, 1, 1, 1))),
				wrong("certificate_authorities of one byte", TlsError.DECODE_ERROR, DECODE_ERROR,
						e -> e.add(SIGNATURE_ALGORITHMS, schemes).add(CERTIFICATE_AUTHORITIES, Octets.of(0))),
				Refusal.of("a context", TlsError.CERTIFICATE_CONTEXT, ILLEGAL_PARAMETER, s -> {
					s.script(Script.requested());
					s.beforeHash.put(CERTIFICATE_REQUEST, m -> Messages.certificateRequest(Octets.of(1), new ExtensionList().add(
							SIGNATURE_ALGORITHMS, schemes)));
				}), Refusal.of("twice", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
						s -> s.script(Script.requested().after(ServerStep.REQUEST, ServerStep.REQUEST))),
				Refusal.of("behind Certificate", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
						s -> s.script(Script.full().after(ServerStep.CERTIFICATE, ServerStep.REQUEST))),
				Refusal.of("before EncryptedExtensions", TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE,
						s -> s.script(Script.full().before(ServerStep.EXTENSIONS, ServerStep.REQUEST))));
	}

	private static Refusal wrong(String name, int error, int alert, Consumer<ExtensionList> extensions) {
		ExtensionList list = new ExtensionList();
		extensions.accept(list);
		return Refusal.of(name, error, alert, s -> {
			s.script(Script.requested());
			s.beforeHash.put(CERTIFICATE_REQUEST, m -> request(list));
		});
	}

	@ParameterizedTest
	@MethodSource("wrongRequests")
	void refusesWrongRequests(Refusal refusal) {
		refusal.with(c -> c.identity(identity(new JceCrypto(), ServerIdentity.of("P-256")))).run(true);
	}

	/** RFC 8446 §4.6.2: we do not offer post_handshake_auth. */
	@Test
	void refusesARequestBehindTheHandshake() {
		ServerIdentity identity = ServerIdentity.of("P-256");
		for (boolean asked : new boolean[] { true, false }) {
			ScriptedServer server = asked ? server() : new ScriptedServer();
			EngineHarness harness = EngineHarness.connect(config(identity), server);
			harness.then(ServerStep.message(Messages.certificateRequest(Octets.of(7), new ExtensionList().add(SIGNATURE_ALGORITHMS,
					list(EVERY_SCHEME)))));
			Refusal.assertRefused(harness, TlsError.UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE, true);
		}
	}

	/** A server judges our certificate after our handshake is complete: its alert is the error then. */
	@ParameterizedTest
	@ValueSource(ints = { 42, 43, 44, 45, 46, 48, 49, 51, 116 })
	void reportsTheServersVerdict(int alert) {
		for (ServerIdentity[] identities : new ServerIdentity[][] { {}, { ServerIdentity.of("P-256") } }) {
			ScriptedServer server = server().script(Script.requested().add(ServerStep.alert(2, alert)));
			EngineHarness harness = EngineHarness.connect(config(identities), server);
			Refusal.assertEndedSilently(harness, TlsError.ALERT_RECEIVED);
			assertEquals(alert, harness.engine.alertReceived());
			assertTrue(harness.engine.certificateRequested());
			assertEquals(identities.length - 1, harness.engine.identity());
		}
	}

	@Test
	void refusesWrongConfigurations() {
		CryptoProvider crypto = new JceCrypto();
		Identity five = identity(crypto, ServerIdentity.of("P-256", 4));
		TlsEngine most = new TlsEngine(EngineHarness.config(crypto, 1).identity(five, five, five));
		assertEquals(-1, most.identity());
		assertThrows(IllegalArgumentException.class, () -> new TlsEngine(EngineHarness.config(crypto, 1).identity(five, five, five, five)));
		CryptoProvider without = (CryptoProvider) Proxy.newProxyInstance(CryptoProvider.class.getClassLoader(), new Class<?>[] { CryptoProvider.class },
				(proxy, method, arguments) -> method.getName().endsWith("Hash") && arguments[0].equals(Hash.SHA_384) ? null
						: method.invoke(crypto, arguments));
		EngineConfig noSha384 = EngineHarness.config(without, 1).cipherSuites(AES_128_GCM_SHA256);
		assertThrows(IllegalArgumentException.class,
				() -> new TlsEngine(noSha384.identity(identity(crypto, ServerIdentity.of("P-384")))));
		Signer p384 = identity(crypto, ServerIdentity.of("P-384")).signer();
		assertEquals(SignatureVerifier.ECDSA_P384, p384.algorithm());
		assertThrows(IllegalArgumentException.class,
				() -> new Identity(crypto, Octets.concat(ServerIdentity.of("P-256").chain.toArray(new byte[0][])), p384));
	}
}
