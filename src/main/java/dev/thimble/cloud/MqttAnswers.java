/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * PUBACK, PUBREC, PUBREL and PUBCOMP that wait while a message is half written. So reading goes on meanwhile: a connection that has broken is found
 * to be so only behind what it brought before.
 */
/* package */ final class MqttAnswers {

	private static final int ROOM = 16;
	private static final int LENGTH = 5;

	private final MqttOutput output;
	private final boolean coded;
	/** Rings of packet identifiers, and of types and codes. */
	private final short[] ids = new short[ROOM];
	private final short[] kinds = new short[ROOM];
	private int first;
	private int count;

	/* package */ MqttAnswers(MqttOutput output, boolean coded) {
		this.output = output;
		this.coded = coded;
	}

	/* package */ void clear() {
		this.count = 0;
	}

	/* package */ boolean full() {
		return this.count == ROOM;
	}

	/* package */ boolean empty() {
		return this.count == 0;
	}

	/** Adds an answer; it is not full. */
	/* package */ void add(int type, int id, int code) {
		int at = (this.first + this.count++) % ROOM;
		this.ids[at] = (short) id;
		this.kinds[at] = (short) (type << 8 | code);
	}

	/**
	 * Writes what there is room for; no packet is half written.
	 *
	 * @return false if there was nothing to write, or no room.
	 */
	/* package */ boolean write() {
		boolean written = false;
		MqttOutput out = this.output;
		while (this.count > 0 && out.room(LENGTH)) {
			int type = this.kinds[this.first] >> 8;
			int code = this.coded ? this.kinds[this.first] & 0xff : 0;
			out.put(type << 4 | (type == MqttPacket.PUBREL ? 2 : 0));
			out.put(code == 0 ? 2 : 3);
			out.putTwo(this.ids[this.first]);
			if (code != 0) {
				out.put(code);
			}
			this.first = (this.first + 1) % ROOM;
			this.count--;
			written = true;
		}
		return written;
	}
}
