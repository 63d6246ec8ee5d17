/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.bouncycastle.util;

/**
 * Stands in for Bouncy Castle's class of the same name on a device class path.
 *
 * <p>The static initialiser of the original asks the security manager for the line separator, which EDC has not; that of the ChaCha20 engine
 * needs the class for its constants.
 *
 * <p>Of the original's methods only those exist that a device reaches; another one reached ends the build.
 */
public final class Strings {

	private Strings() {
	}

	/**
	 * Takes the low byte of each character. Allocates the result.
	 *
	 * @param string
	 *            ASCII.
	 * @return a new array, a byte a character.
	 */
	public static byte[] toByteArray(String string) {
		byte[] bytes = new byte[string.length()];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) string.charAt(i);
		}
		return bytes;
	}
}
