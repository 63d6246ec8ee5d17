/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki.Chain;

/** HiveMQ, Community Edition, with TLS on 127.0.0.1, in a JVM of its own: its libraries are not those of the tests. */
public final class HiveMqBroker implements Closeable {

	private static final Pattern LISTENS = Pattern.compile("Started TCP Listener with TLS on address 127\\.0\\.0\\.1 and on port ([0-9]+)");

	private final ServerProcess process;
	private final Path folder;
	private final int port;

	private HiveMqBroker(ServerProcess process, Path folder, int port) {
		this.process = process;
		this.folder = folder;
		this.port = port;
	}

	/** Starts a broker that takes anybody; skips the test where its jars are not. */
	public static HiveMqBroker start(Chain chain) throws IOException, GeneralSecurityException {
		Path jars = Path.of(System.getProperty("thimble.lib", "build/lib"), "hivemq");
		Assumptions.assumeTrue(Files.exists(jars.resolve("done")), "HiveMQ is not there; './thimble test --all' brings its 100 MB: no tests against it");
		Path folder = Files.createTempDirectory("thimble-hivemq");
		for (String name : new String[] { "conf", "data", "log", "extensions" }) {
			Files.createDirectory(folder.resolve(name));
		}
		Path keys = folder.resolve("keys.p12");
		MoquetteBroker.writeKeyStore(keys, chain);
		Files.writeString(folder.resolve("conf").resolve("config.xml"), configuration(keys), StandardCharsets.UTF_8);
		Path program = Path.of(System.getProperty("thimble.root", "."), "tests", "peers", "HiveMq.java");
		ServerProcess process = ServerProcess.start(folder, Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:+UseSerialGC", "-Dhivemq.home=" + folder, "--add-opens", "java.base/java.nio=ALL-UNNAMED", "-cp", jars.resolve("*").toString(),
				program.toAbsolutePath().toString());
		String output = process.await(0, "Started HiveMQ in", TlsServer.PATIENCE);
		Matcher matcher = LISTENS.matcher(output == null ? "" : output);
		if (!matcher.find()) {
			String all = process.output(0);
			process.close();
			throw new IOException("HiveMQ did not start: " + all);
		}
		return new HiveMqBroker(process, folder, Integer.parseInt(matcher.group(1)));
	}

	private static String configuration(Path keys) {
		return "<?xml version=\"1.0\"?>\n<hivemq>\n<listeners><tls-tcp-listener><port>0</port><bind-address>127.0.0.1</bind-address><tls><keystore><path>" + keys
				+ "</path><password>" + MoquetteBroker.PASSWORD + "</password><private-key-password>" + MoquetteBroker.PASSWORD
				+ "</private-key-password></keystore><client-authentication-mode>NONE</client-authentication-mode></tls></tls-tcp-listener></listeners>\n"
				+ "<mqtt><queued-messages><max-queue-size>100000</max-queue-size></queued-messages></mqtt>\n"
				+ "<persistence><mode>in-memory</mode></persistence>\n"
				+ "<anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>\n</hivemq>\n";
	}

	/** Gets where it listens. */
	public InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	@Override
	public void close() throws IOException {
		this.process.close();
		try (var files = Files.walk(this.folder)) {
			files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
		}
	}
}
