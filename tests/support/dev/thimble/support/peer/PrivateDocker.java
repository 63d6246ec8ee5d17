/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.InvalidConfigurationException;
import org.testcontainers.dockerclient.TransportConfig;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki;

/**
 * Starts a Docker daemon ({@code tests/peers/private-docker}) if Testcontainers finds none that runs, this is root, and Docker is installed.
 * The daemon ends with this JVM, whatever ends that. Testcontainers finds this class by its entry in META-INF/services.
 */
public final class PrivateDocker extends DockerClientProviderStrategy {

	/** After every other. */
	private static final int PRIORITY = -1;
	private static final String DAEMON = "dockerd";
	private static final String READY = "READY ";
	private static final String FAILED = "FAILED ";

	private static Process process;
	/** What it printed first. */
	private static String line;

	/** Creates the strategy; only Testcontainers does. */
	public PrivateDocker() {
		// nothing runs yet
	}

	/** Tells why there is no daemon of the tests' own; "" if there is one. */
	static synchronized String failure() {
		if (!ServerProcess.installed(DAEMON)) {
			return "dockerd is not installed";
		}
		if (!isRoot()) {
			return "only root may start one";
		}
		return line == null || line.startsWith(READY) ? "" : line.substring(FAILED.length());
	}

	private static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	@Override
	public String getDescription() {
		return "a Docker daemon of the tests' own";
	}

	@Override
	protected boolean isApplicable() {
		return isRoot() && ServerProcess.installed(DAEMON);
	}

	@Override
	protected boolean isPersistable() {
		return false;
	}

	@Override
	protected int getPriority() {
		return PRIORITY;
	}

	@Override
	public TransportConfig getTransportConfig() throws InvalidConfigurationException {
		try {
			start();
		} catch (IOException e) {
			throw new InvalidConfigurationException(e.toString(), e);
		}
		if (!line.startsWith(READY)) {
			throw new InvalidConfigurationException(line);
		}
		return TransportConfig.builder().dockerHost(URI.create("unix://" + line.substring(READY.length()))).build();
	}

	private static synchronized void start() throws IOException {
		if (process == null) {
			File script = TestPki.data("").getParent().resolve("peers/private-docker").toFile();
			process = new ProcessBuilder("sh", script.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			String first = said.readLine();
			line = first == null ? FAILED + "it printed nothing" : first;
		}
	}
}
