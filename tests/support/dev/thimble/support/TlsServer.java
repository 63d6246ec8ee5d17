/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.thimble.host.Identity;
import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki.Chain;

/** A TLS server of somebody else, running in a process of its own until it is closed. */
public abstract class TlsServer implements Closeable {

	/** How long a server may take for anything before a test fails, in milliseconds. */
	public static final int PATIENCE = 90_000;

	private final Path folder;
	private ServerProcess process;
	private int port;

	/** Writes server.pem (the leaf), chain.pem (leaf and intermediates), rest.pem (intermediates) and server.key into a folder of its own. */
	protected TlsServer(Chain chain) throws IOException {
		this.folder = Files.createTempDirectory("thimble-server");
		Identity[] path = chain.path();
		Identity.writeChain(this.folder.resolve("server.pem"), path[0]);
		Identity.writeChain(this.folder.resolve("chain.pem"), path);
		Identity[] rest = new Identity[path.length - 1];
		System.arraycopy(path, 1, rest, 0, rest.length);
		Identity.writeChain(this.folder.resolve("rest.pem"), rest);
		path[0].writeKey(this.folder.resolve("server.key"));
	}

	/** Tells that the process runs and listens. */
	protected final void started(ServerProcess server, int listeningPort) {
		this.process = server;
		this.port = listeningPort;
	}

	/** Gets the program's name. */
	public abstract String name();

	/** Gets what the server answers to a line (with its line feed). */
	public abstract byte[] echo(byte[] line);

	/** Gets the folder the server runs in. */
	public final Path folder() {
		return this.folder;
	}

	/** Gets the process. */
	public final ServerProcess process() {
		return this.process;
	}

	/** Gets the address the server listens at. */
	public final InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	@Override
	public final void close() {
		if (this.process != null) {
			this.process.close();
		}
		String[] names = this.folder.toFile().list();
		if (names != null) {
			for (String name : names) {
				this.folder.resolve(name).toFile().delete();
			}
		}
		this.folder.toFile().delete();
	}
}
