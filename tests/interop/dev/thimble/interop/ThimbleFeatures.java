/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import dev.thimble.support.peer.Mode;
import dev.thimble.support.peer.Role;
import dev.thimble.support.peer.Version;

/** What Thimble itself can not do of the matrix. Who adds a feature takes its line out here and has all its cells run. */
final class ThimbleFeatures {

	private ThimbleFeatures() {
	}

	/** Tells why Thimble cannot be in a cell; null if it can. */
	static String cannot(Role role, Version version, Mode mode) {
		if (mode == Mode.RAW_KEY && version == Version.TLS12) {
			return "Thimble has raw public keys in TLS 1.3 only";
		}
		return null;
	}
}
