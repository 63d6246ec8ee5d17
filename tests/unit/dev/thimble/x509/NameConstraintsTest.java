/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Name constraints (RFC 5280 §4.2.1.10, §6.1.4 g). */
class NameConstraintsTest {

	private final Forge root = Forge.root("P-256");
	private final PathRun run = new PathRun(this.root);

	private Forge ca() {
		return this.root.intermediate("CA", 1);
	}

	private void assertNames(String error, Forge ca, byte[]... names) {
		assertSubject(error, ca, "CN=leaf", names);
	}

	private void assertSubject(String error, Forge ca, String subject, byte[]... names) {
		Forge leaf = ca.issue(subject, Forge.key("P-256", 100));
		if (names.length != 0) {
			leaf.san(names);
		}
		for (int piece : new int[] { 0, 1, -1 }) {
			this.run.piece = piece;
			assertEquals(error, this.run.run(leaf, ca));
		}
	}

	private static byte[] dns(String name) {
		return Forge.dns(name);
	}

	@Test
	void permittedDnsSubtrees() {
		Forge ca = ca().permitted(dns("example.com"), dns(".example.org"));
		assertNames("NONE", ca, dns("example.com"));
		assertNames("NONE", ca, dns("WWW.Example.Com"));
		assertNames("NONE", ca, dns("a.b.example.com"), dns("x.example.org"));
		assertNames("NONE", ca, dns("*.example.com"));
		assertNames("NONE", ca, Forge.ip(1, 2, 3, 4));
		assertNames("NONE", ca);
		assertNames("NAME_NOT_PERMITTED", ca, dns("example.org"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("badexample.com"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("com"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("example.com"), dns("example.net"));
		assertNames("NAME_NOT_PERMITTED", ca, dns(""));
	}

	@Test
	void excludedDnsSubtrees() {
		Forge ca = ca().excluded(dns("example.com"), dns(".secret.example.org"), dns("w.x.example.net"));
		assertNames("NONE", ca, dns("example.org"), dns("badexample.com"), dns("secret.example.org"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("example.com"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("a.EXAMPLE.com"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("a.secret.example.org"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("w.x.example.net"));
		// a wildcard is good for names in an excluded subtree
		assertNames("NAME_NOT_PERMITTED", ca, dns("*.example.org"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("*.com"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("*.x.example.net"));
		assertNames("NONE", ca, dns("*.y.example.net"));
		assertNames("NONE", ca, dns("*.example.net"));
		assertNames("NONE", ca, dns("*x.example.net"));
		assertNames("NONE", ca, dns("*"));
	}

	@Test
	void anEmptyDnsSubtreeIsEverything() {
		assertNames("NONE", ca().permitted(dns("")), dns("example.com"));
		assertNames("NAME_NOT_PERMITTED", ca().excluded(dns("")), dns("example.com"));
		assertNames("NONE", ca().excluded(dns("")), Forge.ip(1, 2, 3, 4));
	}

	@Test
	void excludedWinsOverPermitted() {
		Forge ca = ca().constraints(new byte[][] { dns("example.com") }, new byte[][] { dns("a.example.com") });
		assertNames("NONE", ca, dns("b.example.com"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("a.example.com"));
		assertNames("NAME_NOT_PERMITTED", ca, dns("example.org"));
	}

	@Test
	void addressSubtrees() {
		Forge ca = ca().constraints(new byte[][] { Forge.ip(10, 0, 0, 0, 255, 0, 0, 0), Forge.ip(192, 168, 1, 0, 255, 255, 255, 0) },
				new byte[][] { Forge.ip(10, 9, 0, 0, 255, 255, 0, 0) });
		assertNames("NONE", ca, Forge.ip(10, 1, 2, 3), Forge.ip(192, 168, 1, 77), dns("example.com"));
		assertNames("NAME_NOT_PERMITTED", ca, Forge.ip(11, 1, 2, 3));
		assertNames("NAME_NOT_PERMITTED", ca, Forge.ip(192, 168, 2, 77));
		assertNames("NAME_NOT_PERMITTED", ca, Forge.ip(10, 9, 2, 3));
		assertNames("NAME_NOT_PERMITTED", ca, Forge.ip(10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
		byte[] prefix = Forge.ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
				0, 0);
		assertNames("NONE", ca().permitted(prefix), Forge.ip(0x20, 1, 0xd, 0xb8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
		assertNames("NAME_NOT_PERMITTED", ca().permitted(prefix), Forge.ip(0x20, 1, 0xd, 0xb9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
		assertNames("NAME_NOT_PERMITTED", ca().permitted(prefix), Forge.ip(1, 2, 3, 4));
		assertNames("MALFORMED", ca().permitted(Forge.ip(10, 0, 0, 0)), Forge.ip(10, 0, 0, 0));
	}

	@Test
	void directorySubtreesAreAboutTheSubject() {
		Forge ca = ca().permitted(Forge.directory("C=DE,O=Acme"));
		assertSubject("NONE", ca, "C=DE,O=Acme,CN=a");
		assertSubject("NONE", ca, "C=DE,O=Acme");
		assertSubject("NONE", ca, "C=de,O:0c=  ACME ,CN=a");
		assertSubject("NONE", ca, "");
		assertSubject("NAME_NOT_PERMITTED", ca, "C=DE");
		assertSubject("NAME_NOT_PERMITTED", ca, "C=DE,O=Acme2");
		assertSubject("NAME_NOT_PERMITTED", ca, "C=DE,O=Acm");
		assertSubject("NAME_NOT_PERMITTED", ca, "O=Acme,C=DE");
		assertSubject("NAME_NOT_PERMITTED", ca, "C=DE,OU=Acme");
		assertSubject("NAME_NOT_PERMITTED", ca, "C=DE,O=Acme,CN=a", Forge.directory("C=FR,O=Acme"));
		assertSubject("NONE", ca, "C=DE,O=Acme,CN=a", Forge.directory("C=DE,O=Acme,CN=b"));
		Forge excluding = ca().excluded(Forge.directory("C=DE,O=Acme  Inc"));
		assertSubject("NONE", excluding, "C=DE,O=Acme,CN=a");
		assertSubject("NAME_NOT_PERMITTED", excluding, "C=DE,O= aCME INC,CN=a");
		assertSubject("NAME_NOT_PERMITTED", ca().excluded(Forge.directory("")), "CN=a");
	}

	@Test
	void namesThatCannotBeComparedAreRefused() {
		Forge ca = ca().excluded(Forge.directory("O=Acme"));
		assertSubject("NAME_CONSTRAINT_UNSUPPORTED", ca, "O:1e=acme");
		assertSubject("NAME_CONSTRAINT_UNSUPPORTED", ca, "O:14=acme");
		assertSubject("NONE", ca().permitted(Forge.directory("O:1e=acme")), "O:1e=acme,CN=a");
		Forge leaf = ca.issue("CN=leaf", Forge.key("P-256", 100));
		leaf.subject = Der.sequence(Der.hex("3103300104"));
		assertEquals("NAME_CONSTRAINT_UNSUPPORTED", this.run.run(leaf, ca));
	}

	@Test
	void constraintsApplyToEveryCertificateBelow() {
		Forge top = this.root.intermediate("Top", 1).permitted(Forge.directory("O=Acme"), dns("example.com"));
		Forge good = top.issue("O=Acme,CN=CA", Forge.key("P-256", 2)).ca(-1);
		Forge bad = top.issue("CN=CA", Forge.key("P-256", 2)).ca(-1);
		assertEquals("NONE", this.run.run(good.issue("O=Acme", Forge.key("P-256", 3)), good, top));
		assertEquals("NAME_NOT_PERMITTED", this.run.run(bad.issue("O=Acme", Forge.key("P-256", 3)), bad, top));
		assertEquals("NAME_NOT_PERMITTED", this.run.run(good.issue("CN=x", Forge.key("P-256", 3)), good, top));
		assertEquals(2, this.run.validator.errorDepth());
		Forge named = top.issue("O=Acme,CN=CA", Forge.key("P-256", 2)).ca(-1).san(dns("example.org"));
		assertEquals("NAME_NOT_PERMITTED", this.run.run(named.issue("O=Acme", Forge.key("P-256", 3)), named, top));
	}

	@Test
	void selfIssuedCasAreExempt() {
		Forge top = this.root.intermediate("Top", 1).permitted(Forge.directory("O=Acme"));
		Forge rollover = top.issue("CN=Top", Forge.key("P-256", 2)).ca(-1);
		assertEquals("NONE", this.run.run(rollover.issue("O=Acme", Forge.key("P-256", 3)), rollover, top));
		assertEquals("NAME_NOT_PERMITTED", this.run.run(rollover.issue("CN=Top", Forge.key("P-256", 3)), rollover, top), "not as leaf");
	}

	@Test
	void constraintsOfTheCertificateItselfDoNotApplyToIt() {
		Forge ca = this.root.issue("CN=CA", Forge.key("P-256", 1)).ca(-1).san(dns("ca.example.org")).permitted(Forge.directory("O=Acme"),
				dns("example.com"));
		assertEquals("NONE", this.run.run(ca.issue("O=Acme", Forge.key("P-256", 3)).san(dns("a.example.com")), ca));
		Forge later = this.root.issue("CN=CA", Forge.key("P-256", 1)).ca(-1).permitted(dns("example.com")).san(dns("ca.example.org"));
		assertEquals("NONE", this.run.run(later.leaf("a.example.com"), later));
		assertEquals("NONE", this.run.run(this.root.leaf("example.org").permitted(dns("example.com"))), "of a leaf they mean nothing");
	}

	@Test
	void formsThatAreNotCheckedAreRefusedWhereTheyOccur() {
		byte[] mail = Der.tlv(0x81, Der.ascii("example.com"));
		byte[] uri = Der.tlv(0x86, Der.ascii(".example.com"));
		Forge ca = ca().constraints(new byte[][] { mail, dns("example.com") }, new byte[][] { uri });
		assertNames("NONE", ca, dns("a.example.com"));
		assertNames("NAME_CONSTRAINT_UNSUPPORTED", ca, dns("a.example.com"), Der.tlv(0x81, Der.ascii("a@example.com")));
		assertNames("NAME_CONSTRAINT_UNSUPPORTED", ca, dns("a.example.com"), Der.tlv(0x86, Der.ascii("http://a.example.com")));
		assertNames("NONE", ca, dns("a.example.com"), Der.tlv(0x88, Der.hex("2a03")));
		assertSubject("NAME_CONSTRAINT_UNSUPPORTED", ca, "E:16=a@example.com,CN=a", dns("a.example.com"));
		assertSubject("NONE", ca().permitted(dns("example.com")), "E:16=a@example.com,CN=a", dns("a.example.com"));
		assertNames("NAME_CONSTRAINT_UNSUPPORTED", ca().extension("2.5.29.30", true, Der.sequence(Der.tlv(0xa0,
				distance(dns("example.com"))))),
				dns("example.com"));
	}

	private static byte[] distance(byte[] base) {
		return Der.sequence(base, Der.tlv(0x80, new byte[1]), Der.tlv(0x81, Der.hex("05")));
	}

	@Test
	void malformedConstraintsAreRefused() {
		byte[][] values = { Der.sequence(), Der.sequence(Der.tlv(0xa0)), Der.sequence(Der.tlv(0xa0, Der.sequence())),
				Der.sequence(Der.tlv(0xa2, Der.sequence(dns("a")))), Der.sequence(Der.tlv(0xa1, Der.sequence(dns("a"))), Der.tlv(0xa0,
				Der.sequence(dns("a")))),
				Der.sequence(Der.tlv(0xa0, Der.sequence(dns("a"))), Der.tlv(0xa0, Der.sequence(dns("a")))), Der.sequence(Der.tlv(0xa0,
				Der.sequence(Der.tlv(0x89)))),
				Der.sequence(Der.tlv(0xa0, Der.sequence(Der.tlv(0x02)))), Der.sequence(Der.tlv(0xa0, dns("a"))),
				Der.sequence(Der.tlv(0xa0, Der.sequence(dns("a"), Der.tlv(0x82)))), Der.set(Der.tlv(0xa0, Der.sequence(dns("a")))) };
		for (byte[] value : values) {
			assertNames("MALFORMED", ca().extension("2.5.29.30", true, value), dns("a"));
		}
	}

	@Test
	void namesThatDoNotFitMatterOnlyUnderConstraints() {
		byte[][] many = new byte[40][];
		for (int i = 0; i < many.length; i++) {
			many[i] = dns("host" + i + ".example.com");
		}
		assertNames("NONE", ca(), many);
		assertNames("NAMES_TOO_LONG", ca().permitted(dns("example.com")), many);
		assertNames("NONE", ca().permitted(Forge.ip(1, 2, 3, 4, 255, 255, 255, 255)), dns("a"));
		this.run.validator(0, 4000, 0);
		assertNames("NONE", ca().permitted(dns("example.com")), many);
		assertNames("NAME_NOT_PERMITTED", ca().permitted(dns("example.org")), many);
		this.run.validator(0, 0, 0);
		assertNames("NONE", ca(), dns("a"));
		assertNames("NAMES_TOO_LONG", ca().permitted(dns("a")), dns("a"));
		assertNames("NAMES_TOO_LONG", ca().permitted(Forge.directory("CN=leaf")));
		this.run.validator(0, 40, 0);
		assertNames("NAMES_TOO_LONG", ca().permitted(dns("a.long.name.that.does.not.fit.behind.the.leafs")), dns("b"));
		// a subject that did not fit may hide an e-mail address
		this.run.validator(0, 10, 0);
		assertNames("NAME_CONSTRAINT_UNSUPPORTED", ca().permitted(Der.tlv(0x81, Der.ascii("example.com"))));
	}

	@Test
	void constraintsReadBeforeWhatTheyConstrainAreRefused() {
		Forge top = this.root.intermediate("Top", 1).permitted(dns("example.com"));
		Forge low = top.intermediate("Low", 2);
		Forge leaf = low.leaf("www.example.com");
		assertEquals("NONE", this.run.run(leaf, low, top));
		assertEquals("NAME_CONSTRAINTS_ORDER", this.run.run(leaf, top, low));
		// without constraints the order does not matter
		Forge free = this.root.intermediate("Top", 1);
		Forge lower = free.intermediate("Low", 2);
		assertEquals("NONE", this.run.run(lower.leaf("www.example.com"), free, lower));
	}

	@Test
	void multipleAttributesInOneRdnAreASet() {
		byte[] two = Der.sequence(Der.set(Der.attribute("CN=a"), Der.attribute("O=b")));
		byte[] swapped = Der.sequence(Der.set(Der.attribute("O=B"), Der.attribute("CN=A")));
		byte[] one = Der.sequence(Der.set(Der.attribute("CN=a")));
		Forge ca = ca().permitted(Der.tlv(0xa4, two));
		Forge leaf = ca.issue("CN=leaf", Forge.key("P-256", 100));
		leaf.subject = swapped;
		assertEquals("NONE", this.run.run(leaf, ca));
		Forge other = ca.issue("CN=leaf", Forge.key("P-256", 100));
		other.subject = one;
		assertEquals("NAME_NOT_PERMITTED", this.run.run(other, ca));
	}
}
