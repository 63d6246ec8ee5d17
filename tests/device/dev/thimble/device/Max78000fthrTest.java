/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

/** The reference board: a TRNG, an AES unit, a wire. */
class Max78000fthrTest extends QemuTests {

	Max78000fthrTest() {
		super("max78000fthr");
	}

	@Override
	boolean hasAesUnit() {
		return true;
	}

	@Override
	boolean hasHashUnit() {
		return false;
	}
}
