/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** One thing the scripted server of TLS 1.2 does, once it is ready for it. */
public record ServerStep12(String name, Predicate<ScriptedServer12> ready, Consumer<ScriptedServer12> action) implements Step<ScriptedServer12> {

	public static final ServerStep12 AWAIT_HELLO = new ServerStep12("await ClientHello",
			s -> s.client.hellos.size() > s.client.hellosTaken, s -> s.client.hellosTaken++);
	public static final ServerStep12 HELLO = of("ServerHello", ScriptedServer12::sendServerHello);
	public static final ServerStep12 CERTIFICATE = of("Certificate", ScriptedServer12::sendCertificate);
	/** ServerKeyExchange; nothing for a pre-shared key alone without a hint. */
	public static final ServerStep12 KEY_EXCHANGE = of("ServerKeyExchange", ScriptedServer12::sendServerKeyExchange);
	public static final ServerStep12 REQUEST = of("CertificateRequest", ScriptedServer12::sendCertificateRequest);
	public static final ServerStep12 DONE = of("ServerHelloDone", ScriptedServer12::sendServerHelloDone);
	public static final ServerStep12 AWAIT_FINISHED = new ServerStep12("await Finished", s -> s.client.finished, s -> {
	});
	public static final ServerStep12 TICKET = of("NewSessionTicket", ScriptedServer12::sendTicket);
	/** Sends change_cipher_spec and protects what follows. */
	public static final ServerStep12 CHANGE_CIPHER_SPEC = of("change_cipher_spec", ScriptedServer12::changeCipherSpec);
	/** Only sends the record. */
	public static final ServerStep12 CCS_RECORD = of("change_cipher_spec record", ScriptedServer12::sendChangeCipherSpec);
	public static final ServerStep12 FINISHED = of("Finished", ScriptedServer12::sendFinished);
	public static final ServerStep12 HELLO_REQUEST = message(Octets.message(TlsNumbers.HELLO_REQUEST, new byte[0]));
	public static final ServerStep12 CLOSE_NOTIFY = alert(1, TlsNumbers.CLOSE_NOTIFY);

	public static ServerStep12 of(String name, Consumer<ScriptedServer12> action) {
		return new ServerStep12(name, s -> true, action);
	}

	/** Queues a message that does not enter the transcript. */
	public static ServerStep12 message(byte[] message) {
		return of("message " + (message.length == 0 ? "empty" : message[0] & 0xff), s -> s.queue(message));
	}

	/** Sends application data. */
	public static ServerStep12 data(byte[] data) {
		return of("data", s -> s.sendData(data));
	}

	/** Sends one record under the present keys. */
	public static ServerStep12 record(int type, byte[] content) {
		return of("record " + type, s -> {
			s.flush();
			s.record(type, content);
		});
	}

	/** Sends one plaintext record whatever the keys are. */
	public static ServerStep12 plainRecord(int type, byte[] content) {
		return wire("plaintext record " + type, Octets.record(type, 0x0303, content));
	}

	public static ServerStep12 wire(String name, byte[] bytes) {
		return of(name, s -> {
			s.flush();
			s.wire(bytes);
		});
	}

	public static ServerStep12 alert(int level, int description) {
		return record(TlsNumbers.ALERT, Octets.of(level, description));
	}
}
