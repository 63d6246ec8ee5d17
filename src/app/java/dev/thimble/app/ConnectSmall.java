/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.crypto.CryptoProvider;

/**
 * {@link Connect} for a device with 64 KB of RAM and servers with elliptic-curve certificates: no RSA is linked, and records hold 2 KB in and 512 bytes
 * out.
 */
public final class ConnectSmall extends Profile {

	private ConnectSmall() {
		super(2048, 512, 512, 9 * 1024);
	}

	/**
	 * Runs the firmware; it never returns.
	 *
	 * @param args
	 *            not looked at.
	 */
	public static void main(String[] args) {
		new Shell(new ConnectSmall()).run();
	}

	@Override
	CryptoProvider newCrypto() {
		return withoutRsa();
	}
}
