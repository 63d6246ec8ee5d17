/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;

import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A certificate, its key pair, and the identity that issued it. */
public final class Identity {

	private static final Base64.Encoder MIME = Base64.getMimeEncoder(64, new byte[] { '\n' });

	private final X500Name subject;
	private final KeyPair keys;
	private final byte[] certificate;
	private final Identity issuer;

	Identity(X500Name subject, KeyPair keys, byte[] certificate, Identity issuer) {
		this.subject = subject;
		this.keys = keys;
		this.certificate = certificate;
		this.issuer = issuer;
	}

	/** Gets the subject's name. */
	public X500Name subject() {
		return this.subject;
	}

	/** Gets the key pair. */
	public KeyPair keys() {
		return this.keys;
	}

	/** Gets the certificate, DER; the caller's copy. */
	public byte[] certificate() {
		return this.certificate.clone();
	}

	/** Gets the issuer, or null if self-signed. */
	public Identity issuer() {
		return this.issuer;
	}

	/** Gets this identity with the same keys but other certificate bytes (a tampered one, for example). */
	public Identity withCertificate(byte[] der) {
		return new Identity(this.subject, this.keys, der.clone(), this.issuer);
	}

	/** Gets the certificate as PEM. */
	public String certificatePem() {
		return pem("CERTIFICATE", this.certificate);
	}

	/** Gets the private key as PKCS#8 PEM. */
	public String keyPem() {
		return pem("PRIVATE KEY", encodedKey());
	}

	/** The JDK leaves the public key out of an EC private key; GnuTLS does not read such a one. */
	private byte[] encodedKey() {
		if (!(this.keys.getPrivate() instanceof ECPrivateKey)) {
			return this.keys.getPrivate().getEncoded();
		}
		ECPrivateKey key = (ECPrivateKey) this.keys.getPrivate();
		SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(this.keys.getPublic().getEncoded());
		try {
			return new PrivateKeyInfo(info.getAlgorithm(),
					new org.bouncycastle.asn1.sec.ECPrivateKey(key.getParams().getOrder().bitLength(), key.getS(),
							new DERBitString(info.getPublicKeyData().getBytes()), info.getAlgorithm().getParameters())).getEncoded("DER");
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * Writes a chain of certificates as PEM, the leaf first.
	 *
	 * @return the file.
	 */
	public static Path writeChain(Path file, Identity... chain) throws IOException {
		StringBuilder pem = new StringBuilder();
		for (Identity identity : chain) {
			pem.append(identity.certificatePem());
		}
		return Files.write(file, pem.toString().getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Writes the private key as PEM.
	 *
	 * @return the file.
	 */
	public Path writeKey(Path file) throws IOException {
		return Files.write(file, keyPem().getBytes(StandardCharsets.US_ASCII));
	}

	static String pem(String what, byte[] der) {
		return "-----BEGIN " + what + "-----\n" + MIME.encodeToString(der) + "\n-----END " + what + "-----\n";
	}
}
