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
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.KeyKind;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

@Timeout(300)
final class PollerTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final int SOCKETS = 4;

	@Test
	void drivesSeveralSocketsFromOneLoop() throws IOException {
		SocketKit kit = new SocketKit(3, CHAIN.root());
		byte[] data = new byte[10_000];
		new java.util.Random(3).nextBytes(data);
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain()) {
			Poller poller = new Poller(SOCKETS);
			assertEquals(Poller.EMPTY, poller.poll());
			byte[][] back = new byte[SOCKETS][data.length];
			int[] sent = new int[SOCKETS];
			int[] received = new int[SOCKETS];
			for (int i = 0; i < SOCKETS; i++) {
				SecureSocket socket = i == 1 ? kit.plain() : kit.secure();
				assertEquals(i, poller.add(socket));
				socket.connect("localhost", i == 1 ? plain.port() : secure.port());
			}
			assertEquals(-1, poller.add(kit.plain()));
			boolean handshakesOverlap = false;
			for (int done = 0; done < SOCKETS;) {
				int at = poller.poll();
				SecureSocket socket = poller.socket(at);
				assertFalse((poller.events(at) & SecureSocket.GONE) != 0, () -> NetError.text(socket.error()));
				handshakesOverlap |= kit.pool.free() == 0 && kit.context.stats().handshakes() == 0;
				if ((poller.events(at) & SecureSocket.WRITABLE) != 0 && sent[at] < data.length) {
					sent[at] += Math.max(0, socket.send(data, sent[at], Math.min(900, data.length - sent[at])));
				}
				if ((poller.events(at) & SecureSocket.READABLE) != 0 && received[at] < data.length) {
					received[at] += Math.max(0, socket.receive(back[at], received[at], data.length - received[at]));
					done += received[at] == data.length ? 1 : 0;
				}
			}
			assertTrue(handshakesOverlap);
			for (int i = 0; i < SOCKETS; i++) {
				assertArrayEquals(data, back[i]);
				SecureSocket socket = poller.socket(i);
				socket.close();
				assertTrue(poller.remove(socket));
				assertFalse(poller.remove(socket));
			}
			assertEquals(3, kit.pool.free());
			SecureSocket another = kit.plain();
			assertEquals(0, poller.add(another));
			assertSame(another, poller.socket(0));
			assertEquals(0, poller.poll());
			assertTrue(poller.idle());
		}
	}
}
