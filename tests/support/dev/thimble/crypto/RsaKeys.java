/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import java.math.BigInteger;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;

/** RSA public keys in the encoding of {@link SignatureVerifier#RSA_PKCS1}. */
final class RsaKeys {

	private RsaKeys() {
	}

	/** Encodes a key: modulus length as 2 bytes, modulus, exponent as 4 bytes. */
	static byte[] encode(BigInteger modulus, BigInteger exponent) {
		int length = (modulus.bitLength() + 7) / 8;
		byte[] key = new byte[length + 6];
		key[0] = (byte) (length >> 8);
		key[1] = (byte) length;
		put(modulus, key, 2, length);
		put(exponent, key, 2 + length, 4);
		return key;
	}

	/** Encodes a private key as {@link RsaSigner} takes it; swapped: its primes the other way round. */
	static byte[] encode(RSAPrivateCrtKey key, boolean swapped) {
		byte[] open = encode(key.getModulus(), key.getPublicExponent());
		int half = (open.length - 6) / 2;
		BigInteger p = swapped ? key.getPrimeQ() : key.getPrimeP();
		BigInteger q = swapped ? key.getPrimeP() : key.getPrimeQ();
		BigInteger dp = swapped ? key.getPrimeExponentQ() : key.getPrimeExponentP();
		BigInteger dq = swapped ? key.getPrimeExponentP() : key.getPrimeExponentQ();
		byte[] result = Arrays.copyOf(open, open.length + 5 * half);
		BigInteger[] parts = { p, q, dp, dq, q.modInverse(p) };
		for (int i = 0; i < parts.length; i++) {
			put(parts[i], result, open.length + i * half, half);
		}
		return result;
	}

	static byte[] bytes(BigInteger number, int length) {
		byte[] out = new byte[length];
		put(number, out, 0, length);
		return out;
	}

	private static void put(BigInteger number, byte[] out, int offset, int length) {
		byte[] bytes = number.toByteArray();
		for (int i = 0; i < bytes.length; i++) {
			int at = offset + length - bytes.length + i;
			if (at >= offset) {
				out[at] = bytes[i];
			}
		}
	}

	static boolean verify(SignatureVerifier verifier, byte[] key, byte[] digest, byte[] signature) {
		verifier.start(key, 0, key.length, digest, 0, digest.length, signature, 0, signature.length);
		while (!verifier.step()) {
			// next slice
		}
		return verifier.result();
	}
}
