/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.function.Consumer;

import dev.thimble.support.ClientRecords;
import dev.thimble.support.EngineHarness;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.SecretSearch;

/**
 * One thing a server does wrong, and how the engine has to end: its own code, the alert RFC 8446 asks for, really on the wire.
 *
 * @param name
 *            what the server does wrong.
 * @param error
 *            a code of TlsError.
 * @param alert
 *            the alert's number.
 * @param server
 *            makes the server do it.
 * @param config
 *            changes the engine's configuration.
 */
record Refusal(String name, int error, int alert, Consumer<ScriptedServer> server, Consumer<EngineConfig> config) {

	static Refusal of(String name, int error, int alert, Consumer<ScriptedServer> server) {
		return new Refusal(name, error, alert, server, c -> {
		});
	}

	Refusal with(Consumer<EngineConfig> change) {
		return new Refusal(this.name, this.error, this.alert, this.server, change);
	}

	/** Runs a handshake with the server and checks that the engine refuses it. */
	void run(boolean encryptedAlert) {
		EngineConfig engineConfig = EngineHarness.config();
		this.config.accept(engineConfig);
		ScriptedServer scripted = new ScriptedServer();
		this.server.accept(scripted);
		EngineHarness harness = EngineHarness.connect(engineConfig, scripted);
		assertRefused(harness, this.error, this.alert, encryptedAlert);
		assertFalse(harness.everComplete, "the handshake counted as complete");
	}

	/** Checks everything that has to be true of an engine that has refused its peer. */
	static void assertRefused(EngineHarness harness, int error, int alert, boolean encryptedAlert) {
		TlsEngine engine = harness.engine;
		assertEquals(TlsError.name(error), TlsError.name(engine.error()));
		assertEquals(error, engine.error());
		assertEquals(TlsEngine.CLOSED, engine.state(), "state");
		assertEquals(Alert.name(alert), Alert.name(engine.alertSent()), "alert the engine says it sent");
		assertEquals(new ClientRecords.Alert(2, alert, encryptedAlert), harness.server.client.alert(), "alert on the wire");
		assertEquals(0, harness.received().length, "application bytes delivered");
		assertNull(new SecretSearch().add(harness.server).findIn(engine), "secrets left");
	}

	/** As {@link #assertRefused}, where no alert may be sent. */
	static void assertEndedSilently(EngineHarness harness, int error) {
		TlsEngine engine = harness.engine;
		assertEquals(TlsError.name(error), TlsError.name(engine.error()));
		assertEquals(TlsEngine.CLOSED, engine.state(), "state");
		assertNull(harness.server.client.alert(), "alert on the wire");
		assertEquals(-1, engine.alertSent(), "alert the engine says it sent");
		assertNull(new SecretSearch().add(harness.server).findIn(engine), "secrets left");
	}

	@Override
	public String toString() {
		return this.name;
	}
}
