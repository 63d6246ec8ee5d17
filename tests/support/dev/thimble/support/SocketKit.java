/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

import dev.thimble.crypto.HmacDrbg;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.Sha256;
import dev.thimble.host.Identity;
import dev.thimble.host.SystemEntropy;
import dev.thimble.host.SystemTime;
import dev.thimble.net.Clock;
import dev.thimble.net.Credentials;
import dev.thimble.net.EnginePool;
import dev.thimble.net.PreSharedKeys;
import dev.thimble.net.Resumption;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.SerialLine;
import dev.thimble.net.ServerRole;
import dev.thimble.net.socket.SocketTransport;
import dev.thimble.net.socket.SystemClock;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13Server;

/** What a program makes at start before its first socket, on a JVM. */
public final class SocketKit {

	/** The security tag of the root. */
	public static final int TAG = 7;

	public final Clock clock = new SystemClock();
	public final Credentials credentials = new Credentials(16);
	public final EnginePool pool;
	public final SecureContext context;

	public SocketKit(int engines, Identity... roots) {
		this.pool = new EnginePool(engines, PortableCrypto::new, new HmacDrbg(new Sha256(), new SystemEntropy()), new SystemTime(), new Tls13Client())
				.server(new ServerRole(new Tls13Server())).resumption(new Resumption(2048)).preSharedKeys(new PreSharedKeys());
		this.context = new SecureContext(this.clock, this.credentials, this.pool);
		for (int i = 0; i < roots.length; i++) {
			this.credentials.add(TAG + i, Credentials.CA_CERTIFICATE, roots[i].certificate());
		}
	}

	/** A plain socket over java.net. */
	public SecureSocket plain() {
		return new SecureSocket(this.context, new SocketTransport());
	}

	/** A TLS socket over java.net that trusts the first root. */
	public SecureSocket secure() {
		return plain().secure(true).securityTags(TAG);
	}

	/** A serial line over a TCP connection to this machine. */
	public static final class TcpLine implements SerialLine, Closeable {

		private final Socket socket;
		private final InputStream in;
		private final OutputStream out;

		public TcpLine(int port) throws IOException {
			this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
			this.socket.setTcpNoDelay(true);
			this.in = this.socket.getInputStream();
			this.out = this.socket.getOutputStream();
		}

		@Override
		public int write(byte[] data, int offset, int length) {
			try {
				this.out.write(data, offset, length);
				return length;
			} catch (IOException e) {
				return -1;
			}
		}

		@Override
		public int read(byte[] data, int offset, int length) {
			try {
				int count = Math.min(length, this.in.available());
				return count == 0 ? 0 : this.in.read(data, offset, count);
			} catch (IOException e) {
				return -1;
			}
		}

		@Override
		public void rest(int millis) {
			try {
				Thread.sleep(1);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}
	}
}
