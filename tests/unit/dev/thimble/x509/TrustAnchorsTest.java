/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.thimble.host.AnchorTableBuilder;

/** The flat table of trusted roots. */
class TrustAnchorsTest {

	private static byte[] table(Forge... roots) {
		AnchorTableBuilder builder = new AnchorTableBuilder();
		for (Forge root : roots) {
			builder.add(root.der());
		}
		return builder.build();
	}

	private static byte[] digest(String name) throws Exception {
		return java.security.MessageDigest.getInstance("SHA-256").digest(Der.name(name));
	}

	@Test
	void everyAnchorIsFoundByItsSubject() throws Exception {
		Forge[] roots = new Forge[40];
		for (int i = 0; i < roots.length; i++) {
			roots[i] = Forge.selfSigned("CN=" + i / 2, "P-256", i);
		}
		TrustAnchors anchors = new TrustAnchors(table(roots));
		assertEquals(40, anchors.count());
		for (int i = 0; i < 20; i++) {
			byte[] shifted = Der.join(new byte[3], digest("CN=" + i));
			int first = anchors.find(shifted, 3);
			assertTrue(first >= 0);
			int second = anchors.next(first);
			assertEquals(first + 1, second);
			assertEquals(-1, anchors.next(second));
			Set<String> keys = new HashSet<>();
			for (int index : new int[] { first, second }) {
				assertEquals(PublicKey.EC_P256, anchors.keyAlgorithm(index));
				assertEquals(65, anchors.keyLength(index));
				int key = anchors.key(index);
				keys.add(Arrays.toString(Arrays.copyOfRange(anchors.bytes(), key, key + 65)));
			}
			for (int j = 2 * i; j < 2 * i + 2; j++) {
				byte[] info = roots[j].keyInfo;
				assertTrue(keys.contains(Arrays.toString(Arrays.copyOfRange(info, info.length - 65, info.length))));
			}
		}
		assertEquals(-1, anchors.find(digest("CN=nobody"), 0));
		assertEquals(-1, anchors.find(new byte[8], 0));
		byte[] last = new byte[8];
		Arrays.fill(last, (byte) 0xff);
		assertEquals(-1, anchors.find(last, 0));
	}

	@Test
	void anchorsWithOneKeyShareIt() {
		int one = table(Forge.selfSigned("CN=a", "P-256", 1)).length;
		int two = table(Forge.selfSigned("CN=a", "P-256", 1), Forge.selfSigned("CN=b", "P-256", 1)).length;
		assertEquals(TrustAnchors.ENTRY_LENGTH, two - one);
	}

	@Test
	void everyKindOfKeyFits() {
		String[] kinds = { "P-256", "P-384", "Ed25519", "RSA-2048" };
		int[] lengths = { 65, 97, 32, 262 };
		for (int i = 0; i < kinds.length; i++) {
			TrustAnchors anchors = new TrustAnchors(table(Forge.root(kinds[i])));
			assertEquals(i + 1, anchors.keyAlgorithm(0));
			assertEquals(lengths[i], anchors.keyLength(0));
			assertEquals(0, anchors.keyHash(0));
		}
	}

	private static void assertDamaged(String part, byte[] table) {
		IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> new TrustAnchors(table));
		assertTrue(e.getMessage().contains(part), e.getMessage());
	}

	@Test
	void aDamagedTableIsRefusedWithASentence() {
		byte[] good = table(Forge.selfSigned("CN=a", "P-256", 1), Forge.selfSigned("CN=b", "P-384", 2), Forge.root("RSA-2048"));
		assertDamaged("Not a table", new byte[0]);
		assertDamaged("Not a table", new byte[100]);
		byte[] version = good.clone();
		version[2] = 2;
		assertDamaged("another version", version);
		byte[] reserved = good.clone();
		reserved[3] = 1;
		assertDamaged("another version", reserved);
		byte[] empty = good.clone();
		empty[5] = 0;
		assertDamaged("empty", empty);
		assertDamaged("cut off", Arrays.copyOf(good, 20));
		byte[] unsorted = good.clone();
		System.arraycopy(good, 6, unsorted, 17, 8);
		System.arraycopy(good, 17, unsorted, 6, 8);
		assertDamaged("not sorted", unsorted);
		byte[] outside = good.clone();
		outside[14] = 1;
		assertDamaged("outside", outside);
		byte[] inside = good.clone();
		inside[15] = 0;
		inside[16] = 7;
		assertDamaged("outside", inside);
		for (int length = 6; length < good.length; length++) {
			byte[] cut = Arrays.copyOf(good, length);
			assertThrows(IllegalArgumentException.class, () -> new TrustAnchors(cut));
		}
	}

	@Test
	void anyDamageIsAnIllegalArgumentOrHarmless() throws Exception {
		byte[] good = table(Forge.selfSigned("CN=a", "P-256", 1), Forge.selfSigned("CN=b", "P-384", 2), Forge.root("RSA-2048"));
		Random random = new Random(7);
		byte[] name = digest("CN=a");
		for (int i = 0; i < 20000; i++) {
			byte[] bad = good.clone();
			bad[random.nextInt(i % 2 == 0 ? 60 : bad.length)] = (byte) random.nextInt();
			try {
				TrustAnchors anchors = new TrustAnchors(bad);
				int found = anchors.find(name, 0);
				for (int j = 0; j < anchors.count(); j++) {
					assertTrue(anchors.key(j) + anchors.keyLength(j) <= bad.length);
					anchors.isPinned(j, new byte[64]);
				}
				assertTrue(found < anchors.count());
			} catch (IllegalArgumentException e) {
				assertTrue(e.getMessage().contains("anchors"));
			}
		}
	}
}
