/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import dev.thimble.net.NetError;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.TlsException;

/** A {@link SecureSocket} that looks like a {@code java.net.Socket}. */
/* package */ final class ThimbleSocket extends Socket {

	private final SecureSocket secure;
	private final SocketTransport transport;
	private final Input input = new Input();
	private final Output output = new Output();
	private volatile boolean closed;
	private boolean noDelay = true;
	private boolean keepAlive;
	private int timeout;

	/* package */ ThimbleSocket(SecureSocket secure, SocketTransport transport) {
		this.secure = secure;
		this.transport = transport;
	}

	@Override
	public void connect(SocketAddress address) throws IOException {
		connect(address, 0);
	}

	@Override
	public void connect(SocketAddress address, int millis) throws IOException {
		if (isClosed()) {
			throw new SocketException("Socket is closed");
		}
		if (isConnected()) {
			throw new SocketException("already connected");
		}
		if (!(address instanceof InetSocketAddress)) {
			throw new IllegalArgumentException("Not an internet address");
		}
		InetSocketAddress peer = (InetSocketAddress) address;
		if (peer.isUnresolved()) {
			throw new UnknownHostException(peer.getHostName());
		}
		this.secure.hostName(peer.getHostString());
		if (millis > 0) {
			this.secure.connectTimeout(millis).handshakeTimeout(millis);
		}
		if (this.secure.connect(peer.getAddress().getHostAddress(), peer.getPort()) == SecureSocket.FAILED) {
			throw failure(this.secure.error());
		}
	}

	private static IOException failure(int code) {
		switch (code) {
		case NetError.CONNECT_TIMEOUT:
		case NetError.HANDSHAKE_TIMEOUT:
			return new SocketTimeoutException(NetError.text(code));
		case NetError.REFUSED:
			return new ConnectException(NetError.text(code));
		case NetError.CLOSED_LOCALLY:
		case NetError.NOT_CONNECTED:
			return new SocketException("Socket closed");
		default:
			return new TlsException(code);
		}
	}

	@Override
	public InputStream getInputStream() throws IOException {
		check();
		return this.input;
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		check();
		return this.output;
	}

	private void check() throws SocketException {
		if (isClosed()) {
			throw new SocketException("Socket is closed");
		}
		if (!isConnected()) {
			throw new SocketException("Socket is not connected");
		}
	}

	@Override
	public synchronized void close() throws IOException {
		this.closed = true;
		this.secure.close();
		this.transport.close();
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public boolean isConnected() {
		return this.secure.connected() || this.secure.version() != 0;
	}

	@Override
	public boolean isBound() {
		return isConnected();
	}

	@Override
	public void bind(SocketAddress address) throws IOException {
		throw new SocketException("The own address cannot be chosen");
	}

	@Override
	public void setSoTimeout(int millis) throws SocketException {
		this.timeout = millis;
		this.secure.receiveTimeout(millis);
	}

	@Override
	public int getSoTimeout() throws SocketException {
		return this.timeout;
	}

	// What the socket below knows.

	@Override
	public InetAddress getInetAddress() {
		Socket below = this.transport.socket();
		return below == null ? null : below.getInetAddress();
	}

	@Override
	public InetAddress getLocalAddress() {
		Socket below = this.transport.socket();
		return below == null ? super.getLocalAddress() : below.getLocalAddress();
	}

	@Override
	public int getPort() {
		Socket below = this.transport.socket();
		return below == null ? 0 : below.getPort();
	}

	@Override
	public int getLocalPort() {
		Socket below = this.transport.socket();
		return below == null ? -1 : below.getLocalPort();
	}

	@Override
	public SocketAddress getRemoteSocketAddress() {
		Socket below = this.transport.socket();
		return below == null ? null : below.getRemoteSocketAddress();
	}

	@Override
	public SocketAddress getLocalSocketAddress() {
		Socket below = this.transport.socket();
		return below == null ? null : below.getLocalSocketAddress();
	}

	@Override
	public void setTcpNoDelay(boolean on) throws SocketException {
		// Whole records are written: there is nothing to wait for.
		this.noDelay = on;
	}

	@Override
	public boolean getTcpNoDelay() throws SocketException {
		return this.noDelay;
	}

	@Override
	public void setKeepAlive(boolean on) throws SocketException {
		this.keepAlive = on;
		Socket below = this.transport.socket();
		if (below != null) {
			below.setKeepAlive(on);
		}
	}

	@Override
	public boolean getKeepAlive() throws SocketException {
		return this.keepAlive;
	}

	@Override
	public void setSoLinger(boolean on, int seconds) throws SocketException {
		this.secure.closeTimeout(on ? 1000 * Math.min(seconds, 60) : 1000);
	}

	@Override
	public String toString() {
		return "ThimbleSocket[" + getRemoteSocketAddress() + "]";
	}

	private final class Input extends InputStream {

		private final byte[] one = new byte[1];

		@Override
		public int read() throws IOException {
			return read(this.one, 0, 1) < 0 ? -1 : this.one[0] & 0xff;
		}

		@Override
		public int read(byte[] data, int offset, int length) throws IOException {
			check(data, offset, length);
			if (length == 0) {
				return 0;
			}
			int count = ThimbleSocket.this.secure.receive(data, offset, length);
			if (count == SecureSocket.FAILED) {
				throw failure(ThimbleSocket.this.secure.error());
			}
			if (count == SecureSocket.WOULD_BLOCK) {
				throw new SocketTimeoutException("Read timed out");
			}
			return count == SecureSocket.END ? -1 : count;
		}

		@Override
		public int available() {
			return ThimbleSocket.this.secure.available();
		}

		@Override
		public void close() throws IOException {
			ThimbleSocket.this.close();
		}
	}

	private final class Output extends OutputStream {

		private final byte[] one = new byte[1];

		@Override
		public void write(int octet) throws IOException {
			this.one[0] = (byte) octet;
			write(this.one, 0, 1);
		}

		@Override
		public void write(byte[] data, int offset, int length) throws IOException {
			check(data, offset, length);
			int done = 0;
			while (done < length) {
				int count = ThimbleSocket.this.secure.send(data, offset + done, length - done);
				if (count == SecureSocket.FAILED) {
					throw failure(ThimbleSocket.this.secure.error());
				}
				if (count == SecureSocket.WOULD_BLOCK) {
					InterruptedIOException late = new SocketTimeoutException("Write timed out");
					late.bytesTransferred = done;
					throw late;
				}
				done += count;
			}
		}

		@Override
		public void close() throws IOException {
			ThimbleSocket.this.close();
		}
	}

	private static void check(byte[] data, int offset, int length) {
		if (offset < 0 || length < 0 || length > data.length - offset) {
			throw new IndexOutOfBoundsException();
		}
	}
}
