/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import dev.thimble.tls.Alert;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** Says what an engine's first error is: name, what happened, what to do, and the alert that went with it. */
public final class ErrorText {

	private ErrorText() {
	}

	/**
	 * Gets the sentences.
	 *
	 * @param engine
	 *            an engine with an error.
	 */
	public static String of(TlsEngine engine) {
		StringBuilder text = new StringBuilder(TlsError.name(engine.error())).append(": ").append(TlsError.text(engine.error()));
		if (engine.alertReceived() > 0) {
			text.append(" (The peer's alert: ").append(Alert.name(engine.alertReceived())).append(".)");
			if (engine.certificateRequested()) {
				text.append(engine.identity() >= 0 ? " The server asked for a client certificate and was sent the one of --cert."
						: " The server asked for a client certificate, and none that fits was given; see --cert and --key.");
			}
		} else if (engine.alertSent() > 0) {
			text.append(" (Alert sent: ").append(Alert.name(engine.alertSent())).append(".)");
		}
		return text.toString();
	}
}
