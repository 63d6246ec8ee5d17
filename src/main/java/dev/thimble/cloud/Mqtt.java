/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.crypto.Random;
import dev.thimble.net.Clock;
import dev.thimble.net.SecureSocket;

/**
 * An MQTT client, 3.1.1 or 5.0, over a {@link SecureSocket}: QoS 0, 1 and 2 both ways, will, retained messages, sessions that survive connections.
 *
 * <p>It is driven by {@link #poll()}, which never waits: it connects, says hello, sends, receives, keeps the connection alive and, when it is gone,
 * makes another one after a while that grows with each failure. Messages of QoS 1 and 2 can be published at any time; they wait in the
 * {@link MqttSession} until they are settled.
 *
 * <pre>
 * mqtt.start("broker.example", 8883);
 * while (true) {
 *     if (!mqtt.poll()) {
 *         rest();
 *     }
 *     if (measured) {
 *         int id = mqtt.publish("sensor/7", value, 0, value.length, 1);
 *     }
 * }
 * </pre>
 *
 * <p>Which TLS, which credentials, and whether sessions of TLS are resumed is set at the socket; it is this client's only, and becomes non-blocking.
 * After construction nothing is allocated. One thread uses a client.
 */
public final class Mqtt {

	/** State: not started, or stopped. */
	public static final int STOPPED = 0;
	/** State: not connected; the next attempt is to come. */
	public static final int WAITING = 1;
	/** State: a connection is being made. */
	public static final int CONNECTING = 2;
	/** State: connected. */
	public static final int ONLINE = 3;

	/** Option of a message: the broker keeps it for those who subscribe later. */
	public static final int RETAIN = 4;
	/** Option of a subscription (MQTT 5.0): not what this client publishes itself. */
	public static final int NO_LOCAL = 4;
	/** Option of a subscription (MQTT 5.0): retained messages are marked as such later too. */
	public static final int RETAIN_AS_PUBLISHED = 8;
	/** Option of a subscription (MQTT 5.0): retained messages only if the subscription is new. */
	public static final int RETAINED_IF_NEW = 16;
	/** Option of a subscription (MQTT 5.0): no retained messages. */
	public static final int NO_RETAINED = 32;

	private static final int IDLE = 0;
	private static final int REST = 1;
	private static final int PASSWORD = 2;
	private static final int OPENING = 3;
	private static final int GREETING = 4;
	private static final int OPEN = 5;

	/** How long the broker has to take in a goodbye. */
	private static final int LINGER = 1000;
	/** What a message's packet has before its payload besides its topic, at most. */
	/* package */ static final int HEAD = 32;
	/** A connection that lasts so many times the least wait was a good one. */
	private static final int GOOD = 10;

	private final SecureSocket socket;
	private final Clock timer;
	private final MqttConfig config;
	private final MqttVersion version;
	private final MqttSession session;
	private final MqttListener listener;
	private final Backoff backoff;
	private final MqttOutput output;
	private final MqttAnswers answers;
	private final MqttSender sender;
	private final MqttReceiver receiver;
	private final MqttGreeting greeting;
	private final MqttSubscriptions subscriptions;
	private String host;
	private int port;
	private byte phase;
	/** The program has had enough. */
	private boolean stopping;
	/** Nothing is read any more; what is half sent is sent, and goodbye is said. */
	private boolean leaving;
	private boolean left;
	/** Why, and what the broker is told; -1: not by DISCONNECT. */
	private int leavingCode;
	private int leavingReason;
	private int error;
	private int errorDetail;
	private long due;
	private long onlineSince;
	/** When something was last sent, and when the socket last took something or had nothing to take. */
	private long sentAt;
	private long progressAt;
	private long pingAt;
	/** When something last came: an answer to PINGREQ stands in line behind a long message. */
	private long heardAt;
	private boolean pinged;

	/**
	 * Creates a client. This allocates all it will need.
	 *
	 * @param socket
	 *            a socket with its options set, not in use.
	 * @param timer
	 *            measures time.
	 * @param random
	 *            spreads attempts to connect.
	 * @param config
	 *            what the client is made of; not to be changed any more.
	 * @param listener
	 *            is told what happens.
	 */
	public Mqtt(SecureSocket socket, Clock timer, Random random, MqttConfig config, MqttListener listener) {
		this.socket = socket.blocking(false);
		this.timer = timer;
		this.config = config;
		this.version = config.version;
		this.session = config.session;
		this.listener = listener;
		this.backoff = new Backoff(random, config.leastBackoff, config.mostBackoff);
		this.output = new MqttOutput(config.outLength);
		this.answers = new MqttAnswers(this.output, this.version.modern());
		this.sender = new MqttSender(config, this.output);
		this.receiver = new MqttReceiver(this, config, listener);
		this.greeting = new MqttGreeting(config, this.output, this.sender);
		this.subscriptions = new MqttSubscriptions(config, this.output, this.sender, listener);
		if (!this.greeting.fits()) {
			throw new IllegalArgumentException("CONNECT does not fit the buffer: make MqttConfig.buffers larger");
		}
		if (config.clientId.length() == 0 && !config.cleanStart) {
			throw new IllegalArgumentException("A session that goes on needs a client identifier");
		}
	}

	// Life.

	/**
	 * Begins to connect, and to stay connected.
	 *
	 * @param hostName
	 *            the broker's name or address; kept.
	 * @param portNumber
	 *            its port, 1 to 65,535; 8883 is MQTT's with TLS.
	 * @throws IllegalStateException
	 *             if the client is not stopped.
	 */
	public void start(String hostName, int portNumber) {
		if (this.phase != IDLE) {
			throw new IllegalStateException("Stop the client first");
		}
		this.host = hostName;
		this.port = portNumber;
		this.stopping = false;
		this.error = CloudError.NONE;
		this.due = this.timer.millis();
		this.phase = REST;
	}

	/**
	 * Ends the connection: what is half sent is sent, then DISCONNECT, then the listener is told that the client is offline. The session stays, on
	 * both sides, unless {@link MqttConfig#cleanStart} or the session expiry say otherwise.
	 */
	public void stop() {
		if (this.phase != IDLE && !this.stopping) {
			this.stopping = true;
			if (this.phase == OPEN && !this.leaving) {
				leave(CloudError.NONE, MqttReason.SUCCESS);
			}
		}
	}

	private void leave(int code, int reason) {
		this.leaving = true;
		this.left = false;
		this.leavingCode = code;
		this.leavingReason = reason;
		this.due = this.timer.millis() + this.config.patience;
	}

	/**
	 * Gets the state.
	 *
	 * @return {@link #STOPPED}, {@link #WAITING}, {@link #CONNECTING} or {@link #ONLINE}.
	 */
	public int state() {
		return this.phase == IDLE ? STOPPED : this.phase == REST ? WAITING : this.phase == OPEN ? ONLINE : CONNECTING;
	}

	/**
	 * Gets why the last connection ended.
	 *
	 * @return a code of {@link CloudError}'s table; 0: there was none that failed.
	 */
	public int error() {
		return this.error;
	}

	/**
	 * Gets the reason the broker gave with {@link #error()}, or a detail of the socket's.
	 *
	 * @return of {@link CloudError#MQTT_REFUSED} and {@link CloudError#MQTT_DISCONNECTED} a code of {@link MqttReason}, or of MQTT 3.1.1 a return code
	 *         (1 protocol version, 2 identifier, 3 unavailable, 4 user or password, 5 not authorized).
	 */
	public int errorDetail() {
		return this.errorDetail;
	}

	/**
	 * Does a slice of work.
	 *
	 * @return false: there is nothing to do until something arrives or is asked for, or a second has passed.
	 */
	public boolean poll() {
		long now = this.timer.millis();
		switch (this.phase) {
		case IDLE:
			return false;
		case REST:
			if (this.stopping) {
				lost(CloudError.NONE);
			} else if (now >= this.due) {
				begin();
			}
			return this.phase != REST;
		case PASSWORD:
			if (this.config.passwordSource.step()) {
				int failure = this.config.passwordSource.error();
				if (failure == CloudError.NONE && this.config.passwordSource.length() > MqttConfig.MAX_TEXT) {
					failure = CloudError.MQTT_ARGUMENT;
				}
				if (failure != CloudError.NONE) {
					lost(failure);
				} else {
					open();
				}
			}
			return true;
		case OPENING:
			return opening(now);
		default:
			return work(now);
		}
	}

	private void begin() {
		this.errorDetail = 0;
		if (this.config.passwordSource != null) {
			this.phase = PASSWORD;
			this.config.passwordSource.start();
		} else {
			open();
		}
	}

	private void open() {
		this.phase = OPENING;
		if (this.socket.connect(this.host, this.port) == SecureSocket.FAILED) {
			lost(this.socket.error());
		}
	}

	private boolean opening(long now) {
		int events = this.socket.poll();
		if (this.stopping) {
			lost(CloudError.NONE);
		} else if ((events & SecureSocket.GONE) != 0) {
			this.errorDetail = this.socket.errorDetail();
			lost(this.socket.error());
		} else if ((events & SecureSocket.CONNECTED) != 0) {
			greet(now);
		}
		return (events & SecureSocket.BUSY) != 0 || this.phase != OPENING;
	}

	private void greet(long now) {
		this.greeting.write();
		this.phase = GREETING;
		this.due = now + this.config.patience;
		this.sentAt = now;
		this.progressAt = now;
		this.heardAt = now;
		this.pinged = false;
	}

	/* package */ boolean greeting() {
		return this.phase == GREETING;
	}

	/** CONNACK has come. */
	/* package */ int connected(boolean present) {
		if (present && this.greeting.clean()) {
			return CloudError.MQTT_SESSION_PRESENT;
		}
		if (!present) {
			begun();
		}
		this.session.known(true);
		this.phase = OPEN;
		this.onlineSince = this.timer.millis();
		this.error = CloudError.NONE;
		this.listener.online(present);
		return CloudError.NONE;
	}

	/** The broker has a new session. What was on its way is sent again if twice does no harm; of the rest the program is told (MQTT 5.0 §4.1). */
	private void begun() {
		MqttSession s = this.session;
		s.clearReceived();
		this.subscriptions.forgotten();
		int at = s.first();
		while (at < s.end()) {
			int flags = s.flags(at);
			int id = s.id(at);
			boolean released = (flags & MqttSession.RELEASED) != 0;
			if (released || (flags & 3) == 2 && (flags & MqttSession.SENT) != 0) {
				this.sender.settle(at);
				this.listener.published(id, released ? MqttReason.SUCCESS : -CloudError.MQTT_SESSION_LOST);
			} else {
				s.unset(at, MqttSession.SENT);
				at = s.next(at);
			}
		}
	}

	// Work.

	private boolean work(long now) {
		int events = this.socket.poll();
		if ((events & SecureSocket.GONE) != 0) {
			this.errorDetail = this.socket.errorDetail();
			lost(this.socket.error());
			return true;
		}
		boolean worked = (events & SecureSocket.BUSY) != 0;
		int sent = flush(now);
		if (sent >= 0 && !this.leaving) {
			int read = this.receiver.work(this.socket);
			if (read < 0) {
				this.errorDetail = this.receiver.detail() != 0 ? this.receiver.detail() : this.socket.errorDetail();
				refuse(-read);
				return true;
			}
			if (read > 0) {
				this.heardAt = now;
				worked = true;
			}
		}
		if (sent >= 0 && this.phase == OPEN && !this.leaving && compose(now)) {
			worked = true;
			sent = flush(now);
		}
		if (sent < 0) {
			lost(-sent);
			return true;
		}
		int failure = this.leaving ? leaving(now) : late(now);
		if (failure >= 0) {
			lost(failure);
		}
		return worked || sent > 0;
	}

	/** Sends what waits: a number of bytes, or minus an error. */
	private int flush(long now) {
		if (!this.sender.fill()) {
			this.listener.published(this.sender.rejected(), -this.sender.rejectedCode());
			return -this.sender.rejectedCode();
		}
		if (this.output.length() == 0) {
			this.progressAt = now;
			return 0;
		}
		int count = this.output.send(this.socket);
		if (count == SecureSocket.FAILED) {
			this.errorDetail = this.socket.errorDetail();
			return -this.socket.error();
		}
		if (count > 0) {
			this.sentAt = now;
			this.progressAt = now;
		}
		return count;
	}

	/** Writes the next packet, if there is one to write. */
	private boolean compose(long now) {
		if (this.sender.streaming()) {
			return false;
		}
		if (!this.answers.empty()) {
			return this.answers.write();
		}
		int alive = this.version.broker.keepAlive >= 0 ? this.version.broker.keepAlive : this.config.keepAlive;
		if (alive > 0 && !this.pinged && now - this.sentAt >= alive * 750L && this.output.room(2)) {
			this.output.put(MqttPacket.PINGREQ << 4);
			this.output.put(0);
			this.pinged = true;
			this.pingAt = now;
			return true;
		}
		if (this.subscriptions.writeNext()) {
			return true;
		}
		int result = this.sender.next();
		if (result < 0) {
			this.listener.published(this.sender.rejected(), -this.sender.rejectedCode());
		}
		return result != 0;
	}

	/** Looks whether the broker is still there: an error, or -1. */
	private int late(long now) {
		if (this.phase == GREETING && (this.stopping || now >= this.due)) {
			return this.stopping ? CloudError.NONE : CloudError.MQTT_TIMEOUT;
		}
		// A line that takes nothing any more may be dead, and tell so only behind what it has brought, which waits for answers that it does not take.
		int patience = this.receiver.stalled() ? this.config.patience / 4 : this.config.patience;
		boolean silent = this.pinged && now - Math.max(this.pingAt, this.heardAt) >= this.config.patience || now - this.progressAt >= patience;
		return silent ? CloudError.MQTT_SILENT : -1;
	}

	/** Says goodbye: why, once that is done, or -1. */
	private int leaving(long now) {
		if (now >= this.due) {
			return this.leavingCode;
		}
		if (!this.sender.streaming()) {
			this.answers.write();
		}
		if (!this.left && !this.sender.streaming() && this.answers.empty() && (this.leavingReason < 0 || this.output.room(3))) {
			if (this.leavingReason >= 0) {
				this.output.put(MqttPacket.DISCONNECT << 4);
				this.output.put(this.leavingReason == 0 ? 0 : 1);
				if (this.leavingReason != 0) {
					this.output.put(this.leavingReason);
				}
			}
			this.left = true;
			this.due = Math.min(this.due, now + LINGER);
			flush(now);
		}
		if (!this.left || this.output.length() > 0) {
			return -1;
		}
		// To close while something has not been read makes a stack forget what it was to send, and the broker what it has not read. Answers to what was
		// not too much are to arrive, or it comes again.
		return this.leavingCode != CloudError.MQTT_RECEIVE_MAXIMUM || this.receiver.discard(this.socket) ? this.leavingCode : -1;
	}

	/** The broker has done what it may not, or has ended the connection itself. */
	private void refuse(int code) {
		boolean ours = code >= CloudError.MQTT_LENGTH && code <= CloudError.MQTT_PACKET_TOO_LARGE;
		if (ours && this.phase == OPEN) {
			// What was answered before counts: without that, what was too much comes again and again.
			leave(code, this.version.modern() ? MqttReason.of(code) : -1);
		} else {
			lost(code);
		}
	}

	/** The connection is gone, or there was none. */
	private void lost(int code) {
		boolean online = this.phase == OPEN;
		long now = this.timer.millis();
		this.phase = REST;
		this.socket.close();
		this.output.clear();
		this.answers.clear();
		this.sender.disconnect();
		this.receiver.reset();
		if (online && now - this.onlineSince >= (long) GOOD * this.config.leastBackoff) {
			this.backoff.reset();
		}
		this.subscriptions.fail(code);
		this.error = code;
		this.leaving = false;
		if (this.stopping) {
			this.phase = IDLE;
		} else {
			this.due = now + this.backoff.next();
		}
		this.listener.offline(code);
	}

	// Answers.

	/** Tells whether an answer could be given now. */
	/* package */ boolean mayAnswer() {
		return !this.answers.full();
	}

	/** Answers with PUBACK, PUBREC, PUBREL or PUBCOMP. */
	/* package */ void answer(int type, int id, int code) {
		this.answers.add(type, id, code);
	}

	/* package */ int pong() {
		boolean asked = this.pinged;
		this.pinged = false;
		return asked ? CloudError.NONE : CloudError.MQTT_UNEXPECTED;
	}

	/** PUBACK, PUBREC, PUBREL or PUBCOMP has come. */
	/* package */ int acknowledged(int id, int type, int code) {
		if (type == MqttPacket.PUBREL) {
			boolean known = this.session.removeReceived(id);
			answer(MqttPacket.PUBCOMP, id, known ? 0 : MqttReason.PACKET_ID_NOT_FOUND);
			return CloudError.NONE;
		}
		int at = this.session.find(id);
		if (at < 0) {
			// Settled before, in another connection perhaps: a broker that has not noticed is helped to.
			if (type == MqttPacket.PUBREC && code < MqttReason.FAILURE) {
				answer(MqttPacket.PUBREL, id, MqttReason.PACKET_ID_NOT_FOUND);
			}
			return CloudError.NONE;
		}
		int flags = this.session.flags(at);
		boolean released = (flags & MqttSession.RELEASED) != 0;
		boolean good = (flags & MqttSession.SENT) != 0 && this.session.cursor() != at
				&& (type == MqttPacket.PUBACK ? (flags & 3) == 1 : (flags & 3) == 2 && (type == MqttPacket.PUBREC || released));
		if (!good) {
			return CloudError.MQTT_PACKET_ID;
		}
		if (type == MqttPacket.PUBREC && code < MqttReason.FAILURE) {
			if (!released) {
				this.sender.release(at);
			}
			return CloudError.NONE;
		}
		this.sender.settle(at);
		// That PUBREL came to nobody (§3.7.2.1) means that the message was settled before.
		this.listener.published(id, type == MqttPacket.PUBCOMP ? MqttReason.SUCCESS : code);
		return CloudError.NONE;
	}

	/** SUBACK or UNSUBACK has come. */
	/* package */ int subscribed(int id, int type, int code) {
		return this.subscriptions.answered(id, type, code);
	}

	// What a program asks for.

	/**
	 * Publishes a message.
	 *
	 * @param topic
	 *            its topic.
	 * @param payload
	 *            the payload's array; copied.
	 * @param offset
	 *            the first byte.
	 * @param length
	 *            how many.
	 * @param options
	 *            QoS 0, 1 or 2, and {@link #RETAIN}.
	 * @return with QoS 1 and 2 the packet identifier, 1 to 65,535, by which {@link MqttListener#published} tells when it is settled; with QoS 0, 0;
	 *         minus a code of {@link CloudError}: {@link CloudError#MQTT_FULL} if it is to be tried again later, {@link CloudError#MQTT_OFFLINE} of QoS 0.
	 */
	public int publish(String topic, byte[] payload, int offset, int length, int options) {
		return publish(topic, payload, offset, length, options, null);
	}

	/**
	 * As {@link #publish(String, byte[], int, int, int)}, with properties (MQTT 5.0).
	 *
	 * @param topic
	 *            its topic.
	 * @param payload
	 *            the payload's array; copied.
	 * @param offset
	 *            the first byte.
	 * @param length
	 *            how many.
	 * @param options
	 *            QoS 0, 1 or 2, and {@link #RETAIN}.
	 * @param properties
	 *            copied; null: none.
	 * @return as there.
	 */
	public int publish(String topic, byte[] payload, int offset, int length, int options, MqttProperties properties) {
		int at = add(topic, length, length, options, properties);
		if (at < 0) {
			return at;
		}
		System.arraycopy(payload, offset, this.session.array(), this.session.payload(at), length);
		return this.session.id(at);
	}

	/**
	 * As {@link #publish(String, byte[], int, int, int)}, of a payload that is read while it is sent.
	 *
	 * @param topic
	 *            its topic.
	 * @param payload
	 *            gives the payload until the message is settled, or with QoS 0 sent.
	 * @param length
	 *            its length in bytes.
	 * @param options
	 *            QoS 0, 1 or 2, and {@link #RETAIN}.
	 * @param properties
	 *            copied; null: none.
	 * @return as there.
	 */
	public int publish(String topic, MqttPayload payload, int length, int options, MqttProperties properties) {
		int source = this.sender.add(payload);
		if (source < 0) {
			return -CloudError.MQTT_FULL;
		}
		int at = add(topic, 4, length, options | MqttSession.SOURCED, properties);
		if (at < 0) {
			this.sender.drop(source);
			return at;
		}
		this.session.source(at, source);
		byte[] a = this.session.array();
		int to = this.session.payload(at);
		for (int i = 0; i < 4; i++) {
			a[to + i] = (byte) (length >> 24 - 8 * i);
		}
		return this.session.id(at);
	}

	/** Adds a message without its payload: the message, or minus an error. */
	private int add(String topic, int kept, int length, int options, MqttProperties properties) {
		int topicLength = MqttTopic.nameLength(topic);
		int more = properties == null ? 0 : properties.length();
		int qos = options & 3;
		if (topicLength < 0 || qos == 3 || (options & ~(3 | RETAIN | MqttSession.SOURCED)) != 0 || properties != null && !properties.complete()
				|| length < 0) {
			return -CloudError.MQTT_ARGUMENT;
		}
		if (more > 0 && !this.version.modern()) {
			return -CloudError.MQTT_CAPABILITY;
		}
		if (topicLength + HEAD > this.output.capacity() || MqttSession.HEAD + topicLength + more + kept > this.session.capacity()
				|| length > MqttPacket.MAX_LENGTH - 2 * this.output.capacity()) {
			return -CloudError.MQTT_TOO_LARGE;
		}
		if (this.phase == OPEN) {
			MqttBroker broker = this.version.broker;
			if (qos > broker.maximumQos || (options & RETAIN) != 0 && !broker.retain) {
				return -CloudError.MQTT_CAPABILITY;
			}
		} else if (qos == 0) {
			return -CloudError.MQTT_OFFLINE;
		}
		int at = this.session.append(options, qos == 0 ? 0 : this.subscriptions.nextId(), topicLength, more, kept);
		if (at < 0) {
			return -CloudError.MQTT_FULL;
		}
		Utf8.put(topic, this.session.array(), at + MqttSession.HEAD);
		if (more > 0) {
			properties.copy(this.session.array(), at + MqttSession.HEAD + topicLength);
		}
		return at;
	}

	/**
	 * Subscribes to topics.
	 *
	 * @param filter
	 *            a topic filter.
	 * @param options
	 *            the largest QoS, and with MQTT 5.0 constants of this class.
	 * @return the packet identifier, by which {@link MqttListener#subscribed} tells the answer; minus a code of {@link CloudError}.
	 */
	public int subscribe(String filter, int options) {
		if (!MqttSubscriptions.valid(options, this.version)) {
			return -CloudError.MQTT_ARGUMENT;
		}
		return request(MqttPacket.SUBSCRIBE, filter, options);
	}

	/**
	 * Ends a subscription.
	 *
	 * @param filter
	 *            the filter as it was.
	 * @return as {@link #subscribe}.
	 */
	public int unsubscribe(String filter) {
		return request(MqttPacket.UNSUBSCRIBE, filter, 0);
	}

	private int request(int type, String filter, int options) {
		if (MqttTopic.filterLength(filter) < 0) {
			return -CloudError.MQTT_ARGUMENT;
		}
		return this.phase != OPEN || this.leaving ? -CloudError.MQTT_OFFLINE : this.subscriptions.request(type, filter, options);
	}
}
