/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * A connection through a {@link Modem}: TCP, or the modem's own TLS if the socket is offloaded. It has buffers of its own, so that what a modem
 * gives and takes in pieces need not fit the socket's.
 */
public final class ModemTransport implements OffloadTransport, BufferedTransport {

	/** No link of the modem is ours. */
	private static final int NO_LINK = -1;

	/* package */ static final int CLOSED = 0;
	/* package */ static final int CONFIGURE = 1;
	/* package */ static final int SERVER_NAME = 2;
	/* package */ static final int COMMON_NAME = 3;
	/* package */ static final int PROTOCOLS = 4;
	/* package */ static final int START = 5;
	/* package */ static final int RUNNING = 6;

	private static final int MAX_NAME = 255;

	/* package */ final byte[] host = new byte[MAX_NAME];
	/* package */ final byte[] name = new byte[MAX_NAME];
	/* package */ final byte[] out;
	private final Modem modem;
	private final byte[] in;
	/* package */ int hostLength;
	/* package */ int nameLength;
	/* package */ int port;
	/* package */ int link = NO_LINK;
	/* package */ int phase;
	/* package */ int outLength;
	/* package */ int outWritten;
	/* package */ boolean secure;
	/** UDP instead of TCP. */
	/* package */ boolean datagrams;
	/* package */ int authentication;
	/* package */ int key;
	/* package */ int authority;
	/* package */ String[] protocols;
	/** The modem has bytes for us. */
	/* package */ boolean pending;
	/** Bytes of the piece that is coming in which have not come yet. */
	/* package */ int coming;
	/** The modem says that the peer has closed. */
	/* package */ boolean ended;
	private int inStart;
	private int inLength;
	private int failure;

	/**
	 * Creates a transport.
	 *
	 * @param modem
	 *            the modem, of all its transports.
	 * @param inLength
	 *            the length of the buffer for what arrives; with a modem that sends by itself (no passive receiving) all it can send at once.
	 * @param outLength
	 *            the length of the buffer for what is sent, at most 2048.
	 */
	public ModemTransport(Modem modem, int inLength, int outLength) {
		if (inLength < 16 || outLength < 16 || outLength > 2048) {
			throw new IllegalArgumentException("A modem's buffers have 16 bytes or more, the one to send at most 2048");
		}
		this.modem = modem;
		this.in = new byte[inLength];
		this.out = new byte[outLength];
	}

	@Override
	public int secure(OffloadedSecurity security) {
		this.secure = security != null;
		if (security == null) {
			return NetError.NONE;
		}
		if (security.wantsMore() || security.hasBytes(Credentials.OWN_CERTIFICATE) || security.hasBytes(Credentials.PSK)) {
			return NetError.OFFLOAD_CANNOT;
		}
		this.authority = security.reference(Credentials.CA_CERTIFICATE);
		this.key = security.reference(Credentials.OWN_CERTIFICATE);
		if (security.verification() == PeerVerification.OPTIONAL || security.verification() == PeerVerification.REQUIRED && this.authority < 0) {
			return NetError.OFFLOAD_CANNOT_VERIFY;
		}
		boolean verified = security.verification() == PeerVerification.REQUIRED;
		this.authentication = (verified ? 2 : 0) + (this.key >= 0 ? 1 : 0);
		this.nameLength = security.nameLength();
		System.arraycopy(security.name(), 0, this.name, 0, this.nameLength);
		this.protocols = security.applicationProtocols();
		return NetError.NONE;
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		close();
		this.hostLength = Math.min(length, MAX_NAME);
		System.arraycopy(host, offset, this.host, 0, this.hostLength);
		this.port = port;
		this.failure = NetError.NONE;
		this.inStart = 0;
		this.inLength = 0;
		this.outLength = 0;
		this.outWritten = 0;
		this.pending = false;
		this.coming = 0;
		this.ended = false;
		if (quoted(this.host, this.hostLength) || this.secure && quoted(this.name, this.nameLength)) {
			// It would end the command's text, and go on as another one.
			this.failure = NetError.HOST_NAME;
			return;
		}
		this.link = this.modem.take(this);
		this.phase = this.secure ? CONFIGURE : START;
		if (this.link < 0) {
			this.failure = NetError.NO_FREE_LINK;
		}
	}

	private static boolean quoted(byte[] text, int length) {
		for (int i = 0; i < length; i++) {
			if (text[i] == '"' || text[i] == '\\' || text[i] < ' ') {
				return true;
			}
		}
		return false;
	}

	@Override
	public int poll() {
		if (this.failure == NetError.NONE && this.phase == CLOSED) {
			return -NetError.NOT_CONNECTED;
		}
		this.modem.poll();
		if (this.failure != NetError.NONE && this.inLength == 0) {
			return -this.failure;
		}
		if (this.phase != RUNNING && this.failure == NetError.NONE) {
			return OPENING;
		}
		return this.ended && !this.pending && this.inLength == 0 ? ENDED : OPEN;
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		if (this.phase != RUNNING || this.failure != NetError.NONE || this.outLength > 0 || this.ended) {
			return 0;
		}
		int count = Math.min(length, this.out.length);
		System.arraycopy(data, offset, this.out, 0, count);
		this.outLength = count;
		this.outWritten = 0;
		this.modem.poll();
		return count;
	}

	@Override
	public boolean flushed() {
		return this.outLength == 0 || this.failure != NetError.NONE;
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		int count = Math.min(length, this.inLength);
		int first = Math.min(count, this.in.length - this.inStart);
		System.arraycopy(this.in, this.inStart, data, offset, first);
		System.arraycopy(this.in, 0, data, offset + first, count - first);
		this.inStart = (this.inStart + count) % this.in.length;
		this.inLength -= count;
		return count;
	}

	@Override
	public void rest(int millis) {
		this.modem.rest(millis);
	}

	@Override
	public void close() {
		if (this.link >= 0) {
			this.modem.give(this.link);
		}
		this.link = NO_LINK;
		this.phase = CLOSED;
	}

	// What the modem reports.

	/* package */ int room() {
		return this.in.length - this.inLength;
	}

	/* package */ void received(byte[] data, int offset, int length) {
		this.coming -= length;
		if (length > room()) {
			fail(NetError.MODEM_OVERRUN);
			return;
		}
		int at = (this.inStart + this.inLength) % this.in.length;
		int first = Math.min(length, this.in.length - at);
		System.arraycopy(data, offset, this.in, at, first);
		System.arraycopy(data, offset + first, this.in, 0, length - first);
		this.inLength += length;
	}

	/* package */ void fail(int code) {
		if (this.failure == NetError.NONE) {
			this.failure = code;
		}
	}

	/* package */ boolean failed() {
		return this.failure != NetError.NONE;
	}
}
