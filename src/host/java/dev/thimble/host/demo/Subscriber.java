/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.Closeable;
import java.security.GeneralSecurityException;
import java.util.function.BiConsumer;

import javax.net.ssl.SSLContext;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

import dev.thimble.host.CommandFailure;

/** Somebody in the cloud: Eclipse Paho, an MQTT client of others, over the JDK's TLS. */
final class Subscriber implements Closeable, MqttCallback {

	private static final int SECONDS = 60;
	private static final int ATTEMPTS = 5;

	private final MqttClient client;
	private final BiConsumer<String, byte[]> receiver;

	/**
	 * Connects and subscribes.
	 *
	 * @param password
	 *            null: without user and password.
	 * @param receiver
	 *            gets topic and payload of each message.
	 */
	Subscriber(Broker broker, SSLContext tls, String password, String topics, BiConsumer<String, byte[]> receiver) {
		this.receiver = receiver;
		MqttConnectOptions options = new MqttConnectOptions();
		options.setSocketFactory(tls.getSocketFactory());
		options.setConnectionTimeout(SECONDS);
		options.setCleanSession(true);
		if (password != null) {
			options.setUserName(People.SUBSCRIBER);
			options.setPassword(password.toCharArray());
		}
		this.client = subscribed("ssl://127.0.0.1:" + broker.subscriberAddress().getPort(), options, topics);
	}

	/**
	 * Connects and subscribes, again if the broker hangs up: Moquette does (in 0.18.3's log it was seen) at a SUBSCRIBE that comes so soon after CONNACK
	 * that it has not noted yet to have sent that.
	 */
	private MqttClient subscribed(String address, MqttConnectOptions options, String topics) {
		for (int i = 1;; i++) {
			try {
				MqttClient next = new MqttClient(address, People.SUBSCRIBER, new MemoryPersistence());
				next.setTimeToWait(SECONDS * 1000L);
				next.setCallback(this);
				next.connect(options);
				try {
					next.subscribe(topics, 1);
					return next;
				} catch (MqttException e) {
					end(next);
					if (i == ATTEMPTS || e.getReasonCode() != MqttException.REASON_CODE_CONNECTION_LOST) {
						throw e;
					}
				}
			} catch (MqttException e) {
				throw new CommandFailure("The subscriber cannot connect to the broker: " + (e.getCause() == null ? e : e.getCause()).getMessage());
			}
		}
	}

	/** Publishes with QoS 1 and waits until the broker has it. */
	void publish(String topic, byte[] payload) throws DemoFailure {
		try {
			this.client.publish(topic, payload, 1, false);
		} catch (MqttException e) {
			throw new DemoFailure("The subscriber could not publish to " + topic + ": " + e.getMessage() + ". Look whether the broker still runs.");
		}
	}

	@Override
	public void connectionLost(Throwable cause) {
		// Whoever waits for a message says so in time.
	}

	@Override
	public void messageArrived(String topic, MqttMessage message) {
		this.receiver.accept(topic, message.getPayload());
	}

	@Override
	public void deliveryComplete(IMqttDeliveryToken token) {
		// publish has waited for it
	}

	@Override
	public void close() {
		end(this.client);
	}

	private static void end(MqttClient client) {
		try {
			client.disconnectForcibly(0, 1000, false);
			client.close(true);
		} catch (MqttException e) {
			// The broker has gone first.
		}
	}
}
