/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;

/** What is signed in CertificateVerify of TLS 1.3 (RFC 8446 §4.4.3): 64 spaces, a context, a zero, the transcript hash. */
/* package */ final class SignedContent {

	private static final String CLIENT = "TLS 1.3, client CertificateVerify";
	private static final String SERVER = "TLS 1.3, server CertificateVerify";
	private static final int SPACES = 64;
	private static final int PREFIX_LENGTH = SPACES + 33 + 1;

	private SignedContent() {
	}

	/** Writes what stands before the transcript hash in what client or server signs, and gives the index behind it. */
	/* package */ static int prefix(byte[] out, int offset, boolean client) {
		for (int i = 0; i < PREFIX_LENGTH; i++) {
			out[offset + i] = prefix(i, client);
		}
		return offset + PREFIX_LENGTH;
	}

	/** As above into a hash, by way of an array. */
	/* package */ static void prefix(Hash hash, byte[] work, boolean client) {
		int n = 0;
		for (int i = 0; i < PREFIX_LENGTH; i++) {
			work[n++] = prefix(i, client);
			if (n == work.length || i == PREFIX_LENGTH - 1) {
				hash.update(work, 0, n);
				n = 0;
			}
		}
	}

	private static byte prefix(int index, boolean client) {
		String context = client ? CLIENT : SERVER;
		int i = index - SPACES;
		return (byte) (i < 0 ? ' ' : i < context.length() ? context.charAt(i) : 0);
	}
}
