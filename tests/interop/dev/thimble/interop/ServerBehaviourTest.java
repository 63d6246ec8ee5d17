/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.host.CertificateMaker;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.Parameters;
import dev.thimble.host.TrustStore;
import dev.thimble.support.GnuTlsServer;
import dev.thimble.support.Network;
import dev.thimble.support.Network.Delivery;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;
import dev.thimble.support.TlsServer;
import dev.thimble.tls.Alert;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** What real servers do besides a plain handshake: retries, cookies, ALPN, key updates, half-close, limits, long chains, requests for certificates. */
final class ServerBehaviourTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final int BIG = 300_000;

	private static EngineBuilder client(Chain chain) {
		return new EngineBuilder().anchors(TrustStore.of(chain.root()));
	}

	private static Network connect(TlsEngine engine, TlsServer server, Delivery delivery) throws IOException {
		Network network = new Network(engine, delivery, 1).start(server.address(), TestPki.HOST);
		assertTrue(network.handshake(), () -> "the handshake failed: " + TlsError.name(engine.error()) + ", alert received "
				+ Alert.name(engine.alertReceived()) + ", server: " + server.process().output(0));
		return network;
	}

	private static void echo(Network network, TlsServer server, int length) throws IOException {
		byte[] line = HandshakeMatrixTest.line(new Random(length), length);
		assertTrue(network.send(line), "could not send");
		assertArrayEquals(server.echo(line), network.receive(length), () -> TlsError.name(network.engine().error()));
	}

	/** Sends a line to a server that prints what it receives; with it comes what it had printed before. */
	private static String tell(Network network, TlsServer server, int mark) throws IOException {
		network.send("thimble was here\n".getBytes(StandardCharsets.US_ASCII));
		String said = server.process().await(mark, "thimble was here", TlsServer.PATIENCE);
		assertNotNull(said, "our data did not arrive");
		return said;
	}

	private static void finish(Network network) throws IOException {
		assertEquals("E_NONE", TlsError.name(network.finish()));
		assertTrue(network.engine().peerClosed());
	}

	@ParameterizedTest
	@CsvSource({ "P-256, secp256r1", "P-384, secp384r1", "X25519, x25519" })
	void openSslAsksForAnotherGroup(String serverGroup, String group) throws IOException {
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev", "-groups", serverGroup)) {
			retried(server, group, false);
			retried(server, group, true);
		}
	}

	@ParameterizedTest
	@CsvSource({ "SECP256R1, secp256r1", "SECP384R1, secp384r1", "X25519, x25519" })
	void gnuTlsAsksForAnotherGroup(String serverGroup, String group) throws IOException {
		try (TlsServer server = GnuTlsServer.startWithPriority(CHAIN, "NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+GROUP-" + serverGroup)) {
			retried(server, group, false);
			retried(server, group, true);
		}
	}

	private static void retried(TlsServer server, String group, boolean middlebox) throws IOException {
		int wanted = Parameters.groups(group)[0];
		int first = wanted == KeyAgreement.X25519 ? KeyAgreement.SECP256R1 : KeyAgreement.X25519;
		for (Delivery delivery : Delivery.values()) {
			TlsEngine engine = client(CHAIN).groups(first, wanted).middleboxCompatibility(middlebox).build();
			try (Network network = connect(engine, server, delivery)) {
				assertTrue(engine.helloRetried());
				assertEquals(wanted, engine.group());
				echo(network, server, 100);
				finish(network);
			}
		}
	}

	/** OpenSSL 3.0 refuses the dummy change_cipher_spec of middlebox compatibility mode here, from its own client, too. */
	@ParameterizedTest
	@CsvSource({ "X25519:P-256:P-384, x25519", "P-384, secp384r1" })
	void openSslAsksForItsCookieBack(String serverGroups, String group) throws IOException {
		for (Delivery delivery : Delivery.values()) {
			// s_server asks for a cookie only in the first connection of its life.
			try (TlsServer server = OpenSslServer.startWithInput(CHAIN, "-stateless", "-groups", serverGroups)) {
				int mark = server.process().mark();
				TlsEngine engine = client(CHAIN).middleboxCompatibility(false).build();
				try (Network network = connect(engine, server, delivery)) {
					assertTrue(engine.helloRetried(), () -> delivery + ": no HelloRetryRequest");
					assertEquals(group, Parameters.groupName(engine.group()));
					tell(network, server, mark);
				}
			}
		}
	}

	@Test
	void noCommonGroupEndsWithTheServersAlert() throws IOException {
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev", "-groups", "P-521")) {
			TlsEngine engine = client(CHAIN).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1).start(server.address(), TestPki.HOST)) {
				assertFalse(network.handshake());
				assertEquals(TlsError.ALERT_RECEIVED, engine.error());
				assertEquals(Alert.HANDSHAKE_FAILURE, engine.alertReceived());
			}
		}
	}

	@Test
	void aServerWithoutTls13IsRefused() throws IOException {
		GnuTlsServer.assume();
		try (TlsServer server = GnuTlsServer.startWithPriority(CHAIN, "NORMAL:-VERS-ALL:+VERS-TLS1.2")) {
			TlsEngine engine = client(CHAIN).build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1).start(server.address(), TestPki.HOST)) {
				assertFalse(network.handshake());
				assertEquals("E_ALERT_RECEIVED", TlsError.name(engine.error()));
				assertEquals("handshake_failure", Alert.name(engine.alertReceived()));
			}
		}
	}

	@Test
	void applicationProtocolIsNegotiated() throws IOException {
		try (TlsServer openSsl = OpenSslServer.start(CHAIN, "-rev", "-alpn", "h2,mqtt");
				TlsServer gnuTls = GnuTlsServer.start(CHAIN, "--alpn", "h2", "--alpn", "mqtt")) {
			for (TlsServer server : new TlsServer[] { openSsl, gnuTls }) {
				TlsEngine engine = client(CHAIN).alpn("http/1.1", "mqtt").build();
				try (Network network = connect(engine, server, Delivery.RANDOM)) {
					assertEquals(1, engine.applicationProtocol(), server.name());
					finish(network);
				}
			}
			TlsEngine engine = client(CHAIN).alpn("http/1.1").build();
			try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1).start(openSsl.address(), TestPki.HOST)) {
				assertFalse(network.handshake());
				assertEquals(Alert.NO_APPLICATION_PROTOCOL, engine.alertReceived());
			}
		}
	}

	@Test
	void aServerWithoutAlpnIsAccepted() throws IOException {
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev")) {
			TlsEngine engine = client(CHAIN).alpn("mqtt").build();
			try (Network network = connect(engine, server, Delivery.AS_IT_COMES)) {
				assertEquals(-1, engine.applicationProtocol());
				finish(network);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void openSslFollowsOurKeyUpdates(boolean requestPeer) throws IOException {
		try (TlsServer server = OpenSslServer.startWithInput(CHAIN)) {
			for (Delivery delivery : Delivery.values()) {
				TlsEngine engine = client(CHAIN).build();
				try (Network network = connect(engine, server, delivery)) {
					for (int i = 0; i < 10; i++) {
						network.await(TlsEngine.WANTS_APP_OUT);
						assertTrue(engine.keyUpdate(requestPeer), "no key update in round " + i);
						tell(network, server, server.process().mark());
						say(server, "round " + i + "\n");
						byte[] expected = ("round " + i + "\n").getBytes(StandardCharsets.US_ASCII);
						assertArrayEquals(expected, network.receive(expected.length), () -> TlsError.name(engine.error()));
					}
				}
			}
		}
	}

	/** gnutls-serv looks at what came behind a key update only after a second. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void gnuTlsFollowsOurKeyUpdates(boolean requestPeer) throws IOException {
		try (TlsServer server = GnuTlsServer.start(CHAIN)) {
			TlsEngine engine = client(CHAIN).build();
			try (Network network = connect(engine, server, Delivery.RANDOM)) {
				for (int i = 0; i < 2; i++) {
					network.await(TlsEngine.WANTS_APP_OUT);
					assertTrue(engine.keyUpdate(requestPeer), "no key update in round " + i);
					echo(network, server, 50 + i);
				}
				finish(network);
			}
		}
	}

	@Test
	void openSslUpdatesItsKeysAndAsksForOurs() throws IOException {
		try (TlsServer server = OpenSslServer.startWithInput(CHAIN, "-msg")) {
			TlsEngine engine = client(CHAIN).build();
			int mark = server.process().mark();
			try (Network network = connect(engine, server, Delivery.RANDOM)) {
				for (String command : new String[] { "K\n", "k\n", "K\n" }) {
					int before = server.process().mark();
					say(server, command);
					assertNotNull(server.process().await(before, "KeyUpdate", TlsServer.PATIENCE), "no key update by the server");
					say(server, "after " + command);
					byte[] expected = ("after " + command).getBytes(StandardCharsets.US_ASCII);
					assertArrayEquals(expected, network.receive(expected.length));
					tell(network, server, server.process().mark());
				}
			}
			String trace = server.process().output(mark);
			assertEquals(3, count(trace, ">>> TLS 1\\.3, Handshake \\[length 0005\\], KeyUpdate"), "key updates by the server");
			assertEquals(2, count(trace, "<<< TLS 1\\.3, Handshake \\[length 0005\\], KeyUpdate"), "our answers to the two that ask");
		}
	}

	private static void say(TlsServer server, String text) throws IOException {
		server.process().input().write(text.getBytes(StandardCharsets.US_ASCII));
		server.process().input().flush();
	}

	private static int count(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		int found = 0;
		while (matcher.find()) {
			found++;
		}
		return found;
	}

	@ParameterizedTest
	@ValueSource(ints = { 512, 1000, 4096, 16384 })
	void dataComesAfterWeClosedOurHalf(int limit) throws IOException {
		byte[] file = new byte[BIG];
		new Random(limit).nextBytes(file);
		try (TlsServer server = OpenSslServer.start(CHAIN, "-HTTP")) {
			byte[] head = "HTTP/1.0 200 ok\r\nContent-type: text/plain\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
			byte[] body = new byte[head.length + BIG];
			System.arraycopy(head, 0, body, 0, head.length);
			System.arraycopy(file, 0, body, head.length, BIG);
			Files.write(server.folder().resolve("big"), body);
			TlsEngine engine = client(CHAIN).recordInLimit(limit).build();
			try (Network network = connect(engine, server, Delivery.AS_IT_COMES)) {
				network.send("GET /big HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				network.shutdown();
				assertArrayEquals(body, network.receive(body.length), () -> TlsError.name(engine.error()));
				assertEquals(0, network.receive(1).length, "more than the file came");
				assertEquals("E_NONE", TlsError.name(engine.error()));
				assertTrue(engine.peerClosed());
				assertTrue((engine.state() & TlsEngine.CLOSED) != 0);
				assertTrue(engine.recordsIn() >= BIG / limit);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 512, 1024, 2000, 4096, 16384 })
	void gnuTlsKeepsToOurRecordSizeLimitAndWeToIts(int limit) throws IOException {
		try (TlsServer server = GnuTlsServer.start(CHAIN, "--recordsize", "1000")) {
			TlsEngine engine = client(CHAIN).recordInLimit(limit).recordOutLimit(4096).build();
			try (Network network = connect(engine, server, Delivery.RANDOM)) {
				// GnuTLS counts the content type, too (RFC 8449 §4).
				assertTrue(engine.recordOutLimit() >= 999 && engine.recordOutLimit() <= 1000, () -> "our limit is " + engine.recordOutLimit());
				long before = engine.recordsOut();
				echo(network, server, 6000);
				assertTrue(engine.recordsOut() - before >= 6, "the data went out in " + (engine.recordsOut() - before) + " records");
				finish(network);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 512, 1024, 2048, 4096 })
	void openSslKeepsToOurMaximumFragmentLength(int limit) throws IOException {
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev")) {
			TlsEngine engine = client(CHAIN).recordInLimit(limit).recordOutLimit(16384).build();
			try (Network network = connect(engine, server, Delivery.COALESCED)) {
				assertEquals(limit, engine.recordOutLimit(), "max_fragment_length limits both directions (RFC 6066 §4)");
				echo(network, server, 9000);
				finish(network);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 512, 1024 })
	void aLongChainPassesThroughASmallBuffer(int limit) throws IOException, GeneralSecurityException {
		byte[] ballast = new byte[4096];
		Identity root = TestPki.root(KeyKind.P256);
		Identity upper = new CertificateMaker("CN=Upper", TestPki.key(KeyKind.P256, 1)).authority().issuedBy(root)
				.extension("1.3.6.1.4.1.55555.1", false, ballast).make();
		Identity lower = new CertificateMaker("CN=Lower", TestPki.key(KeyKind.P256, 2)).authority().issuedBy(upper)
				.extension("1.3.6.1.4.1.55555.1", false, ballast).make();
		Identity leaf = TestPki.leaf(KeyKind.P256).issuedBy(lower).extension("1.3.6.1.4.1.55555.1", false, ballast).make();
		Chain chain = new Chain(root, leaf, lower, upper);
		assertTrue(chain.bytes() > 12 * 1024);
		try (TlsServer openSsl = OpenSslServer.start(chain, "-rev"); TlsServer gnuTls = GnuTlsServer.start(chain)) {
			for (TlsServer server : new TlsServer[] { openSsl, gnuTls }) {
				for (Delivery delivery : Delivery.values()) {
					TlsEngine engine = client(chain).recordInLimit(limit).build();
					try (Network network = connect(engine, server, delivery)) {
						assertTrue(engine.handshakeBytesIn() > 12 * 1024);
						echo(network, server, 100);
						finish(network);
					}
				}
			}
		}
	}

	@Test
	void aChainWithTheRootOrOutOfOrderIsAccepted() throws IOException {
		Chain four = TestPki.chain(KeyKind.P256, 4);
		Identity[] path = four.path();
		Chain withRoot = new Chain(four.root(), path[0], path[1], path[2], path[3], four.root());
		Chain swapped = new Chain(four.root(), path[0], path[2], path[1], path[3]);
		for (Chain chain : new Chain[] { withRoot, swapped }) {
			try (TlsServer server = OpenSslServer.start(chain, "-rev")) {
				try (Network network = connect(client(chain).pendingCertificates(1).build(), server, Delivery.RANDOM)) {
					echo(network, server, 10);
					finish(network);
				}
			}
		}
	}

	@Test
	void addressesAreCheckedAndNotSentAsServerName() throws IOException {
		// s_server sends no intermediates with its second certificate, which it chooses by name.
		Chain chain = TestPki.chain(KeyKind.P256, 1);
		try (TlsServer server = OpenSslServer.startWithInput(chain, "-servername", TestPki.HOST, "-cert2", "server.pem", "-key2", "server.key")) {
			for (String name : new String[] { TestPki.HOST, "SERVER.Thimble.Test", "127.0.0.1", "::1" }) {
				int mark = server.process().mark();
				TlsEngine engine = client(chain).build();
				try (Network network = new Network(engine, Delivery.AS_IT_COMES, 1).start(server.address(), name)) {
					assertTrue(network.handshake(), () -> name + ": " + TlsError.name(engine.error()));
					String said = tell(network, server, mark).toLowerCase(Locale.ROOT);
					assertEquals(name.toLowerCase(Locale.ROOT).equals(TestPki.HOST),
							said.contains("hostname in tls extension: \"" + TestPki.HOST), name + ": " + said);
				}
			}
		}
	}

	@Test
	void aRequestForACertificateIsAnsweredWithNone() throws IOException {
		try (TlsServer asks = OpenSslServer.start(CHAIN, "-rev", "-verify", "1"); TlsServer insists = OpenSslServer.start(CHAIN, "-rev", "-Verify", "1")) {
			for (Delivery delivery : Delivery.values()) {
				try (Network network = connect(client(CHAIN).build(), asks, delivery)) {
					echo(network, asks, 100);
					finish(network);
				}
			}
			TlsEngine engine = client(CHAIN).build();
			try (Network network = connect(engine, insists, Delivery.AS_IT_COMES)) {
				assertEquals(0, network.receive(1).length);
				assertEquals(TlsError.ALERT_RECEIVED, engine.error());
				assertEquals(Alert.CERTIFICATE_REQUIRED, engine.alertReceived());
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "-num_tickets, 10", "-num_tickets, 0", "-record_padding, 512", "-max_send_frag, 512", "-no_middlebox, -bugs" })
	void oddOptionsOfOpenSsl(String option, String value) throws IOException {
		try (TlsServer server = OpenSslServer.start(CHAIN, "-rev", option, value)) {
			for (int limit : new int[] { 512, 4096 }) {
				for (boolean middlebox : new boolean[] { true, false }) {
					try (Network network = connect(client(CHAIN).recordInLimit(limit).middleboxCompatibility(middlebox).build(), server,
							Delivery.RANDOM)) {
						echo(network, server, 2500);
						finish(network);
					}
				}
			}
		}
	}

	@Test
	void bothExportTheSameKeyingMaterial() throws IOException {
		String label = "EXPERIMENTAL thimble";
		try (TlsServer server = OpenSslServer.startWithInput(CHAIN, "-keymatexport", label, "-keymatexportlen", "48")) {
			for (String suite : new String[] { "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384" }) {
				int mark = server.process().mark();
				TlsEngine engine = client(CHAIN).suites(Parameters.suites(suite)).build();
				byte[] exported = new byte[50];
				assertFalse(engine.export(label.getBytes(StandardCharsets.US_ASCII), new byte[0], exported, 1, 48), "exported before the handshake");
				try (Network network = connect(engine, server, Delivery.AS_IT_COMES)) {
					assertTrue(engine.export(label.getBytes(StandardCharsets.US_ASCII), new byte[0], exported, 1, 48));
					String said = tell(network, server, mark);
					Matcher matcher = Pattern.compile("Keying material: ([0-9A-F]{96})").matcher(said);
					assertTrue(matcher.find(), () -> "the server printed no keying material: " + said);
					assertEquals(matcher.group(1), HexFormat.of().withUpperCase().formatHex(exported, 1, 49));
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256",
			"TLS_AES_128_CCM_8_SHA256" })
	void dataMovesBothWaysAtOnce(String suite) throws IOException {
		try (TlsServer openSsl = OpenSslServer.start(CHAIN, "-rev"); TlsServer gnuTls = GnuTlsServer.start(CHAIN)) {
			for (TlsServer server : new TlsServer[] { openSsl, gnuTls }) {
				for (Delivery delivery : new Delivery[] { Delivery.AS_IT_COMES, Delivery.RANDOM }) {
					TlsEngine engine = client(CHAIN).suites(Parameters.suites(suite)).recordInLimit(1024).recordOutLimit(700).build();
					try (Network network = connect(engine, server, delivery)) {
						ByteArrayOutputStream sent = new ByteArrayOutputStream();
						ByteArrayOutputStream expected = new ByteArrayOutputStream();
						for (int i = 0; i < 60; i++) {
							byte[] line = HandshakeMatrixTest.line(new Random(i), 20 + 30 * i);
							sent.writeBytes(line);
							expected.writeBytes(server.echo(line));
						}
						assertArrayEquals(expected.toByteArray(), network.exchange(sent.toByteArray(), expected.size()),
								() -> server.name() + ", " + TlsError.name(engine.error()));
						finish(network);
					}
				}
			}
		}
	}

	@Test
	void aServerKilledInMidConnectionIsATruncation() throws IOException {
		TlsServer server = OpenSslServer.start(CHAIN, "-rev");
		TlsEngine engine = client(CHAIN).build();
		try (Network network = connect(engine, server, Delivery.AS_IT_COMES)) {
			echo(network, server, 100);
			server.close();
			assertEquals(0, network.receive(1).length);
			assertEquals(TlsError.TRUNCATED, engine.error());
			assertFalse(engine.peerClosed());
		} finally {
			server.close();
		}
	}

	@Test
	void oneEngineServesConnectionAfterConnection() throws IOException {
		try (TlsServer openSsl = OpenSslServer.start(CHAIN, "-rev"); TlsServer gnuTls = GnuTlsServer.start(CHAIN)) {
			TlsEngine engine = client(CHAIN).build();
			for (int i = 0; i < 20; i++) {
				TlsServer server = i % 3 == 0 ? gnuTls : openSsl;
				try (Network network = new Network(engine, Delivery.values()[i % 4], i).start(server.address(), i % 5 == 4 ? "wrong.test" : TestPki.HOST)) {
					assertEquals(i % 5 != 4, network.handshake(), TlsError.name(engine.error()));
					if (i % 5 != 4) {
						echo(network, server, 700);
						if (i % 2 == 0) {
							finish(network);
						}
					}
				}
			}
		}
	}
}
