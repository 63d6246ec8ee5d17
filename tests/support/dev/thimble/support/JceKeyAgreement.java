/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.Arrays;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.Random;

/** ECDH of the JDK behind the engine's interface. The key pair follows from the random bytes, so that a test can repeat a ClientHello. */
final class JceKeyAgreement implements KeyAgreement {

	private final int group;
	private EphemeralKey key;
	private byte[] output;
	private boolean ready;

	JceKeyAgreement(int group) {
		this.group = group;
	}

	@Override
	public int publicKeyLength() {
		return this.group == X25519 ? 32 : this.group == SECP256R1 ? 65 : 97;
	}

	@Override
	public int secretLength() {
		return this.group == SECP384R1 ? 48 : 32;
	}

	@Override
	public void startKeyPair(Random random) {
		byte[] seed = new byte[64];
		this.ready = false;
		this.output = null;
		if (random.generate(seed, 0, seed.length)) {
			this.key = EphemeralKey.generate(this.group, seed);
			this.output = this.key.share;
		}
	}

	@Override
	public void startAgreement(byte[] peerKey, int offset, int length) {
		this.ready = false;
		this.output = null;
		if (length != publicKeyLength()) {
			return;
		}
		byte[] peer = Arrays.copyOfRange(peerKey, offset, offset + length);
		if (this.group != X25519 && peer[0] != 4) {
			return;
		}
		try {
			this.output = this.key.agree(peer);
		} catch (IllegalStateException e) {
			// The JDK refuses the key; so does this.
			this.output = null;
		}
	}

	@Override
	public boolean step() {
		boolean done = this.ready;
		this.ready = true;
		return done;
	}

	@Override
	public int result(byte[] to, int offset) {
		if (this.output == null) {
			return -1;
		}
		System.arraycopy(this.output, 0, to, offset, this.output.length);
		return this.output.length;
	}

	@Override
	public void wipe() {
		this.key = null;
		this.output = null;
	}
}
