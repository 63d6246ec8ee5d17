/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** What is signed in CertificateVerify of TLS 1.3 (RFC 8446 §4.4.3): 64 spaces, a context, a zero, the transcript hash. */
/* package */ final class SignedContent {

	private SignedContent() {
	}

	/** Writes what stands before the transcript hash in what client or server signs, and gives the index behind it. */
	/* package */ static int prefix(byte[] out, int offset, boolean client) {
		String context = client ? "TLS 1.3, client CertificateVerify" : "TLS 1.3, server CertificateVerify";
		int n = offset;
		for (int i = 0; i < 64; i++) {
			out[n++] = ' ';
		}
		for (int i = 0; i < context.length(); i++) {
			out[n++] = (byte) context.charAt(i);
		}
		out[n++] = 0;
		return n;
	}
}
