/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.PortableSymmetricCrypto;

/** What one firmware has and another has not: primitives and sizes. */
abstract class Profile {

	/** The largest plaintext of a record received, in bytes, if the console does not say otherwise. */
	final int recordInLimit;
	/** The largest plaintext of a record sent. */
	final int recordOutLimit;
	/** Room for trust anchors: some 90 bytes each with a key on P-256, 290 with RSA-2048. */
	final int anchorsLength;

	/** What an engine takes of a device's heap without its record buffers, in bytes, and a little more. */
	final int engineLength;

	Profile(int recordInLimit, int recordOutLimit, int anchorsLength, int engineLength) {
		this.recordInLimit = recordInLimit;
		this.recordOutLimit = recordOutLimit;
		this.anchorsLength = anchorsLength;
		this.engineLength = engineLength;
	}

	/** Makes the portable primitives of one engine. */
	abstract CryptoProvider newCrypto();

	/** Gets elliptic curves, or symmetric primitives alone if the build profile has none. */
	static CryptoProvider withoutRsa() {
		CryptoProvider curves = Features.curves();
		return curves == null ? new PortableSymmetricCrypto() : curves;
	}
}
