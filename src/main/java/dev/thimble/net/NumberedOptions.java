/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

/** Options by number: what {@link SocketOption}'s table says, by the typed methods. */
/* package */ final class NumberedOptions {

	private NumberedOptions() {
	}

	/* package */ static int set(SecureSocket socket, int option, int value) {
		if (socket.inUse() && !changeable(option)) {
			return kind(option) == NetError.NONE ? NetError.OPTION_AFTER_CONNECT : kind(option);
		}
		try {
			return setInt(socket, option, value);
		} catch (IllegalArgumentException e) {
			return NetError.OPTION_VALUE;
		}
	}

	/** What may be changed while there is a connection. */
	private static boolean changeable(int option) {
		return option >= SocketOption.SEND_TIMEOUT && option <= SocketOption.BLOCKING || option == SocketOption.SESSION_CACHE_PURGE;
	}

	private static int setInt(SecureSocket socket, int option, int value) {
		switch (option) {
		case SocketOption.PEER_VERIFY:
			socket.verifyPeer(value);
			return NetError.NONE;
		case SocketOption.NATIVE:
			socket.offload(!bit(value));
			return NetError.NONE;
		case SocketOption.SESSION_CACHE:
			socket.sessionCache(bit(value));
			return NetError.NONE;
		case SocketOption.SESSION_CACHE_PURGE:
			socket.purgeSessions();
			return NetError.NONE;
		case SocketOption.SECURE:
			socket.secure(bit(value));
			return NetError.NONE;
		case SocketOption.RECORD_IN_LIMIT:
			socket.recordLimits(value, socket.settings().recordOutLimit);
			return NetError.NONE;
		case SocketOption.RECORD_OUT_LIMIT:
			socket.recordLimits(socket.settings().recordInLimit, value);
			return NetError.NONE;
		case SocketOption.CONNECT_TIMEOUT:
			socket.connectTimeout(value);
			return NetError.NONE;
		case SocketOption.HANDSHAKE_TIMEOUT:
			socket.handshakeTimeout(value);
			return NetError.NONE;
		case SocketOption.SEND_TIMEOUT:
			socket.sendTimeout(value);
			return NetError.NONE;
		case SocketOption.RECEIVE_TIMEOUT:
			socket.receiveTimeout(value);
			return NetError.NONE;
		case SocketOption.CLOSE_TIMEOUT:
			socket.closeTimeout(value);
			return NetError.NONE;
		case SocketOption.BLOCKING:
			socket.blocking(bit(value));
			return NetError.NONE;
		default:
			return kind(option) == NetError.NONE ? NetError.OPTION_UNKNOWN : kind(option);
		}
	}

	private static boolean bit(int value) {
		if (value < 0 || value > 1) {
			throw new IllegalArgumentException(NetError.text(NetError.OPTION_VALUE));
		}
		return value == 1;
	}

	/** Why an option can never be set; 0 if it can. */
	private static int kind(int option) {
		switch (option) {
		case SocketOption.CIPHERSUITE_USED:
		case SocketOption.ROLE:
		case SocketOption.HANDSHAKE_ON_CONNECT:
		case SocketOption.CERT_VERIFY_RESULT:
		case SocketOption.ALPN_USED:
		case SocketOption.VERSION_USED:
		case SocketOption.RESUMED:
			return NetError.OPTION_READ_ONLY;
		case SocketOption.DTLS_HANDSHAKE_TIMEOUT_MIN:
		case SocketOption.DTLS_HANDSHAKE_TIMEOUT_MAX:
		case SocketOption.CERT_NOCOPY:
		case SocketOption.DTLS_CID:
		case SocketOption.DTLS_CID_STATUS:
		case SocketOption.DTLS_CID_VALUE:
		case SocketOption.DTLS_PEER_CID_VALUE:
			return NetError.OPTION_UNSUPPORTED;
		default:
			return option < SocketOption.SEC_TAG_LIST || option > SocketOption.PINS
					|| option > SocketOption.CERT_VERIFY_CALLBACK && option < SocketOption.SECURE ? NetError.OPTION_UNKNOWN : NetError.NONE;
		}
	}

	/* package */ static int set(SecureSocket socket, int option, Object value) {
		if (kind(option) != NetError.NONE) {
			return kind(option);
		}
		if (socket.inUse()) {
			return NetError.OPTION_AFTER_CONNECT;
		}
		try {
			return setObject(socket, option, value);
		} catch (IllegalArgumentException e) {
			return NetError.OPTION_VALUE;
		} catch (ClassCastException e) {
			return NetError.OPTION_VALUE;
		} catch (NullPointerException e) {
			return NetError.OPTION_VALUE;
		}
	}

	private static int setObject(SecureSocket socket, int option, Object value) {
		switch (option) {
		case SocketOption.SEC_TAG_LIST:
			socket.securityTags((int[]) value);
			return NetError.NONE;
		case SocketOption.HOSTNAME:
			socket.hostName((String) value);
			return NetError.NONE;
		case SocketOption.CIPHERSUITE_LIST:
			socket.cipherSuites((int[]) value);
			return NetError.NONE;
		case SocketOption.PEER_VERIFY:
			socket.verifyPeer(PeerVerification.NONE, (String) value);
			return NetError.NONE;
		case SocketOption.ALPN_LIST:
			socket.applicationProtocols((String[]) value);
			return NetError.NONE;
		case SocketOption.CERT_VERIFY_CALLBACK:
			socket.verificationCallback((VerificationCallback) value);
			return NetError.NONE;
		case SocketOption.PINS:
			socket.pins((byte[]) value);
			return NetError.NONE;
		default:
			return NetError.OPTION_UNKNOWN;
		}
	}

	/* package */ static int get(SecureSocket socket, int option) {
		switch (option) {
		case SocketOption.CIPHERSUITE_USED:
			return socket.cipherSuite();
		case SocketOption.PEER_VERIFY:
			return socket.settings().verification;
		case SocketOption.ROLE:
			return one(socket.settings().server);
		case SocketOption.NATIVE:
			return one(!socket.isOffload());
		case SocketOption.SESSION_CACHE:
			return one(socket.settings().sessionCache);
		case SocketOption.HANDSHAKE_ON_CONNECT:
			return 1;
		case SocketOption.CERT_VERIFY_RESULT:
			return socket.verifyResult();
		case SocketOption.SECURE:
			return one(socket.isSecure());
		case SocketOption.RECORD_IN_LIMIT:
			return socket.settings().recordInLimit;
		case SocketOption.RECORD_OUT_LIMIT:
			return socket.settings().recordOutLimit;
		case SocketOption.CONNECT_TIMEOUT:
		case SocketOption.HANDSHAKE_TIMEOUT:
		case SocketOption.SEND_TIMEOUT:
		case SocketOption.RECEIVE_TIMEOUT:
		case SocketOption.CLOSE_TIMEOUT:
			return socket.timeout(option);
		case SocketOption.BLOCKING:
			return one(socket.isBlocking());
		case SocketOption.ALPN_USED:
			return socket.applicationProtocol();
		case SocketOption.VERSION_USED:
			return socket.version();
		case SocketOption.RESUMED:
			return one(socket.resumed());
		default:
			return Integer.MIN_VALUE;
		}
	}

	private static int one(boolean yes) {
		return yes ? 1 : 0;
	}

	/* package */ static Object object(SecureSocket socket, int option) {
		switch (option) {
		case SocketOption.SEC_TAG_LIST:
			return socket.settings().tags;
		case SocketOption.CIPHERSUITE_LIST:
			return socket.settings().cipherSuites;
		case SocketOption.ALPN_LIST:
			return socket.settings().applicationProtocols;
		case SocketOption.CERT_VERIFY_CALLBACK:
			return socket.settings().callback;
		case SocketOption.PINS:
			return socket.settings().pins;
		default:
			return null;
		}
	}
}
