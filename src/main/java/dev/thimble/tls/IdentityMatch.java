/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.identity.CertificateSignature;
import dev.thimble.identity.Identity;

/**
 * Selects the first identity that does all a peer's request asks for: its key makes one of the schemes, its certificates are signed as allowed, and
 * one of them was issued by one of the names. Names are compared byte by byte while they stream past.
 */
/* package */ final class IdentityMatch {

	/** Most certificates of all identities: a bit each, and every one is compared with each byte of a name. */
	/* package */ static final int MAX_CERTIFICATES = 16;

	private final OwnAuthentication own;
	private final Identity[] identities;
	/** Of the peer's schemes those an identity can make, as bits in the order of {@link SignatureScheme#at}. */
	private int schemes;
	/** How certificates may be signed, constants of {@link CertificateSignature}: as the list of schemes says, and that for certificates alone. */
	private int signatures;
	private int certificateSignatures;
	/** Certificates whose issuer is one of the names so far, as bits. */
	private int issued;
	/** Certificates whose issuer can still be the current name. */
	private int matching;
	private int namePosition;
	private boolean named;

	/**
	 * Creates a match.
	 *
	 * @throws IllegalArgumentException
	 *             if there are too many certificates.
	 */
	/* package */ IdentityMatch(OwnAuthentication own) {
		this.own = own;
		this.identities = own.identities();
		int count = 0;
		for (int i = 0; i < this.identities.length; i++) {
			count += this.identities[i].count();
		}
		if (count > MAX_CERTIFICATES) {
			throw new IllegalArgumentException("The identities have more than 16 certificates");
		}
	}

	/** Starts with a request. */
	/* package */ void start() {
		this.schemes = 0;
		this.signatures = 0;
		this.certificateSignatures = 0;
		this.issued = 0;
		this.named = false;
	}

	/** Takes note of a scheme the peer can verify. */
	/* package */ void allow(int scheme) {
		this.signatures |= SignatureScheme.inCertificates(scheme);
		for (int i = 0; i < SignatureScheme.count(); i++) {
			this.schemes |= SignatureScheme.at(i) == scheme ? 1 << i : 0;
		}
	}

	/** Takes note of a scheme the peer can verify in certificates. */
	/* package */ void allowInCertificates(int scheme) {
		this.certificateSignatures |= SignatureScheme.inCertificates(scheme);
	}

	/** Starts with a name of an authority. */
	/* package */ void startName(int length) {
		this.named = true;
		this.namePosition = 0;
		this.matching = 0;
		int bit = 1;
		for (int i = 0; i < this.identities.length; i++) {
			for (int j = 0; j < this.identities[i].count(); j++) {
				this.matching |= this.identities[i].issuerLength(j) == length ? bit : 0;
				bit <<= 1;
			}
		}
	}

	/** Takes a piece of the name. */
	/* package */ void name(byte[] in, int offset, int count) {
		int bit = 1;
		for (int i = 0; i < this.identities.length; i++) {
			Identity identity = this.identities[i];
			for (int j = 0; j < identity.count(); j++) {
				if ((this.matching & bit) != 0 && !equal(identity.certificates(), identity.issuerOffset(j) + this.namePosition, in, offset, count)) {
					this.matching &= ~bit;
				}
				bit <<= 1;
			}
		}
		this.namePosition += count;
	}

	/** Ends the name. */
	/* package */ void endName() {
		this.issued |= this.matching;
	}

	private static boolean equal(byte[] name, int at, byte[] in, int offset, int count) {
		for (int i = 0; i < count; i++) {
			if (name[at + i] != in[offset + i]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Ends a request of TLS 1.3: selects an identity if there is one that fits. PKCS #1 v1.5 is for certificates only there (RFC 8446 §4.2.3).
	 *
	 * @param certificateList
	 *            whether there was a list of schemes for certificates alone.
	 */
	/* package */ void select(boolean certificateList) {
		select(certificateList ? this.certificateSignatures : this.signatures, 1 << SignatureVerifier.ECDSA_P256 | 1 << SignatureVerifier.ECDSA_P384
				| 1 << SignatureVerifier.ED25519 | 1 << SignatureVerifier.RSA_PSS);
	}

	/**
	 * Ends a request of TLS 1.2. Ed25519 signs the handshake's messages themselves (RFC 8422 §5.10), which nobody has kept.
	 *
	 * @param ecdsa
	 *            whether the peer takes ECDSA keys.
	 * @param rsa
	 *            whether it takes RSA keys.
	 */
	/* package */ void select12(boolean ecdsa, boolean rsa) {
		select(this.signatures, (ecdsa ? 1 << SignatureVerifier.ECDSA_P256 | 1 << SignatureVerifier.ECDSA_P384 : 0)
				| (rsa ? 1 << SignatureVerifier.RSA_PSS | 1 << SignatureVerifier.RSA_PKCS1 : 0));
	}

	/** allowed: how certificates may be signed; kinds: algorithms of keys that will do, constants of {@link SignatureVerifier} as bits. */
	private void select(int allowed, int kinds) {
		int first = 0;
		for (int i = this.identities.length; --i >= 0;) {
			Identity identity = this.identities[i];
			first = 0;
			for (int j = 0; j < i; j++) {
				first += this.identities[j].count();
			}
			int all = (1 << identity.count()) - 1 << first;
			boolean able = (kinds & 1 << identity.signer().algorithm()) != 0 && signs(OwnAuthentication.scheme(identity));
			// A raw public key has no issuer.
			boolean known = !this.named || identity.isRawKey() || (this.issued & all) != 0;
			if (this.own.isWanted(identity) && able && known && (identity.signatures() & ~allowed) == 0) {
				this.own.select(i);
			}
		}
	}

	private boolean signs(int scheme) {
		for (int i = 0; i < SignatureScheme.count(); i++) {
			if (SignatureScheme.at(i) == scheme) {
				return (this.schemes & 1 << i) != 0;
			}
		}
		return false;
	}
}
