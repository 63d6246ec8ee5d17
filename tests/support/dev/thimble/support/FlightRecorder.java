/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.operator.ContentSigner;

import dev.thimble.app.BenchRandom;
import dev.thimble.app.BenchScenario;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.tls.Session;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.TlsEngine;

/**
 * Records what a server answers to the bench's client, for the firmware that measures a handshake without a network. Keys and nonces
 * follow from fixed words, so the record is the same every time as long as the ClientHello is.
 */
public final class FlightRecorder {

	private static final ECNamedDomainParameters P256 = ECNamedDomainParameters.lookup(X9ObjectIdentifiers.prime256v1);
	private static final X500Name ROOT_NAME = new X500Name("C=EU,O=Thimble measurements,CN=Root");
	private static final X500Name AUTHORITY_NAME = new X500Name("C=EU,O=Thimble measurements,CN=Intermediate");
	private static final X500Name SERVER_NAME = new X500Name("C=EU,O=Thimble measurements,CN=" + BenchScenario.SERVER_NAME);
	private static final byte[] DATA = ScriptedServer.bytes(7, BenchScenario.DATA_LENGTH);

	private final ECPrivateKeyParameters rootKey = key("root");
	private final ECPrivateKeyParameters authorityKey = key("intermediate");
	private final ECPrivateKeyParameters serverKey = key("server");
	private final byte[] root = certificate(ROOT_NAME, this.rootKey, ROOT_NAME, this.rootKey, 1);
	private final byte[] authority = certificate(AUTHORITY_NAME, this.authorityKey, ROOT_NAME, this.rootKey, 2);
	private final byte[] server = certificate(SERVER_NAME, this.serverKey, AUTHORITY_NAME, this.authorityKey, 3);
	private final byte[] anchors = new AnchorTableBuilder().add(this.root).build();

	private FlightRecorder() {
	}

	/**
	 * Writes the class with the recorded flights, if it is not there yet with just this content.
	 *
	 * @param arguments
	 *            the path of {@code BenchFlight.java}.
	 */
	public static void main(String[] arguments) throws Exception {
		String source = new FlightRecorder().source();
		Path file = Path.of(arguments[0]);
		if (!Files.exists(file) || !Files.readString(file).equals(source)) {
			Files.writeString(file, source);
			System.out.println("recorded " + file);
		}
	}

	private String source() throws Exception {
		StringBuilder flights = new StringBuilder();
		field(flights, "ANCHORS", this.anchors);
		field(flights, "X25519_CHACHA20", record(TlsNumbers.X25519, TlsNumbers.CHACHA20_POLY1305_SHA256));
		field(flights, "P256_CHACHA20", record(TlsNumbers.SECP256R1, TlsNumbers.CHACHA20_POLY1305_SHA256));
		field(flights, "X25519_AES_128_GCM", record(TlsNumbers.X25519, TlsNumbers.AES_128_GCM_SHA256));
		field(flights, "X25519_AES_256_GCM", record(TlsNumbers.X25519, TlsNumbers.AES_256_GCM_SHA384));
		byte[] slot = new byte[BenchScenario.SESSION_LENGTH];
		Psk ticket = ticket(slot);
		field(flights, "SESSION", Arrays.copyOf(slot, new Session(slot, 0, slot.length).size()));
		field(flights, "RESUMED_X25519_CHACHA20", resume(ticket, slot, false));
		field(flights, "RESUMED_PSK_ONLY_CHACHA20", resume(ticket, slot, true));
		byte[] slot12 = new byte[BenchScenario.SESSION_LENGTH];
		ScriptedServer12 first = full12();
		field(flights, "TLS12_X25519_CHACHA20", record(engine(first.suite.number, new Session(slot12, 0, slot12.length)), first,
				() -> first.then(ServerStep12.data(DATA))));
		field(flights, "TLS12_SESSION", Arrays.copyOf(slot12, new Session(slot12, 0, slot12.length).size()));
		ScriptedServer12 second = new ScriptedServer12().script(Script12.resumed());
		second.session = first.established;
		field(flights, "TLS12_RESUMED_CHACHA20", record(engine(first.suite.number, new Session(slot12, 0, slot12.length)), second,
				() -> second.then(ServerStep12.data(DATA))));
		return """
				/*
				 * Java
				 *
				 * Copyright 2026 The Thimble authors.
				 * SPDX-License-Identifier: Apache-2.0
				 */
				package dev.thimble.app;

				/**
				 * What a server answers to the bench's client, and the table with its root. Made by {@code dev.thimble.support.FlightRecorder}, anew
				 * whenever the ClientHello has changed: do not edit. The server's certificate has %d bytes, the intermediate's %d. The last record of each
				 * flight carries application data.
				 */
				final class BenchFlight {
				%s
					private BenchFlight() {
					}
				}
				""".formatted(this.server.length, this.authority.length, flights);
	}

	private static void field(StringBuilder text, String name, byte[] value) {
		String hex = Octets.hex(value);
		text.append("\n\tstatic final String ").append(name).append(" =\n");
		for (int i = 0; i < hex.length(); i += 120) {
			text.append(i == 0 ? "\t\t\t\"" : "\t\t\t+ \"").append(hex, i, Math.min(hex.length(), i + 120)).append("\"\n");
		}
		text.insert(text.length() - 1, ";");
	}

	private byte[] record(int group, int suite) throws Exception {
		return record(engine(group, suite, null, false), full(group, suite));
	}

	private TlsEngine engine(int group, int suite, Session session, boolean pskOnly) {
		return new TlsEngine(new BenchScenario().config(new PortableCrypto(), new BenchRandom(BenchScenario.SEED), this.anchors, group, suite,
				new Tls13Client(), session).pskOnly(pskOnly));
	}

	/** A server that proves itself with its certificate. */
	private ScriptedServer full(int group, int suite) throws Exception {
		PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(
				new PKCS8EncodedKeySpec(PrivateKeyInfoFactory.createPrivateKeyInfo(this.serverKey).getEncoded()));
		ScriptedServer peer = new ScriptedServer();
		peer.identity = new ServerIdentity(key, TlsNumbers.ECDSA_SECP256R1_SHA256, List.of(this.server, this.authority));
		peer.ephemeral = ephemeral(group);
		peer.suite = suite;
		peer.beforeHash.put(TlsNumbers.CERTIFICATE_VERIFY, message -> Messages.certificateVerifyOf(TlsNumbers.ECDSA_SECP256R1_SHA256,
				sign(this.serverKey, Octets.concat(" ".repeat(64).getBytes(StandardCharsets.US_ASCII),
						Messages.SERVER_CONTEXT.getBytes(StandardCharsets.US_ASCII), new byte[1], peer.transcriptHash()))));
		return peer;
	}

	/** Has a session put into a slot; gives the server's side of it. */
	private Psk ticket(byte[] slot) throws Exception {
		ScriptedServer peer = full(TlsNumbers.X25519, TlsNumbers.CHACHA20_POLY1305_SHA256);
		TlsEngine engine = engine(TlsNumbers.X25519, TlsNumbers.CHACHA20_POLY1305_SHA256, new Session(slot, 0, slot.length), false);
		new EngineHarness(engine, peer).start().then(ServerStep.TICKET);
		if (!new Session(slot, 0, slot.length).valid()) {
			throw new IllegalStateException("there is no session, and error " + engine.error());
		}
		return peer.tickets.get(0);
	}

	/** Records how a session is resumed. */
	private byte[] resume(Psk ticket, byte[] slot, boolean pskOnly) {
		byte[] copy = slot.clone();
		ScriptedServer peer = new ScriptedServer().script(Script.psk());
		peer.ephemeral = ephemeral(TlsNumbers.X25519);
		peer.suite = TlsNumbers.CHACHA20_POLY1305_SHA256;
		peer.psks.add(ticket);
		return record(engine(TlsNumbers.X25519, TlsNumbers.CHACHA20_POLY1305_SHA256, new Session(copy, 0, copy.length), pskOnly), peer);
	}

	private TlsEngine engine(int suite, Session session) {
		return new TlsEngine(new BenchScenario().config(new PortableCrypto(), new BenchRandom(BenchScenario.SEED), this.anchors, TlsNumbers.X25519,
				suite, new Tls12Client(), session));
	}

	/** A server of TLS 1.2 that proves itself with its certificate and gives a ticket. */
	private ScriptedServer12 full12() throws Exception {
		PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(
				new PKCS8EncodedKeySpec(PrivateKeyInfoFactory.createPrivateKeyInfo(this.serverKey).getEncoded()));
		ScriptedServer12 peer = new ScriptedServer12().script(Script12.full().withTicket());
		peer.identity = new ServerIdentity(key, TlsNumbers.ECDSA_SECP256R1_SHA256, List.of(this.server, this.authority));
		peer.ephemeral = ephemeral(TlsNumbers.X25519);
		peer.suite = Suite12.ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256;
		peer.issuesTicket = true;
		KeyExchangeFields[] parameters = new KeyExchangeFields[1];
		peer.keyExchange = fields -> parameters[0] = fields;
		peer.signature = random -> sign(this.serverKey, Octets.concat(peer.schedule.clientRandom, peer.schedule.serverRandom,
				parameters[0].toBytes()));
		return peer;
	}

	private byte[] record(TlsEngine engine, ScriptedServer peer) {
		return record(engine, peer, () -> peer.then(ServerStep.data(DATA)));
	}

	private static byte[] record(TlsEngine engine, ScriptedPeer<?, ?> peer, Runnable sendsData) {
		List<byte[]> records = new ArrayList<>();
		peer.recordEdit = bytes -> {
			records.add(bytes);
			return bytes;
		};
		EngineHarness harness = new EngineHarness(engine, peer).start();
		if (!engine.handshakeComplete()) {
			throw new IllegalStateException("the handshake failed with error " + engine.error());
		}
		sendsData.run();
		harness.run();
		ByteArrayOutputStream flight = new ByteArrayOutputStream();
		records.forEach(flight::writeBytes);
		return flight.toByteArray();
	}

	private static EphemeralKey ephemeral(int group) {
		byte[] scalar = digest("ephemeral");
		if (group == TlsNumbers.X25519) {
			byte[] share = new byte[32];
			X25519.scalarMultBase(scalar, 0, share, 0);
			return EphemeralKey.of(group, scalar, share);
		}
		return EphemeralKey.of(group, scalar, P256.getG().multiply(new BigInteger(1, scalar)).normalize().getEncoded(false));
	}

	private static ECPrivateKeyParameters key(String word) {
		return new ECPrivateKeyParameters(new BigInteger(1, digest(word)).mod(P256.getN()), P256);
	}

	private static byte[] digest(String word) {
		byte[] input = ("thimble bench " + word).getBytes(StandardCharsets.US_ASCII);
		return digest(input);
	}

	private static byte[] digest(byte[] input) {
		SHA256Digest digest = new SHA256Digest();
		digest.update(input, 0, input.length);
		byte[] result = new byte[32];
		digest.doFinal(result, 0);
		return result;
	}

	/** ECDSA with the nonce of RFC 6979. */
	private static byte[] sign(ECPrivateKeyParameters key, byte[] message) {
		ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
		signer.init(true, key);
		BigInteger[] signature = signer.generateSignature(digest(message));
		ASN1EncodableVector values = new ASN1EncodableVector();
		values.add(new ASN1Integer(signature[0]));
		values.add(new ASN1Integer(signature[1]));
		try {
			return new DERSequence(values).getEncoded();
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private static byte[] certificate(X500Name subject, ECPrivateKeyParameters key, X500Name issuer, ECPrivateKeyParameters issuerKey, int serial) {
		try {
			ECDomainParameters domain = key.getParameters();
			ECPublicKeyParameters point = new ECPublicKeyParameters(domain.getG().multiply(key.getD()), domain);
			X509v3CertificateBuilder builder = new X509v3CertificateBuilder(issuer, BigInteger.valueOf(serial),
					Date.from(Instant.parse("2025-01-01T00:00:00Z")), Date.from(Instant.parse("2035-01-01T00:00:00Z")), subject,
					SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(point));
			boolean isAuthority = serial < 3;
			builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
			if (isAuthority) {
				builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
			} else {
				builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
				builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
				builder.addExtension(Extension.subjectAlternativeName, false,
						new GeneralNames(new GeneralName(GeneralName.dNSName, BenchScenario.SERVER_NAME)));
			}
			BcX509ExtensionUtils identifiers = new BcX509ExtensionUtils();
			builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(point));
			builder.addExtension(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(
					new ECPublicKeyParameters(domain.getG().multiply(issuerKey.getD()), domain)));
			return builder.build(new DeterministicSigner(issuerKey)).getEncoded();
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Signs certificates with ecdsa-with-SHA256. */
	private static final class DeterministicSigner implements ContentSigner {

		private final ECPrivateKeyParameters key;
		private final ByteArrayOutputStream content = new ByteArrayOutputStream();

		DeterministicSigner(ECPrivateKeyParameters key) {
			this.key = key;
		}

		@Override
		public AlgorithmIdentifier getAlgorithmIdentifier() {
			return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
		}

		@Override
		public ByteArrayOutputStream getOutputStream() {
			return this.content;
		}

		@Override
		public byte[] getSignature() {
			return sign(this.key, this.content.toByteArray());
		}
	}
}
