/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.bouncycastle.util.encoders.Hex;
import org.testcontainers.images.builder.ImageFromDockerfile;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki;

/** The image of {@code tests/peers/Dockerfile}, made once and kept by the daemon under a name that changes with what it is made of. */
final class PeerImage {

	private static final Path FOLDER = TestPki.data("").getParent().resolve("peers");
	private static final String BASE = "debian:trixie-slim";
	private static final int PULL_SECONDS = 60;

	private PeerImage() {
	}

	/**
	 * Gets the image's name; makes the image if it is not there.
	 *
	 * @param daemon
	 *            the address of the daemon the client speaks with.
	 */
	static String make(DockerClient docker, String daemon) throws IOException {
		String dockerfile = Files.readString(FOLDER.resolve("Dockerfile"));
		String packages = Files.readString(FOLDER.resolve("packages"));
		String program = Files.readString(FOLDER.resolve("wolfssl-peer.c"));
		String name = "thimble-peers:" + digest(dockerfile + packages + program);
		if (isThere(docker, name)) {
			return name;
		}
		String base = isThere(docker, BASE) || pull(docker) ? BASE : debootstrap(docker, daemon, packages);
		return new ImageFromDockerfile(name, false).withFileFromString("Dockerfile", dockerfile.replace(BASE, base))
				.withFileFromString("packages", packages).withFileFromString("wolfssl-peer.c", program)
				.withBuildImageCmdModifier(command -> command.withNetworkMode("host")).get();
	}

	private static boolean isThere(DockerClient docker, String name) {
		try {
			docker.inspectImageCmd(name).exec();
			return true;
		} catch (NotFoundException e) {
			return false;
		}
	}

	/** Tells whether the base came from a registry. */
	private static boolean pull(DockerClient docker) {
		try {
			return docker.pullImageCmd("debian").withTag("trixie-slim").start().awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS)
					&& isThere(docker, BASE);
		} catch (DockerException e) {
			return false;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Makes a base with the packages in it. */
	private static String debootstrap(DockerClient docker, String daemon, String packages) throws IOException {
		String name = "thimble-trixie:" + digest(packages);
		if (isThere(docker, name)) {
			return name;
		}
		if (!ServerProcess.installed("debootstrap")) {
			throw new IOException("no registry of images answers, and debootstrap is not installed");
		}
		Path log = Files.createTempFile("thimble-debootstrap", ".log");
		ProcessBuilder maker = new ProcessBuilder("sh", FOLDER.resolve("make-base").toString());
		ProcessBuilder importer = new ProcessBuilder("docker", "--host", daemon, "import", "-", name);
		List<Process> processes = ProcessBuilder.startPipeline(
				List.of(maker.redirectError(Redirect.appendTo(log.toFile())),
						importer.redirectError(Redirect.appendTo(log.toFile())).redirectOutput(Redirect.DISCARD)));
		Thread hook = new Thread(() -> kill(processes));
		Runtime.getRuntime().addShutdownHook(hook);
		try {
			boolean failed = false;
			for (Process process : processes) {
				failed |= process.waitFor() != 0;
			}
			if (failed) {
				List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
				throw new IOException("debootstrap failed: " + (lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1)));
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException("debootstrap took too long", e);
		} finally {
			kill(processes);
			Runtime.getRuntime().removeShutdownHook(hook);
			Files.delete(log);
		}
		return name;
	}

	private static void kill(List<Process> processes) {
		for (Process process : processes) {
			process.descendants().forEach(ProcessHandle::destroy);
			process.destroy();
		}
	}

	private static String digest(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Hex.toHexString(digest, 0, 6);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
