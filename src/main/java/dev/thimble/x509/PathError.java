/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/** What can be wrong with a certificate chain: one table of codes, names and sentences. */
public final class PathError {

	/** Nothing is wrong. */
	public static final int NONE = 0;
	/** A certificate is not the DER encoding of an X.509 certificate. */
	public static final int MALFORMED = 100;
	/** A certificate is not of version 3. */
	public static final int VERSION = 101;
	/** The peer sent no certificate. */
	public static final int EMPTY_CHAIN = 102;
	/** The path has more than {@link PathValidator#MAX_PATH} certificates. */
	public static final int CHAIN_TOO_LONG = 103;
	/** No trust anchor issued the last certificate of the path. */
	public static final int UNKNOWN_CA = 104;
	/** Certificates were sent that do not join the path: one between is missing. */
	public static final int PATH_INCOMPLETE = 105;
	/** The leaf is self-signed and not a trust anchor. */
	public static final int SELF_SIGNED = 106;
	/** The path ends in a self-signed certificate that is not a trust anchor. */
	public static final int SELF_SIGNED_IN_CHAIN = 107;
	/** A certificate has expired. */
	public static final int EXPIRED = 108;
	/** A certificate is not valid yet. */
	public static final int NOT_YET_VALID = 109;
	/** The clock is not set. */
	public static final int TIME_UNKNOWN = 110;
	/** The leaf has no subjectAltName. */
	public static final int NO_SUBJECT_ALT_NAME = 111;
	/** The leaf is for another host. */
	public static final int HOST_NAME_MISMATCH = 112;
	/** A signature is wrong. */
	public static final int SIGNATURE_INVALID = 113;
	/** A certificate is signed with MD5 or SHA-1. */
	public static final int SIGNATURE_WEAK = 114;
	/** A certificate is signed with an algorithm this device does not have. */
	public static final int SIGNATURE_UNSUPPORTED = 115;
	/** The signature algorithm inside the signed part differs from the one outside. */
	public static final int SIGNATURE_ALGORITHM_MISMATCH = 116;
	/** An RSA key is shorter than 2048 bits, or its exponent is even or 1. */
	public static final int KEY_WEAK = 117;
	/** A key is of a type, curve or encoding this device does not have. */
	public static final int KEY_UNSUPPORTED = 118;
	/** A key or signature is larger than this profile has room for. */
	public static final int KEY_TOO_LARGE = 119;
	/** A certificate that is not a CA's issued another. */
	public static final int NOT_A_CA = 120;
	/** A CA's pathLenConstraint is exceeded. */
	public static final int PATH_LENGTH = 121;
	/** The keyUsage does not allow what the key is used for. */
	public static final int KEY_USAGE = 122;
	/** The extendedKeyUsage does not allow TLS in this role. */
	public static final int EXTENDED_KEY_USAGE = 123;
	/** A critical extension is not known. */
	public static final int UNKNOWN_CRITICAL_EXTENSION = 124;
	/** An extension appears twice. */
	public static final int DUPLICATE_EXTENSION = 125;
	/** A name is outside a CA's name constraints. */
	public static final int NAME_NOT_PERMITTED = 126;
	/** A name constraint of a form that cannot be checked applies to a name of the path. */
	public static final int NAME_CONSTRAINT_UNSUPPORTED = 127;
	/** A CA has name constraints and the names of the path do not fit the name store. */
	public static final int NAMES_TOO_LONG = 128;
	/** A CA with name constraints was sent before a certificate it constrains. */
	public static final int NAME_CONSTRAINTS_ORDER = 129;
	/** More certificates came out of order than can be remembered. */
	public static final int TOO_MANY_PENDING = 130;
	/** No key of the path is pinned. */
	public static final int PIN_MISMATCH = 131;
	/** An Ed25519-signed certificate is longer than the buffer for such. */
	public static final int ED25519_TOO_LONG = 132;
	/** The peer's raw public key is not a trusted one. */
	public static final int KEY_NOT_TRUSTED = 133;
	/** The peer sent more than one raw public key. */
	public static final int TOO_MANY_KEYS = 134;

	private PathError() {
	}

	/**
	 * Gets the name of a code.
	 *
	 * @param error
	 *            a code of this class.
	 * @return the constant's name, "PATH_ERROR" for any other number.
	 */
	public static String name(int error) {
		switch (error) {
		case NONE:
			return "NONE";
		case MALFORMED:
			return "MALFORMED";
		case VERSION:
			return "VERSION";
		case EMPTY_CHAIN:
			return "EMPTY_CHAIN";
		case CHAIN_TOO_LONG:
			return "CHAIN_TOO_LONG";
		case UNKNOWN_CA:
			return "UNKNOWN_CA";
		case PATH_INCOMPLETE:
			return "PATH_INCOMPLETE";
		case SELF_SIGNED:
			return "SELF_SIGNED";
		case SELF_SIGNED_IN_CHAIN:
			return "SELF_SIGNED_IN_CHAIN";
		case EXPIRED:
			return "EXPIRED";
		case NOT_YET_VALID:
			return "NOT_YET_VALID";
		case TIME_UNKNOWN:
			return "TIME_UNKNOWN";
		case NO_SUBJECT_ALT_NAME:
			return "NO_SUBJECT_ALT_NAME";
		case HOST_NAME_MISMATCH:
			return "HOST_NAME_MISMATCH";
		case SIGNATURE_INVALID:
			return "SIGNATURE_INVALID";
		case SIGNATURE_WEAK:
			return "SIGNATURE_WEAK";
		case SIGNATURE_UNSUPPORTED:
			return "SIGNATURE_UNSUPPORTED";
		case SIGNATURE_ALGORITHM_MISMATCH:
			return "SIGNATURE_ALGORITHM_MISMATCH";
		case KEY_WEAK:
			return "KEY_WEAK";
		case KEY_UNSUPPORTED:
			return "KEY_UNSUPPORTED";
		case KEY_TOO_LARGE:
			return "KEY_TOO_LARGE";
		case NOT_A_CA:
			return "NOT_A_CA";
		case PATH_LENGTH:
			return "PATH_LENGTH";
		case KEY_USAGE:
			return "KEY_USAGE";
		case EXTENDED_KEY_USAGE:
			return "EXTENDED_KEY_USAGE";
		case UNKNOWN_CRITICAL_EXTENSION:
			return "UNKNOWN_CRITICAL_EXTENSION";
		case DUPLICATE_EXTENSION:
			return "DUPLICATE_EXTENSION";
		case NAME_NOT_PERMITTED:
			return "NAME_NOT_PERMITTED";
		case NAME_CONSTRAINT_UNSUPPORTED:
			return "NAME_CONSTRAINT_UNSUPPORTED";
		case NAMES_TOO_LONG:
			return "NAMES_TOO_LONG";
		case NAME_CONSTRAINTS_ORDER:
			return "NAME_CONSTRAINTS_ORDER";
		case TOO_MANY_PENDING:
			return "TOO_MANY_PENDING";
		case PIN_MISMATCH:
			return "PIN_MISMATCH";
		case ED25519_TOO_LONG:
			return "ED25519_TOO_LONG";
		case KEY_NOT_TRUSTED:
			return "KEY_NOT_TRUSTED";
		case TOO_MANY_KEYS:
			return "TOO_MANY_KEYS";
		default:
			return "PATH_ERROR";
		}
	}

	/**
	 * Tells in words what happened and what to do.
	 *
	 * @param error
	 *            a code of this class.
	 * @return two sentences.
	 */
	public static String text(int error) {
		switch (error) {
		case NONE:
			return "The path is valid.";
		case MALFORMED:
			return "A certificate is not well-formed DER. Have the server's certificates issued anew, or look for damage on the way.";
		case VERSION:
			return "A certificate is not of X.509 version 3. Have it issued with extensions.";
		case EMPTY_CHAIN:
			return "The peer sent no certificate. Configure one on the peer.";
		case CHAIN_TOO_LONG:
			return "The chain has more than 10 certificates before a trust anchor. Send a shorter chain, or trust one of its CAs.";
		case UNKNOWN_CA:
			return "No trust anchor issued the last certificate of the chain. Add its CA to the trust anchors, or have the "
					+ "server send the missing intermediates.";
		case PATH_INCOMPLETE:
			return "The chain has a gap: certificates were sent that do not follow each other. Have the server send every "
					+ "intermediate, each after the one it issued.";
		case SELF_SIGNED:
			return "The peer's certificate is self-signed and not a trust anchor. Add it to the trust anchors, or have it issued "
					+ "by a CA that is one.";
		case SELF_SIGNED_IN_CHAIN:
			return "The chain ends in a self-signed CA that is not a trust anchor. Add that CA to the trust anchors if it is to "
					+ "be trusted.";
		case EXPIRED:
			return "A certificate has expired. Renew it, or correct this device's clock.";
		case NOT_YET_VALID:
			return "A certificate is not valid yet. Correct this device's clock, or the one of the CA.";
		case TIME_UNKNOWN:
			return "The time is not known, so no certificate can be checked. Set the clock, or give the firmware's build date as a floor.";
		case NO_SUBJECT_ALT_NAME:
			return "The peer's certificate has no subjectAltName, and a common name is not looked at. Have it issued with the "
					+ "host name in subjectAltName.";
		case HOST_NAME_MISMATCH:
			return "The peer's certificate is for another host. Connect by a name it lists, or have it issued for this one.";
		case SIGNATURE_INVALID:
			return "The signature of a certificate is wrong: it was changed, or another key of a CA with the same name made it. "
					+ "Check the chain and the trust anchors.";
		case SIGNATURE_WEAK:
			return "A certificate is signed with MD5 or SHA-1. Have it issued with SHA-256 or better.";
		case SIGNATURE_UNSUPPORTED:
			return "A certificate is signed with an algorithm this profile does not have. Add the algorithm to the profile, or "
					+ "use ECDSA with P-256 and SHA-256.";
		case SIGNATURE_ALGORITHM_MISMATCH:
			return "A certificate names two different signature algorithms. Have it issued anew.";
		case KEY_WEAK:
			return "An RSA key is shorter than 2048 bits or has an unusable modulus or exponent. Use a 2048-bit key or an elliptic curve.";
		case KEY_UNSUPPORTED:
			return "A public key is of a kind this profile does not have. Add the kind to the profile, or use P-256.";
		case KEY_TOO_LARGE:
			return "A public key or signature is larger than this profile has room for. Raise the profile's key size, or use a "
					+ "smaller key.";
		case NOT_A_CA:
			return "A certificate was issued by one that is not a CA's. Check the order and origin of the chain.";
		case PATH_LENGTH:
			return "There are more CAs below one than its pathLenConstraint allows. Have the CA issue the certificate directly.";
		case KEY_USAGE:
			return "The keyUsage of a certificate does not allow this use: digitalSignature for the peer, keyCertSign for a CA. "
					+ "Have it issued anew.";
		case EXTENDED_KEY_USAGE:
			return "The extendedKeyUsage of a certificate does not allow TLS in this role. Have it issued for serverAuth "
					+ "(clientAuth for a client).";
		case UNKNOWN_CRITICAL_EXTENSION:
			return "A certificate has a critical extension that is not known here. Have it issued without, or not critical.";
		case DUPLICATE_EXTENSION:
			return "A certificate has an extension twice. Have it issued anew.";
		case NAME_NOT_PERMITTED:
			return "A name in the chain is outside the name constraints of a CA. Have the certificate issued by a CA that may.";
		case NAME_CONSTRAINT_UNSUPPORTED:
			return "A CA constrains names of a form that cannot be checked here, and the chain has such names. Use a CA without "
					+ "that constraint.";
		case NAMES_TOO_LONG:
			return "A CA has name constraints, and the chain's names do not fit the name store. Raise nameStoreLength.";
		case NAME_CONSTRAINTS_ORDER:
			return "A CA with name constraints was sent before a certificate it constrains. Have the server send the chain in order.";
		case TOO_MANY_PENDING:
			return "More certificates came out of order than can be remembered. Have the server send the chain in order, or "
					+ "raise pendingCertificates.";
		case PIN_MISMATCH:
			return "No key of the path is pinned. Update the pins if the server's keys have changed; else this is another server.";
		case ED25519_TOO_LONG:
			return "A certificate signed with Ed25519 is longer than the buffer for such. Raise ed25519CertificateLength.";
		case KEY_NOT_TRUSTED:
			return "The peer's raw public key is not a trusted one. Add its SHA-256 to the trusted keys if the peer has a new key; else "
					+ "this is another peer.";
		case TOO_MANY_KEYS:
			return "The peer sent more than one raw public key. Have it send the one that it signs with.";
		default:
			return "An unknown error. Report it.";
		}
	}
}
