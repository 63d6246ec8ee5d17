/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

import dev.thimble.crypto.Random;
import dev.thimble.net.Clock;
import dev.thimble.net.Credentials;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;

/** An MQTT client on a {@link ScriptedTransport}, whose broker is the test. */
public final class MqttBench implements MqttListener {

	private static final Random HALF = (out, offset, length) -> {
		for (int i = 0; i < length; i++) {
			out[offset + i] = (byte) 0x80;
		}
		return true;
	};

	/** The client's time. */
	public final ManualClock clock = new ManualClock();
	/** The line to the broker. */
	public final ScriptedTransport line = new ScriptedTransport();
	/** What the client's listener was told, in words. */
	public final List<String> events = new ArrayList<>();
	/** What the client remembers. */
	public final MqttSession session;
	/** The client. */
	public final Mqtt mqtt;
	/** What the program does when it is told of something. */
	public Consumer<String> program = event -> { };

	private final StringBuilder payload = new StringBuilder();

	/** Makes a client with a session of a given size. */
	public MqttBench(MqttVersion version, MqttSession session, Consumer<MqttConfig> settings) {
		this(version, session, "c1", settings);
	}

	/** Makes a client with an identifier. */
	public MqttBench(MqttVersion version, MqttSession session, String clientId, Consumer<MqttConfig> settings) {
		this.session = session;
		MqttConfig config = new MqttConfig(version, session, clientId);
		settings.accept(config);
		this.mqtt = new Mqtt(new SecureSocket(new SecureContext(this.clock, new Credentials(1)), this.line), this.clock, HALF, config, this);
	}

	/** Makes a client of MQTT 3.1.1 or 5.0. */
	public static MqttBench of(boolean modern) {
		return new MqttBench(modern ? new Mqtt5() : new Mqtt311(), new MqttSession(new byte[1024], 0, 1024, 4), config -> { });
	}

	/** Starts and connects; gets what the client sent to do so. */
	public String connect(String connack) {
		this.mqtt.start("broker", 1883);
		poll();
		String connect = this.line.takeHex();
		send(connack);
		return connect;
	}

	/** Lets the broker send bytes, and the client read them. */
	public MqttBench send(String hex) {
		this.line.send(HexFormat.of().parseHex(hex.replace(" ", "")));
		poll();
		return this;
	}

	/** Polls until there is nothing more to do. */
	public MqttBench poll() {
		for (int i = 0; i < 10000 && (this.mqtt.poll() || i < 3); i++) {
			continue;
		}
		return this;
	}

	/** Lets time pass. */
	public MqttBench pass(long millis) {
		this.clock.now += millis;
		return poll();
	}

	/** Takes what the client has sent. */
	public String sent() {
		poll();
		return this.line.takeHex();
	}

	/** Takes what the listener was told. */
	public String told() {
		poll();
		String all = String.join(" | ", this.events);
		this.events.clear();
		return all;
	}

	private void tell(String event) {
		this.events.add(event);
		this.program.accept(event);
	}

	@Override
	public void online(boolean sessionPresent) {
		tell(sessionPresent ? "online again" : "online");
	}

	@Override
	public void offline(int error) {
		tell("offline " + (error == 0 ? "" : CloudError.name(error) + (this.mqtt.errorDetail() == 0 ? "" : " " + this.mqtt.errorDetail())));
	}

	private static String result(int result) {
		return result < 0 ? CloudError.name(-result) : "" + result;
	}

	@Override
	public void published(int packetId, int result) {
		tell("published " + packetId + " " + result(result));
	}

	@Override
	public void subscribed(int packetId, int result) {
		tell("subscribed " + packetId + " " + result(result));
	}

	@Override
	public void message(MqttMessage message) {
		this.payload.setLength(0);
		StringBuilder text = new StringBuilder("message ")
				.append(new String(message.topicArray(), message.topicOffset(), message.topicLength(), StandardCharsets.UTF_8)).append(" q")
				.append(message.qos()).append(message.retained() ? " retained" : "").append(message.duplicate() ? " dup" : "").append(" n")
				.append(message.length());
		for (int property : new int[] { MqttProperty.PAYLOAD_FORMAT, MqttProperty.MESSAGE_EXPIRY, MqttProperty.CONTENT_TYPE, MqttProperty.RESPONSE_TOPIC,
				MqttProperty.CORRELATION_DATA }) {
			if (message.find(property)) {
				text.append(" ").append(property).append("=")
						.append(HexFormat.of().formatHex(message.propertyArray(), message.valueOffset(), message.valueOffset() + message.valueLength()));
			}
		}
		while (message.nextUserProperty()) {
			text.append(" ").append(new String(message.propertyArray(), message.nameOffset(), message.nameLength(), StandardCharsets.UTF_8)).append("=")
					.append(new String(message.propertyArray(), message.valueOffset(), message.valueLength(), StandardCharsets.UTF_8));
		}
		tell(text.toString());
	}

	@Override
	public void payload(byte[] data, int offset, int length) {
		this.payload.append(new String(data, offset, length, StandardCharsets.ISO_8859_1));
	}

	@Override
	public void end(boolean complete) {
		tell((complete ? "end " : "broken ") + this.payload);
	}

	/** Makes a clock of the bench's time. */
	public Clock timer() {
		return this.clock;
	}
}
