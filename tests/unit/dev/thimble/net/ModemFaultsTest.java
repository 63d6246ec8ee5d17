/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.thimble.cloud.ManualClock;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.EspAtModem.Moment;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TestPki;

/** A modem that loses power in the middle of something: an error in time, and then everything works again. Time is the number of rests. */
@Timeout(300)
final class ModemFaultsTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 1);
	private static final int MODEM_TAG = 20;
	private static final int MOST_MILLIS = 12_000;

	/** Who does TLS. */
	enum Security {
		/** Nobody. */
		PLAIN,
		/** Our engine. */
		ENGINE,
		/** The modem. */
		MODEM
	}

	/** A line on which time goes on by its rests. */
	private static final class Line implements SerialLine {

		private final SocketKit.TcpLine line;
		private final EspAtModem emulator;
		private final ManualClock clock;
		private boolean hurried;

		Line(EspAtModem emulator, ManualClock clock) throws IOException {
			this.line = new SocketKit.TcpLine(emulator.port());
			this.emulator = emulator;
			this.clock = clock;
		}

		@Override
		public int write(byte[] data, int offset, int length) {
			return this.line.write(data, offset, length);
		}

		@Override
		public int read(byte[] data, int offset, int length) {
			return this.line.read(data, offset, length);
		}

		@Override
		public void rest(int millis) {
			this.line.rest(1);
			this.clock.now += this.hurried && this.emulator.resetAt == null ? 10 : 1;
		}
	}

	private final SocketKit kit = new SocketKit(1, CHAIN.root());
	private final ManualClock clock = new ManualClock();
	private EspAtModem emulator;
	private Line line;
	private Modem modem;

	@BeforeEach
	void start() throws IOException {
		this.emulator = new EspAtModem().authority(3, CHAIN.root());
		this.line = new Line(this.emulator, this.clock);
		this.modem = new Modem(this.line, this.clock);
		this.kit.credentials.addReference(MODEM_TAG, Credentials.CA_CERTIFICATE, 3);
	}

	@AfterEach
	void end() throws IOException {
		this.line.line.close();
		this.emulator.close();
	}

	private SecureSocket socket(Security security) {
		SecureContext context = new SecureContext(this.clock, this.kit.credentials, this.kit.pool);
		return new SecureSocket(context, new ModemTransport(this.modem, 2048, 1024)).secure(security != Security.PLAIN)
				.offload(security == Security.MODEM).securityTags(security == Security.MODEM ? MODEM_TAG : SocketKit.TAG);
	}

	private EchoPeer peer(Security security) throws IOException {
		return security == Security.PLAIN ? EchoPeer.plain() : EchoPeer.secure(CHAIN);
	}

	/** Sends and gets back; what the first call that fails has given, or what has come. */
	private static int echo(SecureSocket socket, int length) {
		byte[] data = new byte[length];
		int done = socket.send(data, 0, length);
		if (done < length) {
			return done;
		}
		int received = 0;
		while (received < length) {
			int count = socket.receive(data, received, length - received);
			if (count <= 0) {
				return count;
			}
			received += count;
		}
		return received;
	}

	private void usable(SecureSocket socket, EchoPeer peer) {
		assertEquals(1, this.kit.pool.free());
		assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
		assertEquals(700, echo(socket, 700), () -> NetError.text(socket.error()));
		socket.close();
		assertEquals(1, this.kit.pool.free());
	}

	private static Stream<Arguments> moments() {
		return Stream.of(Security.values()).flatMap(security -> Stream.of(Moment.BEFORE_OK, Moment.BEFORE_PROMPT, Moment.IN_DATA)
				.map(moment -> Arguments.of(security, moment)));
	}

	@ParameterizedTest
	@EnumSource
	void aResetWhileAConnectionIsOpened(Security security) throws IOException {
		try (EchoPeer peer = peer(security)) {
			SecureSocket socket = socket(security);
			this.emulator.resetAt = Moment.START;
			assertEquals(SecureSocket.FAILED, socket.connect("localhost", peer.port()));
			assertEquals(NetError.name(NetError.MODEM_RESET), NetError.name(socket.error()));
			usable(socket, peer);
		}
	}

	@ParameterizedTest
	@MethodSource("moments")
	void aResetWhileDataAreSent(Security security, Moment moment) throws IOException {
		try (EchoPeer peer = peer(security)) {
			SecureSocket socket = socket(security);
			assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
			this.emulator.resetAt = moment;
			assertEquals(SecureSocket.FAILED, echo(socket, 5000));
			assertNull(this.emulator.resetAt);
			assertEquals(NetError.name(NetError.MODEM_RESET), NetError.name(socket.error()));
			usable(socket, peer);
		}
	}

	/** What the modem says at its start is taken for the rest of the data, so the silence behind it is what tells. */
	@ParameterizedTest
	@EnumSource
	void aResetWhileDataAreReceived(Security security) throws IOException {
		for (boolean passive : new boolean[] { true, false }) {
			this.emulator.passive = passive;
			try (EchoPeer peer = peer(security)) {
				SecureSocket socket = socket(security);
				assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
				long begin = this.clock.now;
				// Once it was reset there is nothing to wait for but the end of our patience.
				this.line.hurried = true;
				this.emulator.resetAt = Moment.IN_RECEIVED;
				assertEquals(SecureSocket.FAILED, echo(socket, 1000));
				this.line.hurried = false;
				assertNull(this.emulator.resetAt);
				assertTrue(socket.error() == NetError.MODEM_SILENT || socket.error() == NetError.MODEM_RESET || socket.error() == NetError.LINE_LOST,
						() -> NetError.name(socket.error()));
				assertTrue(this.clock.now - begin < MOST_MILLIS, () -> this.clock.now - begin + " ms");
				usable(socket, peer);
			}
			this.line.line.close();
			this.emulator.close();
			start();
		}
	}
}
