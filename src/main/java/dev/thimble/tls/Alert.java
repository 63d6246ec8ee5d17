/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Alerts, numbered and named as in RFC 8446 §6 and RFC 5246 §7.2. */
public final class Alert {

	/** No alert. */
	public static final int NONE = -1;
	/** The sender will send no more (not an error). */
	public static final int CLOSE_NOTIFY = 0;
	/** A message came at the wrong moment. */
	public static final int UNEXPECTED_MESSAGE = 10;
	/** A record could not be authenticated. */
	public static final int BAD_RECORD_MAC = 20;
	/** A record is longer than allowed. */
	public static final int RECORD_OVERFLOW = 22;
	/** No common parameters. */
	public static final int HANDSHAKE_FAILURE = 40;
	/** A certificate is corrupt or does not fit. */
	public static final int BAD_CERTIFICATE = 42;
	/** A certificate is of an unsupported type. */
	public static final int UNSUPPORTED_CERTIFICATE = 43;
	/** A certificate was revoked. */
	public static final int CERTIFICATE_REVOKED = 44;
	/** A certificate has expired or is not valid yet. */
	public static final int CERTIFICATE_EXPIRED = 45;
	/** Another problem with a certificate. */
	public static final int CERTIFICATE_UNKNOWN = 46;
	/** A field has a forbidden value. */
	public static final int ILLEGAL_PARAMETER = 47;
	/** No trust anchor was found. */
	public static final int UNKNOWN_CA = 48;
	/** Access denied. */
	public static final int ACCESS_DENIED = 49;
	/** A message could not be decoded. */
	public static final int DECODE_ERROR = 50;
	/** A signature or a Finished message is wrong. */
	public static final int DECRYPT_ERROR = 51;
	/** The protocol version is not supported. */
	public static final int PROTOCOL_VERSION = 70;
	/** The peer asks for more security. */
	public static final int INSUFFICIENT_SECURITY = 71;
	/** An error that is not the peer's fault. */
	public static final int INTERNAL_ERROR = 80;
	/** An inappropriate fallback was noticed. */
	public static final int INAPPROPRIATE_FALLBACK = 86;
	/** The user ended the handshake. */
	public static final int USER_CANCELED = 90;
	/** TLS 1.2, a warning: the sender does not renegotiate. */
	public static final int NO_RENEGOTIATION = 100;
	/** An extension is missing. */
	public static final int MISSING_EXTENSION = 109;
	/** An extension came that was not offered. */
	public static final int UNSUPPORTED_EXTENSION = 110;
	/** The server does not know the name asked for. */
	public static final int UNRECOGNIZED_NAME = 112;
	/** A stapled OCSP response is bad. */
	public static final int BAD_CERTIFICATE_STATUS_RESPONSE = 113;
	/** The PSK identity is unknown. */
	public static final int UNKNOWN_PSK_IDENTITY = 115;
	/** The server requires a client certificate. */
	public static final int CERTIFICATE_REQUIRED = 116;
	/** No common application protocol. */
	public static final int NO_APPLICATION_PROTOCOL = 120;

	private Alert() {
	}

	/**
	 * Gets the name of an alert.
	 *
	 * @param alert
	 *            any number.
	 * @return the RFC's name, "none" for {@link #NONE}, or "unknown".
	 */
	public static String name(int alert) {
		switch (alert) {
		case NONE:
			return "none";
		case CLOSE_NOTIFY:
			return "close_notify";
		case UNEXPECTED_MESSAGE:
			return "unexpected_message";
		case BAD_RECORD_MAC:
			return "bad_record_mac";
		case RECORD_OVERFLOW:
			return "record_overflow";
		case HANDSHAKE_FAILURE:
			return "handshake_failure";
		case BAD_CERTIFICATE:
			return "bad_certificate";
		case UNSUPPORTED_CERTIFICATE:
			return "unsupported_certificate";
		case CERTIFICATE_REVOKED:
			return "certificate_revoked";
		case CERTIFICATE_EXPIRED:
			return "certificate_expired";
		case CERTIFICATE_UNKNOWN:
			return "certificate_unknown";
		case ILLEGAL_PARAMETER:
			return "illegal_parameter";
		case UNKNOWN_CA:
			return "unknown_ca";
		case ACCESS_DENIED:
			return "access_denied";
		case DECODE_ERROR:
			return "decode_error";
		case DECRYPT_ERROR:
			return "decrypt_error";
		default:
			return laterName(alert);
		}
	}

	private static String laterName(int alert) {
		switch (alert) {
		case PROTOCOL_VERSION:
			return "protocol_version";
		case INSUFFICIENT_SECURITY:
			return "insufficient_security";
		case INTERNAL_ERROR:
			return "internal_error";
		case INAPPROPRIATE_FALLBACK:
			return "inappropriate_fallback";
		case USER_CANCELED:
			return "user_canceled";
		case NO_RENEGOTIATION:
			return "no_renegotiation";
		case MISSING_EXTENSION:
			return "missing_extension";
		case UNSUPPORTED_EXTENSION:
			return "unsupported_extension";
		case UNRECOGNIZED_NAME:
			return "unrecognized_name";
		case BAD_CERTIFICATE_STATUS_RESPONSE:
			return "bad_certificate_status_response";
		case UNKNOWN_PSK_IDENTITY:
			return "unknown_psk_identity";
		case CERTIFICATE_REQUIRED:
			return "certificate_required";
		case NO_APPLICATION_PROTOCOL:
			return "no_application_protocol";
		default:
			return "unknown";
		}
	}
}
