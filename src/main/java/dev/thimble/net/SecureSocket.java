/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * A connection to a peer: plain, or TLS when {@link #secure} says so.
 *
 * <p>Three ways to use it:
 * <ul>
 * <li>blocking (the default): {@link #connect}, {@link #send}, {@link #receive} wait, each no longer than its timeout;</li>
 * <li>non-blocking, after {@link #blocking blocking(false)}: the same methods do what they can and give {@link #WOULD_BLOCK}; {@link #poll} or a
 * {@link Poller} drives the socket;</li>
 * <li>as streams: {@link #inputStream()}, {@link #outputStream()}.</li>
 * </ul>
 *
 * <p>A socket can be connected again after {@link #close()} or a failure, with its options as they are. After construction it allocates nothing, see
 * {@link EnginePool} for its engine. Two threads may use it at a time, one to send and one to receive; any may close it, which ends what the others
 * wait for with {@link NetError#CLOSED_LOCALLY}.
 */
public final class SecureSocket extends SocketOptions {

	/** Result: the peer has sent all it had to, and said so. */
	public static final int END = -1;
	/** Result: nothing could be done now; of a blocking call: within its timeout. */
	public static final int WOULD_BLOCK = -2;
	/** Result: the connection has failed; {@link #error()} says why. */
	public static final int FAILED = -3;

	/** Event: the connection is there, handshake included. */
	public static final int CONNECTED = 1;
	/** Event: {@link #receive} has something to say. */
	public static final int READABLE = 2;
	/** Event: {@link #send} would take something. */
	public static final int WRITABLE = 4;
	/** Event: the connection has failed or was closed. */
	public static final int GONE = 8;
	/** Event: there is more work to do at once, so that it is not the time to rest. */
	public static final int BUSY = 16;

	private static final int MAX_PORT = 65535;
	/** Longest rest at a time in milliseconds, so that close in another thread is noticed. */
	private static final int REST = 250;

	private final SecureContext context;
	private final Transport transport;
	private SocketInputStream input;
	private SocketOutputStream output;

	/**
	 * Creates a socket.
	 *
	 * @param context
	 *            what it shares with other sockets.
	 * @param transport
	 *            what carries its bytes; this socket's only.
	 */
	public SecureSocket(SecureContext context, Transport transport) {
		super(context, transport);
		this.context = context;
		this.transport = transport;
	}

	/* package */ Transport transport() {
		return this.transport;
	}

	/** Forgets all sessions of all sockets that are not connected. */
	public void purgeSessions() {
		if (this.context.pool() != null) {
			this.context.pool().purgeSessions();
		}
	}

	// The connection's beginning.

	/**
	 * Builds the engine for this socket's options now, if none of the pool's free ones fits, so that connect need not.
	 *
	 * @return 0 or a code of {@link NetError}.
	 */
	public synchronized int prepare() {
		return inUse() || !this.secure || this.offload ? NetError.NONE : this.connection.prepare();
	}

	/**
	 * Connects to a host, and with TLS completes the handshake.
	 *
	 * @param hostName
	 *            a name or a literal address, ASCII.
	 * @param port
	 *            1 to 65,535.
	 * @return 0; {@link #WOULD_BLOCK} from a non-blocking socket, which goes on by {@link #poll}; {@link #FAILED}.
	 * @throws IllegalStateException
	 *             if the socket is in use.
	 */
	public int connect(String hostName, int port) {
		int number;
		synchronized (this) {
			begin();
			if (!this.connection.host(hostName)) {
				return this.connection.fail(NetError.HOST_NAME);
			}
			number = start(port);
		}
		return number == FAILED ? FAILED : awaitOpen(number);
	}

	/**
	 * As {@link #connect(String, int)}, for a name that stands in an array.
	 *
	 * @param hostName
	 *            the array; copied.
	 * @param offset
	 *            the name's first byte.
	 * @param length
	 *            1 to 255.
	 * @param port
	 *            1 to 65,535.
	 * @return as there.
	 */
	public int connect(byte[] hostName, int offset, int length, int port) {
		int number;
		synchronized (this) {
			begin();
			if (!this.connection.host(hostName, offset, length)) {
				return this.connection.fail(NetError.HOST_NAME);
			}
			number = start(port);
		}
		return number == FAILED ? FAILED : awaitOpen(number);
	}

	/**
	 * Begins as the server's side on a transport that is open already: one a {@link Listener} gave, or a line with a client at its far end.
	 *
	 * @return as {@link #connect(String, int)}.
	 */
	public int accept() {
		int number;
		synchronized (this) {
			begin();
			number = this.connection.accept();
		}
		return number == FAILED ? FAILED : awaitOpen(number);
	}

	/** A listener could not give a client. */
	/* package */ synchronized int refuse(int code) {
		begin();
		return this.connection.fail(code);
	}

	private void begin() {
		if (inUse()) {
			throw new IllegalStateException(NetError.text(NetError.CONNECTED_ALREADY));
		}
		this.connection.begin();
	}

	private int start(int port) {
		return port < 1 || port > MAX_PORT ? this.connection.fail(NetError.OPTION_VALUE) : this.connection.connect(port);
	}

	private int awaitOpen(int number) {
		while (true) {
			synchronized (this) {
				if (this.connection.enter(number) == FAILED) {
					return FAILED;
				}
				this.connection.work();
				if (this.connection.open()) {
					return 0;
				}
				if (!this.connection.inUse()) {
					return FAILED;
				}
				if (!this.blocking) {
					return WOULD_BLOCK;
				}
				if (this.connection.busy()) {
					continue;
				}
			}
			this.transport.rest(1);
		}
	}

	/**
	 * Does a slice of work, at most about 250,000 instructions of a Cortex-M4, and tells what there is.
	 *
	 * @return the sum of events of this class.
	 */
	public synchronized int poll() {
		return this.connection.poll();
	}

	// Data.

	/**
	 * Sends. What a non-blocking socket has taken goes out as {@link #poll}, or any other call, drives it.
	 *
	 * @param data
	 *            the bytes' array.
	 * @param offset
	 *            the first one.
	 * @param length
	 *            how many.
	 * @return how many were taken: all, from a blocking socket, unless its timeout was over; {@link #WOULD_BLOCK} if none; {@link #FAILED}.
	 */
	public int send(byte[] data, int offset, int length) {
		long end = end(this.sendTimeout);
		int number = SocketConnection.ANY;
		int done = 0;
		while (true) {
			synchronized (this) {
				number = this.connection.enter(number);
				int count = number == FAILED ? FAILED : this.connection.send(data, offset + done, length - done);
				if (count == FAILED) {
					return FAILED;
				}
				done += count;
				boolean over = !this.blocking || done == length && !this.connection.sending();
				if (over || millis() >= end) {
					return done == 0 && length > 0 ? WOULD_BLOCK : done;
				}
				if (count > 0 || this.connection.busy()) {
					continue;
				}
			}
			this.transport.rest(1);
		}
	}

	/**
	 * Receives what there is.
	 *
	 * @param data
	 *            receives the bytes.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            at most how many, 1 or more.
	 * @return how many came; {@link #END}; {@link #WOULD_BLOCK}; {@link #FAILED}.
	 */
	public int receive(byte[] data, int offset, int length) {
		long end = end(this.receiveTimeout);
		int number = SocketConnection.ANY;
		while (true) {
			int rest;
			synchronized (this) {
				number = this.connection.enter(number);
				int count = number == FAILED ? FAILED : this.connection.receive(data, offset, length);
				if (count != WOULD_BLOCK || !this.blocking) {
					return count;
				}
				long left = end - millis();
				if (left <= 0) {
					return WOULD_BLOCK;
				}
				rest = this.connection.busy() ? 0 : (int) Math.min(left, this.connection.failing() ? 1 : REST);
			}
			if (rest > 0) {
				this.transport.rest(rest);
			}
		}
	}

	private long millis() {
		return this.context.clock().millis();
	}

	/** Gets the end of a time that may be without one. */
	private long end(int timeout) {
		return timeout == 0 ? Long.MAX_VALUE : millis() + timeout;
	}

	/**
	 * Tells how many bytes {@link #receive} would give at once.
	 *
	 * @return a number of bytes; of a plain connection 0, since nobody knows.
	 */
	public synchronized int available() {
		return this.connection.available();
	}

	// The end.

	/**
	 * Closes the connection: what was sent goes out, with TLS a close_notify behind it, as far as {@link #closeTimeout} (or, of a non-blocking
	 * socket, the moment) allows. Then the engine is back in the pool. Does nothing on a socket that is not connected.
	 */
	public void close() {
		int number;
		long end;
		synchronized (this) {
			number = this.connection.shutdown();
			end = millis() + (this.blocking ? this.closeTimeout : 0);
		}
		while (true) {
			synchronized (this) {
				if (!this.connection.is(number)) {
					return;
				}
				if (this.connection.farewell() || millis() >= end) {
					this.connection.end();
					return;
				}
			}
			this.transport.rest(1);
		}
	}

	// What there is.

	/**
	 * Gets the input as a stream, the same type for plain and secure connections.
	 *
	 * @return this socket's stream, of all its connections.
	 */
	public synchronized SocketInputStream inputStream() {
		if (this.input == null) {
			this.input = new SocketInputStream(this);
		}
		return this.input;
	}

	/**
	 * Gets the output as a stream.
	 *
	 * @return this socket's stream, of all its connections.
	 */
	public synchronized SocketOutputStream outputStream() {
		if (this.output == null) {
			this.output = new SocketOutputStream(this);
		}
		return this.output;
	}

	/**
	 * Tells whether there is a connection, handshake included.
	 *
	 * @return true until it fails or is closed.
	 */
	public synchronized boolean connected() {
		return this.connection.open();
	}

	/**
	 * Gets why the last connection failed.
	 *
	 * @return a code of {@link NetError}'s table; 0 for none.
	 */
	public synchronized int error() {
		return this.connection.error();
	}

	/**
	 * Gets a number that belongs to {@link #error()}, see {@link dev.thimble.tls.TlsEngine#errorDetail()}.
	 *
	 * @return the number.
	 */
	public synchronized int errorDetail() {
		return this.connection.errorDetail();
	}

	/**
	 * Gets the version of TLS in use, or that was last.
	 *
	 * @return 0x0304 for TLS 1.3, 0x0303 for TLS 1.2; 0: none, or a modem's.
	 */
	public synchronized int version() {
		return this.connection.result().version;
	}

	/**
	 * Gets the cipher suite in use, or that was last.
	 *
	 * @return a constant of {@link dev.thimble.tls.CipherSuite}; 0: none, or a modem's.
	 */
	public synchronized int cipherSuite() {
		return this.connection.result().cipherSuite;
	}

	/**
	 * Gets the group of the key agreement.
	 *
	 * @return a constant of {@link dev.thimble.crypto.KeyAgreement}; 0: none, or a modem's.
	 */
	public synchronized int group() {
		return this.connection.result().group;
	}

	/**
	 * Gets the scheme the peer signed the handshake with.
	 *
	 * @return a constant of {@link dev.thimble.tls.SignatureScheme}; 0: it did not, as in a resumption, or the handshake was a modem's.
	 */
	public synchronized int signatureScheme() {
		return this.connection.result().signatureScheme;
	}

	/**
	 * Gets how long the handshake was that came in.
	 *
	 * @return bytes of handshake messages, without record headers and tags; 0: none, or a modem's.
	 */
	public synchronized int handshakeBytesIn() {
		return this.connection.result().bytesIn;
	}

	/**
	 * Gets how long the handshake was that went out.
	 *
	 * @return bytes of handshake messages, without record headers and tags; 0: none, or a modem's.
	 */
	public synchronized int handshakeBytesOut() {
		return this.connection.result().bytesOut;
	}

	/**
	 * Gets the application protocol the server chose.
	 *
	 * @return its index among those offered; -1 for none.
	 */
	public synchronized int applicationProtocol() {
		return this.connection.result().applicationProtocol;
	}

	/**
	 * Gets what the verification of the peer's certificates has found.
	 *
	 * @return 0: valid; a code of {@link dev.thimble.x509.PathError}; {@link PeerVerification#NOT_VERIFIED}.
	 */
	public synchronized int verifyResult() {
		return this.connection.result().verification;
	}

	/**
	 * Tells whether the connection resumed a session, or stands on a pre-shared key.
	 *
	 * @return true if so.
	 */
	public synchronized boolean resumed() {
		return this.connection.result().resumed;
	}
}
