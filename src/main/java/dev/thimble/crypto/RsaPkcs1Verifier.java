/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * RSASSA-PKCS1-v1_5 verification (RFC 8017 §8.2.2) for moduli of 2048 bits and more and SHA-256, SHA-384, SHA-512.
 *
 * <p>The encoded message is never parsed: every byte of it is compared with what EMSA-PKCS1-v1_5 (§9.2) makes of the digest, which leaves
 * no room for forged padding. The DigestInfo must carry the NULL parameters.
 */
public final class RsaPkcs1Verifier implements SignatureVerifier {

	/** DigestInfo up to the digest (RFC 8017 §9.2, note 1) without the three bytes that depend on the hash function. */
	/* package */ static final String DIGEST_INFO = "\u0030\u0000\u0030\r\u0006\t"
			+ "\u0060\u0086\u0048\u0001\u0065\u0003\u0004\u0002\u0000\u0005\u0000\u0004\u0000";
	private static final int OUTER_LENGTH = 1;
	private static final int HASH_NUMBER = 14;
	private static final int DIGEST_LENGTH = 18;

	private final RsaPublicOperation operation;
	private byte[] digest;
	private int digestOffset;
	private int digestLength;

	/**
	 * Creates a verifier.
	 *
	 * @param work
	 *            scratch, shared with the provider's other sliced operations: 4 words for every 32 bits of the largest modulus and 4 more
	 *            (516 for 4096 bits, 260 for 2048).
	 */
	public RsaPkcs1Verifier(int[] work) {
		this.operation = new RsaPublicOperation(work);
	}

	@Override
	public void start(byte[] key, int keyOffset, int keyLength, byte[] digestBytes, int offset, int length, byte[] signature,
			int signatureOffset, int signatureLength) {
		this.digest = digestBytes;
		this.digestOffset = offset;
		this.digestLength = length;
		this.operation.start(key, keyOffset, keyLength, signature, signatureOffset, signatureLength);
	}

	@Override
	public boolean step() {
		return this.operation.step();
	}

	@Override
	public boolean result() {
		int length = this.digestLength;
		if (!this.operation.done() || length != 32 && length != 48 && length != 64) {
			return false;
		}
		RsaPublicOperation em = this.operation;
		int start = em.modulusLength() - length;
		int info = start - DIGEST_INFO.length();
		int wrong = em.result(0) | em.result(1) ^ 1 | em.result(info - 1);
		for (int i = 2; i < info - 1; i++) {
			wrong |= em.result(i) ^ 0xff;
		}
		for (int i = info; i < start; i++) {
			wrong |= em.result(i) ^ digestInfo(i - info, length);
		}
		for (int i = 0; i < length; i++) {
			wrong |= em.result(start + i) ^ this.digest[this.digestOffset + i] & 0xff;
		}
		this.digest = null;
		return wrong == 0;
	}

	/** Gets a byte of the DigestInfo before a digest of some length. */
	/* package */ static int digestInfo(int index, int length) {
		switch (index) {
		case OUTER_LENGTH:
			return DIGEST_INFO.length() - 2 + length;
		case HASH_NUMBER:
			// id-sha256, id-sha384 and id-sha512 end in 1, 2 and 3
			return length / 16 - 1;
		case DIGEST_LENGTH:
			return length;
		default:
			return DIGEST_INFO.charAt(index);
		}
	}
}
