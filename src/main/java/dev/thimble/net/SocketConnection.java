/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * The connection of a socket, from connect to close or failure: what phase it is in, how long that may last, and why it ended. Nothing here waits. The
 * socket's lock is held by whoever calls.
 */
/* package */ final class SocketConnection {

	/** No connection in particular. */
	/* package */ static final int ANY = 0;

	private static final int IDLE = 0;
	private static final int OPENING = 1;
	private static final int HANDSHAKE = 2;
	private static final int OPEN = 3;
	private static final int LOST = 4;

	/** The codes of {@link dev.thimble.x509.PathError}. */
	private static final int FIRST_PATH_ERROR = 100;
	private static final int LAST_PATH_ERROR = 139;
	/** Most pieces of work a blocking call does before it lets another thread in; of a non-blocking one there is one. */
	private static final int SLICES = 64;

	private final SocketOptions options;
	private final SecureContext context;
	private final Transport transport;
	private final SocketResult result = new SocketResult();
	private final byte[] host = new byte[HostName.MAX];
	private final SocketEngine tls;
	private long deadline;
	private int number = ANY;
	private int error;
	private int errorDetail;
	private short hostLength;
	private byte phase;
	/** The engine has an error, and its alert is on its way. */
	private boolean failing;
	/** The program has closed it, and what is left is on its way. */
	private boolean closing;

	/* package */ SocketConnection(SocketOptions options, SecureContext context, Transport transport) {
		this.options = options;
		this.context = context;
		this.transport = transport;
		this.tls = new SocketEngine(transport);
	}

	// What it is.

	/* package */ boolean inUse() {
		return this.phase != IDLE && this.phase != LOST;
	}

	/** Tells whether data flow. */
	/* package */ boolean open() {
		return this.phase == OPEN;
	}

	/** Tells whether this is still the connection it was. */
	/* package */ boolean is(int wanted) {
		return this.number == wanted && this.phase != IDLE;
	}

	/** Tells whether the engine has work. */
	/* package */ boolean busy() {
		return (this.phase == HANDSHAKE || this.phase == OPEN) && this.tls.present() && this.tls.busy();
	}

	/* package */ boolean sending() {
		return this.tls.sending();
	}

	/* package */ boolean failing() {
		return this.failing;
	}

	/* package */ SocketResult result() {
		return this.result;
	}

	/* package */ int error() {
		return this.error;
	}

	/* package */ int errorDetail() {
		return this.errorDetail;
	}

	// The beginning.

	/** Begins another connection. */
	/* package */ void begin() {
		this.number = Math.max(1, this.number + 1);
		this.error = NetError.NONE;
		this.errorDetail = 0;
		this.failing = false;
		this.closing = false;
		this.result.clear();
	}

	/** Takes the host's name; false if it is none. */
	/* package */ boolean host(String text) {
		boolean good = HostName.isGood(text);
		this.hostLength = good ? (short) HostName.put(text, this.host) : 0;
		return good;
	}

	/* package */ boolean host(byte[] text, int offset, int length) {
		boolean good = HostName.isGood(text, offset, length);
		if (good) {
			System.arraycopy(text, offset, this.host, 0, length);
			this.hostLength = (short) length;
		}
		return good;
	}

	/** Begins as a client; gets the connection's number, or {@link SecureSocket#FAILED}. */
	/* package */ int connect(int port) {
		this.options.settings.server = false;
		int refused = equip();
		if (refused != NetError.NONE) {
			return fail(refused);
		}
		this.transport.open(this.host, 0, this.hostLength, port);
		return this.number;
	}

	/** Begins as a server on a transport that is open; the rest as {@link #connect}. */
	/* package */ int accept() {
		this.options.settings.server = true;
		this.hostLength = 0;
		int refused = equip();
		if (refused != NetError.NONE) {
			// The client that waits on it is not to wait longer.
			this.transport.close();
			return fail(refused);
		}
		return this.number;
	}

	/** Gets what the connection needs beside a transport, and tells a transport that can do TLS whether it has to. */
	private int equip() {
		SocketOptions o = this.options;
		boolean offloads = o.secure && o.offload;
		if (offloads && !(this.transport instanceof OffloadTransport)) {
			return NetError.NO_OFFLOAD;
		}
		int refused = o.secure && !offloads ? this.tls.lease(this.context, o.settings) : NetError.NONE;
		if (refused == NetError.NONE && this.transport instanceof OffloadTransport) {
			refused = ((OffloadTransport) this.transport).secure(offloads ? offloaded() : null);
		}
		if (refused == NetError.NONE) {
			this.phase = OPENING;
			this.deadline = millis() + o.connectTimeout;
		}
		return refused;
	}

	private OffloadedSecurity offloaded() {
		OffloadedSecurity security = this.options.offloaded;
		security.set(this.context.credentials(), name(), nameLength());
		return security;
	}

	/** Gets the name the peer has to prove: the program's wish, or the host's. */
	private byte[] name() {
		return this.options.nameLength < 0 ? this.host : this.options.name;
	}

	private int nameLength() {
		return this.options.nameLength < 0 ? this.hostLength : this.options.nameLength;
	}

	/** Has an engine built for the options, if there is none; gets a code of {@link NetError}. */
	/* package */ int prepare() {
		int refused = this.tls.lease(this.context, this.options.settings);
		this.tls.release(this.context);
		return refused;
	}

	// Driving.

	/** Does a piece of work, and tells what there is: events of {@link SecureSocket}. */
	/* package */ int poll() {
		boolean worked = piece();
		int events = worked || busy() ? SecureSocket.BUSY : 0;
		if (!inUse()) {
			return SecureSocket.GONE;
		}
		if (this.phase != OPEN) {
			return events;
		}
		events |= SecureSocket.CONNECTED;
		return events | (this.tls.present() ? this.tls.events() : SecureSocket.READABLE | SecureSocket.WRITABLE);
	}

	/** Does the work of a call. */
	/* package */ void work() {
		boolean worked = true;
		for (int i = pieces(); i > 0 && worked; i--) {
			worked = piece();
		}
	}

	private int pieces() {
		return this.options.blocking ? SLICES : 1;
	}

	private long millis() {
		return this.context.clock().millis();
	}

	/** Does a piece of work; false if there was nothing to do. */
	private boolean piece() {
		switch (this.phase) {
		case OPENING:
			return opening();
		case HANDSHAKE:
			return handshake();
		case OPEN:
			return this.tls.present() ? records() : plain();
		default:
			return false;
		}
	}

	private boolean opening() {
		int state = this.transport.poll();
		if (state < 0) {
			fail(-state);
		} else if (state != Transport.OPENING) {
			opened();
		} else if (millis() >= this.deadline) {
			fail(NetError.CONNECT_TIMEOUT);
		}
		return state != Transport.OPENING;
	}

	private void opened() {
		if (!this.tls.present()) {
			this.phase = OPEN;
			this.context.stats().connected();
			if (this.options.secure) {
				this.context.stats().offloaded(this.options.settings.verification == PeerVerification.REQUIRED);
			}
			return;
		}
		this.phase = HANDSHAKE;
		this.deadline = millis() + this.options.handshakeTimeout;
	}

	private boolean handshake() {
		if (!this.tls.started()) {
			this.tls.start(name(), nameLength());
			return true;
		}
		boolean worked = records();
		if (this.phase != HANDSHAKE) {
			return true;
		}
		if (this.tls.complete()) {
			complete();
			return true;
		}
		if (!this.failing && millis() >= this.deadline) {
			fail(NetError.HANDSHAKE_TIMEOUT);
			return true;
		}
		return worked;
	}

	private void complete() {
		SecuritySettings settings = this.options.settings;
		this.phase = OPEN;
		this.tls.tell(this.result);
		this.context.stats().connected();
		// A server's clients need not prove anything unless they were asked to.
		this.context.stats().secured(this.result.resumed, settings.server || this.result.verification == 0
				|| this.result.resumed && settings.verification == PeerVerification.REQUIRED);
	}

	private boolean plain() {
		int state = this.transport.poll();
		if (state < 0) {
			fail(-state);
		}
		return state < 0;
	}

	private boolean records() {
		boolean worked = this.tls.work();
		if (this.tls.closed() && left()) {
			closed();
		} else if (this.tls.error() != NetError.NONE) {
			alert();
		}
		return worked;
	}

	/** The alert is to reach the peer, but one that takes nothing does not keep us. */
	private void alert() {
		long now = millis();
		if (!this.failing) {
			long end = now + this.options.closeTimeout;
			this.deadline = this.phase == HANDSHAKE ? Math.min(this.deadline, end) : end;
			this.failing = true;
		} else if (now >= this.deadline) {
			closed();
		}
	}

	/** The engine has closed: by an error, or because both sides have said goodbye. */
	private void closed() {
		int code = this.tls.error();
		this.errorDetail = this.tls.errorDetail();
		if (this.phase == HANDSHAKE) {
			this.result.verification = code >= FIRST_PATH_ERROR && code <= LAST_PATH_ERROR ? this.tls.verifyResult(code) : PeerVerification.NOT_VERIFIED;
		}
		if (code != NetError.NONE) {
			fail(code);
		}
		// Else the peer's close_notify was answered; close() does the rest.
	}

	// Data.

	/**
	 * Enters a call, or enters it again behind a rest.
	 *
	 * @param entered
	 *            what this gave before; {@link #ANY} at first.
	 * @return the connection's number; {@link SecureSocket#FAILED} if it was closed meanwhile.
	 */
	/* package */ int enter(int entered) {
		if (!this.closing && (entered == ANY || is(entered))) {
			return this.number;
		}
		if ((this.closing || this.number == entered) && this.error == NetError.NONE) {
			this.error = NetError.CLOSED_LOCALLY;
		}
		return SecureSocket.FAILED;
	}

	/**
	 * Gives the engine or the transport what they take; gets how many bytes that were, or {@link SecureSocket#FAILED}. Of a non-blocking socket that
	 * is one piece of work at most.
	 */
	/* package */ int send(byte[] data, int offset, int length) {
		if (this.options.blocking || this.phase != OPEN || !this.tls.present() || this.tls.writable() == 0) {
			work();
		}
		if (this.phase != OPEN) {
			return notOpen();
		}
		if (!this.tls.present()) {
			return length == 0 ? 0 : this.transport.write(data, offset, length);
		}
		int count = this.tls.send(data, offset, length);
		if (count == 0 && this.tls.closed() && this.tls.error() == NetError.NONE) {
			return fail(NetError.NOT_CONNECTED);
		}
		if (count > 0 && this.options.blocking) {
			work();
		}
		// What was lost behind our back is told by the next call, with the count of this one lost as well.
		return this.phase == OPEN ? count : SecureSocket.FAILED;
	}

	/** Why a call cannot do anything; a closed socket has no error yet. */
	private int notOpen() {
		if (inUse()) {
			return 0;
		}
		if (this.error == NetError.NONE) {
			this.error = NetError.NOT_CONNECTED;
		}
		return SecureSocket.FAILED;
	}

	/** Gets bytes: how many, or a result of {@link SecureSocket}. */
	/* package */ int receive(byte[] data, int offset, int length) {
		boolean worked = true;
		for (int i = pieces(); i > 0 && worked && lacksData(); i--) {
			worked = piece();
		}
		if (this.phase != OPEN) {
			return notOpen() == SecureSocket.FAILED ? SecureSocket.FAILED : SecureSocket.WOULD_BLOCK;
		}
		if (!this.tls.present()) {
			return receivePlain(data, offset, length);
		}
		int count = this.tls.receive(data, offset, length);
		return count > 0 ? count : this.tls.peerClosed() ? SecureSocket.END : SecureSocket.WOULD_BLOCK;
	}

	/** Tells whether there is work to do before there can be data; of a plain connection the transport knows. */
	private boolean lacksData() {
		return this.phase != OPEN || this.tls.present() && this.tls.readable() == 0;
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
		return state == Transport.ENDED ? SecureSocket.END : SecureSocket.WOULD_BLOCK;
	}

	/* package */ int available() {
		return this.phase == OPEN && this.tls.present() ? this.tls.readable() : 0;
	}

	// The end.

	/** Begins to close; gets the connection's number. */
	/* package */ int shutdown() {
		this.closing = inUse();
		if (this.phase == LOST) {
			this.phase = IDLE;
		} else if (this.phase == OPEN && this.tls.present()) {
			this.tls.shutdown();
		}
		return this.number;
	}

	/** Sends what is left; true once there is nothing more. */
	/* package */ boolean farewell() {
		if (this.phase != OPEN) {
			return true;
		}
		boolean done = !this.tls.present();
		boolean worked = true;
		for (int i = SLICES; i > 0 && worked && !done; i--) {
			worked = this.tls.work();
			done = this.tls.farewell();
		}
		return done && left();
	}

	/** Tells whether the transport keeps nothing of what it has taken. */
	private boolean left() {
		return !(this.transport instanceof BufferedTransport) || this.transport.poll() < 0 || ((BufferedTransport) this.transport).flushed();
	}

	/** Ends it by the program's own wish. */
	/* package */ void end() {
		if (this.phase == OPENING || this.phase == HANDSHAKE) {
			this.error = NetError.CLOSED_LOCALLY;
		}
		leave();
		this.phase = IDLE;
		this.closing = false;
	}

	/** Ends it with an error: transport and engine are free from here on. Gives {@link SecureSocket#FAILED}. */
	/* package */ int fail(int code) {
		this.error = code;
		this.context.stats().failed();
		leave();
		this.phase = LOST;
		return SecureSocket.FAILED;
	}

	private void leave() {
		if (inUse()) {
			this.transport.close();
		}
		this.tls.release(this.context);
	}
}
