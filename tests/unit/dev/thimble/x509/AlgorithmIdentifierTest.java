/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;

/** Algorithm identifiers of signatures and keys. */
class AlgorithmIdentifierTest {

	private static final byte[] NULL = Der.hex("0500");
	private static final String PSS = "1.2.840.113549.1.1.10";
	private static final String MGF1 = "1.2.840.113549.1.1.8";

	private static int signature(byte[] id) {
		byte[] shifted = Der.join(new byte[7], id);
		return AlgorithmIdentifier.signature(shifted, 7, shifted.length);
	}

	private static int key(byte[] id) {
		byte[] shifted = Der.join(new byte[7], id);
		return AlgorithmIdentifier.key(shifted, 7, shifted.length);
	}

	private static byte[] hash(int number, byte[]... parameters) {
		return Der.sequence(Der.oid("2.16.840.1.101.3.4.2." + number), Der.join(parameters));
	}

	@Test
	void signaturesAreRecognised() {
		for (int i = 0; i < 3; i++) {
			int hash = Hash.SHA_256 + i << 8;
			assertEquals(AlgorithmIdentifier.ECDSA | hash, signature(Der.sequence(Der.oid("1.2.840.10045.4.3." + (2 + i)))));
			assertEquals(SignatureVerifier.RSA_PKCS1 | hash, signature(Forge.rsaId(11 + i)));
			assertEquals(SignatureVerifier.RSA_PKCS1 | hash, signature(Der.sequence(Der.oid("1.2.840.113549.1.1." + (11 + i)))));
			assertEquals(SignatureVerifier.RSA_PSS | hash, signature(Forge.pssId(1 + i, 32 + 16 * i)));
			byte[] absent = hash(1 + i);
			assertEquals(SignatureVerifier.RSA_PSS | hash, signature(pss(Der.tlv(0xa0, absent),
					Der.tlv(0xa1, Der.sequence(Der.oid(MGF1), absent)), Der.tlv(0xa2, Der.integer(32 + 16 * i)))));
		}
		assertEquals(SignatureVerifier.ED25519, signature(Der.sequence(Der.oid("1.3.101.112"))));
	}

	private static byte[] pss(byte[]... fields) {
		return Der.sequence(Der.oid(PSS), Der.sequence(fields));
	}

	@Test
	void weakSignaturesAreTold() {
		for (int arc = 2; arc <= 5; arc++) {
			assertEquals(AlgorithmIdentifier.WEAK, signature(Forge.rsaId(arc)));
		}
		assertEquals(AlgorithmIdentifier.WEAK, signature(Der.sequence(Der.oid("1.2.840.10045.4.1"))));
		assertEquals(AlgorithmIdentifier.WEAK, signature(Der.sequence(Der.oid("1.3.14.3.2.29"), NULL)));
		// PSS with SHA-1 by default, or with MGF1 over SHA-1
		assertEquals(AlgorithmIdentifier.WEAK, signature(pss()));
		assertEquals(AlgorithmIdentifier.WEAK, signature(pss(Der.tlv(0xa2, Der.integer(32)))));
		assertEquals(AlgorithmIdentifier.WEAK, signature(pss(Der.tlv(0xa0, hash(1, NULL)), Der.tlv(0xa2, Der.integer(32)))));
		assertEquals(AlgorithmIdentifier.WEAK, signature(pss(Der.tlv(0xa0, hash(1, NULL)))));
	}

	@Test
	void everythingElseIsUnknown() {
		byte[] sha256 = Der.tlv(0xa0, hash(1, NULL));
		byte[] mgf = Der.tlv(0xa1, Der.sequence(Der.oid(MGF1), hash(1, NULL)));
		byte[] salt = Der.tlv(0xa2, Der.integer(32));
		assertEquals(SignatureVerifier.RSA_PSS | Hash.SHA_256 << 8, signature(pss(sha256, mgf, salt)));
		byte[][] unknown = { Der.sequence(), Der.sequence(NULL), Der.sequence(Der.oid("1.2.3")),
				Der.sequence(Der.oid("1.2.840.10045.4.3.1")),
				Der.sequence(Der.oid("1.2.840.10045.4.3.5")), Der.sequence(Der.oid("1.2.840.10045.4.3.2"), NULL),
				Der.sequence(Der.oid("1.3.101.112"), NULL),
				Der.sequence(Der.oid("1.3.101.113")), Forge.rsaId(1), Forge.rsaId(14), Forge.rsaId(6),
				Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.integer(1)),
				Der.sequence(Der.oid("1.2.840.113549.1.1.11"), NULL, NULL), Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.hex("0501")),
				Der.sequence(Der.oid(PSS)),
				Der.sequence(Der.oid(PSS), NULL), Der.sequence(Der.oid(PSS), Der.sequence(sha256, mgf, salt), NULL), pss(sha256, mgf),
				pss(sha256, mgf, salt, salt),
				pss(sha256, mgf, salt, Der.tlv(0xa3, Der.integer(1))), pss(sha256, mgf, Der.tlv(0xa2, Der.integer(20))), pss(sha256, mgf,
				Der.tlv(0xa2, Der.integer(300))),
				pss(sha256, mgf, Der.tlv(0xa2, Der.hex("040120"))), pss(sha256, mgf, Der.tlv(0xa4, Der.integer(32))), pss(Der.tlv(0xa0,
				hash(4, NULL)), mgf, salt),
				pss(Der.tlv(0xa0, hash(2, NULL)), mgf, salt), pss(Der.tlv(0xa0, hash(1, NULL, NULL)), mgf, salt), pss(Der.tlv(0xa0, hash(1,
				Der.integer(1))), mgf, salt),
				pss(Der.tlv(0xa0, hash(1, NULL), NULL), mgf, salt), pss(Der.tlv(0xa0, NULL), mgf, salt), pss(Der.tlv(0xa0,
				Der.sequence(NULL)), mgf, salt),
				pss(Der.tlv(0xa0), mgf, salt), pss(sha256, Der.tlv(0xa1, Der.sequence(Der.oid(MGF1), hash(2, NULL))), salt),
				pss(sha256, Der.tlv(0xa1, Der.sequence(Der.oid("1.2.840.113549.1.1.9"), hash(1, NULL))), salt),
				pss(sha256, Der.tlv(0xa1, Der.sequence(Der.oid(MGF1))), salt), pss(sha256, Der.tlv(0xa1, NULL), salt), pss(sha256,
				Der.tlv(0xa1), salt),
				pss(sha256, Der.tlv(0xa1, Der.sequence(NULL)), salt), pss(sha256, Der.tlv(0xa1, Der.sequence(Der.oid(MGF1), hash(1, NULL)),
				NULL), salt),
				Der.sequence(Der.tlv(6, new byte[200])), Der.hex("30"), Der.hex("3003060a2a"), Der.hex("3005060380") };
		for (byte[] id : unknown) {
			assertEquals(AlgorithmIdentifier.UNKNOWN, signature(id), java.util.HexFormat.of().formatHex(id));
		}
	}

	@Test
	void keysAreRecognised() {
		assertEquals(PublicKey.EC_P256, key(ec("1.2.840.10045.3.1.7")));
		assertEquals(PublicKey.EC_P384, key(ec("1.3.132.0.34")));
		assertEquals(PublicKey.ED25519, key(Der.sequence(Der.oid("1.3.101.112"))));
		assertEquals(PublicKey.RSA, key(Forge.rsaId(1)));
		assertEquals(PublicKey.RSA, key(Der.sequence(Der.oid("1.2.840.113549.1.1.1"))));
		assertEquals(PublicKey.RSA_PSS, key(Der.sequence(Der.oid(PSS))));
		assertEquals(PublicKey.RSA_PSS | Hash.SHA_384 << 8, key(Forge.pssId(2, 48)));
		byte[][] unknown = { ec("1.3.132.0.35"), Der.sequence(Der.oid("1.2.840.10045.2.1")), Der.sequence(Der.oid("1.2.840.10045.2.1"),
				NULL),
				Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid("1.3.132.0.34"), NULL), Der.sequence(Der.oid("1.3.101.112"), NULL),
				Der.sequence(Der.oid("1.3.101.110")), Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.integer(1)), Forge.rsaId(7), pss(),
				Der.sequence(NULL) };
		for (byte[] id : unknown) {
			assertEquals(AlgorithmIdentifier.UNKNOWN, key(id), java.util.HexFormat.of().formatHex(id));
		}
	}

	private static byte[] ec(String curve) {
		return Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(curve));
	}

	@Test
	void damagedIdentifiersAreReadWithoutException() {
		Random random = new Random(9);
		byte[] good = Forge.pssId(1, 32);
		for (int i = 0; i < 50000; i++) {
			byte[] bad = good.clone();
			for (int k = random.nextInt(3); k >= 0; k--) {
				bad[random.nextInt(bad.length)] = (byte) random.nextInt();
			}
			int end = random.nextInt(4) == 0 ? random.nextInt(bad.length + 1) : bad.length;
			assertTrue(AlgorithmIdentifier.signature(bad, 0, end) >= AlgorithmIdentifier.WEAK);
			assertTrue(AlgorithmIdentifier.key(bad, 0, end) >= AlgorithmIdentifier.WEAK);
		}
	}
}
