/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * RSASSA-PSS verification (RFC 8017 §8.1.2, §9.1.2) for moduli of 2048 bits and more, with SHA-256, SHA-384 or SHA-512, MGF1 over the same
 * hash function and a salt as long as the digest. The hash function follows from the digest's length.
 */
public final class RsaPssVerifier implements SignatureVerifier {

	private static final int MAX_DIGEST = 64;
	/** Blocks of MGF1 made in one slice: about 120,000 instructions. */
	private static final int BLOCKS = 4;
	private static final int TRAILER = 0xbc;

	private static final int FAILED = 0;
	private static final int POWER = 1;
	private static final int UNMASK = 2;
	private static final int DONE = 3;
	private static final int VALID = 4;

	private final RsaPublicOperation operation;
	private final Hash sha256;
	private final Hash sha384;
	private final Hash sha512;
	/** H of the encoded message, then 4 bytes of MGF1's counter. */
	private final byte[] seed;
	private final byte[] block;
	private Hash hash;
	private byte[] digest;
	private int digestOffset;
	private int state;
	/** Next block of the mask. */
	private int counter;

	/**
	 * Creates a verifier. The hashes are used only between {@link #start} and {@link #result()}; they may be shared with whoever is idle
	 * then.
	 *
	 * @param work
	 *            scratch, as in {@link RsaPkcs1Verifier}.
	 * @param sha256
	 *            a hash, or null to refuse signatures with it.
	 * @param sha384
	 *            a hash, or null.
	 * @param sha512
	 *            a hash, or null.
	 */
	public RsaPssVerifier(int[] work, Hash sha256, Hash sha384, Hash sha512) {
		this.operation = new RsaPublicOperation(work);
		this.sha256 = sha256;
		this.sha384 = sha384;
		this.sha512 = sha512;
		this.seed = new byte[MAX_DIGEST + 4];
		this.block = new byte[MAX_DIGEST];
	}

	@Override
	public void start(byte[] key, int keyOffset, int keyLength, byte[] digestBytes, int offset, int length, byte[] signature,
			int signatureOffset, int signatureLength) {
		this.hash = length == 32 ? this.sha256 : length == 48 ? this.sha384 : length == 64 ? this.sha512 : null;
		this.state = FAILED;
		if (this.hash != null) {
			this.digest = digestBytes;
			this.digestOffset = offset;
			this.operation.start(key, keyOffset, keyLength, signature, signatureOffset, signatureLength);
			this.state = POWER;
		}
	}

	@Override
	public boolean step() {
		switch (this.state) {
		case POWER:
			if (this.operation.step()) {
				this.state = this.operation.done() && splitMessage() ? UNMASK : FAILED;
			}
			break;
		case UNMASK:
			if (unmask()) {
				this.state = DONE;
			}
			break;
		case DONE:
			this.state = check() ? VALID : FAILED;
			break;
		default:
			break;
		}
		return this.state == FAILED || this.state == VALID;
	}

	@Override
	public boolean result() {
		this.digest = null;
		return this.state == VALID;
	}

	/** Index of the encoded message's first byte: 1 if the modulus has 8k+1 bits, because the message has one bit less. */
	private int first() {
		return (this.operation.modulusBits() - 1 & 7) == 0 ? 1 : 0;
	}

	/** EMSA-PSS-VERIFY steps 4 to 6: trailer, H, unused leading bits zero. */
	private boolean splitMessage() {
		RsaPublicOperation em = this.operation;
		int end = em.modulusLength() - 1;
		int length = this.hash.length();
		int unused = 0xff << (em.modulusBits() - 1 & 7) & 0xff;
		int wrong = em.result(end) ^ TRAILER;
		if (first() == 1) {
			wrong |= em.result(0);
		} else {
			wrong |= em.result(0) & unused;
		}
		for (int i = 0; i < length; i++) {
			this.seed[i] = (byte) em.result(end - length + i);
		}
		this.counter = 0;
		return wrong == 0;
	}

	/** Steps 7 to 9: DB = maskedDB xor MGF1(H), a few blocks a slice. */
	private boolean unmask() {
		RsaPublicOperation em = this.operation;
		int length = this.hash.length();
		int start = first();
		int end = em.modulusLength() - 1 - length;
		int position = start + this.counter * length;
		for (int b = 0; b < BLOCKS && position < end; b++) {
			this.seed[length] = 0;
			this.seed[length + 1] = 0;
			this.seed[length + 2] = 0;
			this.seed[length + 3] = (byte) this.counter;
			this.hash.reset();
			this.hash.update(this.seed, 0, length + 4);
			this.hash.digest(this.block, 0);
			for (int i = 0; i < length && position < end; i++) {
				em.mask(position, this.block[i]);
				position++;
			}
			this.counter++;
		}
		return position == end;
	}

	/** Steps 9 to 14: padding, then H' = Hash(8 zero bytes, mHash, salt) against H. */
	private boolean check() {
		RsaPublicOperation em = this.operation;
		int length = this.hash.length();
		int start = first();
		int salt = em.modulusLength() - 1 - 2 * length;
		int bits = em.modulusBits() - 1 & 7;
		int wrong = em.result(salt - 1) ^ 1;
		wrong |= em.result(start) & (bits == 0 ? 0xff : 0xff >> 8 - bits);
		for (int i = start + 1; i < salt - 1; i++) {
			wrong |= em.result(i);
		}
		for (int i = 0; i < 8; i++) {
			this.block[i] = 0;
		}
		this.hash.reset();
		this.hash.update(this.block, 0, 8);
		this.hash.update(this.digest, this.digestOffset, length);
		for (int i = 0; i < length; i++) {
			this.block[i] = (byte) em.result(salt + i);
		}
		this.hash.update(this.block, 0, length);
		this.hash.digest(this.block, 0);
		for (int i = 0; i < length; i++) {
			wrong |= this.block[i] ^ this.seed[i];
		}
		return wrong == 0;
	}
}
