/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Runs the point formulas on bounds instead of numbers: no value may come near the 32 p that a lazily reduced number of {@link CurveField}
 * can hold, whatever the operands are and however long the computation.
 */
class FieldBoundsTest {

	/** p itself. A number in memory is its largest magnitude, in thousandths of p, in its lowest place. */
	private static final int P = 1000;

	/** A field that computes how large results can become. R is 64 p, as for P-384; for P-256 it is more. */
	private static final class Bounds extends CurveField {

		int largest;

		Bounds() {
			super(1, 1, 1, "");
		}

		private void set(int[] w, int r, long bound) {
			this.largest = (int) Math.max(this.largest, bound);
			w[r] = (int) bound;
		}

		@Override
		void mul(int[] w, int r, int a, int b) {
			set(w, r, P + 1 + (long) w[a] * w[b] / (64 * P));
		}

		@Override
		void sqr(int[] w, int r, int a) {
			mul(w, r, a, a);
		}

		@Override
		void add(int[] w, int r, int a, int b) {
			set(w, r, w[a] + w[b]);
		}

		@Override
		void sub(int[] w, int r, int a, int b) {
			set(w, r, w[a] + w[b]);
		}

		@Override
		void addTimes(int[] w, int r, int a, int b, int k) {
			set(w, r, w[a] + Math.abs(k) * w[b]);
		}

		@Override
		void neg(int[] w, int r, int a) {
			set(w, r, w[a]);
		}
	}

	@Test
	void completeFormulasStayInBounds() {
		Bounds field = new Bounds();
		int[] w = new int[40];
		int table = 0;
		int accumulator = 20;
		int b = 30;
		java.util.Arrays.fill(w, 2 * P);
		for (int i = 0; i < 100; i++) {
			CompletePoint.twice(field, w, accumulator, b, 33);
			CompletePoint.add(field, w, accumulator, table, b, 33);
			if (i % 5 == 0) { // results enter the table
				System.arraycopy(w, accumulator, w, table, 3);
			}
		}
		assertTrue(field.largest < 32 * P, "up to " + field.largest / 1000.0 + " p");
	}

	@Test
	void jacobianFormulasStayInBounds() {
		Bounds field = new Bounds();
		int[] w = new int[40];
		java.util.Arrays.fill(w, 2 * P);
		int q = 10;
		for (int i = 0; i < 200; i++) {
			JacobianPoint.twice(field, w, 0, 20);
			JacobianPoint.add(field, w, 0, q, i % 3 == 0, i % 2 == 0, 0, 20);
			JacobianPoint.add(field, w, 0, q, i % 2 == 0, i % 3 == 0, 0, 20);
			if (i % 5 == 0) {
				System.arraycopy(w, 0, w, q, 3);
			}
		}
		assertTrue(field.largest < 32 * P, "up to " + field.largest / 1000.0 + " p");
	}
}
