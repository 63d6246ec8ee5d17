/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.thimble.net.FaultyTransport.End;
import dev.thimble.tls.TlsError;

/** A peer that ends behind each message of each handshake, and in the middle of each: a clear error in time, and the engine is free again. */
@Timeout(300)
final class HandshakeFaultsTest {

	private FaultKit kit = new FaultKit();

	/** How many records of the peer the handshake takes. */
	private int records(HandshakeKind kind) {
		kind.configure(this.kit);
		kind.prepare(this.kit);
		assertEquals(0, this.kit.begin(kind), () -> NetError.text(this.kit.socket.error()));
		int count = this.kit.transport.records();
		assertEquals(kind.version(), this.kit.socket.version());
		assertEquals(kind.resumed(), this.kit.socket.resumed());
		this.kit.socket.close();
		assertEquals(1, this.kit.pool.free());
		return count;
	}

	private interface Check {
		void run(String name, boolean blocking);
	}

	/** Runs a check with a connection of a kind ended in a way, at each point of its handshake, in turn with a blocking socket and one that is polled. */
	private void everywhere(HandshakeKind kind, End end, Check check) {
		int count = records(kind);
		assertTrue(count > 0);
		for (int whole = 0; whole < count; whole++) {
			for (int more = 0; more < 2; more++) {
				boolean half = more == 1;
				boolean blocking = (whole + more) % 2 == 0;
				this.kit.transport.mend();
				kind.prepare(this.kit);
				this.kit.transport.endAfter(whole, half, end);
				check.run(kind + ", " + end + " after " + whole + (half ? " and a half" : "") + (blocking ? "" : ", polled"), blocking);
				assertEquals(1, this.kit.pool.free());
				assertFalse(this.kit.transport.isOpen());
			}
			usable(kind);
		}
	}

	private int begin(HandshakeKind kind, boolean blocking) {
		this.kit.socket.blocking(blocking);
		int result = this.kit.begin(kind);
		return result == SecureSocket.WOULD_BLOCK && !blocking ? this.kit.poll() : result;
	}

	private void fails(HandshakeKind kind, End end, int error, int millis) {
		everywhere(kind, end, (name, blocking) -> {
			long begin = this.kit.now();
			assertEquals(SecureSocket.FAILED, begin(kind, blocking), name);
			assertEquals(NetError.name(error), NetError.name(this.kit.socket.error()), name);
			assertTrue(this.kit.since(begin) >= millis && this.kit.since(begin) <= millis + 10, () -> name + ": " + this.kit.since(begin));
		});
	}

	private void usable(HandshakeKind kind) {
		this.kit.transport.mend().peers = kind::another;
		this.kit.socket.blocking(true);
		assertEquals(0, this.kit.begin(kind), () -> NetError.text(this.kit.socket.error()));
		assertFalse(this.kit.socket.resumed());
		this.kit.socket.close();
		assertEquals(1, this.kit.pool.free());
		assertEquals(1, this.kit.pool.built());
	}

	@ParameterizedTest
	@EnumSource
	void aPeerThatVanishesIsATimeout(HandshakeKind kind) {
		fails(kind, End.SILENCE, NetError.HANDSHAKE_TIMEOUT, FaultKit.HANDSHAKE_MILLIS);
	}

	@ParameterizedTest
	@EnumSource
	void aPeerThatTakesNothingIsATimeout(HandshakeKind kind) {
		fails(kind, End.FULL_WINDOW, NetError.HANDSHAKE_TIMEOUT, FaultKit.HANDSHAKE_MILLIS);
	}

	@ParameterizedTest
	@EnumSource
	void aPeerThatClosesHasTruncatedTheHandshake(HandshakeKind kind) {
		fails(kind, End.FIN, TlsError.TRUNCATED, 0);
	}

	@ParameterizedTest
	@EnumSource
	void aPeerThatResetsTheConnectionHasLostIt(HandshakeKind kind) {
		fails(kind, End.RST, NetError.LINK_LOST, 0);
	}

	@ParameterizedTest
	@EnumSource
	void theProgramMayCloseAtAnyPoint(HandshakeKind kind) {
		everywhere(kind, End.SILENCE, (name, blocking) -> {
			long begin = this.kit.now();
			this.kit.socket.blocking(false);
			assertEquals(SecureSocket.WOULD_BLOCK, this.kit.begin(kind), name);
			while (!this.kit.transport.ended() || (this.kit.socket.poll() & SecureSocket.BUSY) != 0) {
				this.kit.socket.poll();
			}
			this.kit.socket.close();
			assertEquals(NetError.name(NetError.CLOSED_LOCALLY), NetError.name(this.kit.socket.error()), name);
			assertEquals(0, this.kit.since(begin), name);
		});
	}
}
