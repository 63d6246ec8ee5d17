/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.thimble.host.CertificateMaker;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.TrustStore;
import dev.thimble.support.GnuTlsServer;
import dev.thimble.support.Network;
import dev.thimble.support.Network.Delivery;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TlsServer;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;
import dev.thimble.x509.PathError;

/** Certificates that must be refused, served by real servers: the error, the alert as the server sees it, and not a byte of data. */
final class CertificateRefusalTest {

	private static final class Refusal {

		private final String what;
		private final Chain chain;
		private final String name;
		private final int error;
		private final byte[] pins;

		Refusal(String what, int error, Chain chain, String name, byte[] pins) {
			this.what = what;
			this.error = error;
			this.chain = chain;
			this.name = name;
			this.pins = pins;
		}
	}

	@TestFactory
	Stream<DynamicTest> openSslServes() throws GeneralSecurityException, IOException {
		OpenSslServer.assume();
		return refusals().stream().map(refusal -> DynamicTest.dynamicTest(refusal.what, () -> {
			try (TlsServer server = OpenSslServer.start(refusal.chain, "-rev")) {
				refuse(refusal, server, "SSL alert number " + TlsError.alert(refusal.error));
			}
		}));
	}

	@TestFactory
	Stream<DynamicTest> gnuTlsServes() throws GeneralSecurityException, IOException {
		GnuTlsServer.assume();
		// gnutls-serv does not print which alert it received. GnuTLS itself refuses to use a key against its keyUsage.
		return refusals().stream().filter(refusal -> refusal.error != PathError.KEY_USAGE).map(refusal -> DynamicTest.dynamicTest(refusal.what, () -> {
			try (TlsServer server = GnuTlsServer.start(refusal.chain)) {
				refuse(refusal, server, "A TLS fatal alert has been received");
			}
		}));
	}

	private static void refuse(Refusal refusal, TlsServer server, String alert) throws IOException {
		for (Delivery delivery : Delivery.values()) {
			int mark = server.process().mark();
			TlsEngine engine = new EngineBuilder().anchors(TrustStore.of(refusal.chain.root())).pins(refusal.pins).build();
			try (Network network = new Network(engine, delivery, 7).start(server.address(), refusal.name)) {
				assertFalse(network.handshake(), "the handshake succeeded");
				assertEquals(TlsError.name(refusal.error), TlsError.name(engine.error()));
				assertEquals(TlsError.alert(refusal.error), engine.alertSent());
				assertFalse(engine.handshakeComplete());
				assertEquals(TlsEngine.CLOSED, engine.state());
				assertNotNull(server.process().await(mark, alert, TlsServer.PATIENCE),
						() -> "the server did not see the alert " + alert + ": " + server.process().output(mark));
			}
		}
	}

	private static List<Refusal> refusals() throws GeneralSecurityException, IOException {
		List<Refusal> all = new ArrayList<>();
		Instant now = Instant.now();
		Duration day = Duration.ofDays(1);
		KeyKind kind = KeyKind.P256;
		Identity root = TestPki.root(kind);
		Identity intermediate = new CertificateMaker("CN=Issuing", TestPki.key(kind, 1)).authority(0).issuedBy(root).make();
		Identity good = TestPki.leaf(kind).issuedBy(intermediate).make();
		Chain chain = new Chain(root, good, intermediate);

		add(all, "another host name", PathError.HOST_NAME_MISMATCH, chain, "other.thimble.test");
		add(all, "a name below", PathError.HOST_NAME_MISMATCH, chain, "x." + TestPki.HOST);
		add(all, "another address", PathError.HOST_NAME_MISMATCH, chain, "127.0.0.2");
		add(all, "only a common name", PathError.NO_SUBJECT_ALT_NAME,
				new Chain(root, new CertificateMaker("CN=" + TestPki.HOST, TestPki.key(kind, 0)).issuedBy(root).make()), TestPki.HOST);
		add(all, "a wildcard for two labels", PathError.HOST_NAME_MISMATCH,
				new Chain(root, new CertificateMaker("CN=x", TestPki.key(kind, 0)).dns("*.test").issuedBy(root).make()), TestPki.HOST);
		add(all, "expired", PathError.EXPIRED,
				new Chain(root, TestPki.leaf(kind).issuedBy(root).valid(now.minus(day.multipliedBy(9)), now.minus(day)).make()), TestPki.HOST);
		add(all, "not yet valid", PathError.NOT_YET_VALID,
				new Chain(root, TestPki.leaf(kind).issuedBy(root).valid(now.plus(day), now.plus(day.multipliedBy(9))).make()), TestPki.HOST);
		Identity expiredIssuer = new CertificateMaker("CN=Old", TestPki.key(kind, 1)).authority().issuedBy(root)
				.valid(now.minus(day.multipliedBy(9)), now.minus(day)).make();
		add(all, "expired intermediate", PathError.EXPIRED, new Chain(root, TestPki.leaf(kind).issuedBy(expiredIssuer).make(), expiredIssuer),
				TestPki.HOST);
		add(all, "self-signed", PathError.SELF_SIGNED, new Chain(root, TestPki.leaf(kind).make()), TestPki.HOST);
		Identity otherRoot = new CertificateMaker("CN=Nobody's root", TestPki.key(kind, 8)).authority().make();
		add(all, "another authority", PathError.UNKNOWN_CA, new Chain(otherRoot, good, intermediate), TestPki.HOST);
		add(all, "another authority, its root sent", PathError.SELF_SIGNED_IN_CHAIN, new Chain(otherRoot, good, intermediate, root), TestPki.HOST);
		add(all, "the intermediate missing", PathError.UNKNOWN_CA, new Chain(root, good), TestPki.HOST);
		Identity sameName = new CertificateMaker(root.subject().toString(), TestPki.key(kind, 8)).authority().make();
		add(all, "an authority of the root's name with another key", PathError.SIGNATURE_INVALID,
				new Chain(root, TestPki.leaf(kind).issuedBy(sameName).make()), TestPki.HOST);
		add(all, "for clients only", PathError.EXTENDED_KEY_USAGE,
				new Chain(root, TestPki.leaf(kind).issuedBy(root).purposes(KeyPurposeId.id_kp_clientAuth).make()), TestPki.HOST);
		add(all, "not for signatures", PathError.KEY_USAGE, new Chain(root, TestPki.leaf(kind).issuedBy(root).keyUsage(KeyUsage.keyAgreement).make()),
				TestPki.HOST);
		add(all, "a tampered leaf", PathError.SIGNATURE_INVALID, new Chain(root, TestPki.tampered(good), intermediate), TestPki.HOST);
		add(all, "a tampered intermediate", PathError.SIGNATURE_INVALID, new Chain(root, good, TestPki.tampered(intermediate)), TestPki.HOST);
		add(all, "an issuer that is no authority", PathError.NOT_A_CA,
				new Chain(root, TestPki.leaf(kind).issuedBy(fakeIssuer(root)).make(), fakeIssuer(root)), TestPki.HOST);
		Identity below = new CertificateMaker("CN=Below", TestPki.key(kind, 2)).authority().issuedBy(intermediate).make();
		add(all, "a longer path than allowed", PathError.PATH_LENGTH, new Chain(root, TestPki.leaf(kind).issuedBy(below).make(), below, intermediate),
				TestPki.HOST);
		add(all, "an unknown critical extension", PathError.UNKNOWN_CRITICAL_EXTENSION,
				new Chain(root, TestPki.leaf(kind).issuedBy(root).extension("1.3.6.1.4.1.55555.2", true, DERNull.INSTANCE).make()), TestPki.HOST);
		Identity rsaRoot = TestPki.root(KeyKind.RSA2048);
		add(all, "signed with SHA-1", PathError.SIGNATURE_WEAK,
				new Chain(rsaRoot, TestPki.leaf(KeyKind.RSA2048).issuedBy(rsaRoot).signedWith("SHA1WITHRSA").make()), TestPki.HOST);
		all.add(new Refusal("another pin", PathError.PIN_MISMATCH, chain, TestPki.HOST, new byte[32]));
		return all;
	}

	/** A certificate for a server that issues another. */
	private static Identity fakeIssuer(Identity root) throws GeneralSecurityException, IOException {
		return new CertificateMaker("CN=No authority", TestPki.key(KeyKind.P256, 3)).issuedBy(root).keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
				.make();
	}

	private static void add(List<Refusal> all, String what, int error, Chain chain, String name) {
		all.add(new Refusal(what, error, chain, name, null));
	}
}
