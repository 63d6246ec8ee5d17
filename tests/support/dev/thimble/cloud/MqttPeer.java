/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.thimble.net.NetError;
import dev.thimble.net.SecureSocket;
import dev.thimble.support.SocketKit;

/** An MQTT client of ours that a test drives over a real network, and that writes down what it is told. */
public final class MqttPeer implements MqttListener {

	private static final long PATIENCE_NANOS = 180_000_000_000L;

	/** A message that came. */
	public record Message(String topic, String payload, int qos, boolean retained) {
	}

	/** Messages that came whole, in order. */
	public final List<Message> messages = new ArrayList<>();
	/** What became of messages and subscriptions, by packet identifier. */
	public final Map<Integer, Integer> published = new HashMap<>();
	/** What became of subscriptions, by packet identifier. */
	public final Map<Integer, Integer> subscribed = new HashMap<>();
	/** Why connections ended. */
	public final List<String> ends = new ArrayList<>();
	/** What the client remembers. */
	public final MqttSession session;
	/** Its socket. */
	public final SecureSocket socket;
	/** The client. */
	public final Mqtt mqtt;
	/** Whether the broker still had the session, for each connection. */
	public final List<Boolean> connections = new ArrayList<>();
	/** Is told of each message before it is written down; false: it is not. */
	public java.util.function.Predicate<Message> filter = message -> true;

	private String topic;
	private int qos;
	private boolean retained;
	private final StringBuilder payload = new StringBuilder();

	/** Makes a client with a session of 64 KB. */
	public MqttPeer(SocketKit kit, SecureSocket socket, MqttVersion version, String id, Consumer<MqttConfig> settings) {
		// After a reconnection Mosquitto 2.0.11 sends all that waits at a time, whatever its configuration or the client's receive maximum say.
		this.session = new MqttSession(new byte[65535], 0, 65535, 200);
		this.socket = socket;
		MqttConfig config = new MqttConfig(version, this.session, id).backoff(20, 100).patience(60_000);
		settings.accept(config);
		java.util.Random random = new java.util.Random(6);
		this.mqtt = new Mqtt(socket, kit.clock, (out, offset, length) -> {
			for (int i = 0; i < length; i++) {
				out[offset + i] = (byte) random.nextInt();
			}
			return true;
		}, config, this);
	}

	/** Polls clients until something is so, and fails if it does not become so. */
	public static void await(String what, BooleanSupplier condition, MqttPeer... peers) {
		long end = System.nanoTime() + PATIENCE_NANOS;
		while (!condition.getAsBoolean()) {
			boolean worked = false;
			for (MqttPeer peer : peers) {
				worked |= peer.mqtt.poll();
			}
			if (!worked) {
				Thread.onSpinWait();
			}
			if (System.nanoTime() > end) {
				StringBuilder text = new StringBuilder(what + " did not happen");
				for (MqttPeer peer : peers) {
					text.append("; ").append(CloudError.name(peer.mqtt.error())).append(" state ").append(peer.mqtt.state()).append(" ends ")
							.append(peer.ends).append(" messages ").append(peer.messages.size())
							.append(peer.messages.size() < 20 ? peer.messages.toString() : "").append(" in flight ").append(peer.session.messages());
				}
				throw new AssertionError(text);
			}
		}
	}

	/** Connects, and waits for it. */
	public MqttPeer connect(int port) {
		this.ends.clear();
		this.mqtt.start("localhost", port);
		await("connecting", () -> this.mqtt.state() == Mqtt.ONLINE || !this.ends.isEmpty(), this);
		if (this.mqtt.state() != Mqtt.ONLINE) {
			throw new AssertionError(this.ends + " " + NetError.text(this.socket.error()) + " " + this.mqtt.errorDetail());
		}
		return this;
	}

	/** Publishes, and waits until it is settled. */
	public int publish(String name, String text, int options) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		int id = this.mqtt.publish(name, bytes, 0, bytes.length, options);
		if (id < 0) {
			throw new AssertionError(CloudError.name(-id));
		}
		await("publishing", () -> id == 0 ? this.session.messages() == 0 : this.published.containsKey(id), this);
		return id == 0 ? 0 : this.published.remove(id);
	}

	/** Subscribes, and waits for the answer. */
	public int subscribe(String name, int options) {
		int id = this.mqtt.subscribe(name, options);
		if (id < 0) {
			throw new AssertionError(CloudError.name(-id));
		}
		await("subscribing", () -> this.subscribed.containsKey(id), this);
		return this.subscribed.get(id);
	}

	/** Says goodbye. */
	public void stop() {
		this.mqtt.stop();
		await("stopping", () -> this.mqtt.state() == Mqtt.STOPPED, this);
	}

	@Override
	public void online(boolean sessionPresent) {
		this.connections.add(sessionPresent);
	}

	@Override
	public void offline(int error) {
		this.ends.add(CloudError.name(error) + " " + this.mqtt.errorDetail());
	}

	@Override
	public void published(int packetId, int result) {
		this.published.put(packetId, result);
	}

	@Override
	public void subscribed(int packetId, int result) {
		this.subscribed.put(packetId, result);
	}

	@Override
	public void message(MqttMessage message) {
		this.topic = new String(message.topicArray(), message.topicOffset(), message.topicLength(), StandardCharsets.UTF_8);
		this.qos = message.qos();
		this.retained = message.retained();
		this.payload.setLength(0);
	}

	@Override
	public void payload(byte[] data, int offset, int length) {
		this.payload.append(new String(data, offset, length, StandardCharsets.ISO_8859_1));
	}

	@Override
	public void end(boolean complete) {
		Message whole = new Message(this.topic, this.payload.toString(), this.qos, this.retained);
		if (complete && this.filter.test(whole)) {
			this.messages.add(whole);
		}
	}
}
