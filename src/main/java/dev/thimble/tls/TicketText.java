/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * What a ticket of TLS 1.3 says to the server that made it, numbers big-endian; {@link TicketKeys} seals it.
 *
 * <pre>
 *   0   1  version: 1
 *   1   1  flags: 1 the client proved who it is by a certificate
 *   2   2  cipher suite
 *   4   1  application protocol: its index, 255 for none
 *   5   8  when it was made, seconds since 1970-01-01T00:00:00Z; -1 if that was not known
 *  13   4  lifetime in seconds
 *  17   4  ticket_age_add
 *  21  32  resumption PSK; 48 bytes with SHA-384
 * </pre>
 */
/* package */ final class TicketText {

	/* package */ static final int VERSION = 1;
	/* package */ static final int CLIENT_VERIFIED = 1;
	/* package */ static final long UNKNOWN_TIME = -1;

	/* package */ static final int FLAGS = 1;
	/* package */ static final int SUITE = 2;
	/* package */ static final int PROTOCOL = 4;
	/* package */ static final int MADE = 5;
	/* package */ static final int LIFETIME = 13;
	/* package */ static final int AGE_ADD = 17;
	/* package */ static final int SECRET = 21;

	private TicketText() {
	}

	/** Gets the length of a sealed ticket whose secret has a length. */
	/* package */ static int sealedLength(int secretLength) {
		return SECRET + secretLength + TicketKeys.OVERHEAD;
	}

	/* package */ static void put(byte[] out, int offset, int value) {
		out[offset] = (byte) (value >> 24);
		out[offset + 1] = (byte) (value >> 16);
		out[offset + 2] = (byte) (value >> 8);
		out[offset + 3] = (byte) value;
	}

	/* package */ static int get(byte[] in, int offset) {
		return in[offset] << 24 | (in[offset + 1] & 0xff) << 16 | (in[offset + 2] & 0xff) << 8 | in[offset + 3] & 0xff;
	}
}
