/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.device.EspAtModem;
import dev.thimble.support.SocketKit;

/** Datagrams over a line as slow as real ones are: a byte now and then. */
@Timeout(300)
final class ModemDatagramsTest {

	private static final int LENGTH = 48;

	/** Gives a byte at a time, and between two of them nothing. */
	private static final class SlowLine implements SerialLine {

		private final SerialLine line;
		private boolean pause;

		SlowLine(SerialLine line) {
			this.line = line;
		}

		@Override
		public int write(byte[] data, int offset, int length) {
			return this.line.write(data, offset, length);
		}

		@Override
		public int read(byte[] data, int offset, int length) {
			this.pause = !this.pause;
			return this.pause ? 0 : this.line.read(data, offset, Math.min(1, length));
		}

		@Override
		public void rest(int millis) {
			this.line.rest(millis);
		}
	}

	@Test
	void aDatagramComesWholeOrNotAtAll() throws Exception {
		SocketKit kit = new SocketKit(1);
		EspAtModem emulator = new EspAtModem();
		try (DatagramChannel peer = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
				SocketKit.TcpLine line = new SocketKit.TcpLine(emulator.port())) {
			ModemDatagrams datagrams = new ModemDatagrams(new Modem(new SlowLine(line), kit.clock), LENGTH);
			byte[] host = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);
			datagrams.open(host, 0, host.length, ((InetSocketAddress) peer.getLocalAddress()).getPort());
			while (datagrams.poll() == Transport.OPENING) {
				Thread.onSpinWait();
			}
			byte[] sent = new byte[LENGTH];
			new java.util.Random(1).nextBytes(sent);
			assertTrue(datagrams.send(sent, 0, LENGTH));
			peer.configureBlocking(false);
			ByteBuffer arrived = ByteBuffer.allocate(LENGTH);
			java.net.SocketAddress from = null;
			while (from == null) {
				assertTrue(datagrams.poll() >= 0);
				from = peer.receive(arrived);
			}
			assertArrayEquals(sent, arrived.array());
			peer.send(ByteBuffer.wrap(sent), from);
			byte[] back = new byte[LENGTH];
			int count = 0;
			while (count == 0) {
				assertTrue(datagrams.poll() >= 0);
				count = datagrams.receive(back, 0, LENGTH);
			}
			assertEquals(LENGTH, count);
			assertArrayEquals(sent, back);
			datagrams.close();
		} finally {
			emulator.close();
		}
	}
}
