/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.thimble.support.SocketKit;

/** The table of SocketOption, number by number. */
final class NumberedOptionsTest {

	private final SecureSocket socket = new SocketKit(1).plain();

	private void roundTrip(int option, int otherwise, int... values) {
		assertEquals(otherwise, this.socket.intOption(option), "the default of " + option);
		for (int value : values) {
			assertEquals(0, this.socket.setOption(option, value), "option " + option);
			assertEquals(value, this.socket.intOption(option), "option " + option);
		}
	}

	@Test
	void numbersCanBeSetAndRead() {
		roundTrip(SocketOption.PEER_VERIFY, 2, 1, 2);
		roundTrip(SocketOption.NATIVE, 1, 0, 1);
		roundTrip(SocketOption.SESSION_CACHE, 0, 1, 0);
		roundTrip(SocketOption.SECURE, 0, 1, 0);
		roundTrip(SocketOption.RECORD_IN_LIMIT, 0, 512, 16384, 0);
		roundTrip(SocketOption.RECORD_OUT_LIMIT, 0, 512, 16384, 0);
		roundTrip(SocketOption.CONNECT_TIMEOUT, 30000, 1);
		roundTrip(SocketOption.HANDSHAKE_TIMEOUT, 30000, 1);
		roundTrip(SocketOption.SEND_TIMEOUT, 10000, 0, 1);
		roundTrip(SocketOption.RECEIVE_TIMEOUT, 0, 1, 0);
		roundTrip(SocketOption.CLOSE_TIMEOUT, 1000, 0, 1);
		roundTrip(SocketOption.BLOCKING, 1, 0, 1);
		assertEquals(0, this.socket.setOption(SocketOption.SESSION_CACHE_PURGE, 1));
	}

	@Test
	void objectsCanBeSetAndRead() {
		VerificationCallback callback = (result, depth) -> false;
		byte[] pins = new byte[64];
		assertEquals(0, this.socket.setOption(SocketOption.SEC_TAG_LIST, new int[] { 1, 2 }));
		assertEquals(0, this.socket.setOption(SocketOption.HOSTNAME, "host.example"));
		assertEquals(0, this.socket.setOption(SocketOption.HOSTNAME, (Object) null));
		assertEquals(0, this.socket.setOption(SocketOption.CIPHERSUITE_LIST, new int[] { 0x1303 }));
		assertEquals(0, this.socket.setOption(SocketOption.ALPN_LIST, new String[] { "mqtt" }));
		assertEquals(0, this.socket.setOption(SocketOption.CERT_VERIFY_CALLBACK, callback));
		assertEquals(0, this.socket.setOption(SocketOption.PINS, pins));
		assertArrayEquals(new int[] { 1, 2 }, (int[]) this.socket.option(SocketOption.SEC_TAG_LIST));
		assertArrayEquals(new int[] { 0x1303 }, (int[]) this.socket.option(SocketOption.CIPHERSUITE_LIST));
		assertArrayEquals(new String[] { "mqtt" }, (String[]) this.socket.option(SocketOption.ALPN_LIST));
		assertSame(callback, this.socket.option(SocketOption.CERT_VERIFY_CALLBACK));
		assertSame(pins, this.socket.option(SocketOption.PINS));
		assertNull(this.socket.option(SocketOption.SECURE));
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		int[][] bad = { { SocketOption.PEER_VERIFY, 0 }, { SocketOption.PEER_VERIFY, 3 }, { SocketOption.NATIVE, 2 }, { SocketOption.SESSION_CACHE, -1 },
				{ SocketOption.SECURE, 7 }, { SocketOption.RECORD_IN_LIMIT, 511 }, { SocketOption.RECORD_OUT_LIMIT, 16385 },
				{ SocketOption.CONNECT_TIMEOUT, 0 }, { SocketOption.HANDSHAKE_TIMEOUT, -1 }, { SocketOption.SEND_TIMEOUT, -1 },
				{ SocketOption.RECEIVE_TIMEOUT, -1 }, { SocketOption.CLOSE_TIMEOUT, -1 }, { SocketOption.BLOCKING, 2 } };
		for (int[] one : bad) {
			assertEquals(NetError.OPTION_VALUE, this.socket.setOption(one[0], one[1]), "option " + one[0]);
		}
		Object[][] worse = { { SocketOption.SEC_TAG_LIST, "a" }, { SocketOption.SEC_TAG_LIST, null }, { SocketOption.HOSTNAME, "" },
				{ SocketOption.HOSTNAME, "a b" }, { SocketOption.HOSTNAME, new int[0] }, { SocketOption.CIPHERSUITE_LIST, new int[0] },
				{ SocketOption.ALPN_LIST, new String[] { "" } }, { SocketOption.ALPN_LIST, new String[] { null } }, { SocketOption.PINS, new byte[31] },
				{ SocketOption.CERT_VERIFY_CALLBACK, "a" }, { SocketOption.PEER_VERIFY, "yes" } };
		for (Object[] one : worse) {
			assertEquals(NetError.OPTION_VALUE, this.socket.setOption((Integer) one[0], one[1]), "option " + one[0]);
		}
	}

	/** Zephyr's 1 to 20, every one of them: settable, read only, or of DTLS. */
	@Test
	void everyNumberHasAnAnswer() {
		for (int option : new int[] { SocketOption.CIPHERSUITE_USED, SocketOption.ROLE, SocketOption.HANDSHAKE_ON_CONNECT,
				SocketOption.CERT_VERIFY_RESULT, SocketOption.ALPN_USED, SocketOption.VERSION_USED, SocketOption.RESUMED }) {
			assertEquals(NetError.OPTION_READ_ONLY, this.socket.setOption(option, 1), "option " + option);
			assertEquals(NetError.OPTION_READ_ONLY, this.socket.setOption(option, "1"), "option " + option);
			assertTrue(this.socket.intOption(option) != Integer.MIN_VALUE, "option " + option);
		}
		for (int option : new int[] { SocketOption.DTLS_HANDSHAKE_TIMEOUT_MIN, SocketOption.DTLS_HANDSHAKE_TIMEOUT_MAX, SocketOption.CERT_NOCOPY,
				SocketOption.DTLS_CID, SocketOption.DTLS_CID_STATUS, SocketOption.DTLS_CID_VALUE, SocketOption.DTLS_PEER_CID_VALUE }) {
			assertEquals(NetError.OPTION_UNSUPPORTED, this.socket.setOption(option, 1), "option " + option);
			assertEquals(NetError.OPTION_UNSUPPORTED, this.socket.setOption(option, "1"), "option " + option);
			assertEquals(Integer.MIN_VALUE, this.socket.intOption(option), "option " + option);
		}
		for (int option : new int[] { -1, 0, 21, 31, 45, 1000 }) {
			assertEquals(NetError.OPTION_UNKNOWN, this.socket.setOption(option, 1), "option " + option);
			assertEquals(NetError.OPTION_UNKNOWN, this.socket.setOption(option, "1"), "option " + option);
			assertEquals(Integer.MIN_VALUE, this.socket.intOption(option), "option " + option);
			assertNull(this.socket.option(option));
		}
	}

	@Test
	void everyErrorHasANameAndASentence() throws IllegalAccessException {
		Set<Integer> codes = new HashSet<>();
		for (Field field : NetError.class.getDeclaredFields()) {
			if (Modifier.isPublic(field.getModifiers())) {
				int code = field.getInt(null);
				assertTrue(codes.add(code), field.getName());
				assertEquals("E_" + field.getName(), NetError.name(code));
				assertTrue(NetError.text(code).matches("[A-Z].*\\."), field.getName());
				assertFalse(NetError.text(code).equals("Unknown error."), field.getName());
			}
		}
		assertEquals("E_NET_ERROR", NetError.name(999));
		assertEquals("Unknown error.", NetError.text(999));
		assertEquals("E_EXPIRED", NetError.name(dev.thimble.x509.PathError.EXPIRED).replaceFirst("^(?!E_)", "E_"));
	}
}
