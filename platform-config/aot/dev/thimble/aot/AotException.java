/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

/** A build that cannot go on; the message says why and what to do. */
final class AotException extends RuntimeException {

	private static final long serialVersionUID = 1;

	AotException(String message) {
		super(message);
	}

	AotException(String message, Throwable cause) {
		super(message, cause);
	}
}
