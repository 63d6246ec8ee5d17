/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.cloud.DeviceClock;
import dev.thimble.cloud.Jwt;
import dev.thimble.cloud.JwtPassword;
import dev.thimble.cloud.MqttPassword;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;
import dev.thimble.identity.Identity;

/** Tokens as passwords: signed with a key of the device's own. */
final class TelemetryToken {

	private static final int LENGTH = 640;

	private final byte[] key;
	private final String keyId;
	private final String issuer;
	private final String audience;
	private final int lifetime;

	/** Notes what tokens say; texts may be null. */
	TelemetryToken(byte[] key, String keyId, String issuer, String audience, int lifetime) {
		this.key = key;
		this.keyId = keyId;
		this.issuer = issuer;
		this.audience = audience;
		this.lifetime = lifetime;
	}

	/** Makes their source. Its primitives are its own: those of an engine are busy in a handshake. */
	MqttPassword source(CryptoProvider crypto, DeviceClock clock, String subject) {
		Signer signer = Identity.rawKey(crypto, this.key).signer();
		int hash = signer.algorithm() == SignatureVerifier.ECDSA_P384 ? Hash.SHA_384 : Hash.SHA_256;
		return new JwtPassword(new Jwt(signer, crypto.workHash(hash)), clock, LENGTH, this.lifetime).keyId(this.keyId).issuer(this.issuer).subject(subject)
				.audience(this.audience);
	}
}
