/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.host.HeapWalker;
import dev.thimble.support.AllocationMeter;

/** What a validator takes of the heap: little when it is made, nothing afterwards. */
class PathMemoryTest {

	private static long heap(CryptoProvider crypto, int pending, int names, int message, int lent) {
		Hash[] hashes = { crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384), crypto.newHash(Hash.SHA_512),
				crypto.newHash(Hash.SHA_256) };
		byte[] memory = new byte[lent];
		PathValidator validator = new PathValidator(crypto, hashes[0], hashes[1], hashes[2], hashes[3], pending, names, message,
				memory, 0, lent);
		HeapWalker walker = new HeapWalker().exclude((Object[]) hashes).exclude(memory);
		for (int i = SignatureVerifier.ECDSA_P256; i <= SignatureVerifier.RSA_PSS; i++) {
			walker.exclude(validator.verifier(i));
		}
		return walker.walk(validator).bytes();
	}

	@Test
	void theEcProfileFitsTwoKilobytes() {
		long bytes = heap(new PortableEcCrypto(), 1, 384, 0, 0);
		System.out.println("Path validator, EC profile, 1 pending certificate, 384 bytes of names: " + bytes
				+ " bytes of heap without hashes and verifiers");
		assertTrue(bytes <= 1945, bytes + " bytes");
		System.out.println("Path validator, RSA-4096 profile: " + heap(new PortableCrypto(), 1, 384, 0, 0) + " bytes");
	}

	/** Records and names move to lent memory as far as that is long enough; array headers go with the last of them. */
	@Test
	void lentMemoryIsUsedInsteadOfItsOwn() {
		long own = heap(new PortableEcCrypto(), 1, 384, 0, 0);
		long lent = heap(new PortableEcCrypto(), 1, 384, 0, 1278);
		System.out.println("Path validator, EC profile, in 1,278 bytes of lent memory: " + lent + " bytes");
		assertTrue(own - lent >= 1278, own + " bytes alone, " + lent + " bytes with a loan");
		long some = heap(new PortableEcCrypto(), 1, 384, 0, 298);
		assertTrue(own - some >= 296 && some > lent, some + " bytes with a small loan");
	}

	@Test
	void validatingAllocatesNothing() {
		for (String kind : new String[] { "P-256", "P-384", "Ed25519", "RSA-2048" }) {
			Forge root = Forge.root(kind);
			Forge top = root.intermediate("Top", 1).permitted(Forge.dns("example.com"), Forge.directory("CN=leaf"));
			Forge low = top.issue("CN=leaf,CN=Low", Forge.key(kind, 2)).ca(-1);
			byte[][] chain = { low.leaf("www.example.com").der(), low.der(), top.der() };
			byte[][] wrong = { low.leaf("www.example.org").der(), low.der(), top.der() };
			byte[] name = Der.ascii("www.example.com");
			byte[] noName = new byte[0];
			byte[] pins = new byte[32];
			TrustAnchors anchors = PathRun.anchors(root);
			TimeSource time = new PathRun(root).time;
			PathValidator validator = new PathValidator(new PortableCrypto(), 1, 384, 1024);
			long bytes = AllocationMeter.measureSlow(5, () -> {
				expect(PathError.NONE, run(validator, anchors, time, name, null, chain));
				expect(PathError.PIN_MISMATCH, run(validator, anchors, time, name, pins, chain));
				expect(PathError.HOST_NAME_MISMATCH, run(validator, anchors, time, name, null, wrong));
				expect(PathError.NAME_NOT_PERMITTED, run(validator, anchors, time, noName, null, wrong));
				validator.wipe();
			});
			assertEquals(0, bytes, kind);
		}
	}

	private static void expect(int error, int actual) {
		if (error != actual) {
			throw new IllegalStateException(PathError.name(actual));
		}
	}

	private static int run(PathValidator v, TrustAnchors anchors, TimeSource time, byte[] name, byte[] pins, byte[][] chain) {
		v.start(anchors, time, PathValidator.SERVER_AUTH);
		v.setServerName(name, 0, name.length);
		v.setPins(pins);
		for (int i = 0; i < chain.length; i++) {
			byte[] der = chain[i];
			v.startCertificate(der.length);
			for (int p = 0; p < der.length; p += 100) {
				v.update(der, p, Math.min(100, der.length - p));
			}
			v.endCertificate();
			while (!v.step()) {
				// next slice
			}
		}
		v.endChain();
		return v.error();
	}
}
