/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * A server's side: takes clients from a {@link Listener} into sockets that the program has made. TLS options are those of each socket; its tags lead to
 * the server's certificate and key, and if they lead to a CA certificate too, clients are asked for certificates.
 */
public final class SecureServerSocket {

	private final Listener listener;

	/**
	 * Creates a server socket.
	 *
	 * @param listener
	 *            where clients connect.
	 */
	public SecureServerSocket(Listener listener) {
		this.listener = listener;
	}

	/**
	 * Takes the next client that waits into a socket. Does not wait for one; the handshake is waited for if the socket is blocking.
	 *
	 * @param socket
	 *            a socket that is not in use.
	 * @return 1 if there is a connection; 0 if nobody waits; {@link SecureSocket#WOULD_BLOCK} from a non-blocking socket whose handshake has begun;
	 *         {@link SecureSocket#FAILED} if it has failed, see {@link SecureSocket#error()}.
	 * @throws IllegalStateException
	 *             if the socket is in use.
	 */
	public int accept(SecureSocket socket) {
		if (socket.inUse()) {
			throw new IllegalStateException(NetError.text(NetError.CONNECTED_ALREADY));
		}
		int taken = this.listener.accept(socket.transport());
		if (taken == 0) {
			return 0;
		}
		if (taken < 0) {
			return socket.refuse(-taken);
		}
		int result = socket.accept();
		return result == 0 ? 1 : result;
	}

	/** Stops listening. Connections go on. */
	public void close() {
		this.listener.close();
	}
}
