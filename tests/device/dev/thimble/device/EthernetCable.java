/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.thimble.host.device.QemuOptions;

/**
 * Stands between a board and QEMU's own network and sees every Ethernet frame. It is the name server, so that no name is asked of this machine's;
 * and it can break without either end seeing a link go down.
 */
final class EthernetCable implements Closeable {

	/** Where a forged answer would send the board; nobody is there. */
	static final String NOBODY = "10.0.2.99";

	private static final int ETHERNET = 14;
	private static final int IP = 20;
	private static final int UDP = 8;
	private static final int IPV4 = 0x0800;
	private static final int PROTOCOL_UDP = 17;
	private static final int DNS = 53;
	private static final int DNS_HEADER = 12;
	private static final int NO_SUCH_NAME = 3;
	private static final int MAX_FRAME = 1 << 16;

	/** What the name server knows: literal addresses by names. */
	final Map<String, String> names = new ConcurrentHashMap<>();
	/** Whether the name server says nothing. */
	volatile boolean mute;
	/** Whether forged answers come before the right one. */
	volatile boolean forging;
	/** Whether frames get lost, all of them. */
	volatile boolean broken;

	private final AtomicInteger queries = new AtomicInteger();
	private final ServerSocket boardEnd = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
	private final ServerSocket networkEnd = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
	private Socket board;
	private Socket network;

	EthernetCable() throws IOException {
		start(this::run);
	}

	QemuOptions.Cable ends() {
		return new QemuOptions.Cable(this.boardEnd.getLocalPort(), this.networkEnd.getLocalPort());
	}

	/** Gets how many queries the name server has got. */
	int queries() {
		return this.queries.get();
	}

	private interface Work {
		void run() throws IOException;
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			} catch (IOException e) {
				// closed
			}
		}, "ethernet-cable");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() throws IOException {
		Socket near = this.boardEnd.accept();
		Socket far = this.networkEnd.accept();
		synchronized (this) {
			this.board = near;
			this.network = far;
		}
		near.setTcpNoDelay(true);
		far.setTcpNoDelay(true);
		DataOutputStream toBoard = new DataOutputStream(near.getOutputStream());
		DataOutputStream toNetwork = new DataOutputStream(far.getOutputStream());
		start(() -> pass(new DataInputStream(far.getInputStream()), toBoard, null));
		pass(new DataInputStream(near.getInputStream()), toNetwork, toBoard);
	}

	/** Passes frames on; if there is a way back, queries for names are answered by it. */
	private void pass(DataInputStream in, DataOutputStream out, DataOutputStream back) throws IOException {
		while (true) {
			int length = in.readInt();
			if (length < 0 || length > MAX_FRAME) {
				throw new IOException("a frame of " + length + " bytes");
			}
			byte[] frame = in.readNBytes(length);
			if (this.broken) {
				continue;
			}
			if (back != null && isQuery(frame)) {
				answer(frame, back);
			} else {
				send(out, frame);
			}
		}
	}

	private static void send(DataOutputStream out, byte[] frame) throws IOException {
		byte[] whole = ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array();
		synchronized (out) {
			out.write(whole);
			out.flush();
		}
	}

	private static int number(byte[] data, int offset) {
		return (data[offset] & 0xff) << 8 | data[offset + 1] & 0xff;
	}

	private static boolean isQuery(byte[] frame) {
		return frame.length > ETHERNET + IP + UDP + DNS_HEADER && number(frame, 12) == IPV4 && frame[ETHERNET] == 0x45
				&& frame[ETHERNET + 9] == PROTOCOL_UDP && number(frame, ETHERNET + IP + 2) == DNS;
	}

	private void answer(byte[] query, DataOutputStream back) throws IOException {
		this.queries.incrementAndGet();
		if (this.mute) {
			return;
		}
		int at = ETHERNET + IP + UDP + DNS_HEADER;
		StringBuilder name = new StringBuilder();
		for (; query[at] != 0; at += 1 + query[at]) {
			name.append(name.length() == 0 ? "" : ".").append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
		}
		byte[] question = new byte[at + 5 - (ETHERNET + IP + UDP + DNS_HEADER)];
		System.arraycopy(query, ETHERNET + IP + UDP + DNS_HEADER, question, 0, question.length);
		int id = number(query, ETHERNET + IP + UDP);
		if (this.forging) {
			byte[] other = question.clone();
			other[1] ^= 1;
			byte[] elsewhere = answer(query, id, question, NOBODY);
			elsewhere[ETHERNET + 15] ^= 64;
			send(back, answer(query, id ^ 1, question, NOBODY));
			send(back, answer(query, id, other, NOBODY));
			send(back, checksummed(elsewhere));
		}
		send(back, answer(query, id, question, this.names.get(name.toString())));
	}

	/** Makes the answer to a query, as from whom it went to: RFC 1035 §4.1; an unknown name has the address null. */
	private static byte[] answer(byte[] query, int id, byte[] question, String address) throws IOException {
		int record = address == null ? 0 : 16;
		int length = DNS_HEADER + question.length + record;
		ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IP + UDP + length);
		frame.put(query, 6, 6).put(query, 0, 6).putShort((short) IPV4);
		frame.putShort((short) 0x4500).putShort((short) (IP + UDP + length)).putInt(0).put((byte) 64).put((byte) PROTOCOL_UDP)
				.putShort((short) 0);
		frame.put(query, ETHERNET + 16, 4).put(query, ETHERNET + 12, 4);
		// No checksum: RFC 768.
		frame.putShort((short) DNS).putShort((short) number(query, ETHERNET + IP)).putShort((short) (UDP + length)).putShort((short) 0);
		frame.putShort((short) id).putShort((short) (0x8180 | (address == null ? NO_SUCH_NAME : 0))).putShort((short) 1)
				.putShort((short) (address == null ? 0 : 1)).putInt(0).put(question);
		if (address != null) {
			// The question's name, A, IN, not to be kept, four bytes.
			frame.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1).putInt(0).putShort((short) 4)
					.put(InetAddress.getByName(address).getAddress());
		}
		return checksummed(frame.array());
	}

	private static byte[] checksummed(byte[] frame) {
		frame[ETHERNET + 10] = 0;
		frame[ETHERNET + 11] = 0;
		int sum = 0;
		for (int i = 0; i < IP; i += 2) {
			sum += number(frame, ETHERNET + i);
		}
		sum = ~((sum & 0xffff) + (sum >> 16));
		frame[ETHERNET + 10] = (byte) (sum >> 8);
		frame[ETHERNET + 11] = (byte) sum;
		return frame;
	}

	@Override
	public synchronized void close() throws IOException {
		this.boardEnd.close();
		this.networkEnd.close();
		if (this.board != null) {
			this.board.close();
			this.network.close();
		}
	}
}
