/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.bouncycastle.crypto;

/**
 * Stands in for Bouncy Castle's class of the same name on a device class path.
 *
 * <p>Bouncy Castle's digests, ciphers and MACs report to the original when they are constructed. Its static initialiser needs loggers,
 * thread locals, BigInteger and SecureRandom, none of which EDC has. Here nothing is registered and everything is permitted: which
 * primitives a firmware has is decided by what it is linked from.
 *
 * <p>Of the original's methods only those exist that a device reaches; another one reached ends the build.
 */
public final class CryptoServicesRegistrar {

	private CryptoServicesRegistrar() {
	}

	/**
	 * Permits a service.
	 *
	 * @param properties
	 *            what the service is; not looked at.
	 */
	public static void checkConstraints(CryptoServiceProperties properties) {
		// no policy on a device
	}
}
