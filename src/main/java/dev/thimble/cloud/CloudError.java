/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.net.NetError;

/**
 * What can go wrong with tokens, time and MQTT: one table of codes, names and sentences. Codes of this class are 180 to 219; smaller ones, those of
 * {@link NetError} and below, are answered here too, so that there is one table for the user.
 */
public final class CloudError {

	/** No error. */
	public static final int NONE = 0;
	/** A token is longer than its array. */
	public static final int JWT_TOO_LONG = 180;
	/** A text of a token is not UTF-8. */
	public static final int JWT_TEXT = 181;
	/** The key could not sign a token. */
	public static final int JWT_SIGNER = 182;
	/** A server tells a time before the firmware was built. */
	public static final int TIME_BEFORE_FLOOR = 183;
	/** A server tells a time decades from now. */
	public static final int TIME_IMPLAUSIBLE = 184;
	/** A server's time differs too much from the one that is trusted already. */
	public static final int TIME_STEP = 185;
	/** No two servers agree. */
	public static final int TIME_DISAGREE = 186;
	/** A time server did not answer. */
	public static final int SNTP_TIMEOUT = 187;
	/** An answer does not belong to a question. */
	public static final int SNTP_ORIGIN = 188;
	/** An answer is no answer of an SNTP server. */
	public static final int SNTP_MALFORMED = 189;
	/** A time server does not know the time itself. */
	public static final int SNTP_UNSYNCHRONIZED = 190;
	/** A time server wants not to be asked. */
	public static final int SNTP_DENIED = 191;
	/** A time server is asked too often. */
	public static final int SNTP_RATE = 192;
	/** A time server sent another kiss code. */
	public static final int SNTP_KISS = 193;
	/** An answer took too long, or times in it contradict each other. */
	public static final int SNTP_DELAY = 194;
	/** There is no randomness. */
	public static final int NO_RANDOM = 195;
	/** There is no connection to the broker. */
	public static final int MQTT_OFFLINE = 196;
	/** There is no room now. */
	public static final int MQTT_FULL = 197;
	/** A topic, a filter or another argument is not what MQTT allows. */
	public static final int MQTT_ARGUMENT = 198;
	/** A message is larger than the broker takes, or than the memory given. */
	public static final int MQTT_TOO_LARGE = 199;
	/** The broker or the protocol's version cannot do this. */
	public static final int MQTT_CAPABILITY = 200;
	/** A packet's length is malformed. */
	public static final int MQTT_LENGTH = 201;
	/** A packet is of a type that no broker sends. */
	public static final int MQTT_PACKET_TYPE = 202;
	/** A packet's flags are wrong. */
	public static final int MQTT_FLAGS = 203;
	/** A text is malformed. */
	public static final int MQTT_TEXT = 204;
	/** A packet's identifier is 0 or unknown. */
	public static final int MQTT_PACKET_ID = 205;
	/** A property is unknown, out of place, or there twice. */
	public static final int MQTT_PROPERTY = 206;
	/** A reason code does not exist. */
	public static final int MQTT_REASON = 207;
	/** A packet is out of order. */
	public static final int MQTT_UNEXPECTED = 208;
	/** The broker has a session that must not exist. */
	public static final int MQTT_SESSION_PRESENT = 209;
	/** A topic alias is 0, too large or unknown. */
	public static final int MQTT_ALIAS = 210;
	/** The broker sends more at a time than was allowed. */
	public static final int MQTT_RECEIVE_MAXIMUM = 211;
	/** What stands before a payload does not fit the buffer. */
	public static final int MQTT_HEADER_TOO_LONG = 212;
	/** A packet is larger than was allowed. */
	public static final int MQTT_PACKET_TOO_LARGE = 213;
	/** The broker refuses the connection. */
	public static final int MQTT_REFUSED = 214;
	/** The broker ended the connection and said why. */
	public static final int MQTT_DISCONNECTED = 215;
	/** The broker did not answer CONNECT in time. */
	public static final int MQTT_TIMEOUT = 216;
	/** The broker did not answer a PINGREQ in time. */
	public static final int MQTT_SILENT = 217;
	/** The broker closed the connection without a word. */
	public static final int MQTT_ENDED = 218;
	/** The broker has forgotten the session. */
	public static final int MQTT_SESSION_LOST = 219;

	private static final int FIRST = 180;

	private CloudError() {
	}

	/**
	 * Gets the name of a code.
	 *
	 * @param code
	 *            any number.
	 * @return the constant's name after "E_".
	 */
	public static String name(int code) {
		return code < FIRST ? NetError.name(code) : ownName(code);
	}

	/**
	 * Tells in words what happened and what to do.
	 *
	 * @param code
	 *            any number.
	 * @return one or two sentences in English.
	 */
	public static String text(int code) {
		return code < FIRST ? NetError.text(code) : ownText(code);
	}

	private static String ownName(int code) {
		switch (code) {
		case JWT_TOO_LONG:
			return "E_JWT_TOO_LONG";
		case JWT_TEXT:
			return "E_JWT_TEXT";
		case JWT_SIGNER:
			return "E_JWT_SIGNER";
		case TIME_BEFORE_FLOOR:
			return "E_TIME_BEFORE_FLOOR";
		case TIME_IMPLAUSIBLE:
			return "E_TIME_IMPLAUSIBLE";
		case TIME_STEP:
			return "E_TIME_STEP";
		case TIME_DISAGREE:
			return "E_TIME_DISAGREE";
		case SNTP_TIMEOUT:
			return "E_SNTP_TIMEOUT";
		case SNTP_ORIGIN:
			return "E_SNTP_ORIGIN";
		case SNTP_MALFORMED:
			return "E_SNTP_MALFORMED";
		case SNTP_UNSYNCHRONIZED:
			return "E_SNTP_UNSYNCHRONIZED";
		case SNTP_DENIED:
			return "E_SNTP_DENIED";
		case SNTP_RATE:
			return "E_SNTP_RATE";
		case SNTP_KISS:
			return "E_SNTP_KISS";
		case SNTP_DELAY:
			return "E_SNTP_DELAY";
		case NO_RANDOM:
			return "E_NO_RANDOM";
		case MQTT_OFFLINE:
			return "E_MQTT_OFFLINE";
		case MQTT_FULL:
			return "E_MQTT_FULL";
		case MQTT_ARGUMENT:
			return "E_MQTT_ARGUMENT";
		case MQTT_TOO_LARGE:
			return "E_MQTT_TOO_LARGE";
		case MQTT_CAPABILITY:
			return "E_MQTT_CAPABILITY";
		case MQTT_LENGTH:
			return "E_MQTT_LENGTH";
		case MQTT_PACKET_TYPE:
			return "E_MQTT_PACKET_TYPE";
		case MQTT_FLAGS:
			return "E_MQTT_FLAGS";
		case MQTT_TEXT:
			return "E_MQTT_TEXT";
		case MQTT_PACKET_ID:
			return "E_MQTT_PACKET_ID";
		case MQTT_PROPERTY:
			return "E_MQTT_PROPERTY";
		case MQTT_REASON:
			return "E_MQTT_REASON";
		case MQTT_UNEXPECTED:
			return "E_MQTT_UNEXPECTED";
		case MQTT_SESSION_PRESENT:
			return "E_MQTT_SESSION_PRESENT";
		case MQTT_ALIAS:
			return "E_MQTT_ALIAS";
		case MQTT_RECEIVE_MAXIMUM:
			return "E_MQTT_RECEIVE_MAXIMUM";
		case MQTT_HEADER_TOO_LONG:
			return "E_MQTT_HEADER_TOO_LONG";
		case MQTT_PACKET_TOO_LARGE:
			return "E_MQTT_PACKET_TOO_LARGE";
		case MQTT_REFUSED:
			return "E_MQTT_REFUSED";
		case MQTT_DISCONNECTED:
			return "E_MQTT_DISCONNECTED";
		case MQTT_TIMEOUT:
			return "E_MQTT_TIMEOUT";
		case MQTT_SILENT:
			return "E_MQTT_SILENT";
		case MQTT_ENDED:
			return "E_MQTT_ENDED";
		case MQTT_SESSION_LOST:
			return "E_MQTT_SESSION_LOST";
		default:
			return "E_CLOUD_ERROR";
		}
	}

	private static String ownText(int code) {
		switch (code) {
		case JWT_TOO_LONG:
			return "The token is longer than the array it is written to. Make the array larger: a third more than the JSON, and "
					+ "the signature.";
		case JWT_TEXT:
			return "A name or a text of the token is not Unicode: a lone surrogate, or bytes that are no UTF-8. Correct the text.";
		case JWT_SIGNER:
			return "The private key could not sign, or is of a kind that no JWS algorithm is for. Use EC P-256 or P-384, Ed25519 or RSA.";
		case TIME_BEFORE_FLOOR:
			return "The time server tells a time before this firmware was built. Do not trust it; choose another server.";
		case TIME_IMPLAUSIBLE:
			return "The time server tells a time decades after this firmware was built. Do not trust it; choose another server.";
		case TIME_STEP:
			return "The time server differs by more than the limit from the time that is trusted already. Ask another server; if "
					+ "the old time was wrong, forget it first.";
		case TIME_DISAGREE:
			return "No two of the time servers agree. One or more are wrong or out of reach; check them, or choose others.";
		case SNTP_TIMEOUT:
			return "The time server did not answer. Check the network, its name, and that UDP port 123 is open.";
		case SNTP_ORIGIN:
			return "An answer does not belong to the question that was asked: forged or late. The time was not set.";
		case SNTP_MALFORMED:
			return "An answer is no answer of an SNTP server: too short, or of another mode or version. Check the server and its port.";
		case SNTP_UNSYNCHRONIZED:
			return "The time server does not know the time itself. Wait, or choose another server.";
		case SNTP_DENIED:
			return "The time server refuses this device (kiss-of-death DENY or RSTR) and is not asked again. Choose another server.";
		case SNTP_RATE:
			return "The time server is asked too often (kiss-of-death RATE) and is asked less often from now on.";
		case SNTP_KISS:
			return "The time server sent a kiss-of-death with another code than DENY, RSTR or RATE. Choose another server.";
		case SNTP_DELAY:
			return "The way to the time server and back took too long, or the times it tells contradict each other. Try again, or "
					+ "choose a server that is nearer.";
		case NO_RANDOM:
			return "There is no healthy source of randomness. Check the board's TRNG.";
		case MQTT_OFFLINE:
			return "There is no connection to the broker now, so this cannot be done. Wait until it is online; QoS 1 and 2 wait "
					+ "by themselves.";
		case MQTT_FULL:
			return "There is no room for another message or request now. Try again after the next polls, or give more memory at start.";
		case MQTT_ARGUMENT:
			return "A topic, a filter or another argument is not what MQTT allows: empty, too long, not UTF-8, or a wildcard "
					+ "where none may be. Correct it.";
		case MQTT_TOO_LARGE:
			return "A message is larger than the broker takes, or than the memory given at start. Send less at a time.";
		case MQTT_CAPABILITY:
			return "The broker, or MQTT 3.1.1, cannot do this: a QoS, retained messages, wildcards, properties. Do without, or "
					+ "use another broker or version.";
		case MQTT_LENGTH:
			return "The broker sent a packet whose length is malformed, or does not fit its content. Check what answers at this port.";
		case MQTT_PACKET_TYPE:
			return "The broker sent a packet of a type that no broker sends. Check what answers at this port.";
		case MQTT_FLAGS:
			return "The broker sent a packet with reserved flags, or with QoS 3. Check what answers at this port.";
		case MQTT_TEXT:
			return "The broker sent a text that is not UTF-8, or a topic that is empty or has a wildcard. Check the broker.";
		case MQTT_PACKET_ID:
			return "The broker sent a packet identifier that is 0, or that belongs to nothing. Check the broker; a session that "
					+ "was lost on one side has this effect too.";
		case MQTT_PROPERTY:
			return "The broker sent a property that is unknown, malformed, out of place, or there twice. Check the broker.";
		case MQTT_REASON:
			return "The broker sent a reason code that does not exist for that packet. Check the broker.";
		case MQTT_UNEXPECTED:
			return "The broker sent a packet that may not come now: before CONNACK, twice, or unasked. Check the broker.";
		case MQTT_SESSION_PRESENT:
			return "The broker says that it has a session, after this client asked for a new one or has none. Check that no other "
					+ "device has the same client identifier.";
		case MQTT_ALIAS:
			return "The broker sent a topic alias that is 0, larger than was allowed, or unknown. Check the broker.";
		case MQTT_RECEIVE_MAXIMUM:
			return "The broker sends more QoS 2 messages at a time than the table has room for. Give MqttSession a larger table "
					+ "at start, or lower the broker's limit (max_inflight_messages).";
		case MQTT_HEADER_TOO_LONG:
			return "The topic and the properties of a message, or another packet, do not fit the receive buffer. Make it larger "
					+ "at start.";
		case MQTT_PACKET_TOO_LARGE:
			return "The broker sent a packet that is larger than the maximum it was told. Check the broker.";
		case MQTT_REFUSED:
			return "The broker refuses the connection; errorDetail is its reason. Check user, password, certificate and client "
					+ "identifier, and what the broker's log says.";
		case MQTT_DISCONNECTED:
			return "The broker ended the connection; errorDetail is its reason code. Check the broker's log.";
		case MQTT_TIMEOUT:
			return "The broker did not answer CONNECT in time. Check that it speaks MQTT at this port.";
		case MQTT_SILENT:
			return "The broker did not answer a PINGREQ in time. The network is gone or slow; the client connects again by itself.";
		case MQTT_ENDED:
			return "The broker closed the connection without a word. An MQTT 3.1.1 broker does that to a client it does not like: "
					+ "check its log.";
		case MQTT_SESSION_LOST:
			return "The broker has forgotten the session, so it is unknown whether this message arrived. Send it again if twice "
					+ "is better than never.";
		default:
			return "Unknown error.";
		}
	}
}
