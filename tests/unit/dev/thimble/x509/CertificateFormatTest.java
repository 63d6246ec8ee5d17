/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What is and what is not the DER of a certificate (RFC 5280 §4.1, X.690). */
class CertificateFormatTest {

	private final Forge root = Forge.root("P-256");
	private final PathRun run = new PathRun(this.root);

	private Forge leaf() {
		return this.root.leaf("a.example");
	}

	private void assertFormat(String error, Forge leaf) {
		assertEquals(error, this.run.run(leaf));
		this.run.piece = 1;
		assertEquals(error, this.run.run(leaf));
		this.run.piece = 0;
	}

	private void assertExtension(String error, String oid, byte[] value) {
		assertFormat(error, this.root.issue("CN=leaf", Forge.key("P-256", 100)).extension(oid, false, value));
	}

	@Test
	void optionalFieldsAreAccepted() {
		Forge leaf = leaf();
		leaf.uniqueIds = Der.join(Der.tlv(0x81, new byte[9]), Der.tlv(0x82, new byte[9]));
		assertFormat("NONE", leaf);
		leaf = leaf();
		leaf.uniqueIds = Der.tlv(0x82, new byte[9]);
		assertFormat("NONE", leaf);
		leaf = leaf();
		leaf.extensions.clear();
		assertFormat("NONE", leaf);
		leaf = leaf();
		leaf.serial = Der.tlv(2, new byte[32]);
		assertFormat("NONE", leaf);
	}

	@Test
	void fieldsOfAnotherFormAreRefused() {
		assertFormat("MALFORMED", with(f -> f.serial = new byte[0]));
		assertFormat("MALFORMED", with(f -> f.serial = Der.tlv(2)));
		assertFormat("MALFORMED", with(f -> f.serial = Der.tlv(2, new byte[33])));
		assertFormat("MALFORMED", with(f -> f.serial = Der.tlv(4, new byte[3])));
		assertFormat("MALFORMED", with(f -> f.version = Der.tlv(0xa0, Der.tlv(2))));
		assertFormat("MALFORMED", with(f -> f.version = Der.tlv(0xa0)));
		assertFormat("MALFORMED", with(f -> f.version = Der.tlv(0xa0, Der.integer(2), Der.integer(2))));
		assertFormat("MALFORMED", with(f -> f.version = Der.join(Der.tlv(0xa0, Der.integer(2)), Der.integer(2))));
		assertFormat("MALFORMED", with(f -> f.innerAlgorithm = Der.tlv(0x31)));
		assertFormat("MALFORMED", with(f -> f.outerAlgorithm = Der.tlv(0x31)));
		assertFormat("MALFORMED", with(f -> f.issuer = Der.tlv(0x31)));
		assertFormat("MALFORMED", with(f -> f.subject = Der.tlv(0x31)));
		assertFormat("MALFORMED", with(f -> f.subject = new byte[0]));
		assertFormat("MALFORMED", with(f -> f.keyInfo = Der.tlv(0x31)));
		assertFormat("MALFORMED", with(f -> f.keyInfo = Der.sequence()));
		assertFormat("MALFORMED", with(f -> f.keyInfo = Der.sequence(Der.tlv(0x31), Der.bits(new byte[65]))));
		assertFormat("MALFORMED", with(f -> f.keyInfo = Der.sequence(Der.sequence(), Der.octets(new byte[65]))));
		assertFormat("MALFORMED", with(f -> f.keyInfo = Der.sequence(Der.sequence(), Der.tlv(3))));
		assertFormat("MALFORMED", with(f -> f.keyInfo = Der.join(f.keyInfo, f.keyInfo)));
		assertFormat("MALFORMED", with(f -> f.uniqueIds = Der.tlv(0x83, new byte[9])));
		assertFormat("MALFORMED", with(f -> f.uniqueIds = Der.join(Der.tlv(0x82, new byte[9]), Der.tlv(0x81, new byte[9]))));
		assertFormat("MALFORMED", with(f -> f.uniqueIds = Der.join(Der.tlv(0x81, new byte[9]), Der.tlv(0x81, new byte[9]))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = Der.join(Der.tlv(0xa3, Der.sequence()), Der.tlv(0xa3, Der.sequence()))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = Der.tlv(0xa3)));
		assertFormat("MALFORMED", with(f -> f.extensionsField = Der.tlv(0xa3, Der.set())));
		assertFormat("MALFORMED", with(f -> f.extensionsField = Der.tlv(0xa3, Der.sequence(Der.set()))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = Der.tlv(0xa3, Der.sequence(Der.sequence()))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = Der.tlv(0xa3, Der.sequence(Der.sequence(Der.oid("1.2.3"))))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = Der.tlv(0xa3, Der.sequence(Der.sequence(Der.integer(1), Der.octets())))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = extension(Der.oid("1.2.3"), Der.integer(1))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = extension(Der.oid("1.2.3"), Der.octets(), Der.octets())));
		assertFormat("MALFORMED", with(f -> f.extensionsField = extension(Der.oid("1.2.3"), Der.bool(true))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = extension(Der.oid("1.2.3"), Der.bool(true), Der.integer(1))));
		assertFormat("MALFORMED", with(f -> f.extensionsField = extension(Der.oid("1.2.3"), Der.tlv(1, Der.hex("01")), Der.octets())));
		assertFormat("MALFORMED", with(f -> f.extensionsField = extension(Der.oid("1.2.3"), Der.tlv(1, Der.hex("ffff")), Der.octets())));
		assertFormat("NONE", with(f -> f.extensionsField = extension(Der.oid("1.2.3"), Der.bool(false), Der.octets())));
		assertFormat("UNKNOWN_CRITICAL_EXTENSION",
				with(f -> f.extensionsField = extension(Der.tlv(6, new byte[200]), Der.bool(true), Der.octets())));
	}

	private interface Change {
		void apply(Forge forge);
	}

	private Forge with(Change change) {
		Forge leaf = leaf();
		change.apply(leaf);
		return leaf;
	}

	private static byte[] extension(byte[]... content) {
		return Der.tlv(0xa3, Der.sequence(Der.sequence(content)));
	}

	@Test
	void timesAreReadStrictly() {
		for (String time : new String[] { "2602010000Z", "260201000000", "260201000000+0000", "2602010000000Z", "260001000000Z",
				"261301000000Z",
				"260200000000Z", "260230000000Z", "260229000000Z", "260201240000Z", "260201006000Z", "260201000060Z", "26020100000 Z",
				"a60201000000Z",
				"2b0201000000Z", "260201000000z" }) {
			assertFormat("MALFORMED", with(f -> f.notBefore = Der.tlv(0x17, Der.ascii(time))));
			assertFormat("MALFORMED", with(f -> f.notAfter = Der.tlv(0x18, Der.ascii("20" + time))));
		}
		assertFormat("MALFORMED", with(f -> f.notAfter = Der.tlv(0x18, Der.ascii("20990201000000.0Z"))));
		assertFormat("MALFORMED", with(f -> f.notAfter = Der.tlv(0x17, Der.ascii("20990201000000Z"))));
		assertFormat("MALFORMED", with(f -> f.notAfter = Der.tlv(0x18, Der.ascii("990201000000Z"))));
		assertFormat("MALFORMED", with(f -> f.notAfter = Der.tlv(0x18, Der.ascii("a0990201000000Z".substring(0, 15)))));
		assertFormat("MALFORMED", with(f -> f.notAfter = Der.tlv(0x13, Der.ascii("990201000000Z"))));
		assertFormat("NONE", with(f -> f.notAfter = Der.tlv(0x18, Der.ascii("20280229235959Z"))));
		assertFormat("NONE", with(f -> f.notAfter = Der.tlv(0x18, Der.ascii("24000229235959Z"))));
		assertFormat("MALFORMED", with(f -> f.notAfter = Der.tlv(0x18, Der.ascii("21000229235959Z"))));
		assertFormat("NONE", with(f -> f.notBefore = Der.tlv(0x17, Der.ascii("500101000000Z"))));
		assertFormat("NOT_YET_VALID", with(f -> f.notBefore = Der.tlv(0x17, Der.ascii("490101000000Z"))));
	}

	@Test
	void knownExtensionsAreReadStrictly() {
		assertExtension("NONE", "2.5.29.19", Der.sequence());
		assertExtension("NONE", "2.5.29.19", Der.sequence(Der.bool(false)));
		assertExtension("NONE", "2.5.29.19", Der.sequence(Der.bool(true), Der.integer(0)));
		assertExtension("MALFORMED", "2.5.29.19", new byte[0]);
		assertExtension("MALFORMED", "2.5.29.19", Der.set());
		assertExtension("MALFORMED", "2.5.29.19", Der.sequence(Der.tlv(1, Der.hex("01"))));
		assertExtension("MALFORMED", "2.5.29.19", Der.sequence(Der.tlv(1)));
		assertExtension("MALFORMED", "2.5.29.19", Der.sequence(Der.octets()));
		assertExtension("MALFORMED", "2.5.29.19", Der.sequence(Der.bool(true), Der.integer(-1)));
		assertExtension("MALFORMED", "2.5.29.19", Der.sequence(Der.bool(true), Der.tlv(2)));
		assertExtension("MALFORMED", "2.5.29.19", Der.sequence(Der.bool(true), Der.bool(true)));
		assertExtension("MALFORMED", "2.5.29.19", Der.sequence(Der.bool(true), Der.integer(1), Der.integer(1)));
		assertExtension("MALFORMED", "2.5.29.19", Der.join(Der.sequence(), Der.sequence()));
		assertExtension("MALFORMED", "2.5.29.15", Der.octets(new byte[2]));
		assertExtension("MALFORMED", "2.5.29.15", Der.tlv(3));
		assertExtension("MALFORMED", "2.5.29.15", Der.tlv(3, Der.hex("01")));
		assertExtension("MALFORMED", "2.5.29.15", Der.tlv(3, Der.hex("0880")));
		assertExtension("MALFORMED", "2.5.29.15", Der.tlv(3, Der.hex("8080")));
		assertExtension("NONE", "2.5.29.15", Der.tlv(3, Der.hex("078080")));
		assertExtension("MALFORMED", "2.5.29.37", Der.sequence());
		assertExtension("MALFORMED", "2.5.29.37", Der.oid(Forge.SERVER_AUTH));
		assertExtension("MALFORMED", "2.5.29.37", Der.sequence(Der.integer(1)));
		assertExtension("EXTENDED_KEY_USAGE", "2.5.29.37", Der.sequence(Der.tlv(6)));
		assertExtension("EXTENDED_KEY_USAGE", "2.5.29.37", Der.sequence(Der.tlv(6, new byte[200])));
		assertExtension("MALFORMED", "2.5.29.17", Der.sequence());
		assertExtension("MALFORMED", "2.5.29.17", Der.set(Forge.dns("a")));
		assertExtension("MALFORMED", "2.5.29.17", Der.sequence(Der.tlv(0x0c, Der.ascii("a"))));
		assertExtension("MALFORMED", "2.5.29.17", Der.sequence(Der.tlv(0x89, Der.ascii("a"))));
		assertExtension("MALFORMED", "2.5.29.17", Der.sequence(Der.tlv(0x42, Der.ascii("a"))));
	}

	@Test
	void lengthsAreDefiniteMinimalAndWithinTheirElement() {
		byte[] good = leaf().der();
		assertEquals(PathError.NONE, this.run.run(good));
		byte[] behind = Der.join(good, new byte[1]);
		assertEquals(PathError.MALFORMED, this.run.run(behind));
		byte[] body = java.util.Arrays.copyOfRange(good, 4, good.length);
		for (String header : new String[] { "3080", "3084000001", "30830001", "3f8201", "1f8201" }) {
			assertEquals(PathError.MALFORMED, this.run.run(Der.join(Der.hex(header), body)), header);
		}
		assertEquals(PathError.MALFORMED, this.run.run(Der.hex("30810130")));
		assertEquals(PathError.MALFORMED, this.run.run(Der.hex("3082007f30")));
		assertEquals(PathError.MALFORMED, this.run.run(Der.hex("3083000100")));
		assertEquals(PathError.MALFORMED, this.run.run(Der.hex("30")));
		assertEquals(PathError.MALFORMED, this.run.run(Der.hex("3000")));
		assertEquals(PathError.MALFORMED, this.run.run(Der.hex("30023003")));
		// a certificate of more than 64 KB
		Forge large = leaf().extension("1.2.3", false, new byte[70000]);
		assertEquals("NONE", this.run.run(large));
		// a key in a bit string that ends before its unused bits
		Forge rsa = Forge.root("RSA-2048").leaf("a");
		rsa.keyInfo = Der.sequence(Forge.rsaId(1), Der.tlv(3, Der.hex("01"), Der.sequence(Der.integer(3), Der.integer(3))));
		assertEquals("MALFORMED", this.run.run(rsa));
		for (byte[] bits : new byte[][] { Der.bits(Der.set()), Der.bits(Der.sequence()), Der.bits(Der.sequence(Der.octets(new byte[1]))),
				Der.bits(Der.sequence(Der.tlv(2))), Der.bits(Der.sequence(Der.integer(3))), Der.bits(Der.sequence(Der.integer(3),
				Der.octets(new byte[1]))),
				Der.bits(Der.sequence(Der.integer(3), Der.integer(3), Der.integer(3))), Der.bits(Der.join(Der.sequence(Der.integer(3),
				Der.integer(3)), new byte[2])) }) {
			rsa = Forge.root("RSA-2048").leaf("a");
			rsa.keyInfo = Der.sequence(Forge.rsaId(1), bits);
			assertEquals("MALFORMED", this.run.run(rsa));
		}
		Forge after = leaf();
		after.keyInfo = Der.sequence(Forge.rsaId(1), Der.bits(Der.sequence(Der.integer(3), Der.integer(3))), Der.integer(1));
		assertEquals("MALFORMED", this.run.run(after));
	}

	@Test
	void signaturesAreWholeBytesAndFit() {
		Forge leaf = leaf();
		byte[] tbs = leaf.toBeSigned();
		byte[] id = Forge.algorithmId("SHA256withECDSA");
		byte[] signature = leaf.sign(tbs);
		assertEquals(PathError.NONE, this.run.run(Der.sequence(tbs, id, Der.bits(signature))));
		assertEquals(PathError.MALFORMED, this.run.run(Der.sequence(tbs, id, Der.tlv(3, Der.hex("01"), signature))));
		assertEquals(PathError.MALFORMED, this.run.run(Der.sequence(tbs, id, Der.tlv(3))));
		assertEquals(PathError.MALFORMED, this.run.run(Der.sequence(tbs, id, Der.octets(signature))));
		assertEquals(PathError.MALFORMED, this.run.run(Der.sequence(tbs, id)));
		assertEquals(PathError.MALFORMED, this.run.run(Der.sequence(tbs, id, Der.bits(signature), Der.integer(1))));
		assertEquals(PathError.SIGNATURE_INVALID, this.run.run(Der.sequence(tbs, id, Der.bits(new byte[0]))));
		this.run.piece = 50;
		assertEquals(PathError.KEY_TOO_LARGE, this.run.run(Der.sequence(tbs, id, Der.bits(new byte[70000]))));
	}
}
