/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.BoardSystem;
import dev.thimble.board.Console;
import dev.thimble.board.ServerPort;
import dev.thimble.net.BoardNetwork;
import dev.thimble.net.Clock;
import dev.thimble.net.Credentials;
import dev.thimble.net.EnginePool;
import dev.thimble.net.NetError;
import dev.thimble.net.NetworkListener;
import dev.thimble.net.NetworkTransport;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureServerSocket;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.ServerRole;
import dev.thimble.tls.Tls13Server;

/** A TLS server on the board's own network: it sends back what its clients say, one client after another. */
final class SocketServer {

	/** The security tag of what the server proves itself with. */
	private static final int TAG = 3;
	private static final int CHAIN_ROOM = 2048;
	private static final int KEY_ROOM = 256;
	private static final int CHUNK = 256;

	private final Base64Buffer chain = new Base64Buffer(CHAIN_ROOM, Failure.IDENTITY, Failure.IDENTITY_TOO_LONG);
	private final Base64Buffer key = new Base64Buffer(KEY_ROOM, Failure.IDENTITY, Failure.IDENTITY_TOO_LONG);
	private final byte[] chunk = new byte[CHUNK];
	private SecureContext context;
	private BoardNetwork network;
	private Clock timer;
	private SecureSocket socket;
	private boolean changed;

	/** Takes its place beside the clients. */
	void join(SecureContext context, EnginePool pool, BoardNetwork network, Clock timer) {
		this.context = context;
		this.network = network;
		this.timer = timer;
		pool.server(new ServerRole(new Tls13Server()));
		this.socket = new SecureSocket(context, new NetworkTransport(network)).secure(true).securityTags(TAG);
	}

	/** Takes in a piece of the certificate chain: DER, one certificate behind the other. */
	int certificates(CommandLine line, boolean first) {
		return add(this.chain, line, first);
	}

	/** Takes in a piece of the private key: DER, PKCS #8 or SEC 1. */
	int key(CommandLine line, boolean first) {
		return add(this.key, line, first);
	}

	private int add(Base64Buffer buffer, CommandLine line, boolean first) {
		this.changed = true;
		if (first) {
			buffer.clear();
		}
		return buffer.add(line.array(), line.wordOffset(), line.wordLength());
	}

	private int register() {
		if (!this.changed) {
			return NetError.NONE;
		}
		Credentials credentials = this.context.credentials();
		credentials.delete(TAG, Credentials.OWN_CERTIFICATE);
		credentials.delete(TAG, Credentials.PRIVATE_KEY);
		int result = credentials.add(TAG, Credentials.OWN_CERTIFICATE, this.chain.copy());
		result = result == NetError.NONE ? credentials.add(TAG, Credentials.PRIVATE_KEY, this.key.copy()) : result;
		this.changed = result != NetError.NONE;
		return result;
	}

	/** Serves so many clients; gives up if one takes longer to come than the patience in milliseconds. */
	int serve(int port, int clients, int patience, Console console, BoardSystem system) {
		int result = register();
		if (result != NetError.NONE) {
			return result;
		}
		SecureServerSocket server = new SecureServerSocket(new NetworkListener(this.network, new ServerPort(), port));
		this.socket.sendTimeout(patience).receiveTimeout(patience).handshakeTimeout(patience);
		boolean listening = false;
		long end = this.timer.millis() + patience;
		int served = 0;
		while (result == NetError.NONE && served < clients) {
			long allocated = system.allocatedBytes();
			int taken = server.accept(this.socket);
			if (!listening && taken == 0) {
				listening = true;
				console.print("serving: port=").print(port).println();
			}
			if (taken == 0) {
				system.idle();
				result = this.timer.millis() > end ? Failure.TIMEOUT : NetError.NONE;
			} else if (!listening) {
				result = this.socket.error();
			} else {
				long bytes = taken == SecureSocket.FAILED ? 0 : echo();
				served++;
				console.print("client: version=").print(this.socket.version()).print(" suite=").print(this.socket.cipherSuite())
						.print(" bytes=").print(bytes).print(" error=").print(NetError.name(this.socket.error()))
						.print(" allocated=").print(system.allocatedBytes() - allocated).println();
				end = this.timer.millis() + patience;
			}
		}
		server.close();
		return result;
	}

	/** Until the client has said all; gives how many bytes that were. */
	private long echo() {
		long bytes = 0;
		int count = this.socket.receive(this.chunk, 0, CHUNK);
		while (count > 0 && this.socket.send(this.chunk, 0, count) == count) {
			bytes += count;
			count = this.socket.receive(this.chunk, 0, CHUNK);
		}
		this.socket.close();
		return bytes;
	}
}
