/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import java.io.IOException;

/** What a stream of a socket throws: an error of {@link NetError}'s table with its sentence. */
public final class TlsException extends IOException {

	private static final long serialVersionUID = 1L;

	private final int code;

	/**
	 * Creates an exception.
	 *
	 * @param code
	 *            a code of {@link NetError}, {@link dev.thimble.tls.TlsError} or {@link dev.thimble.x509.PathError}.
	 */
	public TlsException(int code) {
		super(NetError.text(code));
		this.code = code;
	}

	/**
	 * Gets the code.
	 *
	 * @return as given.
	 */
	public int code() {
		return this.code;
	}
}
