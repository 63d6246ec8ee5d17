/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.PeerJudge;

/** Judges a peer as the options of a socket say, and remembers the result. */
/* package */ final class SocketJudge extends PeerJudge {

	private final SecuritySettings settings;
	private int result;

	/* package */ SocketJudge(SecuritySettings settings) {
		this.settings = settings;
	}

	/** Begins with a new connection. */
	/* package */ void reset() {
		this.result = PeerVerification.NOT_VERIFIED;
	}

	@Override
	public boolean accept(int error, int depth) {
		if (this.settings.verification == PeerVerification.NONE) {
			return true;
		}
		this.result = error;
		if (this.settings.callback != null) {
			// It may narrow what the mode allows, and with optional verification widen it.
			return this.settings.callback.accept(error, depth) && (error == 0 || this.settings.verification == PeerVerification.OPTIONAL);
		}
		return error == 0 || this.settings.verification == PeerVerification.OPTIONAL;
	}

	/* package */ int result() {
		return this.result;
	}
}
