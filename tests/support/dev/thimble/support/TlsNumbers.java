/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** The registries' numbers the scripted server uses; written down again here so that a wrong constant in the engine is noticed. */
public final class TlsNumbers {

	public static final int AES_128_GCM_SHA256 = 0x1301;
	public static final int AES_256_GCM_SHA384 = 0x1302;
	public static final int CHACHA20_POLY1305_SHA256 = 0x1303;
	public static final int AES_128_CCM_SHA256 = 0x1304;
	public static final int AES_128_CCM_8_SHA256 = 0x1305;

	public static final int SECP256R1 = 0x0017;
	public static final int SECP384R1 = 0x0018;
	public static final int X25519 = 0x001d;

	public static final int CHANGE_CIPHER_SPEC = 20;
	public static final int ALERT = 21;
	public static final int HANDSHAKE = 22;
	public static final int APPLICATION_DATA = 23;

	public static final int HELLO_REQUEST = 0;
	public static final int CLIENT_HELLO = 1;
	public static final int SERVER_HELLO = 2;
	public static final int NEW_SESSION_TICKET = 4;
	public static final int END_OF_EARLY_DATA = 5;
	public static final int ENCRYPTED_EXTENSIONS = 8;
	public static final int CERTIFICATE = 11;
	public static final int SERVER_KEY_EXCHANGE = 12;
	public static final int CERTIFICATE_REQUEST = 13;
	public static final int SERVER_HELLO_DONE = 14;
	public static final int CERTIFICATE_VERIFY = 15;
	public static final int CLIENT_KEY_EXCHANGE = 16;
	public static final int FINISHED = 20;
	public static final int KEY_UPDATE = 24;
	public static final int COMPRESSED_CERTIFICATE = 25;
	public static final int MESSAGE_HASH = 254;

	public static final int SERVER_NAME = 0;
	public static final int MAX_FRAGMENT_LENGTH = 1;
	public static final int STATUS_REQUEST = 5;
	public static final int SUPPORTED_GROUPS = 10;
	public static final int EC_POINT_FORMATS = 11;
	public static final int SIGNATURE_ALGORITHMS = 13;
	public static final int ALPN = 16;
	public static final int CLIENT_CERTIFICATE_TYPE = 19;
	public static final int SERVER_CERTIFICATE_TYPE = 20;
	public static final int SIGNED_CERTIFICATE_TIMESTAMP = 18;
	public static final int EXTENDED_MASTER_SECRET = 23;
	public static final int RECORD_SIZE_LIMIT = 28;
	public static final int SESSION_TICKET = 35;
	public static final int PRE_SHARED_KEY = 41;
	public static final int EARLY_DATA = 42;
	public static final int SUPPORTED_VERSIONS = 43;
	public static final int COOKIE = 44;
	public static final int PSK_KEY_EXCHANGE_MODES = 45;
	public static final int KEY_SHARE = 51;
	public static final int RENEGOTIATION_INFO = 0xff01;

	public static final int RSA_PKCS1_SHA256 = 0x0401;
	public static final int RSA_PKCS1_SHA384 = 0x0501;
	public static final int ECDSA_SECP256R1_SHA256 = 0x0403;
	public static final int ECDSA_SECP384R1_SHA384 = 0x0503;
	public static final int RSA_PSS_RSAE_SHA256 = 0x0804;
	public static final int RSA_PSS_RSAE_SHA384 = 0x0805;
	public static final int RSA_PSS_RSAE_SHA512 = 0x0806;
	public static final int ED25519 = 0x0807;
	public static final int RSA_PSS_PSS_SHA256 = 0x0809;

	/** The certificate type of RFC 7250. */
	public static final int RAW_PUBLIC_KEY = 2;

	public static final int CLOSE_NOTIFY = 0;
	public static final int UNEXPECTED_MESSAGE = 10;
	public static final int BAD_RECORD_MAC = 20;
	public static final int RECORD_OVERFLOW = 22;
	public static final int HANDSHAKE_FAILURE = 40;
	public static final int BAD_CERTIFICATE = 42;
	public static final int UNSUPPORTED_CERTIFICATE = 43;
	public static final int CERTIFICATE_EXPIRED = 45;
	public static final int CERTIFICATE_UNKNOWN = 46;
	public static final int ILLEGAL_PARAMETER = 47;
	public static final int UNKNOWN_CA = 48;
	public static final int DECODE_ERROR = 50;
	public static final int DECRYPT_ERROR = 51;
	public static final int PROTOCOL_VERSION = 70;
	public static final int INSUFFICIENT_SECURITY = 71;
	public static final int INTERNAL_ERROR = 80;
	public static final int INAPPROPRIATE_FALLBACK = 86;
	public static final int USER_CANCELED = 90;
	public static final int NO_RENEGOTIATION = 100;
	public static final int MISSING_EXTENSION = 109;
	public static final int UNSUPPORTED_EXTENSION = 110;
	public static final int UNRECOGNIZED_NAME = 112;
	public static final int UNKNOWN_PSK_IDENTITY = 115;
	public static final int CERTIFICATE_REQUIRED = 116;
	public static final int NO_APPLICATION_PROTOCOL = 120;

	private TlsNumbers() {
	}
}
