/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import dev.thimble.board.BlockCipherUnit;
import dev.thimble.board.DigestUnit;

/**
 * The primitives of a board: AES by its AES unit, short digests by its hash unit, everything else by a portable provider.
 *
 * <p>Each unit has to pass a test with known answers while this object is constructed. One that fails is not used: {@link #aesState()} and
 * {@link #hashState()} tell, so that an application can say so. A unit that fails later fails the connection it worked for (a record is never sent or
 * delivered wrongly; a digest is computed again without the unit); a provider constructed after that tests again.
 */
public final class BoardCrypto implements CryptoProvider {

	/** There is no unit. */
	public static final int ABSENT = 0;
	/** The unit has passed its test and is used. */
	public static final int USED = 1;
	/** The unit has failed, portable code does its work. */
	public static final int FAILED = 2;

	/** Room for a signature's input, HMAC's blocks, and the to-be-signed part of a small certificate with EC keys. */
	private static final int MAX_GATHERED = 512;

	private static final int AES_128_KEY_LENGTH = 16;
	private static final int AES_256_KEY_LENGTH = 32;
	private static final int TAG_LENGTH = 16;
	private static final int SHORT_TAG_LENGTH = 8;

	private final CryptoProvider portable;
	private final DigestUnit hashUnit;
	private int hashState;
	/** The hashes of {@link #workHash}: SHA-256, SHA-384, SHA-512. */
	private final Hash[] work = new Hash[3];
	private final UnitBlocks blocks;
	private final int aesState;
	private final AeadOperation operation;
	private UnitKey key;

	/**
	 * Makes a provider for one engine, and tests the units.
	 *
	 * @param aesUnit
	 *            the AES unit; one without capacity counts as absent, and so does one for single blocks, which would gain nothing.
	 * @param hashUnit
	 *            the hash unit; one without algorithms counts as absent.
	 * @param portable
	 *            a provider for this one alone, which does the rest.
	 */
	public BoardCrypto(BlockCipherUnit aesUnit, DigestUnit hashUnit, CryptoProvider portable) {
		this.portable = portable;
		this.hashUnit = hashUnit;
		this.hashState = hashUnit.algorithms() == 0 || hashUnit.capacity() < 128 ? ABSENT : UnitTest.hash(hashUnit) ? USED : FAILED;
		this.aesState = aesUnit.capacity() < 2 ? ABSENT : UnitTest.aes(aesUnit) ? USED : FAILED;
		this.blocks = this.aesState == USED ? new UnitBlocks(aesUnit) : null;
		this.operation = this.aesState == USED ? new AeadOperation() : null;
	}

	/**
	 * Tells about the AES unit.
	 *
	 * @return {@link #ABSENT}, {@link #USED} or {@link #FAILED}.
	 */
	public int aesState() {
		return this.blocks != null && this.blocks.failed() ? FAILED : this.aesState;
	}

	/**
	 * Tells about the hash unit.
	 *
	 * @return {@link #ABSENT}, {@link #USED} or {@link #FAILED}.
	 */
	public int hashState() {
		return this.hashState;
	}

	/** The hash unit has failed in use. */
	void hashFailed() {
		this.hashState = FAILED;
	}

	@Override
	public Hash newHash(int algorithm) {
		return byUnit(this.portable.newHash(algorithm), algorithm);
	}

	@Override
	public Hash workHash(int algorithm) {
		int index = algorithm - Hash.SHA_256;
		if (index < 0 || index >= this.work.length) {
			return null;
		}
		if (this.work[index] == null) {
			this.work[index] = byUnit(this.portable.workHash(algorithm), algorithm);
		}
		return this.work[index];
	}

	private Hash byUnit(Hash hash, int algorithm) {
		if (hash == null || this.hashState != USED || (this.hashUnit.algorithms() & UnitHash.unitAlgorithm(algorithm)) == 0) {
			return hash;
		}
		return new UnitHash(this, this.hashUnit, hash, Math.min(MAX_GATHERED, this.hashUnit.capacity()));
	}

	@Override
	public Aead newAead(int algorithm) {
		if (this.blocks == null) {
			return this.portable.newAead(algorithm);
		}
		switch (algorithm) {
		case Aead.AES_128_GCM:
			return new UnitGcm(key(), AES_128_KEY_LENGTH);
		case Aead.AES_256_GCM:
			return new UnitGcm(key(), AES_256_KEY_LENGTH);
		case Aead.AES_128_CCM:
			return new UnitCcm(key(), TAG_LENGTH);
		case Aead.AES_128_CCM_8:
			return new UnitCcm(key(), SHORT_TAG_LENGTH);
		default:
			return this.portable.newAead(algorithm);
		}
	}

	private UnitKey key() {
		if (this.key == null) {
			this.key = new UnitKey(this.blocks, this.operation);
		}
		return this.key;
	}

	@Override
	public KeyAgreement newKeyAgreement(int group) {
		return this.portable.newKeyAgreement(group);
	}

	@Override
	public SignatureVerifier newVerifier(int algorithm) {
		return this.portable.newVerifier(algorithm);
	}

	@Override
	public Signer newSigner(int algorithm, byte[] key, int offset) {
		return this.portable.newSigner(algorithm, key, offset);
	}

	@Override
	public int maxKeyLength() {
		return this.portable.maxKeyLength();
	}

	@Override
	public int maxSignatureLength() {
		return this.portable.maxSignatureLength();
	}
}
