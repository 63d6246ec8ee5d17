/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.serve;

import dev.thimble.tls.TlsEngine;

/** Sends back what comes. */
final class EchoAnswer extends Answer {

	@Override
	boolean advance(TlsEngine engine) {
		int both = TlsEngine.HAS_APP_IN | TlsEngine.WANTS_APP_OUT;
		if ((engine.state() & both) != both) {
			return false;
		}
		int count = Math.min(engine.appInLength(), engine.appOutLength());
		System.arraycopy(engine.appInArray(), engine.appInOffset(), engine.appOutArray(), engine.appOutOffset(), count);
		engine.appInAck(count);
		engine.appOutAck(count);
		engine.flush();
		return true;
	}
}
