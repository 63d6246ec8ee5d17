/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Signs with ECDSA on P-256 or P-384 (FIPS 186-5 §6.4.1), with deterministic nonces (RFC 6979), in slices, constant time. The private key
 * is held in RAM.
 */
public final class EcdsaSigner implements Signer {

	private static final int IDLE = 0;
	private static final int NONCE = 1;
	private static final int MULTIPLY = 2;
	private static final int INVERSION = 3;
	private static final int DONE = 4;

	private final EcCurve curve;
	private final EcScratch scratch;
	private final DeterministicNonce nonce;
	private final PowerChain power;
	private final int[] words;
	private final byte[] privateKey;
	private boolean hasKey;
	private int phase;
	private byte[] digest;
	private int digestOffset;
	private int digestLength;

	/**
	 * Allocates an object and copies the private key.
	 *
	 * @param curve
	 *            the provider's P-256 or P-384.
	 * @param key
	 *            the private key, 32 or 48 bytes, big-endian. The caller wipes its own.
	 * @param offset
	 *            its first byte.
	 * @param hashes
	 *            the hashes whose digests may be signed, of different lengths; nothing else may use them while an operation is in progress.
	 * @param scratch
	 *            the provider's shared memory, of at least {@link EcScratch#WORDS_P256} or {@link EcScratch#WORDS_P384} words.
	 * @throws IllegalArgumentException
	 *             if the key is 0 or not below the group's order.
	 */
	public EcdsaSigner(EcCurve curve, byte[] key, int offset, Hash[] hashes, EcScratch scratch) {
		this.curve = curve;
		this.scratch = scratch;
		this.nonce = new DeterministicNonce(hashes, 4 * curve.field.words);
		this.power = scratch.power;
		this.words = scratch.words;
		this.privateKey = new byte[4 * curve.field.words];
		System.arraycopy(key, offset, this.privateKey, 0, this.privateKey.length);
		this.hasKey = loadScalar(this.privateKey);
		wipeScratch();
		if (!this.hasKey) {
			wipe();
			throw new IllegalArgumentException("private key out of range");
		}
	}

	private SecretMultiplication multiplication() {
		return this.scratch.multiplication(this.curve);
	}

	@Override
	public int algorithm() {
		return this.curve.group == KeyAgreement.SECP256R1 ? SignatureVerifier.ECDSA_P256 : SignatureVerifier.ECDSA_P384;
	}

	@Override
	public int maxSignatureLength() {
		return 8 + 2 * this.privateKey.length;
	}

	@Override
	public void start(byte[] digest, int offset, int length) {
		this.digest = digest;
		this.digestOffset = offset;
		this.digestLength = length;
		int e = multiplication().result();
		loadDigest(e);
		boolean known = this.hasKey && this.nonce.start(this.words, e, this.curve.field.words, length);
		this.phase = known ? NONCE : IDLE;
	}

	/** Decodes the leftmost bits of the digest, modulo n. */
	private void loadDigest(int e) {
		int words = this.curve.field.words;
		int length = this.digestLength < 4 * words ? this.digestLength : 4 * words;
		Words.fromBytes(this.digest, this.digestOffset, length, this.words, e, words);
		multiplication().loadOrder().reduceOnce(this.words, e, e);
	}

	/** Decodes a scalar to its place in the multiplication and tells whether it is from 1 to n - 1. */
	private boolean loadScalar(byte[] bytes) {
		int[] w = this.words;
		int words = this.curve.field.words;
		int scalar = multiplication().scalar();
		Words.fromBytes(bytes, 0, 4 * words, w, scalar, words);
		return (multiplication().loadOrder().isBelow(w, scalar) & ~Words.isZero(w, scalar, words)) != 0;
	}

	@Override
	public boolean step() {
		switch (this.phase) {
		case NONCE:
			if (this.nonce.step(this.privateKey)) {
				if (loadScalar(this.nonce.output())) {
					multiplication().startBase();
					this.phase = MULTIPLY;
				} else {
					this.nonce.startNext();
				}
			}
			return false;
		case MULTIPLY:
			if (multiplication().step()) {
				startInversion();
			}
			return false;
		case INVERSION:
			if (!this.power.step(this.words)) {
				return false;
			}
			return finish();
		default:
			return true;
		}
	}

	/** Makes r of x and starts 1 / k. */
	private void startInversion() {
		EcCurve curve = this.curve;
		int[] w = this.words;
		int words = curve.field.words;
		int r = multiplication().result();
		multiplication().loadOrder().reduceOnce(w, r, r);
		if (Words.isZero(w, r, words) != 0) {
			retry();
			return;
		}
		loadScalar(this.nonce.output());
		int scalar = multiplication().scalar();
		curve.field.loadWords(EcCurve.RR_N, w, 0);
		curve.order.mul(w, 0, scalar, 0);
		curve.startOrderInversion(this.power, w, 0);
		this.phase = INVERSION;
	}

	/** Computes s = (e + r d) / k, where 1 / k stands in Montgomery form at the beginning of the memory. */
	private boolean finish() {
		EcCurve curve = this.curve;
		OrderField order = curve.order;
		int[] w = this.words;
		int words = curve.field.words;
		int r = multiplication().result();
		int s = r + words;
		int d = multiplication().scalar();
		int t = words;
		loadScalar(this.privateKey);
		curve.field.loadWords(EcCurve.RR_N, w, t);
		order.mul(w, d, d, t);
		order.mul(w, s, r, d);
		loadDigest(t);
		order.add(w, s, s, t);
		order.mul(w, s, s, 0);
		if (Words.isZero(w, s, words) != 0) {
			retry();
			return false;
		}
		this.phase = DONE;
		return true;
	}

	private void retry() {
		this.nonce.startNext();
		this.phase = NONCE;
	}

	@Override
	public int result(byte[] output, int offset) {
		int length = -1;
		if (this.phase == DONE) {
			length = EcdsaSignature.encode(this.words, multiplication().result(), this.curve.field.words, output, offset);
		}
		wipeScratch();
		return length;
	}

	private void wipeScratch() {
		this.phase = IDLE;
		this.digest = null;
		multiplication().wipe();
		this.nonce.wipe();
	}

	@Override
	public void wipe() {
		Bytes.zero(this.privateKey, 0, this.privateKey.length);
		this.hasKey = false;
		wipeScratch();
	}
}
