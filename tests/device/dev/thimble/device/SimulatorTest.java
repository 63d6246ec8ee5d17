/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.thimble.host.device.Board;
import dev.thimble.host.device.ConnectFirmware;
import dev.thimble.host.device.SimulatedBoard;
import dev.thimble.support.OpenSslServer;

/** The simulated device, over its wire; and what can be made to fail only there. */
class SimulatorTest extends ConnectTests {

	@Override
	Board start(String application) throws IOException {
		return SimulatedBoard.start(application, Map.of());
	}

	private static Board start(String setting, String value) throws IOException {
		return SimulatedBoard.start("Connect", Map.of(setting, value));
	}

	@Override
	boolean hasAesUnit() {
		return true;
	}

	@Override
	boolean hasHashUnit() {
		return true;
	}

	/** A JVM loads classes when they are first used, and that allocates. */
	@Override
	int warmUps() {
		return 3;
	}

	@ParameterizedTest
	@CsvSource({ "none, SILENT", "silent, SILENT", "fault, FAULTY", "stuck, STUCK", "repeat, REPEATING" })
	void doesNotConnectWithoutEntropy(String behaviour, String health) throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start("trng", behaviour)) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertTrue(board.transcript().contains("(" + health + ")"), board.transcript());
			assertEquals("E_NO_ENTROPY", connect(firmware, server.address(), "").errorName());
			assertEquals("E_NO_ENTROPY", connect(firmware, server.address(), "").errorName(), "and it stays like that");
		}
	}

	@ParameterizedTest
	@CsvSource({ "silent", "fault", "stuck", "repeat" })
	void noticesAGeneratorThatDies(String behaviour) throws IOException {
		// The start-up tests take 1024 bytes and a seed 160, each connection 80 more; a repetition shows within a window of 512.
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start("trng", behaviour + "@1300")) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertConnects(firmware, server);
			exchange(firmware, server, "while it lives");
			assertCloses(firmware);
			String error = connect(firmware, server.address(), "").errorName();
			for (int i = 0; i < 8 && error.equals("ok"); i++) {
				assertCloses(firmware);
				error = connect(firmware, server.address(), "").errorName();
			}
			assertEquals("E_NO_ENTROPY", error);
		}
	}

	@Test
	void doesWithoutUnitsThatFailTheirSelfTest() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain());
				Board board = SimulatedBoard.start("Connect", Map.of("aes", "wrong", "hash", "wrong"))) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertTrue(board.transcript().contains("THE AES UNIT HAS FAILED") && board.transcript().contains("THE HASH UNIT HAS FAILED"),
					board.transcript());
			assertConnects(firmware, server);
			assertEquals("TLS_CHACHA20_POLY1305_SHA256", firmware.stats().get("suite"));
			exchange(firmware, server, "in software");
			assertCloses(firmware);
		}
	}

	@ParameterizedTest
	@CsvSource({ "stall, TLS_AES_128_GCM_SHA256", "fault, TLS_AES_128_GCM_SHA256", "stall, TLS_AES_128_CCM_SHA256" })
	void getsOverAnAesUnitThatFailsInUse(String behaviour, String suite) throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain(), "-ciphersuites", suite); Board board = start("aes", behaviour + "@60")) {
			ConnectFirmware firmware = ready(board, chain().root());
			ConnectFirmware.Reply reply = connect(firmware, server.address(), "");
			assertEquals("E_BAD_RECORD", reply.errorName(), reply::toString);
			assertTrue(board.transcript().contains("THE AES UNIT HAS FAILED"), board.transcript());
			assertConnects(firmware, server);
			exchange(firmware, server, "in software");
			assertCloses(firmware);
		}
	}

	@Test
	void getsOverAHashUnitThatFailsInUse() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start("hash", "fault@20")) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertConnects(firmware, server);
			exchange(firmware, server, "hashed in software");
			assertCloses(firmware);
		}
	}

	@Test
	void connectsOverTheNetwork() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start("Connect")) {
			ConnectFirmware firmware = ready(board, chain().root());
			for (int i = 0; i < 3; i++) {
				assertNull(connect(firmware, server.address(), "net").error());
				exchange(firmware, server, "over the network");
				assertCloses(firmware);
			}
		}
	}

	@Test
	void tellsWhatIsWrongWithTheNetwork() throws IOException {
		try (Board board = start("net", "unplugged")) {
			assertEquals("E_NO_NETWORK", connect(ready(board, chain().root()), new InetSocketAddress("127.0.0.1", 9), "net").errorName());
		}
		try (Board board = start("net", "none")) {
			assertEquals("E_NO_LINK", connect(ready(board, chain().root()), new InetSocketAddress("127.0.0.1", 9), "net").errorName());
		}
		int port;
		try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			port = nobody.getLocalPort();
		}
		try (Board board = start("Connect")) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertEquals("E_REFUSED", connect(firmware, new InetSocketAddress("127.0.0.1", port), "net").errorName());
			assertEquals("E_NAME_UNKNOWN", firmware.command("connect no-such-host.invalid 443 net", SOON).errorName());
		}
	}

	@Test
	void changesItsRecordSizes() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain()); Board board = start("Connect")) {
			ConnectFirmware firmware = ready(board, chain().root());
			assertNull(connect(firmware, server.address(), "rx 1024 tx 512").error());
			exchange(firmware, server, "in small records");
			assertCloses(firmware);
			assertNull(connect(firmware, server.address(), "rx 16384 tx 16384").error());
			exchange(firmware, server, "in large records");
			assertCloses(firmware);
		}
	}
}
