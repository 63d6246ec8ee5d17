/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import com.is2t.hil.HIL;

/**
 * Mock of the IP stack's datagrams: the computer's own. {@code thimble.sim.udp}, if it is set, is a port of this computer to which all datagrams go,
 * wherever they are meant for: a test's time server.
 */
public final class UdpNatives {

	private static DatagramChannel channel;

	private UdpNatives() {
	}

	public static int open(int address, int port) {
		long mark = Simulation.enter();
		close();
		int result = -1;
		try {
			int redirected = Integer.parseInt(Simulation.setting("udp", "0"));
			InetAddress host = redirected == 0 ? InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address).array())
					: InetAddress.getLoopbackAddress();
			channel = DatagramChannel.open();
			channel.configureBlocking(false);
			channel.connect(new InetSocketAddress(host, redirected == 0 ? port : redirected));
			result = 0;
		} catch (IOException e) {
			close();
		}
		Simulation.leave(mark);
		return result;
	}

	public static int send(byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		int result = -1;
		if (channel != null) {
			HIL.getInstance().refreshContent(data, offset, length);
			try {
				VirtualClock.sent();
				result = channel.write(ByteBuffer.wrap(data, offset, length)) == length ? 1 : 0;
			} catch (IOException e) {
				// nobody listens there: a datagram does not know
				result = 1;
			}
		}
		Simulation.leave(mark);
		return result;
	}

	public static int receive(byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		int count = 0;
		if (channel != null) {
			try {
				count = Math.max(0, channel.read(ByteBuffer.wrap(data, offset, length)));
			} catch (IOException e) {
				// nobody listens there
			}
			if (count > 0) {
				VirtualClock.heard();
				HIL.getInstance().flushContent(data, offset, count);
			}
		}
		Simulation.leave(mark);
		return count;
	}

	public static void close() {
		long mark = Simulation.enter();
		if (channel != null) {
			try {
				channel.close();
			} catch (IOException e) {
				// gone either way
			}
			channel = null;
		}
		Simulation.leave(mark);
	}
}
