/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.thimble.host.CommandFailure;
import dev.thimble.host.Endpoint;

/**
 * The simulated device: a JVM that runs the class files a board is flashed with, with mocks of the natives before them on its class path
 * (board-support/mocks). Console and wire are TCP connections, as an emulator's are.
 */
public final class SimulatedBoard implements Board {

	private static final int START_MS = 90_000;
	private static final int ACCEPT_MS = 200;

	private final LeashedProcess process;
	private final Socket consoleSocket;
	private final Console console;
	private final ServerSocket wireListener;
	private WireBridge wire;

	private SimulatedBoard(LeashedProcess process, Socket consoleSocket, ServerSocket wireListener) throws IOException {
		this.process = process;
		this.consoleSocket = consoleSocket;
		this.console = new Console(consoleSocket.getInputStream());
		this.wireListener = wireListener;
	}

	/**
	 * Starts a device.
	 *
	 * @param application
	 *            the firmware's class, for example {@code Connect}.
	 * @param settings
	 *            what is different from a healthy board, by the names of the mocks' properties without {@code thimble.sim.}, for example
	 *            {@code trng=stuck}; {@code configuration} names a folder of classes that stand before the firmware's own.
	 */
	public static SimulatedBoard start(String application, Map<String, String> settings) throws IOException {
		InetAddress loopback = InetAddress.getByName("127.0.0.1");
		ServerSocket wireListener = new ServerSocket(0, 1, loopback);
		LeashedProcess process = null;
		try (ServerSocket consoleListener = new ServerSocket(0, 1, loopback)) {
			Map<String, String> all = new HashMap<>(settings);
			all.put("console", "127.0.0.1:" + consoleListener.getLocalPort());
			all.put("wire", "127.0.0.1:" + wireListener.getLocalPort());
			process = new LeashedProcess(command(application, all));
			return new SimulatedBoard(process, accept(consoleListener, process), wireListener);
		} catch (IOException | RuntimeException e) {
			wireListener.close();
			if (process != null) {
				process.close();
			}
			throw e;
		}
	}

	/** Gets the command line of a device whose console is standard input and output. */
	static List<String> command(String application, Map<String, String> settings) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		// A small heap, so that the collector runs, and quick to start.
		command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		settings.forEach((name, value) -> command.add("-Dthimble.sim." + name + "=" + value));
		String configuration = settings.get("configuration");
		command.addAll(List.of("-cp", (configuration == null ? "" : configuration + java.io.File.pathSeparator) + classPath()));
		command.add(application.indexOf('.') < 0 ? "dev.thimble.app." + application : application);
		return command;
	}

	/** The mocks stand before the natives of the same names. */
	private static String classPath() {
		Path classes = Path.of(System.getProperty("thimble.classes", Project.build().resolve("classes").toString()));
		Path lib = Path.of(System.getProperty("thimble.lib", Project.build().resolve("lib").toString()));
		return String.join(java.io.File.pathSeparator, classes.resolve("mocks").toString(), classes.resolve("hil").toString(),
				classes.resolve("main").toString(), classes.resolve("app").toString(), lib.resolve("default").resolve("*").toString());
	}

	private static Socket accept(ServerSocket listener, LeashedProcess process) throws IOException {
		listener.setSoTimeout(ACCEPT_MS);
		long deadline = System.nanoTime() + START_MS * 1_000_000L;
		while (true) {
			try {
				Socket socket = listener.accept();
				socket.setTcpNoDelay(true);
				return socket;
			} catch (SocketTimeoutException e) {
				if (!process.alive() || System.nanoTime() - deadline > 0) {
					throw new CommandFailure("The simulated device does not start: " + process.output());
				}
			}
		}
	}

	@Override
	public BoardProperties properties() {
		return BoardProperties.simulator();
	}

	@Override
	public String readLine(Duration limit) throws IOException {
		return this.console.readLine(limit);
	}

	@Override
	public boolean ended() {
		return this.console.ended();
	}

	@Override
	public String awaitLine(String pattern, Duration limit) throws IOException {
		Pattern wanted = Pattern.compile(pattern);
		long deadline = System.nanoTime() + limit.toNanos();
		while (true) {
			String line = readLine(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
			if (line == null) {
				throw new BoardException("The simulated device " + (ended() ? "ended before it said '" : "did not say '") + pattern + "'"
						+ (ended() ? "" : " within " + limit.toSeconds() + " s"), transcript() + this.process.output());
			}
			if (wanted.matcher(line).lookingAt()) {
				return line;
			}
		}
	}

	@Override
	public void send(String line) throws IOException {
		this.consoleSocket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
	}

	@Override
	public String transcript() {
		return this.console.transcript();
	}

	/** A firmware that has a use for the wire has opened it when it says its first word. */
	@Override
	public void bridge(Endpoint server) throws IOException {
		if (this.wire == null) {
			this.wire = new WireBridge(accept(this.wireListener, this.process));
		}
		this.wire.connect(server);
	}

	@Override
	public void unplugWire() {
		if (this.wire != null) {
			this.wire.unplug();
		}
	}

	@Override
	public void unplug() {
		unplugWire();
	}

	@Override
	public void plug() {
		// the wire comes back with bridge, and the network of this machine stays
	}

	@Override
	public String hostAddress() {
		return "127.0.0.1";
	}

	@Override
	public void close() {
		this.process.close();
		if (this.wire != null) {
			this.wire.close();
		}
		try {
			this.wireListener.close();
			this.consoleSocket.close();
		} catch (IOException e) {
			// closed
		}
	}
}
