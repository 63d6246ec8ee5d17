/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.thimble.host.Main;
import dev.thimble.tls.TlsEngine;

/** The {@code thimble} command line in a JVM of its own: exit code, output and error output of one run. */
public final class CommandLineProcess {

	private static final int PATIENCE = 180;

	private final int exitCode;
	private final byte[] output;
	private final String errors;

	private CommandLineProcess(int exitCode, byte[] output, String errors) {
		this.exitCode = exitCode;
		this.output = output;
		this.errors = errors;
	}

	/** Runs a command to its end with an input. */
	public static CommandLineProcess run(byte[] input, String... arguments) throws IOException {
		Process process = start(arguments);
		try {
			CompletableFuture<byte[]> out = read(process.getInputStream());
			CompletableFuture<byte[]> err = read(process.getErrorStream());
			CompletableFuture.runAsync(() -> write(process.getOutputStream(), input));
			if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
				throw new IOException("thimble " + Arrays.toString(arguments) + " did not end within " + PATIENCE + " s");
			}
			return new CommandLineProcess(process.exitValue(), out.join(), new String(err.join(), StandardCharsets.UTF_8));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		} finally {
			process.destroyForcibly();
		}
	}

	/** Starts a command; the caller ends it. */
	public static Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", classPath(),
						Main.class.getName()));
		command.addAll(Arrays.asList(arguments));
		return new ProcessBuilder(command).start();
	}

	/** Gets the exit code. */
	public int exitCode() {
		return this.exitCode;
	}

	/** Gets standard output. */
	public byte[] output() {
		return this.output.clone();
	}

	/** Gets standard output as text. */
	public String text() {
		return new String(this.output, StandardCharsets.UTF_8);
	}

	/** Gets standard error. */
	public String errors() {
		return this.errors;
	}

	/** Where the classes of the command line and of its libraries come from; java.class.path is not enough under JUnit's console. */
	private static String classPath() {
		Set<String> places = new LinkedHashSet<>();
		for (Class<?> one : new Class<?>[] { Main.class, TlsEngine.class, picocli.CommandLine.class, org.bouncycastle.crypto.Digest.class,
				org.bouncycastle.cert.X509v3CertificateBuilder.class, org.bouncycastle.asn1.cms.ContentInfo.class,
				org.bouncycastle.asn1.x509.sigi.SigIObjectIdentifiers.class }) {
			try {
				places.add(Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
			} catch (URISyntaxException e) {
				throw new IllegalStateException(e);
			}
		}
		return String.join(File.pathSeparator, places);
	}

	private static CompletableFuture<byte[]> read(java.io.InputStream in) {
		return CompletableFuture.supplyAsync(() -> {
			try (in) {
				return in.readAllBytes();
			} catch (IOException e) {
				return new byte[0];
			}
		}, runnable -> new Thread(runnable, "command-output").start());
	}

	private static void write(OutputStream out, byte[] input) {
		try (out) {
			out.write(input);
		} catch (IOException e) {
			// The command did not want its input to the end.
		}
	}
}
