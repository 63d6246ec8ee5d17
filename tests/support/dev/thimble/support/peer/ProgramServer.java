/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.thimble.host.ServerProcess;

/** A program as server. */
final class ProgramServer implements PeerServer {

	private final ServerProcess process;
	private final int port;
	private final boolean reverses;
	private final String ends;
	private final Function<String, Report> reader;
	private int mark;

	/**
	 * Creates a server of a program that listens.
	 *
	 * @param reverses
	 *            true: it prints what it receives and sends its input, which will be the line backwards; false: it echoes by itself.
	 * @param ends
	 *            what the program prints when it has said all of a connection.
	 * @param reader
	 *            reads what the program printed during a connection.
	 */
	ProgramServer(ServerProcess process, int port, boolean reverses, String ends, Function<String, Report> reader) {
		this.process = process;
		this.port = port;
		this.reverses = reverses;
		this.ends = ends;
		this.reader = reader;
		this.mark = process.mark();
	}

	/** Waits until a program has printed its port. */
	static int awaitPort(ServerProcess process, String before, Pattern pattern) throws IOException {
		String output = process.await(0, before, PeerHost.PATIENCE);
		String line = output == null ? null : process.await(output.indexOf(before), "\n", PeerHost.PATIENCE);
		Matcher matcher = pattern.matcher(line == null ? "" : line);
		if (!matcher.find()) {
			String said = process.output(0);
			process.close();
			throw new IOException("the program did not start to listen: " + said);
		}
		return Integer.parseInt(matcher.group(1));
	}

	@Override
	public InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	@Override
	public byte[] answer(byte[] line) throws IOException {
		if (!this.reverses) {
			return line.clone();
		}
		await(new String(line, StandardCharsets.ISO_8859_1), "the line");
		byte[] answer = line.clone();
		for (int i = 0; i < line.length - 1; i++) {
			answer[i] = line[line.length - 2 - i];
		}
		this.process.input().write(answer);
		this.process.input().flush();
		return answer;
	}

	@Override
	public Report report() throws IOException {
		await(this.ends, "the end of the connection");
		String said = this.process.output(this.mark);
		this.mark += said.length();
		Report report = this.reader.apply(said);
		report.text = said;
		return report;
	}

	private void await(String text, String what) throws IOException {
		if (this.process.await(this.mark, text, PeerHost.PATIENCE) == null) {
			throw new IOException(what + " did not come; the peer said:\n" + this.process.output(this.mark));
		}
	}

	@Override
	public void close() {
		this.process.close();
	}
}
