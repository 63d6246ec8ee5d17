/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * Who an MQTT client tells what happens: all calls come from within {@link Mqtt#poll()}, and may publish, subscribe and unsubscribe.
 *
 * <p>A message is told in pieces: {@link #message}, then its payload by {@link #payload}, then {@link #end}. If the whole packet fits the receive
 * buffer, the payload is one piece, and everything about the message is there until {@link #end}; if not, the view of it is gone after
 * {@link #message}. With QoS 2 each message is told once: if the connection breaks within it, {@link #end} says so and it comes again.
 */
public interface MqttListener {

	/**
	 * There is a connection to the broker.
	 *
	 * @param sessionPresent
	 *            false: the broker knew nothing of this client, or was told to forget it. Subscriptions of {@link MqttConfig#subscription} are made
	 *            again by themselves, others are gone.
	 */
	void online(boolean sessionPresent);

	/**
	 * The connection is gone, or could not be made. The client tries again by itself, unless it was stopped.
	 *
	 * @param error
	 *            a code of {@link CloudError}'s table; 0 after {@link Mqtt#stop()}.
	 */
	void offline(int error);

	/**
	 * A message of QoS 1 or 2 was settled.
	 *
	 * @param packetId
	 *            what publish gave.
	 * @param result
	 *            0 to 127: the broker has it; 128 to 255: the broker refused it, with a code of {@link MqttReason}; negative, minus a code of
	 *            {@link CloudError}: it could not be sent, or it is unknown whether it arrived.
	 */
	void published(int packetId, int result);

	/**
	 * A subscription or its end was settled.
	 *
	 * @param packetId
	 *            what subscribe or unsubscribe gave; minus the index of a {@link MqttConfig#subscription}, minus one, for those.
	 * @param result
	 *            0 to 2: the QoS granted; 0 or 17: unsubscribed; from 128: refused; negative, minus a code of {@link CloudError}: the connection
	 *            broke before.
	 */
	void subscribed(int packetId, int result);

	/**
	 * A message begins.
	 *
	 * @param message
	 *            its topic, length and properties.
	 */
	void message(MqttMessage message);

	/**
	 * A piece of a message's payload. Not called if there is none.
	 *
	 * @param data
	 *            the client's array.
	 * @param offset
	 *            the first byte.
	 * @param length
	 *            how many.
	 */
	void payload(byte[] data, int offset, int length);

	/**
	 * A message ends.
	 *
	 * @param complete
	 *            false: the connection broke before its end.
	 */
	void end(boolean complete);
}
