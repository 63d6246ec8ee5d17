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

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;

import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Octets;

/** The pseudorandom function against known answers and Bouncy Castle's. */
class Prf12Test {

	private static final BcTlsCrypto REFERENCE = new BcTlsCrypto(new SecureRandom());

	private final byte[] memory = new byte[Prf12.MEMORY + 2];
	private final Prf12 prf = prf(this.memory);

	private static Prf12 prf(byte[] memory) {
		PortableEcCrypto crypto = new PortableEcCrypto();
		return new Prf12(crypto.workHash(Hash.SHA_256), crypto.workHash(Hash.SHA_384), memory, 1);
	}

	private static byte[] bytes(int length, int seed) {
		byte[] result = new byte[length];
		new Random(seed).nextBytes(result);
		return result;
	}

	private int finish() {
		int steps = 1;
		while (!this.prf.step()) {
			steps++;
		}
		return steps;
	}

	private byte[] compute(int hash, byte[] secret, String label, byte[] seed, int length) {
		byte[] output = new byte[length + 2];
		this.prf.start(hash, secret, 0, secret.length, label);
		this.prf.seed(seed, 0, seed.length);
		this.prf.expand(output, 1, length);
		assertEquals(Math.max(1, (length + (hash == Hash.SHA_384 ? 47 : 31)) / (hash == Hash.SHA_384 ? 48 : 32)), finish());
		assertEquals(0, output[0]);
		assertEquals(0, output[length + 1]);
		assertArrayEquals(new byte[this.memory.length], this.memory, "the memory is wiped");
		return Arrays.copyOfRange(output, 1, length + 1);
	}

	private static byte[] reference(int hash, byte[] secret, String label, byte[] seed, int length) {
		int algorithm = hash == Hash.SHA_384 ? PRFAlgorithm.tls_prf_sha384 : PRFAlgorithm.tls_prf_sha256;
		return new BcTlsSecret(REFERENCE, secret.clone()).deriveUsingPRF(algorithm, label, seed, length).extract();
	}

	/** The answers that the TLS working group's mailing list agreed on. */
	@ParameterizedTest
	@CsvSource({ "4,9bbe436ba940f017b17652849a71db35,a0ba9f936cda311827a6f796ffd5198c,"
			+ "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17"
			+ "abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66",
			"5,b80b733d6ceefcdc71566ea48e5567df,cd665cf6a8447dd6ff8b27555edb7465,"
					+ "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700"
					+ "884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a2"
					+ "6066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f" })
	void givesTheKnownAnswers(int hash, String secret, String seed, String expected) {
		assertEquals(expected, Octets.hex(compute(hash, Octets.unhex(secret), "test label", Octets.unhex(seed), expected.length() / 2)));
	}

	/** Secrets of all lengths around those of the hash functions' blocks; ECDHE_PSK has up to 116 bytes. */
	@ParameterizedTest
	@ValueSource(ints = { Hash.SHA_256, Hash.SHA_384 })
	void agreesWithBouncyCastle(int hash) {
		for (int length : new int[] { 1, 31, 32, 48, 63, 64, 65, 100, 116, 127, 128, 129, 200 }) {
			byte[] secret = bytes(length, length);
			byte[] seed = bytes(length % 3 * 16 + 32, -length);
			for (int size : new int[] { 1, 12, 32, 47, 48, 49, 96, 104, 255 }) {
				for (String label : new String[] { Prf12.EXTENDED_MASTER_SECRET, Prf12.KEY_EXPANSION, Prf12.CLIENT_FINISHED, "",
						"EXPORTER-a label that is longer than a block of output: it is taken in pieces of forty-eight" }) {
					assertArrayEquals(reference(hash, secret, label, seed, size), compute(hash, secret, label, seed, size), label);
				}
			}
		}
	}

	@Test
	void aSeedIsTheSumOfItsParts() {
		byte[] secret = bytes(48, 1);
		byte[] all = bytes(100, 2);
		byte[] label = "EXPERIMENTAL label".getBytes(StandardCharsets.US_ASCII);
		byte[] context = bytes(300, 3);
		byte[] output = new byte[100];
		this.prf.start(Hash.SHA_256, secret, 0, 48, "");
		this.prf.seed(label, 0, label.length);
		this.prf.seed(all, 4, 32);
		this.prf.seed(all, 50, 32);
		this.prf.seedVector(context, 10, 290);
		this.prf.expand(output, 0, 100);
		finish();
		byte[] seed = new Octets().add(Arrays.copyOfRange(all, 4, 36)).add(Arrays.copyOfRange(all, 50, 82))
				.vector16(Arrays.copyOfRange(context, 10, 300)).toBytes();
		assertArrayEquals(reference(Hash.SHA_256, secret, "EXPERIMENTAL label", seed, 100), output);
		// no context is another thing than an empty one (RFC 5705 §4)
		byte[] none = new byte[32];
		byte[] empty = new byte[32];
		this.prf.start(Hash.SHA_256, secret, 0, 48, "EXPERIMENTAL label");
		this.prf.seed(all, 0, 64);
		this.prf.expand(none, 0, 32);
		finish();
		this.prf.start(Hash.SHA_256, secret, 0, 48, "EXPERIMENTAL label");
		this.prf.seed(all, 0, 64);
		this.prf.seedVector(context, 0, 0);
		this.prf.expand(empty, 0, 32);
		finish();
		byte[] randoms = Arrays.copyOf(all, 64);
		assertArrayEquals(reference(Hash.SHA_256, secret, "EXPERIMENTAL label", randoms, 32), none);
		assertArrayEquals(reference(Hash.SHA_256, secret, "EXPERIMENTAL label", Octets.concat(randoms, new byte[2]), 32), empty);
	}

	@Test
	void outputMayReplaceTheSecret() {
		byte[] secret = bytes(66, 5);
		byte[] seed = bytes(48, 6);
		byte[] expected = reference(Hash.SHA_384, secret, Prf12.EXTENDED_MASTER_SECRET, seed, 48);
		this.prf.start(Hash.SHA_384, secret, 0, 66, Prf12.EXTENDED_MASTER_SECRET);
		this.prf.seed(seed, 0, 48);
		this.prf.expand(secret, 0, 48);
		finish();
		assertArrayEquals(expected, Arrays.copyOf(secret, 48));
	}

	@Test
	void wipesWhatItAbandons() {
		byte[] secret = bytes(48, 7);
		byte[] output = new byte[200];
		this.prf.start(Hash.SHA_256, secret, 0, 48, Prf12.KEY_EXPANSION);
		this.prf.seed(secret, 0, 48);
		this.prf.expand(output, 0, 200);
		assertFalse(this.prf.step());
		this.prf.wipe();
		assertArrayEquals(new byte[this.memory.length], this.memory);
		// the next one knows nothing of it
		assertArrayEquals(reference(Hash.SHA_256, secret, "x", secret, 40), compute(Hash.SHA_256, secret, "x", secret, 40));
	}

	@Test
	void worksWithoutSha384() {
		PortableEcCrypto crypto = new PortableEcCrypto();
		Prf12 only = new Prf12(crypto.workHash(Hash.SHA_256), null, new byte[Prf12.MEMORY], 0);
		byte[] secret = bytes(98, 8);
		byte[] output = new byte[12];
		only.start(Hash.SHA_256, secret, 0, 98, Prf12.SERVER_FINISHED);
		only.seed(secret, 0, 32);
		only.expand(output, 0, Prf12.VERIFY_LENGTH);
		assertTrue(only.step());
		assertArrayEquals(reference(Hash.SHA_256, secret, Prf12.SERVER_FINISHED, Arrays.copyOf(secret, 32), 12), output);
	}

	@Test
	void allocatesNothing() {
		byte[] secret = bytes(48, 9);
		byte[] output = new byte[72];
		assertEquals(0, AllocationMeter.measure(100, () -> {
			for (int hash = Hash.SHA_256; hash <= Hash.SHA_384; hash++) {
				this.prf.start(hash, secret, 0, 48, Prf12.KEY_EXPANSION);
				this.prf.seed(secret, 0, 32);
				this.prf.seedVector(secret, 0, 32);
				this.prf.expand(output, 0, 72);
				while (!this.prf.step()) {
					continue;
				}
			}
		}));
	}
}
