/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

import dev.thimble.net.NetError;
import dev.thimble.net.Transport;

/** A byte stream whose far end is a test: what the client wrote can be asked for, what it reads is put there. */
public final class ScriptedTransport implements Transport {

	private final ByteArrayOutputStream written = new ByteArrayOutputStream();
	private byte[] coming = new byte[0];
	private int read;
	private boolean open;

	/** How often it was opened. */
	public int opened;
	/** Most bytes a write takes, and a read gives. */
	public int window = Integer.MAX_VALUE;
	/** What opening leads to, and what happens to an open connection: 0 or a code. */
	public int failure;
	/** The far end will send no more. */
	public boolean ended;

	/** Puts bytes there for the client to read. */
	public void send(byte[] bytes) {
		byte[] all = new byte[this.coming.length - this.read + bytes.length];
		System.arraycopy(this.coming, this.read, all, 0, all.length - bytes.length);
		System.arraycopy(bytes, 0, all, all.length - bytes.length, bytes.length);
		this.coming = all;
		this.read = 0;
	}

	/** Gets how many bytes the client has not read. */
	public int unread() {
		return this.coming.length - this.read;
	}

	/** Takes what the client has written. */
	public byte[] take() {
		byte[] bytes = this.written.toByteArray();
		this.written.reset();
		return bytes;
	}

	/** Takes what the client has written, in hexadecimal. */
	public String takeHex() {
		return HexFormat.of().formatHex(take());
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		this.open = true;
		this.opened++;
		this.coming = new byte[0];
		this.read = 0;
		this.ended = false;
		this.written.reset();
	}

	@Override
	public int poll() {
		if (!this.open) {
			return -NetError.NOT_CONNECTED;
		}
		return this.failure != 0 ? -this.failure : this.ended && unread() == 0 ? ENDED : OPEN;
	}

	@Override
	public int write(byte[] data, int offset, int length) {
		int n = Math.min(length, this.window);
		this.written.write(data, offset, n);
		return n;
	}

	@Override
	public int read(byte[] data, int offset, int length) {
		int n = Math.min(Math.min(length, this.window), unread());
		System.arraycopy(this.coming, this.read, data, offset, n);
		this.read += n;
		return n;
	}

	@Override
	public void rest(int millis) {
		// nothing changes by itself
	}

	@Override
	public void close() {
		this.open = false;
	}
}
