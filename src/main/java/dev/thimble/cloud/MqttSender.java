/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** Chooses what is sent next of the messages in the session, and sends it piece by piece. */
/* package */ final class MqttSender {

	private static final int IDLE = 0;
	private static final int MESSAGE = 1;
	private static final int PASSWORD = 2;

	private final MqttConfig config;
	private final MqttSession session;
	private final MqttVersion version;
	private final MqttOutput output;
	private final MqttPayload[] sources;
	private int streaming;
	/** Bytes of the body that have been written, and how many it has: of a message its properties and its payload. */
	private int done;
	private int total;
	private byte[] password;
	private int passwordOffset;
	/** What became of the last message that was given up. */
	private int rejected;
	private int rejectedCode;

	/* package */ MqttSender(MqttConfig config, MqttOutput output) {
		this.config = config;
		this.session = config.session;
		this.version = config.version;
		this.output = output;
		this.sources = new MqttPayload[config.sources];
	}

	private void reset() {
		this.streaming = IDLE;
		this.password = null;
	}

	/** A connection has ended: messages of QoS 0 do not wait for another one. */
	/* package */ void disconnect() {
		reset();
		MqttSession s = this.session;
		s.disconnect();
		int at = s.first();
		while (at < s.end()) {
			if ((s.flags(at) & 3) == 0) {
				settle(at);
			} else {
				at = s.next(at);
			}
		}
	}

	/** Tells whether a packet is half written, so that no other one can be. */
	/* package */ boolean streaming() {
		return this.streaming != IDLE;
	}

	/** Finds a place for a payload's source; -1: there is none. */
	/* package */ int add(MqttPayload source) {
		for (int i = 0; i < this.sources.length; i++) {
			if (this.sources[i] == null) {
				this.sources[i] = source;
				return i;
			}
		}
		return -1;
	}

	/* package */ void drop(int source) {
		this.sources[source] = null;
	}

	/** Removes a message. */
	/* package */ void settle(int at) {
		forget(at);
		this.session.remove(at);
	}

	/** Removes a message's content. */
	/* package */ void release(int at) {
		forget(at);
		this.session.release(at);
	}

	private void forget(int at) {
		if ((this.session.flags(at) & MqttSession.SOURCED) != 0) {
			this.sources[this.session.source(at)] = null;
		}
	}

	/** Sends what stands behind CONNECT's other fields. */
	/* package */ void password(byte[] array, int offset, int length) {
		this.password = array;
		this.passwordOffset = offset;
		this.done = 0;
		this.total = length;
		this.streaming = PASSWORD;
	}

	/** Gets the identifier of the message that {@link #next} gave up. */
	/* package */ int rejected() {
		return this.rejected;
	}

	/** Gets why. */
	/* package */ int rejectedCode() {
		return this.rejectedCode;
	}

	/**
	 * Begins to send what comes next and may be sent.
	 *
	 * @return 0: nothing; 1: something; -1: a message was given up.
	 */
	/* package */ int next() {
		MqttSession s = this.session;
		int end = s.end();
		int unsettled = 0;
		int free = -1;
		int counted = -1;
		for (int at = s.first(); at < end; at = s.next(at)) {
			int flags = s.flags(at);
			if ((flags & MqttSession.NOW) != 0) {
				unsettled++;
			} else if ((flags & MqttSession.RELEASED) != 0) {
				return release(s, at) ? 1 : 0;
			} else if ((flags & 3) == 0) {
				free = free < 0 ? at : free;
			} else {
				counted = counted < 0 ? at : counted;
			}
		}
		if (counted >= 0 && unsettled >= Math.min(this.config.inFlight, this.version.broker.receiveMaximum)) {
			counted = -1;
		}
		int at = counted < 0 || free >= 0 && free < counted ? free : counted;
		return at < 0 ? 0 : publish(s, at);
	}

	private boolean release(MqttSession s, int at) {
		if (!this.output.room(4)) {
			return false;
		}
		this.output.put(MqttPacket.PUBREL << 4 | 2);
		this.output.put(2);
		this.output.putTwo(s.id(at));
		s.set(at, MqttSession.NOW);
		return true;
	}

	private int publish(MqttSession s, int at) {
		int flags = s.flags(at);
		int qos = flags & 3;
		MqttBroker broker = this.version.broker;
		boolean modern = this.version.modern();
		int topicLength = s.topicLength(at);
		int topic = at + MqttSession.HEAD;
		int alias = this.version.aliasOf(s.array(), topic, topicLength);
		int body = s.propertiesLength(at) + s.payloadLength(at);
		int properties = s.propertiesLength(at) + (alias == 0 ? 0 : 3);
		int head = 2 + topicLength + (qos == 0 ? 0 : 2) + (modern ? MqttPacket.varintLength(properties) + properties - s.propertiesLength(at) : 0);
		// Of a session that was saved before the program was another one, with larger buffers or another version.
		if (topicLength + Mqtt.HEAD > this.output.capacity()) {
			return reject(at, CloudError.MQTT_TOO_LARGE);
		}
		if (qos > broker.maximumQos || (flags & MqttSession.RETAIN) != 0 && !broker.retain || !modern && properties > 0) {
			return reject(at, CloudError.MQTT_CAPABILITY);
		}
		if (5 + head + body > broker.maximumPacket || head + body > MqttPacket.MAX_LENGTH) {
			return reject(at, CloudError.MQTT_TOO_LARGE);
		}
		if (!this.output.room(5 + head)) {
			return 0;
		}
		boolean known = alias != 0 && this.version.introduce(alias);
		if (known) {
			head -= topicLength;
		}
		MqttOutput out = this.output;
		boolean again = (flags & MqttSession.SENT) != 0;
		out.put(MqttPacket.PUBLISH << 4 | (again ? 8 : 0) | qos << 1 | ((flags & MqttSession.RETAIN) != 0 ? 1 : 0));
		out.putVarint(head + body);
		out.putTwo(known ? 0 : topicLength);
		out.putBytes(s.array(), topic, known ? 0 : topicLength);
		if (qos > 0) {
			out.putTwo(s.id(at));
		}
		if (modern) {
			out.putVarint(properties);
			if (alias != 0) {
				out.put(MqttProperty.TOPIC_ALIAS);
				out.putTwo(alias);
			}
		}
		s.set(at, qos == 0 ? MqttSession.NOW : MqttSession.NOW | MqttSession.SENT);
		s.cursor(at);
		this.done = 0;
		this.total = body;
		this.streaming = MESSAGE;
		return 1;
	}

	private int reject(int at, int code) {
		this.rejected = this.session.id(at);
		this.rejectedCode = code;
		settle(at);
		return -1;
	}

	/**
	 * Writes what there is room for of a packet that was begun.
	 *
	 * @return false if its payload cannot be read: the message has been given up.
	 */
	/* package */ boolean fill() {
		while (this.streaming != IDLE) {
			int left = this.total - this.done;
			int count = left == 0 ? 0 : Math.min(left, this.output.free());
			if (count > 0) {
				count = this.streaming == PASSWORD ? fillPassword(count) : fillMessage(count);
			}
			if (count < 0) {
				reject(this.session.cursor(), CloudError.MQTT_ARGUMENT);
				reset();
				return false;
			}
			this.done += count;
			if (this.done == this.total) {
				finish();
			} else if (count == 0) {
				return true;
			}
		}
		return true;
	}

	private int fillPassword(int count) {
		this.output.putBytes(this.password, this.passwordOffset + this.done, count);
		return count;
	}

	private int fillMessage(int room) {
		MqttSession s = this.session;
		int at = s.cursor();
		int properties = s.propertiesLength(at);
		boolean sourced = (s.flags(at) & MqttSession.SOURCED) != 0;
		int here = sourced ? properties : this.total;
		if (this.done < here) {
			int count = Math.min(room, here - this.done);
			this.output.putBytes(s.array(), s.payload(at) - properties + this.done, count);
			return count;
		}
		MqttOutput out = this.output;
		int count = this.sources[s.source(at)].read(this.done - properties, out.array(), out.end(), room);
		out.written(Math.max(0, count));
		return count;
	}

	private void finish() {
		boolean message = this.streaming == MESSAGE;
		reset();
		if (message) {
			int at = this.session.cursor();
			this.session.cursor(-1);
			if ((this.session.flags(at) & 3) == 0) {
				settle(at);
			}
		}
	}
}
