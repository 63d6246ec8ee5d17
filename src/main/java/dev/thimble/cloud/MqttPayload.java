/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * A payload that is made or read while it is sent, because it is larger than the memory for messages. With QoS 1 and 2 it may be asked for again
 * until the message is settled.
 */
public interface MqttPayload {

	/**
	 * Gets a part.
	 *
	 * @param position
	 *            of the first byte wanted; 0 when it begins, or begins again.
	 * @param out
	 *            receives the bytes.
	 * @param offset
	 *            where the first goes.
	 * @param length
	 *            at most how many.
	 * @return how many there are, perhaps 0; -1: it cannot be read, and the message is given up together with the connection.
	 */
	int read(int position, byte[] out, int offset, int length);
}
