/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * What a {@link SecureSocket} sends, as a stream: one type for plain and secure connections. Each write goes out at once, with TLS as a record of its
 * own, so write arrays, not bytes. Closing it closes the socket.
 */
public final class SocketOutputStream extends OutputStream {

	private final SecureSocket socket;
	private final byte[] one = new byte[1];

	/* package */ SocketOutputStream(SecureSocket socket) {
		this.socket = socket;
	}

	@Override
	public void write(int octet) throws IOException {
		this.one[0] = (byte) octet;
		write(this.one, 0, 1);
	}

	/**
	 * Writes all.
	 *
	 * @throws TlsException
	 *             if the connection has failed.
	 * @throws InterruptedIOException
	 *             if the peer did not take it in time; its bytesTransferred tells how much it took.
	 */
	@Override
	public void write(byte[] data, int offset, int length) throws IOException {
		if (offset < 0 || length < 0 || length > data.length - offset) {
			throw new IndexOutOfBoundsException();
		}
		int done = 0;
		while (done < length) {
			int count = this.socket.send(data, offset + done, length - done);
			if (count == SecureSocket.FAILED) {
				throw new TlsException(this.socket.error());
			}
			done += Math.max(0, count);
			if (done < length) {
				InterruptedIOException late = new InterruptedIOException(NetError.text(NetError.SEND_TIMEOUT));
				late.bytesTransferred = done;
				throw late;
			}
		}
	}

	@Override
	public void flush() {
		// Every write goes out at once.
	}

	@Override
	public void close() {
		this.socket.close();
	}
}
