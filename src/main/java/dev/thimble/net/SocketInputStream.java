/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * What a {@link SecureSocket} receives, as a stream: one type for plain and secure connections. It blocks, as streams do, within the socket's receive
 * timeout; a socket that is non-blocking ends a read with an {@link InterruptedIOException}. Closing it closes the socket.
 */
public final class SocketInputStream extends InputStream {

	private final SecureSocket socket;
	private final byte[] one = new byte[1];

	/* package */ SocketInputStream(SecureSocket socket) {
		this.socket = socket;
	}

	@Override
	public int read() throws IOException {
		return read(this.one, 0, 1) < 0 ? -1 : this.one[0] & 0xff;
	}

	/**
	 * Reads what there is, at least one byte.
	 *
	 * @throws TlsException
	 *             if the connection has failed.
	 * @throws InterruptedIOException
	 *             if nothing came in time; the connection is as good as before.
	 */
	@Override
	public int read(byte[] data, int offset, int length) throws IOException {
		if (offset < 0 || length < 0 || length > data.length - offset) {
			throw new IndexOutOfBoundsException();
		}
		if (length == 0) {
			return 0;
		}
		int count = this.socket.receive(data, offset, length);
		if (count == SecureSocket.FAILED) {
			throw new TlsException(this.socket.error());
		}
		if (count == SecureSocket.WOULD_BLOCK) {
			throw new InterruptedIOException(NetError.text(NetError.RECEIVE_TIMEOUT));
		}
		return count == SecureSocket.END ? -1 : count;
	}

	@Override
	public int available() {
		return this.socket.available();
	}

	@Override
	public void close() {
		this.socket.close();
	}
}
