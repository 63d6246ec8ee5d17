/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** What a {@link ScriptedServer12} does, to be rearranged by a test. */
public final class Script12 extends StepList<ServerStep12, Script12> {

	private Script12(ServerStep12... steps) {
		super(steps);
	}

	public static Script12 of(ServerStep12... steps) {
		return new Script12(steps);
	}

	/** The full handshake of RFC 5246 figure 1. */
	public static Script12 full() {
		return new Script12(ServerStep12.AWAIT_HELLO, ServerStep12.HELLO, ServerStep12.CERTIFICATE, ServerStep12.KEY_EXCHANGE,
				ServerStep12.DONE, ServerStep12.AWAIT_FINISHED, ServerStep12.CHANGE_CIPHER_SPEC, ServerStep12.FINISHED);
	}

	/** The full handshake with a CertificateRequest. */
	public static Script12 requested() {
		return full().before(ServerStep12.DONE, ServerStep12.REQUEST);
	}

	/** A handshake with a pre-shared key, with ECDHE or without: RFC 4279 §2. */
	public static Script12 psk() {
		return full().remove(ServerStep12.CERTIFICATE);
	}

	/** The abbreviated handshake of RFC 5246 figure 2. */
	public static Script12 resumed() {
		return new Script12(ServerStep12.AWAIT_HELLO, ServerStep12.HELLO, ServerStep12.CHANGE_CIPHER_SPEC, ServerStep12.FINISHED,
				ServerStep12.AWAIT_FINISHED);
	}

	/** With a NewSessionTicket where RFC 5077 §3.3 has it. */
	public Script12 withTicket() {
		return before(ServerStep12.CHANGE_CIPHER_SPEC, ServerStep12.TICKET);
	}

	@Override
	Script12 self() {
		return this;
	}
}
