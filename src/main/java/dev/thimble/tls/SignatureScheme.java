/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.identity.CertificateSignature;

/** Signature schemes, numbered and named as in IANA's registry (RFC 8446 §4.2.3). */
public final class SignatureScheme {

	/** PKCS #1 v1.5 with SHA-256; in TLS 1.3 in certificates only. */
	public static final int RSA_PKCS1_SHA256 = 0x0401;
	/** PKCS #1 v1.5 with SHA-384; in TLS 1.3 in certificates only. */
	public static final int RSA_PKCS1_SHA384 = 0x0501;
	/** PKCS #1 v1.5 with SHA-512; in TLS 1.3 in certificates only. */
	public static final int RSA_PKCS1_SHA512 = 0x0601;
	/** ECDSA on P-256 with SHA-256; in TLS 1.2 on any curve. */
	public static final int ECDSA_SECP256R1_SHA256 = 0x0403;
	/** ECDSA on P-384 with SHA-384; in TLS 1.2 on any curve. */
	public static final int ECDSA_SECP384R1_SHA384 = 0x0503;
	/** ECDSA on P-521 with SHA-512; not offered, but a peer may accept certificates so signed. */
	/* package */ static final int ECDSA_SECP521R1_SHA512 = 0x0603;
	/** RSASSA-PSS with SHA-256 and a key of type rsaEncryption. */
	public static final int RSA_PSS_RSAE_SHA256 = 0x0804;
	/** RSASSA-PSS with SHA-384 and a key of type rsaEncryption. */
	public static final int RSA_PSS_RSAE_SHA384 = 0x0805;
	/** RSASSA-PSS with SHA-512 and a key of type rsaEncryption. */
	public static final int RSA_PSS_RSAE_SHA512 = 0x0806;
	/** Ed25519. */
	public static final int ED25519 = 0x0807;
	/** RSASSA-PSS with SHA-256 and a key of type id-RSASSA-PSS. */
	public static final int RSA_PSS_PSS_SHA256 = 0x0809;
	/** RSASSA-PSS with SHA-384 and a key of type id-RSASSA-PSS. */
	public static final int RSA_PSS_PSS_SHA384 = 0x080a;
	/** RSASSA-PSS with SHA-512 and a key of type id-RSASSA-PSS. */
	public static final int RSA_PSS_PSS_SHA512 = 0x080b;

	private static final int COUNT = 12;

	private SignatureScheme() {
	}

	/** The schemes in the order in which they are offered; index 0 to {@link #count()} - 1. */
	/* package */ static int at(int index) {
		switch (index) {
		case 0:
			return ECDSA_SECP256R1_SHA256;
		case 1:
			return ED25519;
		case 2:
			return ECDSA_SECP384R1_SHA384;
		case 3:
			return RSA_PSS_RSAE_SHA256;
		case 4:
			return RSA_PSS_RSAE_SHA384;
		case 5:
			return RSA_PSS_RSAE_SHA512;
		case 6:
			return RSA_PSS_PSS_SHA256;
		case 7:
			return RSA_PSS_PSS_SHA384;
		case 8:
			return RSA_PSS_PSS_SHA512;
		case 9:
			return RSA_PKCS1_SHA256;
		case 10:
			return RSA_PKCS1_SHA384;
		default:
			return RSA_PKCS1_SHA512;
		}
	}

	/* package */ static int count() {
		return COUNT;
	}

	/**
	 * Gets the verifier a scheme needs.
	 *
	 * @param scheme
	 *            a constant of this class.
	 * @return a constant of {@link SignatureVerifier}, or -1 for an unknown scheme.
	 */
	/* package */ static int verifier(int scheme) {
		switch (scheme) {
		case ECDSA_SECP256R1_SHA256:
			return SignatureVerifier.ECDSA_P256;
		case ECDSA_SECP384R1_SHA384:
			return SignatureVerifier.ECDSA_P384;
		case ED25519:
			return SignatureVerifier.ED25519;
		case RSA_PSS_RSAE_SHA256:
		case RSA_PSS_RSAE_SHA384:
		case RSA_PSS_RSAE_SHA512:
		case RSA_PSS_PSS_SHA256:
		case RSA_PSS_PSS_SHA384:
		case RSA_PSS_PSS_SHA512:
			return SignatureVerifier.RSA_PSS;
		case RSA_PKCS1_SHA256:
		case RSA_PKCS1_SHA384:
		case RSA_PKCS1_SHA512:
			return SignatureVerifier.RSA_PKCS1;
		default:
			return -1;
		}
	}

	/**
	 * Gets the scheme a signer makes.
	 *
	 * @param algorithm
	 *            a constant of {@link SignatureVerifier}.
	 * @return a constant of this class, or 0 if there is none. RSA signs with SHA-256; a key that PSS is made with is of type rsaEncryption.
	 */
	/* package */ static int ofKey(int algorithm) {
		switch (algorithm) {
		case SignatureVerifier.ECDSA_P256:
			return ECDSA_SECP256R1_SHA256;
		case SignatureVerifier.ECDSA_P384:
			return ECDSA_SECP384R1_SHA384;
		case SignatureVerifier.ED25519:
			return ED25519;
		case SignatureVerifier.RSA_PSS:
			return RSA_PSS_RSAE_SHA256;
		case SignatureVerifier.RSA_PKCS1:
			return RSA_PKCS1_SHA256;
		default:
			return 0;
		}
	}

	/**
	 * Gets the hash a scheme signs.
	 *
	 * @param scheme
	 *            a constant of this class.
	 * @return a constant of {@link Hash}; 0 for Ed25519, which takes the message itself, and for an unknown scheme.
	 */
	/* package */ static int hash(int scheme) {
		switch (scheme) {
		case ECDSA_SECP256R1_SHA256:
		case RSA_PSS_RSAE_SHA256:
		case RSA_PSS_PSS_SHA256:
		case RSA_PKCS1_SHA256:
			return Hash.SHA_256;
		case ECDSA_SECP384R1_SHA384:
		case RSA_PSS_RSAE_SHA384:
		case RSA_PSS_PSS_SHA384:
		case RSA_PKCS1_SHA384:
			return Hash.SHA_384;
		case RSA_PSS_RSAE_SHA512:
		case RSA_PSS_PSS_SHA512:
		case RSA_PKCS1_SHA512:
			return Hash.SHA_512;
		default:
			return 0;
		}
	}

	/** Gets what signatures in certificates a scheme stands for, constants of {@link CertificateSignature}; the curve of the issuer's key is not looked at. */
	/* package */ static int inCertificates(int scheme) {
		switch (scheme) {
		case ECDSA_SECP256R1_SHA256:
			return CertificateSignature.ECDSA_SHA256;
		case ECDSA_SECP384R1_SHA384:
			return CertificateSignature.ECDSA_SHA384;
		case ECDSA_SECP521R1_SHA512:
			return CertificateSignature.ECDSA_SHA512;
		case ED25519:
			return CertificateSignature.ED25519;
		case RSA_PKCS1_SHA256:
			return CertificateSignature.RSA_PKCS1_SHA256;
		case RSA_PKCS1_SHA384:
			return CertificateSignature.RSA_PKCS1_SHA384;
		case RSA_PKCS1_SHA512:
			return CertificateSignature.RSA_PKCS1_SHA512;
		case RSA_PSS_RSAE_SHA256:
		case RSA_PSS_PSS_SHA256:
			return CertificateSignature.RSA_PSS_SHA256;
		case RSA_PSS_RSAE_SHA384:
		case RSA_PSS_PSS_SHA384:
			return CertificateSignature.RSA_PSS_SHA384;
		case RSA_PSS_RSAE_SHA512:
		case RSA_PSS_PSS_SHA512:
			return CertificateSignature.RSA_PSS_SHA512;
		default:
			return 0;
		}
	}

	/**
	 * Gets the name of a scheme.
	 *
	 * @param scheme
	 *            any number.
	 * @return IANA's name, or "unknown".
	 */
	public static String name(int scheme) {
		switch (scheme) {
		case ECDSA_SECP256R1_SHA256:
			return "ecdsa_secp256r1_sha256";
		case ECDSA_SECP384R1_SHA384:
			return "ecdsa_secp384r1_sha384";
		case ED25519:
			return "ed25519";
		case RSA_PSS_RSAE_SHA256:
			return "rsa_pss_rsae_sha256";
		case RSA_PSS_RSAE_SHA384:
			return "rsa_pss_rsae_sha384";
		case RSA_PSS_RSAE_SHA512:
			return "rsa_pss_rsae_sha512";
		case RSA_PSS_PSS_SHA256:
			return "rsa_pss_pss_sha256";
		case RSA_PSS_PSS_SHA384:
			return "rsa_pss_pss_sha384";
		case RSA_PSS_PSS_SHA512:
			return "rsa_pss_pss_sha512";
		case RSA_PKCS1_SHA256:
			return "rsa_pkcs1_sha256";
		case RSA_PKCS1_SHA384:
			return "rsa_pkcs1_sha384";
		case RSA_PKCS1_SHA512:
			return "rsa_pkcs1_sha512";
		default:
			return "unknown";
		}
	}
}
