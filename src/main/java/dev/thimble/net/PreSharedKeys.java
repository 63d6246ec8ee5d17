/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Tls13PskClient;

/** Lets security tags lead to pre-shared keys, see {@link EnginePool#preSharedKeys}. */
public final class PreSharedKeys {

	/** Who has no trusted roots speaks this. */
	private final Protocol[] protocols = { new Tls13PskClient() };

	/** Creates the feature. */
	public PreSharedKeys() {
		// see the methods
	}

	/* package */ Protocol[] protocols() {
		return this.protocols;
	}

	/**
	 * Reads the keys of all tags.
	 *
	 * @throws IllegalArgumentException
	 *             if a key lacks its identity or one of the two is too long.
	 */
	/* package */ PreSharedKey[] read(Credentials credentials, int[] tags) {
		int count = 0;
		for (int i = 0; i < tags.length; i++) {
			count += credentials.get(tags[i], Credentials.PSK) == null ? 0 : 1;
		}
		PreSharedKey[] keys = new PreSharedKey[count];
		int at = 0;
		for (int i = 0; i < tags.length; i++) {
			byte[] key = credentials.get(tags[i], Credentials.PSK);
			if (key == null) {
				continue;
			}
			byte[] identity = credentials.get(tags[i], Credentials.PSK_IDENTITY);
			if (identity == null) {
				throw new IllegalArgumentException("A pre-shared key without an identity");
			}
			keys[at++] = new PreSharedKey(identity, key);
		}
		return keys;
	}
}
