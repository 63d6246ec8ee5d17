/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import dev.thimble.board.EntropySource;

/**
 * HMAC_DRBG with SHA-256 (SP 800-90A §10.1.2), security strength 256 bits.
 *
 * <p>It is seeded at its first use, so that a board may construct it before its entropy source is ready. When the source fails, a request
 * fails, and so do all further ones until the source delivers: there is no fallback.
 */
public final class HmacDrbg implements Random {

	/**
	 * Requests between reseedings. SP 800-90A (§10.1, table 2) allows 2^48; a connection makes three to five requests. So the state is
	 * renewed every few hundred connections, which ends the use of a state somebody has got hold of, for 32 bytes from the source.
	 */
	public static final int RESEED_INTERVAL = 1024;

	/** Entropy of the security strength, and half as much for a nonce (§8.6.7). */
	private static final int SEED_LENGTH = 48;
	private static final int RESEED_LENGTH = 32;
	private static final int OUTPUT_LENGTH = 32;

	private final Hmac hmac;
	private final EntropySource source;
	private final byte[] personalization;
	private final byte[] seed;
	/** The value V; the key is in {@link #hmac}. */
	private final byte[] value;
	private final byte[] block;
	private boolean instantiated;
	private int requests;

	/**
	 * Makes a generator without personalization string.
	 *
	 * @param sha256
	 *            the hash it computes with, for itself or shared with others who leave it idle.
	 * @param source
	 *            where seeds come from.
	 */
	public HmacDrbg(Hash sha256, EntropySource source) {
		this(sha256, source, null);
	}

	/**
	 * Makes a generator.
	 *
	 * @param sha256
	 *            the hash it computes with, for itself or shared with others who leave it idle.
	 * @param source
	 *            where seeds come from.
	 * @param personalization
	 *            what tells this device from others, for example a serial number (§8.7.1); copied. May be null.
	 */
	public HmacDrbg(Hash sha256, EntropySource source, byte[] personalization) {
		this.hmac = new Hmac(sha256);
		this.source = source;
		int length = personalization == null ? 0 : personalization.length;
		this.personalization = new byte[length];
		if (length > 0) {
			System.arraycopy(personalization, 0, this.personalization, 0, length);
		}
		this.seed = new byte[SEED_LENGTH];
		this.value = new byte[OUTPUT_LENGTH];
		this.block = new byte[OUTPUT_LENGTH];
	}

	/** {@inheritDoc} Of a failed request the output is zeros. */
	@Override
	public boolean generate(byte[] output, int offset, int length) {
		if (this.requests >= RESEED_INTERVAL || !this.instantiated) {
			if (!reseed()) {
				Bytes.zero(output, offset, length);
				return false;
			}
		}
		Hmac hmac = this.hmac;
		byte[] value = this.value;
		int at = offset;
		int end = offset + length;
		while (at < end) {
			hmac.update(value, 0, OUTPUT_LENGTH);
			hmac.mac(value, 0);
			int take = Math.min(OUTPUT_LENGTH, end - at);
			System.arraycopy(value, 0, output, at, take);
			at += take;
		}
		update(0, 0);
		this.requests++;
		return true;
	}

	/**
	 * Takes fresh entropy now (§10.1.2.4); the first time, instantiates (§10.1.2.3). For use after a long sleep, or to see whether the
	 * source is healthy.
	 *
	 * @return false if the source gave none; then requests fail until it does.
	 */
	public boolean reseed() {
		int length = this.instantiated ? RESEED_LENGTH : SEED_LENGTH;
		byte[] seed = this.seed;
		boolean healthy = this.source.read(seed, 0, length);
		if (!healthy) {
			// whatever made the caller ask still holds
			this.requests = RESEED_INTERVAL;
		} else if (this.instantiated) {
			update(length, 0);
			this.requests = 0;
		} else {
			byte[] value = this.value;
			for (int i = OUTPUT_LENGTH; --i >= 0;) {
				this.block[i] = 0;
				value[i] = 1;
			}
			this.hmac.init(this.block, 0, OUTPUT_LENGTH);
			update(length, this.personalization.length);
			this.instantiated = true;
			this.requests = 0;
		}
		Bytes.zero(seed, 0, SEED_LENGTH);
		return healthy;
	}

	/** HMAC_DRBG_Update (§10.1.2.2) with the first bytes of the seed and of the personalization string; with none, half of it. */
	private void update(int seedLength, int personalizationLength) {
		Hmac hmac = this.hmac;
		byte[] value = this.value;
		byte[] block = this.block;
		int last = seedLength > 0 ? 1 : 0;
		for (int i = 0; i <= last; i++) {
			hmac.update(value, 0, OUTPUT_LENGTH);
			block[0] = (byte) i;
			hmac.update(block, 0, 1);
			hmac.update(this.seed, 0, seedLength);
			hmac.update(this.personalization, 0, personalizationLength);
			hmac.mac(block, 0);
			hmac.init(block, 0, OUTPUT_LENGTH);
			hmac.update(value, 0, OUTPUT_LENGTH);
			hmac.mac(value, 0);
		}
		Bytes.zero(block, 0, OUTPUT_LENGTH);
	}

	/** Overwrites the state; the next request instantiates anew. */
	public void wipe() {
		this.hmac.wipe();
		Bytes.zero(this.value, 0, OUTPUT_LENGTH);
		this.instantiated = false;
		this.requests = 0;
	}
}
