/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** One thing the scripted client of TLS 1.2 does, once it is ready for it. */
public record ClientStep12(String name, Predicate<ScriptedClient12> ready, Consumer<ScriptedClient12> action)
		implements Step<ScriptedClient12> {

	public static final ClientStep12 HELLO = of("ClientHello", ScriptedClient12::sendClientHello);
	/** Waits for ServerHelloDone. */
	public static final ClientStep12 AWAIT_DONE = new ClientStep12("await ServerHelloDone", c -> c.server.done, c -> {
	});
	/** Sends one even if nobody asked. */
	public static final ClientStep12 CERTIFICATE = of("Certificate", ScriptedClient12::sendCertificate);
	public static final ClientStep12 KEY_EXCHANGE = of("ClientKeyExchange", ScriptedClient12::sendClientKeyExchange);
	public static final ClientStep12 VERIFY = of("CertificateVerify", ScriptedClient12::sendCertificateVerify);
	/** Sends change_cipher_spec and protects what follows. */
	public static final ClientStep12 CHANGE_CIPHER_SPEC = of("change_cipher_spec", ScriptedClient12::changeCipherSpec);
	/** Only sends the record. */
	public static final ClientStep12 CCS_RECORD = of("change_cipher_spec record", ScriptedClient12::sendChangeCipherSpec);
	public static final ClientStep12 FINISHED = of("Finished", ScriptedClient12::sendFinished);
	/** Waits for the server's Finished. */
	public static final ClientStep12 AWAIT_FINISHED = new ClientStep12("await Finished", c -> c.server.finished, c -> {
	});
	/** A ClientHello under the connection's keys. */
	public static final ClientStep12 RENEGOTIATE = of("renegotiation", ScriptedClient12::renegotiate);
	public static final ClientStep12 CLOSE_NOTIFY = alert(1, TlsNumbers.CLOSE_NOTIFY);

	public static ClientStep12 of(String name, Consumer<ScriptedClient12> action) {
		return new ClientStep12(name, c -> true, action);
	}

	/** Queues a message that does not enter the transcript. */
	public static ClientStep12 message(byte[] message) {
		return of("message " + (message.length == 0 ? "empty" : message[0] & 0xff), c -> c.queue(message));
	}

	/** Sends application data. */
	public static ClientStep12 data(byte[] data) {
		return of("data", c -> c.sendData(data));
	}

	/** Sends one record under the present keys. */
	public static ClientStep12 record(int type, byte[] content) {
		return of("record " + type, c -> {
			c.flush();
			c.record(type, content);
		});
	}

	/** Sends one plaintext record whatever the keys are. */
	public static ClientStep12 plainRecord(int type, byte[] content) {
		return wire("plaintext record " + type, Octets.record(type, 0x0303, content));
	}

	public static ClientStep12 wire(String name, byte[] bytes) {
		return of(name, c -> {
			c.flush();
			c.wire(bytes);
		});
	}

	public static ClientStep12 alert(int level, int description) {
		return record(TlsNumbers.ALERT, Octets.of(level, description));
	}
}
