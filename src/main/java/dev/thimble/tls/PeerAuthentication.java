/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.x509.PathValidator;
import dev.thimble.x509.PublicKey;
import dev.thimble.x509.TimeSource;
import dev.thimble.x509.TrustAnchors;
import dev.thimble.x509.TrustedKeys;

/**
 * Proves who the peer is (RFC 8446 §4.4): a certificate chain that leads to a trust anchor, and a signature by its leaf's key.
 *
 * <p>The provider's work hashes serve the path validation while a chain streams, for nothing else happens meanwhile.
 */
/* package */ class PeerAuthentication extends WorkHashes {

	private final TrustAnchors anchors;
	private final TimeSource time;
	private final byte[] pins;
	private final byte purpose;
	private PathValidator path;
	private SignatureVerifier verifier;

	/**
	 * Creates an authentication; {@link #lend} has to follow.
	 *
	 * @param purpose
	 *            what the peer is: {@link PathValidator#SERVER_AUTH} or {@link PathValidator#CLIENT_AUTH}.
	 */
	/* package */ PeerAuthentication(EngineConfig config, int purpose) {
		super(config.crypto);
		this.purpose = (byte) purpose;
		this.anchors = config.anchors;
		this.time = config.time;
		this.pins = config.pins;
	}

	/**
	 * For the engine's constructor: makes the path validation, in memory that is free from the peer's Certificate until CertificateVerify is checked.
	 */
	/* package */ void lend(EngineConfig config, byte[] memory) {
		this.path = new PathValidator(config.crypto, sha256(), sha384(), hash(Hash.SHA_512), config.crypto.newHash(Hash.SHA_256),
				config.pendingCertificates, config.nameStoreLength, config.ed25519CertificateLength, memory, 0, memory.length);
	}

	/** Makes what reads the peer's Certificate; mayBeEmpty: whether a peer without one may say so. */
	/* package */ CertificateReader reader(MessageCursor cursor, boolean mayBeEmpty) {
		return new CertificateReader(cursor, this.path, mayBeEmpty);
	}

	/** Makes what reads the peer's CertificateVerify. */
	/* package */ CertificateVerifyReader verifyReader(MessageCursor cursor) {
		return new CertificateVerifyReader(cursor);
	}

	/** Starts a chain, or a raw public key, which is to be among those trusted unless that is null. */
	/* package */ final void startChain(CharSequence serverName, TrustedKeys trusted) {
		if (trusted == null) {
			startChain(serverName);
		} else {
			this.path.start(trusted);
		}
	}

	/** Starts a chain; serverName: null for a client's. */
	/* package */ void startChain(CharSequence serverName) {
		this.path.start(this.anchors, this.time, this.purpose);
		if (serverName != null) {
			this.path.setServerName(serverName);
		}
		this.path.setPins(this.pins);
	}

	/** Declares the chain complete; {@link #stepChain} has work then. */
	/* package */ void endChain() {
		this.path.endChain();
	}

	/** Works for a slice on the chain; true once there is no more to do for now. */
	/* package */ boolean stepChain() {
		return this.path.step();
	}

	/** Gets the error of the chain so far, a code of {@link dev.thimble.x509.PathError}. */
	/* package */ int chainError() {
		return this.path.error();
	}

	/**
	 * Starts to verify the signature of CertificateVerify.
	 *
	 * @param scheme
	 *            the scheme, one of those offered.
	 * @param transcript
	 *            the transcript hash before CertificateVerify, at index 0.
	 * @param transcriptLength
	 *            its length in bytes.
	 * @param signature
	 *            the signature, at index 0; kept until {@link #verified()}.
	 * @param signatureLength
	 *            its length in bytes.
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int startVerify(int scheme, byte[] transcript, int transcriptLength, byte[] signature, int signatureLength) {
		if (!fitsKey(scheme)) {
			return TlsError.SIGNATURE_SCHEME;
		}
		// Of what is known of the chain only the leaf's key is needed now.
		byte[] c = this.path.spare();
		int at = this.path.spareOffset();
		int n = content(c, at, transcript, transcriptLength);
		start(scheme, SignatureScheme.verifier(scheme), n, signature, signatureLength);
		return TlsError.NONE;
	}

	/**
	 * Starts to verify a signature of TLS 1.2 (RFC 5246 §4.7), about what stands in the path's spare bytes.
	 *
	 * @param scheme
	 *            the scheme, one of those offered.
	 * @param length
	 *            how many bytes are signed.
	 * @param signature
	 *            the signature, at index 0; kept until {@link #verified()}.
	 * @param signatureLength
	 *            its length in bytes.
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int startVerify12(int scheme, int length, byte[] signature, int signatureLength) {
		int algorithm = algorithm12(scheme);
		if (algorithm == 0) {
			return TlsError.SIGNATURE_SCHEME;
		}
		start(scheme, algorithm, length, signature, signatureLength);
		return TlsError.NONE;
	}

	/**
	 * Starts to verify a signature of TLS 1.2 about a hash.
	 *
	 * @param scheme
	 *            the scheme, one with a hash.
	 * @param digest
	 *            the hash, by the scheme's function.
	 * @param offset
	 *            its first byte.
	 * @return an error of {@link TlsError}.
	 */
	/* package */ int startVerifyHash12(int scheme, byte[] digest, int offset, byte[] signature, int signatureLength) {
		int algorithm = algorithm12(scheme);
		if (algorithm == 0) {
			return TlsError.SIGNATURE_SCHEME;
		}
		this.verifier = this.path.verifier(algorithm);
		this.verifier.start(this.path.key(), this.path.keyOffset(), this.path.keyLength(), digest, offset,
				hash(SignatureScheme.hash(scheme)).length(), signature, 0, signatureLength);
		return TlsError.NONE;
	}

	/** Hashes what stands in the path's spare bytes, as the scheme says, and starts to verify a signature about it. */
	private void start(int scheme, int algorithm, int length, byte[] signature, int signatureLength) {
		byte[] c = this.path.spare();
		int at = this.path.spareOffset();
		int n = length;
		Hash hash = hash(SignatureScheme.hash(scheme));
		if (hash != null) {
			hash.reset();
			hash.update(c, at, n);
			hash.digest(c, at);
			n = hash.length();
		}
		this.verifier = this.path.verifier(algorithm);
		this.verifier.start(this.path.key(), this.path.keyOffset(), this.path.keyLength(), c, at, n, signature, 0, signatureLength);
	}

	/**
	 * Gets the verifier of a scheme in TLS 1.2, a constant of {@link SignatureVerifier}; 0 if it does not fit the key. There ECDSA is named without a
	 * curve (RFC 8422 §5.4), and RSA may sign by PKCS #1 v1.5 as well (RFC 5246 §7.4.3).
	 */
	private int algorithm12(int scheme) {
		int key = this.path.keyAlgorithm();
		switch (scheme) {
		case SignatureScheme.ECDSA_SECP256R1_SHA256:
		case SignatureScheme.ECDSA_SECP384R1_SHA384:
			return key == PublicKey.EC_P256 ? SignatureVerifier.ECDSA_P256 : key == PublicKey.EC_P384 ? SignatureVerifier.ECDSA_P384 : 0;
		case SignatureScheme.RSA_PKCS1_SHA256:
		case SignatureScheme.RSA_PKCS1_SHA384:
		case SignatureScheme.RSA_PKCS1_SHA512:
			return key == PublicKey.RSA ? SignatureVerifier.RSA_PKCS1 : 0;
		default:
			return fitsKey(scheme) ? SignatureScheme.verifier(scheme) : 0;
		}
	}

	/** Writes what the peer signs (§4.4.3), at most {@link PathValidator#SPARE} bytes, and gives its length. */
	/* package */ final int content(byte[] out, int offset, byte[] transcript, int transcriptLength) {
		int n = SignedContent.prefix(out, offset, this.purpose == PathValidator.CLIENT_AUTH);
		System.arraycopy(transcript, 0, out, n, transcriptLength);
		return n + transcriptLength - offset;
	}

	/** Works for a slice on the signature; true once it is done. */
	/* package */ boolean stepVerify() {
		return this.verifier.step();
	}

	/** Tells whether the signature was right. */
	/* package */ boolean verified() {
		return this.verifier.result();
	}

	/** §4.2.3: in TLS 1.3 a scheme names the curve or the type of the key as well. */
	private boolean fitsKey(int scheme) {
		int key = this.path.keyAlgorithm();
		switch (scheme) {
		case SignatureScheme.ECDSA_SECP256R1_SHA256:
			return key == PublicKey.EC_P256;
		case SignatureScheme.ECDSA_SECP384R1_SHA384:
			return key == PublicKey.EC_P384;
		case SignatureScheme.ED25519:
			return key == PublicKey.ED25519;
		case SignatureScheme.RSA_PSS_RSAE_SHA256:
		case SignatureScheme.RSA_PSS_RSAE_SHA384:
		case SignatureScheme.RSA_PSS_RSAE_SHA512:
			return key == PublicKey.RSA;
		case SignatureScheme.RSA_PSS_PSS_SHA256:
		case SignatureScheme.RSA_PSS_PSS_SHA384:
		case SignatureScheme.RSA_PSS_PSS_SHA512:
			return key == PublicKey.RSA_PSS && (this.path.keyHash() == 0 || this.path.keyHash() == SignatureScheme.hash(scheme));
		default:
			// PKCS #1 v1.5 is for certificates only.
			return false;
		}
	}

	/* package */ PathValidator path() {
		return this.path;
	}

	/* package */ void wipe() {
		this.path.wipe();
	}
}
