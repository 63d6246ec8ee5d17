/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/**
 * Datagrams through a {@link Modem} ({@code AT+CIPSTART="UDP"}). Where one ends and the next begins is not told by every modem: what has come since
 * the last {@link #receive} counts as one.
 */
public final class ModemDatagrams implements DatagramTransport {

	private final ModemTransport transport;

	/**
	 * Creates a transport.
	 *
	 * @param modem
	 *            the modem, of all its transports.
	 * @param length
	 *            the longest datagram, 16 to 2048 bytes.
	 */
	public ModemDatagrams(Modem modem, int length) {
		this.transport = new ModemTransport(modem, length, length);
		this.transport.datagrams = true;
	}

	@Override
	public void open(byte[] host, int offset, int length, int port) {
		this.transport.open(host, offset, length, port);
	}

	@Override
	public int poll() {
		int state = this.transport.poll();
		return state == Transport.ENDED ? -NetError.LINK_LOST : state;
	}

	@Override
	public boolean send(byte[] data, int offset, int length) {
		return length <= this.transport.out.length && this.transport.write(data, offset, length) == length;
	}

	@Override
	public int receive(byte[] data, int offset, int length) {
		// A line is slower than this: half of a datagram is none.
		return this.transport.coming > 0 ? 0 : this.transport.read(data, offset, length);
	}

	@Override
	public void close() {
		this.transport.close();
	}
}
