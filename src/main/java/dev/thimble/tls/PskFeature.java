/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Makes the {@link PskOffer}s of the engines built from a configuration: an image that configures no pre-shared keys and no session has none. */
/* package */ final class PskFeature {

	/* package */ PskOffer offer(EngineConfig config, WorkHashes hashes) {
		return new PskOffer(config, hashes);
	}
}
