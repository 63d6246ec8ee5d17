/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.KeyKind;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Octets;
import dev.thimble.support.Slices;
import dev.thimble.support.TestPki;

/** RSA signatures against the JDK's, and the private operation against BigInteger. */
class RsaSignerTest {

	private static final Map<Integer, KeyPair> PAIRS = new ConcurrentHashMap<>();
	private static final String[] HASHES = { "SHA-256", "SHA-384", "SHA-512" };

	private final PortableCrypto crypto = new PortableCrypto();

	private static KeyPair pair(int bits) {
		if (bits == 2048 || bits == 4096) {
			return TestPki.key(bits == 2048 ? KeyKind.RSA2048 : KeyKind.RSA4096, 0);
		}
		return PAIRS.computeIfAbsent(bits, n -> {
			try {
				KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
				generator.initialize(n);
				return generator.generateKeyPair();
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		});
	}

	private static RSAPrivateCrtKey key(int bits) {
		return (RSAPrivateCrtKey) pair(bits).getPrivate();
	}

	private static byte[] digest(int length, int seed) {
		byte[] digest = new byte[length];
		new Random(seed).nextBytes(digest);
		return digest;
	}

	/** The JDK signs and verifies messages, so this one's digest is what ours gets. */
	private static byte[] digestOf(String hash, byte[] message) throws GeneralSecurityException {
		return java.security.MessageDigest.getInstance(hash).digest(message);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2048, 2112, 3072, 4096 })
	void signaturesAreThoseOfTheJdk(int bits) throws GeneralSecurityException {
		RSAPrivateCrtKey key = key(bits);
		byte[] message = { 1, 2, 3, (byte) bits };
		for (int i = 0; i < 2; i++) {
			RsaSigner pkcs1 = this.crypto.newRsaSigner(SignatureVerifier.RSA_PKCS1, RsaKeys.encode(key, i == 1), 0);
			RsaSigner pss = pkcs1.other();
			assertEquals(SignatureVerifier.RSA_PKCS1, pkcs1.algorithm());
			assertEquals(SignatureVerifier.RSA_PSS, pss.algorithm());
			assertEquals(bits / 8, pss.maxSignatureLength());
			for (String hash : HASHES) {
				byte[] digest = digestOf(hash, message);
				Signature jdk = Signature.getInstance(hash.replace("-", "") + "withRSA");
				jdk.initSign(key);
				jdk.update(message);
				assertArrayEquals(jdk.sign(), Slices.sign(pkcs1, digest), hash);
				byte[] signature = Slices.sign(pss, digest);
				Signature verifier = Signature.getInstance("RSASSA-PSS");
				verifier.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), digest.length, 1));
				verifier.initVerify(pair(bits).getPublic());
				verifier.update(message);
				assertTrue(verifier.verify(signature), hash);
			}
		}
	}

	/** The salt is another one for another message, and for another key, and the same for the same. */
	@Test
	void signaturesAreDeterministic() {
		RsaSigner signer = this.crypto.newRsaSigner(SignatureVerifier.RSA_PSS, RsaKeys.encode(key(2048), false), 0);
		byte[] one = Slices.sign(signer, digest(32, 1));
		assertArrayEquals(one, Slices.sign(signer, digest(32, 1)));
		byte[] first = salt(key(2048), one);
		assertFalse(Arrays.equals(first, salt(key(2048), Slices.sign(signer, digest(32, 2)))));
		RsaSigner other = this.crypto.newRsaSigner(SignatureVerifier.RSA_PSS, RsaKeys.encode(key(2112), false), 0);
		assertFalse(Arrays.equals(first, salt(key(2112), Slices.sign(other, digest(32, 1)))));
	}

	/** Undoes MGF1 with SHA-256 (RFC 8017 §9.1.2). */
	private static byte[] salt(RSAPrivateCrtKey key, byte[] signature) {
		byte[] message = RsaKeys.bytes(new BigInteger(1, signature).modPow(key.getPublicExponent(), key.getModulus()), signature.length);
		int h = signature.length - 33;
		byte[] mask = new byte[0];
		Sha256 hash = new Sha256();
		for (int i = 0; mask.length < h; i++) {
			byte[] block = new byte[32];
			hash.update(message, h, 32);
			hash.update(new byte[] { 0, 0, 0, (byte) i }, 0, 4);
			hash.digest(block, 0);
			mask = Octets.concat(mask, block);
		}
		for (int i = 0; i < h; i++) {
			message[i] ^= mask[i];
		}
		return Arrays.copyOfRange(message, h - 32, h);
	}

	/** Numbers of every kind, the multiples of the primes among them, whose powers modulo one of the two are 0. */
	@ParameterizedTest
	@ValueSource(ints = { 2048, 2112, 3072, 4096 })
	void thePrivateOperationAgreesWithBigInteger(int bits) {
		RSAPrivateCrtKey key = key(bits);
		BigInteger n = key.getModulus();
		Random random = new Random(bits);
		BigInteger p = key.getPrimeP();
		BigInteger q = key.getPrimeQ();
		BigInteger[] numbers = { BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO, n.subtract(BigInteger.ONE), p, q, n.subtract(p), n.subtract(q),
				p.multiply(BigInteger.valueOf(65537)), q.shiftLeft(100), p.subtract(BigInteger.ONE), q.add(BigInteger.ONE),
				BigInteger.ONE.shiftLeft(bits / 2), BigInteger.ONE.shiftLeft(bits / 2).subtract(BigInteger.ONE), new BigInteger(bits - 1, random),
				new BigInteger(bits - 1, random) };
		int[] work = new int[8 * (bits / 64) + 2];
		RsaPrivateOperation operation = new RsaPrivateOperation(work);
		assertEquals(bits / 8, operation.maxLength());
		for (int i = 0; i < (bits == 2048 ? 2 : 1); i++) {
			byte[] encoded = RsaKeys.encode(key, i == 1);
			for (BigInteger number : numbers) {
				byte[] result = new byte[bits / 8];
				operation.start(encoded, 6 + bits / 8, bits / 8, RsaKeys.bytes(number, bits / 8), result);
				int steps = 1;
				while (!operation.step()) {
					steps++;
				}
				assertEquals(number.modPow(key.getPrivateExponent(), n), new BigInteger(1, result), number.toString(16));
				assertTrue(steps > 100, "it is sliced");
				assertArrayEquals(new int[work.length], work, "it is wiped");
			}
		}
	}

	/** The steps are the same whatever the key and the message. */
	@Test
	void takesTheSameStepsForAllKeysAndMessages() {
		int[] steps = new int[4];
		for (int i = 0; i < 4; i++) {
			RSAPrivateCrtKey key = (RSAPrivateCrtKey) TestPki.key(KeyKind.RSA2048, i & 1).getPrivate();
			RsaSigner signer = this.crypto.newRsaSigner(SignatureVerifier.RSA_PKCS1, RsaKeys.encode(key, i > 1), 0);
			signer.start(digest(32, i), 0, 32);
			steps[i] = Slices.finish(signer);
			assertEquals(steps[0], steps[i]);
			assertEquals(256, signer.result(new byte[256], 0));
		}
	}

	/** Boneh, DeMillo, Lipton: a signature that is wrong modulo one prime gives the other away. */
	@Test
	void aSignatureThatIsWrongIsNotGivenAway() {
		byte[] good = RsaKeys.encode(key(2048), false);
		Random random = new Random(5);
		for (int part = 0; part < 5; part++) {
			for (int i = 0; i < 4; i++) {
				byte[] damaged = good.clone();
				// not the top byte and not the last: those are looked at by the constructor
				int at = 262 + 128 * part + 1 + random.nextInt(126);
				damaged[at] ^= (byte) (1 << random.nextInt(8));
				RsaSigner signer = this.crypto.newRsaSigner(SignatureVerifier.RSA_PSS, damaged, 0);
				signer.start(digest(32, 1), 0, 32);
				Slices.finish(signer);
				byte[] output = new byte[256];
				assertEquals(-1, signer.result(output, 0), "part " + part);
				assertArrayEquals(new byte[256], output);
			}
		}
	}

	@Test
	void withoutAKeyOrADigestThereIsNoSignature() {
		RsaSigner signer = this.crypto.newRsaSigner(SignatureVerifier.RSA_PSS, RsaKeys.encode(key(2048), false), 0);
		RsaSigner other = signer.other();
		for (int length : new int[] { 0, 20, 28, 31, 33, 65 }) {
			assertEquals(null, Slices.sign(signer, new byte[length]));
			assertEquals(null, Slices.sign(other, new byte[length]));
		}
		// an operation that is abandoned
		signer.start(digest(32, 1), 0, 32);
		for (int i = 0; i < 20; i++) {
			assertFalse(signer.step());
		}
		assertEquals(-1, signer.result(new byte[256], 0));
		assertNotEquals(null, Slices.sign(signer, digest(32, 1)));
		assertNotEquals(null, Slices.sign(other, digest(48, 1)));
		signer.wipe();
		assertEquals(null, Slices.sign(signer, digest(32, 1)));
		assertEquals(null, Slices.sign(other, digest(32, 1)));
	}

	@Test
	void tellsKeysThatCannotBeUsed() {
		byte[] good = RsaKeys.encode(key(2048), false);
		refused("2048 bits", good, 0, 0x00);
		refused("2048 bits", good, 1, 0x04);
		refused("2048 bits", good, 0, 0x03);
		refused("2048 bits", good, 2, good[2] & 0x7f);
		refused("primes", good, 262, good[262] & 0x7f);
		refused("primes", good, 262 + 128, good[262 + 128] & 0x7f);
		refused("primes", good, 262 + 127, good[262 + 127] & 0xfe);
		refused("primes", good, 262 + 255, good[262 + 255] & 0xfe);
		byte[] large = RsaKeys.encode(key(4096), false);
		assertThrows(IllegalArgumentException.class,
				() -> new RsaSigner(SignatureVerifier.RSA_PSS, large, 0, this.crypto, new int[388]));
	}

	private void refused(String word, byte[] key, int at, int value) {
		byte[] bad = Arrays.copyOf(key, 2000);
		bad[at] = (byte) value;
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
				() -> this.crypto.newRsaSigner(SignatureVerifier.RSA_PSS, bad, 0));
		assertTrue(e.getMessage().contains(word), e.getMessage());
	}

	/** Signing and verifying take turns in the same memory. */
	@Test
	void ourOwnVerifiersAgree() {
		RSAPublicKey open = (RSAPublicKey) pair(3072).getPublic();
		byte[] publicKey = RsaKeys.encode(open.getModulus(), open.getPublicExponent());
		RsaSigner signer = this.crypto.newRsaSigner(SignatureVerifier.RSA_PSS, RsaKeys.encode(key(3072), false), 0);
		SignatureVerifier verifier = this.crypto.newVerifier(SignatureVerifier.RSA_PSS);
		for (int length : new int[] { 32, 48, 64 }) {
			byte[] digest = digest(length, length);
			assertTrue(RsaKeys.verify(verifier, publicKey, digest, Slices.sign(signer, digest)));
		}
	}

	@Test
	void allocatesNothing() {
		RsaSigner signer = this.crypto.newRsaSigner(SignatureVerifier.RSA_PSS, RsaKeys.encode(key(2048), false), 0);
		byte[] digest = digest(32, 9);
		byte[] output = new byte[256];
		assertEquals(0, AllocationMeter.measureSlow(5, () -> {
			signer.start(digest, 0, 32);
			while (!signer.step()) {
				continue;
			}
			if (signer.result(output, 0) != 256) {
				throw new IllegalStateException();
			}
		}));
	}
}
