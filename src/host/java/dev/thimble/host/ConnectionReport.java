/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

import dev.thimble.tls.Alert;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.SignatureScheme;
import dev.thimble.tls.TlsEngine;
import dev.thimble.tls.TlsError;

/** Prints what is known of a connection at its end. */
final class ConnectionReport {

	private ConnectionReport() {
	}

	static void print(PrintWriter out, TlsEngine engine, EngineBuilder builder, List<String> alpn, EnginePipe pipe) {
		if (engine.handshakeComplete() || engine.cipherSuite() != 0) {
			line(out, "version", Parameters.versionName(engine.version()) + (engine.resumed() ? ", resumed or by a pre-shared key" : ""));
			line(out, "cipher suite", CipherSuite.name(engine.cipherSuite()));
			line(out, "group", Parameters.groupName(engine.group()) + (engine.helloRetried() ? ", after a HelloRetryRequest" : ""));
			line(out, "server's signature", SignatureScheme.name(engine.signatureScheme()));
			line(out, "client certificate", !engine.certificateRequested() ? "not asked for" : engine.identity() < 0 ? "none that fits" : "sent");
			int protocol = engine.applicationProtocol();
			line(out, "application protocol", protocol < 0 ? "none" : alpn.get(protocol));
			if (pipe.sentEarly()) {
				line(out, "early data", engine.earlyDataAccepted() ? "accepted" : "refused, and sent again after the handshake");
			}
			line(out, "record limit out", engine.recordOutLimit() + " bytes");
		}
		line(out, "records", engine.recordsIn() + " in, " + engine.recordsOut() + " out");
		line(out, "handshake bytes", engine.handshakeBytesIn() + " in, " + engine.handshakeBytesOut() + " out");
		line(out, "alerts", Alert.name(engine.alertReceived()) + " received, " + Alert.name(engine.alertSent()) + " sent");
		line(out, "result", engine.error() == 0 ? "no error" : TlsError.name(engine.error()));
		line(out, "engine heap", String.format(Locale.ROOT, "%,d bytes, %,d of them record buffers", builder.walk(engine, true).bytes(),
				builder.walk(engine, true).bytes() - builder.walk(engine, false).bytes()));
		line(out, "allocated since", String.format(Locale.ROOT, "%,d bytes since construction", pipe.allocatedBytes()));
		out.flush();
	}

	private static void line(PrintWriter out, String what, String value) {
		out.printf("%-21s %s%n", what + ":", value);
	}
}
