/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.FixedRandom;
import dev.thimble.support.Octets;
import dev.thimble.support.ReferenceSchedule;
import dev.thimble.x509.PathValidator;

/**
 * The traces of RFC 8448 §3, §4 and §5, byte for byte: the engine with the portable primitives sends exactly the client's records when it gets the
 * server's, whatever pieces they come in.
 *
 * <p>Two things are put into the engine from outside: the RFC's ClientHello, which has other extensions than ours, and an authentication that
 * accepts the RFC's self-signed certificate of 1024 bits (its signature in CertificateVerify is checked by the JDK).
 */
class Rfc8448TraceTest {

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100, 100000 })
	void simpleHandshake(int chunk) {
		Rfc8448 rfc = new Rfc8448(3);
		byte[] flight = Octets.concat(rfc.get("EncryptedExtensions"), rfc.get("Certificate"), rfc.get("CertificateVerify"),
				rfc.get("server Finished"));
		Trace trace = new Trace(rfc, chunk, certificate(rfc.get("Certificate")), List.of(rfc.get("ClientHello")), rfc.get("client private key"));
		trace.sends(rfc.get("ClientHello record"));
		assertArrayEquals(rfc.get("client public key"), trace.hello.share);
		trace.receives(rfc.get("ServerHello record"));
		trace.sends(new byte[0]);
		trace.receives(rfc.get("server flight record"));
		trace.sends(rfc.get("client Finished record"));
		assertTrue(trace.engine.handshakeComplete());
		assertEquals(KeyAgreement.X25519, trace.engine.group());
		assertFalse(trace.engine.helloRetried());
		assertEquals(flight.length + rfc.get("ServerHello").length, trace.engine.handshakeBytesIn());
		assertEquals(196 + 36, trace.engine.handshakeBytesOut());
		trace.receives(rfc.get("NewSessionTicket record"));
		byte[] data = new byte[50];
		for (int i = 0; i < data.length; i++) {
			data[i] = (byte) i;
		}
		trace.write(data);
		trace.sends(rfc.get("client data record"));
		trace.receives(rfc.get("server data record"));
		assertArrayEquals(data, trace.read());
		trace.closes();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100, 100000 })
	void helloRetryRequest(int chunk) {
		Rfc8448 rfc = new Rfc8448(5);
		// The certificate is the one of §3.
		Trace trace = new Trace(rfc, chunk, certificate(new Rfc8448(3).get("Certificate")), List.of(rfc.get("ClientHello 1"),
				rfc.get("ClientHello 2")),
				rfc.get("client x25519 private key"), rfc.get("client P-256 private key"));
		trace.sends(rfc.get("ClientHello 1 record"));
		trace.receives(rfc.get("HelloRetryRequest record"));
		trace.sends(rfc.get("ClientHello 2 record"));
		assertArrayEquals(rfc.get("client P-256 public key"), trace.hello.share);
		trace.receives(rfc.get("ServerHello record"));
		trace.receives(rfc.get("server flight record"));
		trace.sends(rfc.get("client Finished record"));
		assertTrue(trace.engine.helloRetried());
		assertEquals(KeyAgreement.SECP256R1, trace.engine.group());
		trace.closes();
	}

	/** The ticket of §3 becomes the session of §4; the binder is the engine's own. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100, 100000 })
	void resumedHandshakeWithEarlyData(int chunk) {
		Session session = new Session(new byte[400], 0, 400);
		Rfc8448 before = new Rfc8448(3);
		Trace full = new Trace(before, chunk, certificate(before.get("Certificate")), session, List.of(before.get("ClientHello")),
				before.get("client private key"));
		full.sends(before.get("ClientHello record"));
		full.receives(before.get("ServerHello record"));
		full.receives(before.get("server flight record"));
		full.sends(before.get("client Finished record"));
		full.receives(before.get("NewSessionTicket record"));
		full.engine.abort();
		assertTrue(session.valid());
		assertEquals(1024, session.maxEarlyData());

		Rfc8448 rfc = new Rfc8448(4);
		byte[] hello = rfc.get("ClientHello");
		Arrays.fill(hello, hello.length - 32, hello.length, (byte) 0);
		Trace trace = new Trace(rfc, chunk, certificate(before.get("Certificate")), session, List.of(hello), rfc.get("client private key"));
		trace.sends(rfc.get("ClientHello record"));
		assertFalse(trace.engine.handshakeComplete());
		trace.write(rfc.get("early data"));
		trace.sends(rfc.get("early data record"));
		trace.receives(rfc.get("ServerHello record"));
		trace.receives(rfc.get("server flight record"));
		trace.sends(Octets.concat(rfc.get("EndOfEarlyData record"), rfc.get("client Finished record")));
		assertTrue(trace.engine.handshakeComplete());
		assertTrue(trace.engine.resumed());
		assertTrue(trace.engine.earlyDataAccepted());
		trace.write(rfc.get("client data"));
		trace.sends(rfc.get("client data record"));
		trace.receives(rfc.get("server data record"));
		assertArrayEquals(rfc.get("client data"), trace.read());
		trace.assertSecret("client early traffic secret", "CLIENT_EARLY_TRAFFIC_SECRET");
		trace.closes();
	}

	/** The key pairs and shared secrets of both traces, by the portable primitives. */
	@Test
	void keyAgreements() {
		Rfc8448 rfc = new Rfc8448(3);
		assertAgrees(KeyAgreement.X25519, rfc.get("client private key"), rfc.get("client public key"), rfc.get("server public key"),
				rfc.get("shared secret"));
		assertAgrees(KeyAgreement.X25519, rfc.get("server private key"), rfc.get("server public key"), rfc.get("client public key"),
				rfc.get("shared secret"));
		rfc = new Rfc8448(5);
		assertAgrees(KeyAgreement.SECP256R1, rfc.get("client P-256 private key"), rfc.get("client P-256 public key"),
				rfc.get("server P-256 public key"), rfc.get("shared secret"));
		assertAgrees(KeyAgreement.SECP256R1, rfc.get("server P-256 private key"), rfc.get("server P-256 public key"),
				rfc.get("client P-256 public key"), rfc.get("shared secret"));
	}

	private static void assertAgrees(int group, byte[] privateKey, byte[] publicKey, byte[] peerKey, byte[] secret) {
		KeyAgreement agreement = new PortableCrypto().newKeyAgreement(group);
		agreement.startKeyPair(new FixedRandom(privateKey));
		byte[] out = new byte[97];
		finish(agreement);
		assertEquals(publicKey.length, agreement.result(out, 0));
		assertArrayEquals(publicKey, Arrays.copyOf(out, publicKey.length));
		agreement.startAgreement(peerKey, 0, peerKey.length);
		finish(agreement);
		assertEquals(secret.length, agreement.result(out, 0));
		assertArrayEquals(secret, Arrays.copyOf(out, secret.length));
	}

	private static void finish(KeyAgreement agreement) {
		while (!agreement.step()) {
			// slices
		}
	}

	private static byte[] certificate(byte[] message) {
		return Arrays.copyOfRange(message, 11, 11 + Octets.u24At(message, 8));
	}

	/** An engine that plays the client of a trace. */
	private static final class Trace {

		final TlsEngine engine;
		final TraceHello hello;
		private final Rfc8448 rfc;
		private final int chunk;
		private final Map<String, byte[]> secrets = new LinkedHashMap<>();

		Trace(Rfc8448 rfc, int chunk, byte[] certificate, List<byte[]> hellos, byte[]... privateKeys) {
			this(rfc, chunk, certificate, null, hellos, privateKeys);
		}

		Trace(Rfc8448 rfc, int chunk, byte[] certificate, Session session, List<byte[]> hellos, byte[]... privateKeys) {
			this.rfc = rfc;
			this.chunk = chunk;
			Deque<byte[]> random = new ArrayDeque<>();
			random.add(Arrays.copyOfRange(hellos.get(0), 6, 38));
			// the session id, which is not sent
			random.add(new byte[32]);
			random.addAll(Arrays.asList(privateKeys));
			this.hello = new TraceHello(hellos);
			EngineConfig config = new EngineConfig(new PortableCrypto(), (output, offset, length) -> {
				System.arraycopy(random.remove(), 0, output, offset, length);
				return true;
			}, EngineHarness.ANCHORS, EngineHarness.CLOCK, new TraceClient(this.hello, certificate)).middleboxCompatibility(false).recordInLimit(16384);
			config.session(session).earlyData(session != null);
			config.keyLog((label, clientRandom, secret, length) -> {
				assertArrayEquals(Arrays.copyOfRange(hellos.get(0), 6, 38), clientRandom);
				this.secrets.put(label, Arrays.copyOf(secret, length));
			});
			this.engine = new TlsEngine(config);
			this.engine.start("server");
		}

		void sends(byte[] expected) {
			Octets sent = new Octets();
			while ((this.engine.state() & (TlsEngine.BUSY | TlsEngine.HAS_RECORD_OUT)) != 0) {
				this.engine.step();
				int at = this.engine.recordOutOffset();
				int count = this.engine.recordOutLength();
				sent.add(Arrays.copyOfRange(this.engine.recordOutArray(), at, at + count));
				this.engine.recordOutAck(count);
			}
			assertEquals(TlsError.name(0), TlsError.name(this.engine.error()));
			assertEquals(Octets.hex(expected), Octets.hex(sent.toBytes()));
		}

		void receives(byte[] record) {
			for (int at = 0; at < record.length;) {
				while ((this.engine.state() & TlsEngine.WANTS_RECORD_IN) == 0) {
					assertTrue((this.engine.state() & TlsEngine.BUSY) != 0, "stuck: " + TlsError.name(this.engine.error()));
					this.engine.step();
				}
				int count = Math.min(Math.min(this.chunk, record.length - at), this.engine.recordInLength());
				System.arraycopy(record, at, this.engine.recordInArray(), this.engine.recordInOffset(), count);
				this.engine.recordInAck(count);
				at += count;
			}
			while ((this.engine.state() & TlsEngine.BUSY) != 0 && (this.engine.state() & TlsEngine.HAS_RECORD_OUT) == 0) {
				this.engine.step();
			}
			assertEquals(TlsError.name(0), TlsError.name(this.engine.error()));
		}

		void write(byte[] data) {
			System.arraycopy(data, 0, this.engine.appOutArray(), this.engine.appOutOffset(), data.length);
			this.engine.appOutAck(data.length);
			this.engine.flush();
		}

		byte[] read() {
			int at = this.engine.appInOffset();
			byte[] data = Arrays.copyOfRange(this.engine.appInArray(), at, at + this.engine.appInLength());
			this.engine.appInAck(data.length);
			return data;
		}

		void closes() {
			assertEquals(CipherSuite.TLS_AES_128_GCM_SHA256, this.engine.cipherSuite());
			assertEquals(this.engine.resumed() ? 0 : SignatureScheme.RSA_PSS_RSAE_SHA256, this.engine.signatureScheme());
			assertSecret("client handshake traffic secret", "CLIENT_HANDSHAKE_TRAFFIC_SECRET");
			assertSecret("server handshake traffic secret", "SERVER_HANDSHAKE_TRAFFIC_SECRET");
			assertSecret("client application traffic secret", "CLIENT_TRAFFIC_SECRET_0");
			assertSecret("server application traffic secret", "SERVER_TRAFFIC_SECRET_0");
			assertSecret("exporter master secret", "EXPORTER_SECRET");
			assertEquals(this.engine.resumed() ? 6 : 5, this.secrets.size());
			ReferenceSchedule reference = new ReferenceSchedule(CipherSuite.TLS_AES_128_GCM_SHA256);
			reference.exporterMaster = this.rfc.get("exporter master secret");
			byte[] exported = new byte[100];
			byte[] context = { 1, 2, 3 };
			assertTrue(this.engine.export("EXPORTER-test".getBytes(StandardCharsets.US_ASCII), context, exported, 0, exported.length));
			assertArrayEquals(reference.export("EXPORTER-test", context, 100), exported);
			this.engine.shutdown();
			sends(this.rfc.get("client close_notify record"));
			receives(this.rfc.get("server close_notify record"));
			assertEquals(TlsEngine.CLOSED, this.engine.state());
			assertEquals(0, this.engine.error());
		}

		private void assertSecret(String name, String label) {
			assertEquals(Octets.hex(this.rfc.get(name)), Octets.hex(this.secrets.get(label)), name);
		}
	}

	/** A client with the trace's hello and authentication. */
	private static final class TraceClient extends Protocol {

		private final TraceHello hello;
		private final byte[] certificate;

		TraceClient(TraceHello hello, byte[] certificate) {
			this.hello = hello;
			this.certificate = certificate;
		}

		@Override
		boolean client() {
			return true;
		}

		@Override
		int version() {
			return Handshake.VERSION_13;
		}

		@Override
		int[] defaultSuites() {
			return CipherSuite.defaults();
		}

		@Override
		PeerAuthentication authentication(EngineConfig config) {
			return new TraceAuthentication(config, this.certificate);
		}

		@Override
		Handshake first(HandshakeParts parts) {
			return new CertificateHandshake13(parts, this.hello, new KeySchedule(parts.hashes.sha256(), parts.hashes.sha384()));
		}

		@Override
		Handshake after(Handshake first, HandshakeParts parts) {
			throw new IllegalArgumentException();
		}
	}

	/** Writes the trace's ClientHellos instead of our own. */
	private static final class TraceHello extends ClientHelloWriter {

		byte[] share;
		private final List<byte[]> messages;

		TraceHello(List<byte[]> messages) {
			this.messages = messages;
		}

		@Override
		int length(ClientHandshake values) {
			this.share = Arrays.copyOf(values.hello().share(), values.hello().shareLength());
			return message(values).length;
		}

		@Override
		int write(ClientHandshake values, int total, byte[] array, int offset, int first, int end) {
			System.arraycopy(message(values), first, array, offset, end - first);
			return total;
		}

		private byte[] message(ClientHandshake values) {
			byte[] message = this.messages.get(values.group() == KeyAgreement.X25519 ? 0 : 1);
			if (values.offers(ExtensionType.PRE_SHARED_KEY)) {
				// The binder is the end of the message, the trace's as well as our own.
				ClientHelloWriter writer = new ClientHelloWriter();
				byte[] own = new byte[writer.length(values)];
				writer.write(values, own.length, own, 0, 0, own.length);
				System.arraycopy(own, own.length - 32, message, message.length - 32, 32);
			}
			return message;
		}
	}

	/** Takes the trace's certificate for good, and verifies what it signs with the JDK. */
	private static final class TraceAuthentication extends PeerAuthentication {

		private final PublicKey key;
		private boolean good;

		TraceAuthentication(EngineConfig config, byte[] certificate) {
			super(config, PathValidator.SERVER_AUTH);
			try {
				this.key = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)).getPublicKey();
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		}

		@Override
		int chainError() {
			return TlsError.NONE;
		}

		@Override
		int startVerify(int scheme, byte[] transcript, int transcriptLength, byte[] signature, int signatureLength) {
			byte[] content = new byte[200];
			int length = content(content, 0, transcript, transcriptLength);
			try {
				Signature verifier = Signature.getInstance("RSASSA-PSS");
				verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
				verifier.initVerify(this.key);
				verifier.update(content, 0, length);
				this.good = scheme == SignatureScheme.RSA_PSS_RSAE_SHA256 && verifier.verify(signature, 0, signatureLength);
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
			return TlsError.NONE;
		}

		@Override
		boolean stepVerify() {
			return true;
		}

		@Override
		boolean verified() {
			return this.good;
		}
	}
}
