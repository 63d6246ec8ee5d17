/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.thimble.host.ServerProcess;

/** Where the programs of peers run, and the folder they read and write. */
public abstract class PeerHost implements Closeable {

	/** How long a program may take for anything before a test fails, in milliseconds. */
	static final int PATIENCE = 60_000;

	private final Path root;
	private final AtomicInteger folders = new AtomicInteger();

	PeerHost() throws IOException {
		this.root = Files.createTempDirectory("thimble-peers");
	}

	/** Says in a few words what the peers are: containers, or local processes and why. */
	public abstract String description();

	/** Gets the folder above all others here. */
	final Path root() {
		return this.root;
	}

	/** Makes a folder with the credentials in it. */
	final Path newFolder() throws IOException {
		Path folder = Files.createDirectory(this.root.resolve(Integer.toString(this.folders.incrementAndGet())));
		Credentials.write(folder);
		return folder;
	}

	/** How a program reads its input, and what ends it. */
	enum Life {
		/** It reads what the test writes, and ends with that. */
		CLIENT,
		/** It reads nothing, and runs until it is closed. */
		SERVER,
		/** It reads what the test writes, and runs until it is closed. */
		SERVER_WITH_INPUT
	}

	/** Starts a program. */
	abstract ServerProcess start(Path folder, Life life, List<String> words) throws IOException;

	/** Gets the path of the program tests/peers/wolfssl-peer.c is compiled to, or null if it cannot be. */
	abstract String wolfSsl();

	/** Gets everything a program prints that ends by itself; "" if there is no such program. */
	final String output(String... words) throws IOException {
		try (ServerProcess process = start(this.root, Life.CLIENT, List.of(words))) {
			process.input().close();
			process.await(0, "\0 nothing prints this", PATIENCE);
			return process.output(0);
		} catch (IOException e) {
			return "";
		}
	}

	@Override
	public void close() {
		try (Stream<Path> all = Files.walk(this.root)) {
			all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
