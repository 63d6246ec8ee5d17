/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** One thing the scripted server does, once it is ready for it. */
public record ServerStep(String name, Predicate<ScriptedServer> ready, Consumer<ScriptedServer> action)
		implements Step<ScriptedServer> {

	public static final ServerStep AWAIT_HELLO = new ServerStep("await ClientHello",
			s -> s.client.hellos.size() > s.client.hellosTaken, s -> s.client.hellosTaken++);
	public static final ServerStep RETRY = of("HelloRetryRequest", ScriptedServer::sendHelloRetryRequest);
	public static final ServerStep HELLO = of("ServerHello", ScriptedServer::sendServerHello);
	public static final ServerStep CHANGE_CIPHER_SPEC = of("change_cipher_spec", ScriptedServer::sendChangeCipherSpec);
	public static final ServerStep HANDSHAKE_KEYS = of("handshake keys", ScriptedServer::useHandshakeKeys);
	public static final ServerStep EXTENSIONS = of("EncryptedExtensions", ScriptedServer::sendEncryptedExtensions);
	public static final ServerStep REQUEST = of("CertificateRequest",
			s -> s.send(TlsNumbers.CERTIFICATE_REQUEST, Messages.certificateRequest()));
	public static final ServerStep CERTIFICATE = of("Certificate", ScriptedServer::sendCertificate);
	public static final ServerStep VERIFY = of("CertificateVerify", ScriptedServer::sendCertificateVerify);
	public static final ServerStep FINISHED = of("Finished", ScriptedServer::sendFinished);
	public static final ServerStep APPLICATION_KEYS = of("application keys", ScriptedServer::useApplicationKeys);
	public static final ServerStep AWAIT_FINISHED = new ServerStep("await Finished", s -> s.client.finished, s -> {
	});
	/** Waits for EndOfEarlyData, if early data was accepted. */
	public static final ServerStep AWAIT_END_OF_EARLY_DATA = new ServerStep("await EndOfEarlyData",
			s -> s.client.endOfEarlyData || !s.earlyDataAccepted, s -> {
			});
	public static final ServerStep TICKET = ticket(t -> {
	});
	public static final ServerStep CLOSE_NOTIFY = alert(1, TlsNumbers.CLOSE_NOTIFY);

	public static ServerStep of(String name, Consumer<ScriptedServer> action) {
		return new ServerStep(name, s -> true, action);
	}

	/** Queues a message that does not enter the transcript. */
	public static ServerStep message(byte[] message) {
		return of("message " + (message.length == 0 ? "empty" : message[0] & 0xff), s -> s.queue(message));
	}

	/** Issues a ticket, with fields as a test wants them. */
	public static ServerStep ticket(Consumer<TicketFields> edit) {
		return of("NewSessionTicket", s -> s.sendTicket(edit));
	}

	/** Sends application data. */
	public static ServerStep data(byte[] data) {
		return of("data", s -> s.sendData(data));
	}

	/** Sends one record under the present keys. */
	public static ServerStep record(int type, byte[] content) {
		return of("record " + type, s -> {
			s.flush();
			s.record(type, content);
		});
	}

	/** Sends one plaintext record whatever the keys are. */
	public static ServerStep plainRecord(int type, byte[] content) {
		return wire("plaintext record " + type, Octets.record(type, 0x0303, content));
	}

	public static ServerStep wire(String name, byte[] bytes) {
		return of(name, s -> {
			s.flush();
			s.wire(bytes);
		});
	}

	public static ServerStep alert(int level, int description) {
		return record(TlsNumbers.ALERT, Octets.of(level, description));
	}

	/** Sends KeyUpdate and changes the keys. */
	public static ServerStep keyUpdate(boolean request) {
		return of("KeyUpdate", s -> {
			s.flush();
			s.queue(Messages.keyUpdate(request ? 1 : 0));
			s.updateWriteKeys();
		});
	}
}
