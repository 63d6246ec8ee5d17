/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.is2t.hil;

/**
 * Stands in for the class of MicroEJ's simulator by which a mock reaches it. On a plain JVM mock and application share their arrays, so there is
 * nothing to be done. In MicroEJ's simulator the real class of this name is on the class path and this one is not.
 */
public final class HIL {

	private static final NativeInterface INSTANCE = new NativeInterface();

	private HIL() {
	}

	/** Gets the interface to the simulator. */
	public static NativeInterface getInstance() {
		return INSTANCE;
	}
}
