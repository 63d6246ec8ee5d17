/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.host.KeyKind;
import dev.thimble.host.device.Board;
import dev.thimble.host.device.QemuOptions;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** A board's own IP stack, lwIP, and what a network can do to it: what DHCP gives, names, a cable that is pulled or dead. */
@Timeout(600)
final class OwnNetworkTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final String BOARD = "mps2-an386";
	private static final String ADDRESS = "10.0.2.2";
	private static final int BYTES = 20_000;

	@Test
	void getsItsAddressByDhcpAndTheServersByName() throws IOException {
		try (EthernetCable cable = new EthernetCable(); EchoPeer server = EchoPeer.secure(CHAIN);
				Board board = SocketsFirmware.start(BOARD, QemuOptions.DEFAULT.through(cable.ends()))) {
			SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
			assertEquals("net: address=10.0.2.15 mask=255.255.255.0 gateway=10.0.2.2 dns=10.0.2.3", firmware.command("net").line("net"));
			cable.names.put(TestPki.HOST, ADDRESS);
			firmware.echoes("net tls", TestPki.HOST, server.port(), true);
			assertEquals(3, cable.queries(), "an answer that is not to be kept is asked for each time");

			// Whoever guesses neither number, name nor sender is not believed.
			cable.forging = true;
			firmware.isAsBefore("net tls", TestPki.HOST, server.port(), true);
			cable.forging = false;

			firmware.fails("E_NAME_UNKNOWN", "echo net tls nobody.thimble.test " + server.port() + " a");
			firmware.isAsBefore("net tls", TestPki.HOST, server.port(), true);
			cable.names.put("other.thimble.test", ADDRESS);
			assertTrue(firmware.command("echo net tls other.thimble.test " + server.port() + " a").errorName().endsWith("HOST_NAME_MISMATCH"),
					"the certificate is for " + TestPki.HOST);

			cable.mute = true;
			firmware.fails("E_NAME_SERVER_SILENT", "echo net tls " + TestPki.HOST + " " + server.port() + " a");
			// Nor is a search that was given up in the way of the next one, or taken for it.
			assertTrue(firmware.command("patience 1").ok());
			givesUp(firmware, "echo net tls other.thimble.test " + server.port() + " a");
			cable.mute = false;
			assertTrue(firmware.command("patience 60").ok());
			firmware.isAsBefore("net tls", TestPki.HOST, server.port(), true);
		}
	}

	@Test
	void aCableThatIsPulledOrDeadEndsATransferInTime() throws IOException {
		try (EthernetCable cable = new EthernetCable(); EchoServer server = new EchoServer(EchoPeer.listener(CHAIN));
				Board board = SocketsFirmware.start(BOARD, QemuOptions.DEFAULT.through(cable.ends()))) {
			SocketsFirmware firmware = new SocketsFirmware(board, CHAIN.root());
			cable.names.put(TestPki.HOST, ADDRESS);
			String flow = "flow net tls " + TestPki.HOST + " " + server.port() + " " + BYTES;
			firmware.echoes("net tls", TestPki.HOST, server.port(), true);
			assertEquals("0", firmware.done(flow, "flow").get("allocated"), board::transcript);

			server.after(BYTES / 2, () -> {
				// The emulator is told, but not at once: nothing more gets through meanwhile.
				cable.broken = true;
				board.unplug();
			});
			firmware.fails("E_LINK_LOST", flow);
			firmware.fails("E_NO_NETWORK", flow);
			cable.broken = false;
			board.plug();
			assertEquals("10.0.2.15", firmware.done("net", "net").get("address"), "the address comes anew");
			firmware.isAsBefore("net tls", TestPki.HOST, server.port(), true);

			// Nobody tells the board that its peer is out of reach: its patience has to end, on a slow machine perhaps before that.
			assertTrue(firmware.command("patience 3").ok());
			server.after(BYTES / 2, () -> cable.broken = true);
			String error = "";
			while (!cable.broken) {
				error = firmware.command(flow).errorName();
			}
			assertEquals("E_RECEIVE_TIMEOUT", error, board::transcript);
			givesUp(firmware, flow);
			cable.broken = false;
			assertTrue(firmware.command("patience 60").ok());
			firmware.isAsBefore("net tls", TestPki.HOST, server.port(), true);
			System.out.println(BOARD + ", a broken cable: " + firmware.command("stats").line("stats"));
		}
	}

	/** Nobody says where the server is: the board's patience ends, or, if this machine stands still for seconds, lwIP's. */
	private static void givesUp(SocketsFirmware firmware, String command) throws IOException {
		String error = firmware.command(command).errorName();
		assertTrue(error.equals("E_CONNECT_TIMEOUT") || error.equals("E_NAME_SERVER_SILENT"), error);
	}
}
