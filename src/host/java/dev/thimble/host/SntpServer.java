/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** A time server on this computer (SNTP, RFC 4330 §6): stratum 1 by its own word. On request it lies. */
public final class SntpServer implements AutoCloseable {

	private static final int LENGTH = 48;
	private static final long FROM_1900 = 2208988800L;

	private final DatagramChannel channel;
	private final LongSupplier clock;
	private final AtomicInteger questions = new AtomicInteger();
	private final AtomicInteger handled = new AtomicInteger();
	private volatile boolean elsewhere;
	private volatile UnaryOperator<byte[]> lie = UnaryOperator.identity();

	private SntpServer(DatagramChannel channel, LongSupplier clock) {
		this.channel = channel;
		this.clock = clock;
	}

	/**
	 * Starts a server.
	 *
	 * @param address
	 *            where it listens.
	 * @param port
	 *            its port; 0: any.
	 * @param clock
	 *            the time it tells, in milliseconds since 1970.
	 */
	public static SntpServer start(InetAddress address, int port, LongSupplier clock) throws IOException {
		DatagramChannel channel = DatagramChannel.open();
		try {
			channel.bind(new InetSocketAddress(address, port));
		} catch (IOException e) {
			channel.close();
			throw e;
		}
		SntpServer server = new SntpServer(channel, clock);
		Thread thread = new Thread(server::run, "SNTP server");
		thread.setDaemon(true);
		thread.start();
		return server;
	}

	/** Gets the port it listens at. */
	public int port() throws IOException {
		return ((InetSocketAddress) this.channel.getLocalAddress()).getPort();
	}

	/** Gets how many questions have come. */
	public int questions() {
		return this.questions.get();
	}

	/** Changes every answer before it is sent; null instead of one is sent to nobody. */
	public void lie(UnaryOperator<byte[]> change) {
		this.lie = change;
	}

	/** Gets how many questions have been answered, or were not to be. */
	public int handled() {
		return this.handled.get();
	}

	/** Answers from another port than the one that was asked. */
	public void answerFromElsewhere(boolean from) {
		this.elsewhere = from;
	}

	private void send(byte[] answer, SocketAddress client) throws IOException {
		if (this.elsewhere) {
			try (DatagramChannel other = DatagramChannel.open()) {
				other.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
				other.send(ByteBuffer.wrap(answer), client);
			}
		} else {
			this.channel.send(ByteBuffer.wrap(answer), client);
		}
	}

	private void run() {
		ByteBuffer in = ByteBuffer.allocate(LENGTH);
		try {
			while (true) {
				in.clear();
				SocketAddress client = this.channel.receive(in);
				if (in.position() == LENGTH && (in.get(0) & 7) == 3) {
					this.questions.incrementAndGet();
					byte[] answer = this.lie.apply(answer(in.array()));
					if (answer != null) {
						send(answer, client);
					}
					this.handled.incrementAndGet();
				}
			}
		} catch (ClosedChannelException e) {
			// that is the end
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private byte[] answer(byte[] question) {
		long now = this.clock.getAsLong();
		ByteBuffer answer = ByteBuffer.allocate(LENGTH);
		answer.put((byte) (question[0] & 0x38 | 4)).put((byte) 1).put(question[2]).put((byte) -20);
		answer.putInt(0).putInt(1 << 10).put(new byte[] { 'L', 'O', 'C', 'L' });
		putTime(answer, now);
		answer.put(question, 40, 8);
		putTime(answer, now);
		putTime(answer, now);
		return answer.array();
	}

	/** Writes a time as NTP has it: seconds since 1900, of whatever era, and their fraction (RFC 4330 §3). */
	public static void putTime(ByteBuffer out, long millis) {
		out.putInt((int) (Math.floorDiv(millis, 1000L) + FROM_1900));
		out.putInt((int) ((Math.floorMod(millis, 1000L) << 32) / 1000));
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}
}
