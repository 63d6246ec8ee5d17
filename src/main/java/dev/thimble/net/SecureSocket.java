/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.TlsEngine;

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
 * {@link EnginePool} for its engine. Two threads may use it at a time, one to send and one to receive.
 */
public final class SecureSocket {

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

	private static final int IDLE = 0;
	private static final int OPENING = 1;
	private static final int HANDSHAKE = 2;
	private static final int OPEN = 3;
	private static final int LOST = 4;

	/** The codes of {@link dev.thimble.x509.PathError}. */
	private static final int FIRST_PATH_ERROR = 100;
	private static final int LAST_PATH_ERROR = 139;
	private static final int MAX_NAME = 255;
	private static final int MAX_PORT = 65535;
	/** Most pieces of work a blocking call does before it lets another thread in; of a non-blocking one there is one. */
	private static final int SLICES = 64;
	/** Longest rest at a time in milliseconds, so that close in another thread is noticed. */
	private static final int REST = 250;

	private final SecureContext context;
	private final Transport transport;
	private final EnginePump pump;
	private final SecuritySettings settings = new SecuritySettings();
	private final SocketResult result = new SocketResult();
	private final OffloadedSecurity offloadedSecurity;
	private final byte[] host = new byte[MAX_NAME];
	/** The name to verify, if it is not the host's; of the length -1: none. */
	private final byte[] name = new byte[MAX_NAME];
	private short hostLength;
	private short nameLength = -1;
	private EngineSlot slot;
	private TlsEngine engine;
	private byte phase;
	private boolean secure;
	private boolean offload;
	private boolean blocking = true;
	private boolean sending;
	private boolean started;
	/** The engine has an error, and its alert is on its way. */
	private boolean failing;
	private int connectTimeout = 30000;
	private int handshakeTimeout = 30000;
	private int sendTimeout = 10000;
	private int receiveTimeout;
	private int closeTimeout = 1000;
	private int error;
	private int errorDetail;
	private long deadline;
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
		this.context = context;
		this.transport = transport;
		this.pump = new EnginePump(transport);
		this.offloadedSecurity = new OffloadedSecurity(this.settings, context.credentials());
	}

	// Options.

	private void change() {
		if (inUse()) {
			throw new IllegalStateException(NetError.text(NetError.OPTION_AFTER_CONNECT));
		}
	}

	private static void range(boolean good) {
		if (!good) {
			throw new IllegalArgumentException(NetError.text(NetError.OPTION_VALUE));
		}
	}

	/* package */ synchronized boolean inUse() {
		return this.phase != IDLE && this.phase != LOST;
	}

	/**
	 * Switches TLS on.
	 *
	 * @param on
	 *            false (the default): a plain connection.
	 * @return this.
	 * @throws IllegalStateException
	 *             as every option: on a socket that is in use.
	 */
	public synchronized SecureSocket secure(boolean on) {
		change();
		this.secure = on;
		return this;
	}

	/**
	 * Names the credentials the socket uses.
	 *
	 * @param tags
	 *            tags of {@link Credentials}; copied.
	 * @return this.
	 */
	public synchronized SecureSocket securityTags(int... tags) {
		change();
		this.settings.tags = copy(tags);
		return this;
	}

	/**
	 * Sets the name the peer's certificate has to be for, and that the peer is told (server_name), if it is another than the one that is called.
	 *
	 * @param serverName
	 *            1 to 255 characters of ASCII; null: the host's name.
	 * @return this.
	 */
	public synchronized SecureSocket hostName(String serverName) {
		change();
		if (serverName == null) {
			this.nameLength = -1;
		} else {
			range(isName(serverName));
			this.nameLength = (short) put(serverName, this.name);
		}
		return this;
	}

	/**
	 * Sets the cipher suites offered, in order of preference.
	 *
	 * @param suites
	 *            constants of {@link dev.thimble.tls.CipherSuite}; copied; null: all the engine has.
	 * @return this.
	 */
	public synchronized SecureSocket cipherSuites(int... suites) {
		change();
		range(suites == null || suites.length > 0);
		this.settings.cipherSuites = suites == null ? null : copy(suites);
		return this;
	}

	/**
	 * Sets how the peer is verified; {@link PeerVerification#REQUIRED} unless this is called.
	 *
	 * @param mode
	 *            {@link PeerVerification#REQUIRED} or {@link PeerVerification#OPTIONAL}.
	 * @return this.
	 */
	public synchronized SecureSocket verifyPeer(int mode) {
		change();
		range(mode == PeerVerification.REQUIRED || mode == PeerVerification.OPTIONAL);
		this.settings.verification = (byte) mode;
		return this;
	}

	/**
	 * Sets how the peer is verified, with the words that going without verification asks for. Such connections are counted, see
	 * {@link SocketStats#unverified()}.
	 *
	 * @param mode
	 *            a constant of {@link PeerVerification}.
	 * @param words
	 *            {@link PeerVerification#UNDERSTOOD}.
	 * @return this.
	 */
	public synchronized SecureSocket verifyPeer(int mode, String words) {
		change();
		range(mode >= PeerVerification.NONE && mode <= PeerVerification.REQUIRED && PeerVerification.UNDERSTOOD.equals(words));
		this.settings.verification = (byte) mode;
		return this;
	}

	/**
	 * Sets the application protocols offered (ALPN, RFC 7301), in order of preference.
	 *
	 * @param protocols
	 *            ASCII names of 1 to 255 characters; copied; none: no ALPN.
	 * @return this.
	 */
	public synchronized SecureSocket applicationProtocols(String... protocols) {
		change();
		String[] copy = new String[protocols.length];
		for (int i = 0; i < copy.length; i++) {
			range(isName(protocols[i]));
			copy[i] = protocols[i];
		}
		this.settings.applicationProtocols = copy;
		return this;
	}

	/**
	 * Demands that a public key of the peer's path is pinned.
	 *
	 * @param digests
	 *            SHA-256 digests of SubjectPublicKeyInfo structures, 32 bytes each, kept, not copied; null: no pins.
	 * @return this.
	 */
	public synchronized SecureSocket pins(byte[] digests) {
		change();
		range(digests == null || digests.length > 0 && digests.length % 32 == 0);
		this.settings.pins = digests;
		return this;
	}

	/**
	 * Chooses who does TLS.
	 *
	 * @param modem
	 *            true: the far end of an {@link OffloadTransport}; false (the default): an engine of our own.
	 * @return this.
	 */
	public synchronized SecureSocket offload(boolean modem) {
		change();
		this.offload = modem;
		return this;
	}

	/**
	 * Switches resumption on: the session of a connection is kept with the engine, and offered to the same server next time.
	 *
	 * @param on
	 *            default false.
	 * @return this.
	 */
	public synchronized SecureSocket sessionCache(boolean on) {
		change();
		this.settings.sessionCache = on;
		return this;
	}

	/** Forgets all sessions of all sockets that are not connected. */
	public void purgeSessions() {
		if (this.context.pool() != null) {
			this.context.pool().purgeSessions();
		}
	}

	/**
	 * Sets who has the last word on the peer's certificates.
	 *
	 * @param callback
	 *            the judge, or null.
	 * @return this.
	 */
	public synchronized SecureSocket verificationCallback(VerificationCallback callback) {
		change();
		this.settings.callback = callback;
		return this;
	}

	/**
	 * Sets the sizes of records.
	 *
	 * @param in
	 *            the largest plaintext of a record received, which the peer is asked to obey: 512 to 16,384 bytes; 0: the pool's.
	 * @param out
	 *            the largest plaintext of a record sent, likewise.
	 * @return this.
	 */
	public synchronized SecureSocket recordLimits(int in, int out) {
		change();
		range((in == 0 || in >= 512 && in <= 16384) && (out == 0 || out >= 512 && out <= 16384));
		this.settings.recordInLimit = (short) in;
		this.settings.recordOutLimit = (short) out;
		return this;
	}

	/**
	 * Chooses whether calls wait.
	 *
	 * @param wait
	 *            default true. May be changed at any time.
	 * @return this.
	 */
	public synchronized SecureSocket blocking(boolean wait) {
		this.blocking = wait;
		return this;
	}

	/**
	 * Limits the time until the transport is open: network, name, TCP.
	 *
	 * @param millis
	 *            1 or more; default 30,000.
	 * @return this.
	 */
	public synchronized SecureSocket connectTimeout(int millis) {
		change();
		range(millis > 0);
		this.connectTimeout = millis;
		return this;
	}

	/**
	 * Limits the time of the handshake, however often the peer says a little.
	 *
	 * @param millis
	 *            1 or more; default 30,000.
	 * @return this.
	 */
	public synchronized SecureSocket handshakeTimeout(int millis) {
		change();
		range(millis > 0);
		this.handshakeTimeout = millis;
		return this;
	}

	/**
	 * Limits the time a blocking {@link #send} waits. May be changed at any time.
	 *
	 * @param millis
	 *            0: for ever; default 10,000.
	 * @return this.
	 */
	public synchronized SecureSocket sendTimeout(int millis) {
		range(millis >= 0);
		this.sendTimeout = millis;
		return this;
	}

	/**
	 * Limits the time a blocking {@link #receive} waits. May be changed at any time.
	 *
	 * @param millis
	 *            0 (the default): for ever.
	 * @return this.
	 */
	public synchronized SecureSocket receiveTimeout(int millis) {
		range(millis >= 0);
		this.receiveTimeout = millis;
		return this;
	}

	/**
	 * Limits the time a blocking {@link #close} waits until the last data and close_notify are on their way. May be changed at any time.
	 *
	 * @param millis
	 *            0: not at all; default 1,000.
	 * @return this.
	 */
	public synchronized SecureSocket closeTimeout(int millis) {
		range(millis >= 0);
		this.closeTimeout = millis;
		return this;
	}

	/**
	 * Takes over all options of another socket but the name to verify and the timeouts.
	 *
	 * @param other
	 *            a socket that serves as a template; it need never be connected.
	 * @return this.
	 */
	public synchronized SecureSocket options(SecureSocket other) {
		change();
		this.settings.set(other.settings);
		this.secure = other.secure;
		this.offload = other.offload;
		return this;
	}

	/**
	 * Sets an option by number.
	 *
	 * @param option
	 *            a constant of {@link SocketOption}.
	 * @param value
	 *            its value.
	 * @return 0 or a code of {@link NetError}.
	 */
	public int setOption(int option, int value) {
		return NumberedOptions.set(this, option, value);
	}

	/**
	 * Sets an option by number whose value is no int.
	 *
	 * @param option
	 *            a constant of {@link SocketOption}.
	 * @param value
	 *            its value: of the type the table says.
	 * @return 0 or a code of {@link NetError}.
	 */
	public int setOption(int option, Object value) {
		return NumberedOptions.set(this, option, value);
	}

	/**
	 * Gets an option by number.
	 *
	 * @param option
	 *            a constant of {@link SocketOption} whose type is int.
	 * @return its value; the lowest int for one that does not exist.
	 */
	public int intOption(int option) {
		return NumberedOptions.get(this, option);
	}

	/**
	 * Gets an option by number whose value is no int.
	 *
	 * @param option
	 *            a constant of {@link SocketOption}.
	 * @return its value, not to be changed; null if it is not set or does not exist.
	 */
	public Object option(int option) {
		return NumberedOptions.object(this, option);
	}

	/* package */ SecuritySettings settings() {
		return this.settings;
	}

	/* package */ boolean isSecure() {
		return this.secure;
	}

	/* package */ boolean isOffload() {
		return this.offload;
	}

	/* package */ boolean isBlocking() {
		return this.blocking;
	}

	/** Gets a timeout by its number. */
	/* package */ int timeout(int option) {
		switch (option) {
		case SocketOption.CONNECT_TIMEOUT:
			return this.connectTimeout;
		case SocketOption.HANDSHAKE_TIMEOUT:
			return this.handshakeTimeout;
		case SocketOption.SEND_TIMEOUT:
			return this.sendTimeout;
		case SocketOption.RECEIVE_TIMEOUT:
			return this.receiveTimeout;
		default:
			return this.closeTimeout;
		}
	}

	// The connection's beginning.

	/**
	 * Builds the engine for this socket's options now, if none of the pool's free ones fits, so that connect need not.
	 *
	 * @return 0 or a code of {@link NetError}.
	 */
	public synchronized int prepare() {
		if (inUse() || !this.secure || this.offload) {
			return NetError.NONE;
		}
		EnginePool pool = this.context.pool();
		if (pool == null) {
			return NetError.NO_POOL;
		}
		EngineSlot leased = pool.lease(this.settings, this.context.credentials());
		if (leased == null) {
			return pool.error();
		}
		pool.release(leased);
		return NetError.NONE;
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
		synchronized (this) {
			begin();
			if (!isName(hostName)) {
				return fail(NetError.HOST_NAME);
			}
			this.hostLength = (short) put(hostName, this.host);
			if (start(false, port) == FAILED) {
				return FAILED;
			}
		}
		return awaitOpen();
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
		synchronized (this) {
			begin();
			if (length < 1 || length > MAX_NAME) {
				return fail(NetError.HOST_NAME);
			}
			for (int i = 0; i < length; i++) {
				if (hostName[offset + i] <= ' ' || hostName[offset + i] == 127) {
					return fail(NetError.HOST_NAME);
				}
			}
			System.arraycopy(hostName, offset, this.host, 0, length);
			this.hostLength = (short) length;
			if (start(false, port) == FAILED) {
				return FAILED;
			}
		}
		return awaitOpen();
	}

	/**
	 * Begins as the server's side on a transport that is open already: one a {@link Listener} gave, or a line with a client at its far end.
	 *
	 * @return as {@link #connect(String, int)}.
	 */
	public int accept() {
		synchronized (this) {
			begin();
			this.hostLength = 0;
			if (start(true, 0) == FAILED) {
				return FAILED;
			}
		}
		return awaitOpen();
	}

	/* package */ Transport transport() {
		return this.transport;
	}

	/** A listener could not give a client. */
	/* package */ synchronized int refuse(int code) {
		begin();
		return fail(code);
	}

	private void begin() {
		if (inUse()) {
			throw new IllegalStateException(NetError.text(NetError.CONNECTED_ALREADY));
		}
		this.error = NetError.NONE;
		this.errorDetail = 0;
		this.sending = false;
		this.failing = false;
		this.result.clear();
		this.pump.reset();
	}

	private int start(boolean server, int port) {
		if (!server && (port < 1 || port > MAX_PORT)) {
			return fail(NetError.OPTION_VALUE);
		}
		this.settings.server = server;
		int refused = this.secure && !this.offload ? lease() : offloaded();
		if (refused != NetError.NONE) {
			if (server) {
				// The client that waits on it is not to wait longer.
				this.transport.close();
			}
			return fail(refused);
		}
		this.phase = OPENING;
		this.deadline = this.context.clock().millis() + this.connectTimeout;
		if (!server) {
			this.transport.open(this.host, 0, this.hostLength, port);
		}
		return WOULD_BLOCK;
	}

	private int lease() {
		EnginePool pool = this.context.pool();
		if (pool == null) {
			return NetError.NO_POOL;
		}
		this.slot = pool.lease(this.settings, this.context.credentials());
		if (this.slot == null) {
			return pool.error();
		}
		this.engine = this.slot.engine;
		return tell(null);
	}

	private int offloaded() {
		if (!this.secure) {
			return tell(null);
		}
		if (!(this.transport instanceof OffloadTransport)) {
			return NetError.NO_OFFLOAD;
		}
		boolean own = this.nameLength >= 0;
		this.offloadedSecurity.name(own ? this.name : this.host, own ? this.nameLength : this.hostLength);
		return tell(this.offloadedSecurity);
	}

	private int tell(OffloadedSecurity security) {
		return this.transport instanceof OffloadTransport ? ((OffloadTransport) this.transport).secure(security) : NetError.NONE;
	}

	private int awaitOpen() {
		while (true) {
			synchronized (this) {
				work(pieces());
				if (this.phase == OPEN) {
					return 0;
				}
				if (this.phase == IDLE || this.phase == LOST) {
					return FAILED;
				}
				if (!this.blocking) {
					return WOULD_BLOCK;
				}
				if (busy()) {
					continue;
				}
			}
			this.transport.rest(1);
		}
	}

	// Driving.

	/**
	 * Does a slice of work, at most about 250,000 instructions of a Cortex-M4, and tells what there is.
	 *
	 * @return the sum of events of this class.
	 */
	public synchronized int poll() {
		boolean worked = work(1);
		int events = worked || busy() ? BUSY : 0;
		if (this.phase == IDLE || this.phase == LOST) {
			return GONE;
		}
		if (this.phase != OPEN) {
			return events;
		}
		events |= CONNECTED;
		if (this.engine == null) {
			return events | READABLE | WRITABLE;
		}
		int state = this.engine.state();
		if ((state & TlsEngine.HAS_APP_IN) != 0 || this.engine.peerClosed()) {
			events |= READABLE;
		}
		return (state & TlsEngine.WANTS_APP_OUT) != 0 ? events | WRITABLE : events;
	}

	/** Gets whether the engine has work. */
	private boolean busy() {
		return this.phase == HANDSHAKE && !this.started || this.engine != null && this.phase >= HANDSHAKE && this.phase <= OPEN && (this.engine.state() & TlsEngine.BUSY) != 0;
	}

	private int pieces() {
		return this.blocking ? SLICES : 1;
	}

	/** Does so many pieces of work, fewer if there is nothing to do; tells whether the last did something. */
	private boolean work(int pieces) {
		boolean worked = true;
		for (int i = 0; i < pieces && worked; i++) {
			worked = work();
		}
		return worked;
	}

	private boolean work() {
		switch (this.phase) {
		case OPENING:
			return open();
		case HANDSHAKE:
			return handshake();
		case OPEN:
			return this.engine == null ? plain() : records();
		default:
			return false;
		}
	}

	private boolean open() {
		int state = this.transport.poll();
		if (state < 0) {
			fail(-state);
		} else if (state != Transport.OPENING) {
			opened();
		} else if (this.context.clock().millis() >= this.deadline) {
			fail(NetError.CONNECT_TIMEOUT);
		}
		return state != Transport.OPENING;
	}

	private void opened() {
		if (this.engine == null) {
			this.phase = OPEN;
			this.context.stats().connected();
			if (this.secure) {
				this.context.stats().offloaded(this.settings.verification == PeerVerification.REQUIRED);
			}
			return;
		}
		this.phase = HANDSHAKE;
		this.deadline = this.context.clock().millis() + this.handshakeTimeout;
		this.started = false;
	}

	/** A piece of work of its own: fresh randomness takes its time. */
	private void startEngine() {
		this.started = true;
		try {
			this.slot.judge.reset();
			if (this.settings.server) {
				this.engine.accept();
			} else if (this.nameLength >= 0) {
				this.engine.start(this.name, 0, this.nameLength);
			} else {
				this.engine.start(this.host, 0, this.hostLength);
			}
		} catch (IllegalArgumentException e) {
			fail(NetError.HOST_NAME);
		}
	}

	private boolean handshake() {
		if (!this.started) {
			startEngine();
			return true;
		}
		boolean worked = records();
		if (this.phase != HANDSHAKE) {
			return true;
		}
		if (this.engine.handshakeComplete()) {
			this.phase = OPEN;
			this.result.take(this.engine);
			this.result.verification = this.slot.verifyResult(NetError.NONE);
			this.context.stats().connected();
			// A server's clients need not prove anything unless they were asked to.
			this.context.stats().secured(this.result.resumed, this.settings.server || this.result.verification == 0
					|| this.result.resumed && this.settings.verification == PeerVerification.REQUIRED);
			return true;
		}
		if (!this.failing && this.context.clock().millis() >= this.deadline) {
			this.engine.abort();
			fail(NetError.HANDSHAKE_TIMEOUT);
			return true;
		}
		return worked;
	}

	private boolean records() {
		boolean worked = this.pump.work(this.engine);
		if ((this.engine.state() & TlsEngine.CLOSED) != 0) {
			ended();
		} else if (this.engine.error() != NetError.NONE) {
			failing();
		} else if (this.sending && (this.engine.state() & (TlsEngine.BUSY | TlsEngine.HAS_RECORD_OUT)) == 0) {
			this.sending = false;
		}
		return worked;
	}

	/** The alert is to reach the peer, but one that takes nothing does not keep us. */
	private void failing() {
		long now = this.context.clock().millis();
		if (!this.failing) {
			long end = now + this.closeTimeout;
			this.deadline = this.phase == HANDSHAKE ? Math.min(this.deadline, end) : end;
			this.failing = true;
		} else if (now >= this.deadline) {
			ended();
		}
	}

	/** The engine has closed: by an error, or because both sides have said goodbye. */
	private void ended() {
		int code = this.pump.failure() != NetError.NONE ? this.pump.failure() : this.engine.error();
		this.errorDetail = this.engine.errorDetail();
		if (this.phase == HANDSHAKE) {
			this.result.verification = code >= FIRST_PATH_ERROR && code <= LAST_PATH_ERROR ? this.slot.verifyResult(code) : PeerVerification.NOT_VERIFIED;
		}
		if (code == NetError.NONE) {
			// The peer's close_notify was answered; close() does the rest.
			return;
		}
		fail(code);
	}

	private boolean plain() {
		int state = this.transport.poll();
		if (state < 0) {
			fail(-state);
		}
		return state < 0;
	}

	/** Ends the connection with an error: transport and engine are free from here on. */
	private int fail(int code) {
		this.error = code;
		this.context.stats().failed();
		release();
		this.phase = LOST;
		return FAILED;
	}

	private void release() {
		if (this.phase != IDLE && this.phase != LOST) {
			this.transport.close();
		}
		if (this.slot != null) {
			this.engine.abort();
			this.context.pool().release(this.slot);
			this.slot = null;
			this.engine = null;
		}
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
		long end = this.sendTimeout == 0 ? Long.MAX_VALUE : this.context.clock().millis() + this.sendTimeout;
		int done = 0;
		while (true) {
			synchronized (this) {
				int count = trySend(data, offset + done, length - done);
				if (count == FAILED) {
					return FAILED;
				}
				done += count;
				boolean over = !this.blocking || done == length && !this.sending;
				if (over || this.context.clock().millis() >= end) {
					return done == 0 && length > 0 ? WOULD_BLOCK : done;
				}
				if (count > 0 || busy()) {
					continue;
				}
			}
			this.transport.rest(1);
		}
	}

	/**
	 * Gives the engine or the transport what they take; gets how many bytes that were, or {@link #FAILED}. Of a non-blocking socket that is one piece
	 * of work at most.
	 */
	private int trySend(byte[] data, int offset, int length) {
		if (this.blocking || this.engine == null || this.phase != OPEN || this.engine.appOutLength() == 0) {
			work(pieces());
		}
		if (this.phase != OPEN) {
			return notOpen();
		}
		if (this.engine == null) {
			return length == 0 ? 0 : this.transport.write(data, offset, length);
		}
		int count = Math.min(length, this.engine.appOutLength());
		if (count > 0) {
			System.arraycopy(data, offset, this.engine.appOutArray(), this.engine.appOutOffset(), count);
			this.engine.appOutAck(count);
			this.engine.flush();
			this.sending = true;
			if (this.blocking) {
				work(SLICES);
			}
			// What was lost behind our back is told by the next call, with the count of this one lost as well.
			return this.phase == OPEN ? count : FAILED;
		}
		return this.engine.peerClosed() && (this.engine.state() & TlsEngine.CLOSED) != 0 ? fail(NetError.NOT_CONNECTED) : 0;
	}

	/** Why a call cannot do anything; a closed socket has no error yet. */
	private int notOpen() {
		if (this.phase == OPENING || this.phase == HANDSHAKE) {
			return 0;
		}
		if (this.error == NetError.NONE) {
			this.error = NetError.NOT_CONNECTED;
		}
		return FAILED;
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
		return receive(data, offset, length, this.receiveTimeout == 0 ? Long.MAX_VALUE : this.context.clock().millis() + this.receiveTimeout);
	}

	private int receive(byte[] data, int offset, int length, long end) {
		while (true) {
			int rest;
			synchronized (this) {
				int count = tryReceive(data, offset, length);
				if (count != WOULD_BLOCK || !this.blocking) {
					return count;
				}
				long left = end - this.context.clock().millis();
				if (left <= 0) {
					return WOULD_BLOCK;
				}
				rest = busy() ? 0 : (int) Math.min(left, this.failing ? 1 : REST);
			}
			if (rest > 0) {
				this.transport.rest(rest);
			}
		}
	}

	private int tryReceive(byte[] data, int offset, int length) {
		if (this.phase != OPEN) {
			work(pieces());
		}
		if (this.phase != OPEN) {
			return notOpen() == FAILED ? FAILED : WOULD_BLOCK;
		}
		if (this.engine == null) {
			return receivePlain(data, offset, length);
		}
		for (int i = 0; i < pieces() && this.engine.appInLength() == 0 && work(); i++) {
			if (this.phase != OPEN) {
				return FAILED;
			}
		}
		if (this.phase != OPEN) {
			return FAILED;
		}
		int count = Math.min(length, this.engine.appInLength());
		if (count > 0) {
			System.arraycopy(this.engine.appInArray(), this.engine.appInOffset(), data, offset, count);
			this.engine.appInAck(count);
			return count;
		}
		return this.engine.peerClosed() ? END : WOULD_BLOCK;
	}

	private int receivePlain(byte[] data, int offset, int length) {
		int state = this.transport.poll();
		int count = this.transport.read(data, offset, length);
		if (count > 0) {
			return count;
		}
		if (state < 0) {
			return fail(-state);
		}
		return state == Transport.ENDED ? END : WOULD_BLOCK;
	}

	/**
	 * Tells how many bytes {@link #receive} would give at once.
	 *
	 * @return a number of bytes; of a plain connection 0, since nobody knows.
	 */
	public synchronized int available() {
		return this.phase == OPEN && this.engine != null ? this.engine.appInLength() : 0;
	}

	// The end.

	/**
	 * Closes the connection: what was sent goes out, with TLS a close_notify behind it, as far as {@link #closeTimeout} (or, of a non-blocking
	 * socket, the moment) allows. Then the engine is back in the pool. Does nothing on a socket that is not connected.
	 */
	public void close() {
		long end;
		synchronized (this) {
			if (!inUse()) {
				this.phase = IDLE;
				return;
			}
			end = this.context.clock().millis() + (this.blocking ? this.closeTimeout : 0);
			if (this.engine != null && this.phase == OPEN) {
				this.engine.shutdown();
			}
		}
		while (true) {
			synchronized (this) {
				if (this.phase != OPEN || farewell() || this.context.clock().millis() >= end) {
					release();
					if (this.phase == OPENING || this.phase == HANDSHAKE) {
						this.error = NetError.CLOSED_LOCALLY;
					}
					this.phase = IDLE;
					return;
				}
			}
			this.transport.rest(1);
		}
	}

	/** Sends what is left; true once there is nothing more. */
	private boolean farewell() {
		if (this.engine == null) {
			return true;
		}
		boolean worked = true;
		for (int i = 0; i < SLICES && worked; i++) {
			worked = this.pump.work(this.engine);
			int state = this.engine.state();
			if ((state & TlsEngine.CLOSED) != 0 || (state & (TlsEngine.BUSY | TlsEngine.HAS_RECORD_OUT)) == 0) {
				return true;
			}
			// What the peer still has to say goes nowhere, and must not keep us.
			this.engine.appInAck(this.engine.appInLength());
		}
		return false;
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
		return this.phase == OPEN;
	}

	/**
	 * Gets why the last connection failed.
	 *
	 * @return a code of {@link NetError}'s table; 0 for none.
	 */
	public synchronized int error() {
		return this.error;
	}

	/**
	 * Gets a number that belongs to {@link #error()}, see {@link TlsEngine#errorDetail()}.
	 *
	 * @return the number.
	 */
	public synchronized int errorDetail() {
		return this.errorDetail;
	}

	/**
	 * Gets the version of TLS in use, or that was last.
	 *
	 * @return 0x0304 for TLS 1.3, 0x0303 for TLS 1.2; 0: none, or a modem's.
	 */
	public synchronized int version() {
		return this.result.version;
	}

	/**
	 * Gets the cipher suite in use, or that was last.
	 *
	 * @return a constant of {@link dev.thimble.tls.CipherSuite}; 0: none, or a modem's.
	 */
	public synchronized int cipherSuite() {
		return this.result.cipherSuite;
	}

	/**
	 * Gets the group of the key agreement.
	 *
	 * @return a constant of {@link dev.thimble.crypto.KeyAgreement}; 0: none, or a modem's.
	 */
	public synchronized int group() {
		return this.result.group;
	}

	/**
	 * Gets the scheme the peer signed the handshake with.
	 *
	 * @return a constant of {@link dev.thimble.tls.SignatureScheme}; 0: it did not, as in a resumption, or the handshake was a modem's.
	 */
	public synchronized int signatureScheme() {
		return this.result.signatureScheme;
	}

	/**
	 * Gets how long the handshake was that came in.
	 *
	 * @return bytes of handshake messages, without record headers and tags; 0: none, or a modem's.
	 */
	public synchronized int handshakeBytesIn() {
		return this.result.bytesIn;
	}

	/**
	 * Gets how long the handshake was that went out.
	 *
	 * @return bytes of handshake messages, without record headers and tags; 0: none, or a modem's.
	 */
	public synchronized int handshakeBytesOut() {
		return this.result.bytesOut;
	}

	/**
	 * Gets the application protocol the server chose.
	 *
	 * @return its index among those offered; -1 for none.
	 */
	public synchronized int applicationProtocol() {
		return this.result.applicationProtocol;
	}

	/**
	 * Gets what the verification of the peer's certificates has found.
	 *
	 * @return 0: valid; a code of {@link dev.thimble.x509.PathError}; {@link PeerVerification#NOT_VERIFIED}.
	 */
	public synchronized int verifyResult() {
		return this.result.verification;
	}

	/**
	 * Tells whether the connection resumed a session, or stands on a pre-shared key.
	 *
	 * @return true if so.
	 */
	public synchronized boolean resumed() {
		return this.result.resumed;
	}

	private static boolean isName(String text) {
		int n = text.length();
		if (n < 1 || n > MAX_NAME) {
			return false;
		}
		for (int i = 0; i < n; i++) {
			if (text.charAt(i) <= ' ' || text.charAt(i) >= 127) {
				return false;
			}
		}
		return true;
	}

	private static int put(String text, byte[] out) {
		int n = text.length();
		for (int i = 0; i < n; i++) {
			out[i] = (byte) text.charAt(i);
		}
		return n;
	}

	private static int[] copy(int[] values) {
		int[] copy = new int[values.length];
		System.arraycopy(values, 0, copy, 0, copy.length);
		return copy;
	}
}
