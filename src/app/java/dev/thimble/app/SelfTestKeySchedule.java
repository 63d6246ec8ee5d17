/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.Hkdf;
import dev.thimble.crypto.Hmac;

/** The key schedule of RFC 8446 §7.1 with the values of RFC 8448 §3, from the shared secret to the server's handshake key. */
final class SelfTestKeySchedule {

	private static final String SHARED_SECRET = "8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d";
	private static final String EARLY_SECRET = "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a";
	private static final String DERIVED = "6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba";
	private static final String HANDSHAKE_SECRET = "1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac";
	private static final String HELLO_HASH = "860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8";
	private static final String CLIENT_SECRET = "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21";
	private static final String SERVER_SECRET = "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38";
	private static final String MASTER_DERIVED = "43de77e0c77713859a944db9db2590b53190a65b3ee2e4f12dd7a0bb7ce254b4";
	private static final String MASTER_SECRET = "18df06843d13a08bf2a449844c5f8a478001bc4d4c627984d5a41da8d0402919";
	private static final String SERVER_KEY = "3fce516009c21727d0f2e4e86ee403bc";
	private static final String SERVER_IV = "5d313eb2671276ee13000b30";

	private static final int LENGTH = 32;

	private final SelfTestReport report;
	private final byte[] zeros = new byte[LENGTH];
	private final byte[] secret = new byte[LENGTH];
	private final byte[] derived = new byte[LENGTH];
	private final byte[] context = new byte[LENGTH];
	private final byte[] info = new byte[64];
	private Hkdf hkdf;

	SelfTestKeySchedule(SelfTestReport report) {
		this.report = report;
	}

	void run(CryptoProvider crypto) {
		Hash sha256 = crypto.newHash(Hash.SHA_256);
		this.hkdf = new Hkdf(new Hmac(sha256));
		this.hkdf.extract(null, 0, 0, this.zeros, 0, LENGTH, this.secret, 0);
		this.report.check("RFC 8448 early secret", Hex.matches(EARLY_SECRET, this.secret, 0));
		sha256.digest(this.context, 0);
		this.report.check("RFC 8448 derived for handshake", expands("derived", LENGTH, DERIVED));
		Hex.read(SHARED_SECRET, this.context, 0);
		this.hkdf.extract(this.derived, 0, LENGTH, this.context, 0, LENGTH, this.secret, 0);
		this.report.check("RFC 8448 handshake secret", Hex.matches(HANDSHAKE_SECRET, this.secret, 0));
		Hex.read(HELLO_HASH, this.context, 0);
		this.report.check("RFC 8448 client handshake traffic secret", expands("c hs traffic", LENGTH, CLIENT_SECRET));
		this.report.check("RFC 8448 server handshake traffic secret", expands("s hs traffic", LENGTH, SERVER_SECRET));
		sha256.digest(this.context, 0);
		this.report.check("RFC 8448 derived for master", expands("derived", LENGTH, MASTER_DERIVED));
		this.hkdf.extract(this.derived, 0, LENGTH, this.zeros, 0, LENGTH, this.secret, 0);
		this.report.check("RFC 8448 master secret", Hex.matches(MASTER_SECRET, this.secret, 0));
		Hex.read(SERVER_SECRET, this.secret, 0);
		this.report.check("RFC 8448 server handshake key", expands("key", 0, SERVER_KEY));
		this.report.check("RFC 8448 server handshake iv", expands("iv", 0, SERVER_IV));
	}

	/** HKDF-Expand-Label (RFC 8446 §7.1) of the secret and so many bytes of context. */
	private boolean expands(String label, int contextLength, String answer) {
		byte[] b = this.info;
		int n = 0;
		b[n++] = 0;
		b[n++] = (byte) (answer.length() / 2);
		b[n++] = (byte) (6 + label.length());
		n = put("tls13 ", n);
		n = put(label, n);
		b[n++] = (byte) contextLength;
		System.arraycopy(this.context, 0, b, n, contextLength);
		this.hkdf.expand(this.secret, 0, LENGTH, b, 0, n + contextLength, this.derived, 0, answer.length() / 2);
		return Hex.matches(answer, this.derived, 0);
	}

	private int put(String text, int at) {
		for (int i = 0; i < text.length(); i++) {
			this.info[at + i] = (byte) text.charAt(i);
		}
		return at + text.length();
	}
}
