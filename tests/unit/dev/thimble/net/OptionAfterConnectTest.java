/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerIdentity;

/** Every option of the table, set on a socket that is in use: typed methods throw, numbered ones have a code, and nothing changes. */
final class OptionAfterConnectTest {

	/** What may be set at any time. */
	private static final Set<Integer> ANY_TIME = Set.of(SocketOption.SEND_TIMEOUT, SocketOption.RECEIVE_TIMEOUT, SocketOption.CLOSE_TIMEOUT,
			SocketOption.BLOCKING, SocketOption.SESSION_CACHE_PURGE);
	private static final Set<Integer> READ_ONLY = Set.of(SocketOption.CIPHERSUITE_USED, SocketOption.ROLE, SocketOption.HANDSHAKE_ON_CONNECT,
			SocketOption.CERT_VERIFY_RESULT, SocketOption.ALPN_USED, SocketOption.VERSION_USED, SocketOption.RESUMED);
	private static final Set<Integer> UNSUPPORTED = Set.of(SocketOption.DTLS_HANDSHAKE_TIMEOUT_MIN, SocketOption.DTLS_HANDSHAKE_TIMEOUT_MAX,
			SocketOption.CERT_NOCOPY, SocketOption.DTLS_CID, SocketOption.DTLS_CID_STATUS, SocketOption.DTLS_CID_VALUE,
			SocketOption.DTLS_PEER_CID_VALUE);

	private final FaultKit kit = new FaultKit();
	private final SecureSocket socket = this.kit.socket;

	/** A value of each option that can be set, other than what it has. */
	private static Map<Integer, Object> values() {
		Map<Integer, Object> values = new LinkedHashMap<>();
		values.put(SocketOption.SEC_TAG_LIST, new int[] { 4 });
		values.put(SocketOption.HOSTNAME, "other.example");
		values.put(SocketOption.CIPHERSUITE_LIST, new int[] { 0x1303 });
		values.put(SocketOption.PEER_VERIFY, PeerVerification.OPTIONAL);
		values.put(SocketOption.ALPN_LIST, new String[] { "mqtt" });
		values.put(SocketOption.NATIVE, 0);
		values.put(SocketOption.SESSION_CACHE, 1);
		values.put(SocketOption.CERT_VERIFY_CALLBACK, (VerificationCallback) (result, depth) -> true);
		values.put(SocketOption.SECURE, 0);
		values.put(SocketOption.RECORD_IN_LIMIT, 600);
		values.put(SocketOption.RECORD_OUT_LIMIT, 600);
		values.put(SocketOption.CONNECT_TIMEOUT, 1);
		values.put(SocketOption.HANDSHAKE_TIMEOUT, 1);
		values.put(SocketOption.PINS, new byte[32]);
		return values;
	}

	/** Each typed method. */
	private Map<String, Runnable> typed() {
		Map<String, Runnable> typed = new LinkedHashMap<>();
		typed.put("secure", () -> this.socket.secure(false));
		typed.put("securityTags", () -> this.socket.securityTags(4));
		typed.put("hostName", () -> this.socket.hostName("other.example"));
		typed.put("cipherSuites", () -> this.socket.cipherSuites(0x1303));
		typed.put("verifyPeer", () -> this.socket.verifyPeer(PeerVerification.OPTIONAL));
		typed.put("verifyPeer in words", () -> this.socket.verifyPeer(PeerVerification.NONE, PeerVerification.UNDERSTOOD));
		typed.put("applicationProtocols", () -> this.socket.applicationProtocols("mqtt"));
		typed.put("pins", () -> this.socket.pins(new byte[32]));
		typed.put("offload", () -> this.socket.offload(true));
		typed.put("sessionCache", () -> this.socket.sessionCache(true));
		typed.put("verificationCallback", () -> this.socket.verificationCallback((result, depth) -> true));
		typed.put("recordLimits", () -> this.socket.recordLimits(600, 600));
		typed.put("connectTimeout", () -> this.socket.connectTimeout(1));
		typed.put("handshakeTimeout", () -> this.socket.handshakeTimeout(1));
		typed.put("options", () -> this.socket.options(new SecureSocket(this.kit.context, new FaultyTransport())));
		return typed;
	}

	/** Brings the socket into a state in which it is in use. */
	private void use(String state) {
		HandshakeKind.CLIENT13.configure(this.kit);
		this.kit.transport.peers = ScriptedServer::new;
		this.kit.transport.neverOpens = state.equals("opening");
		this.socket.blocking(false);
		assertEquals(SecureSocket.WOULD_BLOCK, this.socket.connect(ServerIdentity.SERVER_NAME, 443));
		if (state.equals("open")) {
			assertEquals(0, this.kit.poll());
		}
	}

	private static int set(SecureSocket socket, int option, Object value) {
		return value instanceof Integer ? socket.setOption(option, (int) (Integer) value) : socket.setOption(option, value);
	}

	private Object get(int option) {
		int number = this.socket.intOption(option);
		return number == Integer.MIN_VALUE ? this.socket.option(option) : (Object) number;
	}

	@ParameterizedTest
	@ValueSource(strings = { "opening", "handshake", "open" })
	void typedMethodsThrow(String state) {
		use(state);
		typed().forEach((name, call) -> {
			IllegalStateException thrown = assertThrows(IllegalStateException.class, call::run, name);
			assertEquals(NetError.text(NetError.OPTION_AFTER_CONNECT), thrown.getMessage());
		});
		this.socket.sendTimeout(2).receiveTimeout(2).closeTimeout(2).blocking(false).purgeSessions();
		this.socket.close();
		typed().forEach((name, call) -> call.run());
	}

	@ParameterizedTest
	@ValueSource(strings = { "opening", "handshake", "open" })
	void numberedOptionsHaveACodeAndKeepTheirValue(String state) throws IllegalAccessException {
		use(state);
		Map<Integer, Object> values = values();
		Set<Integer> seen = new TreeSet<>();
		for (Field field : SocketOption.class.getFields()) {
			int option = field.getInt(null);
			seen.add(option);
			if (ANY_TIME.contains(option)) {
				assertEquals(NetError.NONE, this.socket.setOption(option, 1), field.getName());
			} else if (READ_ONLY.contains(option) || UNSUPPORTED.contains(option)) {
				int code = READ_ONLY.contains(option) ? NetError.OPTION_READ_ONLY : NetError.OPTION_UNSUPPORTED;
				assertEquals(code, this.socket.setOption(option, 1), field.getName());
				assertEquals(code, this.socket.setOption(option, "1"), field.getName());
			} else {
				assertTrue(values.containsKey(option), field.getName() + " is not tested");
				Object before = get(option);
				assertEquals(NetError.OPTION_AFTER_CONNECT, set(this.socket, option, values.get(option)), field.getName());
				assertEquals(NetError.OPTION_AFTER_CONNECT, this.socket.setOption(option, "no value"), field.getName());
				assertEquals(NetError.OPTION_AFTER_CONNECT, this.socket.setOption(option, -5), field.getName());
				assertEquals(before, get(option), field.getName());
			}
		}
		assertEquals(values.size() + ANY_TIME.size() + READ_ONLY.size() + UNSUPPORTED.size(), seen.size());
		this.socket.close();
		values.forEach((option, value) -> assertEquals(NetError.NONE, set(this.socket, option, value), "option " + option));
	}
}
