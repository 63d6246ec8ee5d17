/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.KeyKind;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.tls.CipherSuite;
import dev.thimble.x509.PathError;

@Timeout(300)
final class SecureSocketTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final byte[] LINE = "the hand that does the work".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

	private final SocketKit kit = new SocketKit(1, CHAIN.root());

	private static EchoPeer peer(boolean secure) throws IOException {
		return secure ? EchoPeer.secure(CHAIN) : EchoPeer.plain();
	}

	private SecureSocket socket(boolean secure) {
		return secure ? this.kit.secure() : this.kit.plain();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theSameCodeSpeaksPlainAndSecure(boolean secure) throws IOException {
		try (EchoPeer peer = peer(secure)) {
			SecureSocket socket = socket(secure);
			for (int i = 0; i < 3; i++) {
				assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
				echo(socket, LINE);
				socket.close();
				assertEquals(1, this.kit.pool.free());
			}
			assertEquals(3, this.kit.context.stats().connections());
			assertEquals(secure ? 3 : 0, this.kit.context.stats().handshakes());
			assertEquals(0, this.kit.context.stats().unverified());
			assertEquals(secure ? 1 : 0, this.kit.pool.built());
		}
	}

	private static void echo(SecureSocket socket, byte[] data) {
		assertEquals(data.length, socket.send(data, 0, data.length), () -> NetError.text(socket.error()));
		byte[] back = new byte[data.length];
		int done = 0;
		while (done < back.length) {
			int count = socket.receive(back, done, back.length - done);
			assertTrue(count > 0, () -> NetError.text(socket.error()));
			done += count;
		}
		assertArrayEquals(data, back);
	}

	@Test
	void tellsWhatWasNegotiated() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN, "mqtt")) {
			SecureSocket socket = this.kit.secure().applicationProtocols("h2", "mqtt").cipherSuites(CipherSuite.TLS_AES_256_GCM_SHA384);
			assertEquals(PeerVerification.NOT_VERIFIED, socket.verifyResult());
			assertEquals(0, socket.connect("localhost", peer.port()));
			assertEquals(0x0304, socket.version());
			assertEquals(CipherSuite.TLS_AES_256_GCM_SHA384, socket.intOption(SocketOption.CIPHERSUITE_USED));
			assertEquals(1, socket.applicationProtocol());
			assertEquals(0, socket.verifyResult());
			socket.close();
			assertEquals(0x0304, socket.version(), "known after the end as well");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void carriesMoreThanItsBuffersHold(boolean secure) throws IOException {
		byte[] data = new byte[200_000];
		new java.util.Random(1).nextBytes(data);
		try (EchoPeer peer = peer(secure)) {
			SecureSocket socket = socket(secure);
			assertEquals(0, socket.connect("localhost", peer.port()));
			byte[] back = new byte[data.length];
			Thread reader = new Thread(() -> {
				int done = 0;
				for (int count = 1; done < back.length && count > 0; done += Math.max(0, count)) {
					count = socket.receive(back, done, back.length - done);
				}
			});
			reader.start();
			assertEquals(data.length, socket.send(data, 0, data.length));
			join(reader);
			assertArrayEquals(data, back);
			socket.close();
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join(120_000);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		assertFalse(thread.isAlive());
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void isAStreamOfTheSameType(boolean secure) throws IOException {
		try (EchoPeer peer = peer(secure)) {
			SecureSocket socket = socket(secure);
			assertEquals(0, socket.connect("localhost", peer.port()));
			SocketInputStream in = socket.inputStream();
			assertSame(in, socket.inputStream());
			PrintStream out = new PrintStream(socket.outputStream());
			out.print("hello");
			out.flush();
			assertEquals('h', in.read());
			byte[] rest = new byte[4];
			assertEquals(4, in.readNBytes(rest, 0, 4));
			assertArrayEquals(new byte[] { 'e', 'l', 'l', 'o' }, rest);
			socket.receiveTimeout(20);
			assertThrows(InterruptedIOException.class, in::read);
			peer.dropClients();
			socket.receiveTimeout(0);
			assertEquals(-1, in.read());
			in.close();
			assertFalse(socket.connected());
			assertThrows(TlsException.class, () -> socket.outputStream().write(1));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void doesNotWaitIfToldSo(boolean secure) throws IOException {
		try (EchoPeer peer = peer(secure)) {
			SecureSocket socket = socket(secure).blocking(false);
			int result = socket.connect("localhost", peer.port());
			int events = 0;
			while ((events & (SecureSocket.CONNECTED | SecureSocket.GONE)) == 0) {
				events = socket.poll();
			}
			assertTrue(socket.connected() && (result == SecureSocket.WOULD_BLOCK || result == 0), () -> NetError.text(socket.error()));
			byte[] back = new byte[LINE.length];
			assertEquals(SecureSocket.WOULD_BLOCK, socket.receive(back, 0, back.length));
			int sent = 0;
			int received = 0;
			while (received < back.length) {
				if (sent < LINE.length) {
					sent += Math.max(0, socket.send(LINE, sent, LINE.length - sent));
				}
				int count = socket.receive(back, received, back.length - received);
				assertTrue(count > 0 || count == SecureSocket.WOULD_BLOCK, () -> NetError.text(socket.error()));
				received += Math.max(0, count);
			}
			assertArrayEquals(LINE, back);
			socket.close();
			assertEquals(SecureSocket.GONE, socket.poll());
		}
	}

	@Test
	void takesABufferOfOneByte() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = this.kit.secure();
			assertEquals(0, socket.connect("localhost", peer.port()));
			byte[] one = new byte[1];
			for (byte b : LINE) {
				one[0] = b;
				assertEquals(1, socket.send(one, 0, 1));
			}
			for (byte b : LINE) {
				assertEquals(1, socket.receive(one, 0, 1));
				assertEquals(b, one[0]);
			}
			socket.close();
		}
	}

	// Trust.

	@Test
	void refusesAPeerNobodyVouchesFor() throws IOException {
		SocketKit other = new SocketKit(1, TestPki.chain(KeyKind.P384, 1).root());
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = other.secure();
			assertEquals(SecureSocket.FAILED, socket.connect("localhost", peer.port()));
			assertTrue(socket.error() == PathError.UNKNOWN_CA || socket.error() == PathError.PATH_INCOMPLETE, () -> NetError.name(socket.error()));
			assertEquals(1, other.pool.free());
			assertEquals(0, other.context.stats().handshakes());
			assertEquals(1, other.context.stats().failures());
		}
	}

	@Test
	void verifiesTheNameItIsTold() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = this.kit.secure().hostName("other.example");
			assertEquals(SecureSocket.FAILED, socket.connect("localhost", peer.port()));
			assertEquals(PathError.HOST_NAME_MISMATCH, socket.error());
			assertEquals(0, socket.hostName(TestPki.HOST).connect("127.0.0.1", peer.port()));
			socket.close();
		}
	}

	@Test
	void wantsTrustBeforeItConnects() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = this.kit.plain().secure(true);
			assertEquals(SecureSocket.FAILED, socket.connect("localhost", peer.port()));
			assertEquals(NetError.CREDENTIAL_MISSING, socket.error());
			socket.securityTags(99);
			assertEquals(SecureSocket.FAILED, socket.connect("localhost", peer.port()));
			assertEquals(NetError.CREDENTIAL_MISSING, socket.error());
			this.kit.credentials.add(99, Credentials.CA_CERTIFICATE, new byte[] { 1, 2, 3 });
			assertEquals(NetError.CREDENTIAL_INVALID, socket.prepare());
			assertEquals(0, peer.accepted());
		}
	}

	@Test
	void wantsNoVerificationInWords() {
		SecureSocket socket = this.kit.secure();
		assertThrows(IllegalArgumentException.class, () -> socket.verifyPeer(PeerVerification.NONE));
		assertThrows(IllegalArgumentException.class, () -> socket.verifyPeer(PeerVerification.NONE, "please"));
		assertEquals(NetError.OPTION_VALUE, socket.setOption(SocketOption.PEER_VERIFY, PeerVerification.NONE));
		assertEquals(NetError.OPTION_VALUE, socket.setOption(SocketOption.PEER_VERIFY, "please"));
		assertEquals(PeerVerification.REQUIRED, socket.intOption(SocketOption.PEER_VERIFY));
		assertEquals(0, socket.setOption(SocketOption.PEER_VERIFY, PeerVerification.UNDERSTOOD));
		assertEquals(PeerVerification.NONE, socket.intOption(SocketOption.PEER_VERIFY));
	}

	@Test
	void takesNewCredentialsForTheNextConnection() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = this.kit.secure();
			assertEquals(0, socket.connect("localhost", peer.port()));
			socket.close();
			assertEquals(0, this.kit.credentials.delete(SocketKit.TAG, Credentials.CA_CERTIFICATE));
			assertEquals(SecureSocket.FAILED, socket.connect("localhost", peer.port()));
			assertEquals(NetError.CREDENTIAL_MISSING, socket.error());
		}
	}

	@Test
	void resumesSessionsIfToldTo() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = this.kit.secure().sessionCache(true);
			for (int i = 0; i < 4; i++) {
				if (i == 3) {
					socket.purgeSessions();
				}
				assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
				assertEquals(i == 1 || i == 2, socket.resumed(), "connection " + i);
				echo(socket, LINE);
				socket.close();
			}
			assertEquals(2, this.kit.context.stats().resumed());
			assertEquals(0, this.kit.context.stats().unverified());
		}
	}

	// Faults.

	@Test
	void saysWhyThereIsNoConnection() throws IOException {
		int port;
		try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = nobody.getLocalPort();
		}
		SecureSocket socket = this.kit.secure();
		assertEquals(SecureSocket.FAILED, socket.connect("localhost", port));
		assertEquals(NetError.REFUSED, socket.error());
		assertEquals(SecureSocket.FAILED, socket.connect("no-such-host.invalid", port));
		assertEquals(NetError.NAME_UNKNOWN, socket.error());
		assertEquals(SecureSocket.FAILED, socket.connect("", port));
		assertEquals(NetError.HOST_NAME, socket.error());
		assertEquals(SecureSocket.FAILED, socket.connect("b\u00fccher.example", port));
		assertEquals(NetError.HOST_NAME, socket.error());
		assertEquals(SecureSocket.FAILED, socket.connect("localhost", 0));
		assertEquals(NetError.OPTION_VALUE, socket.error());
		assertEquals(1, this.kit.pool.free());
		assertEquals(SecureSocket.FAILED, socket.send(LINE, 0, 1));
		assertEquals(SecureSocket.FAILED, socket.receive(new byte[1], 0, 1));
	}

	@Test
	void givesUpOnAMutePeer() throws IOException {
		try (EchoPeer peer = EchoPeer.plain(EchoPeer.MUTE)) {
			SecureSocket socket = this.kit.secure().handshakeTimeout(50);
			assertEquals(SecureSocket.FAILED, socket.connect("localhost", peer.port()));
			assertEquals(NetError.HANDSHAKE_TIMEOUT, socket.error());
			assertEquals(1, this.kit.pool.free());
		}
	}

	@Test
	void givesUpOnARudePeer() throws IOException {
		try (EchoPeer peer = EchoPeer.plain(EchoPeer.RUDE)) {
			SecureSocket socket = this.kit.secure();
			assertEquals(SecureSocket.FAILED, socket.connect("localhost", peer.port()));
			assertTrue(socket.error() == dev.thimble.tls.TlsError.TRUNCATED || socket.error() == NetError.LINK_LOST, () -> NetError.name(socket.error()));
			assertEquals(1, this.kit.pool.free());
		}
	}

	@Test
	void waitsNoLongerForDataThanItMay() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = this.kit.secure().receiveTimeout(30);
			assertEquals(0, socket.connect("localhost", peer.port()));
			assertEquals(SecureSocket.WOULD_BLOCK, socket.receive(new byte[1], 0, 1));
			assertTrue(socket.connected());
			echo(socket.receiveTimeout(0), LINE);
			socket.close();
		}
	}

	@Test
	void isClosedByAnotherThread() throws Exception {
		try (EchoPeer mute = EchoPeer.plain(EchoPeer.MUTE); EchoPeer peer = EchoPeer.secure(CHAIN)) {
			for (int port : new int[] { mute.port(), peer.port() }) {
				SecureSocket socket = this.kit.secure();
				int[] result = { 77 };
				Thread thread = new Thread(() -> {
					int connected = socket.connect("localhost", port);
					result[0] = connected == 0 ? socket.receive(new byte[1], 0, 1) : connected;
				});
				thread.start();
				while (this.kit.pool.free() != 0 || port == peer.port() && !socket.connected()) {
					Thread.onSpinWait();
				}
				while (!socket.inUse()) {
					Thread.onSpinWait();
				}
				socket.close();
				join(thread);
				assertEquals(SecureSocket.FAILED, result[0]);
				assertTrue(socket.error() == NetError.CLOSED_LOCALLY || socket.error() == NetError.NOT_CONNECTED, () -> NetError.name(socket.error()));
				assertEquals(1, this.kit.pool.free());
			}
		}
	}

	@Test
	void saysThatThePoolIsExhausted() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket first = this.kit.secure();
			SecureSocket second = this.kit.secure();
			assertEquals(0, first.connect("localhost", peer.port()));
			assertEquals(0, this.kit.pool.free());
			assertEquals(SecureSocket.FAILED, second.connect("localhost", peer.port()));
			assertEquals(NetError.POOL_EXHAUSTED, second.error());
			echo(first, LINE);
			first.close();
			assertEquals(0, second.connect("localhost", peer.port()));
			second.close();
			assertEquals(1, this.kit.pool.built());
		}
	}

	@Test
	void keepsAnEngineForEachSetOfOptions() throws IOException {
		SocketKit two = new SocketKit(2, CHAIN.root());
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket small = two.secure().recordLimits(512, 512);
			SecureSocket large = two.secure();
			for (int i = 0; i < 3; i++) {
				assertEquals(0, small.connect("localhost", peer.port()));
				assertEquals(0, large.connect("localhost", peer.port()));
				byte[] data = new byte[3000];
				Arrays.fill(data, (byte) i);
				echo(small, data);
				echo(large, data);
				small.close();
				large.close();
			}
			assertEquals(2, two.pool.built());
			assertEquals(2, two.pool.free());
		}
	}

	@Test
	void refusesOptionsAfterConnect() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = this.kit.secure();
			assertEquals(0, socket.connect("localhost", peer.port()));
			assertThrows(IllegalStateException.class, () -> socket.securityTags(1));
			assertThrows(IllegalStateException.class, () -> socket.hostName("a"));
			assertThrows(IllegalStateException.class, () -> socket.verifyPeer(PeerVerification.NONE, PeerVerification.UNDERSTOOD));
			assertThrows(IllegalStateException.class, () -> socket.connect("localhost", peer.port()));
			assertEquals(NetError.OPTION_AFTER_CONNECT, socket.setOption(SocketOption.SECURE, 0));
			assertEquals(NetError.OPTION_AFTER_CONNECT, socket.setOption(SocketOption.HOSTNAME, "a"));
			assertEquals(NetError.OPTION_AFTER_CONNECT, socket.setOption(SocketOption.PEER_VERIFY, PeerVerification.UNDERSTOOD));
			assertEquals(0, socket.setOption(SocketOption.RECEIVE_TIMEOUT, 100_000));
			echo(socket, LINE);
			socket.close();
			assertEquals(0, socket.setOption(SocketOption.SECURE, 0));
		}
	}

	@Test
	void wantsAPoolForTlsOfItsOwn() {
		SecureContext bare = new SecureContext(this.kit.clock, this.kit.credentials);
		SecureSocket socket = new SecureSocket(bare, new dev.thimble.net.socket.SocketTransport()).secure(true);
		assertEquals(NetError.NO_POOL, socket.prepare());
		assertEquals(SecureSocket.FAILED, socket.connect("localhost", 1));
		assertEquals(NetError.NO_POOL, socket.error());
		socket.offload(true);
		assertEquals(SecureSocket.FAILED, socket.connect("localhost", 1));
		assertEquals(NetError.NO_OFFLOAD, socket.error());
	}
}
