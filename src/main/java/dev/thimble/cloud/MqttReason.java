/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** Reason codes (MQTT 5.0 §2.4), and which of them a broker may send with which packet. */
public final class MqttReason {

	/** All is well; of a subscription: QoS 0. */
	public static final int SUCCESS = 0;
	/** The message was taken, but nobody has subscribed to it. */
	public static final int NO_MATCHING_SUBSCRIBERS = 0x10;
	/** The first of the codes that mean failure. */
	public static final int FAILURE = 0x80;
	/** A packet is malformed. */
	public static final int MALFORMED_PACKET = 0x81;
	/** A packet is not allowed. */
	public static final int PROTOCOL_ERROR = 0x82;
	/** User or password are wrong. */
	public static final int BAD_USER_OR_PASSWORD = 0x86;
	/** It is not allowed. */
	public static final int NOT_AUTHORIZED = 0x87;
	/** A packet's identifier is unknown. */
	public static final int PACKET_ID_NOT_FOUND = 0x92;
	/** More messages at a time than was allowed. */
	public static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
	/** A topic alias is 0 or too large. */
	public static final int TOPIC_ALIAS_INVALID = 0x94;
	/** A packet is larger than was allowed. */
	public static final int PACKET_TOO_LARGE = 0x95;

	private static final String CONNACK = "\0\200\201\202\203\204\205\206\207\210\211\212\214\220\225\227\231\232\233\234\235\237";
	private static final String PUBACK = "\0\20\200\203\207\220\221\227\231";
	private static final String PUBREL = "\0\222";
	private static final String SUBACK = "\0\1\2\200\203\207\217\221\227\236\241\242";
	private static final String UNSUBACK = "\0\21\200\203\207\217\221";
	private static final String DISCONNECT = "\0\200\201\202\203\207\211\213\215\216\217\220\223\224\225\226\227\230\231\232\233\234\235\236"
			+ "\237\240\241\242";

	private MqttReason() {
	}

	/** Tells whether a broker may send a code with a packet of a type. */
	/* package */ static boolean valid(int packet, int code) {
		return Utf8.indexOf(codes(packet), code, 0) >= 0;
	}

	private static String codes(int packet) {
		switch (packet) {
		case MqttPacket.CONNACK:
			return CONNACK;
		case MqttPacket.PUBACK:
		case MqttPacket.PUBREC:
			return PUBACK;
		case MqttPacket.PUBREL:
		case MqttPacket.PUBCOMP:
			return PUBREL;
		case MqttPacket.SUBACK:
			return SUBACK;
		case MqttPacket.UNSUBACK:
			return UNSUBACK;
		default:
			return DISCONNECT;
		}
	}

	/** Gets what a broker is told of an error of ours (§4.13). */
	/* package */ static int of(int error) {
		switch (error) {
		case CloudError.MQTT_LENGTH:
		case CloudError.MQTT_PACKET_TYPE:
		case CloudError.MQTT_FLAGS:
		case CloudError.MQTT_TEXT:
		case CloudError.MQTT_PROPERTY:
		case CloudError.MQTT_REASON:
			return MALFORMED_PACKET;
		case CloudError.MQTT_ALIAS:
			return TOPIC_ALIAS_INVALID;
		case CloudError.MQTT_RECEIVE_MAXIMUM:
			return RECEIVE_MAXIMUM_EXCEEDED;
		case CloudError.MQTT_HEADER_TOO_LONG:
		case CloudError.MQTT_PACKET_TOO_LARGE:
			return PACKET_TOO_LARGE;
		case CloudError.MQTT_PACKET_ID:
		case CloudError.MQTT_UNEXPECTED:
		case CloudError.MQTT_SESSION_PRESENT:
			return PROTOCOL_ERROR;
		default:
			return FAILURE;
		}
	}
}
