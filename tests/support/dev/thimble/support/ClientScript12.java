/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** What a {@link ScriptedClient12} does, to be rearranged by a test. */
public final class ClientScript12 extends StepList<ClientStep12, ClientScript12> {

	private ClientScript12(ClientStep12... steps) {
		super(steps);
	}

	public static ClientScript12 of(ClientStep12... steps) {
		return new ClientScript12(steps);
	}

	/** The full handshake of RFC 5246 figure 1, with a certificate of the server or a pre-shared key. */
	public static ClientScript12 full() {
		return new ClientScript12(ClientStep12.HELLO, ClientStep12.AWAIT_DONE, ClientStep12.KEY_EXCHANGE, ClientStep12.CHANGE_CIPHER_SPEC,
				ClientStep12.FINISHED, ClientStep12.AWAIT_FINISHED);
	}

	/** With the client's certificate, which the server is to ask for. */
	public static ClientScript12 certified() {
		return full().before(ClientStep12.KEY_EXCHANGE, ClientStep12.CERTIFICATE).after(ClientStep12.KEY_EXCHANGE, ClientStep12.VERIFY);
	}

	/** The abbreviated handshake of RFC 5246 figure 2. */
	public static ClientScript12 resumed() {
		return new ClientScript12(ClientStep12.HELLO, ClientStep12.AWAIT_FINISHED, ClientStep12.CHANGE_CIPHER_SPEC, ClientStep12.FINISHED);
	}

	@Override
	ClientScript12 self() {
		return this;
	}
}
