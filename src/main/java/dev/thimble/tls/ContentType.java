/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** Record content types (RFC 8446 §5.1). */
/* package */ final class ContentType {

	/* package */ static final int CHANGE_CIPHER_SPEC = 20;
	/* package */ static final int ALERT = 21;
	/* package */ static final int HANDSHAKE = 22;
	/* package */ static final int APPLICATION_DATA = 23;

	private ContentType() {
	}
}
