/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.tls.TlsError;

/**
 * What can go wrong with a socket: one table of codes, names and sentences. Codes of this class are 140 to 179; those of {@link TlsError} and
 * {@link dev.thimble.x509.PathError}, 1 to 139, are answered here too, so that there is one table for the user.
 */
public final class NetError {

	/** No error. */
	public static final int NONE = 0;
	/** The board has no such network, or it does not work. */
	public static final int NO_LINK = 140;
	/** There is no network: no cable, no address, no access point. */
	public static final int NO_NETWORK = 141;
	/** The host's name cannot be resolved. */
	public static final int NAME_UNKNOWN = 142;
	/** The host does not take the connection. */
	public static final int REFUSED = 143;
	/** The connection broke. */
	public static final int LINK_LOST = 144;
	/** The host did not answer in time. */
	public static final int CONNECT_TIMEOUT = 145;
	/** The TLS handshake was not complete in time. */
	public static final int HANDSHAKE_TIMEOUT = 146;
	/** There is no connection. */
	public static final int NOT_CONNECTED = 147;
	/** There is a connection already. */
	public static final int CONNECTED_ALREADY = 148;
	/** The socket was closed while it was in use. */
	public static final int CLOSED_LOCALLY = 149;
	/** An option was set on a socket that is in use. */
	public static final int OPTION_AFTER_CONNECT = 150;
	/** There is no option with this number. */
	public static final int OPTION_UNKNOWN = 151;
	/** An option's value is out of range. */
	public static final int OPTION_VALUE = 152;
	/** An option can only be read. */
	public static final int OPTION_READ_ONLY = 153;
	/** An option is not supported. */
	public static final int OPTION_UNSUPPORTED = 154;
	/** All TLS engines are in use. */
	public static final int POOL_EXHAUSTED = 155;
	/** There are no TLS engines at all. */
	public static final int NO_POOL = 156;
	/** No tag leads to a trusted root or a pre-shared key. */
	public static final int CREDENTIAL_MISSING = 157;
	/** A tag has no such credential. */
	public static final int CREDENTIAL_UNKNOWN = 158;
	/** A credential cannot be read or used. */
	public static final int CREDENTIAL_INVALID = 159;
	/** A tag has such a credential already. */
	public static final int CREDENTIAL_EXISTS = 160;
	/** There is no room for a credential. */
	public static final int CREDENTIAL_TABLE_FULL = 161;
	/** The non-volatile memory failed. */
	public static final int CREDENTIAL_STORE = 162;
	/** A host name is empty, too long or not ASCII. */
	public static final int HOST_NAME = 163;
	/** A poller's table is full. */
	public static final int POLLER_FULL = 164;
	/** A transport cannot take connections from this listener. */
	public static final int NOT_A_LISTENER = 165;
	/** The transport cannot do TLS. */
	public static final int NO_OFFLOAD = 166;
	/** The modem cannot honour an option. */
	public static final int OFFLOAD_CANNOT = 167;
	/** The modem cannot verify the peer as asked. */
	public static final int OFFLOAD_CANNOT_VERIFY = 168;
	/** The modem does not answer. */
	public static final int MODEM_SILENT = 169;
	/** The modem refused a command. */
	public static final int MODEM_ERROR = 170;
	/** The modem was reset. */
	public static final int MODEM_RESET = 171;
	/** Bytes from the modem were lost. */
	public static final int MODEM_OVERRUN = 172;
	/** All links are in use. */
	public static final int NO_FREE_LINK = 173;
	/** Bytes of the serial line were lost. */
	public static final int LINE_LOST = 174;
	/** A feature the socket wants is not in this image. */
	public static final int FEATURE_MISSING = 177;
	/** The peer took no data in time. */
	public static final int SEND_TIMEOUT = 175;
	/** The peer sent no data in time. */
	public static final int RECEIVE_TIMEOUT = 176;

	/** No name server answers. */
	public static final int NAME_SERVER_SILENT = 178;

	private static final int FIRST = 140;

	private NetError() {
	}

	/**
	 * Gets the name of a code.
	 *
	 * @param code
	 *            any number.
	 * @return the constant's name after "E_".
	 */
	public static String name(int code) {
		return code < FIRST ? TlsError.name(code) : ownName(code);
	}

	/**
	 * Tells in words what happened and what to do.
	 *
	 * @param code
	 *            any number.
	 * @return one or two sentences in English.
	 */
	public static String text(int code) {
		return code < FIRST ? TlsError.text(code) : ownText(code);
	}

	private static String ownName(int code) {
		switch (code) {
		case NO_LINK:
			return "E_NO_LINK";
		case NO_NETWORK:
			return "E_NO_NETWORK";
		case NAME_UNKNOWN:
			return "E_NAME_UNKNOWN";
		case REFUSED:
			return "E_REFUSED";
		case LINK_LOST:
			return "E_LINK_LOST";
		case CONNECT_TIMEOUT:
			return "E_CONNECT_TIMEOUT";
		case HANDSHAKE_TIMEOUT:
			return "E_HANDSHAKE_TIMEOUT";
		case NOT_CONNECTED:
			return "E_NOT_CONNECTED";
		case CONNECTED_ALREADY:
			return "E_CONNECTED_ALREADY";
		case CLOSED_LOCALLY:
			return "E_CLOSED_LOCALLY";
		case OPTION_AFTER_CONNECT:
			return "E_OPTION_AFTER_CONNECT";
		case OPTION_UNKNOWN:
			return "E_OPTION_UNKNOWN";
		case OPTION_VALUE:
			return "E_OPTION_VALUE";
		case OPTION_READ_ONLY:
			return "E_OPTION_READ_ONLY";
		case OPTION_UNSUPPORTED:
			return "E_OPTION_UNSUPPORTED";
		case POOL_EXHAUSTED:
			return "E_POOL_EXHAUSTED";
		case NO_POOL:
			return "E_NO_POOL";
		case CREDENTIAL_MISSING:
			return "E_CREDENTIAL_MISSING";
		case CREDENTIAL_UNKNOWN:
			return "E_CREDENTIAL_UNKNOWN";
		case CREDENTIAL_INVALID:
			return "E_CREDENTIAL_INVALID";
		case CREDENTIAL_EXISTS:
			return "E_CREDENTIAL_EXISTS";
		case CREDENTIAL_TABLE_FULL:
			return "E_CREDENTIAL_TABLE_FULL";
		case CREDENTIAL_STORE:
			return "E_CREDENTIAL_STORE";
		case HOST_NAME:
			return "E_HOST_NAME";
		case POLLER_FULL:
			return "E_POLLER_FULL";
		case NOT_A_LISTENER:
			return "E_NOT_A_LISTENER";
		case NO_OFFLOAD:
			return "E_NO_OFFLOAD";
		case OFFLOAD_CANNOT:
			return "E_OFFLOAD_CANNOT";
		case OFFLOAD_CANNOT_VERIFY:
			return "E_OFFLOAD_CANNOT_VERIFY";
		case MODEM_SILENT:
			return "E_MODEM_SILENT";
		case MODEM_ERROR:
			return "E_MODEM_ERROR";
		case MODEM_RESET:
			return "E_MODEM_RESET";
		case MODEM_OVERRUN:
			return "E_MODEM_OVERRUN";
		case NO_FREE_LINK:
			return "E_NO_FREE_LINK";
		case LINE_LOST:
			return "E_LINE_LOST";
		case FEATURE_MISSING:
			return "E_FEATURE_MISSING";
		case SEND_TIMEOUT:
			return "E_SEND_TIMEOUT";
		case RECEIVE_TIMEOUT:
			return "E_RECEIVE_TIMEOUT";
		case NAME_SERVER_SILENT:
			return "E_NAME_SERVER_SILENT";
		default:
			return "E_NET_ERROR";
		}
	}

	private static String ownText(int code) {
		switch (code) {
		case NO_LINK:
			return "The board has no such network or line. Choose another transport.";
		case NO_NETWORK:
			return "There is no network: no cable, no address, no access point. Plug it in, or wait.";
		case NAME_UNKNOWN:
			return "The host's name cannot be resolved. Check its spelling and the name server.";
		case REFUSED:
			return "The host does not take the connection. Check its port, and that the server runs.";
		case LINK_LOST:
			return "The connection broke. Check the network and connect again.";
		case CONNECT_TIMEOUT:
			return "The host did not answer in time. Check the network, or raise connectTimeout.";
		case HANDSHAKE_TIMEOUT:
			return "The peer did not complete the TLS handshake in time. Check that it speaks TLS at this port, or "
					+ "raise handshakeTimeout.";
		case NOT_CONNECTED:
			return "There is no connection. Call connect first.";
		case CONNECTED_ALREADY:
			return "There is a connection already. Close it first.";
		case CLOSED_LOCALLY:
			return "The socket was closed by this program while it was in use. Connect again.";
		case OPTION_AFTER_CONNECT:
			return "An option was set after connect. Set options first, or close the socket.";
		case OPTION_UNKNOWN:
			return "There is no option with this number, or not of this type. See the table of SocketOption.";
		case OPTION_VALUE:
			return "An option's value is out of range. See the table of SocketOption.";
		case OPTION_READ_ONLY:
			return "An option can only be read. See the table of SocketOption.";
		case OPTION_UNSUPPORTED:
			return "An option is not supported here. See the table of SocketOption for why not.";
		case POOL_EXHAUSTED:
			return "All TLS engines are in use. Close another secure socket, or make the EnginePool larger at start.";
		case NO_POOL:
			return "The context was made without an EnginePool, so this socket can only be plain or offloaded. Give the "
					+ "context a pool.";
		case CREDENTIAL_MISSING:
			return "None of the socket's security tags has a CA certificate or a pre-shared key, so no peer can be "
					+ "verified. Add one to Credentials and name its tag.";
		case CREDENTIAL_UNKNOWN:
			return "A security tag has no credential of this type. Add it to Credentials first.";
		case CREDENTIAL_INVALID:
			return "A credential cannot be read or used with the others of its tag. Check its type and encoding (DER), "
					+ "and that key and certificate belong together.";
		case CREDENTIAL_EXISTS:
			return "A security tag has a credential of this type already. Delete it first.";
		case CREDENTIAL_TABLE_FULL:
			return "There is no room for another credential. Make Credentials larger at start, or delete one.";
		case CREDENTIAL_STORE:
			return "The non-volatile memory could not be read or written, or the credential is longer than a slot.";
		case HOST_NAME:
			return "A host name has 1 to 255 characters of ASCII. Write an internationalised one as xn--...";
		case POLLER_FULL:
			return "The poller's table is full. Make it larger at start.";
		case NOT_A_LISTENER:
			return "A socket's transport cannot take connections from this listener. Use a transport of the listener's kind.";
		case NO_OFFLOAD:
			return "The transport cannot do TLS itself. Use a modem that can, or take native TLS.";
		case OFFLOAD_CANNOT:
			return "The modem's own TLS cannot honour an option of the socket (cipher suites, pins, callback, record "
					+ "size, role). Leave it out, or take native TLS.";
		case OFFLOAD_CANNOT_VERIFY:
			return "The modem cannot verify the peer as asked: it needs the number of a CA certificate of its own "
					+ "(Credentials.addReference), and knows no optional verification. Add it, or take native TLS.";
		case MODEM_SILENT:
			return "The modem does not answer. Check its wiring, power and baud rate.";
		case MODEM_ERROR:
			return "The modem refused a command. Check that its firmware knows the ESP-AT command set.";
		case MODEM_RESET:
			return "The modem was reset, and all its connections are gone. Check its power supply and connect again.";
		case MODEM_OVERRUN:
			return "Bytes from the modem were lost. Use flow control or a lower baud rate, or a modem with passive receiving.";
		case NO_FREE_LINK:
			return "All links of the modem or the IP stack are in use. Close another socket.";
		case LINE_LOST:
			return "Bytes of the serial line were lost. Use flow control or a lower baud rate.";
		case FEATURE_MISSING:
			return "A feature the socket wants (server role, session cache, pre-shared keys) is not in this image. Give "
					+ "it to the EnginePool at start.";
		case SEND_TIMEOUT:
			return "The peer took no data in time. Check the network, or raise sendTimeout.";
		case RECEIVE_TIMEOUT:
			return "The peer sent no data in time. Check the network, or raise receiveTimeout.";
		case NAME_SERVER_SILENT:
			return "No name server answers, so the host's name stays unknown. Check the network and the name server it gives out (DHCP).";
		default:
			return "Unknown error.";
		}
	}
}
