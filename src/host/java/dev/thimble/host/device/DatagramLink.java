/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Datagrams as a socket's streams: each write is one, each read is the next. */
final class DatagramLink extends Socket {

	private final DatagramChannel channel;

	DatagramLink(InetAddress address, int port) throws IOException {
		this.channel = DatagramChannel.open();
		this.channel.connect(new InetSocketAddress(address, port));
	}

	@Override
	public InputStream getInputStream() {
		return new InputStream() {

			@Override
			public int read() {
				throw new UnsupportedOperationException();
			}

			@Override
			public int read(byte[] out) throws IOException {
				return DatagramLink.this.channel.read(ByteBuffer.wrap(out));
			}
		};
	}

	@Override
	public OutputStream getOutputStream() {
		return new OutputStream() {

			@Override
			public void write(int b) {
				throw new UnsupportedOperationException();
			}

			@Override
			public void write(byte[] data, int offset, int length) throws IOException {
				DatagramLink.this.channel.write(ByteBuffer.wrap(data, offset, length));
			}
		};
	}

	@Override
	public synchronized void close() throws IOException {
		this.channel.close();
	}
}
