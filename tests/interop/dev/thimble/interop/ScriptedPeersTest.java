/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.thimble.host.KeyKind;
import dev.thimble.host.ServerProcess;
import dev.thimble.support.ClientScript;
import dev.thimble.support.ClientStep;
import dev.thimble.support.EarlyData;
import dev.thimble.support.Octets;
import dev.thimble.support.OpenSslServer;
import dev.thimble.support.Peer;
import dev.thimble.support.Psk;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedClient;
import dev.thimble.support.ScriptedPeer;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerStep;
import dev.thimble.support.TestPki;

/** The scripted peers' own test of what JSSE and Bouncy Castle lack: early data, and pre-shared keys without (EC)DHE, with OpenSSL. */
class ScriptedPeersTest {

	private static final int PATIENCE = 120_000;
	private static final byte[] EARLY = "sent early\n".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] LATE = "and late\n".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] KEY = ScriptedPeer.bytes(3, 32);

	@TempDir
	private Path folder;

	@Test
	void openSslsClientSendsEarlyData() throws Exception {
		OpenSslServer.assume();
		Files.write(this.folder.resolve("early"), EARLY);
		ScriptedServer first = new ScriptedServer().script(Script.full().add(ServerStep.ticket(t -> t.maxEarlyData(1000)),
				ServerStep.CLOSE_NOTIFY));
		serve(first, "-sess_out", "session");
		assertEquals(1, first.tickets.size());
		for (EarlyData what : new EarlyData[] { EarlyData.ACCEPT, EarlyData.REJECT }) {
			ScriptedServer second = new ScriptedServer().script(what == EarlyData.ACCEPT ? Script.early() : Script.psk());
			second.psks.addAll(first.tickets);
			second.earlyData = what;
			second.then(ServerStep.CLOSE_NOTIFY);
			serve(second, "-sess_in", "session", "-early_data", "early");
			assertTrue(second.client.finished);
			assertTrue(second.client.offers.get(0).right());
			assertArrayEquals(what == EarlyData.ACCEPT ? EARLY : new byte[0], second.client.earlyData());
			assertEquals(what == EarlyData.ACCEPT ? 0 : 1, second.client.skipped);
		}
		ScriptedServer third = new ScriptedServer().script(Script.retriedPsk().add(ServerStep.CLOSE_NOTIFY));
		third.psks.addAll(first.tickets);
		third.earlyData = EarlyData.REJECT;
		third.cookie = LATE;
		serve(third, "-sess_in", "session", "-early_data", "early");
		assertTrue(third.client.finished);
		assertEquals(1, third.client.skipped);
	}

	@Test
	void openSslsClientUsesAKeyWithoutEcdhe() throws Exception {
		OpenSslServer.assume();
		ScriptedServer server = new ScriptedServer().script(Script.psk().add(ServerStep.CLOSE_NOTIFY));
		server.psks.add(Psk.external("device", KEY));
		server.pskMode = Psk.ONLY;
		serve(server, "-psk_identity", "device", "-psk", Octets.hex(KEY), "-allow_no_dhe_kex");
		assertTrue(server.client.finished);
		assertNull(server.sharedSecret);
	}

	@Test
	void openSslsServerTakesEarlyData() throws Exception {
		try (OpenSslServer server = OpenSslServer.startWithInput(TestPki.chain(KeyKind.P256, 1), "-early_data", "-max_early_data", "1000",
				"-no_anti_replay")) {
			ScriptedClient first = new ScriptedClient();
			connect(server.address(), first, () -> first.server.tickets.size() == 2);
			ScriptedClient second = new ScriptedClient().script(ClientScript.early());
			second.psks.addAll(first.server.tickets);
			second.earlyData = EARLY;
			int mark = server.process().mark();
			second.then(ClientStep.data(LATE));
			connect(server.address(), second, () -> second.server.tickets.size() > 0);
			assertTrue(second.server.earlyDataAccepted);
			assertNotNull(server.process().await(mark, new String(EARLY, StandardCharsets.US_ASCII), PATIENCE));
			assertNotNull(server.process().await(mark, new String(LATE, StandardCharsets.US_ASCII), PATIENCE));
		}
	}

	@Test
	void openSslsServerTakesAKeyWithoutEcdhe() throws Exception {
		try (OpenSslServer server = OpenSslServer.startWithInput(TestPki.chain(KeyKind.P256, 1), "-psk_identity", "device", "-psk", Octets.hex(KEY),
				"-allow_no_dhe_kex")) {
			ScriptedClient client = new ScriptedClient();
			client.psks.add(Psk.external("device", KEY));
			client.pskModes = List.of(Psk.ONLY);
			int mark = server.process().mark();
			client.then(ClientStep.data(LATE));
			connect(server.address(), client, () -> client.server.tickets.size() > 0);
			assertNotNull(server.process().await(mark, new String(LATE, StandardCharsets.US_ASCII), PATIENCE));
			assertTrue(client.server.resumed());
			assertNull(client.server.sharedSecret);
		}
	}

	/** Runs openssl s_client against a server until it closes. */
	private void serve(ScriptedServer server, String... options) throws IOException {
		try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			listening.setSoTimeout(PATIENCE);
			List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-tls1_3", "-connect", "127.0.0.1:" + listening.getLocalPort()));
			command.addAll(Arrays.asList(options));
			try (ServerProcess client = ServerProcess.startWithInput(this.folder, command.toArray(new String[0]));
					Socket socket = listening.accept()) {
				pump(socket, server, () -> false);
			}
		}
	}

	private static void connect(InetSocketAddress address, ScriptedClient client, BooleanSupplier until) throws IOException {
		try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
			pump(socket, client, until);
		}
	}

	/** Moves bytes until a condition holds or the other side closes. */
	private static void pump(Socket socket, Peer peer, BooleanSupplier until) throws IOException {
		socket.setSoTimeout(PATIENCE);
		byte[] buffer = new byte[4096];
		while (true) {
			socket.getOutputStream().write(peer.take());
			if (until.getAsBoolean()) {
				return;
			}
			int count = socket.getInputStream().read(buffer);
			if (count < 0) {
				return;
			}
			peer.receive(Arrays.copyOf(buffer, count));
		}
	}
}
