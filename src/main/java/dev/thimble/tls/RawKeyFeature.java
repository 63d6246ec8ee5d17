/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Makes the {@link RawKeys} of the engines built from a configuration: an image that configures none has none. */
/* package */ final class RawKeyFeature {

	/* package */ RawKeys make(EngineConfig config, OwnAuthentication own) {
		return new RawKeys(config, own);
	}
}
