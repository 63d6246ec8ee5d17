/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of the ClientHellos that are wrong and of those that only look so: JSSE or Bouncy Castle finds the same, or the test says that neither does. */
class HelloCaseTest {

	/** What both let pass: they look only at what they need. */
	private static final List<String> STRICTER = List.of("application protocols of none", "record_size_limit of 63",
			"record_size_limit of one byte", "more than the null compression method", "two shares of one group");

	static Stream<Arguments> all() {
		return Stream.of(Stream.of(true, false).flatMap(tls13 -> (tls13 ? HelloCase.refused13() : HelloCase.refused12()).stream()
				.map(c -> Arguments.of(tls13, c))),
				Stream.of(true, false).flatMap(tls13 -> (tls13 ? HelloCase.tolerated13() : HelloCase.tolerated12()).stream()
						.map(c -> Arguments.of(tls13, c))))
				.flatMap(s -> s);
	}

	@ParameterizedTest
	@MethodSource("all")
	void othersAgree(boolean tls13, HelloCase hello) throws Exception {
		boolean jsse = jsse(tls13, hello);
		boolean bouncyCastle = bouncyCastle(tls13, hello);
		String name = (tls13 ? "1.3: " : "1.2: ") + hello.name();
		if (hello.alerts().isEmpty()) {
			assertTrue(jsse || bouncyCastle, name);
		} else {
			assertTrue(STRICTER.contains(hello.name()) == (jsse && bouncyCastle), name + ": JSSE " + jsse + ", Bouncy Castle " + bouncyCastle);
		}
	}

	private static ScriptedPeer<?, ?> client(boolean tls13, HelloCase hello) {
		if (tls13) {
			ScriptedClient client = new ScriptedClient();
			client.hello = hello.edit();
			client.groups = List.of(TlsNumbers.X25519, TlsNumbers.SECP256R1);
			return client;
		}
		ScriptedClient12 client = new ScriptedClient12();
		client.hello = hello.edit();
		return client;
	}

	private static boolean jsse(boolean tls13, HelloCase hello) throws Exception {
		ScriptedPeer<?, ?> client = client(tls13, hello);
		JssePeer server = new JssePeer(JssePeer.context(ServerIdentity.of("P-256"), true), client, tls13 ? "TLSv1.3" : "TLSv1.2");
		try {
			server.run();
		} catch (SSLException e) {
			return false;
		} catch (IllegalStateException e) {
			// It has not noticed, and the keys are not the same.
			return true;
		}
		return client.records().finished;
	}

	private static boolean bouncyCastle(boolean tls13, HelloCase hello) throws IOException {
		ScriptedPeer<?, ?> client = client(tls13, hello);
		BcPeer server = new BcPeer(client, tls13 ? ProtocolVersion.TLSv13 : ProtocolVersion.TLSv12,
				tls13 ? TlsNumbers.AES_128_GCM_SHA256 : Suite12.ECDHE_ECDSA_WITH_AES_128_GCM_SHA256.number);
		server.identity = ServerIdentity.of("P-256");
		server.start();
		try {
			server.run();
		} catch (IOException e) {
			return false;
		} catch (IllegalStateException e) {
			return true;
		}
		return client.records().finished;
	}
}
