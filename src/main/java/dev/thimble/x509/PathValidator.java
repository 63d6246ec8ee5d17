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

/**
 * Validates a certification path (RFC 5280 §6) while its certificates stream by, leaf first (RFC 8446 §4.4.2).
 *
 * <p>Order of use: {@link #start}, {@link #setServerName}, {@link #setPins}; for each certificate {@link #startCertificate},
 * {@link #update} with pieces of any size, {@link #endCertificate}, {@link #step} until true; at the end {@link #endChain}, then
 * {@link #isValid} and {@link #error}. Once there is an error, further input is ignored. Nothing allocates after construction and nothing a
 * peer sends makes a method throw.
 *
 * <p>The path grows from the leaf. When an anchor's subject is the issuer of the path's last certificate and its key verifies that
 * certificate, the path is complete, and what follows is skipped unread. Otherwise the next certificate has to be the issuer; one that is
 * not waits until it is, if there is room. So the names compared are those of RFC 5280 §7.1 in their usual, binary form: an issuer is
 * written byte for byte like the subject it refers to.
 *
 * <p>A self-signed certificate that is a trust anchor is accepted as leaf. An anchor is a name and a key: its own validity and extensions
 * are for whoever trusted it to judge.
 */
public final class PathValidator extends CertificationPath {

	/** The peer is a server: its certificate has to be good for id-kp-serverAuth. */
	public static final int SERVER_AUTH = 1;
	/** The peer is a client: its certificate has to be good for id-kp-clientAuth. */
	public static final int CLIENT_AUTH = 2;
	/** Most certificates in a path, the leaf included and the anchor not. */
	public static final int MAX_PATH = MOST;

	/** Bytes of {@link #spare}. */
	public static final int SPARE = ServerName.MAX_LENGTH;

	private final CertificateReader reader;

	/**
	 * Creates a validator with hashes of its own.
	 *
	 * @param crypto
	 *            the primitives.
	 * @param pendingCertificates
	 *            how many certificates that arrive before their subject's are remembered: 0 to 16.
	 * @param nameStoreLength
	 *            bytes for names that a CA's name constraints may be about.
	 * @param ed25519CertificateLength
	 *            longest to-be-signed part of a certificate signed with Ed25519; 0: none is accepted. It is reserved 2 +
	 *            pendingCertificates times.
	 */
	public PathValidator(CryptoProvider crypto, int pendingCertificates, int nameStoreLength, int ed25519CertificateLength) {
		this(crypto, crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384), crypto.newHash(Hash.SHA_512), crypto.newHash(Hash.SHA_256),
				pendingCertificates, nameStoreLength, ed25519CertificateLength, null, 0, 0);
	}

	/**
	 * Creates a validator that shares hashes with its owner. It uses them from {@link #startCertificate} to {@link #endCertificate} only,
	 * and finds nothing in them but what it put there.
	 *
	 * @param crypto
	 *            the primitives.
	 * @param sha256
	 *            a hash for to-be-signed parts; null: certificates signed with it are refused.
	 * @param sha384
	 *            likewise.
	 * @param sha512
	 *            likewise.
	 * @param nameHash
	 *            another SHA-256, for names and keys; it runs at the same time as one of the others.
	 * @param pendingCertificates
	 *            as above.
	 * @param nameStoreLength
	 *            as above.
	 * @param ed25519CertificateLength
	 *            as above.
	 * @param lent
	 *            memory of the owner's for records and names, which would be allocated otherwise; may be null if the length is 0. It is the
	 *            validator's from {@link #start} on; the owner gets it back when the leaf's key is not needed any more, and
	 *            {@link #wipe} overwrites what was used of it.
	 * @param lentOffset
	 *            its first byte.
	 * @param lentLength
	 *            its length; as much as fits goes there.
	 */
	public PathValidator(CryptoProvider crypto, Hash sha256, Hash sha384, Hash sha512, Hash nameHash, int pendingCertificates,
			int nameStoreLength, int ed25519CertificateLength, byte[] lent, int lentOffset, int lentLength) {
		super(crypto, pendingCertificates, nameStoreLength, ed25519CertificateLength, lent, lentOffset, lentLength);
		if (nameHash == null || nameHash == sha256) {
			throw new IllegalArgumentException("A second SHA-256 is needed: it runs at the same time as the first");
		}
		int available = 0;
		for (int i = SignatureVerifier.ECDSA_P256; i <= SignatureVerifier.RSA_PSS; i++) {
			available |= this.verifiers[i] == null ? 0 : 1 << i;
		}
		// a key of any kind is good for one of the signature algorithms with the same number, but PSS with a plain RSA key as well
		int keys = available | (available >> 1 & 1 << PublicKey.RSA);
		int signatures = available | (available >> 1 & 1 << AlgorithmIdentifier.ECDSA);
		Hash[] hashes = { sha256, sha384, sha512 };
		this.reader = new CertificateReader(this.records, this.serverName, this.names, hashes, nameHash, signatures, keys);
	}

	/**
	 * Begins a new path and forgets everything about the last one, server name and pins included.
	 *
	 * @param trusted
	 *            the roots; kept by reference.
	 * @param time
	 *            the clock; read once, now.
	 * @param purpose
	 *            {@link #SERVER_AUTH} or {@link #CLIENT_AUTH}: what the peer is.
	 */
	public void start(TrustAnchors trusted, TimeSource time, int purpose) {
		begin(trusted);
		this.timeState = (byte) time.state();
		this.reader.configure(purpose, this.timeState, time.seconds());
	}

	/**
	 * Begins with a peer that has no certificate but a raw public key (RFC 7250): what it sends is one SubjectPublicKeyInfo, which is fed like a
	 * certificate, and has to be one of those that are trusted. There is no name and no time in it to look at.
	 *
	 * @param trusted
	 *            the keys; kept by reference.
	 */
	public void start(TrustedKeys trusted) {
		begin(null);
		this.timeState = TimeSource.UNKNOWN;
		this.bareKey = true;
		this.reader.setPins(trusted.digests());
	}

	/**
	 * Sets the name the leaf must be for. It is copied. Call it after {@link #start} and before the first certificate (later calls do
	 * nothing).
	 *
	 * @param name
	 *            ASCII: a DNS name (case does not count, nor does a trailing dot), an IPv4 address in dotted decimal or an IPv6 address.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            at most 255; 0: the leaf may be for any name.
	 * @throws IllegalArgumentException
	 *             if the name is longer.
	 */
	public void setServerName(byte[] name, int offset, int length) {
		if (length > ServerName.MAX_LENGTH) {
			throw new IllegalArgumentException("A server name has at most 255 characters");
		}
		if (this.count == 0) {
			this.serverName.set(name, offset, length);
		}
	}

	/**
	 * Sets the name the leaf must be for, as above, with the name as text.
	 *
	 * @param name
	 *            at most 255 characters of ASCII.
	 * @throws IllegalArgumentException
	 *             if the name is longer.
	 */
	public void setServerName(CharSequence name) {
		if (name.length() > ServerName.MAX_LENGTH) {
			throw new IllegalArgumentException("A server name has at most 255 characters");
		}
		if (this.count == 0) {
			this.serverName.set(name);
		}
	}

	/**
	 * Demands that one key of the path, the anchor's included, is pinned. Call it after {@link #start} and before the first certificate. With
	 * a raw public key it does nothing: trusted keys are pinned already.
	 *
	 * @param digests
	 *            SHA-256 digests of SubjectPublicKeyInfo structures, 32 bytes each, kept by reference; null: no pins.
	 * @throws IllegalArgumentException
	 *             if the length is not a multiple of 32.
	 */
	public void setPins(byte[] digests) {
		if (digests != null && digests.length % 32 != 0) {
			throw new IllegalArgumentException("Pins are 32 bytes each");
		}
		if (!this.bareKey) {
			this.pins = digests;
			this.reader.setPins(digests);
		}
	}

	/**
	 * Begins the next certificate.
	 *
	 * @param length
	 *            the length of its DER encoding in bytes.
	 */
	public void startCertificate(int length) {
		if (this.bareKey && !isOver()) {
			if (this.count != 0) {
				// RFC 8446 §4.4.2: no more than one
				fail(PathError.TOO_MANY_KEYS, 1);
			} else {
				this.reader.startKey(length);
				this.count++;
				this.reading = true;
			}
		} else if (!this.complete && !isOver()) {
			if (this.pathLength == MAX_PATH) {
				fail(PathError.CHAIN_TOO_LONG, this.count);
			} else {
				this.reader.start(length, this.count, this.pathLength);
				this.count++;
				this.reading = true;
			}
		}
	}

	/**
	 * Reads a piece of the certificate. Must not be called while {@link #step} has work. A byte costs up to about 450 instructions on a
	 * Cortex-M4 (two hashes): pieces of 512 bytes keep to the bound of a slice.
	 *
	 * @param in
	 *            the caller's array.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length: any, 0 included.
	 */
	public void update(byte[] in, int offset, int length) {
		if (this.reading) {
			int result = this.reader.read(in, offset, length);
			if (result != PathError.NONE) {
				fail(result, this.count - 1);
			}
		}
	}

	/** Ends the certificate. Then {@link #step} has work. */
	public void endCertificate() {
		if (this.reading) {
			this.reading = false;
			if (this.reader.isComplete()) {
				this.work = JOIN;
			} else {
				fail(PathError.MALFORMED, this.count - 1);
			}
		}
	}

	/** Ends the chain: after this {@link #error} says whether the path is valid. */
	public void endChain() {
		if (!isOver()) {
			end();
		}
	}

	/**
	 * Works for one slice of at most about 250,000 instructions on a Cortex-M4.
	 *
	 * @return true when there is nothing left to do.
	 */
	public boolean step() {
		return grow();
	}

	/**
	 * Tells whether the chain has ended and its path is valid.
	 *
	 * @return true only after {@link #endChain} with no error.
	 */
	public boolean isValid() {
		return this.ended && this.complete;
	}

	/**
	 * Gets the first error.
	 *
	 * @return a code of {@link PathError}; {@link PathError#NONE} means a valid path only after {@link #endChain}.
	 */
	public int error() {
		return this.error & 0xff;
	}

	/**
	 * Gets the certificate the error is about.
	 *
	 * @return its place in the chain as sent, 0 for the leaf.
	 */
	public int errorDepth() {
		return this.errorDepth;
	}

	/**
	 * Gets the kind of the leaf's key.
	 *
	 * @return a constant of {@link PublicKey}; 0 before the {@link #step} after the leaf's {@link #endCertificate} has returned true.
	 */
	public int keyAlgorithm() {
		return this.records.keyAlgorithm(PATH);
	}

	/**
	 * Gets the hash function an id-RSASSA-PSS key of the leaf is restricted to (RFC 4055 §3.3).
	 *
	 * @return a constant of {@link Hash}, 0: any.
	 */
	public int keyHash() {
		return this.records.keyHash(PATH);
	}

	/**
	 * Gets the array the leaf's key lies in.
	 *
	 * @return the validator's own array: not to be changed.
	 */
	public byte[] key() {
		return this.records.bytes(PATH);
	}

	/**
	 * Gets where the leaf's key begins, in the encoding of {@link SignatureVerifier}'s constants.
	 *
	 * @return an index of {@link #key}.
	 */
	public int keyOffset() {
		return this.records.key(PATH);
	}

	/**
	 * Gets the length of the leaf's key.
	 *
	 * @return a number of bytes.
	 */
	public int keyLength() {
		return this.records.keyLength(PATH);
	}

	/**
	 * Gets an array of the validator's with memory that is free between {@link #endChain} and {@link #wipe}, while the leaf's key is still
	 * needed.
	 *
	 * @return {@value #SPARE} bytes of it from {@link #spareOffset} on are free.
	 */
	public byte[] spare() {
		return this.records.bytes(CURRENT);
	}

	/**
	 * Gets where that memory begins.
	 *
	 * @return an index of {@link #spare}.
	 */
	public int spareOffset() {
		return this.records.start(CURRENT);
	}

	/**
	 * Gets a verifier the validation uses, to share it while {@link #step} has no work.
	 *
	 * @param algorithm
	 *            a constant of {@link SignatureVerifier}.
	 * @return null if the provider has none.
	 */
	public SignatureVerifier verifier(int algorithm) {
		return this.verifiers[algorithm];
	}

	/**
	 * Gets how far the clock was trusted that the path was checked against.
	 *
	 * @return a constant of {@link TimeSource}.
	 */
	public int verifiedTimeState() {
		return this.timeState;
	}

	/** Forgets everything. Nothing here is secret, but whom a device talks to need not stay in memory. */
	public void wipe() {
		this.records.wipe();
		this.names.clear();
		this.serverName.set(null, 0, 0);
		this.reader.setPins(null);
		this.pins = null;
		this.work = IDLE;
		this.reading = false;
		this.complete = false;
		this.ended = true;
	}
}
