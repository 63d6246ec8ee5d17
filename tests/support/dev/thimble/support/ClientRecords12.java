/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the scripted server of TLS 1.2 has received, and everything a client must not do refused. */
public final class ClientRecords12 extends PeerRecords12 {

	/** The suite number that says what an empty renegotiation_info says (RFC 5746 §3.3). */
	static final int EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff;

	public final List<ClientHelloView> hellos = new ArrayList<>();
	/** How many of {@link #hellos} the script has taken up. */
	public int hellosTaken;
	/** The body of ClientKeyExchange, or null. */
	public byte[] keyExchange;
	/** The identity of the client's pre-shared key, or null. */
	public byte[] pskIdentity;

	private final ScriptedServer12 server;

	ClientRecords12(ScriptedServer12 server) {
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

	/** Whether the ClientHello says, one way or the other, that renegotiation is secure. */
	public boolean offersRenegotiationInfo() {
		return lastHello().extensions.containsKey(TlsNumbers.RENEGOTIATION_INFO) || lastHello().suites.contains(EMPTY_RENEGOTIATION_INFO_SCSV);
	}

	@Override
	int recordSizeLimit() {
		boolean agreed = this.server.recordSizeLimit != 0 && !this.hellos.isEmpty()
				&& lastHello().extensions.containsKey(TlsNumbers.RECORD_SIZE_LIMIT);
		return agreed ? this.server.recordSizeLimit : 16384;
	}

	@Override
	boolean greeted() {
		return !this.hellos.isEmpty();
	}

	@Override
	RecordProtection nextKeys() {
		boolean certified = this.chain.isEmpty() == (this.scheme == 0);
		boolean ready = this.server.resuming() ? this.server.finishedSent : this.keyExchange != null && certified;
		return ready ? this.server.schedule.client() : null;
	}

	@Override
	void message(byte[] message) {
		switch (message[0]) {
		case TlsNumbers.CLIENT_HELLO -> {
			require(this.hellos.isEmpty(), "a second ClientHello");
			this.hellos.add(new ClientHelloView(message));
		}
		case TlsNumbers.CERTIFICATE -> {
			require(this.server.requested && this.server.doneSent && this.keyExchange == null && this.certificate == null,
					"Certificate at a wrong time");
			certificates(message);
		}
		case TlsNumbers.CLIENT_KEY_EXCHANGE -> {
			require(this.server.doneSent && this.keyExchange == null && (this.certificate != null) == this.server.requested,
					"ClientKeyExchange at a wrong time");
			this.server.hash(message);
			this.keyExchange = Arrays.copyOfRange(message, 4, message.length);
			clientKeyExchange();
			return;
		}
		case TlsNumbers.CERTIFICATE_VERIFY -> {
			require(this.keyExchange != null && !this.chain.isEmpty() && this.scheme == 0 && this.readKeys == null,
					"CertificateVerify at a wrong time");
			this.scheme = Octets.u16At(message, 4);
			require(Octets.u16At(message, 6) == message.length - 8, "CertificateVerify's lengths");
			// RFC 5246 §7.4.8: all handshake messages so far, not their hash.
			verify(publicKey(false), this.scheme, this.server.transcript, Arrays.copyOfRange(message, 8, message.length), "CertificateVerify");
		}
		case TlsNumbers.FINISHED -> finished(message, this.server.schedule.finished(true, this.server.transcriptHash()));
		default -> throw new IllegalStateException("client: message of type " + message[0]);
		}
		this.server.hash(message);
	}

	private void clientKeyExchange() {
		byte[] body = this.keyExchange;
		Suite12.Exchange exchange = this.server.suite.exchange;
		int at = 0;
		if (exchange.preShared()) {
			int length = Octets.u16At(body, 0);
			this.pskIdentity = Arrays.copyOfRange(body, 2, 2 + length);
			require(Arrays.equals(this.pskIdentity, this.server.psk.identity), "identity of the pre-shared key");
			at = 2 + length;
		}
		byte[] shared = null;
		if (exchange.ecdhe()) {
			require((body[at] & 0xff) == body.length - at - 1, "ClientKeyExchange's length");
			shared = this.server.ephemeral.agree(Arrays.copyOfRange(body, at + 1, body.length));
			at = body.length;
		}
		require(at == body.length, "ClientKeyExchange's length");
		this.server.keysKnown(exchange.preShared() ? ReferenceSchedule12.pskPremaster(shared, this.server.psk.key) : shared);
	}
}
