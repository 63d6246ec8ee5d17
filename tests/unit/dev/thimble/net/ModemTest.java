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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.KeyKind;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

@Timeout(300)
final class ModemTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	/** The tag under which the modem's own CA certificate is known. */
	private static final int MODEM_TAG = 20;

	private final SocketKit kit = new SocketKit(2, CHAIN.root());
	private EspAtModem emulator;
	private SocketKit.TcpLine line;
	private Modem modem;

	@BeforeEach
	void start() throws IOException {
		this.emulator = new EspAtModem().authority(3, CHAIN.root()).authority(4, TestPki.chain(KeyKind.P384, 1).root());
		this.line = new SocketKit.TcpLine(this.emulator.port());
		this.modem = new Modem(this.line, this.kit.clock);
		this.kit.credentials.addReference(MODEM_TAG, Credentials.CA_CERTIFICATE, 3);
		this.kit.credentials.addReference(MODEM_TAG + 1, Credentials.CA_CERTIFICATE, 4);
	}

	@AfterEach
	void end() throws IOException {
		this.line.close();
		this.emulator.close();
	}

	private SecureSocket socket() {
		return new SecureSocket(this.kit.context, new ModemTransport(this.modem, 2048, 1024));
	}

	private SecureSocket offloaded(int tag) {
		return socket().secure(true).offload(true).securityTags(tag);
	}

	private static void echo(SecureSocket socket, int length) {
		byte[] data = new byte[length];
		new java.util.Random(length).nextBytes(data);
		byte[] back = new byte[length];
		int sent = 0;
		int received = 0;
		socket.blocking(false);
		while (received < length) {
			if (sent < length) {
				int count = socket.send(data, sent, length - sent);
				assertTrue(count > 0 || count == SecureSocket.WOULD_BLOCK, () -> NetError.text(socket.error()));
				sent += Math.max(0, count);
			}
			int count = socket.receive(back, received, length - received);
			assertTrue(count > 0 || count == SecureSocket.WOULD_BLOCK, () -> NetError.text(socket.error()));
			received += Math.max(0, count);
		}
		socket.blocking(true);
		assertArrayEquals(data, back);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void carriesPlainConnections(boolean passive) throws IOException {
		this.emulator.passive = passive;
		try (EchoPeer peer = EchoPeer.plain()) {
			SecureSocket socket = socket();
			for (int i = 0; i < 3; i++) {
				assertEquals(0, socket.connect("127.0.0.1", peer.port()), () -> NetError.text(socket.error()));
				echo(socket, passive ? 50_000 : 1_000);
				socket.close();
			}
			assertEquals(3, peer.accepted());
		}
		assertEquals(List.of("AT", "ATE0", "AT+CIPCLOSE=5", "AT+CIPMUX=1", "AT+CIPRECVMODE=1"), this.emulator.commands().subList(0, 5));
	}

	@Test
	void carriesOurTlsOnATcpOnlyModem() throws IOException {
		this.emulator.tls = false;
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = socket().secure(true).securityTags(SocketKit.TAG);
			assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
			echo(socket, 20_000);
			assertEquals(0x0304, socket.version());
			socket.close();
			assertEquals(2, this.kit.pool.free());
			assertEquals(1, this.kit.context.stats().handshakes());
			assertFalse(this.emulator.commands().stream().anyMatch(command -> command.contains("SSL")));
		}
	}

	@Test
	void letsTheModemDoTls() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN, "mqtt")) {
			SecureSocket socket = offloaded(MODEM_TAG).applicationProtocols("mqtt");
			assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
			echo(socket, 20_000);
			socket.close();
			assertEquals(1, this.kit.context.stats().offloaded());
			assertEquals(0, this.kit.context.stats().handshakes());
			assertEquals(0, this.kit.context.stats().unverified());
			assertEquals(0, this.kit.pool.built(), "no engine of ours");
			assertTrue(this.emulator.commands().containsAll(List.of("AT+CIPSSLCCONF=0,2,0,3", "AT+CIPSSLCSNI=0,\"localhost\"",
					"AT+CIPSSLCCN=0,\"localhost\"", "AT+CIPSSLCALPN=0,1,\"mqtt\"")), () -> this.emulator.commands().toString());
		}
	}

	@Test
	void doesNotConnectThroughAModemThatRefusesThePeer() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket wrongRoot = offloaded(MODEM_TAG + 1);
			assertEquals(SecureSocket.FAILED, wrongRoot.connect("localhost", peer.port()));
			assertEquals(NetError.REFUSED, wrongRoot.error());
			SecureSocket wrongName = offloaded(MODEM_TAG).hostName("other.example");
			assertEquals(SecureSocket.FAILED, wrongName.connect("localhost", peer.port()));
			assertEquals(NetError.REFUSED, wrongName.error());
		}
	}

	@Test
	void refusesWhatAModemCannotHonour() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket[] sockets = { offloaded(SocketKit.TAG), offloaded(MODEM_TAG).verifyPeer(PeerVerification.OPTIONAL),
					offloaded(MODEM_TAG).cipherSuites(0x1301), offloaded(MODEM_TAG).pins(new byte[32]), offloaded(MODEM_TAG).recordLimits(512, 0),
					offloaded(MODEM_TAG).verificationCallback((result, depth) -> true) };
			int[] errors = { NetError.OFFLOAD_CANNOT_VERIFY, NetError.OFFLOAD_CANNOT_VERIFY, NetError.OFFLOAD_CANNOT, NetError.OFFLOAD_CANNOT,
					NetError.OFFLOAD_CANNOT, NetError.OFFLOAD_CANNOT };
			for (int i = 0; i < sockets.length; i++) {
				assertEquals(SecureSocket.FAILED, sockets[i].connect("localhost", peer.port()));
				assertEquals(errors[i], sockets[i].error(), "case " + i);
			}
			this.kit.credentials.addReference(30, Credentials.CA_CERTIFICATE, 9);
			SecureSocket unknown = offloaded(30);
			assertEquals(SecureSocket.FAILED, unknown.connect("localhost", peer.port()));
			assertEquals(NetError.OFFLOAD_CANNOT_VERIFY, unknown.error(), "a CA the modem does not have");
			this.emulator.tls = false;
			SecureSocket plainModem = offloaded(MODEM_TAG);
			assertEquals(SecureSocket.FAILED, plainModem.connect("localhost", peer.port()));
			assertEquals(NetError.OFFLOAD_CANNOT_VERIFY, plainModem.error(), "a modem without TLS");
			assertEquals(0, peer.accepted());
		}
	}

	@Test
	void countsWhatTheModemDidNotVerify() throws IOException {
		try (EchoPeer peer = EchoPeer.secure(CHAIN)) {
			SecureSocket socket = socket().secure(true).offload(true).verifyPeer(PeerVerification.NONE, PeerVerification.UNDERSTOOD);
			assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
			echo(socket, 100);
			socket.close();
			assertEquals(1, this.kit.context.stats().unverified());
		}
	}

	@Test
	void carriesSeveralConnectionsAtATime() throws IOException {
		try (EchoPeer plain = EchoPeer.plain(); EchoPeer secure = EchoPeer.secure(CHAIN)) {
			SecureSocket[] sockets = { socket(), socket().secure(true).securityTags(SocketKit.TAG), offloaded(MODEM_TAG), socket(), socket() };
			for (SecureSocket socket : sockets) {
				boolean tls = socket.intOption(SocketOption.SECURE) == 1;
				assertEquals(0, socket.connect("localhost", tls ? secure.port() : plain.port()), () -> NetError.text(socket.error()));
			}
			SecureSocket one = socket();
			assertEquals(SecureSocket.FAILED, one.connect("localhost", plain.port()));
			assertEquals(NetError.NO_FREE_LINK, one.error());
			for (int i = 0; i < 3; i++) {
				for (SecureSocket socket : sockets) {
					echo(socket, 1000 + i);
				}
			}
			for (SecureSocket socket : sockets) {
				socket.close();
			}
			assertEquals(2, this.kit.pool.free());
		}
	}

	@Test
	void saysWhyThereIsNoConnection() throws IOException {
		SecureSocket socket = socket();
		assertEquals(SecureSocket.FAILED, socket.connect(this.emulator.unknownHost, 443));
		assertEquals(NetError.NAME_UNKNOWN, socket.error());
		int port;
		try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = nobody.getLocalPort();
		}
		assertEquals(SecureSocket.FAILED, socket.connect("127.0.0.1", port));
		assertEquals(NetError.REFUSED, socket.error());
		assertEquals(SecureSocket.FAILED, socket.connect("a\",1\r\nAT+RESTORE", port));
		assertEquals(NetError.HOST_NAME, socket.error());
		assertEquals(SecureSocket.FAILED, socket.connect("a\"b", port));
		assertEquals(NetError.HOST_NAME, socket.error(), "a name that would end the command's text");
	}

	@Test
	void getsOverAModemThatIsBusy() throws IOException {
		try (EchoPeer peer = EchoPeer.plain()) {
			SecureSocket socket = socket();
			assertEquals(0, socket.connect("127.0.0.1", peer.port()));
			this.emulator.busy = 2;
			echo(socket, 100);
			socket.close();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void getsOverAResetInMidTransfer(boolean secure) throws IOException {
		try (EchoPeer peer = secure ? EchoPeer.secure(CHAIN) : EchoPeer.plain()) {
			SecureSocket socket = socket().secure(secure).securityTags(SocketKit.TAG);
			assertEquals(0, socket.connect("localhost", peer.port()), () -> NetError.text(socket.error()));
			echo(socket, 3000);
			byte[] data = new byte[4000];
			socket.blocking(false).send(data, 0, data.length);
			this.emulator.reset();
			int result = 0;
			while (result != SecureSocket.FAILED) {
				result = socket.receive(data, 0, data.length);
			}
			assertEquals(NetError.MODEM_RESET, socket.error());
			assertEquals(2, this.kit.pool.free());
			assertEquals(0, socket.blocking(true).connect("localhost", peer.port()), () -> NetError.text(socket.error()));
			echo(socket, 3000);
			socket.close();
		}
	}

	@Test
	void givesUpOnASilentModem() {
		this.emulator.silent = true;
		SecureSocket socket = socket().connectTimeout(200);
		assertEquals(SecureSocket.FAILED, socket.connect("localhost", 443));
		assertEquals(NetError.CONNECT_TIMEOUT, socket.error());
	}

	@Test
	void tellsTheEndFromABreak() throws IOException {
		try (EchoPeer peer = EchoPeer.plain()) {
			SecureSocket socket = socket();
			assertEquals(0, socket.connect("127.0.0.1", peer.port()));
			echo(socket, 10);
			peer.dropClients();
			assertEquals(SecureSocket.END, socket.receive(new byte[1], 0, 1));
			socket.close();
		}
	}

	@Test
	void saysThatBytesWereLost() throws IOException {
		this.emulator.passive = false;
		try (EchoPeer peer = EchoPeer.plain()) {
			SecureSocket socket = new SecureSocket(this.kit.context, new ModemTransport(this.modem, 16, 64));
			assertEquals(0, socket.connect("127.0.0.1", peer.port()));
			byte[] data = new byte[64];
			assertEquals(64, socket.send(data, 0, 64));
			int count = 1;
			while (count > 0) {
				count = socket.receive(data, 0, 1);
			}
			assertEquals(SecureSocket.FAILED, count);
			assertEquals(NetError.MODEM_OVERRUN, socket.error());
		}
	}

	@Test
	void sendsWhatItHasTakenBeforeItCloses() throws Exception {
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<byte[]> all = CompletableFuture.supplyAsync(() -> {
				try (Socket client = listener.accept()) {
					return client.getInputStream().readAllBytes();
				} catch (IOException e) {
					throw new UncheckedIOException(e);
				}
			});
			SecureSocket socket = socket();
			assertEquals(0, socket.connect("127.0.0.1", listener.getLocalPort()));
			byte[] data = new byte[1500];
			new java.util.Random(1).nextBytes(data);
			assertEquals(1500, socket.send(data, 0, 1500));
			socket.closeTimeout(60_000).close();
			assertArrayEquals(data, all.get(250, TimeUnit.SECONDS));
		}
	}
}
