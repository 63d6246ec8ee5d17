/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.example;

import java.io.IOException;

import dev.thimble.net.Clock;
import dev.thimble.net.Modem;
import dev.thimble.net.ModemTransport;
import dev.thimble.net.Poller;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.SerialLine;
import dev.thimble.net.SocketInputStream;
import dev.thimble.net.SocketOutputStream;
import dev.thimble.net.Transport;

/** The same client five times, as dev.thimble.net's README shows it: it sends a line and takes it back. Tests run each. */
public final class EchoClients {

	/** The security tag of the roots, and of a modem's own. */
	private static final int ROOTS = 1;
	private static final int MODEM_ROOTS = 2;

	private EchoClients() {
		// static methods only
	}

	// begin plain
	/** A plain TCP client. */
	public static int plain(SecureContext context, Transport transport, String host, int port, byte[] line, byte[] answer) {
		SecureSocket socket = new SecureSocket(context, transport);
		if (socket.connect(host, port) != 0) {
			return -socket.error();
		}
		socket.send(line, 0, line.length);
		int count = socket.receive(answer, 0, answer.length);
		socket.close();
		return count;
	}
	// end plain

	// begin options
	/** The same with TLS: an option more. */
	public static int secure(SecureContext context, Transport transport, String host, int port, byte[] line, byte[] answer) {
		SecureSocket socket = new SecureSocket(context, transport);
		socket.secure(true).securityTags(ROOTS);
		if (socket.connect(host, port) != 0) {
			return -socket.error();
		}
		socket.send(line, 0, line.length);
		int count = socket.receive(answer, 0, answer.length);
		socket.close();
		return count;
	}
	// end options

	// begin stream
	/** The same as streams, plain or secure. */
	public static int stream(SecureSocket socket, String host, int port, byte[] line, byte[] answer) throws IOException {
		if (socket.connect(host, port) != 0) {
			return -socket.error();
		}
		SocketOutputStream out = socket.outputStream();
		SocketInputStream in = socket.inputStream();
		out.write(line);
		int count = in.read(answer);
		socket.close();
		return count;
	}
	// end stream

	// begin poll
	/** The same in a main loop that has more to do. */
	public static int poll(SecureSocket socket, String host, int port, byte[] line, byte[] answer, Runnable more) {
		Poller poller = new Poller(1);
		poller.add(socket);
		socket.connect(host, port);
		int sent = 0;
		int count = SecureSocket.WOULD_BLOCK;
		while (count == SecureSocket.WOULD_BLOCK) {
			int events = poller.events(poller.poll());
			if ((events & SecureSocket.WRITABLE) != 0 && sent < line.length) {
				sent += Math.max(0, socket.send(line, sent, line.length - sent));
			}
			if ((events & (SecureSocket.READABLE | SecureSocket.GONE)) != 0) {
				count = socket.receive(answer, 0, answer.length);
			}
			more.run();
		}
		socket.close();
		return count;
	}
	// end poll

	// begin modem
	/** The same on a modem that does TLS itself. */
	public static int modem(SecureContext context, SerialLine line, Clock clock, String host, int port, byte[] text, byte[] answer) {
		Modem modem = new Modem(line, clock);
		SecureSocket socket = new SecureSocket(context, new ModemTransport(modem, 1024, 1024));
		socket.secure(true).offload(true).securityTags(MODEM_ROOTS);
		if (socket.connect(host, port) != 0) {
			return -socket.error();
		}
		socket.send(text, 0, text.length);
		int count = socket.receive(answer, 0, answer.length);
		socket.close();
		return count;
	}
	// end modem
}
