/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki.Chain;

/** {@code openssl s_server}; serves one connection after another. */
public final class OpenSslServer extends TlsServer {

	/** Makes the server answer each line with its reverse. */
	public static final String[] REVERSE = { "-rev" };

	/** Makes the server speak TLS 1.2 only. */
	public static final String TLS_1_2 = "-tls1_2";
	/** Makes the server speak TLS 1.2 and 1.3. */
	public static final String[] BOTH_VERSIONS = { "-min_protocol", "TLSv1.2" };

	private static final Pattern ACCEPTING = Pattern.compile("ACCEPT \\S*:(\\d+)\\s");

	private OpenSslServer(Chain chain, boolean input, String... options) throws IOException {
		super(chain);
		List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", "server.pem", "-key", "server.key",
				"-ciphersuites",
				"TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256",
				"-cipher", "DEFAULT@SECLEVEL=0"));
		if (chain.path().length > 1) {
			command.addAll(List.of("-cert_chain", "rest.pem"));
		}
		if (!Arrays.asList(options).contains(TLS_1_2) && !Arrays.asList(options).contains(BOTH_VERSIONS[0])) {
			command.add("-tls1_3");
		}
		command.addAll(Arrays.asList(options));
		String[] words = command.toArray(new String[0]);
		ServerProcess process = input ? ServerProcess.startWithInput(folder(), words) : ServerProcess.start(folder(), words);
		started(process, 0);
		String output = process.await(0, "ACCEPT ", PATIENCE);
		String line = output == null ? null : process.await(output.indexOf("ACCEPT "), "\n", PATIENCE);
		Matcher matcher = ACCEPTING.matcher(line == null ? "" : line);
		if (!matcher.find()) {
			String said = process.output(0);
			close();
			throw new IOException("openssl s_server did not start: " + said);
		}
		started(process, Integer.parseInt(matcher.group(1)));
	}

	/** Starts a server with options besides certificate, key, TLS 1.3 (unless another version is among the options) and all five suites. */
	public static OpenSslServer start(Chain chain, String... options) throws IOException {
		assume();
		return new OpenSslServer(chain, false, options);
	}

	/** Starts a server that sends its standard input to the client and obeys its commands: K, k, Q at the start of a write. */
	public static OpenSslServer startWithInput(Chain chain, String... options) throws IOException {
		assume();
		return new OpenSslServer(chain, true, options);
	}

	/** Skips the test where OpenSSL is not installed. */
	public static void assume() {
		Assumptions.assumeTrue(ServerProcess.installed("openssl"), "openssl is not installed: no interoperability tests against it");
	}

	@Override
	public String name() {
		return "OpenSSL";
	}

	@Override
	public byte[] echo(byte[] line) {
		byte[] reversed = line.clone();
		for (int i = 0; i < line.length - 1; i++) {
			reversed[i] = line[line.length - 2 - i];
		}
		return reversed;
	}
}
