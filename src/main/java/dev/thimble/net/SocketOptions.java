/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * The options of a {@link SecureSocket}, by typed methods and by number. They are set on a socket that is not in use; those that may be changed at any
 * time say so.
 */
public abstract class SocketOptions {

	/* package */ final SecuritySettings settings = new SecuritySettings();
	/** The name to verify, if it is not the host's; of the length -1: none. */
	/* package */ final byte[] name = new byte[HostName.MAX];
	/* package */ short nameLength = -1;
	/* package */ boolean secure;
	/* package */ boolean offload;
	/** What a transport that does TLS is asked for; null unless that was ever wanted. */
	/* package */ OffloadedSecurity offloaded;
	/* package */ boolean blocking = true;
	/* package */ int connectTimeout = 30000;
	/* package */ int handshakeTimeout = 30000;
	/* package */ int sendTimeout = 10000;
	/* package */ int receiveTimeout;
	/* package */ int closeTimeout = 1000;
	/** What the options are for; they are not to be changed while it is in use. */
	/* package */ final SocketConnection connection;

	/** Of {@link SecureSocket}, and of nothing else. */
	/* package */ SocketOptions(SecureContext context, Transport transport) {
		this.connection = new SocketConnection(this, context, transport);
	}

	private SecureSocket self() {
		return (SecureSocket) this;
	}

	/** Tells whether there is a connection, or one that has begun. */
	/* package */ final synchronized boolean inUse() {
		return this.connection.inUse();
	}

	private void change() {
		if (this.connection.inUse()) {
			throw new IllegalStateException(NetError.text(NetError.OPTION_AFTER_CONNECT));
		}
	}

	private static void range(boolean good) {
		if (!good) {
			throw new IllegalArgumentException(NetError.text(NetError.OPTION_VALUE));
		}
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
	public final synchronized SecureSocket secure(boolean on) {
		change();
		this.secure = on;
		return self();
	}

	/**
	 * Names the credentials the socket uses.
	 *
	 * @param tags
	 *            tags of {@link Credentials}; copied.
	 * @return this.
	 */
	public final synchronized SecureSocket securityTags(int... tags) {
		change();
		this.settings.tags = copy(tags);
		return self();
	}

	/**
	 * Sets the name the peer's certificate has to be for, and that the peer is told (server_name), if it is another than the one that is called.
	 *
	 * @param serverName
	 *            1 to 255 characters of ASCII; null: the host's name.
	 * @return this.
	 */
	public final synchronized SecureSocket hostName(String serverName) {
		change();
		if (serverName == null) {
			this.nameLength = -1;
		} else {
			range(HostName.isGood(serverName));
			this.nameLength = (short) HostName.put(serverName, this.name);
		}
		return self();
	}

	/**
	 * Sets the cipher suites offered, in order of preference.
	 *
	 * @param suites
	 *            constants of {@link dev.thimble.tls.CipherSuite}; copied; null: all the engine has.
	 * @return this.
	 */
	public final synchronized SecureSocket cipherSuites(int... suites) {
		change();
		range(suites == null || suites.length > 0);
		this.settings.cipherSuites = suites == null ? null : copy(suites);
		return self();
	}

	/**
	 * Sets how the peer is verified; {@link PeerVerification#REQUIRED} unless this is called.
	 *
	 * @param mode
	 *            {@link PeerVerification#REQUIRED} or {@link PeerVerification#OPTIONAL}.
	 * @return this.
	 */
	public final synchronized SecureSocket verifyPeer(int mode) {
		change();
		range(mode == PeerVerification.REQUIRED || mode == PeerVerification.OPTIONAL);
		this.settings.verification = (byte) mode;
		return self();
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
	public final synchronized SecureSocket verifyPeer(int mode, String words) {
		change();
		range(mode >= PeerVerification.NONE && mode <= PeerVerification.REQUIRED && PeerVerification.UNDERSTOOD.equals(words));
		this.settings.verification = (byte) mode;
		return self();
	}

	/**
	 * Sets the application protocols offered (ALPN, RFC 7301), in order of preference.
	 *
	 * @param protocols
	 *            ASCII names of 1 to 255 characters; copied; none: no ALPN.
	 * @return this.
	 */
	public final synchronized SecureSocket applicationProtocols(String... protocols) {
		change();
		String[] copy = new String[protocols.length];
		for (int i = 0; i < copy.length; i++) {
			range(HostName.isGood(protocols[i]));
			copy[i] = protocols[i];
		}
		this.settings.applicationProtocols = copy;
		return self();
	}

	/**
	 * Demands that a public key of the peer's path is pinned.
	 *
	 * @param digests
	 *            SHA-256 digests of SubjectPublicKeyInfo structures, 32 bytes each, kept, not copied; null: no pins.
	 * @return this.
	 */
	public final synchronized SecureSocket pins(byte[] digests) {
		change();
		range(digests == null || digests.length > 0 && digests.length % 32 == 0);
		this.settings.pins = digests;
		return self();
	}

	/**
	 * Chooses who does TLS.
	 *
	 * @param modem
	 *            true: the far end of an {@link OffloadTransport}; false (the default): an engine of our own.
	 * @return this.
	 */
	public final synchronized SecureSocket offload(boolean modem) {
		change();
		setOffload(modem);
		return self();
	}

	/**
	 * Switches resumption on: the session of a connection is kept with the engine, and offered to the same server next time.
	 *
	 * @param on
	 *            default false.
	 * @return this.
	 */
	public final synchronized SecureSocket sessionCache(boolean on) {
		change();
		this.settings.sessionCache = on;
		return self();
	}

	/**
	 * Sets who has the last word on the peer's certificates.
	 *
	 * @param callback
	 *            the judge, or null.
	 * @return this.
	 */
	public final synchronized SecureSocket verificationCallback(VerificationCallback callback) {
		change();
		this.settings.callback = callback;
		return self();
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
	public final synchronized SecureSocket recordLimits(int in, int out) {
		change();
		range((in == 0 || in >= 512 && in <= 16384) && (out == 0 || out >= 512 && out <= 16384));
		this.settings.recordInLimit = (short) in;
		this.settings.recordOutLimit = (short) out;
		return self();
	}

	/**
	 * Chooses whether calls wait.
	 *
	 * @param wait
	 *            default true. May be changed at any time.
	 * @return this.
	 */
	public final synchronized SecureSocket blocking(boolean wait) {
		this.blocking = wait;
		return self();
	}

	/**
	 * Limits the time until the transport is open: network, name, TCP.
	 *
	 * @param millis
	 *            1 or more; default 30,000.
	 * @return this.
	 */
	public final synchronized SecureSocket connectTimeout(int millis) {
		change();
		range(millis > 0);
		this.connectTimeout = millis;
		return self();
	}

	/**
	 * Limits the time of the handshake, however often the peer says a little.
	 *
	 * @param millis
	 *            1 or more; default 30,000.
	 * @return this.
	 */
	public final synchronized SecureSocket handshakeTimeout(int millis) {
		change();
		range(millis > 0);
		this.handshakeTimeout = millis;
		return self();
	}

	/**
	 * Limits the time a blocking {@link #send} waits. May be changed at any time.
	 *
	 * @param millis
	 *            0: for ever; default 10,000.
	 * @return this.
	 */
	public final synchronized SecureSocket sendTimeout(int millis) {
		range(millis >= 0);
		this.sendTimeout = millis;
		return self();
	}

	/**
	 * Limits the time a blocking {@link #receive} waits. May be changed at any time.
	 *
	 * @param millis
	 *            0 (the default): for ever.
	 * @return this.
	 */
	public final synchronized SecureSocket receiveTimeout(int millis) {
		range(millis >= 0);
		this.receiveTimeout = millis;
		return self();
	}

	/**
	 * Limits the time a blocking {@link #close} waits until the last data and close_notify are on their way. May be changed at any time.
	 *
	 * @param millis
	 *            0: not at all; default 1,000.
	 * @return this.
	 */
	public final synchronized SecureSocket closeTimeout(int millis) {
		range(millis >= 0);
		this.closeTimeout = millis;
		return self();
	}

	/**
	 * Takes over all options of another socket but the name to verify and the timeouts.
	 *
	 * @param other
	 *            a socket that serves as a template; it need never be connected.
	 * @return this.
	 */
	public final synchronized SecureSocket options(SecureSocket other) {
		change();
		this.settings.set(other.settings);
		this.secure = other.secure;
		setOffload(other.offload);
		return self();
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
	public final int setOption(int option, int value) {
		return NumberedOptions.set(self(), option, value);
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
	public final int setOption(int option, Object value) {
		return NumberedOptions.set(self(), option, value);
	}

	/**
	 * Gets an option by number.
	 *
	 * @param option
	 *            a constant of {@link SocketOption} whose type is int.
	 * @return its value; the lowest int for one that does not exist.
	 */
	public final int intOption(int option) {
		return NumberedOptions.get(self(), option);
	}

	/**
	 * Gets an option by number whose value is no int.
	 *
	 * @param option
	 *            a constant of {@link SocketOption}.
	 * @return its value, not to be changed; null if it is not set or does not exist.
	 */
	public final Object option(int option) {
		return NumberedOptions.object(self(), option);
	}

	private void setOffload(boolean modem) {
		this.offload = modem;
		if (modem && this.offloaded == null) {
			this.offloaded = new OffloadedSecurity(this.settings);
		}
	}

	/* package */ final SecuritySettings settings() {
		return this.settings;
	}

	/* package */ final boolean isSecure() {
		return this.secure;
	}

	/* package */ final boolean isOffload() {
		return this.offload;
	}

	/* package */ final boolean isBlocking() {
		return this.blocking;
	}

	/** Gets a timeout by its number. */
	/* package */ final int timeout(int option) {
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

	private static int[] copy(int[] values) {
		int[] copy = new int[values.length];
		System.arraycopy(values, 0, copy, 0, copy.length);
		return copy;
	}
}
