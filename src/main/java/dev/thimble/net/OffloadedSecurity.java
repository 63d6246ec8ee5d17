/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** What a socket asks of an {@link OffloadTransport}: its options, to be read only. */
public final class OffloadedSecurity {

	private final SecuritySettings settings;
	private Credentials credentials;
	private byte[] name;
	private int nameLength;

	/* package */ OffloadedSecurity(SecuritySettings settings) {
		this.settings = settings;
	}

	/* package */ void set(Credentials from, byte[] host, int length) {
		this.credentials = from;
		this.name = host;
		this.nameLength = length;
	}

	/**
	 * Gets the mode of verification.
	 *
	 * @return a constant of {@link PeerVerification}.
	 */
	public int verification() {
		return this.settings.verification;
	}

	/**
	 * Gets the array of the name the peer's certificate has to be for, ASCII from index 0.
	 *
	 * @return the socket's array.
	 */
	public byte[] name() {
		return this.name;
	}

	/**
	 * Gets the length of {@link #name()}.
	 *
	 * @return a number of bytes.
	 */
	public int nameLength() {
		return this.nameLength;
	}

	/**
	 * Finds a reference to something the far end has itself, by the socket's security tags.
	 *
	 * @param type
	 *            a constant of {@link Credentials}.
	 * @return the number given to {@link Credentials#addReference}; -1 if no tag of the socket has one.
	 */
	public int reference(int type) {
		int[] tags = this.settings.tags;
		for (int i = 0; i < tags.length; i++) {
			int reference = this.credentials.reference(tags[i], type);
			if (reference >= 0) {
				return reference;
			}
		}
		return -1;
	}

	/**
	 * Tells whether a tag of the socket has a credential of a type whose bytes are here, so that the far end does not have it.
	 *
	 * @param type
	 *            a constant of {@link Credentials}.
	 * @return true if so.
	 */
	public boolean hasBytes(int type) {
		int[] tags = this.settings.tags;
		for (int i = 0; i < tags.length; i++) {
			if (this.credentials.get(tags[i], type) != null) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Gets the application protocols to be offered.
	 *
	 * @return the socket's array, perhaps empty.
	 */
	public String[] applicationProtocols() {
		return this.settings.applicationProtocols;
	}

	/**
	 * Tells whether the socket asks for something only an engine of our own can do: certain cipher suites, pins, a callback, a record size.
	 *
	 * @return true if so.
	 */
	public boolean wantsMore() {
		return this.settings.cipherSuites != null || this.settings.pins != null || this.settings.callback != null || this.settings.recordInLimit != 0
				|| this.settings.recordOutLimit != 0 || this.settings.server;
	}
}
