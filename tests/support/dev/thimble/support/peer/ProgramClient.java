/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import dev.thimble.host.ServerProcess;

/** A program as client, that sends its input and prints what it receives. */
final class ProgramClient implements PeerClient {

	private final ServerProcess process;
	private final Function<String, Report> reader;

	/** Creates a client of a program that runs; the reader reads what it printed. */
	ProgramClient(ServerProcess process, Function<String, Report> reader) {
		this.process = process;
		this.reader = reader;
	}

	@Override
	public void send(byte[] line) throws IOException {
		this.process.input().write(line);
		this.process.input().flush();
	}

	@Override
	public void expect(byte[] line) throws IOException {
		await(new String(line, StandardCharsets.ISO_8859_1), "the answer");
	}

	@Override
	public Report finish() throws IOException {
		this.process.input().close();
		// The program ends, and with it its output.
		this.process.await(0, "\0 nothing prints this", PeerHost.PATIENCE);
		String said = this.process.output(0);
		Report report = this.reader.apply(said);
		report.text = said;
		return report;
	}

	private void await(String text, String what) throws IOException {
		if (this.process.await(0, text, PeerHost.PATIENCE) == null) {
			throw new IOException(what + " did not come; the peer said:\n" + this.process.output(0));
		}
	}

	@Override
	public void close() {
		this.process.close();
	}
}
