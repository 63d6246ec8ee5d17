/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.net.SecureSocket;

/**
 * Reads packets strictly: whatever a broker may not send ends the connection with an error of its own. A packet is looked at when all of it is in
 * the buffer; of a message too large for that, when all that stands before its payload is.
 */
/* package */ final class MqttReceiver {

	/** Packets that are read in a piece of work. */
	private static final int PACKETS = 4;

	private static final int HANDLED = 1;
	private static final int WAIT = 0;

	private final Mqtt client;
	private final MqttSession session;
	private final MqttVersion version;
	private final MqttListener listener;
	private final MqttMessage message = new MqttMessage();
	private final byte[] buffer;
	private int start;
	private int end;
	/** The first byte, its upper half, and the bytes behind its length, of the packet that is being read. */
	private int first;
	private int type;
	private int length;
	/** A message whose payload is being read. */
	private boolean within;
	private boolean silent;
	private int left;
	private int id;
	private int detail;
	private boolean stalled;

	/* package */ MqttReceiver(Mqtt client, MqttConfig config, MqttListener listener) {
		this.client = client;
		this.session = config.session;
		this.version = config.version;
		this.listener = listener;
		this.buffer = new byte[config.inLength];
	}

	/** Forgets a connection: a message that is being read is not complete. */
	/* package */ void reset() {
		boolean broken = this.within && !this.silent;
		this.start = 0;
		this.end = 0;
		this.within = false;
		if (broken) {
			this.listener.end(false);
		}
	}

	/** Gets the reason the broker gave with the last error. */
	/* package */ int detail() {
		return this.detail;
	}

	/**
	 * Receives and handles what there is.
	 *
	 * @return 0: nothing; 1: something; minus a code of {@link CloudError}'s table.
	 */
	/* package */ int work(SecureSocket socket) {
		int worked = 0;
		this.detail = 0;
		for (int i = 0; i < PACKETS; i++) {
			this.stalled = false;
			int result = packet();
			if (result < 0) {
				return result;
			}
			worked |= result;
			if (result == WAIT) {
				int received = this.stalled ? 0 : receive(socket);
				if (received <= 0) {
					return received < 0 ? received : worked;
				}
				worked = HANDLED;
			}
		}
		return worked;
	}

	private int receive(SecureSocket socket) {
		if (this.start == this.end) {
			this.start = 0;
			this.end = 0;
		} else if (this.end == this.buffer.length && this.start > 0) {
			System.arraycopy(this.buffer, this.start, this.buffer, 0, this.end - this.start);
			this.end -= this.start;
			this.start = 0;
		}
		int count = socket.receive(this.buffer, this.end, this.buffer.length - this.end);
		if (count > 0) {
			this.end += count;
			return count;
		}
		return count == SecureSocket.END ? -CloudError.MQTT_ENDED : count == SecureSocket.FAILED ? -socket.error() : 0;
	}

	/** Handles the packet at the beginning of the buffer, or the next piece of it. */
	private int packet() {
		if (this.within) {
			return payload();
		}
		int available = this.end - this.start;
		if (available < 2) {
			return WAIT;
		}
		this.first = this.buffer[this.start] & 0xff;
		this.type = this.first >> 4;
		int failure = checkType();
		if (failure != CloudError.NONE) {
			return -failure;
		}
		this.length = MqttProperty.varint(this.buffer, this.start + 1, this.end);
		if (this.length < 0) {
			return this.length == MqttProperty.CUT_OFF ? WAIT : -CloudError.MQTT_LENGTH;
		}
		int head = 1 + MqttPacket.varintLength(this.length);
		if (head + this.length > this.version.maximumPacket()) {
			return -CloudError.MQTT_PACKET_TOO_LARGE;
		}
		failure = checkLength();
		if (failure != CloudError.NONE) {
			return -failure;
		}
		boolean whole = head + this.length <= this.buffer.length;
		if (whole ? available < head + this.length : this.type != MqttPacket.PUBLISH) {
			return whole ? WAIT : -CloudError.MQTT_HEADER_TOO_LONG;
		}
		if (!mayAnswer()) {
			this.stalled = true;
			return WAIT;
		}
		int at = this.start + head;
		if (this.type == MqttPacket.PUBLISH) {
			return publish(at, at + this.length, whole);
		}
		failure = handle(at, at + this.length);
		this.start = at + this.length;
		return failure == CloudError.NONE ? HANDLED : -failure;
	}

	/** Tells whether there is room for the answer the packet asks for, if it does. */
	private boolean mayAnswer() {
		boolean asks = this.type == MqttPacket.PUBREC || this.type == MqttPacket.PUBREL || this.type == MqttPacket.PUBLISH && (this.first & 6) != 0;
		return !asks || this.client.mayAnswer();
	}

	private int checkType() {
		int flags = this.first & 15;
		switch (this.type) {
		case MqttPacket.PUBLISH:
			// QoS 3; a second time of what is sent once only (MQTT 5.0 §3.3.1)
			if ((flags & 6) == 6 || (flags & 14) == 8) {
				return CloudError.MQTT_FLAGS;
			}
			break;
		case MqttPacket.PUBREL:
			if (flags != 2) {
				return CloudError.MQTT_FLAGS;
			}
			break;
		case MqttPacket.CONNACK:
		case MqttPacket.PUBACK:
		case MqttPacket.PUBREC:
		case MqttPacket.PUBCOMP:
		case MqttPacket.SUBACK:
		case MqttPacket.UNSUBACK:
		case MqttPacket.PINGRESP:
			if (flags != 0) {
				return CloudError.MQTT_FLAGS;
			}
			break;
		case MqttPacket.DISCONNECT:
		case 15:
			if (!this.version.modern()) {
				return CloudError.MQTT_PACKET_TYPE;
			}
			// AUTH comes only to who has begun with it
			return flags != 0 ? CloudError.MQTT_FLAGS : this.type == 15 ? CloudError.MQTT_UNEXPECTED : CloudError.NONE;
		default:
			return CloudError.MQTT_PACKET_TYPE;
		}
		return this.client.greeting() == (this.type == MqttPacket.CONNACK) ? CloudError.NONE : CloudError.MQTT_UNEXPECTED;
	}

	/** Checks what is known of a length before the packet is there. */
	private int checkLength() {
		boolean modern = this.version.modern();
		int n = this.length;
		boolean good;
		switch (this.type) {
		case MqttPacket.CONNACK:
			good = modern ? n >= 3 : n == 2;
			break;
		case MqttPacket.PUBLISH:
			good = n >= 2 + ((this.first & 6) == 0 ? 0 : 2) + (modern ? 1 : 0);
			break;
		case MqttPacket.SUBACK:
			good = modern ? n >= 4 : n == 3;
			break;
		case MqttPacket.UNSUBACK:
			good = modern ? n >= 4 : n == 2;
			break;
		case MqttPacket.PINGRESP:
			good = n == 0;
			break;
		case MqttPacket.DISCONNECT:
			good = true;
			break;
		default:
			good = modern ? n >= 2 : n == 2;
			break;
		}
		return good ? CloudError.NONE : CloudError.MQTT_LENGTH;
	}

	private int two(int at) {
		return MqttProperty.two(this.buffer, at);
	}

	/** Reads properties that end where the packet does. */
	private int properties(int at, int limit) {
		int behind = this.version.read(this.buffer, at, limit, this.type);
		return behind < 0 ? -behind : behind == limit ? CloudError.NONE : CloudError.MQTT_LENGTH;
	}

	/** Handles a packet that is whole and no message. */
	private int handle(int at, int limit) {
		switch (this.type) {
		case MqttPacket.CONNACK:
			return connack(at, limit);
		case MqttPacket.SUBACK:
		case MqttPacket.UNSUBACK:
			return subscribed(at, limit);
		case MqttPacket.PINGRESP:
			return this.client.pong();
		case MqttPacket.DISCONNECT:
			return disconnect(at, limit);
		default:
			return acknowledged(at, limit);
		}
	}

	private int connack(int at, int limit) {
		int present = this.buffer[at] & 0xff;
		int code = this.buffer[at + 1] & 0xff;
		if (present > 1) {
			return CloudError.MQTT_FLAGS;
		}
		int failure = this.version.modern() ? properties(at + 2, limit) : CloudError.NONE;
		if (failure != CloudError.NONE) {
			return failure;
		}
		if (!this.version.isCode(this.type, code)) {
			return CloudError.MQTT_REASON;
		}
		if (code != 0) {
			this.detail = code;
			return CloudError.MQTT_REFUSED;
		}
		return this.client.connected(present == 1);
	}

	private int disconnect(int at, int limit) {
		int code = at == limit ? 0 : this.buffer[at] & 0xff;
		int failure = limit - at > 1 ? properties(at + 1, limit) : CloudError.NONE;
		if (failure != CloudError.NONE) {
			return failure;
		}
		if (!this.version.isCode(this.type, code)) {
			return CloudError.MQTT_REASON;
		}
		this.detail = code;
		return CloudError.MQTT_DISCONNECTED;
	}

	private int subscribed(int at, int limit) {
		boolean modern = this.version.modern();
		int behind = this.version.read(this.buffer, at + 2, limit, this.type);
		if (behind < 0) {
			return -behind;
		}
		boolean coded = modern || this.type == MqttPacket.SUBACK;
		// One filter a request, so one code.
		if (limit - behind != (coded ? 1 : 0)) {
			return CloudError.MQTT_LENGTH;
		}
		int code = coded ? this.buffer[behind] & 0xff : 0;
		if (coded && !this.version.isCode(this.type, code)) {
			return CloudError.MQTT_REASON;
		}
		return this.client.subscribed(two(at), this.type, code);
	}

	private int acknowledged(int at, int limit) {
		int code = limit - at > 2 ? this.buffer[at + 2] & 0xff : 0;
		int failure = limit - at > 3 ? properties(at + 3, limit) : CloudError.NONE;
		if (failure != CloudError.NONE) {
			return failure;
		}
		if (!this.version.isCode(this.type, code)) {
			return CloudError.MQTT_REASON;
		}
		int number = two(at);
		return number == 0 ? CloudError.MQTT_PACKET_ID : this.client.acknowledged(number, this.type, code);
	}

	// Messages.

	/** Begins a message; all that stands before its payload has to be there. */
	private int publish(int at, int limit, boolean whole) {
		int failure = CloudError.NONE;
		int qos = this.first >> 1 & 3;
		int known = whole ? limit : this.end;
		int topicEnd = known - at < 2 ? -1 : at + 2 + two(at);
		int behind = topicEnd < 0 ? -1 : topicEnd + (qos == 0 ? 0 : 2);
		if (behind > limit) {
			return -CloudError.MQTT_LENGTH;
		}
		if (behind >= 0 && this.version.modern()) {
			behind = propertiesEnd(behind, known, limit);
			if (behind < -1) {
				return behind;
			}
		}
		if (behind < 0 || behind > known) {
			return this.end - this.start == this.buffer.length ? -CloudError.MQTT_HEADER_TOO_LONG : WAIT;
		}
		this.id = qos == 0 ? 0 : two(topicEnd);
		if (qos > 0 && this.id == 0) {
			return -CloudError.MQTT_PACKET_ID;
		}
		int propertiesAt = topicEnd + (qos == 0 ? 0 : 2);
		int read = this.version.read(this.buffer, propertiesAt, behind, this.type);
		if (read < 0) {
			return read;
		}
		failure = begin(at + 2, topicEnd - at - 2, limit - behind);
		if (failure != CloudError.NONE) {
			return -failure;
		}
		this.message.setProperties(this.buffer, this.version.modern() ? this.version.begin() : behind, behind);
		this.start = behind;
		this.left = limit - behind;
		this.within = true;
		if (!this.silent) {
			this.listener.message(this.message);
		}
		return this.left == 0 ? finish() : HANDLED;
	}

	/** Finds the end of a message's properties: -1 if it is not there yet, another negative number is minus an error. */
	private int propertiesEnd(int at, int known, int limit) {
		int size = MqttProperty.varint(this.buffer, at, Math.min(known, limit));
		if (size < 0) {
			return size == MqttProperty.CUT_OFF && known < limit ? -1 : -CloudError.MQTT_LENGTH;
		}
		int behind = at + MqttPacket.varintLength(size) + size;
		return behind > limit ? -CloudError.MQTT_LENGTH : behind;
	}

	private int begin(int topic, int topicLength, int payloadLength) {
		int alias = this.version.alias();
		if (!MqttTopic.isName(this.buffer, topic, topicLength) || topicLength == 0 && alias == 0) {
			return CloudError.MQTT_TEXT;
		}
		if (topicLength == 0) {
			if (!this.version.getAlias(alias, this.message, payloadLength, this.first)) {
				return CloudError.MQTT_ALIAS;
			}
		} else {
			if (alias != 0 && !this.version.putAlias(alias, this.buffer, topic, topicLength)) {
				return CloudError.MQTT_HEADER_TOO_LONG;
			}
			this.message.set(this.buffer, topic, topicLength, payloadLength, this.first);
		}
		boolean twice = (this.first >> 1 & 3) == 2;
		this.silent = twice && this.session.hasReceived(this.id);
		boolean room = !twice || this.silent || this.session.received() < this.session.receivedRoom();
		return room ? CloudError.NONE : CloudError.MQTT_RECEIVE_MAXIMUM;
	}

	private int payload() {
		int count = Math.min(this.left, this.end - this.start);
		if (count == 0) {
			return WAIT;
		}
		if (!mayAnswer()) {
			this.stalled = true;
			return WAIT;
		}
		int at = this.start;
		this.start += count;
		this.left -= count;
		if (!this.silent) {
			this.listener.payload(this.buffer, at, count);
		}
		return this.left == 0 ? finish() : HANDLED;
	}

	/** The message is there: from here on it does not come again. */
	private int finish() {
		this.within = false;
		int qos = this.first >> 1 & 3;
		if (qos == 2 && !this.silent) {
			this.session.addReceived(this.id);
		}
		if (qos > 0) {
			this.client.answer(qos == 1 ? MqttPacket.PUBACK : MqttPacket.PUBREC, this.id, 0);
		}
		if (!this.silent) {
			this.listener.end(true);
		}
		return HANDLED;
	}
}
