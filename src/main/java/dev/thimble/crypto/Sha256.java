/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * SHA-256 (FIPS 180-4 §6.2).
 *
 * <p>An object holds 8 words of state and one block of 64 bytes; the message schedule lives in locals, sixteen words at a time, because a
 * local is a stack slot where an array element is a null check, a bounds check and a load. Time depends on lengths only.
 */
public final class Sha256 implements Hash {

	private static final int BLOCK_LENGTH = 64;

	/** Where the 64-bit message length stands in the last block. */
	private static final int LENGTH_AT = 56;

	private int h0;
	private int h1;
	private int h2;
	private int h3;
	private int h4;
	private int h5;
	private int h6;
	private int h7;

	/** The number of bytes hashed since the last reset. */
	private long count;

	private final byte[] block;

	/** Makes a hash in its initial state. */
	public Sha256() {
		this.block = new byte[BLOCK_LENGTH];
		start();
	}

	@Override
	public int algorithm() {
		return SHA_256;
	}

	@Override
	public int length() {
		return 32;
	}

	@Override
	public int blockLength() {
		return BLOCK_LENGTH;
	}

	@Override
	public void reset() {
		Bytes.zero(this.block, 0, BLOCK_LENGTH);
		start();
	}

	/** FIPS 180-4 §5.3.3. */
	private void start() {
		this.h0 = 0x6a09e667;
		this.h1 = 0xbb67ae85;
		this.h2 = 0x3c6ef372;
		this.h3 = 0xa54ff53a;
		this.h4 = 0x510e527f;
		this.h5 = 0x9b05688c;
		this.h6 = 0x1f83d9ab;
		this.h7 = 0x5be0cd19;
		this.count = 0;
	}

	@Override
	public void update(byte[] input, int offset, int length) {
		int used = (int) this.count & BLOCK_LENGTH - 1;
		this.count += length;
		int at = offset;
		int end = offset + length;
		if (used != 0) {
			int take = Math.min(BLOCK_LENGTH - used, length);
			System.arraycopy(input, at, this.block, used, take);
			at += take;
			if (used + take < BLOCK_LENGTH) {
				return;
			}
			compress(this.block, 0);
		}
		for (; end - at >= BLOCK_LENGTH; at += BLOCK_LENGTH) {
			compress(input, at);
		}
		if (at < end) {
			System.arraycopy(input, at, this.block, 0, end - at);
		}
	}

	@Override
	public void digest(byte[] output, int offset) {
		byte[] block = this.block;
		long bits = this.count << 3;
		int at = (int) this.count & BLOCK_LENGTH - 1;
		block[at++] = (byte) 0x80;
		if (at > LENGTH_AT) {
			Bytes.zero(block, at, BLOCK_LENGTH - at);
			compress(block, 0);
			at = 0;
		}
		Bytes.zero(block, at, LENGTH_AT - at);
		Bytes.put((int) (bits >>> 32), block, LENGTH_AT);
		Bytes.put((int) bits, block, LENGTH_AT + 4);
		compress(block, 0);
		Bytes.put(this.h0, output, offset);
		Bytes.put(this.h1, output, offset + 4);
		Bytes.put(this.h2, output, offset + 8);
		Bytes.put(this.h3, output, offset + 12);
		Bytes.put(this.h4, output, offset + 16);
		Bytes.put(this.h5, output, offset + 20);
		Bytes.put(this.h6, output, offset + 24);
		Bytes.put(this.h7, output, offset + 28);
		reset();
	}

	@Override
	public void copyFrom(Hash other) {
		Sha256 source = (Sha256) other;
		this.h0 = source.h0;
		this.h1 = source.h1;
		this.h2 = source.h2;
		this.h3 = source.h3;
		this.h4 = source.h4;
		this.h5 = source.h5;
		this.h6 = source.h6;
		this.h7 = source.h7;
		this.count = source.count;
		System.arraycopy(source.block, 0, this.block, 0, BLOCK_LENGTH);
	}

	/**
	 * Hashes one block (FIPS 180-4 §6.2.2). Instead of moving eight variables after each round, the rounds are written with the variables'
	 * roles rotated; after eight they are back. Sixteen rounds use sixteen schedule words, then the next sixteen replace them.
	 */
	private void compress(byte[] input, int at) {
		long[] k = Sha2Constants.K;
		int w0 = Bytes.word(input, at);
		int w1 = Bytes.word(input, at + 4);
		int w2 = Bytes.word(input, at + 8);
		int w3 = Bytes.word(input, at + 12);
		int w4 = Bytes.word(input, at + 16);
		int w5 = Bytes.word(input, at + 20);
		int w6 = Bytes.word(input, at + 24);
		int w7 = Bytes.word(input, at + 28);
		int w8 = Bytes.word(input, at + 32);
		int w9 = Bytes.word(input, at + 36);
		int w10 = Bytes.word(input, at + 40);
		int w11 = Bytes.word(input, at + 44);
		int w12 = Bytes.word(input, at + 48);
		int w13 = Bytes.word(input, at + 52);
		int w14 = Bytes.word(input, at + 56);
		int w15 = Bytes.word(input, at + 60);
		int a = this.h0;
		int b = this.h1;
		int c = this.h2;
		int d = this.h3;
		int e = this.h4;
		int f = this.h5;
		int g = this.h6;
		int h = this.h7;
		for (int t = 0;; t += 16) {
			h += ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (((f ^ g) & e) ^ g) + (int) (k[t] >>> 32) + w0;
			d += h;
			h += ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (((a ^ b) & (b ^ c)) ^ b);
			g += ((d >>> 6 | d << 26) ^ (d >>> 11 | d << 21) ^ (d >>> 25 | d << 7)) + (((e ^ f) & d) ^ f) + (int) (k[t + 1] >>> 32) + w1;
			c += g;
			g += ((h >>> 2 | h << 30) ^ (h >>> 13 | h << 19) ^ (h >>> 22 | h << 10)) + (((h ^ a) & (a ^ b)) ^ a);
			f += ((c >>> 6 | c << 26) ^ (c >>> 11 | c << 21) ^ (c >>> 25 | c << 7)) + (((d ^ e) & c) ^ e) + (int) (k[t + 2] >>> 32) + w2;
			b += f;
			f += ((g >>> 2 | g << 30) ^ (g >>> 13 | g << 19) ^ (g >>> 22 | g << 10)) + (((g ^ h) & (h ^ a)) ^ h);
			e += ((b >>> 6 | b << 26) ^ (b >>> 11 | b << 21) ^ (b >>> 25 | b << 7)) + (((c ^ d) & b) ^ d) + (int) (k[t + 3] >>> 32) + w3;
			a += e;
			e += ((f >>> 2 | f << 30) ^ (f >>> 13 | f << 19) ^ (f >>> 22 | f << 10)) + (((f ^ g) & (g ^ h)) ^ g);
			d += ((a >>> 6 | a << 26) ^ (a >>> 11 | a << 21) ^ (a >>> 25 | a << 7)) + (((b ^ c) & a) ^ c) + (int) (k[t + 4] >>> 32) + w4;
			h += d;
			d += ((e >>> 2 | e << 30) ^ (e >>> 13 | e << 19) ^ (e >>> 22 | e << 10)) + (((e ^ f) & (f ^ g)) ^ f);
			c += ((h >>> 6 | h << 26) ^ (h >>> 11 | h << 21) ^ (h >>> 25 | h << 7)) + (((a ^ b) & h) ^ b) + (int) (k[t + 5] >>> 32) + w5;
			g += c;
			c += ((d >>> 2 | d << 30) ^ (d >>> 13 | d << 19) ^ (d >>> 22 | d << 10)) + (((d ^ e) & (e ^ f)) ^ e);
			b += ((g >>> 6 | g << 26) ^ (g >>> 11 | g << 21) ^ (g >>> 25 | g << 7)) + (((h ^ a) & g) ^ a) + (int) (k[t + 6] >>> 32) + w6;
			f += b;
			b += ((c >>> 2 | c << 30) ^ (c >>> 13 | c << 19) ^ (c >>> 22 | c << 10)) + (((c ^ d) & (d ^ e)) ^ d);
			a += ((f >>> 6 | f << 26) ^ (f >>> 11 | f << 21) ^ (f >>> 25 | f << 7)) + (((g ^ h) & f) ^ h) + (int) (k[t + 7] >>> 32) + w7;
			e += a;
			a += ((b >>> 2 | b << 30) ^ (b >>> 13 | b << 19) ^ (b >>> 22 | b << 10)) + (((b ^ c) & (c ^ d)) ^ c);
			h += ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (((f ^ g) & e) ^ g) + (int) (k[t + 8] >>> 32) + w8;
			d += h;
			h += ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (((a ^ b) & (b ^ c)) ^ b);
			g += ((d >>> 6 | d << 26) ^ (d >>> 11 | d << 21) ^ (d >>> 25 | d << 7)) + (((e ^ f) & d) ^ f) + (int) (k[t + 9] >>> 32) + w9;
			c += g;
			g += ((h >>> 2 | h << 30) ^ (h >>> 13 | h << 19) ^ (h >>> 22 | h << 10)) + (((h ^ a) & (a ^ b)) ^ a);
			f += ((c >>> 6 | c << 26) ^ (c >>> 11 | c << 21) ^ (c >>> 25 | c << 7)) + (((d ^ e) & c) ^ e) + (int) (k[t + 10] >>> 32) + w10;
			b += f;
			f += ((g >>> 2 | g << 30) ^ (g >>> 13 | g << 19) ^ (g >>> 22 | g << 10)) + (((g ^ h) & (h ^ a)) ^ h);
			e += ((b >>> 6 | b << 26) ^ (b >>> 11 | b << 21) ^ (b >>> 25 | b << 7)) + (((c ^ d) & b) ^ d) + (int) (k[t + 11] >>> 32) + w11;
			a += e;
			e += ((f >>> 2 | f << 30) ^ (f >>> 13 | f << 19) ^ (f >>> 22 | f << 10)) + (((f ^ g) & (g ^ h)) ^ g);
			d += ((a >>> 6 | a << 26) ^ (a >>> 11 | a << 21) ^ (a >>> 25 | a << 7)) + (((b ^ c) & a) ^ c) + (int) (k[t + 12] >>> 32) + w12;
			h += d;
			d += ((e >>> 2 | e << 30) ^ (e >>> 13 | e << 19) ^ (e >>> 22 | e << 10)) + (((e ^ f) & (f ^ g)) ^ f);
			c += ((h >>> 6 | h << 26) ^ (h >>> 11 | h << 21) ^ (h >>> 25 | h << 7)) + (((a ^ b) & h) ^ b) + (int) (k[t + 13] >>> 32) + w13;
			g += c;
			c += ((d >>> 2 | d << 30) ^ (d >>> 13 | d << 19) ^ (d >>> 22 | d << 10)) + (((d ^ e) & (e ^ f)) ^ e);
			b += ((g >>> 6 | g << 26) ^ (g >>> 11 | g << 21) ^ (g >>> 25 | g << 7)) + (((h ^ a) & g) ^ a) + (int) (k[t + 14] >>> 32) + w14;
			f += b;
			b += ((c >>> 2 | c << 30) ^ (c >>> 13 | c << 19) ^ (c >>> 22 | c << 10)) + (((c ^ d) & (d ^ e)) ^ d);
			a += ((f >>> 6 | f << 26) ^ (f >>> 11 | f << 21) ^ (f >>> 25 | f << 7)) + (((g ^ h) & f) ^ h) + (int) (k[t + 15] >>> 32) + w15;
			e += a;
			a += ((b >>> 2 | b << 30) ^ (b >>> 13 | b << 19) ^ (b >>> 22 | b << 10)) + (((b ^ c) & (c ^ d)) ^ c);
			if (t == 48) {
				break;
			}
			w0 += ((w14 >>> 17 | w14 << 15) ^ (w14 >>> 19 | w14 << 13) ^ w14 >>> 10) + w9
					+ ((w1 >>> 7 | w1 << 25) ^ (w1 >>> 18 | w1 << 14) ^ w1 >>> 3);
			w1 += ((w15 >>> 17 | w15 << 15) ^ (w15 >>> 19 | w15 << 13) ^ w15 >>> 10) + w10
					+ ((w2 >>> 7 | w2 << 25) ^ (w2 >>> 18 | w2 << 14) ^ w2 >>> 3);
			w2 += ((w0 >>> 17 | w0 << 15) ^ (w0 >>> 19 | w0 << 13) ^ w0 >>> 10) + w11
					+ ((w3 >>> 7 | w3 << 25) ^ (w3 >>> 18 | w3 << 14) ^ w3 >>> 3);
			w3 += ((w1 >>> 17 | w1 << 15) ^ (w1 >>> 19 | w1 << 13) ^ w1 >>> 10) + w12
					+ ((w4 >>> 7 | w4 << 25) ^ (w4 >>> 18 | w4 << 14) ^ w4 >>> 3);
			w4 += ((w2 >>> 17 | w2 << 15) ^ (w2 >>> 19 | w2 << 13) ^ w2 >>> 10) + w13
					+ ((w5 >>> 7 | w5 << 25) ^ (w5 >>> 18 | w5 << 14) ^ w5 >>> 3);
			w5 += ((w3 >>> 17 | w3 << 15) ^ (w3 >>> 19 | w3 << 13) ^ w3 >>> 10) + w14
					+ ((w6 >>> 7 | w6 << 25) ^ (w6 >>> 18 | w6 << 14) ^ w6 >>> 3);
			w6 += ((w4 >>> 17 | w4 << 15) ^ (w4 >>> 19 | w4 << 13) ^ w4 >>> 10) + w15
					+ ((w7 >>> 7 | w7 << 25) ^ (w7 >>> 18 | w7 << 14) ^ w7 >>> 3);
			w7 += ((w5 >>> 17 | w5 << 15) ^ (w5 >>> 19 | w5 << 13) ^ w5 >>> 10) + w0
					+ ((w8 >>> 7 | w8 << 25) ^ (w8 >>> 18 | w8 << 14) ^ w8 >>> 3);
			w8 += ((w6 >>> 17 | w6 << 15) ^ (w6 >>> 19 | w6 << 13) ^ w6 >>> 10) + w1
					+ ((w9 >>> 7 | w9 << 25) ^ (w9 >>> 18 | w9 << 14) ^ w9 >>> 3);
			w9 += ((w7 >>> 17 | w7 << 15) ^ (w7 >>> 19 | w7 << 13) ^ w7 >>> 10) + w2
					+ ((w10 >>> 7 | w10 << 25) ^ (w10 >>> 18 | w10 << 14) ^ w10 >>> 3);
			w10 += ((w8 >>> 17 | w8 << 15) ^ (w8 >>> 19 | w8 << 13) ^ w8 >>> 10) + w3
					+ ((w11 >>> 7 | w11 << 25) ^ (w11 >>> 18 | w11 << 14) ^ w11 >>> 3);
			w11 += ((w9 >>> 17 | w9 << 15) ^ (w9 >>> 19 | w9 << 13) ^ w9 >>> 10) + w4
					+ ((w12 >>> 7 | w12 << 25) ^ (w12 >>> 18 | w12 << 14) ^ w12 >>> 3);
			w12 += ((w10 >>> 17 | w10 << 15) ^ (w10 >>> 19 | w10 << 13) ^ w10 >>> 10) + w5
					+ ((w13 >>> 7 | w13 << 25) ^ (w13 >>> 18 | w13 << 14) ^ w13 >>> 3);
			w13 += ((w11 >>> 17 | w11 << 15) ^ (w11 >>> 19 | w11 << 13) ^ w11 >>> 10) + w6
					+ ((w14 >>> 7 | w14 << 25) ^ (w14 >>> 18 | w14 << 14) ^ w14 >>> 3);
			w14 += ((w12 >>> 17 | w12 << 15) ^ (w12 >>> 19 | w12 << 13) ^ w12 >>> 10) + w7
					+ ((w15 >>> 7 | w15 << 25) ^ (w15 >>> 18 | w15 << 14) ^ w15 >>> 3);
			w15 += ((w13 >>> 17 | w13 << 15) ^ (w13 >>> 19 | w13 << 13) ^ w13 >>> 10) + w8
					+ ((w0 >>> 7 | w0 << 25) ^ (w0 >>> 18 | w0 << 14) ^ w0 >>> 3);
		}
		this.h0 += a;
		this.h1 += b;
		this.h2 += c;
		this.h3 += d;
		this.h4 += e;
		this.h5 += f;
		this.h6 += g;
		this.h7 += h;
	}
}
