/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import com.github.dockerjava.api.DockerClient;

import dev.thimble.host.ServerProcess;

/**
 * A container all programs run in, started by Testcontainers. It uses the host's network, so that a peer reaches Thimble at 127.0.0.1 as
 * Thimble reaches the peer, and sees the folders of this host under the same names.
 */
final class ContainerPeerHost extends PeerHost {

	/** So long may it take to find or to start a Docker daemon; longer where nothing else will do. */
	private static final int DAEMON_SECONDS = 20;
	private static final int DAEMON_SECONDS_REQUIRED = 120;
	/** So long may it take to make the image, the first time, and the container. */
	private static final int IMAGE_SECONDS = 300;
	private static final int IMAGE_SECONDS_REQUIRED = 1200;
	/** A container nobody removes ends by itself, in seconds. */
	private static final String LIFETIME = "7200";
	/**
	 * Killing Docker's command does not kill the program in the container, so a shell does when the input ends. Docker keeps no order between
	 * the two channels of output, so they are one.
	 */
	private static final String SERVER = "\"$@\" </dev/null 2>&1 & cat >/dev/null; kill 0";
	private static final String SERVER_WITH_INPUT = "{ cat; kill 0; } | \"$@\" 2>&1";
	private static final String CLIENT = "exec \"$@\" 2>&1";

	private final Thread hook = new Thread(this::remove);
	private GenericContainer<?> container;
	private String daemon;
	private long seconds;

	private ContainerPeerHost() throws IOException {
		super();
	}

	/**
	 * Starts the container; an exception says in words why that is not possible.
	 *
	 * @param required
	 *            whether there is time: nothing else will do.
	 */
	static ContainerPeerHost open(boolean required) throws IOException {
		if (!ServerProcess.installed("docker")) {
			throw new IOException("Docker is not installed");
		}
		ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
			Thread thread = new Thread(work, "docker");
			thread.setDaemon(true);
			return thread;
		});
		ContainerPeerHost host = new ContainerPeerHost();
		boolean done = false;
		try {
			DockerClient docker = daemon(required ? DAEMON_SECONDS_REQUIRED : DAEMON_SECONDS, executor);
			host.daemon = DockerClientFactory.instance().getTransportConfig().getDockerHost().toString();
			long start = System.nanoTime();
			within(required ? IMAGE_SECONDS_REQUIRED : IMAGE_SECONDS, executor.submit(() -> host.start(PeerImage.make(docker, host.daemon))),
					"make the image");
			host.seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
			done = true;
			return host;
		} finally {
			executor.shutdownNow();
			if (!done) {
				host.close();
			}
		}
	}

	private static DockerClient daemon(int seconds, ExecutorService executor) throws IOException {
		try {
			return within(seconds, executor.submit(() -> DockerClientFactory.instance().client()), "find a Docker daemon");
		} catch (IOException e) {
			String failure = PrivateDocker.failure();
			throw failure.isEmpty() ? e : new IOException("no Docker daemon answers; " + failure, e);
		}
	}

	private static <T> T within(int seconds, Future<T> future, String what) throws IOException {
		try {
			return future.get(seconds, TimeUnit.SECONDS);
		} catch (TimeoutException e) {
			future.cancel(true);
			throw new IOException("could not " + what + " in " + seconds + " seconds", e);
		} catch (ExecutionException e) {
			throw new IOException("could not " + what + ": " + firstLine(e.getCause()), e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IOException(e);
		}
	}

	private static String firstLine(Throwable thrown) {
		return String.valueOf(thrown.getMessage()).split("[.\n]", 2)[0];
	}

	private Void start(String image) throws IOException {
		Runtime.getRuntime().addShutdownHook(this.hook);
		this.container = new GenericContainer<>(DockerImageName.parse(image)).withNetworkMode("host").withCommand("sleep", LIFETIME)
				.withFileSystemBind(root().toString(), root().toString(), BindMode.READ_WRITE);
		this.container.start();
		Files.writeString(root().resolve("seen"), "yes");
		if (!output("cat", root().resolve("seen").toString()).equals("yes")) {
			throw new IOException("the container does not see this machine's files");
		}
		return null;
	}

	@Override
	public String description() {
		return "containers (made ready in " + this.seconds + " s)";
	}

	@Override
	ServerProcess start(Path folder, Life life, List<String> words) throws IOException {
		List<String> command = new ArrayList<>(List.of("docker", "--host", this.daemon, "exec", "-i", "-w", folder.toString(),
				this.container.getContainerId(), "sh", "-c",
				life == Life.SERVER ? SERVER : life == Life.SERVER_WITH_INPUT ? SERVER_WITH_INPUT : CLIENT, "peer"));
		command.addAll(words);
		return ServerProcess.startWithInput(folder, command.toArray(new String[0]));
	}

	@Override
	String wolfSsl() {
		return "wolfssl-peer";
	}

	private void remove() {
		if (this.container != null) {
			this.container.stop();
		}
	}

	@Override
	public void close() {
		remove();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		} catch (IllegalStateException e) {
			// the JVM is exiting
		}
		super.close();
	}
}
