/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** What a broker has said of itself when it took the connection (MQTT 5.0 §3.2.2.3); without a word, what the standard says. */
/* package */ final class MqttBroker {

	/** The most messages of QoS 1 and 2 that may be unsettled. */
	/* package */ int receiveMaximum;
	/* package */ int maximumQos;
	/* package */ boolean retain;
	/* package */ boolean wildcards;
	/* package */ boolean shared;
	/** The most bytes of a packet, as a whole. */
	/* package */ int maximumPacket;
	/** The largest topic alias. */
	/* package */ int aliasMaximum;
	/** Seconds; -1: what it was told. */
	/* package */ int keepAlive;

	/* package */ MqttBroker() {
		reset();
	}

	/* package */ void reset() {
		this.receiveMaximum = 0xffff;
		this.maximumQos = 2;
		this.retain = true;
		this.wildcards = true;
		this.shared = true;
		this.maximumPacket = Integer.MAX_VALUE;
		this.aliasMaximum = 0;
		this.keepAlive = -1;
	}
}
