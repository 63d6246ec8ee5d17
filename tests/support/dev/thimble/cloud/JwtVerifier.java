/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.SignatureVerifier;

/** Verifies compact JWS (RFC 7515 §5.2) with Thimble's own primitives. */
public final class JwtVerifier {

	private final PortableCrypto crypto = new PortableCrypto();
	private final PublicKey key;

	/** Creates a verifier for a key; the algorithm has to fit it. */
	public JwtVerifier(PublicKey key) {
		this.key = key;
	}

	/** Gets the payload of a token that is valid, null of one that is not. */
	public byte[] payload(String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3) {
			return null;
		}
		try {
			JsonObject header = JsonParser.parseString(new String(decode(parts[0]), StandardCharsets.UTF_8)).getAsJsonObject();
			byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
			boolean valid = !header.has("crit") && valid(header.get("alg").getAsString(), signed, decode(parts[2]));
			return valid ? decode(parts[1]) : null;
		} catch (RuntimeException e) {
			// no base64url, no JSON, or a key of another kind
			return null;
		}
	}

	/** Decodes base64url, of which each text has one form only (RFC 7515 §2, RFC 4648 §3.5). */
	private static byte[] decode(String text) {
		byte[] bytes = Base64.getUrlDecoder().decode(text);
		if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
			throw new IllegalArgumentException("Not the one form of base64url");
		}
		return bytes;
	}

	/** Gets the claims of a token that is valid at any time, null of one that is not. */
	public JsonObject claims(String token) {
		byte[] payload = payload(token);
		return payload == null ? null : JsonParser.parseString(new String(payload, StandardCharsets.UTF_8)).getAsJsonObject();
	}

	/** Gets the claims of a token that is valid at a time (RFC 7519 §4.1.4, §4.1.5), in seconds since 1970; null of one that is not. */
	public JsonObject claims(String token, long now) {
		JsonObject claims = claims(token);
		boolean good = claims != null && claims.has("exp") && now < claims.get("exp").getAsLong()
				&& (!claims.has("nbf") || now >= claims.get("nbf").getAsLong());
		return good ? claims : null;
	}

	private boolean valid(String algorithm, byte[] signed, byte[] signature) {
		// The key decides which algorithm there may be, not the token.
		int bits = this.key instanceof ECPublicKey ec ? ec.getParams().getCurve().getField().getFieldSize() : 0;
		switch (algorithm) {
		case "ES256":
			return bits == 256 && signature.length == 64 && verify(SignatureVerifier.ECDSA_P256, point(32), digest(Hash.SHA_256, signed), der(signature));
		case "ES384":
			return bits == 384 && signature.length == 96 && verify(SignatureVerifier.ECDSA_P384, point(48), digest(Hash.SHA_384, signed), der(signature));
		case "EdDSA":
			return this.key.getAlgorithm().startsWith("Ed") && signature.length == 64 && verify(SignatureVerifier.ED25519,
					SubjectPublicKeyInfo.getInstance(this.key.getEncoded()).getPublicKeyData().getBytes(), signed,
					signature);
		case "RS256":
			return verify(SignatureVerifier.RSA_PKCS1, rsa(), digest(Hash.SHA_256, signed), signature);
		case "PS256":
			return verify(SignatureVerifier.RSA_PSS, rsa(), digest(Hash.SHA_256, signed), signature);
		default:
			return false;
		}
	}

	private byte[] digest(int algorithm, byte[] signed) {
		Hash hash = this.crypto.newHash(algorithm);
		byte[] digest = new byte[hash.length()];
		hash.update(signed, 0, signed.length);
		hash.digest(digest, 0);
		return digest;
	}

	private byte[] point(int length) {
		byte[] point = new byte[1 + 2 * length];
		point[0] = 4;
		put(((ECPublicKey) this.key).getW().getAffineX(), point, 1, length);
		put(((ECPublicKey) this.key).getW().getAffineY(), point, 1 + length, length);
		return point;
	}

	private byte[] rsa() {
		RSAPublicKey rsa = (RSAPublicKey) this.key;
		int length = rsa.getModulus().bitLength() / 8;
		byte[] encoded = new byte[2 + length + 4];
		encoded[0] = (byte) (length >> 8);
		encoded[1] = (byte) length;
		put(rsa.getModulus(), encoded, 2, length);
		put(rsa.getPublicExponent(), encoded, 2 + length, 4);
		return encoded;
	}

	private static void put(BigInteger number, byte[] out, int offset, int length) {
		byte[] bytes = number.toByteArray();
		for (int i = 0; i < Math.min(bytes.length, length); i++) {
			out[offset + length - 1 - i] = bytes[bytes.length - 1 - i];
		}
	}

	private static byte[] der(byte[] pair) {
		int half = pair.length / 2;
		try {
			return new DERSequence(new ASN1Integer[] { new ASN1Integer(new BigInteger(1, Arrays.copyOf(pair, half))),
					new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(pair, half, pair.length))) }).getEncoded();
		} catch (java.io.IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private boolean verify(int algorithm, byte[] publicKey, byte[] digest, byte[] signature) {
		SignatureVerifier verifier = this.crypto.newVerifier(algorithm);
		verifier.start(publicKey, 0, publicKey.length, digest, 0, digest.length, signature, 0, signature.length);
		while (!verifier.step()) {
			continue;
		}
		return verifier.result();
	}
}
