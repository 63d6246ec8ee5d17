/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.net.Credentials;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.Transport;

/** A client with a broker in the same thread that allocates nothing either: each run is a connection with messages both ways that then breaks. */
public final class MqttPipe implements Runnable, MqttListener, Transport {

	/** Messages that have come. */
	public int messages;
	/** Messages that were settled. */
	public int published;
	/** Connections that were made. */
	public int connections;

	private final ManualClock clock = new ManualClock();
	private final Mqtt mqtt;
	private final boolean modern;
	private final byte[] payload = new byte[300];
	private final byte[] out = new byte[4096];
	private final byte[] in = new byte[4096];
	private int outStart;
	private int outEnd;
	private int inEnd;
	private boolean open;

	/** Makes both. */
	public MqttPipe(boolean modern) {
		this.modern = modern;
		MqttVersion version = modern ? new Mqtt5(2, 10).topicAliases("sensor") : new Mqtt311();
		MqttConfig config = new MqttConfig(version, new MqttSession(new byte[2000], 0, 2000, 4), "c").subscription("conf", 2).user("u", new byte[8])
				.will("w", new byte[3], 1);
		this.mqtt = new Mqtt(new SecureSocket(new SecureContext(this.clock, new Credentials(1)), this), this.clock, (o, offset, length) -> true, config,
				this);
		this.mqtt.start("b", 1);
	}

	@Override
	public void run() {
		this.clock.now += 200_000;
		poll(20);
		for (int qos = 0; qos < 3; qos++) {
			this.mqtt.publish("sensor", this.payload, 0, this.payload.length, qos);
			this.mqtt.subscribe("more", qos);
			poll(10);
			put(0x30 | qos << 1, 3 + (qos > 0 ? 2 : 0) + (this.modern ? 1 : 0) + 5);
			put(0, 1);
			this.out[this.outEnd++] = 't';
			if (qos > 0) {
				put(0, 9);
			}
			this.outEnd += this.modern ? 6 : 5;
			poll(10);
		}
		this.clock.now += 50_000;
		poll(10);
		this.open = false;
		poll(3);
	}

	private void poll(int times) {
		for (int i = 0; i < times; i++) {
			this.mqtt.poll();
			serve();
		}
	}

	private void put(int a, int b) {
		this.out[this.outEnd++] = (byte) a;
		this.out[this.outEnd++] = (byte) b;
	}

	/** Answers whole packets. */
	private void serve() {
		int at = 0;
		while (this.inEnd - at >= 2) {
			int length = this.in[at + 1] & 127;
			int head = 2;
			if (this.in[at + 1] < 0) {
				length |= this.in[at + 2] << 7;
				head = 3;
			}
			if (this.inEnd - at < head + length) {
				break;
			}
			answer(this.in[at] & 0xff, at + head, length);
			at += head + length;
		}
		System.arraycopy(this.in, at, this.in, 0, this.inEnd - at);
		this.inEnd -= at;
	}

	private void answer(int first, int at, int length) {
		switch (first >> 4) {
		case MqttPacket.CONNECT:
			put(0x20, this.modern ? 6 : 2);
			put(this.connections++ == 0 ? 0 : 1, 0);
			if (this.modern) {
				put(3, MqttProperty.TOPIC_ALIAS_MAXIMUM);
				put(0, 5);
			}
			break;
		case MqttPacket.PUBLISH:
			int qos = first >> 1 & 3;
			if (qos > 0) {
				int id = at + 2 + (this.in[at + 1] & 0xff);
				put(qos == 1 ? 0x40 : 0x50, 2);
				put(this.in[id], this.in[id + 1]);
			}
			break;
		case MqttPacket.PUBREL:
		case MqttPacket.PUBREC:
			put(first >> 4 == MqttPacket.PUBREL ? 0x70 : 0x62, 2);
			put(this.in[at], this.in[at + 1]);
			break;
		case MqttPacket.SUBSCRIBE:
			put(0x90, this.modern ? 4 : 3);
			put(this.in[at], this.in[at + 1]);
			this.outEnd += this.modern ? 2 : 1;
			break;
		case MqttPacket.PINGREQ:
			put(0xd0, 0);
			break;
		default:
			break;
		}
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		this.open = true;
		this.outStart = 0;
		this.outEnd = 0;
		this.inEnd = 0;
		java.util.Arrays.fill(this.out, (byte) 0);
	}

	@Override
	public int poll() {
		return this.open ? OPEN : -dev.thimble.net.NetError.LINK_LOST;
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		System.arraycopy(data, offset, this.in, this.inEnd, length);
		this.inEnd += length;
		return length;
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		int n = Math.min(length, this.outEnd - this.outStart);
		System.arraycopy(this.out, this.outStart, data, offset, n);
		this.outStart += n;
		return n;
	}

	@Override
	public void rest(int millis) {
		// nothing to wait for
	}

	@Override
	public void close() {
		this.open = false;
	}

	@Override
	public void online(boolean sessionPresent) {
		// counted where it is granted
	}

	@Override
	public void offline(int error) {
		if (error != dev.thimble.net.NetError.LINK_LOST) {
			throw new AssertionError(CloudError.name(error));
		}
	}

	@Override
	public void published(int packetId, int result) {
		this.published++;
	}

	@Override
	public void subscribed(int packetId, int result) {
		// seen by the others
	}

	@Override
	public void message(MqttMessage message) {
		this.messages++;
	}

	@Override
	public void payload(byte[] data, int offset, int length) {
		// seen by the others
	}

	@Override
	public void end(boolean complete) {
		// seen by the others
	}
}
