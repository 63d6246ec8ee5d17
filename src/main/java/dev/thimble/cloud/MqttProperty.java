/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** Properties of MQTT 5.0 (§2.2.2.2) that a program meets. */
public final class MqttProperty {

	/** Payload Format Indicator: 1 if the payload is UTF-8. */
	public static final int PAYLOAD_FORMAT = 1;
	/** Message Expiry Interval, in seconds. */
	public static final int MESSAGE_EXPIRY = 2;
	/** Content Type, a text. */
	public static final int CONTENT_TYPE = 3;
	/** Response Topic, a text. */
	public static final int RESPONSE_TOPIC = 8;
	/** Correlation Data, bytes. */
	public static final int CORRELATION_DATA = 9;
	/** User Property, a pair of texts. */
	public static final int USER_PROPERTY = 38;

	/* package */ static final int SUBSCRIPTION_IDENTIFIER = 11;
	/* package */ static final int SESSION_EXPIRY = 17;
	/* package */ static final int ASSIGNED_CLIENT_IDENTIFIER = 18;
	/* package */ static final int SERVER_KEEP_ALIVE = 19;
	/* package */ static final int REQUEST_PROBLEM_INFORMATION = 23;
	/* package */ static final int WILL_DELAY = 24;
	/* package */ static final int RESPONSE_INFORMATION = 26;
	/* package */ static final int SERVER_REFERENCE = 28;
	/* package */ static final int REASON_STRING = 31;
	/* package */ static final int RECEIVE_MAXIMUM = 33;
	/* package */ static final int TOPIC_ALIAS_MAXIMUM = 34;
	/* package */ static final int TOPIC_ALIAS = 35;
	/* package */ static final int MAXIMUM_QOS = 36;
	/* package */ static final int RETAIN_AVAILABLE = 37;
	/* package */ static final int MAXIMUM_PACKET_SIZE = 39;
	/* package */ static final int WILDCARD_AVAILABLE = 40;
	/* package */ static final int SUBSCRIPTION_IDENTIFIER_AVAILABLE = 41;
	/* package */ static final int SHARED_AVAILABLE = 42;

	/** Form of a value: a byte. */
	/* package */ static final int BYTE = 0;
	/** Two bytes. */
	/* package */ static final int TWO = 1;
	/** Four bytes. */
	/* package */ static final int FOUR = 2;
	/** A variable byte integer. */
	/* package */ static final int VARINT = 3;
	/** A text. */
	/* package */ static final int TEXT = 4;
	/** Bytes. */
	/* package */ static final int BINARY = 5;
	/** Two texts. */
	/* package */ static final int PAIR = 6;

	/** Of a variable byte integer: its end is not there. */
	/* package */ static final int CUT_OFF = -2;

	private MqttProperty() {
	}

	/**
	 * Gets the form of a property's value.
	 *
	 * @return -1 for a property that no broker sends.
	 */
	/* package */ static int form(int property) {
		switch (property) {
		case PAYLOAD_FORMAT:
		case MAXIMUM_QOS:
		case RETAIN_AVAILABLE:
		case WILDCARD_AVAILABLE:
		case SUBSCRIPTION_IDENTIFIER_AVAILABLE:
		case SHARED_AVAILABLE:
			return BYTE;
		case SERVER_KEEP_ALIVE:
		case RECEIVE_MAXIMUM:
		case TOPIC_ALIAS_MAXIMUM:
		case TOPIC_ALIAS:
			return TWO;
		case MESSAGE_EXPIRY:
		case SESSION_EXPIRY:
		case MAXIMUM_PACKET_SIZE:
			return FOUR;
		case SUBSCRIPTION_IDENTIFIER:
			return VARINT;
		case CONTENT_TYPE:
		case RESPONSE_TOPIC:
		case ASSIGNED_CLIENT_IDENTIFIER:
		case RESPONSE_INFORMATION:
		case SERVER_REFERENCE:
		case REASON_STRING:
			return TEXT;
		case CORRELATION_DATA:
			return BINARY;
		case USER_PROPERTY:
			return PAIR;
		default:
			return -1;
		}
	}

	/** Tells whether a broker may send a property with a packet of a type. */
	/* package */ static boolean allowed(int property, int packet) {
		switch (property) {
		case USER_PROPERTY:
			return true;
		case PAYLOAD_FORMAT:
		case MESSAGE_EXPIRY:
		case CONTENT_TYPE:
		case RESPONSE_TOPIC:
		case CORRELATION_DATA:
		case SUBSCRIPTION_IDENTIFIER:
		case TOPIC_ALIAS:
			return packet == MqttPacket.PUBLISH;
		case REASON_STRING:
			return packet != MqttPacket.PUBLISH;
		case SERVER_REFERENCE:
			return packet == MqttPacket.CONNACK || packet == MqttPacket.DISCONNECT;
		default:
			return packet == MqttPacket.CONNACK;
		}
	}

	/**
	 * Passes a value, and checks that it is well-formed.
	 *
	 * @return the index behind it; -1 if it is not.
	 */
	/* package */ static int skip(int form, byte[] a, int at, int limit) {
		switch (form) {
		case BYTE:
		case TWO:
		case FOUR:
			int end = at + (1 << form);
			return end <= limit ? end : -1;
		case VARINT:
			int value = varint(a, at, limit);
			return value < 0 ? -1 : at + MqttPacket.varintLength(value);
		case TEXT:
			return text(a, at, limit);
		case BINARY:
			return bytes(a, at, limit);
		default:
			int name = text(a, at, limit);
			return name < 0 ? -1 : text(a, name, limit);
		}
	}

	private static int bytes(byte[] a, int at, int limit) {
		int end = limit - at < 2 ? limit + 1 : at + 2 + two(a, at);
		return end <= limit ? end : -1;
	}

	private static int text(byte[] a, int at, int limit) {
		int end = bytes(a, at, limit);
		if (end < 0 || !Utf8.valid(a, at + 2, end - at - 2)) {
			return -1;
		}
		for (int i = at + 2; i < end; i++) {
			if (a[i] == 0) {
				return -1;
			}
		}
		return end;
	}

	/**
	 * Reads a variable byte integer (§1.5.5).
	 *
	 * @return -1 if it has more than four bytes, or more than it needs; {@link #CUT_OFF} if it goes on behind the limit.
	 */
	/* package */ static int varint(byte[] a, int at, int limit) {
		int value = 0;
		for (int i = 0; i < 4 && at + i < limit; i++) {
			int b = a[at + i];
			value |= (b & 127) << 7 * i;
			if (b >= 0) {
				return b == 0 && i > 0 ? -1 : value;
			}
		}
		return limit - at < 4 ? CUT_OFF : -1;
	}

	/* package */ static int two(byte[] a, int at) {
		return (a[at] & 0xff) << 8 | a[at + 1] & 0xff;
	}

	/* package */ static int four(byte[] a, int at) {
		return two(a, at) << 16 | two(a, at + 2);
	}
}
