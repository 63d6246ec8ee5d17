/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** Topic names and filters (MQTT 5.0 §4.7). */
public final class MqttTopic {

	private static final String SHARE = "$share/";
	private static final int MAX_LENGTH = 65535;

	private MqttTopic() {
	}

	/**
	 * Gets the length of a topic's name in bytes.
	 *
	 * @return -1 if it is not one.
	 */
	/* package */ static int nameLength(String name) {
		int n = name.length();
		for (int i = 0; i < n; i++) {
			char c = name.charAt(i);
			if (c == '+' || c == '#' || c == 0) {
				return -1;
			}
		}
		return length(name);
	}

	private static int length(String text) {
		int length = Utf8.length(text);
		return length == 0 || length > MAX_LENGTH ? -1 : length;
	}

	/** Tells whether bytes are a topic's name: one without wildcards, or nothing if an alias stands for it. */
	/* package */ static boolean isName(byte[] a, int offset, int length) {
		for (int i = 0; i < length; i++) {
			int c = a[offset + i];
			if (c == '+' || c == '#' || c == 0) {
				return false;
			}
		}
		return Utf8.valid(a, offset, length);
	}

	/**
	 * Gets the length of a filter in bytes.
	 *
	 * @return -1 if it is not one: a wildcard is a level of its own, and # the last one.
	 */
	/* package */ static int filterLength(String filter) {
		int n = filter.length();
		int from = 0;
		if (isShared(filter)) {
			// §4.8.2: a name, which is no wildcard, and a filter behind it
			from = Utf8.indexOf(filter, '/', SHARE.length()) + 1;
			if (from <= SHARE.length() + 1 || from == n) {
				return -1;
			}
		}
		for (int i = 0; i < n; i++) {
			char c = filter.charAt(i);
			if (c != '+' && c != '#' && c != 0) {
				continue;
			}
			boolean begins = i == from || i > from && filter.charAt(i - 1) == '/';
			boolean ends = i + 1 == n || c == '+' && filter.charAt(i + 1) == '/';
			if (c == 0 || !begins || !ends) {
				return -1;
			}
		}
		return length(filter);
	}

	/** Tells whether a filter has wildcards or is shared. */
	/* package */ static boolean isPlain(String filter) {
		return Utf8.indexOf(filter, '+', 0) < 0 && Utf8.indexOf(filter, '#', 0) < 0 && !isShared(filter);
	}

	/* package */ static boolean isShared(String filter) {
		int n = SHARE.length();
		if (filter.length() < n) {
			return false;
		}
		for (int i = 0; i < n; i++) {
			if (filter.charAt(i) != SHARE.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Tells whether a topic matches a filter.
	 *
	 * @param filter
	 *            a filter of ASCII, not a shared one.
	 * @param topic
	 *            the array of the topic's name.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes.
	 * @return true if so.
	 */
	public static boolean matches(String filter, byte[] topic, int offset, int length) {
		int n = filter.length();
		int end = offset + length;
		int at = offset;
		if (length > 0 && topic[offset] == '$' && (n == 0 || filter.charAt(0) != '$')) {
			// §4.7.2: wildcards at the beginning do not reach the broker's own topics
			return false;
		}
		for (int i = 0; i < n; i++) {
			char c = filter.charAt(i);
			if (c == '#') {
				return true;
			}
			if (c == '+') {
				while (at < end && topic[at] != '/') {
					at++;
				}
			} else if (at < end && topic[at] == (byte) c) {
				at++;
			} else {
				// "a/#" matches "a" as well
				return at == end && c == '/' && i + 2 == n && filter.charAt(i + 1) == '#';
			}
		}
		return at == end;
	}
}
