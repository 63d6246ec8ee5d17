/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Damaged chains: never valid, never an exception. */
class PathMutationTest {

	private final Forge root = Forge.root("P-256");
	private final Forge ca = this.root.intermediate("CA", 1).pathLength(0).keyUsage(0x06).permitted(Forge.dns("example.com"),
			Forge.directory("CN=leaf"))
			.purposes(Forge.SERVER_AUTH);
	private final Forge leaf = this.ca.leaf("*.example.com").keyUsage(0x80).purposes(Forge.SERVER_AUTH).extension("1.2.3", false,
			new byte[9]);
	private final PathRun run = new PathRun(this.root).name("www.example.com");

	@Test
	void everyChangedByteIsAnError() {
		byte[][] chain = { this.leaf.der(), this.ca.der() };
		assertEquals(PathError.NONE, this.run.run(chain));
		int cases = 0;
		int malleable = 0;
		Random random = new Random(4);
		for (int c = 0; c < 2; c++) {
			byte[] original = chain[c];
			byte[] copy = original.clone();
			byte[][] damaged = chain.clone();
			damaged[c] = copy;
			for (int i = 0; i < copy.length; i++) {
				for (int value : new int[] { copy[i] ^ 1, copy[i] ^ 0x80, copy[i] + 1, 0, 0xff, random.nextInt() }) {
					copy[i] = (byte) value;
					if (copy[i] != original[i]) {
						cases++;
						this.run.piece = cases % 50 - 1;
						if (this.run.run(damaged) == PathError.NONE) {
							malleable++;
						}
					}
					copy[i] = original[i];
				}
			}
		}
		assertEquals(0, malleable);
		assertTrue(cases > 3000);
	}

	@Test
	void everyTruncationInsertionAndDeletionIsAnError() {
		byte[] leafDer = this.leaf.der();
		byte[] caDer = this.ca.der();
		for (int i = 0; i < leafDer.length; i++) {
			assertEquals(PathError.MALFORMED, this.run.run(Arrays.copyOf(leafDer, i), caDer));
			byte[] deleted = Der.join(Arrays.copyOf(leafDer, i), Arrays.copyOfRange(leafDer, i + 1, leafDer.length));
			assertNotEquals(PathError.NONE, this.run.run(deleted, caDer));
			byte[] inserted = Der.join(Arrays.copyOf(leafDer, i), new byte[] { (byte) i }, Arrays.copyOfRange(leafDer, i, leafDer.length));
			assertNotEquals(PathError.NONE, this.run.run(inserted, caDer));
		}
	}

	/** Mutants of the to-be-signed part, signed anew: the parser cannot hide behind the signature. The result never depends on the pieces. */
	@Test
	void anyThingSignedIsReadWithoutExceptionAndAlikeInAllPieces() {
		PathRun small = new PathRun(this.root).name("www.example.com");
		small.validator = new PathValidator(PathRun.EC_CRYPTO, 0, 100, 0);
		Random random = new Random(5);
		boolean[] seen = new boolean[256];
		int valid = 0;
		for (int n = 0; n < 1500; n++) {
			Forge forge = n % 2 == 0 ? this.leaf : this.ca;
			byte[] tbs = forge.toBeSigned();
			for (int k = random.nextInt(3); k >= 0; k--) {
				mutate(tbs, random);
			}
			byte[] der = Der.sequence(tbs, Forge.algorithmId("SHA256withECDSA"), Der.bits(forge.sign(tbs)));
			byte[][] chain = n % 2 == 0 ? new byte[][] { der, this.ca.der() } : new byte[][] { this.leaf.der(), der };
			this.run.piece = 0;
			int error = this.run.run(chain);
			this.run.piece = n % 3 == 0 ? -1 : n % 3;
			assertEquals(error, this.run.run(chain));
			small.piece = n % 3;
			small.run(chain);
			seen[error] = true;
			valid += error == 0 ? 1 : 0;
		}
		int kinds = 0;
		for (boolean s : seen) {
			kinds += s ? 1 : 0;
		}
		System.out.println("Mutated certificates, signed: " + valid + " of 1500 valid, " + kinds + " different results");
		assertTrue(kinds > 8);
	}

	/** A byte, mostly one that looks like a tag or a small length. */
	private static void mutate(byte[] bytes, Random random) {
		int at = random.nextInt(bytes.length);
		bytes[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(2) == 0 ? 0x2c + random.nextInt(8) : bytes[at]
				+ random.nextInt(5) - 2);
	}

	/** Certificates of all kinds of keys, in the smallest validator a provider can have. */
	@Test
	void mutantsOfEveryKindAreReadInLittleMemory() {
		Random random = new Random(12);
		PathValidator tiny = new PathValidator(PathRun.EC_CRYPTO, 0, 0, 0);
		PathValidator full = new PathValidator(PathRun.CRYPTO, 1, 50, 200);
		for (String kind : new String[] { "P-256", "P-384", "Ed25519", "RSA-2048", "PSS" }) {
			Forge anchor = Forge.root(kind.equals("PSS") ? "RSA-2048" : kind);
			Forge certificate = anchor.leaf("www.example.com");
			if (kind.equals("PSS")) {
				certificate.signedWith("PSS-512");
				certificate.keyInfo = Der.sequence(Forge.pssId(3, 64), Arrays.copyOfRange(anchor.keyInfo, 19, anchor.keyInfo.length));
			}
			PathRun path = new PathRun(anchor);
			byte[] der = certificate.der();
			for (int n = 0; n < 500; n++) {
				byte[] bad = der.clone();
				for (int k = random.nextInt(4); k >= 0; k--) {
					mutate(bad, random);
				}
				path.validator = tiny;
				path.piece = 0;
				int error = path.run(bad);
				path.piece = n % 5 - 1;
				assertEquals(error, path.run(bad));
				path.validator = full;
				path.run(bad);
			}
		}
	}

	@Test
	void randomBytesAreRefused() {
		Random random = new Random(6);
		for (int i = 0; i < 10000; i++) {
			byte[] noise = new byte[random.nextInt(200)];
			random.nextBytes(noise);
			if (noise.length > 4 && i % 2 == 0) {
				noise[0] = 0x30;
				noise[1] = (byte) (noise.length - 2);
				noise[2] = 0x30;
			}
			this.run.piece = i % 3;
			assertNotEquals(PathError.NONE, this.run.run(noise));
		}
	}
}
