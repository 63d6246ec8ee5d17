/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** MQTT 3.1.1 (OASIS Standard, 29 October 2014; ISO/IEC 20922). */
public final class Mqtt311 extends MqttVersion {

	private static final int MAX_RETURN_CODE = 5;

	/** Creates the version. */
	public Mqtt311() {
		// nothing to set
	}

	@Override
	int level() {
		return 4;
	}

	@Override
	boolean modern() {
		return false;
	}

	@Override
	boolean isCode(int packet, int code) {
		return packet == MqttPacket.CONNACK ? code <= MAX_RETURN_CODE : code <= 2 || code == MqttReason.FAILURE;
	}

	@Override
	int read(byte[] a, int at, int limit, int packet) {
		return at;
	}

	@Override
	int begin() {
		return 0;
	}

	@Override
	int alias() {
		return 0;
	}

	@Override
	boolean putAlias(int alias, byte[] a, int offset, int length) {
		return false;
	}

	@Override
	boolean getAlias(int alias, MqttMessage message, int payloadLength, int firstByte) {
		return false;
	}

	@Override
	int maximumPacket() {
		return MqttPacket.MAX_PACKET;
	}

	@Override
	int aliasOf(byte[] topic, int offset, int length) {
		return 0;
	}

	@Override
	boolean introduce(int alias) {
		return false;
	}

	@Override
	int connectLength() {
		return 0;
	}

	@Override
	void connect(MqttOutput out, MqttSession session) {
		// no properties
	}

	@Override
	int willLength() {
		return 0;
	}

	@Override
	void will(MqttOutput out) {
		// no properties
	}
}
