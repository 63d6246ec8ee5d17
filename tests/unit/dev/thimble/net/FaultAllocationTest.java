/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.thimble.net.FaultyTransport.End;
import dev.thimble.support.AllocationMeter;

/** Connections allocate nothing, at whatever point and however they end: during the handshake, while data go, while they are closed. */
@Timeout(600)
final class FaultAllocationTest {

	private static final int ROUNDS = 8;
	private static final int WARM_UPS = 2;

	private final FaultKit kit = FaultKit.frugal();
	private final byte[] data = new byte[3000];
	private long socketBytes;

	private void meter(Runnable call) {
		long foreign = this.kit.transport.foreign;
		long before = AllocationMeter.allocated();
		call.run();
		this.socketBytes += AllocationMeter.allocated() - before - (this.kit.transport.foreign - foreign);
	}

	@ParameterizedTest
	@EnumSource
	void allFaultsOf(HandshakeKind kind) {
		AllocationMeter.selfTest();
		kind.configure(this.kit);
		this.kit.socket.closeTimeout(20).sendTimeout(20).receiveTimeout(20);
		int records = inOneConnection(kind, Integer.MAX_VALUE, End.SILENCE);
		long least = Long.MAX_VALUE;
		for (int round = 0; round < WARM_UPS + ROUNDS && least != 0; round++) {
			this.socketBytes = 0;
			for (End end : End.values()) {
				for (int whole = 0; whole <= records; whole++) {
					inOneConnection(kind, whole, end);
				}
			}
			least = round < WARM_UPS ? least : Math.min(least, this.socketBytes);
		}
		assertEquals(0, least);
		assertEquals(1, this.kit.pool.free());
		assertEquals(1, this.kit.pool.built());
	}

	/** Connects, sends, receives and closes, as far as it gets; gives the number of records the handshake took. */
	private int inOneConnection(HandshakeKind kind, int whole, End end) {
		kind.prepare(this.kit);
		this.kit.transport.mend().endAfter(whole, whole % 2 == 0, end);
		int[] taken = new int[1];
		Runnable connection = () -> {
			if (this.kit.begin(kind) == 0) {
				taken[0] = this.kit.transport.records();
				this.kit.socket.send(this.data, 0, this.data.length);
				this.kit.socket.receive(this.data, 0, this.data.length);
			}
			this.kit.socket.close();
			this.kit.socket.send(this.data, 0, 1);
		};
		meter(connection);
		this.kit.transport.mend();
		return taken[0];
	}
}
