/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;

/** Validates a certification path (RFC 5280 §6) while its certificates stream by. */
public final class PathValidator {

	/** The peer is a server: extendedKeyUsage id-kp-serverAuth. */
	public static final int SERVER_AUTH = 1;
	/** The peer is a client: extendedKeyUsage id-kp-clientAuth. */
	public static final int CLIENT_AUTH = 2;
	/** Most certificates in a path, the leaf included. */
	public static final int MAX_PATH = 10;

	/** Creates a validator with hashes of its own. */
	public PathValidator(CryptoProvider crypto, int pendingCertificates, int nameStoreLength, int ed25519CertificateLength) {
		this(crypto, crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384), crypto.newHash(Hash.SHA_512), crypto.newHash(Hash.SHA_256),
				pendingCertificates, nameStoreLength, ed25519CertificateLength);
	}

	/** Creates a validator that shares hashes with its owner; it uses them only from start() until the step() after endChain() is true. */
	public PathValidator(CryptoProvider crypto, Hash sha256, Hash sha384, Hash sha512, Hash nameHash, int pendingCertificates,
			int nameStoreLength, int ed25519CertificateLength) {
	}

	/** Begins a new path: forgets everything, including server name and pins. */
	public void start(TrustAnchors anchors, TimeSource time, int purpose) {
	}

	/** Name or IP literal of the peer; length 0: not checked. Copied. After start(), before the first certificate. */
	public void setServerName(byte[] name, int off, int len) {
	}

	/** SHA-256 digests of SPKIs, 32 bytes each; null: none. Kept by reference. After start(). */
	public void setPins(byte[] pins) {
	}

	public void startCertificate(int length) {
	}

	public void update(byte[] in, int off, int len) {
	}

	public void endCertificate() {
	}

	public void endChain() {
	}

	public boolean step() {
		return true;
	}

	public int error() {
		return PathError.NONE;
	}

	public int errorDepth() {
		return 0;
	}

	public int keyAlgorithm() {
		return 0;
	}

	/** Hash an id-RSASSA-PSS leaf key is restricted to (a constant of Hash), 0: any. */
	public int keyHash() {
		return 0;
	}

	public byte[] key() {
		return null;
	}

	public int keyOffset() {
		return 0;
	}

	public int keyLength() {
		return 0;
	}

	/** The verifier the path validation uses for an algorithm of SignatureVerifier, to share while this is idle; null: none. */
	public SignatureVerifier verifier(int algorithm) {
		return null;
	}

	public int verifiedTimeState() {
		return TimeSource.UNKNOWN;
	}

	public void wipe() {
	}
}
