/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.identity.CertificateSignature;
import dev.thimble.identity.Identity;

/**
 * Reads CertificateRequest and selects the first identity that does all the server asks for (RFC 8446 §4.4.2.3): its key makes one of the
 * signature_algorithms, its certificates are signed as signature_algorithms_cert allows, and one of them was issued by one of the
 * certificate_authorities. Names are compared byte by byte while they stream past; oid_filters is not looked at.
 */
/* package */ final class IdentitySelector extends CertificateRequestReader {

	/** Most certificates of all identities: a bit each, and every one is compared with each byte of a name. */
	/* package */ static final int MAX_CERTIFICATES = 16;

	private static final int SCHEMES = 2;
	private static final int SCHEME = 3;
	private static final int NAMES = 4;
	private static final int NAME_LENGTH = 5;
	private static final int NAME = 6;

	private final OwnAuthentication own;
	private final Identity[] identities;
	/** Of the server's schemes those an identity can make, as bits in the order of {@link SignatureScheme#at}. */
	private int schemes;
	/** How certificates may be signed, constants of {@link CertificateSignature}: as signature_algorithms says, and signature_algorithms_cert. */
	private int signatures;
	private int certificateSignatures;
	/** Certificates whose issuer is one of the names so far, as bits. */
	private int issued;
	/** Certificates whose issuer can still be the current name. */
	private int matching;
	private int namePosition;
	private boolean named;
	private boolean certificateList;

	/**
	 * Creates a selector.
	 *
	 * @throws IllegalArgumentException
	 *             if there are too many certificates.
	 */
	/* package */ IdentitySelector(MessageCursor cursor, OwnAuthentication own) {
		super(cursor);
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

	@Override
	protected void nextField() {
		switch (this.cursor.state) {
		case SCHEMES:
			// A list of pairs of bytes that fills its extension.
			if (u16(0) != left() || (left() & 1) != 0) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				collectInside(2, SCHEME);
			}
			break;
		case SCHEME:
			allow(u16(0));
			nextOrDone(SCHEME);
			break;
		case NAMES:
			if (u16(0) != left()) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				nextOrDone(NAME_LENGTH);
			}
			break;
		case NAME_LENGTH:
			startName(u16(0));
			break;
		case NAME:
			this.issued |= this.matching;
			nextOrDone(NAME_LENGTH);
			break;
		case 0:
			this.schemes = 0;
			this.signatures = 0;
			this.certificateSignatures = 0;
			this.issued = 0;
			this.named = false;
			this.certificateList = false;
			super.nextField();
			break;
		default:
			super.nextField();
			break;
		}
	}

	private void nextOrDone(int state) {
		if (left() == 0) {
			extensionDone();
		} else {
			collectInside(2, state);
		}
	}

	@Override
	protected void extension(int type, int n) {
		switch (type) {
		case ExtensionType.SIGNATURE_ALGORITHMS:
		case ExtensionType.SIGNATURE_ALGORITHMS_CERT:
			this.certificateList = type == ExtensionType.SIGNATURE_ALGORITHMS_CERT;
			if (n < 4) {
				this.cursor.error = TlsError.DECODE_ERROR;
			} else {
				collectInside(2, SCHEMES);
			}
			break;
		case ExtensionType.CERTIFICATE_AUTHORITIES:
			collectInside(2, NAMES);
			break;
		default:
			super.extension(type, n);
			break;
		}
	}

	private void allow(int scheme) {
		if (this.certificateList) {
			this.certificateSignatures |= signatures(scheme);
			return;
		}
		this.signatures |= signatures(scheme);
		for (int i = 0; i < SignatureScheme.count(); i++) {
			this.schemes |= SignatureScheme.at(i) == scheme ? 1 << i : 0;
		}
	}

	/** What signatures in certificates a scheme stands for; the curve of the issuer's key is not looked at. */
	/* package */ static int signatures(int scheme) {
		switch (scheme) {
		case SignatureScheme.ECDSA_SECP256R1_SHA256:
			return CertificateSignature.ECDSA_SHA256;
		case SignatureScheme.ECDSA_SECP384R1_SHA384:
			return CertificateSignature.ECDSA_SHA384;
		case SignatureScheme.ECDSA_SECP521R1_SHA512:
			return CertificateSignature.ECDSA_SHA512;
		case SignatureScheme.ED25519:
			return CertificateSignature.ED25519;
		case SignatureScheme.RSA_PKCS1_SHA256:
			return CertificateSignature.RSA_PKCS1_SHA256;
		case SignatureScheme.RSA_PKCS1_SHA384:
			return CertificateSignature.RSA_PKCS1_SHA384;
		case SignatureScheme.RSA_PKCS1_SHA512:
			return CertificateSignature.RSA_PKCS1_SHA512;
		case SignatureScheme.RSA_PSS_RSAE_SHA256:
		case SignatureScheme.RSA_PSS_PSS_SHA256:
			return CertificateSignature.RSA_PSS_SHA256;
		case SignatureScheme.RSA_PSS_RSAE_SHA384:
		case SignatureScheme.RSA_PSS_PSS_SHA384:
			return CertificateSignature.RSA_PSS_SHA384;
		case SignatureScheme.RSA_PSS_RSAE_SHA512:
		case SignatureScheme.RSA_PSS_PSS_SHA512:
			return CertificateSignature.RSA_PSS_SHA512;
		default:
			return 0;
		}
	}

	private void startName(int length) {
		if (length == 0 || length > left()) {
			this.cursor.error = TlsError.DECODE_ERROR;
			return;
		}
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
		pass(length, NAME);
	}

	@Override
	protected void passed(byte[] in, int offset, int count) {
		// What else passes here are extensions to be ignored.
		if (this.cursor.state != NAME) {
			return;
		}
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

	private static boolean equal(byte[] name, int at, byte[] in, int offset, int count) {
		for (int i = 0; i < count; i++) {
			if (name[at + i] != in[offset + i]) {
				return false;
			}
		}
		return true;
	}

	@Override
	protected void extensionsEnd() {
		super.extensionsEnd();
		int first = 0;
		int allowed = seen(ExtensionType.SIGNATURE_ALGORITHMS_CERT) ? this.certificateSignatures : this.signatures;
		for (int i = this.identities.length; --i >= 0;) {
			Identity identity = this.identities[i];
			first = 0;
			for (int j = 0; j < i; j++) {
				first += this.identities[j].count();
			}
			int own = (1 << identity.count()) - 1 << first;
			if (signs(OwnAuthentication.scheme(identity)) && (identity.signatures() & ~allowed) == 0 && (!this.named || (this.issued & own) != 0)) {
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
