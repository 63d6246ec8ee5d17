/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says in words what an exception means for the user of a command. */
final class FailureText {

	private FailureText() {
	}

	static String of(Throwable failure) {
		if (failure instanceof CommandFailure) {
			return failure.getMessage();
		}
		if (failure instanceof NoSuchFileException) {
			return "There is no file " + failure.getMessage() + ".";
		}
		if (failure instanceof AccessDeniedException) {
			return "The file " + failure.getMessage() + " may not be read or written.";
		}
		if (failure instanceof UnknownHostException) {
			return "The host " + failure.getMessage() + " is not known; check its name and the network.";
		}
		if (failure instanceof SocketTimeoutException || failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
			return "No connection: " + failure.getMessage() + ".";
		}
		return failure.getMessage() == null ? failure.toString() : failure.getClass().getSimpleName() + ": " + failure.getMessage();
	}
}
