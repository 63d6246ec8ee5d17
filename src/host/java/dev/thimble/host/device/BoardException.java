/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;

/** A board did not do in time what it was to do. */
public final class BoardException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 *
	 * @param sentence
	 *            what did not happen.
	 * @param transcript
	 *            what the console said.
	 */
	public BoardException(String sentence, String transcript) {
		super(transcript.isBlank() ? sentence + "; the console said nothing" : sentence + "; the console said:\n" + transcript);
	}
}
