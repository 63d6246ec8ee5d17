/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.thimble.host.CommandFailure;
import dev.thimble.host.Endpoint;

/** A board in QEMU. Its serial lines and its monitor are TCP connections that QEMU makes to ports of 127.0.0.1 this object listens on. */
public final class QemuBoard implements Board {

	/** By which the emulated network (QEMU's "user") reaches the host's loopback address. */
	private static final String HOST_ADDRESS = "10.0.2.2";
	private static final int START_MS = 90_000;
	private static final int ACCEPT_MS = 200;
	/** How long the emulator may take to write its memory to a file. */
	private static final int SAVE_MS = 60_000;
	private static final Duration ANSWER = Duration.ofMillis(60_000);
	/** A line of "info usernet": protocol and state, file descriptor, source address and port. */
	private static final Pattern FORWARDED = Pattern.compile("TCP\\[HOST_FORWARD\\]\\s+\\d+\\s+127\\.0\\.0\\.1\\s+(\\d+)\\s");
	/** What start-up does not clear: board-support/common/retained.h. */
	private static final String RETAINED_SECTION = ".noinit";
	private static final String MONITOR = "monitor";
	private static final String DEBUGGER = "debugger";

	private final BoardProperties board;
	private final LeashedProcess process;
	/** The file that retained memory goes to; null if it goes nowhere. */
	private final Path retained;
	private final ElfSection section;
	private final List<Socket> sockets = new ArrayList<>();
	private Socket consoleSocket;
	private Socket monitor;
	private Console answers;
	private Console console;
	private WireBridge wire;

	private QemuBoard(BoardProperties board, LeashedProcess process, Path retained, ElfSection section) {
		this.board = board;
		this.process = process;
		this.retained = retained;
		this.section = section;
	}

	/** Starts a board with the options most tests want. */
	public static QemuBoard start(String board, Path elf) throws IOException {
		return start(BoardProperties.of(board), elf, QemuOptions.DEFAULT);
	}

	/**
	 * Starts a board.
	 *
	 * @param elf
	 *            the firmware.
	 * @throws CommandFailure
	 *             if there is no firmware or no QEMU, or if QEMU does not start.
	 */
	public static QemuBoard start(BoardProperties board, Path elf, QemuOptions options) throws IOException {
		if (!Files.exists(elf)) {
			throw new CommandFailure("There is no firmware " + elf);
		}
		Path qemu = Qemu.find(board, options.install());
		if (qemu == null) {
			throw new CommandFailure("There is no QEMU that knows " + board.name() + ": board-support/debian/install-qemu gets one");
		}
		InetAddress loopback = InetAddress.getByName("127.0.0.1");
		List<String> lines = new ArrayList<>(board.words("qemu.serial"));
		lines.add(MONITOR);
		boolean switchedOnAgain = options.retained() != null && Files.exists(options.retained());
		if (switchedOnAgain) {
			lines.add(DEBUGGER);
		}
		List<ServerSocket> listeners = new ArrayList<>();
		try {
			for (int i = 0; i < lines.size(); i++) {
				listeners.add(new ServerSocket(0, 1, loopback));
			}
			ElfSection section = options.retained() == null ? null : ElfSection.find(elf, RETAINED_SECTION);
			LeashedProcess process = new LeashedProcess(command(qemu, board, elf, options, lines, listeners));
			QemuBoard started = new QemuBoard(board, process, options.retained(), section);
			try {
				started.accept(lines, listeners);
			} catch (IOException | RuntimeException e) {
				started.close();
				throw e;
			}
			return started;
		} finally {
			for (ServerSocket listener : listeners) {
				listener.close();
			}
		}
	}

	private static List<String> command(Path qemu, BoardProperties board, Path elf, QemuOptions options, List<String> lines,
			List<ServerSocket> listeners) {
		List<String> command = new ArrayList<>(List.of(qemu.toString(), "-M", board.text("qemu.machine")));
		command.addAll(board.words("qemu.arguments"));
		command.addAll(List.of("-display", "none", "-kernel", elf.toString()));
		for (int i = 0; i < listeners.size(); i++) {
			/* Bytes go out one by one: they must not wait for each other. */
			command.addAll(List.of("-chardev", "socket,id=line" + i + ",host=127.0.0.1,nodelay=on,port=" + listeners.get(i).getLocalPort()));
			String option = lines.get(i).equals(MONITOR) ? "-monitor" : lines.get(i).equals(DEBUGGER) ? "-gdb" : "-serial";
			command.addAll(List.of(option, "chardev:line" + i));
		}
		if (lines.contains(DEBUGGER)) {
			/* Not one instruction before the memory is what it was. */
			command.add("-S");
		}
		command.addAll(network(board, options));
		if (options.semihosting()) {
			command.addAll(List.of("-semihosting-config", "enable=on,target=native"));
		}
		if (options.countInstructions()) {
			command.addAll(List.of("-icount", "shift=0"));
		}
		command.addAll(options.arguments());
		return command;
	}

	/** The end of the cable in the board has the name "net", for set_link. */
	private static List<String> network(BoardProperties board, QemuOptions options) {
		String user = "user,id=%s" + (options.forwarded() == 0 ? "" : ",hostfwd=tcp:127.0.0.1:0-:" + options.forwarded());
		QemuOptions.Cable cable = options.cable();
		if (!board.hasNetwork() || cable == null) {
			return List.of("-nic", board.hasNetwork() ? user.formatted("net") : "none");
		}
		return List.of("-nic", "socket,id=net,connect=127.0.0.1:" + cable.boardEnd(),
				"-netdev", "socket,id=far,connect=127.0.0.1:" + cable.networkEnd(), "-netdev", user.formatted("user"),
				"-netdev", "hubport,id=hub0,hubid=1,netdev=far", "-netdev", "hubport,id=hub1,hubid=1,netdev=user");
	}

	private void accept(List<String> lines, List<ServerSocket> listeners) throws IOException {
		for (int i = 0; i < listeners.size(); i++) {
			Socket socket = accept(listeners.get(i));
			socket.setTcpNoDelay(true);
			this.sockets.add(socket);
			String line = lines.get(i);
			switch (line) {
			case "console" -> {
				this.consoleSocket = socket;
				this.console = new Console(socket.getInputStream());
			}
			case "wire" -> this.wire = new WireBridge(socket);
			case MONITOR -> {
				this.monitor = socket;
				/* Reads the monitor's prompts, so that they do not pile up. */
				this.answers = new Console(socket.getInputStream());
			}
			case DEBUGGER -> switchOn(new DebugPort(socket));
			default -> throw new CommandFailure(this.board.name() + "'s qemu.serial names an unknown line '" + line + "'");
			}
		}
		if (this.console == null) {
			throw new CommandFailure(this.board.name() + "'s qemu.serial has no console");
		}
	}

	/** Puts back what the memory held when the board was switched off, and lets it run. A file of another image's memory is of no use to this one. */
	private void switchOn(DebugPort port) throws IOException {
		byte[] content = Files.readAllBytes(this.retained);
		if (content.length == this.section.length()) {
			port.write(this.section.address(), content);
		}
		port.detach();
	}

	/** Stops the board between two instructions, wherever it is, and keeps what its retained memory holds. */
	private void switchOff() {
		Path part = this.retained.resolveSibling(this.retained.getFileName() + ".part").toAbsolutePath();
		try {
			this.monitor.getOutputStream().write(("stop\npmemsave " + this.section.address() + " " + this.section.length() + " \"" + part
					+ "\"\nquit\n").getBytes(StandardCharsets.UTF_8));
			if (this.process.exitCode(SAVE_MS).isPresent() && Files.exists(part) && Files.size(part) == this.section.length()) {
				Files.move(part, this.retained, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
			}
		} catch (IOException e) {
			throw new UncheckedIOException("The memory of " + this.board.name() + " could not be written to " + this.retained, e);
		}
	}

	private Socket accept(ServerSocket listener) throws IOException {
		listener.setSoTimeout(ACCEPT_MS);
		long deadline = System.nanoTime() + START_MS * 1_000_000L;
		while (true) {
			try {
				return listener.accept();
			} catch (SocketTimeoutException e) {
				if (!this.process.alive() || System.nanoTime() - deadline > 0) {
					throw new CommandFailure("QEMU does not start: " + this.process.output());
				}
			}
		}
	}

	@Override
	public BoardProperties properties() {
		return this.board;
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
				throw new BoardException(this.board.name() + (ended() ? " ended before it said '" : " did not say '") + pattern + "'"
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

	@Override
	public void bridge(Endpoint server) throws IOException {
		if (this.wire == null) {
			throw new BoardException(this.board.name() + " has no wire", transcript());
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
	public void unplug() throws IOException {
		unplugWire();
		setLink("off");
	}

	@Override
	public void plug() throws IOException {
		setLink("on");
	}

	private void setLink(String state) throws IOException {
		if (this.board.hasNetwork()) {
			this.monitor.getOutputStream().write(("set_link net " + state + "\n").getBytes(StandardCharsets.US_ASCII));
		}
	}

	/**
	 * Gets the port of 127.0.0.1 that leads to the board's port of {@link QemuOptions#forwarding}; the operating system has chosen it.
	 *
	 * @throws BoardException
	 *             if there is none.
	 */
	public int forwardedPort() throws IOException {
		this.monitor.getOutputStream().write("info usernet\n".getBytes(StandardCharsets.US_ASCII));
		StringBuilder said = new StringBuilder();
		for (String line = this.answers.readLine(ANSWER); line != null; line = this.answers.readLine(ANSWER)) {
			said.append(line).append('\n');
			Matcher port = FORWARDED.matcher(line);
			if (port.find()) {
				return Integer.parseInt(port.group(1));
			}
		}
		throw new BoardException("QEMU forwards no port", said.toString());
	}

	@Override
	public String hostAddress() {
		return HOST_ADDRESS;
	}

	/** Waits for the emulator's end. Gets the code the firmware ended with, empty if it did not end in time. */
	public OptionalInt exitCode(Duration limit) throws IOException {
		return this.process.exitCode(limit.toMillis());
	}

	@Override
	public void close() {
		try {
			if (this.retained != null && this.section.length() > 0 && this.monitor != null && this.process.alive()) {
				switchOff();
			}
		} finally {
			end();
		}
	}

	private void end() {
		this.process.close();
		if (this.wire != null) {
			this.wire.close();
		}
		for (Socket socket : this.sockets) {
			try {
				socket.close();
			} catch (IOException e) {
				// it is closed
			}
		}
	}
}
