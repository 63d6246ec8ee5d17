/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.net.FaultyTransport.End;
import dev.thimble.support.Octets;
import dev.thimble.support.Peer;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ScriptedServer12;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TlsNumbers;
import dev.thimble.tls.TlsError;
import dev.thimble.x509.PathError;

/**
 * What can go wrong with a socket outside of a handshake: a clear error in time, the engine is free again, and the socket serves the next connection.
 * Time goes on only when somebody rests.
 */
@Timeout(300)
final class SocketFaultsTest {

	private static final byte[] MUCH = new byte[10_000];

	private final FaultKit kit = new FaultKit();
	private final SecureSocket socket = this.kit.socket;
	private final FaultyTransport transport = this.kit.transport;

	/** A far end that does not speak TLS, nor anything else. */
	private static final class MutePeer implements Peer {

		@Override
		public void receive(byte[] data) {
			// nobody listens
		}

		@Override
		public byte[] take() {
			return new byte[0];
		}

		@Override
		public boolean isClient() {
			return false;
		}
	}

	private void secure(boolean secure) {
		HandshakeKind.CLIENT13.configure(this.kit);
		this.socket.secure(secure);
		this.transport.peers = secure ? ScriptedServer::new : MutePeer::new;
	}

	private int connect() {
		int result = this.kit.begin(HandshakeKind.CLIENT13);
		return result == SecureSocket.WOULD_BLOCK ? this.kit.poll() : result;
	}

	private void connected(boolean secure) {
		secure(secure);
		assertEquals(0, connect(), () -> NetError.text(this.socket.error()));
		assertEquals(secure ? 0 : 1, this.kit.pool.free());
	}

	/** The socket is as good as before, and so is the engine. */
	private void usable() {
		assertEquals(1, this.kit.pool.free());
		assertFalse(this.transport.isOpen());
		this.transport.mend();
		this.socket.blocking(true);
		assertEquals(0, connect(), () -> NetError.text(this.socket.error()));
		assertEquals(MUCH.length, this.socket.send(MUCH, 0, MUCH.length));
		this.socket.close();
		assertEquals(NetError.NONE, this.socket.error());
		assertEquals(1, this.kit.pool.free());
		assertTrue(this.kit.pool.built() <= 1);
	}

	private void failed(int code) {
		assertEquals(NetError.name(code), NetError.name(this.socket.error()));
		assertFalse(this.socket.connected());
	}

	private void took(long begin, int millis) {
		long time = this.kit.since(begin);
		assertTrue(time >= millis && time <= millis + 10, () -> time + " ms");
	}

	// Opening.

	@ParameterizedTest
	@CsvSource({ "false, false", "false, true", "true, false", "true, true" })
	void aHostThatCannotBeReachedIsToldAtOnce(boolean secure, boolean blocking) {
		for (int code : new int[] { NetError.NAME_UNKNOWN, NetError.REFUSED, NetError.NO_NETWORK, NetError.NO_FREE_LINK }) {
			secure(secure);
			this.transport.openFailure = code;
			this.socket.blocking(blocking);
			long begin = this.kit.now();
			assertEquals(SecureSocket.FAILED, connect());
			failed(code);
			took(begin, 0);
			usable();
		}
	}

	@ParameterizedTest
	@CsvSource({ "false, false", "false, true", "true, false", "true, true" })
	void aHostThatDoesNotAnswerIsATimeout(boolean secure, boolean blocking) {
		secure(secure);
		this.transport.neverOpens = true;
		this.socket.blocking(blocking);
		long begin = this.kit.now();
		assertEquals(SecureSocket.FAILED, connect());
		failed(NetError.CONNECT_TIMEOUT);
		took(begin, FaultKit.CONNECT_MILLIS);
		usable();
	}

	// Half-open peers.

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void receivingFromAPeerThatHasVanishedEndsInTime(boolean secure) throws IOException {
		connected(secure);
		this.transport.endNow(End.SILENCE);
		long begin = this.kit.now();
		assertEquals(SecureSocket.WOULD_BLOCK, this.socket.receive(new byte[10], 0, 10));
		took(begin, FaultKit.RECEIVE_MILLIS);
		begin = this.kit.now();
		assertThrows(InterruptedIOException.class, () -> this.socket.inputStream().read());
		took(begin, FaultKit.RECEIVE_MILLIS);
		assertTrue(this.socket.connected(), "nobody knows yet");
		begin = this.kit.now();
		this.socket.close();
		took(begin, 0);
		usable();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void sendingIntoAFullWindowEndsInTime(boolean secure) {
		connected(secure);
		this.transport.endNow(End.FULL_WINDOW);
		long begin = this.kit.now();
		int count = this.socket.send(MUCH, 0, MUCH.length);
		took(begin, FaultKit.SEND_MILLIS);
		assertTrue(secure ? count > 0 && count < MUCH.length : count == SecureSocket.WOULD_BLOCK, () -> "sent " + count);
		begin = this.kit.now();
		assertEquals(SecureSocket.WOULD_BLOCK, this.socket.send(MUCH, 0, MUCH.length));
		took(begin, FaultKit.SEND_MILLIS);
		assertTrue(this.socket.connected());
		begin = this.kit.now();
		this.socket.close();
		took(begin, secure ? FaultKit.CLOSE_MILLIS : 0);
		usable();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aStreamTellsHowMuchWasTakenInTime(boolean secure) throws IOException {
		connected(secure);
		this.transport.endNow(End.FULL_WINDOW);
		long begin = this.kit.now();
		InterruptedIOException late = assertThrows(InterruptedIOException.class, () -> this.socket.outputStream().write(MUCH));
		took(begin, FaultKit.SEND_MILLIS);
		assertTrue(secure ? late.bytesTransferred > 0 && late.bytesTransferred < MUCH.length : late.bytesTransferred == 0);
		this.socket.outputStream().close();
		usable();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aSocketThatDoesNotWaitDoesNotWaitForAFullWindow(boolean secure) {
		connected(secure);
		this.transport.endNow(End.FULL_WINDOW);
		this.socket.blocking(false);
		long begin = this.kit.now();
		int sent = 0;
		while (sent >= 0) {
			sent = this.socket.send(MUCH, 0, MUCH.length);
			for (int i = 0; i < 100; i++) {
				this.socket.poll();
			}
		}
		assertEquals(SecureSocket.WOULD_BLOCK, sent);
		assertEquals(SecureSocket.WOULD_BLOCK, this.socket.receive(new byte[1], 0, 1));
		assertEquals(secure, (this.socket.poll() & SecureSocket.WRITABLE) == 0, "of a plain connection nobody knows");
		this.socket.close();
		took(begin, 0);
		usable();
	}

	@Test
	void closingTakesNoLongerThanItMay() {
		connected(true);
		this.transport.shut();
		long begin = this.kit.now();
		this.socket.close();
		took(begin, FaultKit.CLOSE_MILLIS);
		usable();
		connected(true);
		this.transport.shut();
		this.socket.closeTimeout(0);
		begin = this.kit.now();
		this.socket.close();
		took(begin, 0);
		usable();
	}

	@Test
	void anErrorIsToldEvenIfTheAlertCannotBeSent() {
		connected(true);
		((ScriptedServer) this.transport.peer()).then(ServerStep.wire("no record of theirs", Octets.record(23, 0x0303, new byte[40])));
		this.transport.shut();
		this.socket.receiveTimeout(0);
		long begin = this.kit.now();
		assertEquals(SecureSocket.FAILED, this.socket.receive(new byte[10], 0, 10));
		failed(TlsError.BAD_RECORD);
		took(begin, FaultKit.CLOSE_MILLIS);
		usable();
	}

	@Test
	void aRefusalIsToldEvenIfTheAlertCannotBeSent() {
		secure(true);
		this.transport.peers = ScriptedServer12::new;
		this.transport.deaf = true;
		this.socket.hostName("other.example");
		long begin = this.kit.now();
		assertEquals(SecureSocket.FAILED, connect());
		failed(PathError.HOST_NAME_MISMATCH);
		assertEquals(PathError.HOST_NAME_MISMATCH, this.socket.verifyResult());
		took(begin, FaultKit.CLOSE_MILLIS);
		this.socket.hostName(null);
		usable();
	}

	/** A transport that has sent what it took after so many rests. */
	private static final class Keeping implements BufferedTransport {

		private final FaultyTransport below;
		private int rests;
		private Runnable meanwhile = () -> {
		};

		Keeping(FaultyTransport below, int rests) {
			this.below = below;
			this.rests = rests;
		}

		@Override
		public void open(byte[] host, int offset, int length, int port) {
			this.below.open(host, offset, length, port);
		}

		@Override
		public int poll() {
			return this.below.poll();
		}

		@Override
		public int write(byte[] data, int offset, int length) {
			return this.below.write(data, offset, length);
		}

		@Override
		public int read(byte[] data, int offset, int length) {
			return this.below.read(data, offset, length);
		}

		@Override
		public void rest(int millis) {
			this.rests--;
			this.below.rest(millis);
			this.meanwhile.run();
		}

		@Override
		public void close() {
			this.below.close();
		}

		@Override
		public boolean flushed() {
			return this.rests <= 0;
		}
	}

	@ParameterizedTest
	@CsvSource({ "false, 300, 300", "true, 300, 300", "false, 10000, 1500", "true, 10000, 1500" })
	void closingWaitsForWhatATransportKeeps(boolean secure, int rests, int millis) {
		this.transport.peers = secure ? ScriptedServer::new : MutePeer::new;
		Keeping keeping = new Keeping(this.transport, 0);
		SecureSocket kept = new SecureSocket(this.kit.context, keeping).secure(secure).securityTags(FaultKit.ROOT)
				.closeTimeout(FaultKit.CLOSE_MILLIS);
		assertEquals(0, kept.connect(ServerIdentity.SERVER_NAME, 443), () -> NetError.text(kept.error()));
		assertEquals(100, kept.send(MUCH, 0, 100));
		keeping.rests = rests;
		long begin = this.kit.now();
		kept.close();
		took(begin, millis);
		assertFalse(this.transport.isOpen());
		assertEquals(1, this.kit.pool.free());
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whoComesWhileItIsClosedIsTold(boolean secure) {
		this.transport.peers = secure ? ScriptedServer::new : MutePeer::new;
		Keeping keeping = new Keeping(this.transport, 0);
		SecureSocket kept = new SecureSocket(this.kit.context, keeping).secure(secure).securityTags(FaultKit.ROOT);
		assertEquals(0, kept.connect(ServerIdentity.SERVER_NAME, 443), () -> NetError.text(kept.error()));
		int[] calls = new int[1];
		keeping.rests = 5;
		keeping.meanwhile = () -> {
			calls[0]++;
			assertEquals(SecureSocket.FAILED, kept.receive(new byte[1], 0, 1));
			assertEquals(SecureSocket.FAILED, kept.send(MUCH, 0, 1));
			assertEquals(NetError.CLOSED_LOCALLY, kept.error());
		};
		kept.close();
		assertEquals(5, calls[0]);
		keeping.meanwhile = () -> {
		};
		assertEquals(SecureSocket.FAILED, kept.send(MUCH, 0, 1));
		assertEquals(0, kept.connect(ServerIdentity.SERVER_NAME, 443), () -> NetError.text(kept.error()));
		assertEquals(1, kept.send(MUCH, 0, 1));
		kept.close();
		assertEquals(1, this.kit.pool.free());
	}

	@Test
	void anErrorWaitsForItsAlert() {
		this.transport.peers = ScriptedServer::new;
		Keeping keeping = new Keeping(this.transport, 0);
		SecureSocket kept = new SecureSocket(this.kit.context, keeping).secure(true).securityTags(FaultKit.ROOT).hostName("other.example");
		keeping.rests = 200;
		long begin = this.kit.now();
		assertEquals(SecureSocket.FAILED, kept.connect(ServerIdentity.SERVER_NAME, 443));
		assertEquals(PathError.HOST_NAME_MISMATCH, kept.error());
		took(begin, 200);
		assertEquals(TlsNumbers.BAD_CERTIFICATE, ((ScriptedServer) this.transport.peer()).client.alert().description());
	}

	@Test
	void sendingDoesNotHideAnErrorWhoseAlertIsKept() {
		this.transport.peers = ScriptedServer::new;
		Keeping keeping = new Keeping(this.transport, 0);
		SecureSocket kept = new SecureSocket(this.kit.context, keeping).secure(true).securityTags(FaultKit.ROOT);
		assertEquals(0, kept.connect(ServerIdentity.SERVER_NAME, 443), () -> NetError.text(kept.error()));
		((ScriptedServer) this.transport.peer()).then(ServerStep.wire("no record of theirs", Octets.record(23, 0x0303, new byte[40])));
		keeping.rests = 200;
		long begin = this.kit.now();
		assertTrue(kept.send(MUCH, 0, MUCH.length) < MUCH.length);
		assertEquals(SecureSocket.FAILED, kept.send(MUCH, 0, 1));
		assertEquals(NetError.name(TlsError.BAD_RECORD), NetError.name(kept.error()));
		took(begin, 200);
	}

	// Peers that end.

	@ParameterizedTest
	@CsvSource({ "false, false", "false, true", "true, false", "true, true" })
	void aConnectionThatBreaksIsLost(boolean secure, boolean sending) {
		connected(secure);
		this.transport.endNow(End.RST);
		long begin = this.kit.now();
		int result = sending ? this.socket.send(MUCH, 0, MUCH.length) : this.socket.receive(new byte[10], 0, 10);
		assertEquals(SecureSocket.FAILED, result);
		failed(NetError.LINK_LOST);
		assertEquals(SecureSocket.FAILED, this.socket.send(MUCH, 0, 1));
		assertEquals(SecureSocket.FAILED, this.socket.receive(new byte[10], 0, 10));
		failed(NetError.LINK_LOST);
		this.socket.close();
		took(begin, 0);
		usable();
	}

	@ParameterizedTest
	@EnumSource(names = { "RST", "FIN", "SILENCE" })
	void closingAConnectionThatHasBrokenIsQuiet(End end) {
		connected(true);
		this.transport.endNow(end);
		long begin = this.kit.now();
		this.socket.close();
		took(begin, 0);
		assertEquals(NetError.NONE, this.socket.error());
		usable();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anEndThatWasNotSaidIsAnErrorOfTls(boolean secure) {
		connected(secure);
		this.transport.endNow(End.FIN);
		assertEquals(secure ? SecureSocket.FAILED : SecureSocket.END, this.socket.receive(new byte[10], 0, 10));
		if (secure) {
			failed(TlsError.TRUNCATED);
		} else {
			assertEquals(SecureSocket.END, this.socket.receive(new byte[10], 0, 10));
			this.socket.close();
		}
		usable();
	}

	@Test
	void anEndThatWasSaidIsTheEnd() {
		connected(true);
		((ScriptedServer) this.transport.peer()).then(ServerStep.data(new byte[3]), ServerStep.CLOSE_NOTIFY);
		assertEquals(3, this.socket.receive(new byte[10], 0, 10));
		assertEquals(SecureSocket.END, this.socket.receive(new byte[10], 0, 10));
		assertEquals(SecureSocket.END, this.socket.receive(new byte[10], 0, 10));
		assertEquals(100, this.socket.send(MUCH, 0, 100), "the other direction goes on (RFC 8446 §6.1)");
		this.socket.close();
		usable();
	}

	// The pool.

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anExhaustedPoolIsToldAndGetsOverIt(boolean blocking) {
		connected(true);
		FaultyTransport other = new FaultyTransport();
		other.peers = ScriptedServer::new;
		SecureSocket second = new SecureSocket(this.kit.context, other).secure(true).securityTags(FaultKit.ROOT).blocking(blocking);
		assertEquals(SecureSocket.FAILED, second.connect(ServerIdentity.SERVER_NAME, 443));
		assertEquals(NetError.name(NetError.POOL_EXHAUSTED), NetError.name(second.error()));
		assertFalse(other.isOpen(), "nobody was called");
		assertEquals(NetError.POOL_EXHAUSTED, second.prepare());
		assertEquals(0, second.secure(false).blocking(true).connect(ServerIdentity.SERVER_NAME, 443), "plain connections need no engine");
		second.close();
		assertTrue(this.socket.connected());
		// The first one's failure is as good as its close.
		this.transport.endNow(End.RST);
		assertEquals(SecureSocket.FAILED, this.socket.receive(new byte[1], 0, 1));
		assertEquals(0, second.secure(true).connect(ServerIdentity.SERVER_NAME, 443), () -> NetError.text(second.error()));
		assertEquals(SecureSocket.FAILED, connect());
		failed(NetError.POOL_EXHAUSTED);
		second.close();
		usable();
	}
}
