/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.thimble.example.EchoClients;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.EspAtModem;
import dev.thimble.net.socket.SocketTransport;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** The examples of the README work, and the README shows the examples. */
@Timeout(300)
final class EchoClientsTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final byte[] LINE = "hello".getBytes(StandardCharsets.US_ASCII);

	@Test
	void theSameClientFiveTimes() throws IOException {
		SocketKit kit = new SocketKit(1);
		kit.credentials.add(1, Credentials.CA_CERTIFICATE, CHAIN.root().certificate());
		kit.credentials.addReference(2, Credentials.CA_CERTIFICATE, 0);
		byte[] answer = new byte[LINE.length];
		try (EchoPeer plain = EchoPeer.plain(); EchoPeer secure = EchoPeer.secure(CHAIN);
				EspAtModem modem = new EspAtModem().authority(0, CHAIN.root()); SocketKit.TcpLine line = new SocketKit.TcpLine(modem.port())) {
			assertEquals(5, EchoClients.plain(kit.context, new SocketTransport(), "localhost", plain.port(), LINE, answer));
			assertEquals(5, EchoClients.secure(kit.context, new SocketTransport(), "localhost", secure.port(), LINE, answer));
			SecureSocket socket = kit.plain().secure(true).securityTags(1);
			assertEquals(5, EchoClients.stream(socket, "localhost", secure.port(), LINE, answer));
			int[] turns = { 0 };
			assertEquals(5, EchoClients.poll(socket, "localhost", secure.port(), LINE, answer, () -> turns[0]++));
			assertTrue(turns[0] > 100);
			assertEquals(5, EchoClients.modem(kit.context, line, kit.clock, "localhost", secure.port(), LINE, answer));
			assertEquals(-NetError.CREDENTIAL_MISSING,
					EchoClients.secure(new SocketKit(1).context, new SocketTransport(), "localhost", secure.port(), LINE, answer));
		}
	}

	@Test
	void theReadmeShowsThem() throws IOException {
		String source = Files.readString(find("src/examples/dev/thimble/example/EchoClients.java"));
		String readme = Files.readString(find("src/main/java/dev/thimble/net/README.md"));
		for (String name : new String[] { "plain", "options", "stream", "poll", "modem" }) {
			int start = source.indexOf("// begin " + name + "\n") + ("// begin " + name + "\n").length();
			String code = source.substring(start, source.indexOf("\t// end " + name)).replaceAll("(?m)^\t", "");
			assertTrue(readme.contains(code), () -> "the README's example '" + name + "' is not the one that is compiled:\n" + code);
		}
	}

	private static Path find(String name) {
		for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
			if (Files.exists(folder.resolve(name))) {
				return folder.resolve(name);
			}
		}
		throw new IllegalStateException("There is no " + name);
	}
}
