/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** CONNECT, the first packet of each connection (MQTT 5.0 §3.1). Its password, which may be longer than the output's buffer, is left to the sender. */
/* package */ final class MqttGreeting {

	/** The packet's type and its length, at most. */
	private static final int FIXED_HEADER = 5;
	/** "MQTT", the level, the flags and the keep-alive time. */
	private static final int VARIABLE_HEADER = 10;

	private final MqttConfig config;
	private final MqttOutput output;
	private final MqttSender sender;

	/* package */ MqttGreeting(MqttConfig config, MqttOutput output, MqttSender sender) {
		this.config = config;
		this.output = output;
		this.sender = sender;
	}

	/** Tells whether all but the password fits the output's buffer. */
	/* package */ boolean fits() {
		return FIXED_HEADER + length() + 2 <= this.output.capacity();
	}

	/** Gets the length behind the fixed header, without the password and its length. */
	private int length() {
		MqttConfig c = this.config;
		int length = VARIABLE_HEADER + c.version.connectLength() + 2 + Utf8.length(c.clientId);
		if (c.willTopic != null) {
			length += c.version.willLength() + 2 + Utf8.length(c.willTopic) + 2 + c.willPayload.length;
		}
		return length + (c.user == null ? 0 : 2 + Utf8.length(c.user));
	}

	/** Tells whether CONNECT asks for a new session: because nothing is known of an old one, which MQTT 3.1.1 cannot say without losing the new. */
	/* package */ boolean clean() {
		return this.config.cleanStart || this.config.version.modern() && !this.config.session.known();
	}

	/** Writes the packet; the output is the connection's, and new. */
	/* package */ void write() {
		MqttConfig c = this.config;
		MqttOutput out = this.output;
		boolean secret = c.password != null || c.passwordSource != null;
		int secretLength = !secret ? 0 : c.passwordSource != null ? c.passwordSource.length() : c.password.length;
		out.clear();
		c.version.reset();
		out.put(MqttPacket.CONNECT << 4);
		out.putVarint(length() + (secret ? 2 + secretLength : 0));
		out.putText("MQTT");
		out.put(c.version.level());
		int will = c.willTopic == null ? 0 : 4 | (c.willOptions & 3) << 3 | ((c.willOptions & Mqtt.RETAIN) != 0 ? 32 : 0);
		out.put((c.user != null ? 128 : 0) | (secret ? 64 : 0) | will | (clean() ? 2 : 0));
		out.putTwo(c.keepAlive);
		c.version.connect(out, c.session);
		out.putText(c.clientId);
		if (c.willTopic != null) {
			c.version.will(out);
			out.putText(c.willTopic);
			out.putTwo(c.willPayload.length);
			out.putBytes(c.willPayload, 0, c.willPayload.length);
		}
		if (c.user != null) {
			out.putText(c.user);
		}
		if (secret) {
			out.putTwo(secretLength);
			if (c.passwordSource != null) {
				this.sender.password(c.passwordSource.array(), c.passwordSource.offset(), secretLength);
			} else {
				this.sender.password(c.password, 0, secretLength);
			}
		}
	}
}
