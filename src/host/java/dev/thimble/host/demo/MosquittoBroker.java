/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.thimble.host.CommandFailure;
import dev.thimble.host.ServerProcess;

/** Mosquitto, in a container if there is Docker and the image can be had, else as a process of this computer. It asks for certificates. */
final class MosquittoBroker implements Broker {

	private static final String IMAGE = "eclipse-mosquitto:2";
	private static final int DOCKER_SECONDS = 20;
	private static final long PULL_NANOS = 180_000_000_000L;
	private static final long START_NANOS = 60_000_000_000L;
	private static final int ATTEMPTS = 5;

	private final ServerProcess process;
	private final int devicePort;
	private final int subscriberPort;
	private final String description;
	/** Ends the container, which does not end with the program that started it; null: there is none. */
	private Thread remover;

	private MosquittoBroker(ServerProcess process, int devicePort, int subscriberPort, String description) {
		this.process = process;
		this.devicePort = devicePort;
		this.subscriberPort = subscriberPort;
		this.description = description;
	}

	/** Starts it with the files of {@link People#write}. */
	static MosquittoBroker start(Path folder, Proof proof, People people) throws IOException {
		Files.writeString(folder.resolve("psk.txt"), People.PSK_IDENTITY + ":" + people.sharedKeyText() + "\n");
		String why = "there is no Docker here";
		if (dockerRuns()) {
			String name = "thimble-demo-" + UUID.randomUUID();
			List<String> command = List.of("docker", "run", "--rm", "--name", name, "--network", "host", "-v", folder + ":" + folder, IMAGE, "mosquitto");
			MosquittoBroker broker = start(folder, proof, command, "Mosquitto in a container (" + IMAGE + ")", PULL_NANOS);
			if (broker != null) {
				broker.remover = new Thread(() -> remove(name), "container-remover");
				Runtime.getRuntime().addShutdownHook(broker.remover);
				return broker;
			}
			remove(name);
			why = "Docker cannot start " + IMAGE;
		}
		String program = local();
		MosquittoBroker broker = program == null ? null : start(folder, proof, List.of(program), "Mosquitto, this computer's, since " + why, START_NANOS);
		if (broker == null) {
			throw new CommandFailure("There is no Mosquitto: " + why + ", and " + (program == null ? "none is installed" : program + " does not start")
					+ ". Install it, or leave --broker away for the one in this JVM.");
		}
		return broker;
	}

	private static boolean dockerRuns() {
		return ServerProcess.installed("docker") && docker("version", "--format", "{{.Server.Version}}");
	}

	private static void remove(String container) {
		docker("rm", "--force", container);
	}

	private static boolean docker(String... words) {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(List.of(words));
		Process process;
		try {
			process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		} catch (IOException e) {
			return false;
		}
		try {
			return process.waitFor(DOCKER_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		} finally {
			process.destroyForcibly();
		}
	}

	/** Debian keeps daemons where not everybody's PATH looks. */
	private static String local() {
		List<String> folders = new ArrayList<>(Arrays.asList(System.getenv().getOrDefault("PATH", "").split(":")));
		folders.addAll(List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"));
		return folders.stream().filter(folder -> !folder.isEmpty()).map(folder -> folder + "/mosquitto").filter(file -> Files.isExecutable(Path.of(file)))
				.findFirst().orElse(null);
	}

	/** Null if it does not start. */
	private static MosquittoBroker start(Path folder, Proof proof, List<String> command, String description, long patience) throws IOException {
		for (int i = 0; i < ATTEMPTS; i++) {
			// It cannot be told to take any port, so between here and there somebody else may take it.
			int port = freePort();
			int devicePort = proof == Proof.PSK ? freePort() : port;
			List<String> lines = new ArrayList<>(List.of("allow_anonymous true", "persistence false", "user root", "log_dest stdout", "log_type error",
					"log_type warning", "listener " + port + " 127.0.0.1", "cafile " + folder.resolve("ca.pem"), "certfile " + folder.resolve("broker.pem"),
					"keyfile " + folder.resolve("broker.key"), "require_certificate true"));
			if (proof == Proof.PSK) {
				lines.addAll(List.of("listener " + devicePort + " 127.0.0.1", "psk_hint thimble-demo", "use_identity_as_username true",
						"psk_file " + folder.resolve("psk.txt")));
			}
			Path configuration = Files.write(folder.resolve("mosquitto.conf"), lines, StandardCharsets.US_ASCII);
			List<String> all = new ArrayList<>(command);
			all.addAll(List.of("-c", configuration.toString()));
			ServerProcess process = ServerProcess.start(folder, all.toArray(new String[0]));
			if (listens(process, port, patience)) {
				return new MosquittoBroker(process, devicePort, port, description);
			}
			boolean taken = process.output(0).contains("already in use");
			process.close();
			if (!taken) {
				return null;
			}
		}
		return null;
	}

	private static boolean listens(ServerProcess process, int port, long patience) {
		long end = System.nanoTime() + patience;
		while (process.alive() && System.nanoTime() < end) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return socket.isConnected() && process.alive();
			} catch (IOException e) {
				LockSupport.parkNanos(20_000_000);
			}
		}
		return false;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public InetSocketAddress deviceAddress() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.devicePort);
	}

	@Override
	public InetSocketAddress subscriberAddress() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.subscriberPort);
	}

	@Override
	public String mqttVersion() {
		return "5";
	}

	@Override
	public void close() {
		if (this.remover != null) {
			try {
				Runtime.getRuntime().removeShutdownHook(this.remover);
			} catch (IllegalStateException e) {
				// the JVM is exiting, the hook runs anyway
			}
			this.remover.run();
		}
		this.process.close();
	}
}
