/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * RSA's private operation by the Chinese remainder theorem (RFC 8017 §5.1.2, step 2 b), in slices, constant time: every step of it depends on the
 * key's length alone.
 *
 * <p>First modulo q, then modulo p: a power with a window of two bits, whose factor is gathered from all four of the table. The result has to be
 * verified before anybody sees it: one error in it would give the key away (Boneh, DeMillo, Lipton 1997).
 */
final class RsaPrivateOperation {

	/** Word multiplications a slice may cost: about 22 instructions each on a Cortex-M4, array checks included. */
	private static final int SLICE = 10000;
	/** Numbers the work array holds, and two words more: modulus, x, accumulator, four of the table, the factor. */
	private static final int NUMBERS = 8;

	private static final long MASK = 0xffffffffL;

	private static final int IDLE = 0;
	private static final int LOAD = 1;
	private static final int SQUARE_R = 2;
	private static final int COEFFICIENT = 3;
	private static final int HIGH = 4;
	private static final int HIGH_AGAIN = 5;
	private static final int LOW = 6;
	private static final int BASE = 7;
	private static final int SECOND = 8;
	private static final int THIRD = 9;
	private static final int SQUARE = 10;
	private static final int SQUARE_AGAIN = 11;
	private static final int MULTIPLY = 12;
	private static final int LEAVE = 13;
	private static final int COMBINE = 14;
	private static final int RESULT = 15;
	private static final int DONE = 16;

	private final int[] work;
	private byte[] key;
	/** Where the parts of the key begin: p, and half a modulus further each q, dP, dQ, qInv. */
	private int primes;
	private byte[] message;
	private byte[] output;
	/** Length of a prime in 32-bit words and in bytes. */
	private int words;
	private int half;
	private int state;
	/** Whether it is p's turn. */
	private boolean second;
	/** -1/prime mod 2^32. */
	private int inverse;
	/** Squarings that R^2 takes, then pairs of bits of the exponent left. */
	private int left;
	/** Next row of the product in progress; -1: no product in progress. */
	private int row;
	private int factor;

	/**
	 * Creates the operation.
	 *
	 * @param work
	 *            shared scratch, 8 words for every 64 bits of the modulus and 2 more (514 for 4096 bits). Kept.
	 */
	RsaPrivateOperation(int[] work) {
		this.work = work;
		this.state = IDLE;
	}

	/** Gets the length of the longest modulus, in bytes, there is room for. */
	int maxLength() {
		return (this.work.length - 2) / NUMBERS * 8;
	}

	/**
	 * Starts to compute message^d mod n.
	 *
	 * @param keyBytes
	 *            holds, big-endian and of half the modulus's length each: p and q, whose top bits are set, dP, dQ, qInv.
	 * @param offset
	 *            the first byte of p.
	 * @param length
	 *            the length of the modulus in bytes, a multiple of 8.
	 * @param messageBytes
	 *            a number below the modulus, from index 0; kept until the end.
	 * @param result
	 *            receives the result at index 0, and holds secrets until then.
	 */
	void start(byte[] keyBytes, int offset, int length, byte[] messageBytes, byte[] result) {
		this.key = keyBytes;
		this.primes = offset;
		this.half = length / 2;
		this.words = length / 8;
		this.message = messageBytes;
		this.output = result;
		this.second = false;
		this.row = -1;
		this.state = LOAD;
	}

	/**
	 * Works for one slice.
	 *
	 * @return true once finished; the work array is wiped then.
	 */
	boolean step() {
		int budget = SLICE;
		while (budget > 0 && this.state != DONE && this.state != IDLE) {
			if (this.row >= 0) {
				int rows = budget / (2 * this.words);
				budget -= 2 * this.words * multiplyRows(rows > 0 ? rows : 1);
			} else if (this.state == RESULT && budget < SLICE) {
				// a long product without rows: a slice of its own
				budget = 0;
			} else {
				advance();
				budget -= this.words;
			}
		}
		return this.state == DONE || this.state == IDLE;
	}

	/** What comes between products. */
	private void advance() {
		switch (this.state) {
		case LOAD:
			loadPrime();
			this.state = SQUARE_R;
			break;
		case SQUARE_R:
			if (--this.left >= 0) {
				product(x());
			} else {
				copy(x(), table(3));
				this.state = this.second ? COEFFICIENT : HIGH;
				if (this.second) {
					load(this.key, this.primes + 4 * this.half, factorNumber());
					product(factorNumber());
				}
			}
			break;
		case COEFFICIENT:
			// qInv R, for COMBINE
			Words.toBytes(this.work, x(), this.words, this.output, 0);
			copy(table(3), x());
			this.state = HIGH;
			break;
		case LEAVE:
			if (this.second) {
				this.state = COMBINE;
			} else {
				Words.toBytes(this.work, x(), this.words, this.output, this.half);
				this.second = true;
				this.state = LOAD;
			}
			break;
		case COMBINE:
			combine();
			this.state = RESULT;
			break;
		case RESULT:
			writeResult();
			wipe();
			this.state = DONE;
			break;
		default:
			if (this.state < SQUARE) {
				enter();
			} else {
				power();
			}
			break;
		}
	}

	/** Brings the message into Montgomery's domain, though it is twice as long as the prime, and makes the table: 1, m, m^2, m^3, each times R. */
	private void enter() {
		switch (this.state) {
		case HIGH:
			load(this.message, 0, factorNumber());
			product(factorNumber());
			this.state = HIGH_AGAIN;
			break;
		case HIGH_AGAIN:
			product(table(3));
			this.state = LOW;
			break;
		case LOW:
			copy(x(), table(2));
			copy(table(3), x());
			load(this.message, this.half, factorNumber());
			product(factorNumber());
			this.state = BASE;
			break;
		case BASE:
			add(table(2));
			copy(x(), table(1));
			product(table(1));
			this.state = SECOND;
			break;
		case SECOND:
			copy(x(), table(2));
			product(table(1));
			this.state = THIRD;
			break;
		default:
			copy(x(), table(3));
			copy(table(0), x());
			this.left = 4 * this.half;
			this.state = SQUARE;
			break;
		}
	}

	/** Two squarings and a multiplication for each pair of the exponent's bits; after the last, out of the domain. */
	private void power() {
		switch (this.state) {
		case SQUARE:
			if (--this.left >= 0) {
				product(x());
				this.state = SQUARE_AGAIN;
			} else {
				Words.clear(this.work, factorNumber(), this.words);
				this.work[factorNumber()] = 1;
				product(factorNumber());
				this.state = LEAVE;
			}
			break;
		case SQUARE_AGAIN:
			product(x());
			this.state = MULTIPLY;
			break;
		default:
			select();
			product(factorNumber());
			this.state = SQUARE;
			break;
		}
	}

	/** Gathers the table's number for the next two bits of the exponent. */
	private void select() {
		int exponent = this.primes + (this.second ? 2 : 3) * this.half;
		int pair = this.key[exponent + this.half - 1 - (this.left >> 2)] >> ((this.left & 3) << 1) & 3;
		int[] w = this.work;
		int to = factorNumber();
		int length = this.words;
		Words.clear(w, to, length);
		for (int i = 0; i < 4; i++) {
			int mask = (pair ^ i) - 1 >> 31;
			int from = table(i);
			for (int j = 0; j < length; j++) {
				w[to + j] |= w[from + j] & mask;
			}
		}
	}

	/** Sets the modulus and the table's first number, R mod prime, and begins R^2: 2^a R, whose squarings double a. */
	private void loadPrime() {
		int[] w = this.work;
		load(this.key, this.second ? this.primes : this.primes + this.half, 0);
		this.inverse = Montgomery.inverse(w[0]);
		// the prime's top bit is set, so R mod prime = R - prime
		Words.clear(w, x(), this.words);
		subtract(x(), 0, -1);
		copy(x(), table(0));
		int a = 32 * this.words;
		this.left = 0;
		while ((a & 1) == 0) {
			a >>= 1;
			this.left++;
		}
		for (int i = 0; i < a; i++) {
			copy(x(), factorNumber());
			add(factorNumber());
		}
	}

	/** x = (m1 - m2) mod p, and the product with qInv begins. */
	private void combine() {
		int[] w = this.work;
		int other = factorNumber();
		load(this.output, this.half, other);
		// m2 is below q, and so below 2p
		subtract(other, 0, ~Words.isLess(w, other, 0, this.words));
		int borrow = subtract(x(), other, -1);
		int x = x();
		long carry = 0;
		for (int i = 0; i < this.words; i++) {
			carry += (w[x + i] & MASK) + (w[i] & borrow & MASK);
			w[x + i] = (int) carry;
			carry >>>= 32;
		}
		load(this.output, 0, other);
		product(other);
	}

	/** m2 + q h, where h is x. */
	private void writeResult() {
		int[] w = this.work;
		int length = this.words;
		int q = table(0);
		int to = table(1);
		int h = x();
		load(this.key, this.primes + this.half, q);
		load(this.output, this.half, to);
		Words.clear(w, to + length, length);
		for (int i = 0; i < length; i++) {
			long a = w[h + i] & MASK;
			long carry = 0;
			for (int j = 0; j < length; j++) {
				carry += a * (w[q + j] & MASK) + (w[to + i + j] & MASK);
				w[to + i + j] = (int) carry;
				carry >>>= 32;
			}
			w[to + i + length] = (int) carry;
		}
		Words.toBytes(w, to, 2 * length, this.output, 0);
	}

	private void product(int factorOffset) {
		this.factor = factorOffset;
		this.row = 0;
		Words.clear(this.work, accumulator(), this.words + 1);
	}

	/** Works on x times factor for some rows, after the last of which the product is x; gives their number. */
	private int multiplyRows(int rows) {
		int[] w = this.work;
		int length = this.words;
		int first = this.row;
		int end = length - first < rows ? length : first + rows;
		int acc = accumulator();
		Montgomery.rows(w, length, x(), this.factor, acc, this.inverse, first, end);
		this.row = end;
		if (end == length) {
			this.row = -1;
			System.arraycopy(w, acc, w, x(), length);
			reduce(w[acc + length]);
		}
		return end - first;
	}

	/** x = x + number mod prime. */
	private void add(int number) {
		int[] w = this.work;
		int x = x();
		long carry = 0;
		for (int i = 0; i < this.words; i++) {
			carry += (w[x + i] & MASK) + (w[number + i] & MASK);
			w[x + i] = (int) carry;
			carry >>>= 32;
		}
		reduce((int) carry);
	}

	/** Takes the prime off x if it is not less; carry: the word above it, 0 or 1. */
	private void reduce(int carry) {
		subtract(x(), 0, -carry | ~Words.isLess(this.work, x(), 0, this.words));
	}

	/** number -= other, both as the mask says; gives the mask of a borrow. */
	private int subtract(int number, int other, int mask) {
		int[] w = this.work;
		long borrow = 0;
		for (int i = 0; i < this.words; i++) {
			borrow += (w[number + i] & MASK) - (w[other + i] & mask & MASK);
			w[number + i] = (int) borrow;
			borrow >>= 32;
		}
		return (int) borrow;
	}

	private void load(byte[] in, int offset, int number) {
		Words.fromBytes(in, offset, this.half, this.work, number, this.words);
	}

	private void copy(int from, int to) {
		System.arraycopy(this.work, from, this.work, to, this.words);
	}

	private int x() {
		return this.words;
	}

	private int accumulator() {
		return 2 * this.words;
	}

	/** The numbers of the table lie behind the accumulator, which has a word more than they. */
	private int table(int index) {
		return (3 + index) * this.words + 1;
	}

	private int factorNumber() {
		return table(4);
	}

	/** Abandons the operation and wipes the work array. */
	void wipe() {
		Words.clear(this.work, 0, this.work.length);
		this.key = null;
		this.message = null;
		this.output = null;
		this.inverse = 0;
		this.row = -1;
		this.state = IDLE;
	}
}
