/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the scripted server has received: records opened, messages put together, and everything a client must not do refused. */
public final class ClientRecords extends PeerRecords13 {

	public final List<ClientHelloView> hellos = new ArrayList<>();
	/** How many of {@link #hellos} the script has taken up. */
	public int hellosTaken;
	/** The pre-shared keys the last ClientHello offers, in order. */
	public final List<PskOffer> offers = new ArrayList<>();
	public int keyUpdates;
	/** Whether the client has ended its accepted early data. */
	public boolean endOfEarlyData;
	/** Records of rejected early data passed over. */
	public int skipped;

	/** Whether a HelloRetryRequest was sent. */
	boolean retried;
	/** Whether records that do not open are passed over. */
	boolean skipping;

	private final ScriptedServer server;
	private final ByteArrayOutputStream early = new ByteArrayOutputStream();

	ClientRecords(ScriptedServer server) {
		super("client");
		this.server = server;
	}

	@Override
	ScriptedPeer<?, ?> peer() {
		return this.server;
	}

	public ClientHelloView lastHello() {
		return this.hellos.get(this.hellos.size() - 1);
	}

	/** The early data received and accepted. */
	public byte[] earlyData() {
		return this.early.toByteArray();
	}

	@Override
	RecordProtection protection(byte[] secret) {
		return new RecordProtection(this.server.suite, this.server.schedule, secret);
	}

	@Override
	int recordSizeLimit() {
		// Tests that edit the limit away, or look at how it is kept, do so themselves.
		return 16385;
	}

	@Override
	boolean plainVersion(int version) {
		return version == 0x0303 || this.hellos.isEmpty() && version == 0x0301;
	}

	@Override
	boolean changeCipherSpecAllowed() {
		return !this.hellos.isEmpty();
	}

	@Override
	boolean skips(byte[] record, byte[] inner) {
		// RFC 8446 §4.2.10: after HelloRetryRequest whatever is protected, else whatever the handshake keys do not open.
		boolean skip = this.readKeys == null
				? this.retried && this.hellos.size() == 1 && this.server.earlyData == EarlyData.REJECT
						&& lastHello().extensions.containsKey(TlsNumbers.EARLY_DATA)
				: this.skipping && inner == null;
		if (skip) {
			this.skipped++;
		} else {
			this.skipping = false;
		}
		return skip;
	}

	@Override
	void applicationData(byte[] content) {
		if (this.server.earlyDataAccepted && !this.endOfEarlyData) {
			this.early.writeBytes(content);
			return;
		}
		require(this.finished, "application data before Finished");
		this.data.writeBytes(content);
	}

	@Override
	void message(byte[] message) {
		boolean early = this.server.earlyDataAccepted && !this.endOfEarlyData;
		switch (message[0]) {
		case TlsNumbers.CLIENT_HELLO -> {
			require(this.readKeys == null && this.hellos.size() < 2, "ClientHello at a wrong time");
			ClientHelloView hello = new ClientHelloView(message);
			if (!this.hellos.isEmpty()) {
				hello.requireFollows(this.hellos.get(0));
			}
			this.hellos.add(hello);
			offers(hello);
			this.server.hash(message);
		}
		case TlsNumbers.END_OF_EARLY_DATA -> {
			require(early && message.length == 4 && this.server.schedule.clientApplication != null, "EndOfEarlyData at a wrong time");
			this.endOfEarlyData = true;
			this.server.hash(message);
			readWith(this.server.schedule.clientHandshake);
		}
		case TlsNumbers.CERTIFICATE -> {
			require(this.readKeys != null && !early && !this.finished && this.certificate == null, "Certificate at a wrong time");
			certificates(message);
			require(!this.server.clientRawKey || this.chain.size() <= 1, "more than one raw public key");
			this.server.hash(message);
		}
		case TlsNumbers.CERTIFICATE_VERIFY -> {
			require(this.readKeys != null && !early && !this.finished && !this.chain.isEmpty() && this.scheme == 0,
					"CertificateVerify at a wrong time");
			certificateVerify(message, Messages.CLIENT_CONTEXT, this.server.clientRawKey);
			this.server.hash(message);
		}
		case TlsNumbers.FINISHED -> {
			require(this.readKeys != null && !early && !this.finished && this.server.schedule.clientApplication != null,
					"Finished at a wrong time");
			require(this.chain.isEmpty() == (this.scheme == 0), "Certificate without CertificateVerify");
			byte[] expected = this.server.schedule.finished(this.server.schedule.clientHandshake, this.server.transcriptHash());
			require(Arrays.equals(message, Octets.message(TlsNumbers.FINISHED, expected)), "Finished is wrong");
			this.finished = true;
			this.server.hash(message);
			this.server.schedule.resumption(this.server.transcriptHash());
			readWith(this.server.schedule.clientApplication);
		}
		case TlsNumbers.KEY_UPDATE -> {
			require(this.finished && message.length == 5 && (message[4] & 0xff) <= 1, "KeyUpdate");
			this.keyUpdates++;
			readWith(this.server.schedule.update(this.readSecret));
			if (message[4] == 1 && this.server.answersKeyUpdate) {
				this.server.then(ServerStep.keyUpdate(false));
			}
		}
		default -> throw new IllegalStateException("client: message of type " + message[0]);
		}
	}

	/** Verifies the binders of those keys the server knows. */
	private void offers(ClientHelloView hello) {
		this.offers.clear();
		for (int i = 0; i < hello.pskIdentities.size(); i++) {
			byte[] identity = hello.pskIdentities.get(i);
			Psk known = this.server.psks.stream().filter(p -> Arrays.equals(p.identity, identity)).findFirst().orElse(null);
			boolean right = known != null && Arrays.equals(hello.pskBinders.get(i),
					known.binder(ReferenceSchedule.hash(known.digest, Octets.concat(this.server.transcript, hello.truncated()))));
			this.offers.add(new PskOffer(identity, hello.pskAges.get(i), hello.pskBinders.get(i), known, right));
		}
	}
}
