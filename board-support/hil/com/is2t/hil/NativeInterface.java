/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.is2t.hil;

/** What a mock asks of the simulator; here, nothing. */
public final class NativeInterface {

	NativeInterface() {
		// made by HIL
	}

	/** Would fetch the content of part of an array from the application. */
	public void refreshContent(Object array, int offset, int length) {
		// the array is the application's own
	}

	/** Would give the application the content of part of an array. */
	public void flushContent(Object array, int offset, int length) {
		// the array is the application's own
	}
}
