/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * A version of MQTT, and what is set for it only. One object for each client; the versions that a program does not make are not in its image.
 */
public abstract class MqttVersion {

	/** What the broker has said. */
	/* package */ final MqttBroker broker = new MqttBroker();

	/* package */ MqttVersion() {
		// the two of this package
	}

	/** Gets the protocol level (MQTT 5.0 §3.1.2.2). */
	/* package */ abstract int level();

	/** Tells whether packets have properties and reason codes. */
	/* package */ abstract boolean modern();

	/** Tells whether a broker may send a code with a packet of a type. */
	/* package */ abstract boolean isCode(int packet, int code);

	/**
	 * Reads the properties of a packet, if the version has them.
	 *
	 * @param at
	 *            where their length begins.
	 * @param limit
	 *            the packet's end.
	 * @return the index behind them; minus a code of {@link CloudError}.
	 */
	/* package */ abstract int read(byte[] a, int at, int limit, int packet);

	/** Gets where the properties that were read begin, behind their length. */
	/* package */ abstract int begin();

	/** Gets the alias of the message that was read; 0: none. */
	/* package */ abstract int alias();

	/** Notes the topic an alias stands for from now on; false if there is no such alias. */
	/* package */ abstract boolean putAlias(int alias, byte[] a, int offset, int length);

	/** Lets a message be of the topic an alias stands for; false if there is none. */
	/* package */ abstract boolean getAlias(int alias, MqttMessage message, int payloadLength, int firstByte);

	/** Gets the most bytes a packet of the broker's may have. */
	/* package */ abstract int maximumPacket();

	/** Gets the alias that a topic is sent with; 0: none. */
	/* package */ abstract int aliasOf(byte[] topic, int offset, int length);

	/** Tells whether the broker knows an alias of ours already, and notes that it does. */
	/* package */ abstract boolean introduce(int alias);

	/** Gets the length of the properties of CONNECT, with their length. */
	/* package */ abstract int connectLength();

	/** Writes the properties of CONNECT. */
	/* package */ abstract void connect(MqttOutput out, MqttSession session);

	/** Gets the length of the properties of the will, with their length. */
	/* package */ abstract int willLength();

	/** Writes the properties of the will. */
	/* package */ abstract void will(MqttOutput out);

	/** A connection begins. */
	/* package */ void reset() {
		this.broker.reset();
	}
}
