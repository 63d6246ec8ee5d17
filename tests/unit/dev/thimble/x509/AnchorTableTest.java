/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.thimble.crypto.Sha256;
import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.support.TestPki;

/** The device's table of roots is that of the desktop. */
final class AnchorTableTest {

	@ParameterizedTest
	@EnumSource(KeyKind.class)
	void aTableOfOneIsTheDesktops(KeyKind kind) throws Exception {
		byte[] root = TestPki.root(kind).certificate();
		assertArrayEquals(new AnchorTableBuilder().add(root).build(), AnchorTable.of(new Sha256(), new byte[][] { root }));
	}

	@Test
	void ofSeveralEachIsFoundWithItsKey() throws Exception {
		KeyKind[] kinds = KeyKind.values();
		byte[][] roots = new byte[kinds.length][];
		for (int i = 0; i < kinds.length; i++) {
			roots[i] = TestPki.root(kinds[i]).certificate();
		}
		TrustAnchors anchors = new TrustAnchors(AnchorTable.of(new Sha256(), roots));
		assertEquals(kinds.length, anchors.count());
		for (KeyKind kind : kinds) {
			Identity root = TestPki.root(kind);
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(root.subject().getEncoded("DER"));
			int index = anchors.find(digest, 0);
			assertTrue(index >= 0, kind.toString());
			TrustAnchors alone = new TrustAnchors(new AnchorTableBuilder().add(root.certificate()).build());
			assertEquals(alone.keyAlgorithm(0), anchors.keyAlgorithm(index));
			assertEquals(alone.keyHash(0), anchors.keyHash(index));
			assertArrayEquals(Arrays.copyOfRange(alone.bytes(), alone.key(0), alone.key(0) + alone.keyLength(0)),
					Arrays.copyOfRange(anchors.bytes(), anchors.key(index), anchors.key(index) + anchors.keyLength(index)));
		}
	}

	@Test
	void whatIsNoCertificateIsRefused() throws Exception {
		byte[] root = TestPki.root(KeyKind.RSA2048).certificate();
		assertThrows(IllegalArgumentException.class, () -> AnchorTable.of(new Sha256(), new byte[0][]));
		assertThrows(IllegalArgumentException.class, () -> AnchorTable.of(new Sha256(), new byte[33][]));
		Random random = new Random(1);
		for (int cut = 0; cut < root.length; cut += 7) {
			byte[] part = Arrays.copyOf(root, cut);
			assertThrows(IllegalArgumentException.class, () -> AnchorTable.of(new Sha256(), new byte[][] { part }), "cut at " + cut);
		}
		for (int i = 0; i < 2000; i++) {
			byte[] damaged = root.clone();
			damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			try {
				new TrustAnchors(AnchorTable.of(new Sha256(), new byte[][] { damaged }));
			} catch (IllegalArgumentException e) {
				// that is the way to refuse; anything else is not
			}
		}
	}
}
