/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Host names and addresses against subjectAltName (RFC 6125 §6.4). */
class ServerNameTest {

	private final Forge root = Forge.root("P-256");
	private final PathRun run = new PathRun(this.root);

	private static boolean matches(String host, byte[] entry) {
		byte[] name = Der.ascii(host);
		ServerName server = new ServerName(new byte[300], 20);
		server.set(name, 0, name.length);
		boolean[] results = new boolean[3];
		for (int piece = 1; piece <= 3; piece++) {
			server.start(entry[0] & 0x1f, entry.length - 2);
			for (int p = 2; p < entry.length; p += piece) {
				server.update(entry, p, Math.min(piece, entry.length - p));
			}
			results[piece - 1] = server.matches();
		}
		assertEquals(results[0], results[1]);
		assertEquals(results[0], results[2]);
		return results[0];
	}

	private static void assertHost(boolean expected, String host, String pattern) {
		assertEquals(expected, matches(host, Forge.dns(pattern)), host + " against " + pattern);
	}

	@Test
	void dnsNamesAreComparedWithoutCase() {
		assertHost(true, "www.example.com", "www.example.com");
		assertHost(true, "WWW.Example.com", "www.exAMPLE.COM");
		assertHost(true, "www.example.com.", "www.example.com");
		assertHost(true, "localhost", "localhost");
		assertHost(true, "a_b.example.com", "a_b.example.com");
		assertHost(false, "www.example.com", "example.com");
		assertHost(false, "example.com", "www.example.com");
		assertHost(false, "www.example.com", "www.example.co");
		assertHost(false, "www.example.co", "www.example.com");
		assertHost(false, "www.example.com", "www.example.com.");
		assertHost(false, "www.example.com", "");
		assertHost(false, "www.example.com", "www.example.com\u0000.evil.org");
		assertHost(false, "www.example.com", "www.example.com\u0000");
		assertHost(false, "[ab", "{AB");
	}

	@Test
	void aWildcardIsOneWholeLabelAtTheLeft() {
		assertHost(true, "www.example.com", "*.example.com");
		assertHost(true, "WWW.EXAMPLE.COM", "*.example.com");
		assertHost(true, "xn--abc.example.com", "*.example.com");
		assertHost(true, "example.com", "*.com");
		assertHost(false, "a.www.example.com", "*.example.com");
		assertHost(false, "example.com", "*.example.com");
		assertHost(false, ".example.com", "*.example.com");
		assertHost(false, "www.example.com", "w*.example.com");
		assertHost(false, "www.example.com", "*w.example.com");
		assertHost(false, "www.example.com", "**.example.com");
		assertHost(false, "www.example.com", "www.*.com");
		assertHost(false, "www.example.com", "*.*.com");
		assertHost(false, "www.example.com", "*");
		assertHost(false, "localhost", "*");
		assertHost(false, "localhost", "*.");
		assertHost(false, "localhost.", "*.");
		assertHost(false, "www.example.com", "*example.com");
		assertHost(false, "www.example.com", "*.example.org");
	}

	@Test
	void addressesMatchOnlyAddresses() {
		byte[] four = Forge.ip(192, 0, 2, 1);
		assertEquals(true, matches("192.0.2.1", four));
		assertEquals(false, matches("192.0.2.2", four));
		assertEquals(false, matches("192.0.2.1", Forge.dns("192.0.2.1")));
		assertEquals(false, matches("www.example.com", four));
		assertEquals(false, matches("192.0.2.1", Forge.dns("*.0.2.1")));
		byte[] six = Forge.ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
		assertEquals(true, matches("2001:db8::1", six));
		assertEquals(true, matches("[2001:DB8::1]", six));
		assertEquals(true, matches("2001:0db8:0:0:0:0:0.0.0.1", six));
		assertEquals(false, matches("2001:db8::2", six));
		assertEquals(false, matches("192.0.2.1", Forge.ip(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1)));
		assertEquals(false, matches("192.0.2.1", Forge.ip(192, 0, 2)));
	}

	@Test
	void whatIsNoAddressIsAName() {
		for (String host : new String[] { "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.", "1..2.3", "1.2.3.4x", "1::2::3",
				":1:2:3:4:5:6:7",
				"1:2:3:4:5:6:7:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::", "g::",
				"::1.2.3", "::1.2.3.4:5",
				"1:2:3:4:5:6:7:1.2.3.4", ":::", ":", "[::1", "::1]", "[]", "1:2:3:4:5:6:7:8:",
				"0000:0000:0000:0000:0000:0000:0000:0000:0000:00" }) {
			assertEquals(!host.endsWith("."), matches(host, Forge.dns(host)), host);
		}
	}

	@Test
	void addressesAreReadAsTheJdkReadsThem() throws Exception {
		Random random = new Random(6);
		for (int i = 0; i < 2000; i++) {
			byte[] address = new byte[i % 2 == 0 ? 16 : 4];
			random.nextBytes(address);
			for (int j = 0; j < address.length; j += 2) {
				if (random.nextInt(2) == 0) {
					address[j] = 0;
					address[j + 1] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : 0);
				}
			}
			byte[] entry = Der.tlv(0x87, address);
			String text = InetAddress.getByAddress(address).getHostAddress();
			assertEquals(true, matches(text, entry), text);
			if (address.length == 16) {
				// the first run of ":0:0" as "::"
				int zeros = text.indexOf(":0:0:");
				if (zeros > 0) {
					String rest = text.substring(zeros + 5);
					assertEquals(true, matches(text.substring(0, zeros) + "::" + rest, entry), text);
				}
				if (text.startsWith("0:0:")) {
					assertEquals(true, matches("::" + text.substring(4), entry), text);
				}
				if (text.endsWith(":0:0")) {
					assertEquals(true, matches(text.substring(0, text.length() - 4) + "::", entry), text);
				}
			}
		}
	}

	@Test
	void theLeafMustHaveTheName() {
		this.run.name("www.example.com");
		assertEquals("NONE", this.run.run(this.root.leaf("www.example.com")));
		assertEquals("HOST_NAME_MISMATCH", this.run.run(this.root.leaf("example.com")));
		Forge many = this.root.issue("CN=leaf", Forge.key("P-256", 100)).san(Forge.dns("a.example"), Forge.ip(1, 2, 3, 4),
				Forge.dns("*.example.com"),
				Forge.dns("b.example"), Forge.directory("CN=x"), Der.tlv(0x86, Der.ascii("https://c.example")), Der.tlv(0x81,
				Der.ascii("a@b.example")),
				Der.tlv(0x88, Der.hex("2a03")), Der.tlv(0xa0, Der.oid("1.2.3"), Der.tlv(0xa0, Der.integer(1))));
		for (int piece : new int[] { 0, 1, 5 }) {
			this.run.piece = piece;
			assertEquals("NONE", this.run.name("www.example.com").run(many));
			assertEquals("NONE", this.run.name("b.example").run(many));
			assertEquals("NONE", this.run.name("1.2.3.4").run(many));
			assertEquals("HOST_NAME_MISMATCH", this.run.name("1.2.3.5").run(many));
			assertEquals("HOST_NAME_MISMATCH", this.run.name("c.example").run(many));
		}
	}

	@Test
	void aCommonNameIsNotLookedAt() {
		Forge leaf = this.root.issue("CN=www.example.com", Forge.key("P-256", 100));
		assertEquals("NO_SUBJECT_ALT_NAME", this.run.name("www.example.com").run(leaf));
		assertEquals("NONE", this.run.name("").run(leaf));
	}

	@Test
	void theNameOfACaDoesNotHelp() {
		Forge ca = this.root.intermediate("CA", 1).san(Forge.dns("www.example.com"));
		assertEquals("HOST_NAME_MISMATCH", this.run.name("www.example.com").run(ca.leaf("other.example.com"), ca));
	}

	@Test
	void aLongNameFits() {
		String label = "a".repeat(63);
		String host = label + "." + label + "." + label + "." + "b".repeat(63);
		assertEquals("NONE", this.run.name(host).run(this.root.leaf(host)));
		byte[] tooLong = new byte[256];
		assertThrows(IllegalArgumentException.class, () -> this.run.validator.setServerName(tooLong, 0, 256));
	}

	@Test
	void theNameIsFixedOnceTheLeafIsRead() {
		PathValidator v = this.run.validator;
		byte[] host = Der.ascii("www.example.com");
		byte[] other = Der.ascii("other.example.com");
		byte[] leaf = this.root.leaf("www.example.com").der();
		v.start(this.run.anchors, this.run.time, PathValidator.SERVER_AUTH);
		v.setServerName(host, 0, host.length);
		v.startCertificate(leaf.length);
		v.setServerName(other, 0, other.length);
		v.update(leaf, 0, leaf.length);
		v.endCertificate();
		while (!v.step()) {
			// next slice
		}
		v.setServerName(other, 0, other.length);
		v.endChain();
		assertEquals(PathError.NONE, v.error());
	}
}
