/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;
import dev.thimble.host.CertificateMaker;
import dev.thimble.host.KeyKind;
import dev.thimble.support.Octets;
import dev.thimble.support.Slices;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

class IdentityTest {

	private static final CryptoProvider CRYPTO = new PortableEcCrypto();

	private static byte[] bytes(Chain chain) {
		return Octets.concat(TestPki.certificates(chain.path()));
	}

	private static byte[] key(KeyKind kind) {
		return TestPki.key(kind, 0).getPrivate().getEncoded();
	}

	/** The key as SEC 1 has it; named: with its curve. */
	private static byte[] sec1(KeyKind kind, boolean named) throws IOException {
		org.bouncycastle.asn1.sec.ECPrivateKey inner = org.bouncycastle.asn1.sec.ECPrivateKey
				.getInstance(PrivateKeyInfo.getInstance(key(kind)).parsePrivateKey());
		int bits = kind == KeyKind.P256 ? 256 : 384;
		return (named ? new org.bouncycastle.asn1.sec.ECPrivateKey(bits, inner.getKey(),
				PrivateKeyInfo.getInstance(key(kind)).getPrivateKeyAlgorithm().getParameters())
				: new org.bouncycastle.asn1.sec.ECPrivateKey(bits, inner.getKey())).getEncoded("DER");
	}

	private static void refused(String word, byte[] certificates, byte[] key) {
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new Identity(CRYPTO, certificates, key));
		assertTrue(e.getMessage().contains(word), e.getMessage());
	}

	@ParameterizedTest
	@CsvSource({ "P256,1,65", "P384,2,97", "ED25519,3,32" })
	void joinsChainAndKey(KeyKind kind, int algorithm, int keyLength) throws GeneralSecurityException {
		for (int length = 1; length <= 4; length++) {
			Chain chain = TestPki.chain(kind, length);
			byte[] all = bytes(chain);
			Identity identity = new Identity(CRYPTO, all, key(kind));
			assertEquals(length, identity.count());
			assertEquals(algorithm, identity.signer().algorithm());
			assertEquals(keyLength, KeyAlgorithm.publicLength(algorithm));
			assertEquals(all.length, identity.offset(length));
			assertTrue(identity.certificates() == all, "the chain was copied");
			for (int i = 0; i < length; i++) {
				assertArrayEquals(chain.path()[i].certificate(), Arrays.copyOfRange(all, identity.offset(i), identity.offset(i + 1)));
				X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
						.generateCertificate(new ByteArrayInputStream(chain.path()[i].certificate()));
				assertArrayEquals(certificate.getIssuerX500Principal().getEncoded(),
						Arrays.copyOfRange(all, identity.issuerOffset(i), identity.issuerOffset(i) + identity.issuerLength(i)));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(value = KeyKind.class, names = { "P256", "P384" })
	void readsSec1(KeyKind kind) throws IOException {
		byte[] chain = bytes(TestPki.chain(kind, 1));
		assertEquals(1, new Identity(CRYPTO, chain, sec1(kind, true)).count());
		refused("curve", chain, sec1(kind, false));
	}

	@Test
	void tellsHowCertificatesAreSigned() throws GeneralSecurityException, IOException {
		Object[][] cases = { { KeyKind.P256, "SHA256WITHECDSA", CertificateSignature.ECDSA_SHA256 },
				{ KeyKind.P384, "SHA384WITHECDSA", CertificateSignature.ECDSA_SHA384 },
				{ KeyKind.P384, "SHA512WITHECDSA", CertificateSignature.ECDSA_SHA512 }, { KeyKind.P256, "SHA1WITHECDSA", CertificateSignature.OTHER },
				{ KeyKind.P256, "SHA224WITHECDSA", CertificateSignature.OTHER }, { KeyKind.ED25519, "ED25519", CertificateSignature.ED25519 },
				{ KeyKind.RSA2048, "SHA256WITHRSA", CertificateSignature.RSA_PKCS1_SHA256 },
				{ KeyKind.RSA2048, "SHA384WITHRSA", CertificateSignature.RSA_PKCS1_SHA384 },
				{ KeyKind.RSA2048, "SHA512WITHRSA", CertificateSignature.RSA_PKCS1_SHA512 },
				{ KeyKind.RSA2048, "SHA1WITHRSA", CertificateSignature.OTHER }, { KeyKind.RSA2048, "SHA224WITHRSA", CertificateSignature.OTHER },
				{ KeyKind.RSA_PSS, "SHA256WITHRSAANDMGF1", CertificateSignature.RSA_PSS_SHA256 },
				{ KeyKind.RSA_PSS, "SHA384WITHRSAANDMGF1", CertificateSignature.RSA_PSS_SHA384 },
				{ KeyKind.RSA_PSS, "SHA512WITHRSAANDMGF1", CertificateSignature.RSA_PSS_SHA512 } };
		int all = 0;
		Identity[] identities = new Identity[cases.length];
		for (int i = 0; i < cases.length; i++) {
			KeyKind kind = (KeyKind) cases[i][0];
			dev.thimble.host.Identity root = TestPki.root(kind);
			dev.thimble.host.Identity leaf = TestPki.leaf(KeyKind.P256).purposes(KeyPurposeId.id_kp_clientAuth).issuedBy(root)
					.signedWith((String) cases[i][1]).make();
			identities[i] = new Identity(CRYPTO, leaf.certificate(), key(KeyKind.P256));
			assertEquals(cases[i][2], identities[i].signatures(), (String) cases[i][1]);
			// The root's own signature does not count.
			Identity withRoot = new Identity(CRYPTO, Octets.concat(leaf.certificate(), root.certificate()), key(KeyKind.P256));
			assertEquals(cases[i][2], withRoot.signatures(), (String) cases[i][1]);
			all |= (Integer) cases[i][2];
		}
		assertEquals(0x7ff, all);
		Identity ownRoot = new Identity(CRYPTO, new CertificateMaker("CN=self", TestPki.key(KeyKind.P256, 0)).make().certificate(),
				key(KeyKind.P256));
		assertEquals(0, ownRoot.signatures());
	}

	@ParameterizedTest
	@CsvSource({ "P256,1", "P384,2", "ED25519,3" })
	void aRawKeyIsItsOwnPublicHalf(KeyKind kind, int algorithm) throws IOException {
		byte[] expected = TestPki.key(kind, 0).getPublic().getEncoded();
		Identity computed = Identity.rawKey(CRYPTO, key(kind));
		assertArrayEquals(expected, computed.certificates());
		if (kind != KeyKind.ED25519) {
			assertArrayEquals(expected, Identity.rawKey(CRYPTO, sec1(kind, true)).certificates());
		}
		Identity given = Identity.rawKey(CRYPTO, expected, computed.signer());
		assertTrue(given.certificates() == expected, "the key was copied");
		for (Identity identity : new Identity[] { computed, given }) {
			assertTrue(identity.isRawKey());
			assertEquals(1, identity.count());
			assertEquals(0, identity.offset(0));
			assertEquals(expected.length, identity.offset(1));
			assertEquals(0, identity.issuerLength(0));
			assertEquals(0, identity.signatures());
			assertEquals(algorithm, identity.signer().algorithm());
		}
		assertFalse(new Identity(CRYPTO, bytes(TestPki.chain(kind, 1)), key(kind)).isRawKey());
	}

	private static void refusedRaw(String word, byte[] publicKey, Signer signer) {
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Identity.rawKey(CRYPTO, publicKey, signer));
		assertTrue(e.getMessage().contains(word), e.getMessage());
	}

	@Test
	void tellsARawKeyThatDoesNotFit() {
		KeyKind[] kinds = { KeyKind.P256, KeyKind.P384, KeyKind.ED25519 };
		for (KeyKind kind : kinds) {
			Signer signer = Identity.rawKey(CRYPTO, key(kind)).signer();
			byte[] own = TestPki.key(kind, 0).getPublic().getEncoded();
			refusedRaw("does not belong to the public key", TestPki.key(kind, 1).getPublic().getEncoded(), signer);
			for (KeyKind other : kinds) {
				if (other != kind) {
					refusedRaw("another kind than the public key", TestPki.key(other, 0).getPublic().getEncoded(), signer);
				}
			}
			refusedRaw("another kind", TestPki.key(KeyKind.RSA2048, 0).getPublic().getEncoded(), signer);
			refusedRaw("SubjectPublicKeyInfo", Octets.concat(own, new byte[1]), signer);
			for (int length = 0; length < own.length; length++) {
				refusedRaw("SubjectPublicKeyInfo", Arrays.copyOf(own, length), signer);
			}
			Random random = new Random(4);
			for (int i = 0; i < 300; i++) {
				byte[] mutated = mutated(own, random);
				try {
					assertArrayEquals(own, Identity.rawKey(CRYPTO, mutated, signer).certificates());
				} catch (IllegalArgumentException e) {
					assertFalse(Arrays.equals(own, mutated));
				}
			}
			// a certificate in place of a key
			refusedRaw("SubjectPublicKeyInfo", bytes(TestPki.chain(kind, 1)), signer);
		}
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Identity.rawKey(CRYPTO, key(KeyKind.RSA2048)));
		assertTrue(e.getMessage().contains("cannot be used"), e.getMessage());
	}

	@Test
	void aPublicKeyThatCannotBeComputedIsAskedFor() {
		CryptoProvider lacking = new Lacking();
		for (KeyKind kind : new KeyKind[] { KeyKind.P256, KeyKind.ED25519 }) {
			IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Identity.rawKey(lacking, key(kind)));
			assertTrue(e.getMessage().contains("give it"), e.getMessage());
			byte[] publicKey = TestPki.key(kind, 0).getPublic().getEncoded();
			assertTrue(Identity.rawKey(lacking, publicKey, Identity.rawKey(CRYPTO, key(kind)).signer()).isRawKey());
		}
	}

	/** A provider without key agreements, whose signers are of unknown classes. */
	private static final class Lacking implements CryptoProvider {

		@Override
		public dev.thimble.crypto.Hash newHash(int algorithm) {
			return CRYPTO.newHash(algorithm);
		}

		@Override
		public dev.thimble.crypto.Hash workHash(int algorithm) {
			return CRYPTO.workHash(algorithm);
		}

		@Override
		public dev.thimble.crypto.Aead newAead(int algorithm) {
			return null;
		}

		@Override
		public dev.thimble.crypto.KeyAgreement newKeyAgreement(int group) {
			return null;
		}

		@Override
		public SignatureVerifier newVerifier(int algorithm) {
			return CRYPTO.newVerifier(algorithm);
		}

		@Override
		public Signer newSigner(int algorithm, byte[] key, int offset) {
			Signer inner = CRYPTO.newSigner(algorithm, key, offset);
			return new Signer() {
				@Override
				public int algorithm() {
					return inner.algorithm();
				}

				@Override
				public int maxSignatureLength() {
					return inner.maxSignatureLength();
				}

				@Override
				public void start(byte[] digest, int at, int length) {
					inner.start(digest, at, length);
				}

				@Override
				public boolean step() {
					return inner.step();
				}

				@Override
				public int result(byte[] output, int at) {
					return inner.result(output, at);
				}

				@Override
				public void wipe() {
					inner.wipe();
				}
			};
		}

		@Override
		public int maxKeyLength() {
			return 97;
		}

		@Override
		public int maxSignatureLength() {
			return 104;
		}
	}

	@Test
	void tellsAKeyThatDoesNotBelongToTheCertificate() {
		for (KeyKind kind : new KeyKind[] { KeyKind.P256, KeyKind.P384, KeyKind.ED25519 }) {
			byte[] chain = bytes(TestPki.chain(kind, 2));
			refused("does not belong", chain, TestPki.key(kind, 1).getPrivate().getEncoded());
			for (KeyKind other : new KeyKind[] { KeyKind.P256, KeyKind.P384, KeyKind.ED25519 }) {
				if (other != kind) {
					refused("another kind", chain, key(other));
				}
			}
			// The chain the wrong way round.
			Chain two = TestPki.chain(kind, 2);
			refused("does not belong", Octets.concat(two.path()[1].certificate(), two.path()[0].certificate()), key(kind));
		}
		refused("another kind", bytes(TestPki.chain(KeyKind.RSA2048, 1)), key(KeyKind.P256));
	}

	private static final PortableCrypto RSA_CRYPTO = new PortableCrypto();

	private static void refusedRsa(String word, byte[] certificates, byte[] key) {
		byte[] copy = key.clone();
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Identity.rsa(RSA_CRYPTO, certificates, key));
		assertTrue(e.getMessage().contains(word), e.getMessage());
		assertArrayEquals(copy, key, "the caller's key was changed");
	}

	@ParameterizedTest
	@EnumSource(value = KeyKind.class, names = { "RSA2048", "RSA4096" })
	void anRsaKeyMakesTwoIdentities(KeyKind kind) {
		for (int length = 1; length <= 3; length += 2) {
			byte[] chain = bytes(TestPki.chain(kind, length));
			for (byte[] key : new byte[][] { key(kind), PrivateKeyInfo.getInstance(key(kind)).getPrivateKey().getOctets() }) {
				Identity[] both = Identity.rsa(RSA_CRYPTO, chain, key);
				assertEquals(2, both.length);
				assertEquals(SignatureVerifier.RSA_PSS, both[0].signer().algorithm());
				assertEquals(SignatureVerifier.RSA_PKCS1, both[1].signer().algorithm());
				for (Identity identity : both) {
					assertEquals(length, identity.count());
					assertTrue(identity.certificates() == chain, "the chain was copied");
					assertFalse(identity.isRawKey());
					byte[] digest = new byte[32];
					assertEquals(kind.modulusBits() / 8, Slices.sign(identity.signer(), digest).length);
				}
				both[1].wipe();
				assertArrayEquals(null, Slices.sign(both[0].signer(), new byte[32]));
			}
		}
	}

	@Test
	void tellsAnRsaKeyThatDoesNotFit() throws IOException {
		byte[] chain = bytes(TestPki.chain(KeyKind.RSA2048, 2));
		refusedRsa("does not belong", chain, TestPki.key(KeyKind.RSA2048, 1).getPrivate().getEncoded());
		refusedRsa("does not belong", chain, key(KeyKind.RSA4096));
		refusedRsa("another kind", bytes(TestPki.chain(KeyKind.P256, 1)), key(KeyKind.RSA2048));
		refusedRsa("another kind", bytes(TestPki.chain(KeyKind.ED25519, 1)), key(KeyKind.RSA2048));
		// under id-RSASSA-PSS a key may be restricted, and nobody asks for that
		refusedRsa("another kind", bytes(TestPki.chain(KeyKind.RSA_PSS, 1)), key(KeyKind.RSA2048));
		refusedRsa("not of RSA", chain, key(KeyKind.P256));
		refusedRsa("not of RSA", chain, key(KeyKind.RSA_PSS));
		refusedRsa("none of RSA", chain, sec1(KeyKind.P256, true));
		refusedRsa("encrypted", chain, Octets.of(0x30, 0x07, 0x30, 0x03, 0x06, 0x01, 0x2a, 0x04, 0x00));
		refusedRsa("neither", chain, new byte[0]);
		byte[] good = key(KeyKind.RSA2048);
		refusedRsa("neither", chain, Octets.concat(good, new byte[1]));
		// the last part, qInv, is wrong
		byte[] wrong = good.clone();
		wrong[wrong.length - 1] ^= 1;
		refusedRsa("could not sign", chain, wrong);
		for (int n = 0; n < good.length; n += 7) {
			refusedRsa("neither", chain, Arrays.copyOf(good, n));
		}
		Random random = new Random(2);
		for (int i = 0; i < 300; i++) {
			byte[] mutated = mutated(good, random);
			try {
				Identity.rsa(RSA_CRYPTO, chain, mutated);
			} catch (IllegalArgumentException e) {
				assertTrue(e.getMessage().length() > 10);
			} catch (RuntimeException e) {
				fail(Octets.hex(mutated), e);
			}
		}
	}

	@Test
	void tellsKeysThatCannotBeUsed() throws GeneralSecurityException {
		byte[] chain = bytes(TestPki.chain(KeyKind.P256, 1));
		refused("kind that cannot be used", chain, key(KeyKind.RSA2048));
		refused("kind that cannot be used", chain, key(KeyKind.RSA_PSS));
		refused("kind that cannot be used", chain, PrivateKeyInfo.getInstance(key(KeyKind.RSA2048)).getPrivateKey().getOctets());
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp521r1"));
		KeyPair pair = generator.generateKeyPair();
		refused("kind that cannot be used", chain, pair.getPrivate().getEncoded());
		// EncryptedPrivateKeyInfo: an algorithm, then bytes (RFC 5958 §3).
		refused("encrypted", chain, Octets.of(0x30, 0x07, 0x30, 0x03, 0x06, 0x01, 0x2a, 0x04, 0x00));
		refused("neither", chain, new byte[0]);
		refused("neither", chain, Octets.concat(key(KeyKind.P256), new byte[1]));
		byte[] zero = key(KeyKind.P256);
		byte[] scalar = PrivateKeyInfo.getInstance(zero).getPrivateKey().getOctets();
		for (int at = 0; at + scalar.length <= zero.length; at++) {
			if (Arrays.equals(zero, at, at + scalar.length, scalar, 0, scalar.length)) {
				Arrays.fill(zero, at + 7, at + 7 + 32, (byte) 0);
			}
		}
		refused("out of range", chain, zero);
	}

	@Test
	void tellsASignerThatFails() {
		byte[] chain = bytes(TestPki.chain(KeyKind.P256, 1));
		Signer wiped = new Identity(CRYPTO, chain, key(KeyKind.P256)).signer();
		wiped.wipe();
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new Identity(CRYPTO, chain, wiped));
		assertTrue(e.getMessage().contains("could not sign"), e.getMessage());
		Identity identity = new Identity(CRYPTO, chain, key(KeyKind.P256));
		identity.wipe();
		identity.signer().start(new byte[32], 0, 32);
		assertTrue(identity.signer().step());
		assertEquals(-1, identity.signer().result(new byte[72], 0));
	}

	/** Whatever bytes are given, the answer is an identity or an IllegalArgumentException with a text. */
	@Test
	void neverFailsOtherwise() throws IOException {
		Random random = new Random(1);
		byte[] chain = bytes(TestPki.chain(KeyKind.ED25519, 1));
		byte[][] keys = { key(KeyKind.ED25519), key(KeyKind.P256), sec1(KeyKind.P384, true), key(KeyKind.RSA2048) };
		for (byte[] key : keys) {
			for (int n = 0; n < key.length; n++) {
				attempt(chain, Arrays.copyOf(key, n));
			}
			for (int i = 0; i < 150; i++) {
				attempt(chain, mutated(key, random));
			}
		}
		for (int n = 0; n < chain.length; n += 3) {
			refused("certificate chain", Arrays.copyOf(chain, n), keys[0]);
		}
		for (int i = 0; i < 300; i++) {
			attempt(mutated(chain, random), keys[1]);
		}
	}

	private static byte[] mutated(byte[] bytes, Random random) {
		byte[] result = bytes.clone();
		// The structure stands in the first bytes.
		int most = random.nextBoolean() ? Math.min(60, bytes.length) : bytes.length;
		for (int i = 0; i <= random.nextInt(3); i++) {
			result[random.nextInt(most)] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(3) - 1);
		}
		return result;
	}

	private static void attempt(byte[] chain, byte[] key) {
		try {
			new Identity(CRYPTO, chain, key);
		} catch (IllegalArgumentException e) {
			assertTrue(e.getMessage().length() > 10);
		} catch (RuntimeException e) {
			fail(Octets.hex(chain) + " " + Octets.hex(key), e);
		}
	}

	@Test
	void aProviderWithoutTheAlgorithmIsTold() {
		byte[] chain = bytes(TestPki.chain(KeyKind.P256, 1));
		Signer rsa = new Signer() {
			@Override
			public int algorithm() {
				return SignatureVerifier.RSA_PSS;
			}

			@Override
			public int maxSignatureLength() {
				return 256;
			}

			@Override
			public void start(byte[] digest, int offset, int length) {
				throw new IllegalStateException();
			}

			@Override
			public boolean step() {
				return true;
			}

			@Override
			public int result(byte[] output, int offset) {
				return -1;
			}

			@Override
			public void wipe() {
				// no key
			}
		};
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new Identity(CRYPTO, chain, rsa));
		assertTrue(e.getMessage().contains("provider lacks"), e.getMessage());
	}
}
