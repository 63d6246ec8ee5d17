/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** One thing the scripted client does, once it is ready for it. */
public record ClientStep(String name, Predicate<ScriptedClient> ready, Consumer<ScriptedClient> action) implements Step<ScriptedClient> {

	/** The first ClientHello, or the second one if there was a HelloRetryRequest. */
	public static final ClientStep HELLO = of("ClientHello", ScriptedClient::sendClientHello);
	public static final ClientStep CHANGE_CIPHER_SPEC = of("change_cipher_spec", ScriptedClient::sendChangeCipherSpec);
	/** Early data, if there is any, under the keys of the first pre-shared key. */
	public static final ClientStep EARLY_DATA = of("early data", ScriptedClient::sendEarlyData);
	public static final ClientStep AWAIT_RETRY = new ClientStep("await HelloRetryRequest", c -> c.server.retry != null, c -> {
	});
	public static final ClientStep AWAIT_HELLO = new ClientStep("await ServerHello", c -> c.server.hello != null, c -> {
	});
	/** Waits for the server's Finished. */
	public static final ClientStep AWAIT_FINISHED = new ClientStep("await Finished", c -> c.server.finished, c -> {
	});
	/** EndOfEarlyData, if early data was accepted. */
	public static final ClientStep END_OF_EARLY_DATA = of("EndOfEarlyData", c -> {
		if (c.server.earlyDataAccepted) {
			c.sendEndOfEarlyData();
		}
	});
	public static final ClientStep HANDSHAKE_KEYS = of("handshake keys", ScriptedClient::useHandshakeKeys);
	public static final ClientStep CERTIFICATE = of("Certificate", ScriptedClient::sendCertificate);
	public static final ClientStep VERIFY = of("CertificateVerify", ScriptedClient::sendCertificateVerify);
	public static final ClientStep FINISHED = of("Finished", ScriptedClient::sendFinished);
	public static final ClientStep APPLICATION_KEYS = of("application keys", ScriptedClient::useApplicationKeys);
	public static final ClientStep CLOSE_NOTIFY = alert(1, TlsNumbers.CLOSE_NOTIFY);

	public static ClientStep of(String name, Consumer<ScriptedClient> action) {
		return new ClientStep(name, c -> true, action);
	}

	/** Queues a message that does not enter the transcript. */
	public static ClientStep message(byte[] message) {
		return of("message " + (message.length == 0 ? "empty" : message[0] & 0xff), c -> c.queue(message));
	}

	/** Sends application data. */
	public static ClientStep data(byte[] data) {
		return of("data", c -> c.sendData(data));
	}

	/** Sends one record under the present keys. */
	public static ClientStep record(int type, byte[] content) {
		return of("record " + type, c -> {
			c.flush();
			c.record(type, content);
		});
	}

	/** Sends one plaintext record whatever the keys are. */
	public static ClientStep plainRecord(int type, byte[] content) {
		return wire("plaintext record " + type, Octets.record(type, 0x0303, content));
	}

	public static ClientStep wire(String name, byte[] bytes) {
		return of(name, c -> {
			c.flush();
			c.wire(bytes);
		});
	}

	public static ClientStep alert(int level, int description) {
		return record(TlsNumbers.ALERT, Octets.of(level, description));
	}

	/** Sends KeyUpdate and changes the keys. */
	public static ClientStep keyUpdate(boolean request) {
		return of("KeyUpdate", c -> {
			c.flush();
			c.queue(Messages.keyUpdate(request ? 1 : 0));
			c.updateWriteKeys();
		});
	}
}
