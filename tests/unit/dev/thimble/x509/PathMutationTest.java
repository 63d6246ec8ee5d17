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
	private final Forge ca = this.root.intermediate("CA", 1).pathLength(0).keyUsage(0x06).permitted(Forge.dns("example.com"), Forge.directory("CN=leaf"))
			.purposes(Forge.SERVER_AUTH);
	private final Forge leaf = this.ca.leaf("*.example.com").keyUsage(0x80).purposes(Forge.SERVER_AUTH).extension("1.2.3", false, new byte[9]);
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

	/** Mutants of the to-be-signed part, signed anew: the parser cannot hide behind the signature. */
	@Test
	void anyThingSignedIsReadWithoutException() {
		Random random = new Random(5);
		byte[] id = Forge.algorithmId("SHA256withECDSA");
		boolean[] seen = new boolean[256];
		int valid = 0;
		for (int n = 0; n < 4000; n++) {
			Forge forge = n % 2 == 0 ? this.leaf : this.ca;
			byte[] tbs = forge.toBeSigned();
			for (int k = random.nextInt(3); k >= 0; k--) {
				tbs[random.nextInt(tbs.length)] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : 0x30 + random.nextInt(8) - 4);
			}
			byte[] der = Der.sequence(tbs, id, Der.bits(forge.sign(tbs)));
			this.run.piece = random.nextInt(4) - 1;
			int error = n % 2 == 0 ? this.run.run(der, this.ca.der()) : this.run.run(this.leaf.der(), der);
			seen[error] = true;
			valid += error == 0 ? 1 : 0;
		}
		int kinds = 0;
		for (boolean s : seen) {
			kinds += s ? 1 : 0;
		}
		System.out.println("Mutated certificates, signed: " + valid + " of 4000 valid, " + kinds + " different results");
		assertTrue(kinds > 8);
	}

	@Test
	void randomBytesAreRefused() {
		Random random = new Random(6);
		for (int i = 0; i < 20000; i++) {
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
