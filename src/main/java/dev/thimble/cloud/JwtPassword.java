/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.x509.PathError;

/**
 * A password that is a token: made for each connection, and good for as long as that takes to be made and no longer than it was said.
 */
public final class JwtPassword implements MqttPassword {

	private final Jwt jwt;
	private final DeviceClock clock;
	private final byte[] array;
	private final int lifetime;
	private String keyId;
	private String issuer;
	private String subject;
	private String audience;
	private int length;
	private int error;

	/**
	 * Creates the source of passwords.
	 *
	 * @param jwt
	 *            makes the tokens.
	 * @param clock
	 *            tells when they are made; while it is not trusted there is no password.
	 * @param capacity
	 *            the most bytes a token has: some 300 and the claims with ES256, 600 with a key of RSA-2048.
	 * @param lifetime
	 *            how long a token is good, in seconds.
	 */
	public JwtPassword(Jwt jwt, DeviceClock clock, int capacity, int lifetime) {
		this.jwt = jwt;
		this.clock = clock;
		this.array = new byte[capacity];
		this.lifetime = lifetime;
	}

	/**
	 * Sets which key signs ("kid").
	 *
	 * @param id
	 *            null (the default): not said.
	 * @return this.
	 */
	public JwtPassword keyId(String id) {
		this.keyId = id;
		return this;
	}

	/**
	 * Sets who issues the tokens ("iss").
	 *
	 * @param name
	 *            null (the default): not said.
	 * @return this.
	 */
	public JwtPassword issuer(String name) {
		this.issuer = name;
		return this;
	}

	/**
	 * Sets whom the tokens are about ("sub").
	 *
	 * @param name
	 *            null (the default): not said.
	 * @return this.
	 */
	public JwtPassword subject(String name) {
		this.subject = name;
		return this;
	}

	/**
	 * Sets whom the tokens are for ("aud").
	 *
	 * @param name
	 *            null (the default): not said.
	 * @return this.
	 */
	public JwtPassword audience(String name) {
		this.audience = name;
		return this;
	}

	@Override
	public void start() {
		this.length = 0;
		this.error = PathError.TIME_UNKNOWN;
		if (!this.clock.trusted()) {
			return;
		}
		this.error = CloudError.NONE;
		long now = this.clock.seconds();
		this.jwt.begin(this.array, 0, this.array.length);
		if (this.keyId != null) {
			this.jwt.keyId(this.keyId);
		}
		if (this.issuer != null) {
			this.jwt.issuer(this.issuer);
		}
		if (this.subject != null) {
			this.jwt.subject(this.subject);
		}
		if (this.audience != null) {
			this.jwt.audience(this.audience);
		}
		this.jwt.issuedAt(now).expires(now + this.lifetime).start();
	}

	@Override
	public boolean step() {
		if (this.error != CloudError.NONE) {
			return true;
		}
		if (!this.jwt.step()) {
			return false;
		}
		this.length = this.jwt.result();
		this.error = this.length < 0 ? this.jwt.error() : CloudError.NONE;
		return true;
	}

	@Override
	public int error() {
		return this.error;
	}

	@Override
	public byte[] array() {
		return this.array;
	}

	@Override
	public int offset() {
		return 0;
	}

	@Override
	public int length() {
		return this.length;
	}
}
