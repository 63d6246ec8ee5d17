/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.tls.TlsError;

/** What can go wrong outside of TLS, as negative numbers beside those of {@link TlsError}. */
final class Failure {

	static final int NONE = 0;
	static final int USAGE = -1;
	static final int LINE_TOO_LONG = -2;
	static final int ANCHORS = -3;
	static final int ANCHORS_TOO_LONG = -4;
	static final int NO_ANCHORS = -5;
	static final int NO_LINK = -6;
	static final int NO_NETWORK = -7;
	static final int NAME_UNKNOWN = -8;
	static final int REFUSED = -9;
	static final int LINK_LOST = -10;
	static final int TIMEOUT = -11;
	static final int NOT_CONNECTED = -12;
	static final int CONNECTED_ALREADY = -13;
	static final int SIZES = -14;
	static final int NO_MEMORY = -15;
	static final int NOT_BUILT_IN = -16;
	static final int IDENTITY = -17;
	static final int IDENTITY_TOO_LONG = -18;
	static final int PSK = -19;
	static final int NO_PSK = -20;

	private Failure() {
	}

	static String name(int code) {
		switch (code) {
		case USAGE:
			return "E_USAGE";
		case LINE_TOO_LONG:
			return "E_LINE_TOO_LONG";
		case ANCHORS:
			return "E_ANCHORS";
		case ANCHORS_TOO_LONG:
			return "E_ANCHORS_TOO_LONG";
		case NO_ANCHORS:
			return "E_NO_ANCHORS";
		case NO_LINK:
			return "E_NO_LINK";
		case NO_NETWORK:
			return "E_NO_NETWORK";
		case NAME_UNKNOWN:
			return "E_NAME_UNKNOWN";
		case REFUSED:
			return "E_REFUSED";
		case LINK_LOST:
			return "E_LINK_LOST";
		case TIMEOUT:
			return "E_TIMEOUT";
		case NOT_CONNECTED:
			return "E_NOT_CONNECTED";
		case CONNECTED_ALREADY:
			return "E_CONNECTED_ALREADY";
		case SIZES:
			return "E_SIZES";
		case NO_MEMORY:
			return "E_NO_MEMORY";
		case NOT_BUILT_IN:
			return "E_NOT_BUILT_IN";
		case IDENTITY:
			return "E_IDENTITY";
		case IDENTITY_TOO_LONG:
			return "E_IDENTITY_TOO_LONG";
		case PSK:
			return "E_PSK";
		case NO_PSK:
			return "E_NO_PSK";
		default:
			return TlsError.name(code);
		}
	}

	static String text(int code) {
		switch (code) {
		case USAGE:
			return "There is no such command, or it is not used like that. Say 'help'.";
		case LINE_TOO_LONG:
			return "The line is longer than 1023 characters. Send it in pieces.";
		case ANCHORS:
			return "The trust anchors are damaged. Make the table with 'thimble anchors' and send it as BASE64, the first piece with 'anchors', "
					+ "the others with 'anchors+'.";
		case ANCHORS_TOO_LONG:
			return "There is no room for so many trust anchors. Send fewer, or build a firmware with more room.";
		case NO_ANCHORS:
			return "There are no trust anchors, so nobody can be trusted. Send them with 'anchors'.";
		case NO_LINK:
			return "The board has no such way to the network.";
		case NO_NETWORK:
			return "There is no network. Check the cable and that the network gives out addresses (DHCP).";
		case NAME_UNKNOWN:
			return "The server's name cannot be resolved. Check the name.";
		case REFUSED:
			return "The server does not accept the connection. Check the port.";
		case LINK_LOST:
			return "The line to the network is broken or has lost bytes.";
		case TIMEOUT:
			return "The peer has not answered in time. Check the line and the server.";
		case NOT_CONNECTED:
			return "There is no connection. Say 'connect'.";
		case CONNECTED_ALREADY:
			return "There is a connection. Say 'close' first.";
		case SIZES:
			return "A record holds 512 to 16384 bytes.";
		case NO_MEMORY:
			return "There is no memory for records of that size. Ask for smaller ones, or build a firmware with a larger heap.";
		case NOT_BUILT_IN:
			return "This firmware was built without that. Build it with another profile: 'thimble firmware --profile PROFILE'.";
		case IDENTITY:
			return "The device's certificate and private key are damaged, of a kind that cannot be used, or do not belong together. Send DER as BASE64, "
					+ "the first piece with 'certificate' or 'key', the others with 'certificate+' or 'key+'.";
		case IDENTITY_TOO_LONG:
			return "There is no room for so many certificates, or for such a key. Leave the root out.";
		case PSK:
			return "A pre-shared key is an identity of 1 to 256 characters and a key of 1 to 64 bytes in hexadecimal.";
		case NO_PSK:
			return "There is no pre-shared key, and this firmware knows nothing else. Send it with 'psk'.";
		default:
			return TlsError.text(code);
		}
	}
}
