/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.Hash;

/** What a ClientHello offers of what we speak, whatever the version will be. What we do not speak was let pass. */
/* package */ final class ReceivedHello {

	/* package */ static final int RANDOM_LENGTH = 32;
	/* package */ static final int MAX_SERVER_NAME = 255;

	/* package */ static final int OFFERS_12 = 1;
	/* package */ static final int OFFERS_13 = 2;

	/** RFC 8446 §4.2.9: as bits, by their numbers. */
	/* package */ static final int PSK_KE = 1;
	/* package */ static final int PSK_DHE_KE = 2;

	/** RFC 7250 §3: as bits, by their numbers. */
	/* package */ static final int X509 = 1;
	/* package */ static final int RAW_PUBLIC_KEY = 4;

	// Offsets in one array: an object less each.
	/** A transcript hash that is kept: of the first ClientHello, later of what the application's keys come from. */
	/* package */ static final int HASH = 0;
	/* package */ static final int SESSION_ID = 48;
	/** The key share; once the shared secret is agreed on, ours takes its place. */
	/* package */ static final int SHARE = SESSION_ID + 32;
	/** The random of our ServerHello. */
	/* package */ static final int SERVER_RANDOM = SHARE + Handshake.MAX_SHARE;
	/* package */ static final int SERVER_NAME = SERVER_RANDOM + RANDOM_LENGTH;

	/* package */ final byte[] memory = new byte[SERVER_NAME + MAX_SERVER_NAME];
	/** For itself, since a key log wants it from index 0. */
	/* package */ final byte[] random = new byte[RANDOM_LENGTH];
	/** A bit for each extension type below 64 that was there. */
	/* package */ long seen;
	/** {@link #OFFERS_12} and {@link #OFFERS_13}, by supported_versions or, without it, by legacy_version. */
	/* package */ int versions;
	/** Bits in the order of {@link Offer#cipherSuites}. */
	/* package */ int suites;
	/** Of those the client's first of each version, as an index; -1: none. */
	/* package */ byte firstSuite12;
	/* package */ byte firstSuite13;
	/** Bits in the order of {@link Offer#groups}. */
	/* package */ int groups;
	/** Of the shares that of the group we like best, as an index; -1: none. */
	/* package */ byte shareGroup;
	/* package */ byte shareLength;
	/** Bits in the order of {@link SignatureScheme#at}. */
	/* package */ int schemes;
	/** How certificates may be signed, constants of {@link dev.thimble.identity.CertificateSignature}, by signature_algorithms and _cert. */
	/* package */ int signatures;
	/* package */ int certificateSignatures;
	/* package */ byte pskModes;
	/** RFC 7250 §3: the kinds of certificates the client can show, and those it takes, as bits by their numbers. */
	/* package */ byte clientCertificates;
	/* package */ byte serverCertificates;
	/** Of the application protocols the one we like best, as an index; -1: none is ours. */
	/* package */ short protocol;
	/** 0: none. */
	/* package */ char recordSizeLimit;
	/** The code of RFC 6066 §4; 0: none. */
	/* package */ byte maxFragmentLength;
	/* package */ byte sessionIdLength;
	/** 0: none. */
	/* package */ short serverNameLength;
	/** TLS_FALLBACK_SCSV (RFC 7507). */
	/* package */ boolean fallback;
	/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 §3.3), or the extension, empty. */
	/* package */ boolean secureRenegotiation;
	/** Whether no compression is among the methods, and whether there is no other. */
	/* package */ boolean nullCompression;
	/* package */ boolean otherCompression;
	/** Whether this is a second hello that has not the random or session id of the first. */
	/* package */ boolean changed;

	/** Forgets what another hello offered; its random and session id stay, for a second hello to be compared. */
	/* package */ void reset() {
		this.seen = 0;
		this.versions = 0;
		this.suites = 0;
		this.firstSuite12 = -1;
		this.firstSuite13 = -1;
		this.groups = 0;
		this.shareGroup = -1;
		this.shareLength = 0;
		this.schemes = 0;
		this.signatures = 0;
		this.certificateSignatures = 0;
		this.pskModes = 0;
		this.clientCertificates = 0;
		this.serverCertificates = 0;
		this.protocol = -1;
		this.recordSizeLimit = 0;
		this.maxFragmentLength = 0;
		this.serverNameLength = 0;
		this.fallback = false;
		this.secureRenegotiation = false;
		this.nullCompression = false;
		this.otherCompression = false;
		this.changed = false;
	}

	/** Tells whether an extension, numbered below 64, was there. */
	/* package */ boolean has(int type) {
		return (this.seen & 1L << type) != 0;
	}

	/** Tells whether the client takes a raw public key in place of a certificate, or else a certificate: without an extension only that. */
	/* package */ boolean takes(boolean rawKey) {
		return rawKey ? (this.serverCertificates & RAW_PUBLIC_KEY) != 0
				: !has(ExtensionType.SERVER_CERTIFICATE_TYPE) || (this.serverCertificates & X509) != 0;
	}

	/** Tells the same of what the client can show. */
	/* package */ boolean shows(boolean rawKey) {
		return rawKey ? (this.clientCertificates & RAW_PUBLIC_KEY) != 0
				: !has(ExtensionType.CLIENT_CERTIFICATE_TYPE) || (this.clientCertificates & X509) != 0;
	}

	/** Takes a random or session id, and notes if it is not the one that stands there. */
	/* package */ void take(byte[] in, int offset, byte[] out, int at, int length) {
		int difference = 0;
		for (int i = 0; i < length; i++) {
			difference |= in[offset + i] ^ out[at + i];
			out[at + i] = in[offset + i];
		}
		this.changed |= difference != 0;
	}

	/** Allows a signature scheme, in CertificateVerify and certificates, or in certificates only. */
	/* package */ void allow(int scheme, boolean certificatesOnly) {
		if (certificatesOnly) {
			this.certificateSignatures |= SignatureScheme.inCertificates(scheme);
			return;
		}
		this.signatures |= SignatureScheme.inCertificates(scheme);
		for (int i = 0; i < SignatureScheme.count(); i++) {
			this.schemes |= SignatureScheme.at(i) == scheme ? 1 << i : 0;
		}
	}

	/** Tells whether a scheme was offered for CertificateVerify. */
	/* package */ boolean allows(int scheme) {
		for (int i = 0; i < SignatureScheme.count(); i++) {
			if (SignatureScheme.at(i) == scheme) {
				return (this.schemes & 1 << i) != 0;
			}
		}
		return false;
	}

	/**
	 * Chooses a suite of TLS 1.3: of those offered our first, but the client's first if that is ChaCha20-Poly1305, for then it is a device without an
	 * AES unit, to which it makes more difference than to us.
	 *
	 * @param hash
	 *            the hash it has to have, a constant of {@link Hash}; 0 for any.
	 * @return its index among ours, -1 for none.
	 */
	/* package */ int suite13(Offer offer, int hash) {
		int first = this.firstSuite13;
		if (first >= 0 && CipherSuite.aead13(offer.cipherSuites[first]) == Aead.CHACHA20_POLY1305
				&& (hash == 0 || CipherSuite.hash(offer.cipherSuites[first]) == hash)) {
			return first;
		}
		for (int i = 0; i < offer.cipherSuites.length; i++) {
			int suite = offer.cipherSuites[i];
			if ((this.suites & 1 << i) != 0 && CipherSuite.version(suite) == Handshake.VERSION_13 && (hash == 0 || CipherSuite.hash(suite) == hash)) {
				return i;
			}
		}
		return -1;
	}

	/* package */ void wipe() {
		for (int i = 0; i < this.memory.length; i++) {
			this.memory[i] = 0;
		}
		this.serverNameLength = 0;
	}
}
