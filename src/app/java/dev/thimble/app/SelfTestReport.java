/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.Console;

/** Counts what passes and says what does not. */
final class SelfTestReport {

	private final Console console;
	private int passed;
	private int failed;

	SelfTestReport(Console console) {
		this.console = console;
	}

	void begin(byte[] name, int length) {
		this.console.print("self-test: ").printText(name, 0, length).println();
	}

	/** Takes note of a result. */
	void check(String test, boolean right) {
		check(test, "", right);
	}

	/** Takes note of a result of a variant. */
	void check(String test, String variant, boolean right) {
		if (right) {
			this.passed++;
		} else {
			this.failed++;
		}
		this.console.print(right ? "pass: " : "FAIL: ").print(test).print(variant.length() == 0 ? "" : ", ").println(variant);
	}

	void stack(int bytes) {
		this.console.print("stack: ").print(bytes).println(" bytes");
	}

	/** Prints the sums; tells whether nothing failed. */
	boolean end() {
		this.console.print(this.passed).print(" passed, ").print(this.failed).println(" failed");
		return this.failed == 0;
	}
}
