/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A list of the server's steps to be rearranged by a test. Steps are found by name. */
public final class Script {

	private final List<ServerStep> steps = new ArrayList<>();

	private Script(ServerStep... steps) {
		this.steps.addAll(Arrays.asList(steps));
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

	public Script before(ServerStep place, ServerStep... more) {
		this.steps.addAll(index(place), Arrays.asList(more));
		return this;
	}

	public Script after(ServerStep place, ServerStep... more) {
		this.steps.addAll(index(place) + 1, Arrays.asList(more));
		return this;
	}

	public Script replace(ServerStep place, ServerStep... others) {
		int at = index(place);
		this.steps.remove(at);
		this.steps.addAll(at, Arrays.asList(others));
		return this;
	}

	public Script remove(ServerStep place) {
		return replace(place);
	}

	/** Ends the script before a step. */
	public Script until(ServerStep place) {
		this.steps.subList(index(place), this.steps.size()).clear();
		return this;
	}

	public Script add(ServerStep... more) {
		this.steps.addAll(Arrays.asList(more));
		return this;
	}

	public List<ServerStep> steps() {
		return this.steps;
	}

	private int index(ServerStep place) {
		int at = this.steps.indexOf(place);
		if (at < 0) {
			throw new IllegalArgumentException("no step " + place.name());
		}
		return at;
	}
}
