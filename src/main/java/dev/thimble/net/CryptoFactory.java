/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.crypto.CryptoProvider;

/** Makes the primitives of an engine: a provider serves one engine only. */
public interface CryptoFactory {

	/**
	 * Makes a provider.
	 *
	 * @return a new one.
	 */
	CryptoProvider newCrypto();
}
