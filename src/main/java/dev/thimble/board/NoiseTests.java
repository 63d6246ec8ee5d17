/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

/**
 * Tests the health of a noise source, byte by byte, while it is used (SP 800-90B §4.4). They are made for a source with {@value #MIN_ENTROPY} bits of
 * min-entropy a byte: a healthy one fails a test once in about 2^{@value #FALSE_ALARM} samples, so an alarm is a fault.
 * <ul>
 * <li>Repetition count (§4.4.1): {@value #REPETITION_CUTOFF} equal bytes in a row; 1 + ceil(30 / 4).</li>
 * <li>Adaptive proportion (§4.4.2): the first byte of a window of {@value #WINDOW} comes {@value #PROPORTION_CUTOFF} times in it; 1 + the smallest k
 * with P(X &le; k) &ge; 1 - 2^-30 for X binomial with 512 trials of probability 2^-4.</li>
 * <li>Repeated sequence (ours, as §4.5 allows): the first {@value #SEQUENCE} bytes of a window come again within it, which chance does once in 2^39
 * windows. It sees a buffer that is handed out again and again, to which the other two are blind.</li>
 * </ul>
 */
/* package */ final class NoiseTests {

	/** Bits of min-entropy a byte is taken to have. */
	/* package */ static final int MIN_ENTROPY = 4;
	/** Minus the binary logarithm of the probability of a false alarm. */
	/* package */ static final int FALSE_ALARM = 30;
	/* package */ static final int REPETITION_CUTOFF = 9;
	/* package */ static final int WINDOW = 512;
	/* package */ static final int PROPORTION_CUTOFF = 71;
	/** Bytes of a sequence that may not repeat. */
	/* package */ static final int SEQUENCE = 12;

	/** The last byte, and how often it has come in a row; 0 before the first. */
	private int last;
	private int repetitions;
	/** The first byte of the window, how often it has come, and how many bytes of the window there were. */
	private int first;
	private int proportion;
	private int seen;
	/** The last twelve bytes, and the first twelve of the window. */
	private long recent;
	private int older;
	private long startRecent;
	private int startOlder;

	/** Starts anew, as after power-on. */
	/* package */ void reset() {
		this.repetitions = 0;
		this.seen = 0;
	}

	/**
	 * Takes in a byte.
	 *
	 * @return {@link Trng#HEALTHY} or what the byte has shown: {@link Trng#STUCK}, {@link Trng#BIASED}, {@link Trng#REPEATING}.
	 */
	/* package */ int test(byte sample) {
		if (this.repetitions > 0 && sample == this.last) {
			this.repetitions++;
			if (this.repetitions >= REPETITION_CUTOFF) {
				return Trng.STUCK;
			}
		} else {
			this.last = sample;
			this.repetitions = 1;
		}
		if (this.seen == WINDOW) {
			this.seen = 0;
		}
		if (this.seen == 0) {
			this.first = sample;
			this.proportion = 1;
		} else if (sample == this.first) {
			this.proportion++;
			if (this.proportion >= PROPORTION_CUTOFF) {
				return Trng.BIASED;
			}
		}
		this.seen++;
		this.older = this.older << 8 | (int) (this.recent >>> 56);
		this.recent = this.recent << 8 | sample & 0xff;
		if (this.seen == SEQUENCE) {
			this.startRecent = this.recent;
			this.startOlder = this.older;
		} else if (this.seen > SEQUENCE && this.recent == this.startRecent && this.older == this.startOlder) {
			return Trng.REPEATING;
		}
		return Trng.HEALTHY;
	}

	/** Overwrites the samples seen. */
	/* package */ void wipe() {
		reset();
		this.last = 0;
		this.first = 0;
		this.recent = 0;
		this.older = 0;
		this.startRecent = 0;
		this.startOlder = 0;
	}
}
