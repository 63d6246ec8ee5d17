/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * Subscriptions of a client: those of its configuration, which every session of the broker's is to have, and those a program asks for. A request is kept
 * until it is answered; packet identifiers are given out here, since they are not to be those of a request (MQTT 5.0 §2.2.1).
 */
/* package */ final class MqttSubscriptions {

	private static final int REQUESTS = 8;

	private final MqttConfig config;
	private final MqttOutput output;
	private final MqttSender sender;
	private final MqttListener listener;
	/** Requests that are not answered: the packet identifier (0: a free place), its type, and what the listener is told. */
	private final int[] ids = new int[REQUESTS];
	private final byte[] types = new byte[REQUESTS];
	private final int[] tags = new int[REQUESTS];
	/** Subscriptions of the configuration that the broker does not know, a bit each. */
	private int wanted;

	/* package */ MqttSubscriptions(MqttConfig config, MqttOutput output, MqttSender sender, MqttListener listener) {
		this.config = config;
		this.output = output;
		this.sender = sender;
		this.listener = listener;
		forgotten();
	}

	/* package */ static boolean valid(int options, MqttVersion version) {
		int most = version.modern() ? 3 | Mqtt.NO_LOCAL | Mqtt.RETAIN_AS_PUBLISHED | Mqtt.RETAINED_IF_NEW | Mqtt.NO_RETAINED : 3;
		int retained = options & (Mqtt.RETAINED_IF_NEW | Mqtt.NO_RETAINED);
		return (options & ~most) == 0 && (options & 3) < 3 && retained != (Mqtt.RETAINED_IF_NEW | Mqtt.NO_RETAINED);
	}

	/** The broker knows none of the configuration's subscriptions. */
	/* package */ void forgotten() {
		this.wanted = (1 << this.config.filterCount) - 1;
	}

	/** Writes SUBSCRIBE for the next of the configuration's that the broker does not know; false if there is none, or no room. */
	/* package */ boolean writeNext() {
		if (this.wanted == 0) {
			return false;
		}
		int index = 0;
		while ((this.wanted & 1 << index) == 0) {
			index++;
		}
		int result = request(MqttPacket.SUBSCRIBE, this.config.filters[index], this.config.filterOptions[index], -index - 1);
		if (result != -CloudError.MQTT_FULL) {
			this.wanted &= ~(1 << index);
			if (result < 0) {
				this.listener.subscribed(-index - 1, result);
			}
		}
		return result > 0;
	}

	/** Writes SUBSCRIBE or UNSUBSCRIBE for the program: the packet identifier, or minus a code of {@link CloudError}. */
	/* package */ int request(int type, String filter, int options) {
		return request(type, filter, options, 0);
	}

	/** Writes SUBSCRIBE or UNSUBSCRIBE (MQTT 5.0 §3.8, §3.10); tag: what the listener is told, 0 if that is the identifier. */
	private int request(int type, String filter, int options, int tag) {
		MqttBroker broker = this.config.version.broker;
		if (type == MqttPacket.SUBSCRIBE
				&& (MqttTopic.isShared(filter) && !broker.shared || !MqttTopic.isPlain(filter) && !MqttTopic.isShared(filter) && !broker.wildcards)) {
			return -CloudError.MQTT_CAPABILITY;
		}
		boolean modern = this.config.version.modern();
		int length = 2 + (modern ? 1 : 0) + 2 + MqttTopic.filterLength(filter) + (type == MqttPacket.SUBSCRIBE ? 1 : 0);
		if (5 + length > this.output.capacity() || 5 + length > broker.maximumPacket) {
			return -CloudError.MQTT_TOO_LARGE;
		}
		int slot = find(0);
		if (slot < 0 || this.sender.streaming() || !this.output.room(5 + length)) {
			return -CloudError.MQTT_FULL;
		}
		int id = nextId();
		this.output.put(type << 4 | 2);
		this.output.putVarint(length);
		this.output.putTwo(id);
		if (modern) {
			this.output.put(0);
		}
		this.output.putText(filter);
		if (type == MqttPacket.SUBSCRIBE) {
			this.output.put(options);
		}
		this.ids[slot] = id;
		this.types[slot] = (byte) type;
		this.tags[slot] = tag == 0 ? id : tag;
		return id;
	}

	/** Gets a packet identifier that neither a message nor a request has. */
	/* package */ int nextId() {
		int id = this.config.session.nextId();
		while (find(id) >= 0) {
			id = this.config.session.nextId();
		}
		return id;
	}

	private int find(int id) {
		for (int i = 0; i < REQUESTS; i++) {
			if (this.ids[i] == id) {
				return i;
			}
		}
		return -1;
	}

	/** SUBACK or UNSUBACK has come: gets a code of {@link CloudError}. */
	/* package */ int answered(int id, int type, int code) {
		int slot = id == 0 ? -1 : find(id);
		if (slot < 0 || this.types[slot] != (type == MqttPacket.SUBACK ? MqttPacket.SUBSCRIBE : MqttPacket.UNSUBSCRIBE)) {
			return CloudError.MQTT_PACKET_ID;
		}
		end(slot, code);
		return CloudError.NONE;
	}

	/** The connection is gone, and with it every request. */
	/* package */ void fail(int code) {
		for (int i = 0; i < REQUESTS; i++) {
			if (this.ids[i] != 0) {
				end(i, -(code == CloudError.NONE ? CloudError.MQTT_OFFLINE : code));
			}
		}
	}

	private void end(int slot, int result) {
		int tag = this.tags[slot];
		this.ids[slot] = 0;
		if (result < 0 && tag < 0) {
			this.wanted |= 1 << -tag - 1;
		}
		this.listener.subscribed(tag, result);
	}
}
