/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Signs with RSA (RFC 8017 §8), PSS or PKCS #1 v1.5, in slices, constant time. The private key is held in RAM. Every signature is verified before
 * it is given away.
 *
 * <p>The salt of PSS has the digest's length and is derived from key and digest, so that signing needs no randomness that could fail.
 */
public final class RsaSigner implements Signer {

	/** Smallest modulus, in bytes. */
	private static final int MIN_LENGTH = 256;
	private static final int MAX_DIGEST = 64;
	private static final int TRAILER = 0xbc;
	/** Beside the modulus in the public key: its length and the exponent. */
	private static final int PUBLIC = 2 + 4;
	private static final int IDLE = 0;
	private static final int ENCODE = 1;
	private static final int POWER = 2;
	private static final int START_VERIFY = 3;
	private static final int VERIFY = 4;
	private static final int DONE = 5;

	private final RsaPrivateOperation operation;
	private final RsaPublicOperation verification;
	private final CryptoProvider hashes;
	/** The key as given; its first two bytes are zeros if it was wiped. */
	private final byte[] key;
	private final byte[] message;
	private final byte[] signature;
	private final boolean pss;
	private int phase;
	private byte[] digest;
	private int digestOffset;
	private int digestLength;

	/**
	 * Copies the private key.
	 *
	 * @param algorithm
	 *            {@link SignatureVerifier#RSA_PSS} or {@link SignatureVerifier#RSA_PKCS1}.
	 * @param key
	 *            big-endian: the public key as {@link SignatureVerifier#RSA_PKCS1} says, then p, q, dP, dQ, qInv (RFC 8017 §3.2) with half as many
	 *            bytes as the modulus each. The caller wipes its own.
	 * @param offset
	 *            its first byte.
	 * @param hashes
	 *            the provider: of its work hashes the one of the digest's length is used while an operation is in progress.
	 * @param work
	 *            the provider's shared memory: 8 words for every 64 bits of the modulus and 4 more (516 for 4096 bits).
	 * @throws IllegalArgumentException
	 *             if the modulus has not 2048 bits or more, as many as there is room for, and a multiple of 64; or a prime not half of them.
	 */
	public RsaSigner(int algorithm, byte[] key, int offset, CryptoProvider hashes, int[] work) {
		this.operation = new RsaPrivateOperation(work);
		this.verification = new RsaPublicOperation(work);
		this.hashes = hashes;
		this.pss = algorithm == SignatureVerifier.RSA_PSS;
		int n = (key[offset] & 0xff) << 8 | key[offset + 1] & 0xff;
		if (n < MIN_LENGTH || n > this.operation.maxLength() || n % 8 != 0 || key[offset + 2] >= 0) {
			throw new IllegalArgumentException("An RSA key has 2048 bits or more, as many as the provider has room for, and a multiple of 64");
		}
		int p = offset + PUBLIC + n;
		int q = p + n / 2;
		if (key[p] >= 0 || key[q] >= 0 || (key[q - 1] & key[q + n / 2 - 1] & 1) == 0) {
			throw new IllegalArgumentException("The primes of an RSA key are odd, and have half of its bits each");
		}
		this.key = new byte[PUBLIC + n + 5 * n / 2];
		System.arraycopy(key, offset, this.key, 0, this.key.length);
		this.message = new byte[n];
		this.signature = new byte[n];
	}

	private RsaSigner(RsaSigner other, boolean pss) {
		this.operation = other.operation;
		this.verification = other.verification;
		this.hashes = other.hashes;
		this.key = other.key;
		this.message = other.message;
		this.signature = other.signature;
		this.pss = pss;
	}

	/**
	 * Makes a signer for the other algorithm of RSA that has the same key, in the same memory: to wipe one wipes both, and they take turns.
	 *
	 * @return a new signer.
	 */
	public RsaSigner other() {
		return new RsaSigner(this, !this.pss);
	}

	@Override
	public int algorithm() {
		return this.pss ? SignatureVerifier.RSA_PSS : SignatureVerifier.RSA_PKCS1;
	}

	@Override
	public int maxSignatureLength() {
		return this.signature.length;
	}

	@Override
	public void start(byte[] digestBytes, int offset, int length) {
		this.digest = digestBytes;
		this.digestOffset = offset;
		this.digestLength = length;
		boolean possible = (this.key[0] | this.key[1]) != 0 && (length == 32 || length == 48 || length == 64)
				&& (!this.pss || hash(length) != null);
		this.phase = possible ? ENCODE : IDLE;
	}

	@Override
	public boolean step() {
		switch (this.phase) {
		case ENCODE:
			if (this.pss) {
				encodePss();
			} else {
				encodePkcs1();
			}
			this.operation.start(this.key, PUBLIC + this.message.length, this.message.length, this.message, this.signature);
			this.phase = POWER;
			return false;
		case POWER:
			if (this.operation.step()) {
				this.phase = START_VERIFY;
			}
			return false;
		case START_VERIFY:
			this.verification.start(this.key, 0, PUBLIC + this.message.length, this.signature, 0, this.signature.length);
			this.phase = VERIFY;
			return false;
		case VERIFY:
			if (!this.verification.step()) {
				return false;
			}
			this.phase = verified() ? DONE : IDLE;
			return true;
		default:
			return true;
		}
	}

	private boolean verified() {
		if (!this.verification.done()) {
			return false;
		}
		int wrong = 0;
		for (int i = 0; i < this.message.length; i++) {
			wrong |= this.verification.result(i) ^ this.message[i] & 0xff;
		}
		return wrong == 0;
	}

	/** EMSA-PKCS1-v1_5 (§9.2). */
	private void encodePkcs1() {
		byte[] m = this.message;
		int end = m.length;
		int start = end - this.digestLength;
		int info = start - RsaPkcs1Verifier.DIGEST_INFO.length();
		m[0] = 0;
		m[1] = 1;
		for (int i = 2; i < info - 1; i++) {
			m[i] = (byte) 0xff;
		}
		m[info - 1] = 0;
		for (int i = info; i < start; i++) {
			m[i] = (byte) RsaPkcs1Verifier.digestInfo(i - info, this.digestLength);
		}
		System.arraycopy(this.digest, this.digestOffset, m, start, this.digestLength);
	}

	private Hash hash(int length) {
		return this.hashes.workHash(length / 16 - 2 + Hash.SHA_256);
	}

	/** EMSA-PSS (§9.1.1), with MGF1 (§B.2.1); the modulus's top bit is set, so the message has one bit less than its bytes. */
	private void encodePss() {
		byte[] m = this.message;
		int length = this.digestLength;
		Hash hash = hash(length);
		int h = m.length - 1 - length;
		int salt = h - length;
		int half = m.length / 2;
		// the salt: a digest of dP, dQ and what is signed
		hash.reset();
		hash.update(this.key, PUBLIC + m.length + 2 * half, 2 * half);
		hash.update(this.digest, this.digestOffset, length);
		hash.digest(m, salt);
		for (int i = 0; i < salt; i++) {
			m[i] = 0;
		}
		m[salt - 1] = 1;
		hash.reset();
		hash.update(m, 0, 8);
		hash.update(this.digest, this.digestOffset, length);
		hash.update(m, salt, length);
		hash.digest(m, h);
		m[m.length - 1] = (byte) TRAILER;
		// the signature's memory is free until the power begins
		byte[] block = this.signature;
		for (int i = 0; i < 4; i++) {
			block[MAX_DIGEST + i] = 0;
		}
		for (int at = 0; at < h; at += length) {
			hash.reset();
			hash.update(m, h, length);
			hash.update(block, MAX_DIGEST, 4);
			hash.digest(block, 0);
			block[MAX_DIGEST + 3]++;
			int end = Math.min(h, at + length);
			for (int i = at; i < end; i++) {
				m[i] ^= block[i - at];
			}
		}
		m[0] &= 0x7f;
	}

	@Override
	public int result(byte[] output, int offset) {
		int length = -1;
		if (this.phase == DONE) {
			length = this.signature.length;
			System.arraycopy(this.signature, 0, output, offset, length);
		}
		wipeOperation();
		return length;
	}

	private void wipeOperation() {
		this.operation.wipe();
		Bytes.zero(this.message, 0, this.message.length);
		Bytes.zero(this.signature, 0, this.signature.length);
		this.digest = null;
		this.phase = IDLE;
	}

	@Override
	public void wipe() {
		Bytes.zero(this.key, 0, this.key.length);
		wipeOperation();
	}
}
