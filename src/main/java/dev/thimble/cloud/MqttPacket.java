/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** The types of MQTT's packets (MQTT 5.0 §2.1.2), as the upper half of their first byte. */
/* package */ final class MqttPacket {

	/* package */ static final int CONNECT = 1;
	/* package */ static final int CONNACK = 2;
	/* package */ static final int PUBLISH = 3;
	/* package */ static final int PUBACK = 4;
	/* package */ static final int PUBREC = 5;
	/* package */ static final int PUBREL = 6;
	/* package */ static final int PUBCOMP = 7;
	/* package */ static final int SUBSCRIBE = 8;
	/* package */ static final int SUBACK = 9;
	/* package */ static final int UNSUBSCRIBE = 10;
	/* package */ static final int UNSUBACK = 11;
	/* package */ static final int PINGREQ = 12;
	/* package */ static final int PINGRESP = 13;
	/* package */ static final int DISCONNECT = 14;

	/** Most bytes a packet can have behind its length. */
	/* package */ static final int MAX_LENGTH = 268435455;

	/** Most bytes of a packet as a whole. */
	/* package */ static final int MAX_PACKET = MAX_LENGTH + 5;

	private MqttPacket() {
	}

	/** Gets the bytes a variable byte integer takes (§1.5.5). */
	/* package */ static int varintLength(int value) {
		return value < 128 ? 1 : value < 16384 ? 2 : value < 2097152 ? 3 : 4;
	}
}
