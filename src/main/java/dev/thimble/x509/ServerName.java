/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/**
 * The name the peer must have, and its comparison with subjectAltName entries that stream by (RFC 6125 §6.4, RFC 5280 §4.2.1.6).
 *
 * <p>A wildcard is the whole leftmost label and stands for exactly one label.
 *
 * <p>The name lies in memory of its owner's, who needs that for other things as soon as the leaf has been read.
 */
/* package */ final class ServerName {

	/* package */ static final int MAX_LENGTH = 255;

	/** dNSName of GeneralName. */
	private static final int DNS_NAME = 2;
	/** iPAddress of GeneralName. */
	private static final int IP_ADDRESS = 7;

	private static final int IPV6_LENGTH = 16;

	/** From {@link #start} on: the name in lower case without a trailing dot, or the address's bytes. */
	private final byte[] name;
	private final int start;
	private short length;
	private boolean address;
	/** How far the entry that streams by equals the name; -1: it does not. */
	private int position;
	/** Bytes of the entry so far. */
	private int count;

	/** Puts the name into {@link #MAX_LENGTH} bytes of an array. */
	/* package */ ServerName(byte[] memory, int offset) {
		this.name = memory;
		this.start = offset;
	}

	/* package */ void set(byte[] in, int offset, int len) {
		for (int i = 0; i < len; i++) {
			this.name[this.start + i] = (byte) lower(in[offset + i]);
		}
		parse(len);
	}

	/* package */ void set(CharSequence text) {
		int len = text.length();
		for (int i = 0; i < len; i++) {
			this.name[this.start + i] = (byte) lower(text.charAt(i));
		}
		parse(len);
	}

	private void parse(int len) {
		int n = len;
		this.address = false;
		// an absolute name (RFC 1034 §3.1) is the same name
		if (n > 1 && this.name[this.start + n - 1] == '.') {
			n--;
		}
		this.length = (short) n;
		long bits = ipv4(0, n);
		if (bits >= 0) {
			putIpv4(0, bits);
			this.address = true;
			this.length = 4;
		} else {
			parseIpv6();
		}
	}

	/* package */ boolean isEmpty() {
		return this.length == 0;
	}

	/** Begins an entry of a kind of GeneralName. */
	/* package */ void start(int kind, int entryLength) {
		boolean comparable = this.address ? kind == IP_ADDRESS && entryLength == this.length : kind == DNS_NAME;
		this.position = comparable && this.length != 0 ? 0 : -1;
		this.count = 0;
	}

	/** Compares some bytes of the entry. */
	/* package */ void update(byte[] in, int offset, int len) {
		int p = this.position;
		int end = offset + len;
		for (int i = offset; i < end && p >= 0; i++) {
			int b = in[i];
			if (this.address) {
				p = this.name[this.start + p] == b ? p + 1 : -1;
			} else if (b == '*' && this.count == 0) {
				// the leftmost label, whatever it is, but not an empty one
				p = dot();
				p = p == 0 ? -1 : p;
			} else {
				p = p < this.length && this.name[this.start + p] == lower(b) ? p + 1 : -1;
			}
			this.count++;
		}
		this.position = p;
	}

	/** Ends the entry and tells whether it names the peer. */
	/* package */ boolean matches() {
		return this.position == this.length;
	}

	/** Index of the name's first dot; -1 if it has none: a wildcard does not stand for a whole name. */
	private int dot() {
		for (int i = 0; i < this.length; i++) {
			if (this.name[this.start + i] == '.') {
				return i;
			}
		}
		return -1;
	}

	/* package */ static int lower(int b) {
		return b >= 'A' && b <= 'Z' ? b + 32 : b;
	}

	/**
	 * Reads a dotted quad (RFC 3986 §3.2.2: no leading zeros).
	 *
	 * @return the 4 bytes as a number, or -1.
	 */
	private long ipv4(int from, int to) {
		int value = -1;
		int parts = 0;
		long result = 0;
		for (int i = from; i <= to; i++) {
			int b = i == to ? '.' : this.name[this.start + i];
			if (b == '.') {
				if (value < 0 || parts == 4) {
					return -1;
				}
				result = result << 8 | value;
				parts++;
				value = -1;
			} else if (b >= '0' && b <= '9' && value != 0) {
				value = (value < 0 ? 0 : value * 10) + b - '0';
				if (value > 255) {
					return -1;
				}
			} else {
				return -1;
			}
		}
		return parts == 4 ? result : -1;
	}

	private void putIpv4(int offset, long bits) {
		for (int i = 0; i < 4; i++) {
			this.name[this.start + offset + i] = (byte) (bits >> 24 - 8 * i);
		}
	}

	/**
	 * Turns an IPv6 address (RFC 4291 §2.2, with or without brackets) into 16 bytes. The bytes are written behind the text and moved to its
	 * front at the end, so that a name that turns out to be none is still there.
	 */
	private void parseIpv6() {
		int p = 0;
		int end = this.length;
		if (end > 1 && this.name[this.start] == '[' && this.name[this.start + end - 1] == ']') {
			p++;
			end--;
		}
		// the longest has 45 characters
		if (end - p < 2 || end - p > 45) {
			return;
		}
		int out = MAX_LENGTH - IPV6_LENGTH;
		int n = 0;
		int gap = -1;
		if (this.name[this.start + p] == ':') {
			if (this.name[this.start + p + 1] != ':') {
				return;
			}
			p++;
		}
		while (p < end) {
			if (this.name[this.start + p] == ':') {
				// "::", once
				if (gap >= 0) {
					return;
				}
				gap = n;
				p++;
				continue;
			}
			if (n == IPV6_LENGTH) {
				return;
			}
			int start = p;
			int group = 0;
			int digit;
			while (p < end && (digit = digit(this.name[this.start + p])) >= 0) {
				group = group << 4 | digit;
				p++;
			}
			if (p < end && this.name[this.start + p] == '.') {
				long bits = ipv4(start, end);
				if (n > IPV6_LENGTH - 4 || bits < 0) {
					return;
				}
				putIpv4(out + n, bits);
				n += 4;
				p = end;
				break;
			}
			if (p == start || p - start > 4) {
				return;
			}
			this.name[this.start + out + n] = (byte) (group >> 8);
			this.name[this.start + out + n + 1] = (byte) group;
			n += 2;
			if (p < end) {
				if (this.name[this.start + p] != ':' || p + 1 == end) {
					return;
				}
				p++;
			}
		}
		if (gap < 0 ? n != IPV6_LENGTH : n == IPV6_LENGTH) {
			return;
		}
		int zeros = IPV6_LENGTH - n;
		for (int i = 0; i < IPV6_LENGTH; i++) {
			boolean zero = gap >= 0 && i >= gap && i < gap + zeros;
			int from = this.start + out + (gap >= 0 && i >= gap ? i - zeros : i);
			this.name[this.start + i] = zero ? 0 : this.name[from];
		}
		this.address = true;
		this.length = IPV6_LENGTH;
	}

	private static int digit(int b) {
		if (b >= '0' && b <= '9') {
			return b - '0';
		}
		return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
	}
}
