/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.thimble.cloud.CloudError;
import dev.thimble.cloud.DeviceClock;
import dev.thimble.cloud.Sntp;
import dev.thimble.net.socket.SocketDatagrams;
import dev.thimble.net.socket.SystemClock;

/** The SNTP client asks chronyd, which answers on 127.0.0.1 and leaves the computer's clock alone. */
final class ChronyTest {

	private static final int PATIENCE_SECONDS = 60;

	@Test
	void chronySetsTheClock(@TempDir Path folder) throws IOException, InterruptedException {
		Path chrony = Stream.of("/usr/sbin/chronyd", "/usr/bin/chronyd", "/usr/local/sbin/chronyd").map(Path::of).filter(Files::isExecutable)
				.findFirst().orElse(null);
		assumeTrue(chrony != null, "chronyd is not installed");
		int port = freePort();
		Path configuration = Files.writeString(folder.resolve("chrony.conf"), "port " + port + "\nbindaddress 127.0.0.1\nallow 127.0.0.1\nlocal stratum 8\n"
				+ "cmdport 0\nbindcmdaddress /\npidfile " + folder.resolve("chronyd.pid") + "\n");
		Process process = new ProcessBuilder(chrony.toString(), "-x", "-d", "-U", "-u", System.getProperty("user.name"), "-f", configuration.toString())
				.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
		try {
			SystemClock timer = new SystemClock();
			SecureRandom random = new SecureRandom();
			DeviceClock clock = new DeviceClock(timer, 0);
			Instant end = Instant.now().plusSeconds(PATIENCE_SECONDS);
			Sntp sntp;
			do {
				// It may not listen yet: no question of 15 seconds before, so a new client.
				sntp = new Sntp(new SocketDatagrams(), timer, (out, offset, length) -> {
					byte[] bytes = new byte[length];
					random.nextBytes(bytes);
					System.arraycopy(bytes, 0, out, offset, length);
					return true;
				}, clock, "127.0.0.1:" + port).patience(1000);
				while (sntp.poll() == Sntp.WORKING) {
					continue;
				}
			} while (!clock.trusted() && process.isAlive() && Instant.now().isBefore(end));
			String log = Files.readString(folder.resolve("log"));
			assertEquals(0, sntp.error(), () -> CloudError.text(CloudError.SNTP_TIMEOUT) + "\n" + log);
			assertTrue(clock.trusted(), log);
			assertTrue(Math.abs(clock.millis() - System.currentTimeMillis()) < 5000);
		} finally {
			process.destroy();
			process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
	}

	private static int freePort() throws IOException {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}
}
