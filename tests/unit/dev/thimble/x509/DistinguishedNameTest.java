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

/** Subtrees of distinguished names. */
class DistinguishedNameTest {

	private static int within(byte[] name, byte[] base) {
		byte[] both = Der.join(new byte[3], name, base);
		int middle = 3 + name.length;
		return DistinguishedName.within(both, 3, middle, middle, both.length);
	}

	private static int within(String name, String base) {
		return within(Der.name(name), Der.name(base));
	}

	@Test
	void stringsAreComparedWithoutCaseAndInsignificantSpaces() {
		String[][] equal = { { "CN=a b", "CN=A  B" }, { "CN= a b ", "CN=a b" }, { "CN=a", "CN=a   " }, { "CN=   ", "CN= " }, { "CN=",
				"CN=  " },
				{ "CN=a", "CN:0c=A" }, { "CN:16=a", "CN:13=A" }, { "CN:1e=ab", "CN:1e=ab" }, { "CN:1a=a", "CN:12=a" } };
		for (String[] pair : equal) {
			assertEquals(DistinguishedName.WITHIN, within(pair[0], pair[1]), pair[0] + " and " + pair[1]);
			assertEquals(DistinguishedName.WITHIN, within(pair[1], pair[0]), pair[1] + " and " + pair[0]);
		}
		String[][] different = { { "CN=ab", "CN=a b" }, { "CN=a", "CN=ab" }, { "CN=ab", "CN=a" }, { "CN=a", "CN=" }, { "CN=a", "O=a" },
				{ "CN=a b", "CN=a" }, { "CN=a  b", "CN=a c" }, { "CN:03=a", "CN:03=b" } };
		for (String[] pair : different) {
			assertEquals(DistinguishedName.DIFFERENT, within(pair[0], pair[1]), pair[0] + " and " + pair[1]);
		}
		for (String other : new String[] { "CN:1e=a", "CN:14=a", "CN:1c=a", "CN:03=a" }) {
			assertEquals(DistinguishedName.INCOMPARABLE, within("CN=a", other), other);
		}
		assertEquals(DistinguishedName.INCOMPARABLE, within("CN:1e=a", "CN:1e=b"), "BMPString has case, too");
	}

	@Test
	void aSubtreeIsAPrefix() {
		assertEquals(DistinguishedName.WITHIN, within("C=DE,O=a,CN=b", ""));
		assertEquals(DistinguishedName.WITHIN, within("C=DE,O=a,CN=b", "C=DE"));
		assertEquals(DistinguishedName.WITHIN, within("C=DE,O=a,CN=b", "C=DE,O=a,CN=b"));
		assertEquals(DistinguishedName.DIFFERENT, within("C=DE,O=a", "C=DE,O=a,CN=b"));
		assertEquals(DistinguishedName.DIFFERENT, within("", "C=DE"));
		assertEquals(DistinguishedName.DIFFERENT, within("O=a,C=DE", "C=DE"));
	}

	@Test
	void attributesOfAnRdnAreASet() {
		byte[] a = Der.attribute("CN=a");
		byte[] b = Der.attribute("O=b");
		byte[] c = Der.attribute("OU=c");
		assertEquals(DistinguishedName.WITHIN, within(Der.sequence(Der.set(a, b)), Der.sequence(Der.set(b, a))));
		assertEquals(DistinguishedName.DIFFERENT, within(Der.sequence(Der.set(a, b)), Der.sequence(Der.set(a))));
		assertEquals(DistinguishedName.DIFFERENT, within(Der.sequence(Der.set(a, b)), Der.sequence(Der.set(a, c))));
	}

	@Test
	void malformedNamesAreIncomparable() {
		byte[] good = Der.name("CN=a");
		for (byte[] bad : new byte[][] { Der.sequence(Der.sequence(Der.attribute("CN=a"))), Der.sequence(Der.hex("31")),
				Der.sequence(Der.hex("310530")),
				Der.sequence(Der.set(Der.hex("3001"))), Der.sequence(Der.set(Der.sequence())),
				Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3")))),
				Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.octets(), Der.octets()))) }) {
			assertEquals(DistinguishedName.INCOMPARABLE, within(bad, good));
			assertEquals(DistinguishedName.INCOMPARABLE, within(good, bad));
		}
	}

	@Test
	void damagedNamesAreComparedWithoutException() {
		Random random = new Random(10);
		byte[] good = Der.name("C=DE,O=Acme Inc,CN=a");
		for (int i = 0; i < 50000; i++) {
			byte[] bad = good.clone();
			for (int k = random.nextInt(3); k >= 0; k--) {
				bad[random.nextInt(bad.length)] = (byte) random.nextInt();
			}
			int result = random.nextInt(2) == 0 ? within(bad, good) : within(good, bad);
			assertTrue(result >= DistinguishedName.INCOMPARABLE && result <= DistinguishedName.WITHIN);
		}
	}
}
