/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

import dev.thimble.host.CertificateMaker;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.TrustStore;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.FixedTime;
import dev.thimble.support.JceCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.TestPki;
import dev.thimble.x509.PathError;
import dev.thimble.x509.TimeSource;
import dev.thimble.x509.TrustAnchors;

/** What is wrong with a server's certificates, seen from the engine: the path's own code, the alert on the wire, nothing delivered. */
class CertificateErrorTest {

	private static final int UNSUPPORTED_CERTIFICATE = 43;
	private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
	private static final Instant TO = Instant.parse("2030-01-01T00:00:00Z");
	private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
	private static final Identity ROOT = authority("CN=Root", 1, null);
	private static final Identity AUTHORITY = authority("CN=Authority", 2, ROOT);
	private static final Identity STRANGER = authority("CN=Stranger", 3, null);

	@Test
	void acceptsWhatIsRight() {
		EngineHarness harness = connect(NOW, ServerIdentity.SERVER_NAME, leaf().issuedBy(AUTHORITY), AUTHORITY);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
	}

	@Test
	void refusesAnotherHost() {
		refuses(PathError.HOST_NAME_MISMATCH, BAD_CERTIFICATE, connect(NOW, "other.example", leaf().issuedBy(AUTHORITY), AUTHORITY));
		refuses(PathError.HOST_NAME_MISMATCH, BAD_CERTIFICATE, connect(NOW, "192.0.2.1", leaf().issuedBy(AUTHORITY), AUTHORITY));
		refuses(PathError.NO_SUBJECT_ALT_NAME, BAD_CERTIFICATE, connect(NOW, ServerIdentity.SERVER_NAME,
				new CertificateMaker("CN=" + ServerIdentity.SERVER_NAME, TestPki.key(KeyKind.P256, 0)).valid(FROM,
				TO).issuedBy(AUTHORITY), AUTHORITY));
	}

	@Test
	void refusesAnotherTime() {
		refuses(PathError.EXPIRED, CERTIFICATE_EXPIRED, connect(TO.plusSeconds(1), ServerIdentity.SERVER_NAME,
				leaf().issuedBy(AUTHORITY), AUTHORITY));
		refuses(PathError.NOT_YET_VALID, CERTIFICATE_EXPIRED,
				connect(FROM.minusSeconds(1), ServerIdentity.SERVER_NAME, leaf().issuedBy(AUTHORITY), AUTHORITY));
		EngineHarness harness = connect(new FixedTime(TimeSource.UNKNOWN, 0), null, ServerIdentity.SERVER_NAME,
				leaf().issuedBy(AUTHORITY), AUTHORITY);
		refuses(PathError.TIME_UNKNOWN, CERTIFICATE_UNKNOWN, harness);
	}

	@Test
	void refusesWhoIsNotTrusted() {
		refuses(PathError.UNKNOWN_CA, UNKNOWN_CA, connect(NOW, ServerIdentity.SERVER_NAME, leaf().issuedBy(STRANGER)));
		refuses(PathError.SELF_SIGNED, UNKNOWN_CA, connect(NOW, ServerIdentity.SERVER_NAME, leaf()));
		refuses(PathError.SELF_SIGNED_IN_CHAIN, UNKNOWN_CA, connect(NOW, ServerIdentity.SERVER_NAME, leaf().issuedBy(STRANGER), STRANGER));
		refuses(PathError.UNKNOWN_CA, UNKNOWN_CA, connect(NOW, ServerIdentity.SERVER_NAME, leaf().issuedBy(AUTHORITY)));
	}

	@Test
	void refusesAnotherPurpose() {
		refuses(PathError.EXTENDED_KEY_USAGE, UNSUPPORTED_CERTIFICATE, connect(NOW, ServerIdentity.SERVER_NAME,
				leaf().purposes(KeyPurposeId.id_kp_clientAuth).issuedBy(AUTHORITY), AUTHORITY));
		refuses(PathError.KEY_USAGE, UNSUPPORTED_CERTIFICATE,
				connect(NOW, ServerIdentity.SERVER_NAME, leaf().keyUsage(KeyUsage.keyAgreement).issuedBy(AUTHORITY), AUTHORITY));
		Identity server = make(new CertificateMaker("CN=Another server", TestPki.key(KeyKind.P256, 6)).valid(FROM, TO).issuedBy(AUTHORITY));
		refuses(PathError.NOT_A_CA, BAD_CERTIFICATE, connect(NOW, ServerIdentity.SERVER_NAME, leaf().issuedBy(server), server, AUTHORITY));
	}

	@Test
	void refusesTamperedCertificates() throws Exception {
		Identity good = leaf().issuedBy(AUTHORITY).make();
		byte[] der = good.certificate();
		for (int at : new int[] { der.length - 1, der.length - 20, 30, der.length / 2 }) {
			byte[] bad = der.clone();
			bad[at] ^= 1;
			EngineHarness harness = connect(new FixedTime(TimeSource.TRUSTED, NOW.getEpochSecond()), null, ServerIdentity.SERVER_NAME,
					List.of(bad, AUTHORITY.certificate()));
			int error = harness.engine.error();
			assertTrue(error >= PathError.MALFORMED, "byte " + at + ": " + TlsError.name(error));
			refuses(error, TlsError.alert(error), harness);
		}
	}

	@Test
	void asksForPins() throws Exception {
		byte[] pin = pin(AUTHORITY);
		byte[] other = pin.clone();
		other[0] ^= 1;
		TimeSource time = new FixedTime(TimeSource.TRUSTED, NOW.getEpochSecond());
		refuses(PathError.PIN_MISMATCH, BAD_CERTIFICATE, connect(time, other, ServerIdentity.SERVER_NAME, leaf().issuedBy(AUTHORITY),
				AUTHORITY));
		EngineHarness harness = connect(time, Octets.concat(other, pin), ServerIdentity.SERVER_NAME, leaf().issuedBy(AUTHORITY),
				AUTHORITY);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
	}

	/** The sizes of the path validation are the configuration's. */
	@Test
	void theConfigurationLimitsThePath() throws Exception {
		Identity first = authority("CN=First", 4, ROOT);
		Identity second = authority("CN=Second", 5, first);
		Identity leaf = leaf().issuedBy(second).make();
		List<byte[]> disordered = List.of(leaf.certificate(), first.certificate(), second.certificate());
		EngineConfig config = config(new FixedTime(TimeSource.TRUSTED, NOW.getEpochSecond())).pendingCertificates(0).nameStoreLength(0);
		refuses(PathError.TOO_MANY_PENDING, BAD_CERTIFICATE, connect(config, ServerIdentity.SERVER_NAME, disordered));
		EngineHarness harness = connect(config.pendingCertificates(1), ServerIdentity.SERVER_NAME, disordered);
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));

		Identity edwards = new CertificateMaker("CN=Edwards", TestPki.key(KeyKind.ED25519, 0)).authority().valid(FROM, TO).make();
		Identity below = leaf().issuedBy(edwards).make();
		EngineConfig small = new EngineConfig(new JceCrypto(), EngineHarness.config().random, TrustStore.of(edwards), config.time);
		refuses(PathError.ED25519_TOO_LONG, BAD_CERTIFICATE,
				connect(small.ed25519CertificateLength(100), ServerIdentity.SERVER_NAME, List.of(below.certificate())));
		harness = connect(small.ed25519CertificateLength(1024), ServerIdentity.SERVER_NAME, List.of(below.certificate()));
		assertEquals(TlsError.name(0), TlsError.name(harness.engine.error()));
	}

	private static void refuses(int error, int alert, EngineHarness harness) {
		Refusal.assertRefused(harness, error, alert, true);
	}

	private static EngineHarness connect(Instant now, String name, CertificateMaker leaf, Identity... authorities) {
		return connect(new FixedTime(TimeSource.TRUSTED, now.getEpochSecond()), null, name, leaf, authorities);
	}

	private static EngineHarness connect(TimeSource time, byte[] pins, String name, CertificateMaker leaf, Identity... authorities) {
		List<byte[]> chain = new ArrayList<>();
		chain.add(make(leaf).certificate());
		Arrays.stream(authorities).map(Identity::certificate).forEach(chain::add);
		return connect(time, pins, name, chain);
	}

	private static EngineHarness connect(TimeSource time, byte[] pins, String name, List<byte[]> chain) {
		return connect(config(time).pins(pins), name, chain);
	}

	private static EngineHarness connect(EngineConfig config, String name, List<byte[]> chain) {
		ScriptedServer server = new ScriptedServer();
		server.identity = new ServerIdentity(TestPki.key(KeyKind.P256, 0).getPrivate(), ECDSA_SECP256R1_SHA256, chain);
		EngineHarness harness = new EngineHarness(new TlsEngine(config), server);
		harness.engine.start(name);
		return harness.run();
	}

	private static EngineConfig config(TimeSource time) {
		TrustAnchors anchors = TrustStore.of(ROOT);
		return new EngineConfig(new JceCrypto(), EngineHarness.config().random, anchors, time);
	}

	private static CertificateMaker leaf() {
		return new CertificateMaker("CN=leaf", TestPki.key(KeyKind.P256, 0)).dns(ServerIdentity.SERVER_NAME).valid(FROM, TO);
	}

	private static Identity authority(String name, int key, Identity issuer) {
		return make(new CertificateMaker(name, TestPki.key(KeyKind.P256, key)).authority().valid(FROM, TO).issuedBy(issuer));
	}

	private static Identity make(CertificateMaker maker) {
		try {
			return maker.make();
		} catch (IOException | GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private static byte[] pin(Identity identity) throws Exception {
		return MessageDigest.getInstance("SHA-256").digest(identity.keys().getPublic().getEncoded());
	}
}
