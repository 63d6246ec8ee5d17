/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Octets;

/** Raw public keys (RFC 7250): one key, and one that is trusted. */
class RawKeyTest {

	private final PathRun path = new PathRun(Forge.root("P-256"));
	private final PathValidator validator = this.path.validator;

	private static byte[] key(String kind, int number) {
		return Forge.key(kind, number).getPublic().getEncoded();
	}

	private static TrustedKeys trust(byte[]... keys) {
		return TrustedKeys.of(PathRun.CRYPTO, keys);
	}

	/** Feeds entries in pieces and gives the error. */
	private static String read(PathValidator v, TrustedKeys trusted, int piece, byte[]... entries) {
		v.start(trusted);
		for (byte[] entry : entries) {
			v.startCertificate(entry.length);
			for (int at = 0; at < entry.length; at += piece) {
				v.update(entry, at, Math.min(piece, entry.length - at));
			}
			v.endCertificate();
			while (!v.step()) {
				continue;
			}
		}
		v.endChain();
		assertEquals(v.error() == PathError.NONE, v.isValid());
		return PathError.name(v.error());
	}

	@ParameterizedTest
	@CsvSource({ "P-256,1,65", "P-384,2,97", "Ed25519,3,32", "RSA-2048,4,262", "RSA-4096,4,518" })
	void givesTheKeyOfATrustedPeer(String kind, int algorithm, int length) {
		byte[] key = key(kind, 0);
		for (int piece : new int[] { 1, 7, 1000 }) {
			assertEquals("NONE", read(this.validator, trust(key(kind, 1), key), piece, key));
			assertEquals(algorithm, this.validator.keyAlgorithm());
			assertEquals(length, this.validator.keyLength());
			assertEquals(0, this.validator.keyHash());
			byte[] found = Arrays.copyOfRange(this.validator.key(), this.validator.keyOffset(), this.validator.keyOffset() + length);
			if (algorithm < PublicKey.RSA) {
				assertArrayEquals(Arrays.copyOfRange(key, key.length - length, key.length), found);
			} else {
				// the modulus ends 5 bytes before the end: INTEGER 65537
				assertArrayEquals(Arrays.copyOfRange(key, key.length - 5 - (length - 6), key.length - 5), Arrays.copyOfRange(found, 2, length - 4));
			}
			assertEquals(TimeSource.UNKNOWN, this.validator.verifiedTimeState());
		}
	}

	@Test
	void refusesAKeyThatIsNotTrusted() {
		byte[] key = key("P-256", 0);
		assertEquals("KEY_NOT_TRUSTED", read(this.validator, trust(key("P-256", 1), key("Ed25519", 0)), 50, key));
		// nor is it given away as the peer's
		assertEquals(0, this.validator.keyAlgorithm());
		byte[] digest = sha256(key);
		assertEquals("NONE", read(this.validator, new TrustedKeys(digest), 50, key));
		for (int i = 0; i < 32; i++) {
			byte[] other = digest.clone();
			other[i] ^= 1;
			assertEquals("KEY_NOT_TRUSTED", read(this.validator, new TrustedKeys(other), 50, key));
		}
	}

	private static byte[] sha256(byte[] data) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(data);
		} catch (java.security.NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void refusesMoreOrLessThanOneKey() {
		byte[] key = key("P-256", 0);
		assertEquals("EMPTY_CHAIN", read(this.validator, trust(key), 50));
		assertEquals("TOO_MANY_KEYS", read(this.validator, trust(key), 50, key, key));
		assertFalse(this.validator.isValid());
		assertEquals("KEY_NOT_TRUSTED", read(this.validator, trust(key("P-256", 1)), 50, key, key));
		this.validator.start(trust(key));
		this.validator.startCertificate(key.length);
		this.validator.update(key, 0, key.length - 1);
		this.validator.endCertificate();
		this.validator.endChain();
		assertEquals("MALFORMED", PathError.name(this.validator.error()));
	}

	@Test
	void refusesACertificateInPlaceOfAKey() {
		Forge root = Forge.root("P-256");
		byte[] certificate = root.leaf("www.example.com").der();
		assertEquals("MALFORMED", read(this.validator, trust(certificate, key("P-256", 100)), 30, certificate));
		// and a key in place of a certificate
		assertEquals(PathError.MALFORMED, this.path.run(key("P-256", 100)));
	}

	@Test
	void everyDamagedBitMakesAnotherKey() {
		for (String kind : new String[] { "P-256", "Ed25519", "RSA-2048" }) {
			byte[] key = key(kind, 0);
			TrustedKeys trusted = trust(key);
			for (int bit = 0; bit < 8 * key.length; bit++) {
				byte[] damaged = key.clone();
				damaged[bit / 8] ^= (byte) (1 << bit % 8);
				assertFalse("NONE".equals(read(this.validator, trusted, 40, damaged)), kind + ", bit " + bit);
			}
			for (int length = 0; length < key.length; length++) {
				assertEquals("MALFORMED", read(this.validator, trusted, 40, Arrays.copyOf(key, length)));
			}
			assertEquals("MALFORMED", read(this.validator, trusted, 40, Octets.concat(key, new byte[1])));
			assertEquals("MALFORMED", read(this.validator, trusted, 40, Octets.concat(key, key)));
		}
	}

	/** Whoever trusts a key that cannot be used is told so. */
	@Test
	void tellsKeysThatCannotBeUsed() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp521r1"));
		byte[] p521 = generator.generateKeyPair().getPublic().getEncoded();
		assertEquals("KEY_UNSUPPORTED", read(this.validator, trust(p521), 40, p521));
		byte[] weak = key("RSA-1024", 0);
		assertEquals("KEY_WEAK", read(this.validator, trust(weak), 40, weak));
		byte[] large = key("RSA-2048", 0);
		PathValidator ec = new PathValidator(new PortableEcCrypto(), 0, 0, 0);
		assertEquals("KEY_UNSUPPORTED", read(ec, trust(large), 40, large));
		ECPublicKey point = (ECPublicKey) Forge.key("P-256", 0).getPublic();
		byte[] compressed = compressed(point);
		assertEquals("KEY_UNSUPPORTED", read(this.validator, trust(compressed), 40, compressed));
		byte[] x448 = Octets.unhex("3042300506032b656f033900" + "05".repeat(56));
		assertEquals("KEY_UNSUPPORTED", read(this.validator, trust(x448), 40, x448));
	}

	private static byte[] compressed(ECPublicKey key) {
		byte[] all = key.getEncoded();
		byte[] point = Octets.concat(Octets.of(2 + (all[all.length - 1] & 1)), Arrays.copyOfRange(all, 27, 59));
		return Octets.concat(Octets.of(0x30, 0x39), Arrays.copyOfRange(all, 2, 23), Octets.of(0x03, 0x22, 0), point);
	}

	@Test
	void noInputMakesItFailOtherwise() {
		Random random = new Random(3);
		byte[] key = key("RSA-2048", 0);
		TrustedKeys trusted = trust(key);
		for (int i = 0; i < 5000; i++) {
			byte[] mutated = key.clone();
			for (int j = 0; j <= random.nextInt(3); j++) {
				mutated[random.nextInt(random.nextBoolean() ? 40 : key.length)] = (byte) random.nextInt();
			}
			boolean same = Arrays.equals(mutated, key);
			assertEquals(same, "NONE".equals(read(this.validator, trusted, 1 + random.nextInt(60), mutated)));
		}
	}

	/** What a validator did before has no effect on what it does next. */
	@Test
	void takesTurnsWithCertificates() {
		Forge root = Forge.root("P-256");
		Forge leaf = root.leaf("www.example.com");
		PathRun run = new PathRun(root).name("www.example.com");
		byte[] key = key("P-256", 100);
		TrustedKeys trusted = trust(key);
		for (int i = 0; i < 3; i++) {
			assertEquals("NONE", run.run(leaf));
			assertEquals("NONE", read(run.validator, trusted, 33, key));
			assertEquals("KEY_NOT_TRUSTED", read(run.validator, trusted, 33, key("P-256", 0)));
			run.pins = new byte[32];
			assertEquals("PIN_MISMATCH", run.run(leaf));
			run.pins = null;
			// trusted keys are no trust in certificates
			run.name("other.example.com");
			assertEquals("HOST_NAME_MISMATCH", run.run(leaf));
			run.name("www.example.com");
		}
	}

	@Test
	void pinsDoNotReplaceTrust() {
		byte[] key = key("P-256", 0);
		byte[] other = key("P-256", 1);
		for (byte[] pins : new byte[][] { null, sha256(other) }) {
			this.validator.start(trust(key));
			this.validator.setPins(pins);
			this.validator.startCertificate(other.length);
			this.validator.update(other, 0, other.length);
			this.validator.endCertificate();
			assertTrue(this.validator.step());
			this.validator.endChain();
			assertEquals(PathError.KEY_NOT_TRUSTED, this.validator.error());
		}
		this.validator.wipe();
		assertFalse(this.validator.isValid());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 31, 33, 63 })
	void digestsHave32BytesEach(int length) {
		assertThrows(IllegalArgumentException.class, () -> new TrustedKeys(new byte[length]));
	}

	@Test
	void trustedKeysAreWellFormed() {
		byte[] key = key("P-256", 0);
		assertThrows(IllegalArgumentException.class, () -> trust());
		assertThrows(IllegalArgumentException.class, () -> trust(key, new byte[0]));
		assertThrows(IllegalArgumentException.class, () -> trust(Arrays.copyOf(key, key.length - 1)));
		assertThrows(IllegalArgumentException.class, () -> trust(Arrays.copyOf(key, key.length + 1)));
		assertThrows(IllegalArgumentException.class, () -> trust(Octets.of(0x31, 0)));
		assertArrayEquals(Octets.concat(sha256(key), sha256(key("Ed25519", 0))), trust(key, key("Ed25519", 0)).digests());
	}

	@Test
	void allocatesNothing() {
		byte[] key = key("P-256", 0);
		PathValidator v = new PathValidator(new PortableCrypto(), 0, 0, 0);
		TrustedKeys trusted = TrustedKeys.of(new PortableCrypto(), key);
		byte[][] entries = { key };
		assertEquals(0, AllocationMeter.measure(20, () -> {
			if (!"NONE".equals(read(v, trusted, 50, entries))) {
				throw new IllegalStateException();
			}
		}));
	}
}
