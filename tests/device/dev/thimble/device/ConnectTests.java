/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.AnchorTableBuilder;
import dev.thimble.host.Endpoint;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.ConnectFirmware;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TlsServer;

/** What every board has to do, emulated or simulated. A command that does not end in time fails its test: nothing may hang. */
@Timeout(600)
abstract class ConnectTests {

	static final Duration SOON = Duration.ofSeconds(90);
	private static final Duration SELF_TEST = Duration.ofMinutes(3);
	private static final int HANDSHAKES = 20;

	/** A line that makes s_server update its keys and ask for the same. */
	private static final String KEY_UPDATE = "K\n";

	/** Starts a firmware, or skips the test where that is not possible. */
	abstract Board start(String application) throws IOException;

	/** Gets the name of the firmware that connects. */
	String connectApplication() {
		return "Connect";
	}

	/** Tells whether the board has an AES unit. */
	abstract boolean hasAesUnit();

	/** Tells whether the board has a hash unit. */
	abstract boolean hasHashUnit();

	/** Gets the number of connections before which the platform, not the device's code, may still allocate. */
	abstract int warmUps();

	/** Further words for the firmware's connect command. */
	String options() {
		return "";
	}

	/** A board that knows the time and trusts a root. */
	final ConnectFirmware ready(Board board, Identity root) throws IOException {
		ConnectFirmware firmware = new ConnectFirmware(board);
		firmware.awaitBoot();
		assertTrue(firmware.time(Instant.now()).ok());
		assertTrue(firmware.anchors(new AnchorTableBuilder().addPem(root.certificatePem()).build()).ok());
		return firmware;
	}

	static TestPki.Chain chain() {
		return TestPki.chain(KeyKind.P256, 2);
	}

	static Endpoint endpoint(InetSocketAddress address) {
		return Endpoint.parse("127.0.0.1:" + address.getPort());
	}

	final ConnectFirmware.Reply connect(ConnectFirmware firmware, InetSocketAddress server, String more) throws IOException {
		return firmware.connect(TestPki.HOST, endpoint(server), (options() + " " + more).trim());
	}

	final void assertConnects(ConnectFirmware firmware, TlsServer server) throws IOException {
		assertNull(connect(firmware, server.address(), "").error());
	}

	/** Sends a line to a server with input and gets one back. */
	static void exchange(ConnectFirmware firmware, TlsServer server, String text) throws IOException {
		int mark = server.process().mark();
		assertNull(firmware.command("send to the server " + text, SOON).error());
		assertNotNull(server.process().await(mark, "to the server " + text + "\n", TlsServer.PATIENCE), "the server got the line");
		say(server, "to the device " + text + "\n");
		firmware.await("< to the device " + text + "$", SOON);
	}

	private static void say(TlsServer server, String text) throws IOException {
		server.process().input().write(text.getBytes(StandardCharsets.US_ASCII));
		server.process().input().flush();
	}

	static void assertCloses(ConnectFirmware firmware) throws IOException {
		ConnectFirmware.Reply reply = firmware.command("close", SOON);
		assertNull(reply.error());
		assertEquals("closed: by both sides", reply.line("closed"));
	}

	@Test
	void passesItsSelfTest() throws IOException {
		try (Board board = start("SelfTest")) {
			String sums = board.awaitLine("[0-9]+ passed, ", SELF_TEST);
			assertTrue(sums.matches("[1-9][0-9]+ passed, 0 failed"), board.transcript());
		}
	}

	@Test
	void connectsTwentyTimesWithoutAllocating() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start(connectApplication())) {
			ConnectFirmware firmware = ready(board, chain().root());
			long allocated = 0;
			for (int i = 1; i <= HANDSHAKES; i++) {
				assertConnects(firmware, server);
				exchange(firmware, server, "number " + i);
				assertNull(firmware.command("update", SOON).error());
				exchange(firmware, server, "after the client's update " + i);
				int mark = server.process().mark();
				say(server, KEY_UPDATE);
				assertNotNull(server.process().await(mark, "SSL_do_handshake -> 1", TlsServer.PATIENCE));
				exchange(firmware, server, "after the server's update " + i);
				Map<String, String> stats = firmware.stats();
				assertTrue(Long.parseLong(stats.get("constructed")) > 10_000, "the counter counts");
				if (i <= warmUps()) {
					allocated = Long.parseLong(stats.get("allocated"));
				}
				assertEquals(allocated, Long.parseLong(stats.get("allocated")), "bytes allocated at connection " + i);
				assertEquals(String.valueOf(i), stats.get("handshakes"));
				assertCloses(firmware);
			}
		}
	}

	@Test
	void prefersWhatItsHardwareDoesAndUsesIt() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start(connectApplication())) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertConnects(firmware, server);
			Map<String, String> before = firmware.stats();
			assertEquals(hasAesUnit() ? "TLS_AES_128_GCM_SHA256" : "TLS_CHACHA20_POLY1305_SHA256", before.get("suite"));
			assertEquals(hasHashUnit(), Long.parseLong(before.get("digests")) > 0);
			exchange(firmware, server, "by the unit");
			long blocks = Long.parseLong(firmware.stats().get("aes-blocks")) - Long.parseLong(before.get("aes-blocks"));
			// Two records of one line each: the tag's block and two or more of the text.
			assertTrue(hasAesUnit() ? blocks >= 6 : blocks == 0, blocks + " blocks");
			assertCloses(firmware);
		}
	}

	@Test
	void usesEachCipherSuite() throws IOException {
		for (String suite : new String[] { "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
				"TLS_AES_128_CCM_SHA256" }) {
			try (OpenSslServer server = OpenSslServer.startWithInput(chain(), "-ciphersuites", suite); Board board = start(connectApplication())) {
				ConnectFirmware firmware = ready(board, chain().root());
				assertConnects(firmware, server);
				assertEquals(suite, firmware.stats().get("suite"));
				exchange(firmware, server, suite);
				assertCloses(firmware);
			}
		}
	}

	@Test
	void obeysAHelloRetryRequest() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain(), "-groups", "P-256"); Board board = start(connectApplication())) {
			ConnectFirmware firmware = ready(board, chain().root());
			ConnectFirmware.Reply reply = connect(firmware, server.address(), "");
			assertTrue(reply.ok() && reply.line("connected").contains("secp256r1 (hello retried)"), reply::toString);
			exchange(firmware, server, "on another curve");
			assertCloses(firmware);
		}
	}

	@Test
	void sendsAndReceivesMoreThanItsBuffersHold() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start(connectApplication())) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertConnects(firmware, server);
			int mark = server.process().mark();
			assertNull(firmware.command("fill 7000", SOON).error());
			String letters = "abcdefghijklmnopqrstuvwxyz".repeat(7000 / 26) + "abcdef";
			assertNotNull(server.process().await(mark, letters + "\n", TlsServer.PATIENCE));
			say(server, "x".repeat(9000) + "\n");
			firmware.await("< x+$", SOON);
			assertEquals("9001", firmware.stats().get("bytes-in"));
			assertCloses(firmware);
		}
	}

	@Test
	void takesRecordsOfOtherSizesOrSaysThatItCannot() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start(connectApplication())) {
			ConnectFirmware firmware = ready(board, chain().root());
			for (String sizes : new String[] { "rx 512 tx 512", "rx 16384 tx 16384", "rx 1024 tx 1024", "rx 2048", "" }) {
				String error = connect(firmware, server.address(), sizes).errorName();
				if (sizes.contains("16384") && error.equals("E_NO_MEMORY")) {
					continue;
				}
				assertEquals("ok", error, sizes);
				exchange(firmware, server, "in records of " + sizes);
				assertCloses(firmware);
			}
		}
	}

	@Test
	void refusesWrongCertificatesAndGoesOn() throws IOException, GeneralSecurityException {
		Identity root = TestPki.root(KeyKind.P256);
		Identity stranger = new dev.thimble.host.CertificateMaker("CN=Stranger", TestPki.key(KeyKind.P256, 5)).authority().make();
		Instant now = Instant.now();
		Identity good = TestPki.leaf(KeyKind.P256).issuedBy(root).make();
		Identity unknown = TestPki.leaf(KeyKind.P256).issuedBy(stranger).make();
		Identity expired = TestPki.leaf(KeyKind.P256).issuedBy(root).valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1))).make();
		Identity other = new dev.thimble.host.CertificateMaker("CN=other", TestPki.key(KeyKind.P256, 0)).dns("other.example").issuedBy(root).make();
		try (Board board = start(connectApplication())) {
			ConnectFirmware firmware = ready(board, root);
			refuses(firmware, root, unknown, "(E_)?(UNKNOWN_CA|PATH_INCOMPLETE)");
			refuses(firmware, root, expired, "(E_)?EXPIRED");
			refuses(firmware, root, other, "(E_)?.*NAME.*");
			refuses(firmware, root, TestPki.tampered(good), "(E_)?.*SIGNATURE.*");
			try (OpenSslServer server = OpenSslServer.startWithInput(new TestPki.Chain(root, good))) {
				assertConnects(firmware, server);
				exchange(firmware, server, "after the wrong ones");
				assertCloses(firmware);
			}
		}
	}

	private void refuses(ConnectFirmware firmware, Identity root, Identity leaf, String error) throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(new TestPki.Chain(root, leaf))) {
			ConnectFirmware.Reply reply = connect(firmware, server.address(), "");
			assertTrue(reply.errorName().matches(error), reply::toString);
		}
	}

	@Test
	void givesUpOnAServerThatStopsMidFlight() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start(connectApplication())) {
			ConnectFirmware firmware = ready(board, chain().root());
			for (int bytes : new int[] { 0, 3, 300, 900 }) {
				try (StallingProxy proxy = new StallingProxy(server.address(), bytes)) {
					ConnectFirmware.Reply reply = connect(firmware, proxy.address(), "timeout 2");
					assertEquals("E_TIMEOUT", reply.errorName(), reply::toString);
				}
			}
			assertConnects(firmware, server);
			assertCloses(firmware);
		}
	}

	@Test
	void getsOverAPulledCable() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start(connectApplication())) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertConnects(firmware, server);
			exchange(firmware, server, "before");
			board.unplug();
			String error = firmware.command("close", Duration.ofSeconds(40)).errorName();
			assertTrue(error.matches("E_(TIMEOUT|LINK_LOST|NOT_CONNECTED)"), error);
			board.plug();
			assertConnects(firmware, server);
			exchange(firmware, server, "after");
			assertCloses(firmware);
		}
	}

	@Test
	void trustsNobodyWithoutTimeOrAnchors() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start(connectApplication())) {
			ConnectFirmware firmware = new ConnectFirmware(board);
			firmware.awaitBoot();
			assertEquals("E_NO_ANCHORS", connect(firmware, server.address(), "").errorName());
			assertTrue(firmware.anchors(new AnchorTableBuilder().addPem(chain().root().certificatePem()).build()).ok());
			assertTrue(connect(firmware, server.address(), "").errorName().matches("(E_)?TIME_UNKNOWN"));
		}
	}

	@Test
	void answersNonsenseWithAnError() throws IOException {
		try (Board board = start(connectApplication())) {
			ConnectFirmware firmware = new ConnectFirmware(board);
			firmware.awaitBoot();
			for (String nonsense : new String[] { "connectt", "connect", "connect a 0", "connect a rx", "time", "time -3", "time 99999999999999", "\u0007" }) {
				assertEquals("E_USAGE", firmware.command(nonsense, SOON).errorName(), nonsense);
			}
			assertEquals("E_SIZES", firmware.command("connect a rx 100", SOON).errorName());
			assertEquals("E_LINE_TOO_LONG", firmware.command("x".repeat(3000), SOON).errorName());
			assertEquals("E_ANCHORS", firmware.command("anchors !!!!", SOON).errorName());
			assertTrue(firmware.command("anchors AAAA", SOON).ok());
			assertEquals("E_ANCHORS", firmware.command("connect a", SOON).errorName());
			assertEquals("E_NOT_CONNECTED", firmware.command("send a", SOON).errorName());
			assertEquals("E_NOT_CONNECTED", firmware.command("close", SOON).errorName());
			assertTrue(firmware.command("help", SOON).ok());
		}
	}
}
