/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

import io.moquette.broker.security.IAuthenticator;

/** A broker's gate: a device's password is a token, which jose4j, a library of others, verifies with the device's public key. */
final class TokenGate implements IAuthenticator {

	/** Whom tokens have to be for. */
	static final String AUDIENCE = "thimble-demo";

	private final PublicKey key;
	private final byte[] subscriberPassword;
	private volatile String verdict = "";

	/** Verifies tokens of the device with its key; the subscriber has a password. */
	TokenGate(PublicKey key, String subscriberPassword) {
		this.key = key;
		this.subscriberPassword = subscriberPassword.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public boolean checkValid(String client, String user, byte[] password) {
		if (password == null) {
			return false;
		}
		if (People.SUBSCRIBER.equals(client)) {
			return java.security.MessageDigest.isEqual(password, this.subscriberPassword);
		}
		JwtConsumer consumer = new JwtConsumerBuilder().setRequireExpirationTime().setRequireIssuedAt().setExpectedAudience(AUDIENCE)
				.setExpectedSubject(client).setVerificationKey(this.key)
				.setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256).build();
		try {
			JwtClaims claims = consumer.processToClaims(new String(password, StandardCharsets.US_ASCII));
			this.verdict = "token of " + claims.getSubject() + " for " + AUDIENCE + ", ES256, verified by jose4j";
			return true;
		} catch (InvalidJwtException | org.jose4j.jwt.MalformedClaimException e) {
			this.verdict = "token REFUSED by jose4j: " + e.getMessage();
			return false;
		}
	}

	/** Says what came of the last token; "" if there was none. */
	String verdict() {
		return this.verdict;
	}
}
