/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

/** Ends a command with one sentence for its user and exit code 1. */
public final class CommandFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates a failure.
	 *
	 * @param sentence
	 *            what happened and, if anything can be done, what to do.
	 */
	public CommandFailure(String sentence) {
		super(sentence);
	}
}
