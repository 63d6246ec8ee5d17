/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import dev.thimble.support.EngineHarness;
import dev.thimble.support.ScriptedServer;

/** While a record is being sealed none is opened: the AEADs of a provider share one operation. */
class SealingTest {

	private static final byte[] SENT = ScriptedServer.bytes(1, 2048);
	private static final byte[] ANSWER = ScriptedServer.bytes(2, 700);

	@Test
	void theInboundWindowIsShutWhileARecordIsSealed() {
		ScriptedServer server = new ScriptedServer();
		EngineHarness harness = EngineHarness.connect(EngineHarness.config(), server);
		TlsEngine engine = harness.engine;
		assertTrue(engine.handshakeComplete());
		int count = Math.min(SENT.length, engine.appOutLength());
		System.arraycopy(SENT, 0, engine.appOutArray(), engine.appOutOffset(), count);
		engine.appOutAck(count);
		engine.flush();
		int shut = 0;
		while ((engine.state() & TlsEngine.HAS_RECORD_OUT) == 0) {
			assertTrue((engine.state() & TlsEngine.BUSY) != 0);
			engine.step();
			if ((engine.state() & TlsEngine.HAS_RECORD_OUT) == 0) {
				assertEquals(0, engine.state() & TlsEngine.WANTS_RECORD_IN);
				assertEquals(0, engine.recordInLength());
				shut++;
			}
		}
		assertTrue(shut > 1, "a record of 2 KB takes several steps");
		assertTrue(engine.recordInLength() > 0);
		harness.run();
		assertArrayEquals(java.util.Arrays.copyOf(SENT, count), server.client.data());
	}
}
