/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.Random;
import dev.thimble.crypto.Signer;
import dev.thimble.identity.Identity;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Protocol;
import dev.thimble.x509.AnchorTable;
import dev.thimble.x509.TimeSource;
import dev.thimble.x509.TrustAnchors;

/** What an engine is made of, found by a socket's security tags. Made, read and dropped while an engine is built. */
/* package */ final class EngineParts {

	private final EngineSlot slot;
	private final Credentials credentials;
	private final CryptoProvider crypto;
	private TrustAnchors anchors;
	private Identity[] identities;
	private PreSharedKey[] keys = new PreSharedKey[0];
	private int error;

	/* package */ EngineParts(EngineSlot slot, Credentials credentials, CryptoProvider crypto, PreSharedKeys reader) {
		this.slot = slot;
		this.credentials = credentials;
		this.crypto = crypto;
		try {
			gather(reader);
		} catch (IllegalArgumentException e) {
			this.error = NetError.CREDENTIAL_INVALID;
		}
	}

	/** Gets a code of {@link NetError}. */
	/* package */ int error() {
		return this.error;
	}

	private void gather(PreSharedKeys reader) {
		SecuritySettings settings = this.slot.settings;
		this.anchors = anchors();
		this.identities = identities();
		if (count(Credentials.PSK) > 0) {
			if (reader == null) {
				this.error = NetError.FEATURE_MISSING;
				return;
			}
			this.keys = reader.read(this.credentials, settings.tags);
		}
		if (settings.server) {
			if (this.identities.length == 0 && this.keys.length == 0) {
				this.error = NetError.CREDENTIAL_UNKNOWN;
			}
		} else if (this.anchors == null && this.keys.length == 0 && settings.verification == PeerVerification.REQUIRED) {
			this.error = NetError.CREDENTIAL_MISSING;
		}
	}

	/** Tells whether a server can prove who it is by a pre-shared key only. */
	/* package */ boolean knowsByKeyAlone() {
		return this.anchors == null && this.keys.length > 0;
	}

	/* package */ boolean hasAnchors() {
		return this.anchors != null;
	}

	/** Gets the trusted roots of all tags: one table, or certificates of which a table is made; null for none. */
	private TrustAnchors anchors() {
		int count = count(Credentials.CA_CERTIFICATE);
		if (count == 0) {
			return null;
		}
		byte[][] roots = new byte[count][];
		int[] tags = this.slot.settings.tags;
		int at = 0;
		for (int i = 0; i < tags.length; i++) {
			byte[] root = this.credentials.get(tags[i], Credentials.CA_CERTIFICATE);
			if (root != null) {
				roots[at++] = root;
			}
		}
		if (count == 1 && roots[0].length > 1 && ((roots[0][0] & 0xff) << 8 | roots[0][1] & 0xff) == TrustAnchors.MAGIC) {
			return new TrustAnchors(roots[0]);
		}
		return new TrustAnchors(AnchorTable.of(this.crypto.newHash(Hash.SHA_256), roots));
	}

	private Identity[] identities() {
		Identity[] made = new Identity[count(Credentials.OWN_CERTIFICATE)];
		int[] tags = this.slot.settings.tags;
		int at = 0;
		for (int i = 0; i < tags.length; i++) {
			byte[] chain = this.credentials.get(tags[i], Credentials.OWN_CERTIFICATE);
			if (chain == null) {
				continue;
			}
			Signer signer = this.credentials.signer(tags[i]);
			byte[] key = this.credentials.get(tags[i], Credentials.PRIVATE_KEY);
			if (signer == null && key == null) {
				throw new IllegalArgumentException("A certificate without a key");
			}
			made[at++] = signer != null ? new Identity(this.crypto, chain, signer) : new Identity(this.crypto, chain, key);
		}
		return made;
	}

	private int count(int type) {
		int[] tags = this.slot.settings.tags;
		int count = 0;
		for (int i = 0; i < tags.length; i++) {
			count += this.credentials.get(tags[i], type) == null ? 0 : 1;
		}
		return count;
	}

	/* package */ EngineConfig configure(Random random, TimeSource time, Protocol[] protocols) {
		SecuritySettings settings = this.slot.settings;
		EngineConfig config = new EngineConfig(this.crypto, random, this.anchors, time, protocols).cipherSuites(settings.cipherSuites)
				.applicationProtocols(settings.applicationProtocols).pins(settings.pins).identity(this.identities);
		if (this.keys.length > 0) {
			config.preSharedKeys(this.keys);
		}
		if (!settings.server && (settings.verification != PeerVerification.REQUIRED || settings.callback != null)) {
			config.peerJudge(this.slot.judge);
		}
		return config;
	}
}
