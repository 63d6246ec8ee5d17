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
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.KeyKind;
import dev.thimble.net.socket.ServerSocketListener;
import dev.thimble.net.socket.SocketTransport;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.tls.TlsError;

/** Both ends are Thimble's: what one end may ask of the other. */
@Timeout(300)
final class SecureServerSocketTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 1);
	private static final int SERVER_TAG = 1;
	private static final int CLIENT_TAG = 2;
	private static final int PSK_TAG = 3;
	private static final byte[] LINE = "both ends".getBytes(StandardCharsets.US_ASCII);

	private final SocketKit kit = new SocketKit(2, CHAIN.root());
	private ServerSocketListener listener;
	private SecureServerSocket server;

	@BeforeEach
	void listen() throws IOException {
		this.listener = new ServerSocketListener(0, 4, InetAddress.getLoopbackAddress());
		this.server = new SecureServerSocket(this.listener);
		this.kit.credentials.add(SERVER_TAG, Credentials.OWN_CERTIFICATE, CHAIN.leaf().certificate());
		this.kit.credentials.add(SERVER_TAG, Credentials.PRIVATE_KEY, CHAIN.leaf().keys().getPrivate().getEncoded());
		this.kit.credentials.add(PSK_TAG, Credentials.PSK, "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
		this.kit.credentials.add(PSK_TAG, Credentials.PSK_IDENTITY, "device".getBytes(StandardCharsets.US_ASCII));
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	private SecureSocket accepted(int... tags) {
		return this.kit.plain().secure(true).securityTags(tags).blocking(false);
	}

	/**
	 * Connects both in one loop, until both have a connection or neither: one end learns of a refusal before the other has said goodbye. True if there
	 * is a connection.
	 */
	private boolean meet(SecureSocket client, SecureSocket served) {
		client.blocking(false);
		int result = client.connect("localhost", this.listener.port());
		int taken = 0;
		while (result != SecureSocket.FAILED) {
			if (taken == 0) {
				taken = this.server.accept(served);
			}
			boolean gone = (client.poll() & SecureSocket.GONE) != 0;
			boolean servedGone = taken != 0 && (served.poll() & SecureSocket.GONE) != 0;
			if (gone && servedGone) {
				return false;
			}
			if (taken != 0 && client.connected() && served.connected()) {
				return true;
			}
		}
		return false;
	}

	private static void exchange(SecureSocket from, SecureSocket to) {
		byte[] back = new byte[LINE.length];
		int sent = 0;
		int received = 0;
		while (received < back.length) {
			if (sent < LINE.length) {
				sent += Math.max(0, from.send(LINE, sent, LINE.length - sent));
			}
			from.poll();
			int count = to.receive(back, received, back.length - received);
			assertTrue(count > 0 || count == SecureSocket.WOULD_BLOCK, () -> NetError.text(to.error()));
			received += Math.max(0, count);
		}
		assertArrayEquals(LINE, back);
	}

	private static String errors(SecureSocket client, SecureSocket served) {
		return NetError.text(client.error()) + " / " + NetError.text(served.error());
	}

	@Test
	void servesPlainAndSecureClients() {
		for (int i = 0; i < 4; i++) {
			boolean secure = i % 2 == 1;
			SecureSocket served = accepted(SERVER_TAG).secure(secure);
			SecureSocket client = secure ? this.kit.secure() : this.kit.plain();
			assertTrue(meet(client, served), () -> errors(client, served));
			exchange(client, served);
			exchange(served, client);
			assertEquals(1, served.intOption(SocketOption.ROLE));
			assertEquals(0, client.intOption(SocketOption.ROLE));
			client.close();
			while (served.receive(new byte[1], 0, 1) == SecureSocket.WOULD_BLOCK) {
				served.poll();
			}
			served.close();
			assertEquals(2, this.kit.pool.free());
		}
		assertEquals(0, this.kit.context.stats().unverified());
	}

	@Test
	void nobodyWaitsForAServerWithoutClients() {
		SecureSocket served = accepted(SERVER_TAG);
		assertEquals(0, this.server.accept(served));
		assertEquals(2, this.kit.pool.free());
	}

	@Test
	void sayWhatAServerLacks() {
		SecureSocket served = accepted(CLIENT_TAG);
		SecureSocket client = this.kit.secure();
		assertFalse(meet(client, served));
		assertEquals(NetError.CREDENTIAL_UNKNOWN, served.error());
		EnginePool clients = new EnginePool(dev.thimble.crypto.PortableCrypto::new, (out, offset, length) -> true, null,
				new dev.thimble.tls.Tls13Client());
		SecureSocket lacking = new SecureSocket(new SecureContext(this.kit.clock, this.kit.credentials, clients), new SocketTransport()).secure(true)
				.securityTags(SERVER_TAG, SocketKit.TAG);
		assertFalse(meet(this.kit.secure(), lacking));
		assertEquals(NetError.FEATURE_MISSING, lacking.error());
		lacking.sessionCache(true);
		assertEquals(SecureSocket.FAILED, lacking.connect("localhost", this.listener.port()));
		assertEquals(NetError.FEATURE_MISSING, lacking.error());
		lacking.sessionCache(false).securityTags(PSK_TAG);
		assertEquals(SecureSocket.FAILED, lacking.connect("localhost", this.listener.port()));
		assertEquals(NetError.FEATURE_MISSING, lacking.error());
	}

	@Test
	void bothEndsKnowEachOtherByAPreSharedKey() {
		SecureSocket client = this.kit.plain().secure(true).securityTags(PSK_TAG);
		SecureSocket served = accepted(PSK_TAG);
		assertTrue(meet(client, served), () -> errors(client, served));
		assertTrue(client.resumed());
		exchange(client, served);
		client.close();
		served.close();
		assertEquals(0, this.kit.context.stats().unverified());
		assertEquals(0, this.kit.credentials.delete(PSK_TAG, Credentials.PSK_IDENTITY));
		assertEquals(NetError.CREDENTIAL_INVALID, client.prepare(), "a key nobody can name");
	}

	// Verification.

	private static Chain stranger() {
		return TestPki.chain(KeyKind.P256, 2);
	}

	private SecureSocket servedByStranger() {
		this.kit.credentials.delete(SERVER_TAG, Credentials.OWN_CERTIFICATE);
		this.kit.credentials.delete(SERVER_TAG, Credentials.PRIVATE_KEY);
		this.kit.credentials.add(SERVER_TAG, Credentials.OWN_CERTIFICATE, stranger().leaf().certificate());
		this.kit.credentials.add(SERVER_TAG, Credentials.PRIVATE_KEY, stranger().leaf().keys().getPrivate().getEncoded());
		return accepted(SERVER_TAG);
	}

	@Test
	void withoutVerificationAnybodyWillDoAndIsCounted() {
		SecureSocket served = servedByStranger();
		SecureSocket client = this.kit.plain().secure(true).verifyPeer(PeerVerification.NONE, PeerVerification.UNDERSTOOD);
		assertTrue(meet(client, served), () -> errors(client, served));
		exchange(client, served);
		assertEquals(PeerVerification.NOT_VERIFIED, client.verifyResult());
		assertEquals(1, this.kit.context.stats().unverified());
		client.close();
		served.close();
		// Requiring it again is another engine's business.
		SecureSocket strict = this.kit.secure();
		assertFalse(meet(strict, served));
		assertTrue(strict.error() >= 100 && strict.verifyResult() == strict.error(), () -> NetError.text(strict.error()));
	}

	@Test
	void withOptionalVerificationTheResultIsToBeSeen() {
		SecureSocket served = servedByStranger();
		SecureSocket client = this.kit.secure().verifyPeer(PeerVerification.OPTIONAL);
		assertTrue(meet(client, served), () -> errors(client, served));
		assertTrue(client.verifyResult() == dev.thimble.x509.PathError.UNKNOWN_CA, () -> NetError.name(client.verifyResult()));
		assertEquals(1, this.kit.context.stats().unverified());
		client.close();
		served.close();
		SecureSocket wrongName = this.kit.secure().verifyPeer(PeerVerification.OPTIONAL).hostName("other.example");
		assertTrue(meet(wrongName, served), () -> errors(wrongName, served));
		assertEquals(dev.thimble.x509.PathError.HOST_NAME_MISMATCH, wrongName.verifyResult());
		wrongName.close();
		served.close();
	}

	@Test
	void aCallbackHasTheLastWord() {
		int[] seen = { -7, 0 };
		SecureSocket served = accepted(SERVER_TAG);
		SecureSocket refusing = this.kit.secure().verificationCallback((result, depth) -> {
			seen[0] = result;
			seen[1]++;
			return false;
		});
		assertFalse(meet(refusing, served));
		assertEquals(TlsError.PEER_REFUSED, refusing.error());
		assertEquals(0, seen[0]);
		assertEquals(1, seen[1]);
		served.close();

		SecureSocket accepting = this.kit.secure().verificationCallback((result, depth) -> true);
		SecureSocket good = accepted(SERVER_TAG);
		assertTrue(meet(accepting, good), () -> errors(accepting, good));
		assertEquals(0, accepting.verifyResult());
		accepting.close();
		good.close();

		SecureSocket bad = servedByStranger();
		assertFalse(meet(accepting, bad), "required is required, whatever a callback says");
		bad.close();
		accepting.verifyPeer(PeerVerification.OPTIONAL);
		SecureSocket again = accepted(SERVER_TAG);
		assertTrue(meet(accepting, again), () -> errors(accepting, again));
		accepting.close();
		again.close();
	}

	@Test
	void aStrangerStillHasToOwnItsCertificate() throws IOException {
		// The certificate of one, the key of another: Identity finds that out before a connection.
		this.kit.credentials.delete(SERVER_TAG, Credentials.PRIVATE_KEY);
		this.kit.credentials.add(SERVER_TAG, Credentials.PRIVATE_KEY, TestPki.key(KeyKind.P256, 5).getPrivate().getEncoded());
		assertEquals(NetError.CREDENTIAL_INVALID, error(accepted(SERVER_TAG)));
	}

	private int error(SecureSocket served) {
		assertFalse(meet(this.kit.secure(), served));
		return served.error();
	}
}
