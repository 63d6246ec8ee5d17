/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** The kinds of key a certificate can hold, and how each signs certificates by default. */
public enum KeyKind {

	/** ECDSA on P-256, signing with SHA-256. */
	P256("SHA256WITHECDSA"),
	/** ECDSA on P-384, signing with SHA-384. */
	P384("SHA384WITHECDSA"),
	/** Ed25519. */
	ED25519("ED25519"),
	/** RSA with 2048 bits, signing with PKCS#1 v1.5 and SHA-256. */
	RSA2048("SHA256WITHRSA"),
	/** RSA with 4096 bits, signing with PKCS#1 v1.5 and SHA-256. */
	RSA4096("SHA256WITHRSA"),
	/** RSA with 2048 bits under the object identifier id-RSASSA-PSS, signing with PSS and SHA-256. */
	RSA_PSS("SHA256WITHRSAANDMGF1");

	private final String signatureAlgorithm;

	KeyKind(String signatureAlgorithm) {
		this.signatureAlgorithm = signatureAlgorithm;
	}

	/** Gets the name of the signature algorithm a key of this kind signs certificates with unless told otherwise. */
	public String signatureAlgorithm() {
		return this.signatureAlgorithm;
	}

	/** Gets the bits of the modulus, or 0 for a kind that is not RSA. */
	public int modulusBits() {
		switch (this) {
		case RSA2048:
		case RSA_PSS:
			return 2048;
		case RSA4096:
			return 4096;
		default:
			return 0;
		}
	}

	/** Generates a key pair. RSA with 4096 bits takes seconds. */
	public KeyPair generate() throws GeneralSecurityException {
		KeyPairGenerator generator;
		switch (this) {
		case P256:
			generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			break;
		case P384:
			generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp384r1"));
			break;
		case ED25519:
			generator = KeyPairGenerator.getInstance("Ed25519");
			break;
		case RSA_PSS:
			generator = KeyPairGenerator.getInstance("RSASSA-PSS");
			generator.initialize(2048);
			break;
		default:
			generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(modulusBits());
			break;
		}
		return generator.generateKeyPair();
	}

	/**
	 * Makes the JDK's object for a signature algorithm.
	 *
	 * @param algorithm
	 *            a name such as SHA256WITHECDSA, SHA384WITHRSA, SHA256WITHRSAANDMGF1 or ED25519.
	 */
	static Signature signature(String algorithm) throws GeneralSecurityException {
		if (!algorithm.endsWith("ANDMGF1")) {
			return Signature.getInstance(algorithm);
		}
		int bits = Integer.parseInt(algorithm.substring(3, 6));
		Signature signature = Signature.getInstance("RSASSA-PSS");
		String hash = "SHA-" + bits;
		signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), bits / 8, 1));
		return signature;
	}
}
