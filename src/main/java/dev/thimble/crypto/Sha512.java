/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * SHA-512 and SHA-384 (FIPS 180-4 §6.4, §6.5), which differ in the initial state and the digest's length only.
 *
 * <p>An object holds 8 words of state and one block of sixteen words, which becomes the rolling window of the message schedule once it is
 * full. Time depends on lengths only.
 */
public final class Sha512 implements Hash {

	private static final int BLOCK_LENGTH = 128;

	/** Where the 128-bit message length stands in the last block. */
	private static final int LENGTH_AT = 112;

	/** Words of a block. */
	private static final int WORDS = 16;

	private int algorithm;

	private long h0;
	private long h1;
	private long h2;
	private long h3;
	private long h4;
	private long h5;
	private long h6;
	private long h7;

	/** The number of bytes hashed since the last reset. */
	private long count;

	/** The block that is being filled, zeros behind its last byte; within {@link #compress}, the window. */
	private final long[] block;

	/**
	 * Makes a hash in its initial state.
	 *
	 * @param algorithm
	 *            {@link Hash#SHA_384} or {@link Hash#SHA_512}.
	 */
	public Sha512(int algorithm) {
		this.algorithm = algorithm;
		this.block = new long[WORDS];
		start();
	}

	@Override
	public int algorithm() {
		return this.algorithm;
	}

	@Override
	public int length() {
		return this.algorithm == SHA_384 ? 48 : 64;
	}

	@Override
	public int blockLength() {
		return BLOCK_LENGTH;
	}

	@Override
	public void reset() {
		clearBlock();
		start();
	}

	/** Returns to the initial state of one of the two algorithms, whichever it was before. */
	/* package */ void reset(int newAlgorithm) {
		this.algorithm = newAlgorithm;
		reset();
	}

	/** FIPS 180-4 §5.3.4, §5.3.5. */
	private void start() {
		if (this.algorithm == SHA_384) {
			this.h0 = 0xcbbb9d5dc1059ed8L;
			this.h1 = 0x629a292a367cd507L;
			this.h2 = 0x9159015a3070dd17L;
			this.h3 = 0x152fecd8f70e5939L;
			this.h4 = 0x67332667ffc00b31L;
			this.h5 = 0x8eb44a8768581511L;
			this.h6 = 0xdb0c2e0d64f98fa7L;
			this.h7 = 0x47b5481dbefa4fa4L;
		} else {
			this.h0 = 0x6a09e667f3bcc908L;
			this.h1 = 0xbb67ae8584caa73bL;
			this.h2 = 0x3c6ef372fe94f82bL;
			this.h3 = 0xa54ff53a5f1d36f1L;
			this.h4 = 0x510e527fade682d1L;
			this.h5 = 0x9b05688c2b3e6c1fL;
			this.h6 = 0x1f83d9abfb41bd6bL;
			this.h7 = 0x5be0cd19137e2179L;
		}
		this.count = 0;
	}

	@Override
	public void update(byte[] input, int offset, int length) {
		long[] block = this.block;
		int used = (int) this.count & BLOCK_LENGTH - 1;
		this.count += length;
		int at = offset;
		int end = offset + length;
		while (at < end) {
			if ((used & 7) == 0 && end - at >= 8) {
				block[used >> 3] = (long) Bytes.word(input, at) << 32 | Bytes.word(input, at + 4) & 0xffffffffL;
				used += 8;
				at += 8;
			} else {
				block[used >> 3] |= (input[at] & 0xffL) << (~used << 3 & 56);
				used++;
				at++;
			}
			if (used == BLOCK_LENGTH) {
				compress();
				used = 0;
			}
		}
	}

	@Override
	public void digest(byte[] output, int offset) {
		long[] block = this.block;
		int at = (int) this.count & BLOCK_LENGTH - 1;
		block[at >> 3] |= 0x80L << (~at << 3 & 56);
		if (at >= LENGTH_AT) {
			compress();
		}
		block[WORDS - 2] = this.count >>> 61;
		block[WORDS - 1] = this.count << 3;
		compress();
		put(this.h0, output, offset);
		put(this.h1, output, offset + 8);
		put(this.h2, output, offset + 16);
		put(this.h3, output, offset + 24);
		put(this.h4, output, offset + 32);
		put(this.h5, output, offset + 40);
		if (this.algorithm != SHA_384) {
			put(this.h6, output, offset + 48);
			put(this.h7, output, offset + 56);
		}
		reset();
	}

	@Override
	public void copyFrom(Hash other) {
		Sha512 source = (Sha512) other;
		this.h0 = source.h0;
		this.h1 = source.h1;
		this.h2 = source.h2;
		this.h3 = source.h3;
		this.h4 = source.h4;
		this.h5 = source.h5;
		this.h6 = source.h6;
		this.h7 = source.h7;
		this.count = source.count;
		System.arraycopy(source.block, 0, this.block, 0, WORDS);
	}

	private void clearBlock() {
		long[] block = this.block;
		for (int i = 0; i < WORDS; i++) {
			block[i] = 0;
		}
	}

	private static void put(long word, byte[] output, int at) {
		Bytes.put((int) (word >>> 32), output, at);
		Bytes.put((int) word, output, at + 4);
	}

	/**
	 * Hashes the block (FIPS 180-4 §6.4.2) and clears it, with the variables' roles rotated from round to round as in {@link Sha256}. The window is an
	 * array here and only eight rounds are unrolled: sixteen more 64-bit locals would be twice the machine code for little speed.
	 */
	private void compress() {
		long[] k = Sha2Constants.K;
		long[] w = this.block;
		long a = this.h0;
		long b = this.h1;
		long c = this.h2;
		long d = this.h3;
		long e = this.h4;
		long f = this.h5;
		long g = this.h6;
		long h = this.h7;
		for (int t = 0;; t += 16) {
			for (int i = 0; i < 16; i += 8) {
				h += ((e >>> 14 | e << 50) ^ (e >>> 18 | e << 46) ^ (e >>> 41 | e << 23)) + (((f ^ g) & e) ^ g) + k[t + i] + w[i];
				d += h;
				h += ((a >>> 28 | a << 36) ^ (a >>> 34 | a << 30) ^ (a >>> 39 | a << 25)) + (((a ^ b) & (b ^ c)) ^ b);
				g += ((d >>> 14 | d << 50) ^ (d >>> 18 | d << 46) ^ (d >>> 41 | d << 23)) + (((e ^ f) & d) ^ f) + k[t + i + 1] + w[i + 1];
				c += g;
				g += ((h >>> 28 | h << 36) ^ (h >>> 34 | h << 30) ^ (h >>> 39 | h << 25)) + (((h ^ a) & (a ^ b)) ^ a);
				f += ((c >>> 14 | c << 50) ^ (c >>> 18 | c << 46) ^ (c >>> 41 | c << 23)) + (((d ^ e) & c) ^ e) + k[t + i + 2] + w[i + 2];
				b += f;
				f += ((g >>> 28 | g << 36) ^ (g >>> 34 | g << 30) ^ (g >>> 39 | g << 25)) + (((g ^ h) & (h ^ a)) ^ h);
				e += ((b >>> 14 | b << 50) ^ (b >>> 18 | b << 46) ^ (b >>> 41 | b << 23)) + (((c ^ d) & b) ^ d) + k[t + i + 3] + w[i + 3];
				a += e;
				e += ((f >>> 28 | f << 36) ^ (f >>> 34 | f << 30) ^ (f >>> 39 | f << 25)) + (((f ^ g) & (g ^ h)) ^ g);
				d += ((a >>> 14 | a << 50) ^ (a >>> 18 | a << 46) ^ (a >>> 41 | a << 23)) + (((b ^ c) & a) ^ c) + k[t + i + 4] + w[i + 4];
				h += d;
				d += ((e >>> 28 | e << 36) ^ (e >>> 34 | e << 30) ^ (e >>> 39 | e << 25)) + (((e ^ f) & (f ^ g)) ^ f);
				c += ((h >>> 14 | h << 50) ^ (h >>> 18 | h << 46) ^ (h >>> 41 | h << 23)) + (((a ^ b) & h) ^ b) + k[t + i + 5] + w[i + 5];
				g += c;
				c += ((d >>> 28 | d << 36) ^ (d >>> 34 | d << 30) ^ (d >>> 39 | d << 25)) + (((d ^ e) & (e ^ f)) ^ e);
				b += ((g >>> 14 | g << 50) ^ (g >>> 18 | g << 46) ^ (g >>> 41 | g << 23)) + (((h ^ a) & g) ^ a) + k[t + i + 6] + w[i + 6];
				f += b;
				b += ((c >>> 28 | c << 36) ^ (c >>> 34 | c << 30) ^ (c >>> 39 | c << 25)) + (((c ^ d) & (d ^ e)) ^ d);
				a += ((f >>> 14 | f << 50) ^ (f >>> 18 | f << 46) ^ (f >>> 41 | f << 23)) + (((g ^ h) & f) ^ h) + k[t + i + 7] + w[i + 7];
				e += a;
				a += ((b >>> 28 | b << 36) ^ (b >>> 34 | b << 30) ^ (b >>> 39 | b << 25)) + (((b ^ c) & (c ^ d)) ^ c);
			}
			if (t == 64) {
				break;
			}
			long word = w[0];
			for (int i = 0; i < 16; i++) {
				long x = w[i + 14 & 15];
				long y = w[i + 1 & 15];
				w[i] = word + ((x >>> 19 | x << 45) ^ (x >>> 61 | x << 3) ^ x >>> 6) + w[i + 9 & 15]
						+ ((y >>> 1 | y << 63) ^ (y >>> 8 | y << 56) ^ y >>> 7);
				word = y;
			}
		}
		this.h0 += a;
		this.h1 += b;
		this.h2 += c;
		this.h3 += d;
		this.h4 += e;
		this.h5 += f;
		this.h6 += g;
		this.h7 += h;
		clearBlock();
	}
}
