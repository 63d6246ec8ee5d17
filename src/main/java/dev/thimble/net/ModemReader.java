/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * Reads what a modem says, byte by byte: lines, the prompt for data, and data themselves behind {@code +IPD,LINK,LENGTH:} or
 * {@code +CIPRECVDATA:LENGTH,}. Lines that are longer than any it knows are cut off.
 */
/* package */ final class ModemReader {

	private static final int MAX_LINE = 64;
	private static final int CHUNK = 64;
	/** Most chunks a call reads, so that its time is bounded. */
	private static final int CHUNKS = 16;

	private final SerialLine serial;
	private final Modem modem;
	private final byte[] line = new byte[MAX_LINE];
	private final byte[] chunk = new byte[CHUNK];
	private int length;
	private int chunkLength;
	private int chunkAt;
	/** Bytes of data still to come, and for what link. */
	private int data;
	private int link;
	private boolean heard;

	/* package */ ModemReader(SerialLine serial, Modem modem) {
		this.serial = serial;
		this.modem = modem;
	}

	/** Forgets a line or data that were not complete. */
	/* package */ void reset() {
		this.length = 0;
		this.data = 0;
	}

	/** Tells whether data go on, of which the last call of {@link #read} has seen nothing. */
	/* package */ boolean stalled() {
		return this.data > 0 && !this.heard;
	}

	/** Reads what there is; false if bytes were lost. */
	/* package */ boolean read() {
		this.heard = false;
		for (int i = 0; i < CHUNKS; i++) {
			if (this.chunkAt == this.chunkLength) {
				int count = this.serial.read(this.chunk, 0, CHUNK);
				if (count < 0) {
					return false;
				}
				this.chunkAt = 0;
				this.chunkLength = count;
				if (count == 0) {
					return true;
				}
				this.heard = true;
			}
			parse();
		}
		return true;
	}

	private void parse() {
		while (this.chunkAt < this.chunkLength) {
			if (this.data > 0) {
				int count = Math.min(this.data, this.chunkLength - this.chunkAt);
				this.modem.data(this.link, this.chunk, this.chunkAt, count);
				this.chunkAt += count;
				this.data -= count;
			} else {
				character(this.chunk[this.chunkAt++]);
			}
		}
	}

	private void character(byte c) {
		if (c == '\n') {
			if (this.length > 0) {
				this.modem.line(this);
			}
			this.length = 0;
		} else if (c == '>' && this.length == 0 && this.modem.wantsPrompt()) {
			this.modem.prompt();
		} else if (c != '\r') {
			if (this.length < MAX_LINE) {
				this.line[this.length++] = c;
			}
			if (c == ':' || c == ',') {
				header(c);
			}
		}
	}

	/** Data begin behind the header's last character. */
	private void header(byte c) {
		if (c == ':' && starts("+IPD,")) {
			int comma = indexOf(',', 5);
			if (comma > 0) {
				begin(number(5), number(comma + 1));
			}
		} else if (starts("+CIPRECVDATA") && (c == ',' && this.line[12] == ':' || c == ':' && this.line[12] == ',' && this.length > 13)) {
			begin(this.modem.fetching(), number(13));
		}
	}

	private void begin(int from, int count) {
		this.link = from;
		this.data = Math.max(0, count);
		this.length = 0;
		this.modem.dataBegin(from, this.data);
	}

	/** Tells whether the line is a text. */
	/* package */ boolean is(String text) {
		return this.length == text.length() && starts(text);
	}

	/** Tells whether the line begins with a text. */
	/* package */ boolean starts(String text) {
		return ends(text, 0) && this.length >= text.length();
	}

	/** Tells whether a text stands at an index of the line. */
	private boolean ends(String text, int at) {
		if (at + text.length() > this.length) {
			return false;
		}
		for (int i = 0; i < text.length(); i++) {
			if (this.line[at + i] != text.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Gets the link of a line such as {@code 0,CLOSED}, -1 if it is another line. */
	/* package */ int linkOf(String event) {
		boolean fits = this.length == 2 + event.length() && this.line[1] == ',' && ends(event, 2);
		int digit = fits ? this.line[0] - '0' : -1;
		return digit >= 0 && digit < Modem.LINKS ? digit : -1;
	}

	/** Gets the link of {@code +IPD,LINK,LENGTH}, -1 if it is another line. */
	/* package */ int noticeOf() {
		return starts("+IPD,") ? number(5) : -1;
	}

	private int indexOf(int c, int from) {
		for (int i = from; i < this.length; i++) {
			if (this.line[i] == c) {
				return i;
			}
		}
		return -1;
	}

	/** Reads a decimal number of at most 6 digits; -1 if there is none. */
	private int number(int from) {
		int number = 0;
		int i = from;
		while (i < this.length && i < from + 6 && this.line[i] >= '0' && this.line[i] <= '9') {
			number = 10 * number + this.line[i++] - '0';
		}
		return i == from ? -1 : number;
	}
}
