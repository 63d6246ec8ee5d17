/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

import javax.crypto.Cipher;

import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;

import dev.thimble.crypto.SignatureVerifier;

/** Signature verification of the JDK (PSS over a digest: Bouncy Castle's) behind the engine's interface. */
final class JceVerifier implements SignatureVerifier {

	private final int algorithm;
	private boolean good;
	private boolean ready;

	JceVerifier(int algorithm) {
		this.algorithm = algorithm;
	}

	@Override
	public void start(byte[] key, int keyOffset, int keyLength, byte[] digest, int digestOffset, int digestLength, byte[] signature,
			int signatureOffset, int signatureLength) {
		this.ready = false;
		byte[] k = Arrays.copyOfRange(key, keyOffset, keyOffset + keyLength);
		byte[] d = Arrays.copyOfRange(digest, digestOffset, digestOffset + digestLength);
		byte[] s = Arrays.copyOfRange(signature, signatureOffset, signatureOffset + signatureLength);
		try {
			this.good = verify(k, d, s);
		} catch (GeneralSecurityException | IOException | RuntimeException e) {
			// Whatever is wrong with key or signature, the answer is no.
			this.good = false;
		}
	}

	@Override
	public boolean step() {
		boolean done = this.ready;
		this.ready = true;
		return done;
	}

	@Override
	public boolean result() {
		return this.good;
	}

	private boolean verify(byte[] key, byte[] digest, byte[] signature) throws GeneralSecurityException, IOException {
		switch (this.algorithm) {
		case ECDSA_P256:
			return jdk("NONEwithECDSA", "EC", point(SECObjectIdentifiers.secp256r1, key), digest, signature);
		case ECDSA_P384:
			return jdk("NONEwithECDSA", "EC", point(SECObjectIdentifiers.secp384r1, key), digest, signature);
		case ED25519:
			return jdk("Ed25519", "Ed25519", new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), key), digest,
					signature);
		default:
			break;
		}
		int length = Octets.u16At(key, 0);
		BigInteger modulus = new BigInteger(1, Arrays.copyOfRange(key, 2, 2 + length));
		BigInteger exponent = new BigInteger(1, Arrays.copyOfRange(key, 2 + length, 6 + length));
		Digest hash = digest.length == 32 ? new SHA256Digest() : digest.length == 48 ? new SHA384Digest() : new SHA512Digest();
		if (this.algorithm == RSA_PSS) {
			PSSSigner signer = PSSSigner.createRawSigner(new RSAEngine(), hash, hash, digest.length, (byte) 0xbc);
			signer.init(false, new RSAKeyParameters(false, modulus, exponent));
			signer.update(digest, 0, digest.length);
			return signer.verifySignature(signature);
		}
		ASN1ObjectIdentifier id = digest.length == 32 ? NISTObjectIdentifiers.id_sha256
				: digest.length == 48 ? NISTObjectIdentifiers.id_sha384 : NISTObjectIdentifiers.id_sha512;
		byte[] info = new DigestInfo(new AlgorithmIdentifier(id, DERNull.INSTANCE), digest).getEncoded(ASN1Encoding.DER);
		Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
		rsa.init(Cipher.DECRYPT_MODE, KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
		return signature.length == length && Arrays.equals(info, rsa.doFinal(signature));
	}

	private static SubjectPublicKeyInfo point(ASN1ObjectIdentifier curve, byte[] point) {
		return new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point);
	}

	private static boolean jdk(String scheme, String kind, SubjectPublicKeyInfo info, byte[] message, byte[] signature)
			throws GeneralSecurityException, IOException {
		PublicKey key = KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
		Signature verifier = Signature.getInstance(scheme);
		verifier.initVerify(key);
		verifier.update(message);
		return verifier.verify(signature);
	}
}
