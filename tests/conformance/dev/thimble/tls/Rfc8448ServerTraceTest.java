/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.ServerConfigs;
import dev.thimble.support.ServerIdentity;

/**
 * The trace of RFC 8448 §3 from the server's side: the engine with the portable primitives answers the RFC's ClientHello with the RFC's ServerHello,
 * byte for byte, and has its handshake traffic secrets. Behind that the RFC's server has an RSA key of 1024 bits, which we have not.
 */
class Rfc8448ServerTraceTest {

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100, 100000 })
	void simpleHandshake(int chunk) {
		Rfc8448 rfc = new Rfc8448(3);
		byte[] expected = rfc.get("ServerHello record");
		Deque<byte[]> random = new ArrayDeque<>();
		random.add(Arrays.copyOfRange(rfc.get("ServerHello"), 6, 38));
		random.add(rfc.get("server private key"));
		PortableEcCrypto crypto = new PortableEcCrypto();
		Map<String, byte[]> secrets = new LinkedHashMap<>();
		EngineConfig config = new EngineConfig(crypto, (output, offset, length) -> {
			System.arraycopy(random.remove(), 0, output, offset, length);
			return true;
		}, null, null, new Tls13Server()).identity(ServerConfigs.identity(crypto, ServerIdentity.of("P-256")))
				.cipherSuites(CipherSuite.TLS_AES_128_GCM_SHA256).keyLog((label, clientRandom, secret, length) -> {
					assertEquals(Octets.hex(Arrays.copyOfRange(rfc.get("ClientHello"), 6, 38)), Octets.hex(clientRandom));
					secrets.put(label, Arrays.copyOf(secret, length));
				});
		TlsEngine engine = new TlsEngine(config);
		engine.accept();
		byte[] hello = rfc.get("ClientHello record");
		Octets sent = new Octets();
		int at = 0;
		while (sent.length() <= expected.length) {
			int state = engine.state();
			if ((state & TlsEngine.HAS_RECORD_OUT) != 0) {
				int from = engine.recordOutOffset();
				sent.add(Arrays.copyOfRange(engine.recordOutArray(), from, from + engine.recordOutLength()));
				engine.recordOutAck(engine.recordOutLength());
			} else if ((state & TlsEngine.BUSY) != 0) {
				engine.step();
			} else {
				int count = Math.min(Math.min(chunk, hello.length - at), engine.recordInLength());
				System.arraycopy(hello, at, engine.recordInArray(), engine.recordInOffset(), count);
				at += count;
				engine.recordInAck(count);
			}
			assertEquals(TlsError.name(0), TlsError.name(engine.error()));
		}
		assertEquals(Octets.hex(expected), Octets.hex(Arrays.copyOf(sent.toBytes(), expected.length)));
		assertEquals(Octets.hex(rfc.get("client handshake traffic secret")), Octets.hex(secrets.get("CLIENT_HANDSHAKE_TRAFFIC_SECRET")));
		assertEquals(Octets.hex(rfc.get("server handshake traffic secret")), Octets.hex(secrets.get("SERVER_HANDSHAKE_TRAFFIC_SECRET")));
		byte[] name = new byte[10];
		assertEquals("server", new String(name, 0, engine.serverName(name, 0), java.nio.charset.StandardCharsets.US_ASCII));
	}
}
