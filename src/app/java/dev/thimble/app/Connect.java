/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;

/**
 * The firmware that connects to a server at the word of its console, with every primitive its build profile
 * has: with most, RSA with up to 4096 bits included. Its records hold 4 KB
 * in and 2 KB out.
 */
public final class Connect extends Profile {

	private Connect() {
		super(4096, 2048, 2048, 12 * 1024);
	}

	/**
	 * Runs the firmware; it never returns.
	 *
	 * @param args
	 *            not looked at.
	 */
	public static void main(String[] args) {
		new Shell(new Connect()).run();
	}

	@Override
	CryptoProvider newCrypto() {
		CryptoProvider rsa = Features.rsa();
		return rsa == null ? withoutRsa() : rsa;
	}
}
