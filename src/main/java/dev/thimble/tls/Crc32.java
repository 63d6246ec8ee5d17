/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * The cyclic redundancy check of ISO/IEC 8802-3 (Ethernet), which sees every damage of up to 32 bits in a row. It keeps no table: what it checks
 * here is short and seldom.
 */
/* package */ final class Crc32 {

	/** The generator polynomial, the lowest power in the most significant bit. */
	private static final int POLYNOMIAL = 0xedb88320;

	private Crc32() {
	}

	/** Gets the check of some bytes. */
	/* package */ static int of(byte[] input, int offset, int length) {
		int crc = -1;
		int end = offset + length;
		for (int i = offset; i < end; i++) {
			crc ^= input[i] & 0xff;
			// no branch: a secret is among the bytes
			for (int bit = 0; bit < 8; bit++) {
				crc = crc >>> 1 ^ POLYNOMIAL & -(crc & 1);
			}
		}
		return ~crc;
	}
}
