/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;

import javax.crypto.KeyAgreement;

/** The server's side of an ephemeral key exchange in one group, by the JDK. */
public final class EphemeralKey {

	public final int group;
	/** The public key as key_share carries it (RFC 8446 §4.2.8.2). */
	public final byte[] share;

	private final PrivateKey privateKey;

	private EphemeralKey(int group, PrivateKey privateKey, byte[] share) {
		this.group = group;
		this.privateKey = privateKey;
		this.share = share;
	}

	/** A new key pair. */
	public static EphemeralKey generate(int group) {
		return generate(group, new SecureRandom());
	}

	/** A key pair that follows from a seed. */
	public static EphemeralKey generate(int group, byte[] seed) {
		return generate(group, new SecureRandom() {
			private static final long serialVersionUID = 1L;

			@Override
			public void nextBytes(byte[] bytes) {
				for (int i = 0; i < bytes.length; i++) {
					bytes[i] = seed[i % seed.length];
				}
			}
		});
	}

	private static EphemeralKey generate(int group, SecureRandom random) {
		try {
			if (group == TlsNumbers.X25519) {
				KeyPairGenerator xdh = KeyPairGenerator.getInstance("X25519");
				xdh.initialize(NamedParameterSpec.X25519, random);
				KeyPair pair = xdh.generateKeyPair();
				return new EphemeralKey(group, pair.getPrivate(), reversed(fixed(((XECPublicKey) pair.getPublic()).getU(), 32)));
			}
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec(curve(group)), random);
			KeyPair pair = generator.generateKeyPair();
			ECPoint w = ((ECPublicKey) pair.getPublic()).getW();
			return new EphemeralKey(group, pair.getPrivate(),
					Octets.concat(Octets.of(4), fixed(w.getAffineX(), size(group)), fixed(w.getAffineY(), size(group))));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** A key pair with a known private key, as a trace has it. */
	public static EphemeralKey of(int group, byte[] scalar, byte[] share) {
		try {
			PrivateKey key = group == TlsNumbers.X25519
					? KeyFactory.getInstance("XDH").generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar))
					: KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(new BigInteger(1, scalar), parameters(group)));
			return new EphemeralKey(group, key, share);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The shared secret with a peer's share. */
	public byte[] agree(byte[] peerShare) {
		try {
			PublicKey peer;
			KeyAgreement agreement;
			if (this.group == TlsNumbers.X25519) {
				byte[] u = reversed(peerShare);
				u[0] &= 0x7f;
				peer = KeyFactory.getInstance("XDH").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, u)));
				agreement = KeyAgreement.getInstance("XDH");
			} else {
				int size = size(this.group);
				BigInteger x = new BigInteger(1, Arrays.copyOfRange(peerShare, 1, 1 + size));
				BigInteger y = new BigInteger(1, Arrays.copyOfRange(peerShare, 1 + size, 1 + 2 * size));
				peer = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters(this.group)));
				agreement = KeyAgreement.getInstance("ECDH");
			}
			agreement.init(this.privateKey);
			agreement.doPhase(peer, true);
			return agreement.generateSecret();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private static ECParameterSpec parameters(int group) throws GeneralSecurityException {
		AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
		parameters.init(new ECGenParameterSpec(curve(group)));
		return parameters.getParameterSpec(ECParameterSpec.class);
	}

	private static String curve(int group) {
		return group == TlsNumbers.SECP256R1 ? "secp256r1" : "secp384r1";
	}

	private static int size(int group) {
		return group == TlsNumbers.SECP256R1 ? 32 : 48;
	}

	private static byte[] fixed(BigInteger value, int length) {
		byte[] bytes = value.toByteArray();
		byte[] result = new byte[length];
		int count = Math.min(bytes.length, length);
		System.arraycopy(bytes, bytes.length - count, result, length - count, count);
		return result;
	}

	private static byte[] reversed(byte[] bytes) {
		byte[] result = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			result[i] = bytes[bytes.length - 1 - i];
		}
		return result;
	}
}
