/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net.socket;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import dev.thimble.net.DatagramTransport;
import dev.thimble.net.NetError;

/**
 * A {@code java.net.DatagramSocket} as a transport. {@link #open} waits for the name to be resolved, and allocates; {@link #receive} waits a
 * millisecond for a datagram, since {@code java.net} cannot look without waiting.
 */
public final class SocketDatagrams implements DatagramTransport {

	private DatagramSocket socket;
	private DatagramPacket out;
	private DatagramPacket in;
	private InetAddress peer;
	private int port;
	private int failure = NetError.NOT_CONNECTED;

	/** Creates a transport. */
	public SocketDatagrams() {
		// see open
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		close();
		char[] name = new char[length];
		for (int i = 0; i < length; i++) {
			name[i] = (char) host[offset + i];
		}
		try {
			this.peer = InetAddress.getByName(new String(name));
			this.port = port;
			this.socket = new DatagramSocket();
			this.socket.setSoTimeout(1);
			this.out = new DatagramPacket(new byte[0], 0);
			this.in = new DatagramPacket(new byte[0], 0);
			this.failure = NetError.NONE;
		} catch (UnknownHostException e) {
			this.failure = NetError.NAME_UNKNOWN;
		} catch (IOException e) {
			this.failure = NetError.NO_NETWORK;
		}
	}

	@Override
	public int poll() {
		return this.failure != NetError.NONE ? -this.failure : OPEN;
	}

	@Override
	public boolean send(byte[] data, int offset, int length) {
		if (this.failure != NetError.NONE) {
			return false;
		}
		try {
			this.out.setAddress(this.peer);
			this.out.setPort(this.port);
			this.out.setData(data, offset, length);
			this.socket.send(this.out);
			return true;
		} catch (IOException e) {
			this.failure = NetError.NO_NETWORK;
			return false;
		}
	}

	@Override
	public int receive(byte[] data, int offset, int length) {
		if (this.failure != NetError.NONE) {
			return 0;
		}
		try {
			this.in.setData(data, offset, length);
			this.socket.receive(this.in);
			return this.port == this.in.getPort() && this.peer.equals(this.in.getAddress()) ? this.in.getLength() : 0;
		} catch (SocketTimeoutException e) {
			return 0;
		} catch (IOException e) {
			// a port that nobody listens at is told this way on some systems
			return 0;
		}
	}

	@Override
	public void close() {
		if (this.socket != null) {
			this.socket.close();
		}
		this.socket = null;
		this.failure = NetError.NOT_CONNECTED;
	}
}
