/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fixture's own test: other people's TLS clients find the scripted server right when its script is right, and wrong when it is not. */
class ScriptedServerTest {

	private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] PONG = "a somewhat longer pong".getBytes(StandardCharsets.US_ASCII);

	static Stream<Arguments> jsse() {
		return Stream.of(TlsNumbers.AES_128_GCM_SHA256, TlsNumbers.AES_256_GCM_SHA384, TlsNumbers.CHACHA20_POLY1305_SHA256)
				.flatMap(suite -> Stream.of(TlsNumbers.X25519, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1)
						.flatMap(group -> Stream.of("P-256", "P-384", "RSA-2048", "RSA-PSS").map(kind -> Arguments.of(suite, group, kind))));
	}

	@ParameterizedTest
	@MethodSource("jsse")
	void jsseCompletesAHandshake(int suite, int group, String kind) throws Exception {
		for (boolean retry : new boolean[] { false, true }) {
			ScriptedServer server = new ScriptedServer();
			server.suite = suite;
			server.group = group;
			server.identity = ServerIdentity.of(kind, retry ? 2 : 0);
			JssePeer client = new JssePeer(JssePeer.context(null, false), server, "TLSv1.3");
			if (retry || !JssePeer.offersShare(group)) {
				server.script(Script.retried());
				server.cookie = retry ? ScriptedServer.bytes(3, 100) : null;
				if (JssePeer.offersShare(group)) {
					server.retry = f -> f.extensions.remove(TlsNumbers.KEY_SHARE);
				}
			}
			server.then(ServerStep.TICKET, ServerStep.data(PONG), ServerStep.keyUpdate(true), ServerStep.data(PONG));
			client.send(PING);
			client.run();
			assertTrue(server.client.finished);
			assertArrayEquals(PING, server.client.data());
			assertArrayEquals(Octets.concat(PONG, PONG), client.received());
			assertEquals(1, server.client.keyUpdates);
			client.send(PING);
			server.then(ServerStep.CLOSE_NOTIFY);
			client.run();
			assertArrayEquals(Octets.concat(PING, PING), server.client.data());
			assertTrue(client.engine.isInboundDone());
		}
	}

	@Test
	void jsseAcceptsAllFramings() throws Exception {
		List<Framing> framings = List.of(Framing.COALESCED, Framing.pieces(1), Framing.pieces(7), Framing.random(4, 300), Framing.cutAt(3));
		for (Framing framing : framings) {
			ScriptedServer server = new ScriptedServer().script(Script.requested());
			server.framing = framing;
			server.padding = () -> 17;
			JssePeer client = new JssePeer(JssePeer.context(null, false), server, "TLSv1.3");
			server.then(ServerStep.data(PONG));
			client.run();
			assertArrayEquals(PONG, client.received());
			assertNotNull(server.client.certificate);
		}
	}

	@Test
	void jsseRefusesWhatIsWrong() throws Exception {
		ScriptedServer server = new ScriptedServer();
		server.beforeHash.put(TlsNumbers.FINISHED, m -> Messages.flip(m, -1));
		assertAlert(server, TlsNumbers.DECRYPT_ERROR);
		server = new ScriptedServer();
		server.beforeHash.put(TlsNumbers.CERTIFICATE_VERIFY, m -> Messages.flip(m, -1));
		// RFC 8446 §4.4.3 asks for decrypt_error; JSSE says it this way.
		assertAlert(server, TlsNumbers.HANDSHAKE_FAILURE);
		assertAlert(new ScriptedServer().script(Script.full().remove(ServerStep.VERIFY)), TlsNumbers.UNEXPECTED_MESSAGE);
	}

	private static void assertAlert(ScriptedServer server, int description) throws Exception {
		JssePeer client = new JssePeer(JssePeer.context(null, false), server, "TLSv1.3");
		assertThrows(SSLException.class, client::run);
		client.drain();
		assertEquals(new ClientRecords.Alert(2, description, true), server.client.alert());
	}

	@Test
	void bouncyCastleCompletesAHandshakeWithCcm() throws Exception {
		for (int suite = TlsNumbers.AES_128_GCM_SHA256; suite <= TlsNumbers.AES_128_CCM_8_SHA256; suite++) {
			ScriptedServer server = new ScriptedServer();
			server.suite = suite;
			server.identity = ServerIdentity.of("Ed25519");
			server.then(ServerStep.data(PONG));
			TlsClientProtocol client = new TlsClientProtocol();
			client.connect(new BcClient(suite));
			byte[] received = new byte[0];
			for (int i = 0; i < 20; i++) {
				byte[] out = new byte[client.getAvailableOutputBytes()];
				client.readOutput(out, 0, out.length);
				server.receive(out);
				client.offerInput(server.take());
				byte[] in = new byte[client.getAvailableInputBytes()];
				client.readInput(in, 0, in.length);
				received = Octets.concat(received, in);
				if (i == 3) {
					client.writeApplicationData(PING, 0, PING.length);
				}
			}
			assertArrayEquals(PING, server.client.data());
			assertArrayEquals(PONG, received);
		}
	}

	private static final class BcClient extends DefaultTlsClient {

		private final int suite;

		BcClient(int suite) {
			super(new BcTlsCrypto(new SecureRandom()));
			this.suite = suite;
		}

		@Override
		protected ProtocolVersion[] getSupportedVersions() {
			return ProtocolVersion.TLSv13.only();
		}

		@Override
		protected int[] getSupportedCipherSuites() {
			return new int[] { this.suite };
		}

		@Override
		protected Vector<ServerName> getSNIServerNames() {
			return new Vector<>(List.of(new ServerName((short) 0, ServerIdentity.SERVER_NAME.getBytes(StandardCharsets.US_ASCII))));
		}

		@Override
		public TlsAuthentication getAuthentication() {
			return new TlsAuthentication() {
				@Override
				public void notifyServerCertificate(TlsServerCertificate certificate) {
					// The scripted server's signature is what this test is about; bctls checks it itself.
				}

				@Override
				public TlsCredentials getClientCredentials(CertificateRequest request) {
					return null;
				}
			};
		}
	}
}
