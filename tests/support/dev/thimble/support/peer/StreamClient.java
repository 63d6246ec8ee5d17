/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** A peer that is a library of this JVM as client, over its streams. */
final class StreamClient implements PeerClient {

	/** Closes in good order and reports. */
	interface Ending {

		Report end() throws IOException;
	}

	private final InputStream in;
	private final OutputStream out;
	private final Ending ending;
	private final Runnable cut;

	StreamClient(InputStream in, OutputStream out, Ending ending, Runnable cut) {
		this.in = in;
		this.out = out;
		this.ending = ending;
		this.cut = cut;
	}

	@Override
	public void send(byte[] line) throws IOException {
		this.out.write(line);
		this.out.flush();
	}

	@Override
	public void expect(byte[] line) throws IOException {
		byte[] received = this.in.readNBytes(line.length);
		if (!Arrays.equals(line, received)) {
			throw new IOException("received " + received.length + " other bytes than the " + line.length + " sent");
		}
	}

	@Override
	public Report finish() throws IOException {
		return this.ending.end();
	}

	@Override
	public void close() {
		this.cut.run();
	}
}
