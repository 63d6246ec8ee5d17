/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;

/** The provider's hashes that are used within single calls, or while nothing else hashes. */
/* package */ class WorkHashes {

	private final Hash sha256;
	private final Hash sha384;
	private final Hash sha512;

	/* package */ WorkHashes(CryptoProvider crypto) {
		this.sha256 = crypto.workHash(Hash.SHA_256);
		this.sha384 = crypto.workHash(Hash.SHA_384);
		this.sha512 = crypto.workHash(Hash.SHA_512);
	}

	/** Gets a hash, null for 0 and for one the provider lacks. */
	/* package */ final Hash hash(int algorithm) {
		switch (algorithm) {
		case Hash.SHA_256:
			return this.sha256;
		case Hash.SHA_384:
			return this.sha384;
		case Hash.SHA_512:
			return this.sha512;
		default:
			return null;
		}
	}

	/* package */ final Hash sha256() {
		return this.sha256;
	}

	/* package */ final Hash sha384() {
		return this.sha384;
	}
}
