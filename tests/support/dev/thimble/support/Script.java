/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** What a {@link ScriptedServer} does, to be rearranged by a test. */
public final class Script extends StepList<ServerStep, Script> {

	private Script(ServerStep... steps) {
		super(steps);
	}

	public static Script of(ServerStep... steps) {
		return new Script(steps);
	}

	/** The full handshake of RFC 8446 figure 1 in middlebox compatibility mode. */
	public static Script full() {
		return new Script(ServerStep.AWAIT_HELLO, ServerStep.HELLO, ServerStep.CHANGE_CIPHER_SPEC, ServerStep.HANDSHAKE_KEYS,
				ServerStep.EXTENSIONS, ServerStep.CERTIFICATE, ServerStep.VERIFY, ServerStep.FINISHED, ServerStep.APPLICATION_KEYS,
				ServerStep.AWAIT_FINISHED);
	}

	/** The handshake of RFC 8446 figure 2, with HelloRetryRequest. */
	public static Script retried() {
		return new Script(ServerStep.AWAIT_HELLO, ServerStep.RETRY, ServerStep.CHANGE_CIPHER_SPEC, ServerStep.AWAIT_HELLO, ServerStep.HELLO,
				ServerStep.HANDSHAKE_KEYS, ServerStep.EXTENSIONS, ServerStep.CERTIFICATE, ServerStep.VERIFY, ServerStep.FINISHED,
				ServerStep.APPLICATION_KEYS, ServerStep.AWAIT_FINISHED);
	}

	/** The full handshake with a CertificateRequest. */
	public static Script requested() {
		return full().after(ServerStep.EXTENSIONS, ServerStep.REQUEST);
	}

	/** The handshake of RFC 8446 figure 3 under a pre-shared key: no certificate. */
	public static Script psk() {
		return full().remove(ServerStep.CERTIFICATE).remove(ServerStep.VERIFY);
	}

	/** As {@link #psk()} with HelloRetryRequest. */
	public static Script retriedPsk() {
		return retried().remove(ServerStep.CERTIFICATE).remove(ServerStep.VERIFY);
	}

	/** The handshake of RFC 8446 figure 4, with early data that is accepted. */
	public static Script early() {
		return psk().before(ServerStep.AWAIT_FINISHED, ServerStep.AWAIT_END_OF_EARLY_DATA);
	}

	@Override
	Script self() {
		return this;
	}
}
