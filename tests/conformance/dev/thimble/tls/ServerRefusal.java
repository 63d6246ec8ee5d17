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

import dev.thimble.support.EngineHarness;
import dev.thimble.support.PeerRecords;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.SecretSearch;
import dev.thimble.support.ServerConfigs;

/**
 * One thing a client does wrong, and how the engine has to end: its own code, the alert RFC 8446 asks for, really on the wire.
 *
 * @param name
 *            what the client does wrong.
 * @param error
 *            a code of TlsError.
 * @param alert
 *            the alert's number.
 * @param client
 *            makes the client do it.
 * @param config
 *            changes the engine's configuration.
 */
record ServerRefusal(String name, int error, int alert, Consumer<ScriptedClient> client, Consumer<EngineConfig> config) {

	static ServerRefusal of(String name, int error, int alert, Consumer<ScriptedClient> client) {
		return new ServerRefusal(name, error, alert, client, c -> {
		});
	}

	ServerRefusal with(Consumer<EngineConfig> change) {
		return new ServerRefusal(this.name, this.error, this.alert, this.client, change);
	}

	/** Runs a handshake with the client and checks that the engine refuses it. */
	void run(boolean encryptedAlert) {
		EngineConfig engineConfig = ServerConfigs.of("P-256");
		this.config.accept(engineConfig);
		ScriptedClient scripted = new ScriptedClient();
		this.client.accept(scripted);
		EngineHarness harness = EngineHarness.connect(engineConfig, scripted);
		assertRefused(harness, scripted, this.error, this.alert, encryptedAlert);
		assertFalse(harness.everComplete, "the handshake counted as complete");
		assertFalse(harness.engine.clientVerified());
	}

	/** Checks everything that has to be true of an engine that has refused its peer. */
	static void assertRefused(EngineHarness harness, ScriptedClient client, int error, int alert, boolean encryptedAlert) {
		TlsEngine engine = harness.engine;
		assertEquals(TlsError.name(error), TlsError.name(engine.error()));
		assertEquals(TlsEngine.CLOSED, engine.state(), "state");
		assertEquals(Alert.name(alert), Alert.name(engine.alertSent()), "alert the engine says it sent");
		assertEquals(new PeerRecords.Alert(2, alert, encryptedAlert), client.server.alert(), "alert on the wire");
		assertEquals(0, harness.received().length, "application bytes delivered");
		assertNull(new SecretSearch().add(client).findIn(engine), "secrets left");
	}

	@Override
	public String toString() {
		return this.name;
	}
}
