/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

/** The demo cannot go on: a sentence that says what did not happen and what to look at. */
final class DemoFailure extends Exception {

	private static final long serialVersionUID = 1L;

	DemoFailure(String sentence) {
		super(sentence);
	}
}
