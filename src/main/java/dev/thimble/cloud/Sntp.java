/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.crypto.Random;
import dev.thimble.net.Clock;
import dev.thimble.net.DatagramTransport;

/**
 * Sets a {@link DeviceClock} from time servers: an SNTP client by the rules of RFC 4330 §5 and §10, and RFC 5905 §14.
 *
 * <p>It is driven by {@link #poll()} and goes on by itself: asks at once, then every {@link #interval}; after a failure soon, then later and later. The
 * servers are asked in their order until one answers well; with {@link #opinions opinions(3)} three are asked, two at least have to agree, and the
 * one in the middle counts. A server that answers with a kiss-of-death is obeyed: DENY and RSTR for ever, RATE by asking it half as often each time.
 * No server is asked more often than every 15 seconds.
 *
 * <p>An answer counts only if it repeats 64 random bits of its question, so nobody can forge one who does not see the question. SNTP has no
 * other protection: who sits on the way can tell any time between the firmware's build and {@link #horizon} years on, or {@link #maxStep} around
 * the time that is trusted already. Three servers on different ways make that harder.
 */
public final class Sntp {

	/** State: there is nothing to do until later. */
	public static final int RESTING = 0;
	/** State: a server is being asked. */
	public static final int WORKING = 1;

	private static final int NTP = 123;
	private static final int MAX_PORT = 65535;
	/** RFC 4330 §10: no client asks a server more often than every 15 seconds. */
	private static final int MIN_INTERVAL = 15000;
	private static final int RATE_INTERVAL = 60000;
	private static final int MAX_RATE = 10;
	private static final long NEVER = Long.MAX_VALUE;
	/** The local clock counts milliseconds, and runs a bit faster or slower than the server's. */
	private static final int TOLERANCE = 20;
	private static final int SECONDS_A_YEAR = 31557600;

	private static final int REST = 0;
	private static final int OPENING = 1;
	private static final int ASKED = 2;

	private final DatagramTransport transport;
	private final Clock timer;
	private final Random random;
	private final DeviceClock target;
	private final byte[][] hosts;
	private final int[] ports;
	/** When each server may be asked again, by the timer. */
	private final long[] allowedAt;
	/** How often each server complained of being asked too often. */
	private final int[] complaints;
	private final byte[] question = new byte[SntpPacket.LENGTH];
	private final byte[] answer = new byte[SntpPacket.LENGTH];
	/** What servers said in this round: milliseconds since 1970 when the timer was at 0, sorted. */
	private final long[] said = new long[3];

	private int opinions = 1;
	private long interval = 6 * 3600 * 1000L;
	private int patience = 3000;
	private int maxStep = 1000;
	private int horizon = 50;
	private int agreement = 2000;

	private int phase;
	private int server;
	private int answers;
	private int failures;
	private int failure;
	private int suspicion;
	private int error;
	private int updates;
	private int lastServer = -1;
	private long roundTrip;
	private long due;
	private long askedAt;
	private long deadline;

	/**
	 * Creates a client.
	 *
	 * @param transport
	 *            carries its datagrams; nobody else's.
	 * @param timer
	 *            the clock's.
	 * @param random
	 *            for the questions.
	 * @param target
	 *            the clock to be set.
	 * @param servers
	 *            names or addresses, 1 to 255 characters of ASCII, with ":" and a port behind it if that is not 123. The pool's are for everybody, but
	 *            who sells devices asks its own, or a zone of the vendor's (RFC 8633 §3.2.1).
	 * @throws IllegalArgumentException
	 *             if a server is malformed, or there is none.
	 */
	public Sntp(DatagramTransport transport, Clock timer, Random random, DeviceClock target, String... servers) {
		if (servers.length == 0) {
			throw new IllegalArgumentException("There is no time server");
		}
		this.transport = transport;
		this.timer = timer;
		this.random = random;
		this.target = target;
		this.hosts = new byte[servers.length][];
		this.ports = new int[servers.length];
		this.allowedAt = new long[servers.length];
		this.complaints = new int[servers.length];
		for (int i = 0; i < servers.length; i++) {
			server(i, servers[i]);
		}
		this.due = timer.millis();
		for (int i = 0; i < servers.length; i++) {
			this.allowedAt[i] = this.due;
		}
	}

	private void server(int index, String text) {
		int colon = Utf8.indexOf(text, ':', 0);
		int length = colon < 0 ? text.length() : colon;
		int port = colon < 0 ? NTP : 0;
		boolean good = length > 0 && length < 256 && text.length() - length <= 6;
		for (int i = length + 1; i < text.length(); i++) {
			good &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
			port = 10 * port + text.charAt(i) - '0';
		}
		if (!good || port < 1 || port > MAX_PORT) {
			throw new IllegalArgumentException("A time server is a name or an IPv4 address, or one with a colon and a port");
		}
		this.hosts[index] = new byte[length];
		this.ports[index] = port;
		for (int i = 0; i < length; i++) {
			this.hosts[index][i] = (byte) text.charAt(i);
		}
	}

	private static void check(boolean good) {
		if (!good) {
			throw new IllegalArgumentException("Out of range");
		}
	}

	/**
	 * Sets how many servers are heard.
	 *
	 * @param count
	 *            1 (the default): the first that answers well; 3: the median of three, of which two have to agree.
	 * @return this.
	 */
	public Sntp opinions(int count) {
		check(count == 1 || count == 3 && this.hosts.length >= 3);
		this.opinions = count;
		return this;
	}

	/**
	 * Sets the time from one setting of the clock to the next.
	 *
	 * @param seconds
	 *            15 or more; default 21,600: 6 hours.
	 * @return this.
	 */
	public Sntp interval(int seconds) {
		check(seconds >= MIN_INTERVAL / 1000);
		this.interval = seconds * 1000L;
		return this;
	}

	/**
	 * Limits the time a server has to answer, the way there and back included. Half of that is how far the clock may be off.
	 *
	 * @param millis
	 *            100 to 60,000; default 3,000.
	 * @return this.
	 */
	public Sntp patience(int millis) {
		check(millis >= 100 && millis <= 60000);
		this.patience = millis;
		return this;
	}

	/**
	 * Limits how far a clock that is trusted already is set forward or back ({@link CloudError#TIME_STEP}).
	 *
	 * @param seconds
	 *            1 or more; default 1,000.
	 * @return this.
	 */
	public Sntp maxStep(int seconds) {
		check(seconds > 0);
		this.maxStep = seconds;
		return this;
	}

	/**
	 * Limits how long after its build a firmware can live ({@link CloudError#TIME_IMPLAUSIBLE}).
	 *
	 * @param years
	 *            1 to 60; default 50.
	 * @return this.
	 */
	public Sntp horizon(int years) {
		check(years > 0 && years <= 60);
		this.horizon = years;
		return this;
	}

	/**
	 * Sets how far two servers may differ that agree.
	 *
	 * @param millis
	 *            1 or more; default 2,000.
	 * @return this.
	 */
	public Sntp agreement(int millis) {
		check(millis > 0);
		this.agreement = millis;
		return this;
	}

	/** Asks as soon as the servers may be asked. */
	public void ask() {
		if (this.phase == REST) {
			this.due = this.timer.millis();
		}
	}

	/**
	 * Goes on; to be called often.
	 *
	 * @return {@link #RESTING} or {@link #WORKING}.
	 */
	public int poll() {
		long now = this.timer.millis();
		switch (this.phase) {
		case REST:
			if (now >= this.due) {
				this.answers = 0;
				this.failure = CloudError.NONE;
				next(0, now);
			}
			break;
		case OPENING:
			open(now);
			break;
		default:
			listen(now);
			break;
		}
		return this.phase == REST ? RESTING : WORKING;
	}

	/** Goes to the next server that may be asked; without one the round is over. */
	private void next(int from, long now) {
		this.server = from;
		while (this.server < this.hosts.length && now < this.allowedAt[this.server]) {
			this.server++;
		}
		if (this.server == this.hosts.length) {
			end(now);
			return;
		}
		this.phase = OPENING;
		this.suspicion = CloudError.NONE;
		this.deadline = now + this.patience;
		this.transport.open(this.hosts[this.server], 0, this.hosts[this.server].length, this.ports[this.server]);
	}

	private void open(long now) {
		int state = this.transport.poll();
		if (state < 0) {
			failed(-state, now);
		} else if (state == DatagramTransport.OPEN && send(now)) {
			this.phase = ASKED;
			this.askedAt = now;
			this.deadline = now + this.patience;
			this.allowedAt[this.server] = now + MIN_INTERVAL;
		} else if (this.phase == OPENING && now >= this.deadline) {
			failed(CloudError.SNTP_TIMEOUT, now);
		}
	}

	private boolean send(long now) {
		if (!this.random.generate(this.question, SntpPacket.TRANSMIT, SntpPacket.TIME)) {
			failed(CloudError.NO_RANDOM, now);
			return false;
		}
		SntpPacket.question(this.question);
		return this.transport.send(this.question, 0, SntpPacket.LENGTH);
	}

	private void listen(long now) {
		int length = this.transport.receive(this.answer, 0, this.answer.length);
		// Time is looked at even if something came: forgeries can come without an end.
		if (length > 0 && heard(length, now)) {
			return;
		}
		int state = this.transport.poll();
		if (state < 0) {
			failed(-state, now);
		} else if (now >= this.deadline) {
			failed(this.suspicion == CloudError.NONE ? CloudError.SNTP_TIMEOUT : this.suspicion, now);
		}
	}

	/** Looks at what came; false: it is not the server's perhaps, and the right answer may still come. */
	private boolean heard(int length, long now) {
		int code = SntpPacket.check(this.answer, length, this.question);
		switch (code) {
		case CloudError.SNTP_MALFORMED:
		case CloudError.SNTP_ORIGIN:
			this.suspicion = code;
			return false;
		case CloudError.SNTP_DENIED:
			this.allowedAt[this.server] = NEVER;
			break;
		case CloudError.SNTP_RATE:
			this.complaints[this.server] = Math.min(this.complaints[this.server] + 1, MAX_RATE);
			this.allowedAt[this.server] = now + ((long) RATE_INTERVAL << this.complaints[this.server]);
			break;
		default:
			break;
		}
		if (code == CloudError.NONE) {
			code = judge(now);
		}
		if (code != CloudError.NONE) {
			failed(code, now);
			return true;
		}
		leave();
		if (this.answers < this.opinions) {
			next(this.server + 1, now);
		} else {
			end(now);
		}
		return true;
	}

	/** Looks at the times of an answer, and notes what it says. */
	private int judge(long now) {
		long way = now - this.askedAt - SntpPacket.held(this.answer);
		if (way < -TOLERANCE || way > this.patience) {
			return CloudError.SNTP_DELAY;
		}
		boolean trusted = this.target.trusted();
		long time = SntpPacket.sentAt(this.answer, this.target.seconds()) + Math.max(0, way) / 2;
		long floor = this.target.floor();
		if (time < floor * 1000) {
			return CloudError.TIME_BEFORE_FLOOR;
		}
		if (time > (floor + (long) this.horizon * SECONDS_A_YEAR) * 1000) {
			return CloudError.TIME_IMPLAUSIBLE;
		}
		if (trusted && Math.abs(time - this.target.millis()) > this.maxStep * 1000L) {
			return CloudError.TIME_STEP;
		}
		this.roundTrip = Math.max(0, way);
		this.lastServer = this.server;
		insert(time - now);
		return CloudError.NONE;
	}

	private void insert(long base) {
		int at = this.answers++;
		while (at > 0 && this.said[at - 1] > base) {
			this.said[at] = this.said[at - 1];
			at--;
		}
		this.said[at] = base;
	}

	private void leave() {
		this.transport.close();
	}

	private void failed(int code, long now) {
		leave();
		this.failure = code;
		next(this.server + 1, now);
	}

	/** Ends a round: sets the clock, if the servers have said enough. */
	private void end(long now) {
		this.phase = REST;
		if (this.answers == 0 && this.failure == CloudError.NONE) {
			// Nobody may be asked yet.
			this.due = earliest();
			return;
		}
		int code = this.answers == 0 ? this.failure : set(now);
		this.error = code;
		if (code == CloudError.NONE) {
			this.failures = 0;
			this.updates++;
			this.due = now + this.interval;
		} else {
			long wait = (long) MIN_INTERVAL << Math.min(this.failures, 20);
			this.failures++;
			this.due = now + Math.min(wait, this.interval);
		}
	}

	private long earliest() {
		long earliest = NEVER;
		for (int i = 0; i < this.allowedAt.length; i++) {
			earliest = Math.min(earliest, this.allowedAt[i]);
		}
		return earliest;
	}

	private int set(long now) {
		int n = this.answers;
		if (this.opinions == 1) {
			return this.target.set(this.said[0] + now);
		}
		// The median of three; of two the first. Whoever is nearest to it has to agree.
		int middle = n == 3 ? 1 : 0;
		boolean agreed = false;
		for (int i = 0; i < n; i++) {
			agreed |= i != middle && Math.abs(this.said[i] - this.said[middle]) <= this.agreement;
		}
		return agreed ? this.target.set(this.said[middle] + now) : CloudError.TIME_DISAGREE;
	}

	/**
	 * Gets why the last round did not set the clock.
	 *
	 * @return a code of {@link CloudError}'s table, of the server that was asked last; 0: it did.
	 */
	public int error() {
		return this.error;
	}

	/**
	 * Gets how often the clock was set.
	 *
	 * @return a count.
	 */
	public int updates() {
		return this.updates;
	}

	/**
	 * Gets which server was the last to answer well.
	 *
	 * @return its index; -1 for none.
	 */
	public int server() {
		return this.lastServer;
	}

	/**
	 * Gets the time of the way to that server and back; half of it is how far the clock may be off.
	 *
	 * @return milliseconds.
	 */
	public int roundTrip() {
		return (int) this.roundTrip;
	}
}
