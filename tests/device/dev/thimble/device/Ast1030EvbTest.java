/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

/** A board with a hash unit, and a wire. */
class Ast1030EvbTest extends QemuTests {

	Ast1030EvbTest() {
		super("ast1030-evb");
	}

	@Override
	boolean hasAesUnit() {
		return false;
	}

	@Override
	boolean hasHashUnit() {
		return true;
	}
}
