/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

import javax.net.SocketFactory;

import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;

/**
 * Makes sockets for libraries that are written for {@code java.net.Socket}: an MQTT or HTTP client that takes a {@link SocketFactory} gets Thimble's
 * TLS by one line. To the library the connection looks plain, so it is given the scheme of a plain one ({@code tcp://}, {@code http://}) and the port of
 * the secure one.
 *
 * <pre>
 * options.setSocketFactory(new ThimbleSocketFactory(context, 1));
 * </pre>
 *
 * <p>The server's name is verified as it was given to connect. As with {@code java.net}, a write waits for as long as the peer takes nothing, until
 * somebody closes the socket; the time given to connect limits TCP and then TLS.
 */
public class ThimbleSocketFactory extends SocketFactory {

	private final SecureContext context;
	private final int[] tags;

	/**
	 * Creates a factory of TLS sockets.
	 *
	 * @param context
	 *            clock, credentials and engines: as many as sockets will be open at a time.
	 * @param tags
	 *            the security tags of the sockets.
	 */
	public ThimbleSocketFactory(SecureContext context, int... tags) {
		this.context = context;
		this.tags = tags;
	}

	/**
	 * Sets the options of a socket before it is handed out. To be overridden for options besides the tags.
	 *
	 * @param socket
	 *            a socket with TLS and the tags, not connected.
	 */
	protected void configure(SecureSocket socket) {
		// The tags are enough.
	}

	@Override
	public Socket createSocket() throws IOException {
		SocketTransport transport = new SocketTransport();
		SecureSocket socket = new SecureSocket(this.context, transport).secure(true).securityTags(this.tags).sendTimeout(0);
		configure(socket);
		return new ThimbleSocket(socket, transport);
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return connect(createSocket(), new InetSocketAddress(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return createSocket(host, port);
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return connect(createSocket(), new InetSocketAddress(host, port));
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) throws IOException {
		return createSocket(address, port);
	}

	private static Socket connect(Socket socket, InetSocketAddress address) throws IOException {
		try {
			socket.connect(address);
			return socket;
		} catch (IOException e) {
			socket.close();
			throw e;
		}
	}
}
