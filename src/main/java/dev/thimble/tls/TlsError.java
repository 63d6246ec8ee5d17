/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.x509.PathError;

/**
 * Every error an engine can end with: code, name, what happened and what to do, and the alert that is sent.
 *
 * <p>Codes of this class are 1 to 99; codes 100 to 139 are those of {@link PathError} and are answered here too, so that there is one table for
 * the user.
 */
public final class TlsError {

	/** No error. */
	public static final int NONE = 0;
	/** The entropy source failed. */
	public static final int NO_ENTROPY = 1;
	/** A message or record came at the wrong moment. */
	public static final int UNEXPECTED_MESSAGE = 2;
	/** A record could not be authenticated. */
	public static final int BAD_RECORD = 3;
	/** A record is longer than the protocol allows. */
	public static final int RECORD_OVERFLOW = 4;
	/** A record is longer than the buffer, against what was agreed or offered. */
	public static final int RECORD_LIMIT_IGNORED = 5;
	/** The peer does not speak TLS. */
	public static final int NOT_TLS = 6;
	/** A handshake or alert fragment is empty. */
	public static final int EMPTY_FRAGMENT = 7;
	/** A handshake message goes on behind a change of keys. */
	public static final int MESSAGE_SPANS_KEY_CHANGE = 8;
	/** A handshake message is longer than allowed. */
	public static final int MESSAGE_TOO_LONG = 9;
	/** A message is malformed. */
	public static final int DECODE_ERROR = 10;
	/** The server does not offer a version of TLS that is enabled here. */
	public static final int PROTOCOL_VERSION = 11;
	/** Somebody removed the newest version from our offer. */
	public static final int DOWNGRADE = 12;
	/** The server echoed another session id. */
	public static final int SESSION_ID = 13;
	/** The server chose a suite that was not offered. */
	public static final int CIPHER_SUITE = 14;
	/** The server chose compression. */
	public static final int COMPRESSION = 15;
	/** The peer sent an extension that was not offered. */
	public static final int UNSUPPORTED_EXTENSION = 16;
	/** The peer sent an extension in the wrong message. */
	public static final int MISPLACED_EXTENSION = 17;
	/** The peer sent an extension twice. */
	public static final int DUPLICATE_EXTENSION = 18;
	/** The server left out an extension it must send. */
	public static final int MISSING_EXTENSION = 19;
	/** The server chose a group that was not offered. */
	public static final int GROUP = 20;
	/** The peer's key share is invalid. */
	public static final int KEY_SHARE = 21;
	/** A HelloRetryRequest changes nothing. */
	public static final int HELLO_RETRY_POINTLESS = 22;
	/** A cookie does not fit. */
	public static final int COOKIE_TOO_LONG = 23;
	/** The server chose a protocol that was not offered. */
	public static final int APPLICATION_PROTOCOL = 24;
	/** A record size limit or maximum fragment length is invalid. */
	public static final int RECORD_SIZE_LIMIT = 25;
	/** A certificate request context is not empty. */
	public static final int CERTIFICATE_CONTEXT = 26;
	/** The server sent no certificate. */
	public static final int NO_CERTIFICATE = 27;
	/** The signature scheme was not offered or does not fit the key. */
	public static final int SIGNATURE_SCHEME = 28;
	/** The handshake signature is wrong. */
	public static final int SIGNATURE_INVALID = 29;
	/** The Finished message is wrong. */
	public static final int FINISHED_INVALID = 30;
	/** A KeyUpdate has an undefined value. */
	public static final int KEY_UPDATE_VALUE = 31;
	/** A change_cipher_spec record is malformed or out of place. */
	public static final int CHANGE_CIPHER_SPEC = 32;
	/** The peer sent a fatal alert. */
	public static final int ALERT_RECEIVED = 33;
	/** An alert is malformed. */
	public static final int ALERT_MALFORMED = 34;
	/** The transport ended without close_notify. */
	public static final int TRUNCATED = 35;
	/** Too many records carry nothing. */
	public static final int TOO_MANY_EMPTY_RECORDS = 36;
	/** The caller aborted the connection. */
	public static final int ABORTED = 37;
	/** The server selected a version that was not offered. */
	public static final int SELECTED_VERSION = 38;
	/** The private key could not sign. */
	public static final int SIGNING_FAILED = 39;
	/** The server selected a pre-shared key that was not offered. */
	public static final int PSK_IDENTITY = 40;
	/** The server selected a pre-shared key that does not go with its cipher suite. */
	public static final int PSK_HASH = 41;
	/** The server took a pre-shared key with key agreement instead of without, or the other way round. */
	public static final int PSK_KEY_EXCHANGE = 42;
	/** The server took none of the pre-shared keys, and certificates are not accepted. */
	public static final int PSK_REFUSED = 43;
	/** There is no pre-shared key to offer, and certificates are not accepted. */
	public static final int NO_PRE_SHARED_KEY = 44;
	/** The server accepted early data, but under other conditions. */
	public static final int EARLY_DATA = 45;
	/** The server chose a kind of certificate that was not offered. */
	public static final int CERTIFICATE_KIND = 46;
	/** The server has a certificate where only a raw public key is accepted. */
	public static final int RAW_KEY_MISSING = 47;

	/** The client offers no version of TLS that is spoken here. */
	public static final int NO_COMMON_VERSION = 50;
	/** The client offers no cipher suite of ours. */
	public static final int NO_COMMON_SUITE = 51;
	/** The client offers no key agreement group of ours. */
	public static final int NO_COMMON_GROUP = 52;
	/** The client cannot verify any of our certificates. */
	public static final int NO_SUITABLE_CERTIFICATE = 53;
	/** The client offers no application protocol of ours. */
	public static final int NO_COMMON_PROTOCOL = 54;
	/** A pre-shared key binder is wrong. */
	public static final int BINDER_INVALID = 55;
	/** The pre_shared_key extension is misplaced or its lists differ. */
	public static final int PSK_EXTENSION = 56;
	/** The client offers pre-shared keys without psk_key_exchange_modes. */
	public static final int PSK_MODES_MISSING = 57;
	/** The cookie is not the one that was sent. */
	public static final int COOKIE_INVALID = 58;
	/** The second ClientHello is not what was asked for. */
	public static final int HELLO_CHANGED = 59;
	/** The client sent no certificate, and one is required. */
	public static final int CLIENT_CERTIFICATE_MISSING = 60;
	/** The ClientHello lacks an extension it must have. */
	public static final int HELLO_INCOMPLETE = 61;
	/** The client offers compression. */
	public static final int HELLO_COMPRESSION = 62;
	/** No pre-shared key is common, and there is nothing else. */
	public static final int PSK_UNKNOWN = 63;
	/** The client fell back to an older version without need. */
	public static final int INAPPROPRIATE_FALLBACK = 64;

	/** The server does not bind its keys to the handshake (TLS 1.2). */
	public static final int EXTENDED_MASTER_SECRET = 65;
	/** The server cannot rule out that our handshake is a renegotiation of somebody else's connection (TLS 1.2). */
	public static final int RENEGOTIATION_INFO = 66;
	/** The certificate's key is of another kind than the suite (TLS 1.2). */
	public static final int CERTIFICATE_TYPE = 67;
	/** The server describes a curve instead of naming one (TLS 1.2). */
	public static final int CURVE_TYPE = 68;
	/** The server does not take uncompressed points (TLS 1.2). */
	public static final int POINT_FORMAT = 69;
	/** A server without a certificate asks for one (TLS 1.2). */
	public static final int ANONYMOUS_REQUEST = 70;
	/** A key has protected as many records as is safe (TLS 1.2). */
	public static final int KEY_WORN_OUT = 71;
	/** The server resumed a session with other parameters (TLS 1.2). */
	public static final int RESUMED_OTHERWISE = 72;
	/** The server refuses the versions offered. */
	public static final int VERSION_REFUSED = 73;
	/** The client does not bind its keys to the handshake (TLS 1.2). */
	public static final int CLIENT_MASTER_SECRET = 74;

	/** The program's judge refused the peer. */
	public static final int PEER_REFUSED = 90;

	private static final int FIRST_SERVER_ERROR = NO_COMMON_VERSION;
	private static final int LAST_SERVER_ERROR = INAPPROPRIATE_FALLBACK;
	private static final int FIRST_PATH_ERROR = 100;

	private TlsError() {
	}

	/**
	 * Gets the alert a code is answered with.
	 *
	 * @param code
	 *            a constant of this class or of {@link PathError}.
	 * @return a constant of {@link Alert}; {@link Alert#NONE} where none is sent.
	 */
	public static int alert(int code) {
		switch (code) {
		case NONE:
		case ALERT_RECEIVED:
		case TRUNCATED:
		case VERSION_REFUSED:
			return Alert.NONE;
		case NO_ENTROPY:
		case COOKIE_TOO_LONG:
		case SIGNING_FAILED:
		case NO_PRE_SHARED_KEY:
			return Alert.INTERNAL_ERROR;
		case PSK_REFUSED:
			return Alert.HANDSHAKE_FAILURE;
		case UNEXPECTED_MESSAGE:
		case EMPTY_FRAGMENT:
		case MESSAGE_SPANS_KEY_CHANGE:
		case CHANGE_CIPHER_SPEC:
		case TOO_MANY_EMPTY_RECORDS:
			return Alert.UNEXPECTED_MESSAGE;
		case BAD_RECORD:
			return Alert.BAD_RECORD_MAC;
		case RECORD_OVERFLOW:
		case RECORD_LIMIT_IGNORED:
			return Alert.RECORD_OVERFLOW;
		case DECODE_ERROR:
		case ALERT_MALFORMED:
		case NO_CERTIFICATE:
			return Alert.DECODE_ERROR;
		case NOT_TLS:
		case PROTOCOL_VERSION:
			return Alert.PROTOCOL_VERSION;
		case UNSUPPORTED_EXTENSION:
			return Alert.UNSUPPORTED_EXTENSION;
		case MISSING_EXTENSION:
			return Alert.MISSING_EXTENSION;
		case SIGNATURE_INVALID:
		case FINISHED_INVALID:
			return Alert.DECRYPT_ERROR;
		case ABORTED:
			return Alert.USER_CANCELED;
		case EXTENDED_MASTER_SECRET:
		case CLIENT_MASTER_SECRET:
		case RENEGOTIATION_INFO:
		case ANONYMOUS_REQUEST:
			return Alert.HANDSHAKE_FAILURE;
		case CERTIFICATE_TYPE:
		case RAW_KEY_MISSING:
			return Alert.UNSUPPORTED_CERTIFICATE;
		case KEY_WORN_OUT:
			return Alert.CLOSE_NOTIFY;
		case PEER_REFUSED:
			return Alert.CERTIFICATE_UNKNOWN;
		default:
			if (code >= FIRST_SERVER_ERROR && code <= LAST_SERVER_ERROR) {
				return serverAlert(code);
			}
			return code >= FIRST_PATH_ERROR ? pathAlert(code) : Alert.ILLEGAL_PARAMETER;
		}
	}

	private static int serverAlert(int code) {
		switch (code) {
		case NO_COMMON_VERSION:
			return Alert.PROTOCOL_VERSION;
		case NO_COMMON_SUITE:
		case NO_COMMON_GROUP:
		case NO_SUITABLE_CERTIFICATE:
			return Alert.HANDSHAKE_FAILURE;
		case NO_COMMON_PROTOCOL:
			return Alert.NO_APPLICATION_PROTOCOL;
		case BINDER_INVALID:
			return Alert.DECRYPT_ERROR;
		case PSK_MODES_MISSING:
		case HELLO_INCOMPLETE:
			return Alert.MISSING_EXTENSION;
		case CLIENT_CERTIFICATE_MISSING:
			return Alert.CERTIFICATE_REQUIRED;
		case PSK_UNKNOWN:
			return Alert.UNKNOWN_PSK_IDENTITY;
		case INAPPROPRIATE_FALLBACK:
			return Alert.INAPPROPRIATE_FALLBACK;
		default:
			return Alert.ILLEGAL_PARAMETER;
		}
	}

	private static int pathAlert(int code) {
		switch (code) {
		case PathError.UNKNOWN_CA:
		case PathError.SELF_SIGNED:
		case PathError.SELF_SIGNED_IN_CHAIN:
		case PathError.PATH_INCOMPLETE:
			return Alert.UNKNOWN_CA;
		case PathError.EXPIRED:
		case PathError.NOT_YET_VALID:
			return Alert.CERTIFICATE_EXPIRED;
		case PathError.TIME_UNKNOWN:
			return Alert.CERTIFICATE_UNKNOWN;
		case PathError.SIGNATURE_UNSUPPORTED:
		case PathError.KEY_UNSUPPORTED:
		case PathError.KEY_TOO_LARGE:
		case PathError.KEY_USAGE:
		case PathError.EXTENDED_KEY_USAGE:
			return Alert.UNSUPPORTED_CERTIFICATE;
		default:
			return Alert.BAD_CERTIFICATE;
		}
	}

	/**
	 * Gets the name of a code, as a log wants it.
	 *
	 * @param code
	 *            any number.
	 * @return the name of the constant with a prefix, for example {@code E_BAD_RECORD}.
	 */
	public static String name(int code) {
		switch (code) {
		case NONE:
			return "E_NONE";
		case NO_ENTROPY:
			return "E_NO_ENTROPY";
		case UNEXPECTED_MESSAGE:
			return "E_UNEXPECTED_MESSAGE";
		case BAD_RECORD:
			return "E_BAD_RECORD";
		case RECORD_OVERFLOW:
			return "E_RECORD_OVERFLOW";
		case RECORD_LIMIT_IGNORED:
			return "E_RECORD_LIMIT_IGNORED";
		case NOT_TLS:
			return "E_NOT_TLS";
		case EMPTY_FRAGMENT:
			return "E_EMPTY_FRAGMENT";
		case MESSAGE_SPANS_KEY_CHANGE:
			return "E_MESSAGE_SPANS_KEY_CHANGE";
		case MESSAGE_TOO_LONG:
			return "E_MESSAGE_TOO_LONG";
		case DECODE_ERROR:
			return "E_DECODE_ERROR";
		case PROTOCOL_VERSION:
			return "E_PROTOCOL_VERSION";
		case DOWNGRADE:
			return "E_DOWNGRADE";
		case SESSION_ID:
			return "E_SESSION_ID";
		case CIPHER_SUITE:
			return "E_CIPHER_SUITE";
		case COMPRESSION:
			return "E_COMPRESSION";
		case UNSUPPORTED_EXTENSION:
			return "E_UNSUPPORTED_EXTENSION";
		case MISPLACED_EXTENSION:
			return "E_MISPLACED_EXTENSION";
		case DUPLICATE_EXTENSION:
			return "E_DUPLICATE_EXTENSION";
		default:
			if (code >= FIRST_SERVER_ERROR && code <= LAST_SERVER_ERROR) {
				return serverName(code);
			}
			return code >= FIRST_PATH_ERROR ? PathError.name(code) : laterName(code);
		}
	}

	private static String laterName(int code) {
		switch (code) {
		case MISSING_EXTENSION:
			return "E_MISSING_EXTENSION";
		case GROUP:
			return "E_GROUP";
		case KEY_SHARE:
			return "E_KEY_SHARE";
		case HELLO_RETRY_POINTLESS:
			return "E_HELLO_RETRY_POINTLESS";
		case COOKIE_TOO_LONG:
			return "E_COOKIE_TOO_LONG";
		case APPLICATION_PROTOCOL:
			return "E_APPLICATION_PROTOCOL";
		case RECORD_SIZE_LIMIT:
			return "E_RECORD_SIZE_LIMIT";
		case CERTIFICATE_CONTEXT:
			return "E_CERTIFICATE_CONTEXT";
		case NO_CERTIFICATE:
			return "E_NO_CERTIFICATE";
		case SIGNATURE_SCHEME:
			return "E_SIGNATURE_SCHEME";
		case SIGNATURE_INVALID:
			return "E_SIGNATURE_INVALID";
		case FINISHED_INVALID:
			return "E_FINISHED_INVALID";
		case KEY_UPDATE_VALUE:
			return "E_KEY_UPDATE_VALUE";
		case CHANGE_CIPHER_SPEC:
			return "E_CHANGE_CIPHER_SPEC";
		case ALERT_RECEIVED:
			return "E_ALERT_RECEIVED";
		case ALERT_MALFORMED:
			return "E_ALERT_MALFORMED";
		case TRUNCATED:
			return "E_TRUNCATED";
		case TOO_MANY_EMPTY_RECORDS:
			return "E_TOO_MANY_EMPTY_RECORDS";
		case ABORTED:
			return "E_ABORTED";
		case SELECTED_VERSION:
			return "E_SELECTED_VERSION";
		case SIGNING_FAILED:
			return "E_SIGNING_FAILED";
		case PSK_IDENTITY:
			return "E_PSK_IDENTITY";
		case PSK_HASH:
			return "E_PSK_HASH";
		case PSK_KEY_EXCHANGE:
			return "E_PSK_KEY_EXCHANGE";
		case PSK_REFUSED:
			return "E_PSK_REFUSED";
		case NO_PRE_SHARED_KEY:
			return "E_NO_PRE_SHARED_KEY";
		case EARLY_DATA:
			return "E_EARLY_DATA";
		case CERTIFICATE_KIND:
			return "E_CERTIFICATE_KIND";
		case RAW_KEY_MISSING:
			return "E_RAW_KEY_MISSING";
		default:
			return name12(code);
		}
	}

	private static String name12(int code) {
		switch (code) {
		case EXTENDED_MASTER_SECRET:
			return "E_EXTENDED_MASTER_SECRET";
		case RENEGOTIATION_INFO:
			return "E_RENEGOTIATION_INFO";
		case CERTIFICATE_TYPE:
			return "E_CERTIFICATE_TYPE";
		case CURVE_TYPE:
			return "E_CURVE_TYPE";
		case POINT_FORMAT:
			return "E_POINT_FORMAT";
		case ANONYMOUS_REQUEST:
			return "E_ANONYMOUS_REQUEST";
		case KEY_WORN_OUT:
			return "E_KEY_WORN_OUT";
		case RESUMED_OTHERWISE:
			return "E_RESUMED_OTHERWISE";
		case VERSION_REFUSED:
			return "E_VERSION_REFUSED";
		case PEER_REFUSED:
			return "E_PEER_REFUSED";
		case CLIENT_MASTER_SECRET:
			return "E_CLIENT_MASTER_SECRET";
		default:
			return "E_UNKNOWN";
		}
	}

	private static String serverName(int code) {
		switch (code) {
		case NO_COMMON_VERSION:
			return "E_NO_COMMON_VERSION";
		case NO_COMMON_SUITE:
			return "E_NO_COMMON_SUITE";
		case NO_COMMON_GROUP:
			return "E_NO_COMMON_GROUP";
		case NO_SUITABLE_CERTIFICATE:
			return "E_NO_SUITABLE_CERTIFICATE";
		case NO_COMMON_PROTOCOL:
			return "E_NO_COMMON_PROTOCOL";
		case BINDER_INVALID:
			return "E_BINDER_INVALID";
		case PSK_EXTENSION:
			return "E_PSK_EXTENSION";
		case PSK_MODES_MISSING:
			return "E_PSK_MODES_MISSING";
		case COOKIE_INVALID:
			return "E_COOKIE_INVALID";
		case HELLO_CHANGED:
			return "E_HELLO_CHANGED";
		case CLIENT_CERTIFICATE_MISSING:
			return "E_CLIENT_CERTIFICATE_MISSING";
		case HELLO_INCOMPLETE:
			return "E_HELLO_INCOMPLETE";
		case HELLO_COMPRESSION:
			return "E_HELLO_COMPRESSION";
		case PSK_UNKNOWN:
			return "E_PSK_UNKNOWN";
		default:
			return "E_INAPPROPRIATE_FALLBACK";
		}
	}

	/**
	 * Gets the sentence for a code: what happened, and what the user can do.
	 *
	 * @param code
	 *            any number.
	 * @return one or two sentences in English.
	 */
	public static String text(int code) {
		switch (code) {
		case NONE:
			return "No error.";
		case NO_ENTROPY:
			return "The random number source is not healthy. Check the board's TRNG; there is no fallback.";
		case UNEXPECTED_MESSAGE:
			return "The peer sent a message at the wrong moment. Check that the peer speaks TLS correctly.";
		case BAD_RECORD:
			return "A record failed authentication. It was damaged or forged on its way; connect again over a network you trust.";
		case RECORD_OVERFLOW:
			return "The peer sent a record longer than the protocol allows. The peer is faulty.";
		case RECORD_LIMIT_IGNORED:
			return "The peer sent a record larger than the buffer although a limit was offered. Raise the inbound record limit, "
					+ "or make the peer send smaller records.";
		case NOT_TLS:
			return "The peer does not answer in TLS. Check host and port.";
		case EMPTY_FRAGMENT:
			return "The peer sent an empty handshake or alert fragment. The peer is faulty.";
		case MESSAGE_SPANS_KEY_CHANGE:
			return "A handshake message goes on behind a change of keys. The peer is faulty, or somebody injects data.";
		case MESSAGE_TOO_LONG:
			return "A handshake message is longer than allowed. If it is the certificate chain, raise the chain limit.";
		case DECODE_ERROR:
			return "A handshake message is malformed. The peer is faulty.";
		case PROTOCOL_VERSION:
			return "The server does not offer a version of TLS that is enabled here. Enable TLS 1.3 on the server, or TLS 1.2 on both sides.";
		case DOWNGRADE:
			return "The server could speak a newer version of TLS, but our offer of it did not reach it. Somebody on the way interferes.";
		case SESSION_ID:
			return "The server did not echo our session id. The server, or a box in between, is faulty.";
		case CIPHER_SUITE:
			return "The server chose a cipher suite that was not offered. The server is faulty.";
		case COMPRESSION:
			return "The server chose compression, which was not offered. The server is faulty.";
		case UNSUPPORTED_EXTENSION:
			return "The peer sent an extension that was not offered. The peer is faulty.";
		case MISPLACED_EXTENSION:
			return "The peer sent an extension in the wrong message. The peer is faulty.";
		case DUPLICATE_EXTENSION:
			return "The peer sent an extension twice. The peer is faulty.";
		default:
			if (code >= FIRST_SERVER_ERROR && code <= LAST_SERVER_ERROR) {
				return serverText(code);
			}
			return code >= FIRST_PATH_ERROR ? PathError.text(code) : laterText(code);
		}
	}

	private static String laterText(int code) {
		switch (code) {
		case MISSING_EXTENSION:
			return "The server left out a mandatory extension. The server is faulty.";
		case GROUP:
			return "The server chose a key agreement group that was not offered. The server is faulty.";
		case KEY_SHARE:
			return "The peer's key share is not a valid public key. The peer is faulty, or somebody interferes.";
		case HELLO_RETRY_POINTLESS:
			return "The server asked for a new ClientHello without asking for a change. The server is faulty.";
		case COOKIE_TOO_LONG:
			return "The server's cookie does not fit the outbound record buffer. Raise the outbound record limit.";
		case APPLICATION_PROTOCOL:
			return "The server chose an application protocol that was not offered. The server is faulty.";
		case RECORD_SIZE_LIMIT:
			return "The peer sent an invalid record size limit. The peer is faulty.";
		case CERTIFICATE_CONTEXT:
			return "A certificate message carries a context where none is allowed. The peer is faulty.";
		case NO_CERTIFICATE:
			return "The server sent no certificate. Configure a certificate on the server.";
		case SIGNATURE_SCHEME:
			return "The peer signed with a scheme that was not offered or does not fit its certificate. The peer is faulty.";
		case SIGNATURE_INVALID:
			return "The peer could not prove that it owns its certificate's key. Do not trust it.";
		case FINISHED_INVALID:
			return "The handshake was changed on its way. Somebody interferes, or the peer is faulty.";
		case KEY_UPDATE_VALUE:
			return "The peer sent an undefined key update request. The peer is faulty.";
		case CHANGE_CIPHER_SPEC:
			return "The peer sent a change_cipher_spec that is malformed or out of place. The peer is faulty.";
		case ALERT_RECEIVED:
			return "The peer ended the connection with an alert. Its name tells why.";
		case ALERT_MALFORMED:
			return "The peer sent a malformed alert. The peer is faulty.";
		case TRUNCATED:
			return "The connection was cut without a goodbye; data may be missing. Check the network, or the peer's log.";
		case TOO_MANY_EMPTY_RECORDS:
			return "The peer sends record after record without content. The peer is faulty or attacks.";
		case ABORTED:
			return "The connection was aborted by the caller.";
		case SELECTED_VERSION:
			return "The server selected a protocol version that was not offered. The server is faulty.";
		case SIGNING_FAILED:
			return "The private key could not sign. Check the secure element, or that the key was not wiped.";
		case PSK_IDENTITY:
			return "The server selected a pre-shared key that was not offered. The server is faulty.";
		case PSK_HASH:
			return "The server selected a pre-shared key that is for another hash function than its cipher suite. The server is faulty.";
		case PSK_KEY_EXCHANGE:
			return "The server took a pre-shared key with key agreement where none was offered, or without where one was. The server is faulty.";
		case PSK_REFUSED:
			return "The server took none of our pre-shared keys. Check identity and key on both sides; certificates are not accepted here.";
		case NO_PRE_SHARED_KEY:
			return "There is no pre-shared key or valid session to offer, and certificates are not accepted here. Configure a key.";
		case EARLY_DATA:
			return "The server accepted early data under another key, cipher suite or application protocol than offered. The server is faulty.";
		case CERTIFICATE_KIND:
			return "The server chose a kind of certificate that was not offered. The server is faulty.";
		case RAW_KEY_MISSING:
			return "The server shows no raw public key, and only that is accepted. Enable raw public keys on the server, or configure trusted roots.";
		default:
			return text12(code);
		}
	}

	private static String text12(int code) {
		switch (code) {
		case EXTENDED_MASTER_SECRET:
			return "The server lacks the extended master secret of RFC 7627. Without it a server in the middle can give "
					+ "two connections the same keys and pass one off as the other (triple handshake). Update the server, "
					+ "or enable TLS 1.3 on it.";
		case RENEGOTIATION_INFO:
			return "The server does not send a right renegotiation_info (RFC 5746), so somebody could have put data "
					+ "before ours. Update the server.";
		case CERTIFICATE_TYPE:
			return "The server's certificate has a key that does not go with the cipher suite it chose. The server is "
					+ "faulty.";
		case CURVE_TYPE:
			return "The server describes an elliptic curve instead of naming one. Configure a named curve on the "
					+ "server.";
		case POINT_FORMAT:
			return "The server does not take uncompressed points, which every implementation must. The server is "
					+ "faulty.";
		case ANONYMOUS_REQUEST:
			return "The server asks for a certificate but has none itself: in TLS 1.2 both or neither. The server is "
					+ "faulty.";
		case KEY_WORN_OUT:
			return "The connection has sent as many records as is safe under one key, and TLS 1.2 cannot change it. "
					+ "Connect again.";
		case RESUMED_OTHERWISE:
			return "The server resumed a session with another cipher suite than it had. The server is faulty.";
		case VERSION_REFUSED:
			return "The server refuses the versions of TLS that were offered. Enable TLS 1.3 or 1.2 on the server, or "
					+ "both versions here.";
		case PEER_REFUSED:
			return "The program's own judge refused the peer, although its certificates are valid. Ask who wrote the program.";
		case CLIENT_MASTER_SECRET:
			return "The client lacks the extended master secret of RFC 7627, without which connections can be passed off as one another "
					+ "(triple handshake). Update the client, or enable TLS 1.3 on it.";
		default:
			return "Unknown error.";
		}
	}

	private static String serverText(int code) {
		switch (code) {
		case NO_COMMON_VERSION:
			return "The client offers no version of TLS that this server is configured for. Update the "
					+ "client, or configure TLS 1.2 too.";
		case NO_COMMON_SUITE:
			return "The client offers no cipher suite that this server is configured for. Enable one of its suites.";
		case NO_COMMON_GROUP:
			return "The client offers no key agreement group that this server is configured for. Enable one "
					+ "of its groups.";
		case NO_SUITABLE_CERTIFICATE:
			return "The client accepts no signature algorithm that a key of this server makes. Configure an "
					+ "identity with another kind of key.";
		case NO_COMMON_PROTOCOL:
			return "The client offers only application protocols that this server is not configured for. "
					+ "Check the ALPN names of both.";
		case BINDER_INVALID:
			return "The client could not prove that it has the pre-shared key it named. Check that both sides "
					+ "have the same key for that identity.";
		case PSK_EXTENSION:
			return "The client offered pre-shared keys in a way TLS 1.3 forbids. The client is faulty.";
		case PSK_MODES_MISSING:
			return "The client offered pre-shared keys without saying how they may be used. The client is faulty.";
		case COOKIE_INVALID:
			return "The client did not send back the cookie it was given. The client is faulty, or somebody interferes.";
		case HELLO_CHANGED:
			return "The client was asked for another key share and changed something else, or nothing. The "
					+ "client is faulty.";
		case CLIENT_CERTIFICATE_MISSING:
			return "The client sent no certificate, but this server requires one. Configure a certificate on the client.";
		case HELLO_INCOMPLETE:
			return "The client left out an extension that TLS 1.3 makes mandatory. The client is faulty.";
		case HELLO_COMPRESSION:
			return "The client offers compression together with TLS 1.3, which forbids it. The client is faulty.";
		case PSK_UNKNOWN:
			return "The client offers no pre-shared key that this server has, and there is no certificate to "
					+ "go on with. Check the identities.";
		default:
			return "The client fell back to an older version of TLS although both sides speak a newer one. "
					+ "Somebody on the way may interfere.";
		}
	}
}
