/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** MQTT 5.0 (OASIS Standard, 7 March 2019), without enhanced authentication (AUTH). */
public final class Mqtt5 extends MqttVersion {

	/** Session expiry: the broker keeps the session for ever. */
	public static final int NEVER = -1;

	private static final int MAX_ALIASES = 31;
	private static final String[] NONE = new String[0];

	private final byte[][] aliases;
	private final int[] aliasLengths;
	private String[] topics = NONE;
	private int introduced;
	private int sessionExpiry = 86400;
	private int willDelay;
	private int maximumPacket = MqttPacket.MAX_PACKET;
	private int begin;
	private int alias;

	/** Creates the version; the broker may not use topic aliases. */
	public Mqtt5() {
		this(0, 0);
	}

	/**
	 * Creates the version.
	 *
	 * @param aliases
	 *            how many topic aliases the broker may use, 0 to 65,535.
	 * @param length
	 *            the longest topic one can stand for, in bytes; a longer one ends the connection.
	 */
	public Mqtt5(int aliases, int length) {
		this.aliases = new byte[aliases][length];
		this.aliasLengths = new int[aliases];
	}

	/**
	 * Sets how long the broker keeps the session of a client that is not connected.
	 *
	 * @param seconds
	 *            unsigned; {@link #NEVER} means that it never ends; default 86,400, a day.
	 * @return this.
	 */
	public Mqtt5 sessionExpiry(int seconds) {
		this.sessionExpiry = seconds;
		return this;
	}

	/**
	 * Sets how long the broker waits before it publishes the will.
	 *
	 * @param seconds
	 *            unsigned; default 0.
	 * @return this.
	 */
	public Mqtt5 willDelay(int seconds) {
		this.willDelay = seconds;
		return this;
	}

	/**
	 * Limits the packets the broker may send.
	 *
	 * @param bytes
	 *            64 or more, of a packet as a whole; default: no limit, since payloads need no memory.
	 * @return this.
	 * @throws IllegalArgumentException
	 *             if it is less.
	 */
	public Mqtt5 maximumPacketSize(int bytes) {
		if (bytes < 64) {
			throw new IllegalArgumentException("A packet has 64 bytes at least");
		}
		this.maximumPacket = bytes;
		return this;
	}

	/**
	 * Names the topics that are sent as aliases, after the first time in a connection, as far as the broker allows.
	 *
	 * @param names
	 *            topics of ASCII, at most 31, the ones used most first; kept.
	 * @return this.
	 * @throws IllegalArgumentException
	 *             if there are more.
	 */
	public Mqtt5 topicAliases(String... names) {
		if (names.length > MAX_ALIASES) {
			throw new IllegalArgumentException("At most 31 topics have an alias");
		}
		this.topics = names;
		return this;
	}

	@Override
	void reset() {
		super.reset();
		this.introduced = 0;
		for (int i = 0; i < this.aliasLengths.length; i++) {
			this.aliasLengths[i] = 0;
		}
	}

	@Override
	int level() {
		return 5;
	}

	@Override
	boolean modern() {
		return true;
	}

	@Override
	boolean isCode(int packet, int code) {
		return MqttReason.valid(packet, code);
	}

	@Override
	int read(byte[] a, int at, int limit, int packet) {
		this.alias = 0;
		int length = MqttProperty.varint(a, at, limit);
		if (length < 0) {
			return -CloudError.MQTT_LENGTH;
		}
		this.begin = at + MqttPacket.varintLength(length);
		int end = this.begin + length;
		if (end > limit) {
			return -CloudError.MQTT_LENGTH;
		}
		long seen = 0;
		int i = this.begin;
		while (i < end) {
			int property = a[i];
			int form = MqttProperty.form(property);
			int next = form < 0 || !MqttProperty.allowed(property, packet) ? -1 : MqttProperty.skip(form, a, i + 1, end);
			boolean repeated = property != MqttProperty.USER_PROPERTY && property != MqttProperty.SUBSCRIPTION_IDENTIFIER;
			if (next < 0 || repeated && (seen & 1L << property) != 0) {
				return -CloudError.MQTT_PROPERTY;
			}
			seen |= 1L << property;
			int failure = take(property, a, i + 1, form);
			if (failure != CloudError.NONE) {
				return -failure;
			}
			i = next;
		}
		return end;
	}

	/** Takes what concerns the client; values that a broker may not send are told. */
	private int take(int property, byte[] a, int at, int form) {
		int value = form == MqttProperty.BYTE ? a[at] : form == MqttProperty.TWO ? MqttProperty.two(a, at)
				: form == MqttProperty.FOUR ? MqttProperty.four(a, at) : 1;
		if (form == MqttProperty.BYTE && (value & ~1) != 0) {
			return CloudError.MQTT_PROPERTY;
		}
		switch (property) {
		case MqttProperty.RECEIVE_MAXIMUM:
			this.broker.receiveMaximum = value;
			return value == 0 ? CloudError.MQTT_PROPERTY : CloudError.NONE;
		case MqttProperty.MAXIMUM_PACKET_SIZE:
			this.broker.maximumPacket = value < 0 ? Integer.MAX_VALUE : value;
			return value == 0 ? CloudError.MQTT_PROPERTY : CloudError.NONE;
		case MqttProperty.MAXIMUM_QOS:
			this.broker.maximumQos = value;
			break;
		case MqttProperty.RETAIN_AVAILABLE:
			this.broker.retain = value != 0;
			break;
		case MqttProperty.WILDCARD_AVAILABLE:
			this.broker.wildcards = value != 0;
			break;
		case MqttProperty.SHARED_AVAILABLE:
			this.broker.shared = value != 0;
			break;
		case MqttProperty.TOPIC_ALIAS_MAXIMUM:
			this.broker.aliasMaximum = value;
			break;
		case MqttProperty.SERVER_KEEP_ALIVE:
			this.broker.keepAlive = value;
			break;
		case MqttProperty.TOPIC_ALIAS:
			this.alias = value;
			return value == 0 || value > this.aliases.length ? CloudError.MQTT_ALIAS : CloudError.NONE;
		case MqttProperty.SUBSCRIPTION_IDENTIFIER:
			return a[at] == 0 ? CloudError.MQTT_PROPERTY : CloudError.NONE;
		default:
			break;
		}
		return CloudError.NONE;
	}

	@Override
	int begin() {
		return this.begin;
	}

	@Override
	int alias() {
		return this.alias;
	}

	@Override
	boolean putAlias(int number, byte[] a, int offset, int length) {
		byte[] topic = this.aliases[number - 1];
		if (length > topic.length) {
			return false;
		}
		System.arraycopy(a, offset, topic, 0, length);
		this.aliasLengths[number - 1] = length;
		return true;
	}

	@Override
	boolean getAlias(int number, MqttMessage message, int payloadLength, int firstByte) {
		int length = this.aliasLengths[number - 1];
		message.set(this.aliases[number - 1], 0, length, payloadLength, firstByte);
		return length > 0;
	}

	@Override
	int maximumPacket() {
		return this.maximumPacket;
	}

	@Override
	int aliasOf(byte[] topic, int offset, int length) {
		int n = Math.min(this.topics.length, this.broker.aliasMaximum);
		for (int i = 0; i < n; i++) {
			if (this.topics[i].length() == length && equal(this.topics[i], topic, offset)) {
				return i + 1;
			}
		}
		return 0;
	}

	private static boolean equal(String text, byte[] a, int offset) {
		for (int i = text.length(); --i >= 0;) {
			if (a[offset + i] != text.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	@Override
	boolean introduce(int number) {
		boolean known = (this.introduced & 1 << number) != 0;
		this.introduced |= 1 << number;
		return known;
	}

	@Override
	int connectLength() {
		return 1 + blockLength();
	}

	/** Session expiry, receive maximum, no problem information; aliases and a limit if there are any. */
	private int blockLength() {
		return 5 + 3 + 2 + (this.aliases.length > 0 ? 3 : 0) + (this.maximumPacket < MqttPacket.MAX_PACKET ? 5 : 0);
	}

	@Override
	void connect(MqttOutput out, MqttSession session) {
		out.put(blockLength());
		out.put(MqttProperty.SESSION_EXPIRY);
		out.putFour(this.sessionExpiry);
		out.put(MqttProperty.RECEIVE_MAXIMUM);
		out.putTwo(session.receivedRoom());
		// Texts that nobody reads need not be sent.
		out.put(MqttProperty.REQUEST_PROBLEM_INFORMATION);
		out.put(0);
		if (this.aliases.length > 0) {
			out.put(MqttProperty.TOPIC_ALIAS_MAXIMUM);
			out.putTwo(this.aliases.length);
		}
		if (this.maximumPacket < MqttPacket.MAX_PACKET) {
			out.put(MqttProperty.MAXIMUM_PACKET_SIZE);
			out.putFour(this.maximumPacket);
		}
	}

	@Override
	int willLength() {
		return this.willDelay == 0 ? 1 : 6;
	}

	@Override
	void will(MqttOutput out) {
		out.put(willLength() - 1);
		if (this.willDelay != 0) {
			out.put(MqttProperty.WILL_DELAY);
			out.putFour(this.willDelay);
		}
	}
}
