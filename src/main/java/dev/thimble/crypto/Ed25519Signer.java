/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Signs with Ed25519 (RFC 8032 §5.1.6), in slices, constant time. The private key is held in RAM. The "digest" is the message.
 */
public final class Ed25519Signer implements Signer {

	private static final int KEY_LENGTH = 32;
	private static final int SIGNATURE_LENGTH = 64;
	private static final int MESSAGE_BYTES_PER_SLICE = 1024;

	// The memory, behind the multiplication's: secret scalar, nonce, challenge.
	private static final int SECRET = EdwardsBaseMultiplication.MEMORY;
	private static final int NONCE = SECRET + Edwards25519.WORDS;
	private static final int CHALLENGE = NONCE + Edwards25519.WORDS;
	/** Words of memory. */
	/* package */ static final int MEMORY = CHALLENGE + Edwards25519.WORDS;
	/** In place of the multiplication's table. */
	private static final int TEMPORARY = EdwardsBaseMultiplication.TABLE;

	private static final int IDLE = 0;
	private static final int HASH_NONCE = 1;
	private static final int MULTIPLY = 2;
	private static final int ENCODING_START = 3;
	private static final int ENCODING_FINISH = 4;
	private static final int HASH_CHALLENGE = 5;
	private static final int DONE = 6;

	private final Edwards25519 curve;
	private final Hash sha512;
	private final EcScratch scratch;
	/** SHA-512 of the seed: the scalar, not yet clamped, and the prefix (RFC 8032 §5.1.5). */
	private final byte[] secret;
	private final byte[] publicKey;
	/** R, then S. */
	private final byte[] signature;
	private boolean hasKey;
	private int phase;
	private byte[] message;
	private int messageStart;
	private int messageEnd;
	private int position;

	/**
	 * Allocates an object and computes the public key, which takes as long as a signature.
	 *
	 * @param curve
	 *            the provider's curve.
	 * @param seed
	 *            the private key: 32 bytes. The caller wipes its own.
	 * @param offset
	 *            its first byte.
	 * @param sha512
	 *            a SHA-512 that nothing else uses while an operation is in progress.
	 * @param scratch
	 *            the provider's shared memory, of at least {@link EcScratch#WORDS_ED25519} words.
	 */
	public Ed25519Signer(Edwards25519 curve, byte[] seed, int offset, Hash sha512, EcScratch scratch) {
		this.curve = curve;
		this.sha512 = sha512;
		this.scratch = scratch;
		this.secret = new byte[2 * KEY_LENGTH];
		this.publicKey = new byte[KEY_LENGTH];
		this.signature = new byte[SIGNATURE_LENGTH];
		this.hasKey = true;
		sha512.reset();
		sha512.update(seed, offset, KEY_LENGTH);
		sha512.digest(this.secret, 0);
		this.curve.clamp(this.secret, 0, this.scratch.words, SECRET, TEMPORARY);
		EdwardsBaseMultiplication.start(this.curve, this.scratch, SECRET);
		while (!EdwardsBaseMultiplication.step(this.scratch)) {
			continue;
		}
		EdwardsPoint.startEncoding(scratch.words);
		EdwardsPoint.finishEncoding(scratch.words, this.publicKey, 0);
		wipeScratch();
	}

	/**
	 * Copies the public key that belongs to the private key.
	 *
	 * @param output
	 *            the caller's array.
	 * @param offset
	 *            where the first of 32 bytes goes.
	 */
	public void publicKey(byte[] output, int offset) {
		System.arraycopy(this.publicKey, 0, output, offset, KEY_LENGTH);
	}

	@Override
	public int algorithm() {
		return SignatureVerifier.ED25519;
	}

	@Override
	public int maxSignatureLength() {
		return SIGNATURE_LENGTH;
	}

	@Override
	public void start(byte[] digest, int offset, int length) {
		this.message = digest;
		this.messageStart = offset;
		this.messageEnd = offset + length;
		this.position = offset;
		this.phase = IDLE;
		if (this.hasKey) {
			this.sha512.reset();
			this.sha512.update(this.secret, KEY_LENGTH, KEY_LENGTH);
			this.phase = HASH_NONCE;
		}
	}

	@Override
	public boolean step() {
		EcScratch scratch = this.scratch;
		switch (this.phase) {
		case HASH_NONCE:
			if (hash(NONCE)) {
				EdwardsBaseMultiplication.start(this.curve, this.scratch, NONCE);
				this.phase = MULTIPLY;
			}
			return false;
		case MULTIPLY:
			if (EdwardsBaseMultiplication.step(this.scratch)) {
				this.phase = ENCODING_START;
			}
			return false;
		case ENCODING_START:
			EdwardsPoint.startEncoding(scratch.words);
			this.phase = ENCODING_FINISH;
			return false;
		case ENCODING_FINISH:
			EdwardsPoint.finishEncoding(scratch.words, this.signature, 0);
			this.sha512.reset();
			this.sha512.update(this.signature, 0, KEY_LENGTH);
			this.sha512.update(this.publicKey, 0, KEY_LENGTH);
			this.position = this.messageStart;
			this.phase = HASH_CHALLENGE;
			return false;
		case HASH_CHALLENGE:
			if (!hash(CHALLENGE)) {
				return false;
			}
			finish();
			this.phase = DONE;
			return true;
		default:
			return true;
		}
	}

	/** Hashes more of the message. At its end gives true, and the digest modulo L goes to an offset of the memory. */
	private boolean hash(int r) {
		int left = this.messageEnd - this.position;
		if (left > MESSAGE_BYTES_PER_SLICE) {
			this.sha512.update(this.message, this.position, MESSAGE_BYTES_PER_SLICE);
			this.position += MESSAGE_BYTES_PER_SLICE;
			return false;
		}
		this.sha512.update(this.message, this.position, left);
		this.sha512.digest(this.scratch.takeKey(null), 0);
		this.curve.reduce(this.scratch.key, this.scratch.words, r, TEMPORARY);
		return true;
	}

	/** Computes S = nonce + challenge times secret. */
	private void finish() {
		OrderField order = this.curve.order;
		int[] w = this.scratch.words;
		this.curve.clamp(this.secret, 0, this.scratch.words, SECRET, TEMPORARY);
		Edwards25519.loadWords(Edwards25519.RR, w, TEMPORARY);
		order.mul(w, SECRET, SECRET, TEMPORARY);
		order.mul(w, SECRET, CHALLENGE, SECRET);
		order.add(w, SECRET, SECRET, NONCE);
		Words.toLittleEndian(w, SECRET, Edwards25519.WORDS, this.signature, KEY_LENGTH);
	}

	@Override
	public int result(byte[] output, int offset) {
		int length = -1;
		if (this.phase == DONE) {
			System.arraycopy(this.signature, 0, output, offset, SIGNATURE_LENGTH);
			length = SIGNATURE_LENGTH;
		}
		wipeScratch();
		return length;
	}

	private void wipeScratch() {
		this.phase = IDLE;
		this.message = null;
		this.sha512.reset();
		Words.clear(this.scratch.words, 0, MEMORY);
		this.scratch.dropKey(null);
	}

	@Override
	public void wipe() {
		Bytes.zero(this.secret, 0, this.secret.length);
		this.hasKey = false;
		wipeScratch();
	}
}
