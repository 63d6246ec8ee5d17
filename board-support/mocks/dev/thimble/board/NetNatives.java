/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import com.is2t.hil.HIL;

/**
 * Mock of the IP stack: the computer's own. {@code thimble.sim.net} is {@code on}, {@code none} (the board has no such thing) or {@code unplugged};
 * {@link NetworkFaults} break it.
 */
public final class NetNatives {

	private static final int MAX_CONNECTIONS = 4;
	private static final int GONE = -1;
	private static final int PEER_CLOSED = 2;

	private static final SocketChannel[] CHANNELS = new SocketChannel[MAX_CONNECTIONS];
	private static final int[] STATES = new int[MAX_CONNECTIONS];

	private static volatile int resolved;

	private NetNatives() {
	}

	public static int available() {
		long mark = Simulation.enter();
		int available = "none".equals(setting()) ? 0 : 1;
		Simulation.leave(mark);
		return available;
	}

	public static int poll() {
		long mark = Simulation.enter();
		int state = "unplugged".equals(setting()) ? GONE : 1;
		Simulation.leave(mark);
		return state;
	}

	public static int address() {
		return 0x7f000001;
	}

	public static int subnetMask() {
		return 0xff000000;
	}

	/** Which one this computer has, Java does not say. */
	public static int gateway() {
		return 0;
	}

	/** As {@link #gateway}. */
	public static int nameServer() {
		return 0;
	}

	public static int resolve(byte[] name, int length) {
		long mark = Simulation.enter();
		HIL.getInstance().refreshContent(name, 0, length);
		String text = new String(name, 0, length, StandardCharsets.US_ASCII);
		resolved = 0;
		VirtualClock.sent();
		Thread resolver = new Thread(() -> resolve(text), "resolver");
		resolver.setDaemon(true);
		resolver.start();
		Simulation.leave(mark);
		return 0;
	}

	private static void resolve(String name) {
		int address = GONE;
		try {
			for (InetAddress one : InetAddress.getAllByName(name)) {
				if (one instanceof Inet4Address) {
					address = ByteBuffer.wrap(one.getAddress()).getInt();
					break;
				}
			}
		} catch (UnknownHostException e) {
			// that is the answer
		}
		resolved = address;
		VirtualClock.heard();
		Simulation.interrupt();
	}

	public static int resolved() {
		return resolved;
	}

	private static int free() {
		int handle = MAX_CONNECTIONS - 1;
		while (handle >= 0 && CHANNELS[handle] != null) {
			handle--;
		}
		return handle;
	}

	/** Takes a client's connection; gives its handle, -1 if all are in use: then it is closed. */
	static int adopt(SocketChannel client) throws IOException {
		int handle = free();
		if (handle < 0) {
			client.close();
			return handle;
		}
		client.configureBlocking(false);
		client.setOption(StandardSocketOptions.TCP_NODELAY, Boolean.TRUE);
		CHANNELS[handle] = client;
		STATES[handle] = 1;
		return handle;
	}

	public static int connect(int address, int port) {
		long mark = Simulation.enter();
		int handle = free();
		if (handle >= 0) {
			try {
				SocketChannel channel = SocketChannel.open();
				channel.configureBlocking(false);
				channel.setOption(StandardSocketOptions.TCP_NODELAY, Boolean.TRUE);
				CHANNELS[handle] = channel;
				STATES[handle] = 0;
				if (NetworkFaults.out()) {
					throw new IOException("There is no way out");
				}
				VirtualClock.connecting();
				channel.connect(new InetSocketAddress(InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address).array()), port));
			} catch (IOException e) {
				STATES[handle] = GONE;
			}
		}
		Simulation.leave(mark);
		return handle;
	}

	public static int state(int handle) {
		long mark = Simulation.enter();
		if (STATES[handle] == 0) {
			try {
				STATES[handle] = CHANNELS[handle].finishConnect() ? 1 : 0;
			} catch (IOException e) {
				STATES[handle] = GONE;
			}
			if (STATES[handle] != 0) {
				VirtualClock.heard();
			}
		}
		Simulation.leave(mark);
		return STATES[handle];
	}

	public static int write(int handle, byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		int count = GONE;
		if (STATES[handle] > 0) {
			HIL.getInstance().refreshContent(data, offset, length);
			try {
				VirtualClock.sent();
				if (NetworkFaults.cut(true)) {
					CHANNELS[handle].write(ByteBuffer.wrap(data, offset, length / 2));
					breakAll();
				}
				count = CHANNELS[handle].write(ByteBuffer.wrap(data, offset, length));
			} catch (IOException e) {
				STATES[handle] = GONE;
			}
		}
		Simulation.leave(mark);
		return count;
	}

	public static int read(int handle, byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		int count = GONE;
		if (STATES[handle] > 0) {
			try {
				if (NetworkFaults.cut(false)) {
					breakAll();
				}
				count = CHANNELS[handle].read(ByteBuffer.wrap(data, offset, length));
				if (count < 0) {
					STATES[handle] = PEER_CLOSED;
					count = 0;
					VirtualClock.heard();
				} else if (count > 0) {
					VirtualClock.heard();
					HIL.getInstance().flushContent(data, offset, count);
				}
			} catch (IOException e) {
				STATES[handle] = GONE;
			}
		}
		Simulation.leave(mark);
		return count;
	}

	/** Resets all connections: whoever uses one next is told. */
	private static void breakAll() throws IOException {
		for (SocketChannel channel : CHANNELS) {
			if (channel != null && channel.isConnected()) {
				channel.setOption(StandardSocketOptions.SO_LINGER, 0);
				channel.close();
			}
		}
		VirtualClock.heard();
	}

	public static void close(int handle) {
		long mark = Simulation.enter();
		try {
			CHANNELS[handle].close();
		} catch (IOException e) {
			// gone either way
		}
		CHANNELS[handle] = null;
		STATES[handle] = GONE;
		Simulation.leave(mark);
	}

	private static String setting() {
		return Simulation.setting("net", "on");
	}
}
