/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/**
 * What an MQTT client is made of. Texts and arrays are kept, not copied; what is wrong with them is told at once.
 */
public final class MqttConfig {

	private static final int MAX_SUBSCRIPTIONS = 16;
	/* package */ static final int MAX_TEXT = 65535;
	private static final String NO_USER = "MQTT 3.1.1 has no password without a user";

	/* package */ final MqttVersion version;
	/* package */ final MqttSession session;
	/* package */ final String clientId;
	/* package */ final String[] filters = new String[MAX_SUBSCRIPTIONS];
	/* package */ final byte[] filterOptions = new byte[MAX_SUBSCRIPTIONS];
	/* package */ int filterCount;
	/* package */ String user;
	/* package */ byte[] password;
	/* package */ MqttPassword passwordSource;
	/* package */ String willTopic;
	/* package */ byte[] willPayload;
	/* package */ int willOptions;
	/* package */ boolean cleanStart;
	/* package */ int keepAlive = 60;
	/* package */ int inLength = 1024;
	/* package */ int outLength = 512;
	/* package */ int inFlight = 16;
	/* package */ int sources = 1;
	/* package */ int patience = 20000;
	/* package */ int leastBackoff = 1000;
	/* package */ int mostBackoff = 120000;

	/**
	 * Creates a configuration.
	 *
	 * @param version
	 *            {@link Mqtt311} or {@link Mqtt5}; one object for each client.
	 * @param session
	 *            what the client remembers.
	 * @param clientId
	 *            the client's identifier at the broker, which no other client may have; "" if the broker is to choose one, which works with
	 *            {@link #cleanStart} only. Brokers need not take others than letters and digits, 23 at most.
	 * @throws IllegalArgumentException
	 *             if the identifier is malformed.
	 */
	public MqttConfig(MqttVersion version, MqttSession session, String clientId) {
		this.version = version;
		this.session = session;
		this.clientId = clientId;
		check(isText(clientId), "The client identifier is not Unicode, has a NUL, or is too long");
	}

	private static void check(boolean good, String otherwise) {
		if (!good) {
			throw new IllegalArgumentException(otherwise);
		}
	}

	private static boolean isText(String text) {
		int n = Utf8.length(text);
		return n >= 0 && n <= MAX_TEXT && Utf8.indexOf(text, 0, 0) < 0;
	}

	/**
	 * Sets user and password.
	 *
	 * @param name
	 *            the user's name; null: none, which MQTT 3.1.1 allows without a password only.
	 * @param secret
	 *            the password, any bytes; null: none.
	 * @return this.
	 */
	public MqttConfig user(String name, byte[] secret) {
		check((name == null || isText(name)) && (secret == null || secret.length <= MAX_TEXT), "User or password are not what MQTT allows");
		check(this.version.modern() || name != null || secret == null, NO_USER);
		this.user = name;
		this.password = secret;
		this.passwordSource = null;
		return this;
	}

	/**
	 * Sets user and password, where the password is another one each time.
	 *
	 * @param name
	 *            the user's name; null: none, with MQTT 5.0.
	 * @param secret
	 *            makes the passwords.
	 * @return this.
	 */
	public MqttConfig user(String name, MqttPassword secret) {
		user(name, (byte[]) null);
		check(this.version.modern() || name != null, NO_USER);
		this.passwordSource = secret;
		return this;
	}

	/**
	 * Sets the message the broker publishes when the client is gone without a word.
	 *
	 * @param topic
	 *            its topic.
	 * @param payload
	 *            its payload.
	 * @param options
	 *            QoS, and {@link Mqtt#RETAIN}.
	 * @return this.
	 */
	public MqttConfig will(String topic, byte[] payload, int options) {
		check(MqttTopic.nameLength(topic) > 0 && payload.length <= MAX_TEXT && (options & ~(3 | Mqtt.RETAIN)) == 0 && (options & 3) < 3,
				"The will is not what MQTT allows");
		this.willTopic = topic;
		this.willPayload = payload;
		this.willOptions = options;
		return this;
	}

	/**
	 * Adds a subscription that every session has: it is made after connecting, and made again whenever the broker has forgotten it.
	 *
	 * @param filter
	 *            a topic filter.
	 * @param options
	 *            the largest QoS, and with MQTT 5.0 constants of {@link Mqtt}.
	 * @return this.
	 */
	public MqttConfig subscription(String filter, int options) {
		check(this.filterCount < MAX_SUBSCRIPTIONS, "At most 16 subscriptions");
		check(MqttTopic.filterLength(filter) > 0 && MqttSubscriptions.valid(options, this.version), "The subscription is not what MQTT allows");
		this.filters[this.filterCount] = filter;
		this.filterOptions[this.filterCount] = (byte) options;
		this.filterCount++;
		return this;
	}

	/**
	 * Sets whether each connection begins a new session.
	 *
	 * @param clean
	 *            default false: sessions go on, as far as both sides remember them.
	 * @return this.
	 */
	public MqttConfig cleanStart(boolean clean) {
		this.cleanStart = clean;
		return this;
	}

	/**
	 * Sets after how long without a word the broker takes the client for gone. The client says something after three quarters of that.
	 *
	 * @param seconds
	 *            0 (never) to 65,535; default 60. A broker with MQTT 5.0 may choose another.
	 * @return this.
	 */
	public MqttConfig keepAlive(int seconds) {
		check(seconds >= 0 && seconds <= 65535, "The keep-alive time has 0 to 65535 seconds");
		this.keepAlive = seconds;
		return this;
	}

	/**
	 * Sets the sizes of buffers.
	 *
	 * @param in
	 *            64 bytes or more, default 1024: what stands before a payload has to fit, and should as a rule with it.
	 * @param out
	 *            64 bytes or more, default 512: a topic and 32 bytes have to fit, and CONNECT without its password.
	 * @return this.
	 */
	public MqttConfig buffers(int in, int out) {
		check(in >= 64 && out >= 64, "A buffer has 64 bytes at least");
		this.inLength = in;
		this.outLength = out;
		return this;
	}

	/**
	 * Limits the messages of QoS 1 and 2 that are sent and not settled.
	 *
	 * @param messages
	 *            1 or more, default 16; a broker with MQTT 5.0 may want fewer.
	 * @return this.
	 */
	public MqttConfig inFlight(int messages) {
		check(messages > 0, "One message at least is in flight");
		this.inFlight = messages;
		return this;
	}

	/**
	 * Sets how many messages with an {@link MqttPayload} there can be at a time.
	 *
	 * @param count
	 *            0 to 127; default 1.
	 * @return this.
	 */
	public MqttConfig streams(int count) {
		check(count >= 0 && count <= 127, "0 to 127 messages are streamed at a time");
		this.sources = count;
		return this;
	}

	/**
	 * Sets how long a broker has to answer CONNECT and PINGREQ, and to take what is sent.
	 *
	 * @param millis
	 *            1 or more; default 20,000.
	 * @return this.
	 */
	public MqttConfig patience(int millis) {
		check(millis > 0, "Patience is 1 ms at least");
		this.patience = millis;
		return this;
	}

	/**
	 * Sets how long to wait before connecting again: first the least, then twice as long each time, of which the second half is left to chance.
	 *
	 * @param least
	 *            in milliseconds; default 1,000.
	 * @param most
	 *            in milliseconds; default 120,000.
	 * @return this.
	 */
	public MqttConfig backoff(int least, int most) {
		check(least > 0 && most >= least, "The waits are 1 ms at least, and in order");
		this.leastBackoff = least;
		this.mostBackoff = most;
		return this;
	}
}
