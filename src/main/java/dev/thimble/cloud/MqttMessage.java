/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * A message that comes in: a view of the receive buffer, of use only within the calls of {@link MqttListener} that it is given to.
 */
public final class MqttMessage {

	private byte[] array;
	private int topic;
	private int topicLength;
	private byte[] propertyArray;
	private int properties;
	private int propertiesEnd;
	private int length;
	private int flags;
	private int cursor;
	private int name;
	private int value;
	private int valueEnd;

	/* package */ MqttMessage() {
		// the client's only
	}

	/* package */ void set(byte[] topicArray, int topicOffset, int topicBytes, int payloadLength, int firstByte) {
		this.array = topicArray;
		this.topic = topicOffset;
		this.topicLength = topicBytes;
		this.length = payloadLength;
		this.flags = firstByte;
	}

	/* package */ void setProperties(byte[] a, int offset, int end) {
		this.propertyArray = a;
		this.properties = offset;
		this.propertiesEnd = end;
		this.cursor = offset;
	}

	/**
	 * Gets the array the topic's name is in.
	 *
	 * @return the client's.
	 */
	public byte[] topicArray() {
		return this.array;
	}

	/**
	 * Gets where the topic's name begins.
	 *
	 * @return an index of {@link #topicArray()}.
	 */
	public int topicOffset() {
		return this.topic;
	}

	/**
	 * Gets the length of the topic's name.
	 *
	 * @return a number of bytes, 1 or more.
	 */
	public int topicLength() {
		return this.topicLength;
	}

	/**
	 * Tells whether the topic matches a filter.
	 *
	 * @param filter
	 *            a filter of ASCII, not a shared one; a topic's name is one too.
	 * @return true if so.
	 */
	public boolean matches(String filter) {
		return MqttTopic.matches(filter, this.array, this.topic, this.topicLength);
	}

	/**
	 * Gets the length of the payload.
	 *
	 * @return a number of bytes.
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Gets the quality of service the message was sent with.
	 *
	 * @return 0, 1 or 2.
	 */
	public int qos() {
		return this.flags >> 1 & 3;
	}

	/**
	 * Tells whether the broker had kept the message for who subscribes.
	 *
	 * @return true if so.
	 */
	public boolean retained() {
		return (this.flags & 1) != 0;
	}

	/**
	 * Tells whether the message may have come before; of QoS 2 it has not.
	 *
	 * @return true if so.
	 */
	public boolean duplicate() {
		return (this.flags & 8) != 0;
	}

	/**
	 * Looks for a property that is there at most once.
	 *
	 * @param property
	 *            a constant of {@link MqttProperty}.
	 * @return true: {@link #valueOffset()} and {@link #valueLength()} tell where its value is.
	 */
	public boolean find(int property) {
		int at = this.properties;
		while (at < this.propertiesEnd) {
			int id = this.propertyArray[at];
			int end = MqttProperty.skip(MqttProperty.form(id), this.propertyArray, at + 1, this.propertiesEnd);
			if (id == property) {
				int form = MqttProperty.form(id);
				this.value = at + 1 + (form == MqttProperty.TEXT || form == MqttProperty.BINARY ? 2 : 0);
				this.valueEnd = end;
				return true;
			}
			at = end;
		}
		return false;
	}

	/**
	 * Goes to the next user property.
	 *
	 * @return true: {@link #nameOffset()}, {@link #nameLength()}, {@link #valueOffset()} and {@link #valueLength()} tell where it is; false: there are
	 *         no more.
	 */
	public boolean nextUserProperty() {
		while (this.cursor < this.propertiesEnd) {
			int at = this.cursor;
			int id = this.propertyArray[at];
			this.cursor = MqttProperty.skip(MqttProperty.form(id), this.propertyArray, at + 1, this.propertiesEnd);
			if (id == MqttProperty.USER_PROPERTY) {
				this.name = at + 3;
				this.value = this.name + nameLength() + 2;
				this.valueEnd = this.cursor;
				return true;
			}
		}
		return false;
	}

	/**
	 * Gets the array properties are in.
	 *
	 * @return the client's.
	 */
	public byte[] propertyArray() {
		return this.propertyArray;
	}

	/**
	 * Gets where the name of a user property begins.
	 *
	 * @return an index of {@link #propertyArray()}.
	 */
	public int nameOffset() {
		return this.name;
	}

	/**
	 * Gets the length of the name of a user property.
	 *
	 * @return a number of bytes.
	 */
	public int nameLength() {
		return MqttProperty.two(this.propertyArray, this.name - 2);
	}

	/**
	 * Gets where the value of a property begins: its text, its bytes, or its number, big-endian.
	 *
	 * @return an index of {@link #propertyArray()}.
	 */
	public int valueOffset() {
		return this.value;
	}

	/**
	 * Gets the length of the value of a property.
	 *
	 * @return a number of bytes.
	 */
	public int valueLength() {
		return this.valueEnd - this.value;
	}
}
