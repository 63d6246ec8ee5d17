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

/** What Thimble itself can do of the matrix. Who adds a feature takes its line out here and has all its cells run. */
final class ThimbleFeatures {

	private ThimbleFeatures() {
	}

	/** Tells why Thimble cannot be in a cell yet; null if it can. */
	static String notYet(Role role, Version version, Mode mode) {
		if (role == Role.SERVER) {
			return "not yet: Thimble's server role";
		}
		if (version == Version.TLS12) {
			return "not yet: Thimble's TLS 1.2 client";
		}
		switch (mode) {
		case PSK:
			return "not yet: Thimble's external pre-shared keys";
		case RAW_KEY:
			return "not yet: Thimble's raw public keys";
		case RESUMED:
		case RESTARTED:
			return "not yet: Thimble's resumption";
		default:
			return null;
		}
	}
}
