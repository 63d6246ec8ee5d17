/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * What a client has to remember of a session with a broker (MQTT 5.0 §4.1): messages of QoS 1 and 2 that are on their way, with their content, and
 * identifiers of QoS 2 messages that have come. A table in a slot of the caller's; its size is the most that can be on its way.
 *
 * <p>It survives connections that break by itself. To survive a loss of power as well, the caller saves it when it has changed, and gives the saved
 * bytes back at construction:
 *
 * <pre>
 * if (session.takeChanged()) {
 *     slots.write(7, memory, 0, session.seal());
 * }
 * </pre>
 *
 * What happened after it was last saved is forgotten: then a message of QoS 2 may come or arrive twice, as one of QoS 1 may. Messages whose payload
 * is an {@link MqttPayload} are in the table but not in what survives a loss of power, for nobody is there any more to read them.
 *
 * <p>The image, version {@value #VERSION}, numbers big-endian; what is of another version or another table size, damaged or cut off is ignored.
 *
 * <pre>
 *   0   2  'T' 'M'
 *   2   1  version: 1
 *   3   1  1 if the broker knows the session
 *   4   2  r, how many identifiers there is room for
 *   6   2  how many there are
 *   8   2  the packet identifier used last
 *  10   2  e, bytes of messages
 *  12  2r  identifiers of QoS 2 messages that have come and are not released
 *  ..   e  messages: those that are released in that order, then the others in the order they were published
 *  ..   4  CRC-32 of everything before
 *
 * A message:
 *   0   2  its length, with this
 *   2   1  QoS; 4: retain; 8: sent; 16: released; 32: the payload is somewhere else
 *   3   1  0
 *   4   2  packet identifier
 *   6   2  t, length of the topic
 *   8   2  p, length of the properties
 *  10   t  topic
 *  ..   p  properties
 *  ..      payload
 * </pre>
 */
public final class MqttSession {

	/** Version of the image. */
	public static final int VERSION = 1;

	/* package */ static final int RETAIN = 4;
	/** PUBLISH has been sent, perhaps in an earlier connection. */
	/* package */ static final int SENT = 8;
	/** PUBREC has come: only PUBREL and PUBCOMP are left. */
	/* package */ static final int RELEASED = 16;
	/** The payload is an {@link MqttPayload}; its length stands in its place. */
	/* package */ static final int SOURCED = 32;
	/** PUBLISH or PUBREL has been sent in this connection. */
	/* package */ static final int NOW = 64;
	/** Length of what stands before a topic. */
	/* package */ static final int HEAD = 10;

	private static final int MAGIC = 'T' << 8 | 'M';
	private static final int KNOWN = 3;
	private static final int ROOM = 4;
	private static final int COUNT = 6;
	private static final int LAST_ID = 8;
	private static final int USED = 10;
	private static final int IDS = 12;
	private static final int CHECK = 4;
	private static final int MAX_LENGTH = 65535;

	private static final int FLAGS = 2;
	private static final int SOURCE = 3;
	private static final int ID = 4;
	private static final int TOPIC = 6;
	private static final int PROPERTIES = 8;

	private final byte[] memory;
	private final int base;
	private final int room;
	/** Where messages begin, and behind the last byte they can have. */
	private final int first;
	private final int limit;
	private final boolean restored;
	private boolean changed;
	/** The message that is being sent; -1: none. */
	private int cursor = -1;

	/**
	 * Creates a table in a slot. If an image is there, and good, the session goes on.
	 *
	 * @param memory
	 *            the array; kept.
	 * @param offset
	 *            the slot's first byte.
	 * @param length
	 *            the slot's length, at most 65,535: 16 bytes, 2 for each identifier, and 10 more than topic, properties and payload for each message
	 *            that is on its way.
	 * @param received
	 *            how many QoS 2 messages a broker may send at a time, 1 or more. A broker with MQTT 5.0 is told so; with 3.1.1 it has to be
	 *            configured, or its own number given (Mosquitto's is 20), for more than this end the connection.
	 * @throws IllegalArgumentException
	 *             if the slot is too short or not within the array.
	 */
	public MqttSession(byte[] memory, int offset, int length, int received) {
		if (offset < 0 || length > memory.length - offset || length > MAX_LENGTH || received < 1 || length < IDS + 2 * received + HEAD + CHECK) {
			throw new IllegalArgumentException("A session's slot has room for its identifiers and a message, and lies within its array");
		}
		this.memory = memory;
		this.base = offset;
		this.room = received;
		this.first = offset + IDS + 2 * received;
		this.limit = offset + length - CHECK;
		this.restored = good();
		if (this.restored) {
			disconnect();
			dropOrphans();
		} else {
			clear();
		}
	}

	/** Tells whether there is an image of a table like this one. */
	private boolean good() {
		if (two(this.base) != MAGIC || this.memory[this.base + 2] != VERSION || two(this.base + ROOM) != this.room || received() > this.room
				|| used() > this.limit - this.first) {
			return false;
		}
		int end = end();
		if (four(end) != crc(this.base, end)) {
			return false;
		}
		int at = this.first;
		while (end - at >= HEAD) {
			int length = length(at);
			if (length > end - at || length < HEAD + topicLength(at) + propertiesLength(at) + ((flags(at) & SOURCED) != 0 ? 4 : 0) || !sound(at)) {
				return false;
			}
			at += length;
		}
		return at == end;
	}

	/** Tells whether a message's flags and identifier can be: those of QoS 1 and 2 have one, no other message's; what is released is of QoS 2. */
	private boolean sound(int at) {
		int flags = flags(at);
		int qos = flags & 3;
		if (qos == 3 || (id(at) == 0) != (qos == 0) || (flags & RELEASED) != 0 && qos != 2) {
			return false;
		}
		for (int other = this.first; other < at; other += length(other)) {
			if (qos > 0 && id(other) == id(at)) {
				return false;
			}
		}
		return true;
	}

	/** Drops what nobody waits for any more, or nobody is there to read. */
	private void dropOrphans() {
		int at = this.first;
		while (at < end()) {
			if ((flags(at) & 3) == 0 || (flags(at) & SOURCED) != 0) {
				remove(at);
			} else {
				at += length(at);
			}
		}
	}

	/** Forgets everything: the next connection begins a new session. Not to be called while a client uses it. */
	public void clear() {
		this.changed = true;
		this.cursor = -1;
		put(this.base, MAGIC);
		this.memory[this.base + 2] = VERSION;
		this.memory[this.base + KNOWN] = 0;
		put(this.base + ROOM, this.room);
		put(this.base + COUNT, 0);
		put(this.base + LAST_ID, 0);
		put(this.base + USED, 0);
	}

	/**
	 * Tells whether a session was there at construction.
	 *
	 * @return true if it goes on.
	 */
	public boolean restored() {
		return this.restored;
	}

	/**
	 * Tells whether the table has changed since this was called last.
	 *
	 * @return true if what is saved is out of date.
	 */
	public boolean takeChanged() {
		boolean result = this.changed;
		this.changed = false;
		return result;
	}

	/**
	 * Makes an image of what is in the slot: it is good until the table changes.
	 *
	 * @return how many bytes from the slot's beginning are to be saved.
	 */
	public int seal() {
		int end = end();
		int crc = crc(this.base, end);
		put(end, crc >> 16);
		put(end + 2, crc);
		return end + CHECK - this.base;
	}

	/**
	 * Gets how many messages are on their way.
	 *
	 * @return a count.
	 */
	public int messages() {
		int count = 0;
		for (int at = this.first; at < end(); at += length(at)) {
			count++;
		}
		return count;
	}

	/**
	 * Gets how many QoS 2 messages have come that the broker has not released.
	 *
	 * @return a count.
	 */
	public int received() {
		return two(this.base + COUNT);
	}

	// The broker's side.

	/* package */ int receivedRoom() {
		return this.room;
	}

	/* package */ boolean known() {
		return this.memory[this.base + KNOWN] != 0;
	}

	/* package */ void known(boolean known) {
		this.changed |= known != known();
		this.memory[this.base + KNOWN] = (byte) (known ? 1 : 0);
	}

	private int indexOf(int id) {
		int n = received();
		for (int i = 0; i < n; i++) {
			if (two(this.base + IDS + 2 * i) == id) {
				return this.base + IDS + 2 * i;
			}
		}
		return -1;
	}

	/* package */ boolean hasReceived(int id) {
		return indexOf(id) >= 0;
	}

	/** Notes an identifier; false: there is no room. */
	/* package */ boolean addReceived(int id) {
		int n = received();
		if (n == this.room) {
			return false;
		}
		put(this.base + IDS + 2 * n, id);
		put(this.base + COUNT, n + 1);
		this.changed = true;
		return true;
	}

	/** Removes an identifier; false: it was not there. */
	/* package */ boolean removeReceived(int id) {
		int at = indexOf(id);
		if (at < 0) {
			return false;
		}
		int n = received() - 1;
		put(at, two(this.base + IDS + 2 * n));
		put(this.base + COUNT, n);
		this.changed = true;
		return true;
	}

	/* package */ void clearReceived() {
		this.changed |= received() > 0;
		put(this.base + COUNT, 0);
	}

	// Messages.

	/* package */ byte[] array() {
		return this.memory;
	}

	/** Gets the first message; {@link #end} if there is none. */
	/* package */ int first() {
		return this.first;
	}

	/* package */ int next(int at) {
		return at + length(at);
	}

	/* package */ int end() {
		return this.first + used();
	}

	/** Gets the most bytes a message can have, with its head. */
	/* package */ int capacity() {
		return this.limit - this.first;
	}

	/** Gets an identifier no message has. */
	/* package */ int nextId() {
		int id = two(this.base + LAST_ID);
		do {
			id = id == MAX_LENGTH ? 1 : id + 1;
		} while (find(id) >= 0);
		put(this.base + LAST_ID, id);
		return id;
	}

	/**
	 * Adds a message; its content is to be written behind its head.
	 *
	 * @return the message; -1: there is no room now.
	 */
	/* package */ int append(int flags, int id, int topicLength, int propertiesLength, int payloadLength) {
		int at = end();
		int length = HEAD + topicLength + propertiesLength + payloadLength;
		if (length > this.limit - at) {
			return -1;
		}
		put(at, length);
		this.memory[at + FLAGS] = (byte) flags;
		this.memory[at + SOURCE] = 0;
		put(at + ID, id);
		put(at + TOPIC, topicLength);
		put(at + PROPERTIES, propertiesLength);
		put(this.base + USED, used() + length);
		this.changed = true;
		return at;
	}

	/* package */ int find(int id) {
		int end = end();
		for (int at = this.first; at < end; at += length(at)) {
			if (id(at) == id && id != 0) {
				return at;
			}
		}
		return -1;
	}

	/* package */ void remove(int at) {
		int length = length(at);
		System.arraycopy(this.memory, at + length, this.memory, at, end() - at - length);
		put(this.base + USED, used() - length);
		this.cursor = this.cursor == at ? -1 : this.cursor > at ? this.cursor - length : this.cursor;
		this.changed = true;
	}

	/** Drops the content of a message whose PUBREC has come, and puts it behind those it came for before (MQTT 5.0 §4.6). */
	/* package */ void release(int at) {
		int id = id(at);
		int qos = flags(at) & (3 | NOW);
		remove(at);
		int to = this.first;
		while (to < end() && (flags(to) & RELEASED) != 0) {
			to += length(to);
		}
		System.arraycopy(this.memory, to, this.memory, to + HEAD, end() - to);
		put(this.base + USED, used() + HEAD);
		this.cursor += this.cursor >= to ? HEAD : 0;
		put(to, HEAD);
		this.memory[to + FLAGS] = (byte) (qos & ~NOW | SENT | RELEASED);
		this.memory[to + SOURCE] = 0;
		put(to + ID, id);
		put(to + TOPIC, 0);
		put(to + PROPERTIES, 0);
	}

	/** Begins with a connection in which nothing has been sent yet. */
	/* package */ void disconnect() {
		this.cursor = -1;
		for (int at = this.first; at < end(); at += length(at)) {
			this.memory[at + FLAGS] &= ~NOW;
		}
	}

	/* package */ int cursor() {
		return this.cursor;
	}

	/* package */ void cursor(int at) {
		this.cursor = at;
	}

	/* package */ int length(int at) {
		return two(at);
	}

	/* package */ int flags(int at) {
		return this.memory[at + FLAGS];
	}

	/* package */ void set(int at, int flags) {
		this.changed |= (flags & ~NOW & ~flags(at)) != 0;
		this.memory[at + FLAGS] |= flags;
	}

	/* package */ void unset(int at, int flags) {
		this.changed = true;
		this.memory[at + FLAGS] &= ~flags;
	}

	/* package */ int source(int at) {
		return this.memory[at + SOURCE];
	}

	/* package */ void source(int at, int index) {
		this.memory[at + SOURCE] = (byte) index;
	}

	/* package */ int id(int at) {
		return two(at + ID);
	}

	/* package */ int topicLength(int at) {
		return two(at + TOPIC);
	}

	/* package */ int propertiesLength(int at) {
		return two(at + PROPERTIES);
	}

	/** Gets where the payload, or its length, begins. */
	/* package */ int payload(int at) {
		return at + HEAD + topicLength(at) + propertiesLength(at);
	}

	/** Gets the length of the payload. */
	/* package */ int payloadLength(int at) {
		return (flags(at) & SOURCED) != 0 ? four(payload(at)) : at + length(at) - payload(at);
	}

	private int used() {
		return two(this.base + USED);
	}

	private int two(int at) {
		return MqttProperty.two(this.memory, at);
	}

	private int four(int at) {
		return MqttProperty.four(this.memory, at);
	}

	private void put(int at, int value) {
		this.memory[at] = (byte) (value >> 8);
		this.memory[at + 1] = (byte) value;
	}

	/** CRC-32 (IEEE 802.3), bit by bit: it is rarely computed, and a table would take a kilobyte. */
	private int crc(int from, int to) {
		int crc = -1;
		for (int i = from; i < to; i++) {
			crc ^= this.memory[i] & 0xff;
			for (int k = 0; k < 8; k++) {
				crc = crc >>> 1 ^ -(crc & 1) & 0xedb88320;
			}
		}
		return ~crc;
	}
}
