/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * Raises a number to a fixed, public power in slices, by an addition chain. Constant time.
 *
 * <p>A chain is a text of four characters a link: two decimal digits, how often to square; a register to multiply by then, or '.'; a
 * register that receives the value reached, or '.'. Register 'a' holds the base. {@code 01ab} on the base gives x<sup>3</sup>, kept in b.
 */
/* package */ final class PowerChain {

	private PrimeField field;
	private String chain;
	private int at;
	private int squarings;
	private int base;

	/**
	 * Starts. The memory in use is the accumulator and one number for each register, in a row.
	 *
	 * @param field
	 *            the arithmetic.
	 * @param chain
	 *            the addition chain.
	 * @param w
	 *            the memory.
	 * @param accumulator
	 *            offset of the base, which the result replaces; the registers follow.
	 */
	/* package */ void start(PrimeField field, String chain, int[] w, int accumulator) {
		this.field = field;
		this.chain = chain;
		this.base = accumulator;
		System.arraycopy(w, accumulator, w, accumulator + field.limbs, field.limbs);
		this.at = 0;
		this.squarings = squaringsAt(chain, 0);
	}

	private static int squaringsAt(String chain, int at) {
		return (chain.charAt(at) - '0') * 10 + chain.charAt(at + 1) - '0';
	}

	private int register(char name) {
		return this.base + (name - 'a' + 1) * this.field.limbs;
	}

	/**
	 * Works for one slice.
	 *
	 * @return true once the power is reached.
	 */
	/* package */ boolean step(int[] w) {
		PrimeField field = this.field;
		String chain = this.chain;
		int accumulator = this.base;
		int end = chain.length();
		for (int budget = field.productsPerSlice; this.at < end && budget > 0; budget--) {
			if (this.squarings > 0) {
				field.sqr(w, accumulator, accumulator);
				this.squarings--;
				continue;
			}
			char factor = chain.charAt(this.at + 2);
			if (factor != '.') {
				field.mul(w, accumulator, accumulator, register(factor));
			}
			char receiver = chain.charAt(this.at + 3);
			if (receiver != '.') {
				System.arraycopy(w, accumulator, w, register(receiver), field.limbs);
			}
			this.at += 4;
			if (this.at < end) {
				this.squarings = squaringsAt(chain, this.at);
			}
		}
		return this.at == end;
	}
}
