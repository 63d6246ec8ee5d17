/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/** The kinds of public keys a certificate can carry. */
public final class PublicKey {

	/** An EC key on P-256: 65-byte uncompressed point (RFC 5480). */
	public static final int EC_P256 = 1;
	/** An EC key on P-384: 97-byte uncompressed point. */
	public static final int EC_P384 = 2;
	/** An Ed25519 key: 32 bytes (RFC 8410). */
	public static final int ED25519 = 3;
	/** An RSA key, rsaEncryption (RFC 3279): modulus length in bytes as 2 bytes, modulus, public exponent as 4 bytes, big-endian. */
	public static final int RSA = 4;
	/** An RSA key restricted to PSS, id-RSASSA-PSS (RFC 4055), encoded as {@link #RSA}. */
	public static final int RSA_PSS = 5;

	private PublicKey() {
	}
}
