/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** What a {@link ScriptedClient} does, to be rearranged by a test. */
public final class ClientScript extends StepList<ClientStep, ClientScript> {

	private ClientScript(ClientStep... steps) {
		super(steps);
	}

	public static ClientScript of(ClientStep... steps) {
		return new ClientScript(steps);
	}

	/** The handshake of RFC 8446 figure 1 in middlebox compatibility mode; also that of figure 3, if there are pre-shared keys. */
	public static ClientScript full() {
		return new ClientScript(ClientStep.HELLO, ClientStep.AWAIT_FINISHED, ClientStep.CHANGE_CIPHER_SPEC, ClientStep.HANDSHAKE_KEYS,
				ClientStep.FINISHED, ClientStep.APPLICATION_KEYS);
	}

	/** The handshake of RFC 8446 figure 2, with HelloRetryRequest. */
	public static ClientScript retried() {
		return full().remove(ClientStep.CHANGE_CIPHER_SPEC).after(ClientStep.HELLO, ClientStep.AWAIT_RETRY, ClientStep.CHANGE_CIPHER_SPEC,
				ClientStep.HELLO);
	}

	/** With the client's certificate, which the server is to ask for. */
	public static ClientScript certified() {
		return full().before(ClientStep.FINISHED, ClientStep.CERTIFICATE, ClientStep.VERIFY);
	}

	/** The handshake of RFC 8446 figure 4, with early data. */
	public static ClientScript early() {
		return full().remove(ClientStep.CHANGE_CIPHER_SPEC).after(ClientStep.HELLO, ClientStep.CHANGE_CIPHER_SPEC, ClientStep.EARLY_DATA)
				.before(ClientStep.HANDSHAKE_KEYS, ClientStep.END_OF_EARLY_DATA);
	}

	@Override
	ClientScript self() {
		return this;
	}
}
