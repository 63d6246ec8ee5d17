/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code openssl s_server} with its status page. */
final class OpenSslDemoServer implements TlsDemo.DemoServer {

	private static final int START_TIMEOUT = 60_000;
	private static final Pattern ACCEPTING = Pattern.compile("ACCEPT \\S*:(\\d+)");
	private static final Pattern CIPHER = Pattern.compile("New, (TLSv\\S+), Cipher is (\\S+)");

	private final ServerProcess process;
	private final int port;

	OpenSslDemoServer(Path folder, Identity leaf, Identity intermediate) throws IOException {
		Identity.writeChain(folder.resolve("server.pem"), leaf);
		Identity.writeChain(folder.resolve("chain.pem"), intermediate);
		leaf.writeKey(folder.resolve("server.key"));
		this.process = ServerProcess.start(folder, "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", "server.pem", "-cert_chain",
				"chain.pem", "-key", "server.key", "-tls1_3", "-www");
		String output = this.process.await(0, "ACCEPT ", START_TIMEOUT);
		Matcher matcher = ACCEPTING.matcher(output == null ? "" : output + this.process.output(output.length()));
		if (!matcher.find()) {
			String said = this.process.output(0).trim();
			this.process.close();
			throw new CommandFailure("OpenSSL's server did not start: " + said);
		}
		this.port = Integer.parseInt(matcher.group(1));
	}

	@Override
	public String description() {
		return "OpenSSL's s_server, a process of its own,";
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public String sawWhat(String page) {
		Matcher matcher = CIPHER.matcher(page);
		return matcher.find() ? matcher.group(1) + " with " + matcher.group(2) + "." : null;
	}

	@Override
	public void close() {
		this.process.close();
	}
}
