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

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Vector;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

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
			Jsse client = new Jsse(server);
			if (retry || !client.offersShare(group)) {
				server.script(Script.retried());
				server.cookie = retry ? ScriptedServer.bytes(3, 100) : null;
				if (client.offersShare(group)) {
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
			Jsse client = new Jsse(server);
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
		Jsse client = new Jsse(server);
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

	/** JSSE's client side, pumped by hand. */
	private static final class Jsse {

		final SSLEngine engine;
		private final ScriptedServer server;
		private final ByteBuffer in = ByteBuffer.allocate(1 << 18);
		private final ByteBuffer app = ByteBuffer.allocate(1 << 16);
		private final ByteBuffer out = ByteBuffer.allocate(1 << 16);
		private byte[] toSend = new byte[0];

		Jsse(ScriptedServer server) throws Exception {
			KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
			roots.load(null);
			roots.setCertificateEntry("root",
					CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(ServerIdentity.root())));
			TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
			trust.init(roots);
			SSLContext context = SSLContext.getInstance("TLSv1.3");
			context.init(null, trust.getTrustManagers(), null);
			this.server = server;
			this.engine = context.createSSLEngine(ServerIdentity.SERVER_NAME, 443);
			this.engine.setUseClientMode(true);
			SSLParameters parameters = this.engine.getSSLParameters();
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
			parameters.setProtocols(new String[] { "TLSv1.3" });
			this.engine.setSSLParameters(parameters);
		}

		/** JSSE 17 sends shares for its first two groups. */
		boolean offersShare(int group) {
			return group == TlsNumbers.X25519 || group == TlsNumbers.SECP256R1;
		}

		void send(byte[] data) {
			this.toSend = Octets.concat(this.toSend, data);
		}

		byte[] received() {
			return Arrays.copyOf(this.app.array(), this.app.position());
		}

		void run() throws SSLException {
			for (int quiet = 0; quiet < 3;) {
				boolean progress = drain();
				this.in.put(this.server.take());
				this.in.flip();
				while (this.in.hasRemaining() && this.engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
					int before = this.in.remaining();
					SSLEngineResult result = this.engine.unwrap(this.in, this.app);
					tasks();
					progress = true;
					if (result.getStatus() != SSLEngineResult.Status.OK || before == this.in.remaining()) {
						break;
					}
				}
				this.in.compact();
				quiet = progress ? 0 : quiet + 1;
			}
		}

		boolean drain() throws SSLException {
			boolean progress = false;
			for (int i = 0; i < 20; i++) {
				tasks();
				ByteBuffer source = ByteBuffer.wrap(this.toSend);
				SSLEngineResult result = this.engine.wrap(source, this.out);
				this.toSend = Arrays.copyOfRange(this.toSend, source.position(), this.toSend.length);
				if (result.bytesProduced() == 0) {
					break;
				}
				progress = true;
				this.server.receive(Arrays.copyOf(this.out.array(), this.out.position()));
				this.out.clear();
			}
			return progress;
		}

		private void tasks() {
			for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine.getDelegatedTask()) {
				task.run();
			}
		}
	}
}
