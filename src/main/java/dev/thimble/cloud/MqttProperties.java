/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * Properties a program sends with a message, MQTT 5.0 only: written here once, copied with each message that is published with them. As many as
 * the array given at construction has room for.
 */
public final class MqttProperties {

	private final byte[] bytes;
	private int length;
	private boolean good = true;
	/** Those that are there and can be there once only. */
	private int present;

	/**
	 * Allocates room.
	 *
	 * @param capacity
	 *            the most bytes; a text takes 3 more than it has in UTF-8, a user property 5 more than its two.
	 */
	public MqttProperties(int capacity) {
		this.bytes = new byte[capacity];
	}

	/**
	 * Removes all properties.
	 *
	 * @return this.
	 */
	public MqttProperties clear() {
		this.length = 0;
		this.good = true;
		this.present = 0;
		return this;
	}

	/**
	 * Says that the payload is UTF-8.
	 *
	 * @return this.
	 */
	public MqttProperties textPayload() {
		if (once(MqttProperty.PAYLOAD_FORMAT) && room(2)) {
			put(MqttProperty.PAYLOAD_FORMAT);
			put(1);
		}
		return this;
	}

	/**
	 * Limits how long the broker keeps the message.
	 *
	 * @param seconds
	 *            unsigned.
	 * @return this.
	 */
	public MqttProperties messageExpiry(int seconds) {
		if (once(MqttProperty.MESSAGE_EXPIRY) && room(5)) {
			put(MqttProperty.MESSAGE_EXPIRY);
			putTwo(seconds >> 16);
			putTwo(seconds);
		}
		return this;
	}

	/**
	 * Says what the payload is.
	 *
	 * @param type
	 *            a MIME type, for example.
	 * @return this.
	 */
	public MqttProperties contentType(String type) {
		return once(MqttProperty.CONTENT_TYPE) ? text(MqttProperty.CONTENT_TYPE, type) : this;
	}

	/**
	 * Says where an answer is to go.
	 *
	 * @param topic
	 *            a topic's name.
	 * @return this.
	 */
	public MqttProperties responseTopic(String topic) {
		this.good &= MqttTopic.nameLength(topic) > 0;
		return once(MqttProperty.RESPONSE_TOPIC) ? text(MqttProperty.RESPONSE_TOPIC, topic) : this;
	}

	/**
	 * Says what an answer is to repeat, or repeats it.
	 *
	 * @param data
	 *            the array; copied.
	 * @param offset
	 *            the first byte.
	 * @param count
	 *            how many.
	 * @return this.
	 */
	public MqttProperties correlationData(byte[] data, int offset, int count) {
		if (once(MqttProperty.CORRELATION_DATA) && room(3 + count)) {
			put(MqttProperty.CORRELATION_DATA);
			putTwo(count);
			System.arraycopy(data, offset, this.bytes, this.length, count);
			this.length += count;
		}
		return this;
	}

	/**
	 * Adds a property of the program's own. There can be several with one name.
	 *
	 * @param name
	 *            its name.
	 * @param value
	 *            its value.
	 * @return this.
	 */
	public MqttProperties userProperty(String name, String value) {
		int before = this.length;
		text(MqttProperty.USER_PROPERTY, name);
		if (this.length > before && !string(value)) {
			this.length = before;
		}
		return this;
	}

	private MqttProperties text(int property, String value) {
		if (room(1)) {
			put(property);
			if (!string(value)) {
				this.length--;
			}
		}
		return this;
	}

	private boolean string(String value) {
		int n = Utf8.length(value);
		this.good &= n >= 0 && n <= 0xffff && Utf8.indexOf(value, 0, 0) < 0;
		if (!this.good || !room(2 + n)) {
			return false;
		}
		putTwo(n);
		this.length = Utf8.put(value, this.bytes, this.length);
		return true;
	}

	/** A broker ends the connection for a property that is there twice. */
	private boolean once(int property) {
		this.good &= (this.present & 1 << property) == 0;
		this.present |= 1 << property;
		return this.good;
	}

	private boolean room(int count) {
		this.good &= count <= this.bytes.length - this.length;
		return this.good;
	}

	private void put(int value) {
		this.bytes[this.length++] = (byte) value;
	}

	private void putTwo(int value) {
		put(value >> 8);
		put(value);
	}

	/**
	 * Tells whether all that was added is Unicode, had room, and is there once if it may not be there twice; a message is not published without.
	 *
	 * @return false until {@link #clear()} if not.
	 */
	public boolean complete() {
		return this.good;
	}

	/* package */ int length() {
		return this.length;
	}

	/* package */ void copy(byte[] out, int offset) {
		System.arraycopy(this.bytes, 0, out, offset, this.length);
	}
}
