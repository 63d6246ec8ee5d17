/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Extension types, numbered and named as in IANA's registry. */
/* package */ final class ExtensionType {

	/* package */ static final int SERVER_NAME = 0;
	/* package */ static final int MAX_FRAGMENT_LENGTH = 1;
	/* package */ static final int SUPPORTED_GROUPS = 10;
	/** TLS 1.2 only. */
	/* package */ static final int EC_POINT_FORMATS = 11;
	/* package */ static final int SIGNATURE_ALGORITHMS = 13;
	/* package */ static final int APPLICATION_LAYER_PROTOCOL_NEGOTIATION = 16;
	/** TLS 1.2 only. */
	/* package */ static final int EXTENDED_MASTER_SECRET = 23;
	/** Known only where raw public keys are offered, as the next. */
	/* package */ static final int CLIENT_CERTIFICATE_TYPE = 19;
	/* package */ static final int SERVER_CERTIFICATE_TYPE = 20;
	/* package */ static final int RECORD_SIZE_LIMIT = 28;
	/** TLS 1.2 only. */
	/* package */ static final int SESSION_TICKET = 35;
	/** Known only where pre-shared keys are offered, as the next. */
	/* package */ static final int PRE_SHARED_KEY = 41;
	/* package */ static final int EARLY_DATA = 42;
	/* package */ static final int SUPPORTED_VERSIONS = 43;
	/* package */ static final int COOKIE = 44;
	/* package */ static final int PSK_KEY_EXCHANGE_MODES = 45;
	/** In CertificateRequest only, as the next. */
	/* package */ static final int CERTIFICATE_AUTHORITIES = 47;
	/* package */ static final int SIGNATURE_ALGORITHMS_CERT = 50;
	/* package */ static final int KEY_SHARE = 51;
	/** RFC 5746; TLS 1.2 only. */
	/* package */ static final int RENEGOTIATION_INFO = 0xff01;

	private ExtensionType() {
	}

	/** Tells whether this is an extension of our ClientHello, which a server may answer in one message or another. */
	/* package */ static boolean known(int type) {
		switch (type) {
		case SERVER_NAME:
		case MAX_FRAGMENT_LENGTH:
		case SUPPORTED_GROUPS:
		case SIGNATURE_ALGORITHMS:
		case APPLICATION_LAYER_PROTOCOL_NEGOTIATION:
		case RECORD_SIZE_LIMIT:
		case SUPPORTED_VERSIONS:
		case COOKIE:
		case KEY_SHARE:
			return true;
		default:
			return false;
		}
	}
}
