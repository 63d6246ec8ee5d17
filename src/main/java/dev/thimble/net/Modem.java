/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * A modem with the ESP-AT command set on a serial line: TCP over up to {@value #LINKS} links, and TLS if it has that. Its transports
 * ({@link ModemTransport}) share it; one command is in progress at a time, and {@link #poll()}, which each transport calls, drives it.
 *
 * <p>Data are fetched ({@code AT+CIPRECVMODE=1}) where the modem can do that, so that a small device is never overrun; else they are taken as they
 * come. The modem has to be in its network already, or join by itself.
 */
public final class Modem {

	/** Links of a modem. */
	/* package */ static final int LINKS = 5;

	private static final int IDLE = 0;
	private static final int ATTENTION = 1;
	private static final int NO_ECHO = 2;
	private static final int MULTIPLEX = 3;
	private static final int PASSIVE = 4;
	/** A step of opening a link. */
	private static final int OPENING = 5;
	private static final int SEND = 6;
	private static final int SEND_PROMPT = 7;
	private static final int SEND_DATA = 8;
	private static final int FETCH = 9;
	private static final int CLOSE = 10;
	private static final int CLOSE_ALL = 11;

	private static final int ANSWER_MILLIS = 10000;
	/** A TLS handshake of the modem's own takes its time. */
	private static final int START_MILLIS = 60000;
	private static final int ATTENTION_MILLIS = 500;
	private static final int ATTENTIONS = 20;
	private static final int BUSY_MILLIS = 20;
	/** Data come in one go: a modem that stops in their middle was reset, and said so where we took it for data. */
	private static final int DATA_MILLIS = 2000;

	private final SerialLine serial;
	private final Clock clock;
	private final ModemReader reader;
	private final ModemCommand command = new ModemCommand();
	private final ModemTransport[] links = new ModemTransport[LINKS];
	/** Links that are to be closed before they are used again. */
	private final boolean[] closing = new boolean[LINKS];
	private final byte[] fill = new byte[16];
	private boolean ready;
	private boolean passive;
	private int doing = IDLE;
	private int attentions;
	private int link;
	private int next;
	private int asked;
	private int reason;
	private long deadline;
	private long retryAt;
	private long heardAt;

	/**
	 * Creates a modem. It is greeted when the first transport opens.
	 *
	 * @param serial
	 *            the line it is at.
	 * @param clock
	 *            measures its patience.
	 */
	public Modem(SerialLine serial, Clock clock) {
		this.serial = serial;
		this.clock = clock;
		this.reader = new ModemReader(serial, this);
	}

	/** Gives a transport a link, -1 if there is none. */
	/* package */ int take(ModemTransport transport) {
		// What the modem has said while nobody was connected is not the new one's: a reset, for instance.
		poll();
		for (int i = 0; i < LINKS; i++) {
			if (this.links[i] == null && !this.closing[i]) {
				this.links[i] = transport;
				return i;
			}
		}
		return -1;
	}

	/** Takes a link back. Nobody gets it before the modem has closed it, for what is under way belongs to the last. */
	/* package */ void give(int number) {
		this.links[number] = null;
		this.closing[number] = this.ready;
		poll();
	}

	/* package */ void rest(int millis) {
		this.serial.rest(millis);
	}

	/** Drives the modem; does not wait. */
	public void poll() {
		if (!this.reader.read()) {
			failAll(NetError.LINE_LOST);
			restart();
		}
		long now = this.clock.millis();
		if (!this.reader.stalled()) {
			this.heardAt = now;
		} else if (now - this.heardAt >= DATA_MILLIS) {
			failAll(NetError.LINE_LOST);
			restart();
		}
		if (this.doing != IDLE) {
			goOn(now);
		}
		if (this.doing == IDLE && now >= this.retryAt) {
			if (this.ready) {
				nextJob();
			} else if (inUse()) {
				greet();
			}
		}
	}

	private boolean inUse() {
		for (int i = 0; i < LINKS; i++) {
			if (this.links[i] != null && !this.links[i].failed()) {
				return true;
			}
		}
		return false;
	}

	/** Writes what is left of a command or its data; looks whether the modem is in time. */
	private void goOn(long now) {
		if (this.retryAt > now) {
			return;
		}
		boolean good;
		if (this.doing == SEND_DATA) {
			good = writeData();
		} else {
			good = this.command.write(this.serial);
		}
		if (!good) {
			failAll(NetError.LINE_LOST);
			restart();
		} else if (now >= this.deadline) {
			late();
		}
	}

	private boolean writeData() {
		ModemTransport t = this.links[this.link];
		if (t == null) {
			// Its socket is closed already, but the modem still waits for what was promised.
			return writeFill();
		}
		int left = t.outLength - t.outWritten;
		int count = left == 0 ? 0 : this.serial.write(t.out, t.outWritten, left);
		t.outWritten += Math.max(0, count);
		this.asked -= Math.max(0, count);
		return count >= 0;
	}

	private boolean writeFill() {
		int count = this.asked == 0 ? 0 : this.serial.write(this.fill, 0, Math.min(this.asked, this.fill.length));
		this.asked -= Math.max(0, count);
		return count >= 0;
	}

	private void late() {
		if (!this.ready && ++this.attentions < ATTENTIONS) {
			greet();
			return;
		}
		failAll(NetError.MODEM_SILENT);
		restart();
	}

	/** Everything the modem knew of us is gone, or in doubt. */
	private void restart() {
		this.ready = false;
		this.doing = IDLE;
		this.attentions = 0;
		this.reader.reset();
		for (int i = 0; i < LINKS; i++) {
			this.closing[i] = false;
		}
	}

	private void failAll(int code) {
		for (int i = 0; i < LINKS; i++) {
			if (this.links[i] != null) {
				this.links[i].fail(code);
			}
		}
	}

	private void greet() {
		this.command.begin("AT");
		send(ATTENTION, ATTENTION_MILLIS);
	}

	private void send(int kind, int millis) {
		this.command.end();
		this.doing = kind;
		this.reason = NetError.NONE;
		this.deadline = this.clock.millis() + millis;
		if (!this.command.write(this.serial)) {
			failAll(NetError.LINE_LOST);
			restart();
		}
	}

	// Jobs.

	/** Begins the next job of the links, in turn. */
	private void nextJob() {
		for (int i = 0; i < LINKS && this.doing == IDLE; i++) {
			int at = this.next;
			this.next = (at + 1) % LINKS;
			this.link = at;
			if (this.closing[at]) {
				this.command.begin("AT+CIPCLOSE=").add(at);
				send(CLOSE, ANSWER_MILLIS);
			} else if (this.links[at] != null && !this.links[at].failed()) {
				job(this.links[at]);
			}
		}
	}

	private void job(ModemTransport t) {
		if (t.phase != ModemTransport.RUNNING) {
			open(t);
		} else if (t.pending && t.room() > 0 && this.passive) {
			this.asked = Math.min(t.room(), 2048);
			this.command.begin("AT+CIPRECVDATA=").add(this.link).add(",").add(this.asked);
			send(FETCH, ANSWER_MILLIS);
		} else if (t.outLength > 0 && t.outWritten == 0) {
			this.asked = t.outLength;
			this.command.begin("AT+CIPSEND=").add(this.link).add(",").add(this.asked);
			send(SEND, ANSWER_MILLIS);
		}
	}

	private void open(ModemTransport t) {
		switch (t.phase) {
		case ModemTransport.CONFIGURE:
			this.command.begin("AT+CIPSSLCCONF=").add(this.link).add(",").add(t.authentication).add(",").add(Math.max(0, t.key)).add(",")
					.add(Math.max(0, t.authority));
			break;
		case ModemTransport.SERVER_NAME:
			this.command.begin("AT+CIPSSLCSNI=").add(this.link).add(",\"").add(t.name, t.nameLength).add("\"");
			break;
		case ModemTransport.COMMON_NAME:
			this.command.begin("AT+CIPSSLCCN=").add(this.link).add(",\"").add(t.name, t.nameLength).add("\"");
			break;
		case ModemTransport.PROTOCOLS:
			this.command.begin("AT+CIPSSLCALPN=").add(this.link).add(",").add(t.protocols.length);
			for (int i = 0; i < t.protocols.length; i++) {
				this.command.add(",\"").add(t.protocols[i]).add("\"");
			}
			break;
		default:
			this.command.begin("AT+CIPSTART=").add(this.link)
					.add(t.secure ? ",\"SSL\",\"" : t.datagrams ? ",\"UDP\",\"" : ",\"TCP\",\"").add(t.host, t.hostLength).add("\",")
					.add(t.port);
			break;
		}
		if (this.command.tooLong()) {
			t.fail(NetError.OFFLOAD_CANNOT);
		} else {
			send(OPENING, t.phase == ModemTransport.START ? START_MILLIS : ANSWER_MILLIS);
		}
	}

	/** The step of a link that comes behind one that was done. */
	private static int after(ModemTransport t) {
		switch (t.phase) {
		case ModemTransport.CONFIGURE:
			return ModemTransport.SERVER_NAME;
		case ModemTransport.SERVER_NAME:
			// Without this the modem would take any certificate of its CA.
			return t.authentication >= 2 ? ModemTransport.COMMON_NAME : t.protocols.length > 0 ? ModemTransport.PROTOCOLS : ModemTransport.START;
		case ModemTransport.COMMON_NAME:
			return t.protocols.length > 0 ? ModemTransport.PROTOCOLS : ModemTransport.START;
		case ModemTransport.PROTOCOLS:
			return ModemTransport.START;
		default:
			return ModemTransport.RUNNING;
		}
	}

	// What the reader reports.

	/* package */ boolean wantsPrompt() {
		return this.doing == SEND_PROMPT;
	}

	/* package */ void prompt() {
		this.doing = SEND_DATA;
		this.deadline = this.clock.millis() + ANSWER_MILLIS;
	}

	/** Gets the link whose data are being fetched. */
	/* package */ int fetching() {
		return this.doing == FETCH ? this.link : -1;
	}

	/** Data begin: so many. */
	/* package */ void dataBegin(int number, int count) {
		ModemTransport t = number < 0 || number >= LINKS ? null : this.links[number];
		if (t != null) {
			t.coming = count;
		}
		if (t != null && this.doing == FETCH && number == this.link) {
			// Less than was asked for is all there was; what comes later is announced.
			t.pending = count >= this.asked;
		}
	}

	/* package */ void data(int number, byte[] data, int offset, int length) {
		ModemTransport t = number < 0 || number >= LINKS ? null : this.links[number];
		if (t != null) {
			t.received(data, offset, length);
		}
	}

	/* package */ void line(ModemReader line) {
		int number = line.linkOf("CLOSED");
		if (number >= 0) {
			closed(number);
		} else if (line.is("OK")) {
			done();
		} else if (line.is("ERROR") || line.is("FAIL") || line.is("SEND FAIL")) {
			failed();
		} else if (line.is("SEND OK")) {
			sent();
		} else if (line.noticeOf() >= 0) {
			notice(line.noticeOf());
		} else if (line.starts("busy")) {
			if (this.doing != IDLE && this.doing != SEND_DATA) {
				this.command.again();
				this.retryAt = this.clock.millis() + BUSY_MILLIS;
			}
		} else if (line.is("ready")) {
			if (this.ready || this.doing > ATTENTION) {
				failAll(NetError.MODEM_RESET);
			}
			restart();
		} else if (line.starts("DNS")) {
			this.reason = NetError.NAME_UNKNOWN;
		} else if (line.is("no ip") || line.is("WIFI DISCONNECT")) {
			this.reason = NetError.NO_NETWORK;
		}
	}

	private void notice(int number) {
		if (number < LINKS && this.links[number] != null) {
			this.links[number].pending = true;
		}
	}

	private void closed(int number) {
		ModemTransport t = this.links[number];
		if (t != null && t.phase == ModemTransport.RUNNING) {
			t.ended = true;
			// The last data may have come without a word.
			t.pending = this.passive;
		}
	}

	/** The command was obeyed. */
	private void done() {
		int kind = this.doing;
		this.doing = IDLE;
		switch (kind) {
		case ATTENTION:
			this.command.begin("ATE0");
			send(NO_ECHO, ANSWER_MILLIS);
			break;
		case NO_ECHO:
			// What a program before a reset of ours has left open.
			this.command.begin("AT+CIPCLOSE=").add(LINKS);
			send(CLOSE_ALL, ANSWER_MILLIS);
			break;
		case CLOSE_ALL:
			multiplex();
			break;
		case MULTIPLEX:
			this.command.begin("AT+CIPRECVMODE=1");
			send(PASSIVE, ANSWER_MILLIS);
			break;
		case PASSIVE:
			this.passive = true;
			this.ready = true;
			break;
		case OPENING:
			if (this.links[this.link] != null) {
				this.links[this.link].phase = after(this.links[this.link]);
			}
			break;
		case SEND:
			this.doing = SEND_PROMPT;
			break;
		case SEND_PROMPT:
		case SEND_DATA:
			// Belongs to nothing: the answer of these is another.
			this.doing = kind;
			break;
		case CLOSE:
			this.closing[this.link] = false;
			break;
		default:
			break;
		}
	}

	private void multiplex() {
		this.command.begin("AT+CIPMUX=1");
		send(MULTIPLEX, ANSWER_MILLIS);
	}

	/** The command was refused. */
	private void failed() {
		int kind = this.doing;
		ModemTransport t = this.links[this.link];
		this.doing = IDLE;
		switch (kind) {
		case ATTENTION:
			// The rest of what was under way when it was reset, perhaps.
			late();
			break;
		case NO_ECHO:
		case MULTIPLEX:
			failAll(NetError.MODEM_ERROR);
			restart();
			break;
		case CLOSE_ALL:
			multiplex();
			break;
		case PASSIVE:
			// An older firmware: data come as they like.
			this.passive = false;
			this.ready = true;
			break;
		case OPENING:
			if (t != null) {
				refused(t);
			}
			break;
		case SEND:
		case SEND_PROMPT:
		case SEND_DATA:
			if (t != null && !t.ended) {
				t.fail(NetError.LINK_LOST);
			}
			break;
		case FETCH:
			if (t != null) {
				t.pending = false;
			}
			break;
		case CLOSE:
			this.closing[this.link] = false;
			break;
		default:
			break;
		}
	}

	private void refused(ModemTransport t) {
		if (t.phase == ModemTransport.START) {
			t.fail(this.reason != NetError.NONE ? this.reason : NetError.REFUSED);
			t.phase = ModemTransport.CONFIGURE;
		} else if (t.phase == ModemTransport.PROTOCOLS) {
			t.fail(NetError.OFFLOAD_CANNOT);
		} else {
			t.fail(t.authentication >= 2 ? NetError.OFFLOAD_CANNOT_VERIFY : NetError.OFFLOAD_CANNOT);
		}
	}

	private void sent() {
		if (this.doing != SEND_DATA) {
			return;
		}
		this.doing = IDLE;
		ModemTransport t = this.links[this.link];
		if (t != null) {
			t.outLength = 0;
			t.outWritten = 0;
		}
	}
}
