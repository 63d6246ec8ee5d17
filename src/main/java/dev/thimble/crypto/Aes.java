/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The forward AES cipher (FIPS 197) for 128-bit and 256-bit keys, bitsliced: two blocks at a time, in constant time, without tables.
 *
 * <p>Eight words hold two blocks. Between {@link #transpose} and its inverse, which is itself, word <i>i</i> holds bit <i>i</i> of all 32
 * bytes; the byte of row r and column c of lane l is bit 2c + l of the word's byte r (row 0 in the most significant byte). So SubBytes is a
 * circuit of and/xor on whole words, MixColumns rotates words, and ShiftRows would turn each byte of each word by 2r bits.
 *
 * <p>ShiftRows is never done: the rows stay where they are, and MixColumns of round n finds the byte below n columns further (A. Adomnicai,
 * T. Peyrin, "Fixslicing AES-like ciphers", 2020). Round keys are stored shifted to match; after round 4 everything is back in place.
 *
 * <p>Both lanes use the same key, so a bitsliced round key repeats each bit; it is kept folded into four words.
 */
public final class Aes {

	/** The constant of SubBytes' affine map (FIPS 197 §5.1.1) for four bytes. */
	private static final int AFFINE_CONSTANT = 0x63636363;

	/** Where a round key of zeros lies in the operation's words. */
	private static final int ZERO_KEYS_AT = 8;

	/**
	 * Its words are input and output of {@link #encrypt}: element 2c + l is column c of lane l's block, its first byte the most significant.
	 * The second half is zero.
	 */
	final AeadOperation operation;

	/** The hash of GCM with a subkey made from this key; null if no GCM uses this cipher. */
	Ghash ghash;

	private int rounds;

	/**
	 * Makes a cipher without a key.
	 *
	 * @param operation
	 *            shared by all ciphers of a provider.
	 */
	public Aes(AeadOperation operation) {
		this.operation = operation;
	}

	/** For constructors: makes {@link #ghash}, if nobody has. */
	void makeGhash() {
		if (this.ghash == null) {
			this.ghash = new Ghash();
		}
	}

	/**
	 * Sets the key (FIPS 197 §5.2). SubBytes' constant is moved into the round keys: MixColumns leaves it unchanged.
	 *
	 * @param key
	 *            the caller's array.
	 * @param offset
	 *            the key's first byte.
	 * @param length
	 *            16 or 32.
	 */
	public void init(byte[] key, int offset, int length) {
		int[] keys = this.operation.key;
		int keyWords = length >> 2;
		int rounds = keyWords + 6;
		int total = 4 * rounds + 4;
		this.rounds = rounds;
		for (int i = 0, at = offset; i < keyWords; i++, at += 4) {
			keys[i] = Bytes.word(key, at);
		}
		// an operation that was given up may have left something
		this.operation.wipeWords();
		int roundConstant = 1;
		for (int i = keyWords, phase = 0; i < total; i++) {
			int word = keys[i - 1];
			if (phase == 0) {
				word = substitute(word << 8 | word >>> 24) ^ roundConstant << 24;
				roundConstant = roundConstant << 1 ^ (roundConstant >> 7) * 0x11b;
			} else if (phase == 4) {
				word = substitute(word);
			}
			keys[i] = keys[i - keyWords] ^ word;
			phase++;
			if (phase == keyWords) {
				phase = 0;
			}
		}
		for (int round = 0; round <= rounds; round++) {
			fold(round, round == 0 ? 0 : AFFINE_CONSTANT);
		}
		this.operation.wipeWords();
	}

	/** Encrypts the two blocks in the operation's words. */
	void encrypt() {
		int[] words = this.operation.words;
		transpose(words);
		cipher(words, this.operation.key, 0, this.rounds);
		transpose(words);
	}

	/** Overwrites the key, the hash subkey and the blocks. */
	public void wipe() {
		this.operation.wipeKey();
		if (this.ghash != null) {
			this.ghash.wipe();
		}
		this.operation.wipeWords();
	}

	/** SubWord of the key schedule: one last round without key on a state whose columns are all the same. */
	private int substitute(int word) {
		int[] words = this.operation.words;
		for (int i = ZERO_KEYS_AT; --i >= 0;) {
			words[i] = word;
		}
		transpose(words);
		cipher(words, words, ZERO_KEYS_AT, 1);
		transpose(words);
		return words[0] ^ AFFINE_CONSTANT;
	}

	/** Replaces a round key as FIPS 197 has it by its folded bitsliced form, with the ShiftRows of the rounds so far taken back. */
	private void fold(int round, int constant) {
		int at = 4 * round;
		int[] words = this.operation.words;
		int[] keys = this.operation.key;
		for (int i = 0; i < 4; i++) {
			int word = keys[at + i] & 0xff000000 | keys[at + (i - round & 3)] & 0x00ff0000 | keys[at + (i - 2 * round & 3)] & 0x0000ff00
					| keys[at + (i - 3 * round & 3)] & 0x000000ff;
			word ^= constant;
			words[2 * i] = word;
			words[2 * i + 1] = word;
		}
		transpose(words);
		for (int i = 0; i < 4; i++) {
			keys[at + i] = words[2 * i] & 0x55555555 | words[2 * i + 1] & 0xaaaaaaaa;
		}
	}

	/** Exchanges bit j of each byte of word i with bit i of the same byte of word j: in all four bytes an 8x8 matrix is transposed. */
	private static void transpose(int[] q) {
		int q0 = q[0];
		int q1 = q[1];
		int q2 = q[2];
		int q3 = q[3];
		int q4 = q[4];
		int q5 = q[5];
		int q6 = q[6];
		int q7 = q[7];
		int t;
		t = (q0 >>> 1 ^ q1) & 0x55555555;
		q1 ^= t;
		q0 ^= t << 1;
		t = (q2 >>> 1 ^ q3) & 0x55555555;
		q3 ^= t;
		q2 ^= t << 1;
		t = (q4 >>> 1 ^ q5) & 0x55555555;
		q5 ^= t;
		q4 ^= t << 1;
		t = (q6 >>> 1 ^ q7) & 0x55555555;
		q7 ^= t;
		q6 ^= t << 1;
		t = (q0 >>> 2 ^ q2) & 0x33333333;
		q2 ^= t;
		q0 ^= t << 2;
		t = (q1 >>> 2 ^ q3) & 0x33333333;
		q3 ^= t;
		q1 ^= t << 2;
		t = (q4 >>> 2 ^ q6) & 0x33333333;
		q6 ^= t;
		q4 ^= t << 2;
		t = (q5 >>> 2 ^ q7) & 0x33333333;
		q7 ^= t;
		q5 ^= t << 2;
		t = (q0 >>> 4 ^ q4) & 0x0f0f0f0f;
		q4 ^= t;
		q0 ^= t << 4;
		t = (q1 >>> 4 ^ q5) & 0x0f0f0f0f;
		q5 ^= t;
		q1 ^= t << 4;
		t = (q2 >>> 4 ^ q6) & 0x0f0f0f0f;
		q6 ^= t;
		q2 ^= t << 4;
		t = (q3 >>> 4 ^ q7) & 0x0f0f0f0f;
		q7 ^= t;
		q3 ^= t << 4;
		q[0] = q0;
		q[1] = q1;
		q[2] = q2;
		q[3] = q3;
		q[4] = q4;
		q[5] = q5;
		q[6] = q6;
		q[7] = q7;
	}

	/**
	 * The rounds. x0 holds the most significant bits, as in the paper that the circuit of SubBytes is from: J. Boyar, R. Peralta, "A small
	 * depth-16 circuit for the AES S-box" (2012), the variant of 115 gates, without the inversions at its end (see {@link #init}): a linear
	 * layer to 21 signals, the inversion in GF(2^8) by way of GF(2^4), and a linear layer back.
	 */
	private static void cipher(int[] q, int[] keys, int keysAt, int rounds) {
		int x7 = q[0];
		int x6 = q[1];
		int x5 = q[2];
		int x4 = q[3];
		int x3 = q[4];
		int x2 = q[5];
		int x1 = q[6];
		int x0 = q[7];
		int at = keysAt;
		for (int round = 1;; round++) {
			int k;
			int even;
			int odd;
			int t;
			int u;
			k = keys[at];
			even = k & 0x55555555;
			odd = k & 0xaaaaaaaa;
			x7 ^= even | even << 1;
			x6 ^= odd | odd >>> 1;
			k = keys[at + 1];
			even = k & 0x55555555;
			odd = k & 0xaaaaaaaa;
			x5 ^= even | even << 1;
			x4 ^= odd | odd >>> 1;
			k = keys[at + 2];
			even = k & 0x55555555;
			odd = k & 0xaaaaaaaa;
			x3 ^= even | even << 1;
			x2 ^= odd | odd >>> 1;
			k = keys[at + 3];
			even = k & 0x55555555;
			odd = k & 0xaaaaaaaa;
			x1 ^= even | even << 1;
			x0 ^= odd | odd >>> 1;
			at += 4;
			if (round > rounds) {
				break;
			}

			// SubBytes: the linear layer in front
			int y14 = x3 ^ x5;
			int y13 = x0 ^ x6;
			int y9 = x0 ^ x3;
			int y8 = x0 ^ x5;
			t = x1 ^ x2;
			int y1 = t ^ x7;
			int y4 = y1 ^ x3;
			int y12 = y13 ^ y14;
			int y2 = y1 ^ x0;
			int y5 = y1 ^ x6;
			int y3 = y5 ^ y8;
			u = x4 ^ y12;
			int y15 = u ^ x5;
			int y20 = u ^ x1;
			int y6 = y15 ^ x7;
			int y10 = y15 ^ t;
			int y11 = y20 ^ y9;
			int y7 = x7 ^ y11;
			int y17 = y10 ^ y11;
			int y19 = y10 ^ y8;
			int y16 = t ^ y11;
			int y21 = y13 ^ y16;
			int y18 = x0 ^ y16;

			// the inversion: four bits in GF(2^4) whose inverse scales both halves of the result
			t = y12 & y15;
			u = y13 & y16;
			int v = y9 & y11;
			int w = y14 & y17 ^ v;
			v ^= y8 & y10;
			int b0 = y3 & y6 ^ t ^ w ^ y20;
			int b1 = y4 & x7 ^ t ^ v ^ y19;
			int b2 = y5 & y1 ^ u ^ w ^ y21;
			int b3 = y2 & y7 ^ u ^ v ^ y18;
			int b01 = b0 ^ b1;
			t = b0 & b2;
			u = b3 ^ t;
			int c1 = b01 & u ^ b1;
			int c3 = (b1 ^ t) & (b2 ^ b3) ^ b3;
			v = b3 & (u ^ c3);
			int c2 = v ^ b2 ^ c3;
			int c0 = b01 ^ c1 & (u ^ v);
			int c02 = c0 ^ c2;
			int c13 = c1 ^ c3;
			int c01 = c0 ^ c1;
			int c23 = c2 ^ c3;
			int c0123 = c13 ^ c02;
			int z0 = c23 & y15;
			int z1 = c2 & y6;
			int z2 = c3 & x7;
			int z3 = c01 & y16;
			int z4 = c0 & y1;
			int z5 = c1 & y7;
			int z6 = c13 & y11;
			int z7 = c0123 & y17;
			int z8 = c02 & y10;
			int z9 = c23 & y12;
			int z10 = c2 & y3;
			int z11 = c3 & y4;
			int z12 = c01 & y13;
			int z13 = c0 & y5;
			int z14 = c1 & y2;
			int z15 = c13 & y9;
			int z16 = c0123 & y14;
			int z17 = c02 & y8;

			// the linear layer behind
			int d0 = z15 ^ z16;
			int d1 = z5 ^ z13;
			int d2 = z6 ^ z7;
			int d3 = z3 ^ d2;
			int d4 = z4 ^ d0;
			int d5 = z2 ^ z12 ^ z0 ^ z3;
			int d6 = z7 ^ z8 ^ d4;
			int d7 = z9 ^ z10 ^ d4;
			int d8 = z4 ^ d3;
			int d9 = z14 ^ d5 ^ d6;
			int d10 = z1 ^ d7;
			x0 = d3 ^ d7;
			x3 = z0 ^ z3 ^ d10;
			x4 = z2 ^ z5 ^ d10;
			x5 = z10 ^ z11 ^ d9;
			x6 = z12 ^ d1 ^ d6;
			x7 = d1 ^ d0 ^ d5;
			x1 = d8 ^ x3;
			x2 = z16 ^ z17 ^ d8 ^ d9;

			if (round == rounds) {
				continue;
			}

			// MixColumns: a is each byte plus the one below it; a's double, the byte below and the other two make the sum
			int a0;
			int a1;
			int a2;
			int a3;
			int a4;
			int a5;
			int a6;
			int a7;
			switch (round & 3) {
			case 0:
				a0 = x0 ^ (x0 << 8 | x0 >>> 24);
				a1 = x1 ^ (x1 << 8 | x1 >>> 24);
				a2 = x2 ^ (x2 << 8 | x2 >>> 24);
				a3 = x3 ^ (x3 << 8 | x3 >>> 24);
				a4 = x4 ^ (x4 << 8 | x4 >>> 24);
				a5 = x5 ^ (x5 << 8 | x5 >>> 24);
				a6 = x6 ^ (x6 << 8 | x6 >>> 24);
				a7 = x7 ^ (x7 << 8 | x7 >>> 24);
				x0 ^= a0 ^ a1 ^ (a0 << 16 | a0 >>> 16);
				x1 ^= a1 ^ a2 ^ (a1 << 16 | a1 >>> 16);
				x2 ^= a2 ^ a3 ^ (a2 << 16 | a2 >>> 16);
				x3 ^= a3 ^ a4 ^ a0 ^ (a3 << 16 | a3 >>> 16);
				x4 ^= a4 ^ a5 ^ a0 ^ (a4 << 16 | a4 >>> 16);
				x5 ^= a5 ^ a6 ^ (a5 << 16 | a5 >>> 16);
				x6 ^= a6 ^ a7 ^ a0 ^ (a6 << 16 | a6 >>> 16);
				x7 ^= a7 ^ a0 ^ (a7 << 16 | a7 >>> 16);
				break;
			case 1:
				a0 = x0 ^ (x0 << 6 | x0 >>> 26) & 0x3f3f3f3f ^ (x0 << 14 | x0 >>> 18) & 0xc0c0c0c0;
				a1 = x1 ^ (x1 << 6 | x1 >>> 26) & 0x3f3f3f3f ^ (x1 << 14 | x1 >>> 18) & 0xc0c0c0c0;
				a2 = x2 ^ (x2 << 6 | x2 >>> 26) & 0x3f3f3f3f ^ (x2 << 14 | x2 >>> 18) & 0xc0c0c0c0;
				a3 = x3 ^ (x3 << 6 | x3 >>> 26) & 0x3f3f3f3f ^ (x3 << 14 | x3 >>> 18) & 0xc0c0c0c0;
				a4 = x4 ^ (x4 << 6 | x4 >>> 26) & 0x3f3f3f3f ^ (x4 << 14 | x4 >>> 18) & 0xc0c0c0c0;
				a5 = x5 ^ (x5 << 6 | x5 >>> 26) & 0x3f3f3f3f ^ (x5 << 14 | x5 >>> 18) & 0xc0c0c0c0;
				a6 = x6 ^ (x6 << 6 | x6 >>> 26) & 0x3f3f3f3f ^ (x6 << 14 | x6 >>> 18) & 0xc0c0c0c0;
				a7 = x7 ^ (x7 << 6 | x7 >>> 26) & 0x3f3f3f3f ^ (x7 << 14 | x7 >>> 18) & 0xc0c0c0c0;
				x0 ^= a0 ^ a1 ^ (a0 << 12 | a0 >>> 20) & 0x0f0f0f0f ^ (a0 << 20 | a0 >>> 12) & 0xf0f0f0f0;
				x1 ^= a1 ^ a2 ^ (a1 << 12 | a1 >>> 20) & 0x0f0f0f0f ^ (a1 << 20 | a1 >>> 12) & 0xf0f0f0f0;
				x2 ^= a2 ^ a3 ^ (a2 << 12 | a2 >>> 20) & 0x0f0f0f0f ^ (a2 << 20 | a2 >>> 12) & 0xf0f0f0f0;
				x3 ^= a3 ^ a4 ^ a0 ^ (a3 << 12 | a3 >>> 20) & 0x0f0f0f0f ^ (a3 << 20 | a3 >>> 12) & 0xf0f0f0f0;
				x4 ^= a4 ^ a5 ^ a0 ^ (a4 << 12 | a4 >>> 20) & 0x0f0f0f0f ^ (a4 << 20 | a4 >>> 12) & 0xf0f0f0f0;
				x5 ^= a5 ^ a6 ^ (a5 << 12 | a5 >>> 20) & 0x0f0f0f0f ^ (a5 << 20 | a5 >>> 12) & 0xf0f0f0f0;
				x6 ^= a6 ^ a7 ^ a0 ^ (a6 << 12 | a6 >>> 20) & 0x0f0f0f0f ^ (a6 << 20 | a6 >>> 12) & 0xf0f0f0f0;
				x7 ^= a7 ^ a0 ^ (a7 << 12 | a7 >>> 20) & 0x0f0f0f0f ^ (a7 << 20 | a7 >>> 12) & 0xf0f0f0f0;
				break;
			case 2:
				a0 = x0 ^ (x0 << 4 | x0 >>> 28) & 0x0f0f0f0f ^ (x0 << 12 | x0 >>> 20) & 0xf0f0f0f0;
				a1 = x1 ^ (x1 << 4 | x1 >>> 28) & 0x0f0f0f0f ^ (x1 << 12 | x1 >>> 20) & 0xf0f0f0f0;
				a2 = x2 ^ (x2 << 4 | x2 >>> 28) & 0x0f0f0f0f ^ (x2 << 12 | x2 >>> 20) & 0xf0f0f0f0;
				a3 = x3 ^ (x3 << 4 | x3 >>> 28) & 0x0f0f0f0f ^ (x3 << 12 | x3 >>> 20) & 0xf0f0f0f0;
				a4 = x4 ^ (x4 << 4 | x4 >>> 28) & 0x0f0f0f0f ^ (x4 << 12 | x4 >>> 20) & 0xf0f0f0f0;
				a5 = x5 ^ (x5 << 4 | x5 >>> 28) & 0x0f0f0f0f ^ (x5 << 12 | x5 >>> 20) & 0xf0f0f0f0;
				a6 = x6 ^ (x6 << 4 | x6 >>> 28) & 0x0f0f0f0f ^ (x6 << 12 | x6 >>> 20) & 0xf0f0f0f0;
				a7 = x7 ^ (x7 << 4 | x7 >>> 28) & 0x0f0f0f0f ^ (x7 << 12 | x7 >>> 20) & 0xf0f0f0f0;
				x0 ^= a0 ^ a1 ^ (a0 << 16 | a0 >>> 16);
				x1 ^= a1 ^ a2 ^ (a1 << 16 | a1 >>> 16);
				x2 ^= a2 ^ a3 ^ (a2 << 16 | a2 >>> 16);
				x3 ^= a3 ^ a4 ^ a0 ^ (a3 << 16 | a3 >>> 16);
				x4 ^= a4 ^ a5 ^ a0 ^ (a4 << 16 | a4 >>> 16);
				x5 ^= a5 ^ a6 ^ (a5 << 16 | a5 >>> 16);
				x6 ^= a6 ^ a7 ^ a0 ^ (a6 << 16 | a6 >>> 16);
				x7 ^= a7 ^ a0 ^ (a7 << 16 | a7 >>> 16);
				break;
			default:
				a0 = x0 ^ (x0 << 2 | x0 >>> 30) & 0x03030303 ^ (x0 << 10 | x0 >>> 22) & 0xfcfcfcfc;
				a1 = x1 ^ (x1 << 2 | x1 >>> 30) & 0x03030303 ^ (x1 << 10 | x1 >>> 22) & 0xfcfcfcfc;
				a2 = x2 ^ (x2 << 2 | x2 >>> 30) & 0x03030303 ^ (x2 << 10 | x2 >>> 22) & 0xfcfcfcfc;
				a3 = x3 ^ (x3 << 2 | x3 >>> 30) & 0x03030303 ^ (x3 << 10 | x3 >>> 22) & 0xfcfcfcfc;
				a4 = x4 ^ (x4 << 2 | x4 >>> 30) & 0x03030303 ^ (x4 << 10 | x4 >>> 22) & 0xfcfcfcfc;
				a5 = x5 ^ (x5 << 2 | x5 >>> 30) & 0x03030303 ^ (x5 << 10 | x5 >>> 22) & 0xfcfcfcfc;
				a6 = x6 ^ (x6 << 2 | x6 >>> 30) & 0x03030303 ^ (x6 << 10 | x6 >>> 22) & 0xfcfcfcfc;
				a7 = x7 ^ (x7 << 2 | x7 >>> 30) & 0x03030303 ^ (x7 << 10 | x7 >>> 22) & 0xfcfcfcfc;
				x0 ^= a0 ^ a1 ^ (a0 << 12 | a0 >>> 20) & 0x0f0f0f0f ^ (a0 << 20 | a0 >>> 12) & 0xf0f0f0f0;
				x1 ^= a1 ^ a2 ^ (a1 << 12 | a1 >>> 20) & 0x0f0f0f0f ^ (a1 << 20 | a1 >>> 12) & 0xf0f0f0f0;
				x2 ^= a2 ^ a3 ^ (a2 << 12 | a2 >>> 20) & 0x0f0f0f0f ^ (a2 << 20 | a2 >>> 12) & 0xf0f0f0f0;
				x3 ^= a3 ^ a4 ^ a0 ^ (a3 << 12 | a3 >>> 20) & 0x0f0f0f0f ^ (a3 << 20 | a3 >>> 12) & 0xf0f0f0f0;
				x4 ^= a4 ^ a5 ^ a0 ^ (a4 << 12 | a4 >>> 20) & 0x0f0f0f0f ^ (a4 << 20 | a4 >>> 12) & 0xf0f0f0f0;
				x5 ^= a5 ^ a6 ^ (a5 << 12 | a5 >>> 20) & 0x0f0f0f0f ^ (a5 << 20 | a5 >>> 12) & 0xf0f0f0f0;
				x6 ^= a6 ^ a7 ^ a0 ^ (a6 << 12 | a6 >>> 20) & 0x0f0f0f0f ^ (a6 << 20 | a6 >>> 12) & 0xf0f0f0f0;
				x7 ^= a7 ^ a0 ^ (a7 << 12 | a7 >>> 20) & 0x0f0f0f0f ^ (a7 << 20 | a7 >>> 12) & 0xf0f0f0f0;
				break;
			}
		}

		// what is left of ShiftRows after 10 or 14 rounds: two of them, which turn the bytes of rows 1 and 3 by four bits
		int t;
		x0 ^= (t = (x0 ^ x0 >>> 4) & 0x000f000f) ^ t << 4;
		x1 ^= (t = (x1 ^ x1 >>> 4) & 0x000f000f) ^ t << 4;
		x2 ^= (t = (x2 ^ x2 >>> 4) & 0x000f000f) ^ t << 4;
		x3 ^= (t = (x3 ^ x3 >>> 4) & 0x000f000f) ^ t << 4;
		x4 ^= (t = (x4 ^ x4 >>> 4) & 0x000f000f) ^ t << 4;
		x5 ^= (t = (x5 ^ x5 >>> 4) & 0x000f000f) ^ t << 4;
		x6 ^= (t = (x6 ^ x6 >>> 4) & 0x000f000f) ^ t << 4;
		x7 ^= (t = (x7 ^ x7 >>> 4) & 0x000f000f) ^ t << 4;
		q[0] = x7;
		q[1] = x6;
		q[2] = x5;
		q[3] = x4;
		q[4] = x3;
		q[5] = x2;
		q[6] = x1;
		q[7] = x0;
	}
}
