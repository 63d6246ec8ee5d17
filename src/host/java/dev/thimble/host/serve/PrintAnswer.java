/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import dev.thimble.tls.TlsEngine;

/** Writes what comes to an output, and says nothing. */
final class PrintAnswer extends Answer {

	private final OutputStream output;

	PrintAnswer(OutputStream output) {
		this.output = output;
	}

	@Override
	boolean advance(TlsEngine engine) {
		if ((engine.state() & TlsEngine.HAS_APP_IN) == 0) {
			return false;
		}
		int count = engine.appInLength();
		try {
			this.output.write(engine.appInArray(), engine.appInOffset(), count);
			this.output.flush();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		engine.appInAck(count);
		return true;
	}
}
