/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * The numbers of a socket's options, for {@link SecureSocket#setOption}, {@link SecureSocket#intOption} and {@link SecureSocket#option}. 1 to 20 have
 * the meaning (and the number) of Zephyr's {@code SOL_TLS} options; from 32 on they are ours. README.md tells of each what tests it.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>number</th><th>type</th><th>typed method</th><th>default</th></tr>
 * <tr><td>{@link #SEC_TAG_LIST}</td><td>int[]</td><td>securityTags</td><td>none</td></tr>
 * <tr><td>{@link #HOSTNAME}</td><td>String</td><td>hostName</td><td>that of connect</td></tr>
 * <tr><td>{@link #CIPHERSUITE_LIST}</td><td>int[]</td><td>cipherSuites</td><td>all the engine has</td></tr>
 * <tr><td>{@link #CIPHERSUITE_USED}</td><td>int, read</td><td>cipherSuite</td><td>0</td></tr>
 * <tr><td>{@link #PEER_VERIFY}</td><td>int (1, 2); String for none</td><td>verifyPeer</td><td>2, required</td></tr>
 * <tr><td>{@link #ROLE}</td><td>int, read</td><td>serverRole</td><td>0, client; 1: of an accepted socket</td></tr>
 * <tr><td>{@link #ALPN_LIST}</td><td>String[]</td><td>applicationProtocols</td><td>none</td></tr>
 * <tr><td>{@link #NATIVE}</td><td>int</td><td>offload</td><td>1: our engine; 0: the modem's TLS</td></tr>
 * <tr><td>{@link #SESSION_CACHE}</td><td>int</td><td>sessionCache</td><td>0: off</td></tr>
 * <tr><td>{@link #SESSION_CACHE_PURGE}</td><td>int, written</td><td>purgeSessions</td><td></td></tr>
 * <tr><td>{@link #HANDSHAKE_ON_CONNECT}</td><td>int, read</td><td></td><td>1: connect returns behind the handshake</td></tr>
 * <tr><td>{@link #CERT_VERIFY_RESULT}</td><td>int, read</td><td>verifyResult</td><td>-1: nothing verified</td></tr>
 * <tr><td>{@link #CERT_VERIFY_CALLBACK}</td><td>VerificationCallback</td><td>verificationCallback</td><td>none</td></tr>
 * <tr><td>{@link #SECURE}</td><td>int</td><td>secure</td><td>0: plain</td></tr>
 * <tr><td>{@link #RECORD_IN_LIMIT}</td><td>int</td><td>recordLimits</td><td>the pool's</td></tr>
 * <tr><td>{@link #RECORD_OUT_LIMIT}</td><td>int</td><td>recordLimits</td><td>the pool's</td></tr>
 * <tr><td>{@link #CONNECT_TIMEOUT}</td><td>int, ms</td><td>connectTimeout</td><td>30,000</td></tr>
 * <tr><td>{@link #HANDSHAKE_TIMEOUT}</td><td>int, ms</td><td>handshakeTimeout</td><td>30,000</td></tr>
 * <tr><td>{@link #SEND_TIMEOUT}</td><td>int, ms</td><td>sendTimeout</td><td>10,000</td></tr>
 * <tr><td>{@link #RECEIVE_TIMEOUT}</td><td>int, ms</td><td>receiveTimeout</td><td>0: for ever</td></tr>
 * <tr><td>{@link #CLOSE_TIMEOUT}</td><td>int, ms</td><td>closeTimeout</td><td>1,000</td></tr>
 * <tr><td>{@link #BLOCKING}</td><td>int</td><td>blocking</td><td>1</td></tr>
 * <tr><td>{@link #ALPN_USED}</td><td>int, read</td><td>applicationProtocol</td><td>-1: none</td></tr>
 * <tr><td>{@link #VERSION_USED}</td><td>int, read</td><td>version</td><td>0</td></tr>
 * <tr><td>{@link #RESUMED}</td><td>int, read</td><td>resumed</td><td>0</td></tr>
 * <tr><td>{@link #PINS}</td><td>byte[]</td><td>pins</td><td>none</td></tr>
 * </table>
 *
 * <p>The rest of 1 to 20 belongs to DTLS, or to a way of keeping certificates that does not exist here ({@link #CERT_NOCOPY}: nothing is ever
 * copied): {@link NetError#OPTION_UNSUPPORTED}.
 */
public final class SocketOption {

	/** The security tags, see {@link Credentials}. */
	public static final int SEC_TAG_LIST = 1;
	/** The name the peer's certificate has to be for. */
	public static final int HOSTNAME = 2;
	/** The cipher suites offered, in order of preference. */
	public static final int CIPHERSUITE_LIST = 3;
	/** The cipher suite in use. */
	public static final int CIPHERSUITE_USED = 4;
	/** A mode of {@link PeerVerification}. */
	public static final int PEER_VERIFY = 5;
	/** Client or server. */
	public static final int ROLE = 6;
	/** The application protocols offered, in order of preference. */
	public static final int ALPN_LIST = 7;
	/** DTLS: the first retransmission timeout. */
	public static final int DTLS_HANDSHAKE_TIMEOUT_MIN = 8;
	/** DTLS: the last retransmission timeout. */
	public static final int DTLS_HANDSHAKE_TIMEOUT_MAX = 9;
	/** Certificates by reference; always so. */
	public static final int CERT_NOCOPY = 10;
	/** Our own engine, or the modem's. */
	public static final int NATIVE = 11;
	/** Whether sessions are kept and resumed. */
	public static final int SESSION_CACHE = 12;
	/** Forgets all sessions. */
	public static final int SESSION_CACHE_PURGE = 13;
	/** DTLS: connection identifiers. */
	public static final int DTLS_CID = 14;
	/** DTLS: connection identifiers. */
	public static final int DTLS_CID_STATUS = 15;
	/** DTLS: connection identifiers. */
	public static final int DTLS_CID_VALUE = 16;
	/** DTLS: connection identifiers. */
	public static final int DTLS_PEER_CID_VALUE = 17;
	/** Whether connect includes the handshake; always so. */
	public static final int HANDSHAKE_ON_CONNECT = 18;
	/** What the verification of the peer's certificates has found. */
	public static final int CERT_VERIFY_RESULT = 19;
	/** Who has the last word on them. */
	public static final int CERT_VERIFY_CALLBACK = 20;

	/** TLS, or a plain connection. */
	public static final int SECURE = 32;
	/** The largest plaintext of a record received, in bytes. */
	public static final int RECORD_IN_LIMIT = 33;
	/** The largest plaintext of a record sent, in bytes. */
	public static final int RECORD_OUT_LIMIT = 34;
	/** Milliseconds for the connection below TLS. */
	public static final int CONNECT_TIMEOUT = 35;
	/** Milliseconds for the handshake. */
	public static final int HANDSHAKE_TIMEOUT = 36;
	/** Milliseconds for a blocking send. */
	public static final int SEND_TIMEOUT = 37;
	/** Milliseconds for a blocking receive. */
	public static final int RECEIVE_TIMEOUT = 38;
	/** Milliseconds for a blocking close. */
	public static final int CLOSE_TIMEOUT = 39;
	/** Whether calls wait. */
	public static final int BLOCKING = 40;
	/** The index of the application protocol chosen. */
	public static final int ALPN_USED = 41;
	/** The version of TLS. */
	public static final int VERSION_USED = 42;
	/** Whether a session was resumed. */
	public static final int RESUMED = 43;
	/** SHA-256 digests of public keys, one of which the peer's path has to have. */
	public static final int PINS = 44;

	private SocketOption() {
	}
}
