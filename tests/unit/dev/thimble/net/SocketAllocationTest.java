/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.KeyKind;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.net.socket.SocketTransport;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.x509.PathError;

/** Once a socket's options are set and its engine is built, connections allocate nothing, well or badly as they end. */
@Timeout(600)
final class SocketAllocationTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);

	/** What java.net allocates below, which is not ours. */
	private static long foreign;

	private static final class Below implements Transport {

		private final SocketTransport transport = new SocketTransport();

		@Override
		public void open(byte[] host, int offset, int length, int port) {
			long before = AllocationMeter.allocated();
			this.transport.open(host, offset, length, port);
			foreign += AllocationMeter.allocated() - before;
		}

		@Override
		public int poll() {
			long before = AllocationMeter.allocated();
			int state = this.transport.poll();
			foreign += AllocationMeter.allocated() - before;
			return state;
		}

		@Override
		public int write(byte[] data, int offset, int length) {
			long before = AllocationMeter.allocated();
			int count = this.transport.write(data, offset, length);
			foreign += AllocationMeter.allocated() - before;
			return count;
		}

		@Override
		public int read(byte[] data, int offset, int length) {
			long before = AllocationMeter.allocated();
			int count = this.transport.read(data, offset, length);
			foreign += AllocationMeter.allocated() - before;
			return count;
		}

		@Override
		public void rest(int millis) {
			long before = AllocationMeter.allocated();
			this.transport.rest(millis);
			foreign += AllocationMeter.allocated() - before;
		}

		@Override
		public void close() {
			long before = AllocationMeter.allocated();
			this.transport.close();
			foreign += AllocationMeter.allocated() - before;
		}
	}

	private static final class Line implements SerialLine {

		private final SocketKit.TcpLine line;

		Line(int port) throws IOException {
			this.line = new SocketKit.TcpLine(port);
		}

		@Override
		public int write(byte[] data, int offset, int length) {
			long before = AllocationMeter.allocated();
			int count = this.line.write(data, offset, length);
			foreign += AllocationMeter.allocated() - before;
			return count;
		}

		@Override
		public int read(byte[] data, int offset, int length) {
			long before = AllocationMeter.allocated();
			int count = this.line.read(data, offset, length);
			foreign += AllocationMeter.allocated() - before;
			return count;
		}

		@Override
		public void rest(int millis) {
			long before = AllocationMeter.allocated();
			this.line.rest(millis);
			foreign += AllocationMeter.allocated() - before;
		}
	}

	private final SocketKit kit = new SocketKit(2, CHAIN.root());
	private final byte[] data = new byte[500];

	private static long least(int runs, Runnable connection) {
		AllocationMeter.selfTest();
		for (int i = 0; i < 10; i++) {
			connection.run();
		}
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 8 && least != 0; round++) {
			long before = AllocationMeter.allocated() - foreign;
			for (int i = 0; i < runs; i++) {
				connection.run();
			}
			least = Math.min(least, AllocationMeter.allocated() - foreign - before);
		}
		return least;
	}

	private void connect(SecureSocket socket, int port) {
		check(socket.connect("localhost", port) == 0, socket);
		check(socket.send(this.data, 0, this.data.length) == this.data.length, socket);
		for (int done = 0; done < this.data.length;) {
			int count = socket.receive(this.data, done, this.data.length - done);
			check(count > 0, socket);
			done += count;
		}
		socket.close();
	}

	private static void check(boolean good, SecureSocket socket) {
		if (!good) {
			throw new AssertionError(NetError.text(socket.error()));
		}
	}

	@Test
	void connectionsAllocateNothing() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EchoPeer plain = EchoPeer.plain()) {
			SecureSocket one = new SecureSocket(this.kit.context, new Below()).secure(true).securityTags(SocketKit.TAG);
			SecureSocket other = new SecureSocket(this.kit.context, new Below());
			assertEquals(0, least(10, () -> {
				connect(one, secure.port());
				connect(other, plain.port());
			}));
		}
	}

	@Test
	void failuresAllocateNothing() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EchoPeer rude = EchoPeer.plain(EchoPeer.RUDE)) {
			SecureSocket socket = new SecureSocket(this.kit.context, new Below()).secure(true).securityTags(SocketKit.TAG).hostName("other.example");
			assertEquals(0, least(10, () -> {
				check(socket.connect("localhost", secure.port()) == SecureSocket.FAILED && socket.error() == PathError.HOST_NAME_MISMATCH, socket);
				check(socket.connect("localhost", rude.port()) == SecureSocket.FAILED, socket);
				check(socket.send(this.data, 0, 1) == SecureSocket.FAILED, socket);
			}));
		}
	}

	@Test
	void thePollerAllocatesNothing() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN)) {
			Poller poller = new Poller(2);
			SecureSocket[] sockets = new SecureSocket[2];
			for (int i = 0; i < 2; i++) {
				sockets[i] = new SecureSocket(this.kit.context, new Below()).secure(true).securityTags(SocketKit.TAG);
				poller.add(sockets[i]);
			}
			assertEquals(0, least(10, () -> {
				sockets[0].connect("localhost", secure.port());
				sockets[1].connect("localhost", secure.port());
				while (!sockets[0].connected() || !sockets[1].connected()) {
					int at = poller.poll();
					check((poller.events(at) & SecureSocket.GONE) == 0, sockets[at]);
				}
				sockets[0].close();
				sockets[1].close();
			}));
		}
	}

	@Test
	void theModemAllocatesNothing() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EspAtModem emulator = new EspAtModem().authority(0, CHAIN.root())) {
			Modem modem = new Modem(new Line(emulator.port()), this.kit.clock);
			assertEquals(0, this.kit.credentials.addReference(1, Credentials.CA_CERTIFICATE, 0));
			SecureSocket one = new SecureSocket(this.kit.context, new ModemTransport(modem, 1024, 1024)).secure(true).securityTags(SocketKit.TAG);
			SecureSocket other = new SecureSocket(this.kit.context, new ModemTransport(modem, 1024, 1024)).secure(true).offload(true).securityTags(1);
			assertEquals(0, least(5, () -> {
				connect(one, secure.port());
				connect(other, secure.port());
			}));
			assertTrue(this.kit.context.stats().offloaded() > 0);
		}
	}

	@Test
	void aModemThatIsResetAllocatesNothing() throws IOException {
		try (EchoPeer secure = EchoPeer.secure(CHAIN); EspAtModem emulator = new EspAtModem()) {
			Modem modem = new Modem(new Line(emulator.port()), this.kit.clock);
			SecureSocket socket = new SecureSocket(this.kit.context, new ModemTransport(modem, 1024, 1024)).secure(true).securityTags(SocketKit.TAG);
			EspAtModem.Moment[] moments = { EspAtModem.Moment.BEFORE_OK, EspAtModem.Moment.BEFORE_PROMPT, EspAtModem.Moment.IN_DATA };
			int[] next = new int[1];
			assertEquals(0, least(3, () -> {
				check(socket.connect("localhost", secure.port()) == 0, socket);
				emulator.resetAt = moments[next[0]++ % moments.length];
				check(socket.send(this.data, 0, this.data.length) == SecureSocket.FAILED
						|| socket.receive(this.data, 0, this.data.length) == SecureSocket.FAILED, socket);
				check(socket.error() == NetError.MODEM_RESET, socket);
			}));
			assertEquals(2, this.kit.pool.free());
		}
	}
}
