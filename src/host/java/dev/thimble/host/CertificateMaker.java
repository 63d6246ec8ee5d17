/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * Makes certificates for demonstrations and tests, right ones and, on request, wrong ones. Without further words a certificate is valid from an
 * hour ago for 30 days; a leaf is for {@code serverAuth} and {@code digitalSignature}, an authority for {@code keyCertSign}.
 */
public final class CertificateMaker {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final X500Name subject;
	private final KeyPair keys;
	private Identity issuer;
	private X500Name issuerName;
	private Instant notBefore = Instant.now().minus(Duration.ofHours(1));
	private Instant notAfter = Instant.now().plus(Duration.ofDays(30));
	private boolean authority;
	private int pathLength = -1;
	private boolean basicConstraints = true;
	private int keyUsage = -1;
	private KeyPurposeId[] purposes;
	private String signatureAlgorithm;
	private final List<GeneralName> names = new ArrayList<>();
	private final List<Extension> extensions = new ArrayList<>();

	/**
	 * Starts a certificate.
	 *
	 * @param subject
	 *            a distinguished name such as {@code CN=Example,O=Thimble}; may be empty.
	 * @param keys
	 *            the subject's keys.
	 */
	public CertificateMaker(String subject, KeyPair keys) {
		this.subject = new X500Name(subject);
		this.keys = keys;
	}

	/** Makes an authority, with no limit on the path below it. */
	public CertificateMaker authority() {
		this.authority = true;
		return this;
	}

	/** Makes an authority with at most this many intermediates below it. */
	public CertificateMaker authority(int pathLength) {
		this.pathLength = pathLength;
		return authority();
	}

	/** Leaves basicConstraints out, although this is an authority. */
	public CertificateMaker withoutBasicConstraints() {
		this.basicConstraints = false;
		return this;
	}

	/** Sets the issuer; without one the certificate is self-signed. */
	public CertificateMaker issuedBy(Identity issuer) {
		this.issuer = issuer;
		return this;
	}

	/** Sets the name of the issuer, if it is not to be the issuer's own subject. */
	public CertificateMaker issuerName(String name) {
		this.issuerName = new X500Name(name);
		return this;
	}

	/** Adds DNS names to the subject's alternative names. */
	public CertificateMaker dns(String... dnsNames) {
		for (String name : dnsNames) {
			this.names.add(new GeneralName(GeneralName.dNSName, name));
		}
		return this;
	}

	/** Adds IP addresses (literals) to the subject's alternative names. */
	public CertificateMaker ip(String... addresses) {
		for (String address : addresses) {
			this.names.add(new GeneralName(GeneralName.iPAddress, address));
		}
		return this;
	}

	/** Sets the validity. */
	public CertificateMaker valid(Instant from, Instant to) {
		this.notBefore = from;
		this.notAfter = to;
		return this;
	}

	/** Sets the key usage: bits of {@link KeyUsage}; 0 leaves the extension out. */
	public CertificateMaker keyUsage(int bits) {
		this.keyUsage = bits;
		return this;
	}

	/** Sets the extended key usages; none leaves the extension out. */
	public CertificateMaker purposes(KeyPurposeId... purposes) {
		this.purposes = purposes;
		return this;
	}

	/** Sets the signature algorithm, for example SHA1WITHRSA; the default follows from the issuer's key. */
	public CertificateMaker signedWith(String algorithm) {
		this.signatureAlgorithm = algorithm;
		return this;
	}

	/** Adds an extension. */
	public CertificateMaker extension(String objectIdentifier, boolean critical, ASN1Encodable value) throws IOException {
		this.extensions.add(new Extension(new ASN1ObjectIdentifier(objectIdentifier), critical, value.toASN1Primitive().getEncoded("DER")));
		return this;
	}

	/** Adds an extension of given bytes, well-formed or not. */
	public CertificateMaker extension(String objectIdentifier, boolean critical, byte[] value) {
		this.extensions.add(new Extension(new ASN1ObjectIdentifier(objectIdentifier), critical, value));
		return this;
	}

	/** Signs the certificate. */
	public Identity make() throws GeneralSecurityException, IOException {
		X500Name signerName = this.issuerName != null ? this.issuerName : this.issuer != null ? this.issuer.subject() : this.subject;
		X509v3CertificateBuilder builder = new X509v3CertificateBuilder(signerName, new BigInteger(120, RANDOM).setBit(119),
				Date.from(this.notBefore), Date.from(this.notAfter), this.subject,
				SubjectPublicKeyInfo.getInstance(this.keys.getPublic().getEncoded()));
		if (this.basicConstraints) {
			builder.addExtension(Extension.basicConstraints, true, !this.authority ? new BasicConstraints(false)
					: this.pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(this.pathLength));
		}
		int usage = this.keyUsage >= 0 ? this.keyUsage
				: this.authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
		if (usage != 0) {
			builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
		}
		KeyPurposeId[] extended = this.purposes != null ? this.purposes
				: this.authority ? new KeyPurposeId[0] : new KeyPurposeId[] { KeyPurposeId.id_kp_serverAuth };
		if (extended.length != 0) {
			builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(extended));
		}
		if (!this.names.isEmpty()) {
			builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(this.names.toArray(new GeneralName[0])));
		}
		builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(this.keys)));
		if (this.issuer != null) {
			builder.addExtension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier(this.issuer.keys())));
		}
		for (Extension extension : this.extensions) {
			builder.addExtension(extension);
		}
		PrivateKey signerKey = (this.issuer != null ? this.issuer.keys() : this.keys).getPrivate();
		String algorithm = this.signatureAlgorithm != null ? this.signatureAlgorithm : defaultAlgorithm(signerKey);
		byte[] der = builder.build(new JdkSigner(algorithm.toUpperCase(Locale.ROOT), signerKey)).getEncoded();
		return new Identity(this.subject, this.keys, der, this.issuer);
	}

	/** RFC 5280 §4.2.1.2, method 1. It names a key; nothing relies on SHA-1 here. */
	private static byte[] keyIdentifier(KeyPair keys) throws GeneralSecurityException {
		return MessageDigest.getInstance("SHA-1")
				.digest(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()).getPublicKeyData().getOctets());
	}

	private static String defaultAlgorithm(PrivateKey key) {
		switch (key.getAlgorithm()) {
		case "EC":
			int bits = ((java.security.interfaces.ECKey) key).getParams().getOrder().bitLength();
			return (bits > 256 ? KeyKind.P384 : KeyKind.P256).signatureAlgorithm();
		case "RSASSA-PSS":
			return KeyKind.RSA_PSS.signatureAlgorithm();
		case "RSA":
			return KeyKind.RSA2048.signatureAlgorithm();
		default:
			return KeyKind.ED25519.signatureAlgorithm();
		}
	}

	/** Signs with the JDK's provider, so that Bouncy Castle's provider need not be installed. */
	private static final class JdkSigner implements ContentSigner {

		private final AlgorithmIdentifier identifier;
		private final Signature signature;
		private final ByteArrayOutputStream content = new ByteArrayOutputStream();

		JdkSigner(String algorithm, PrivateKey key) throws GeneralSecurityException {
			this.identifier = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
			this.signature = KeyKind.signature(algorithm);
			this.signature.initSign(key);
		}

		@Override
		public AlgorithmIdentifier getAlgorithmIdentifier() {
			return this.identifier;
		}

		@Override
		public OutputStream getOutputStream() {
			return this.content;
		}

		@Override
		public byte[] getSignature() {
			try {
				this.signature.update(this.content.toByteArray());
				return this.signature.sign();
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException("Cannot sign the certificate", e);
			}
		}
	}
}
