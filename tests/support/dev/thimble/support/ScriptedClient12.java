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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A TLS 1.2 client in memory that does what its {@link #script} says, right or wrong: the counterpart of {@link ScriptedServer12}. It is strict
 * with the server: what a server must not send throws IllegalStateException.
 */
public final class ScriptedClient12 extends ScriptedPeer<ScriptedClient12, ClientStep12> {

	/** What the server has sent. */
	public final ServerRecords12 server = new ServerRecords12(this);

	/** server_name, or null: none. */
	public String serverName = ServerIdentity.SERVER_NAME;
	/** The suites to offer; null: all, those of pre-shared keys only with a key. */
	public List<Suite12> suites;
	public List<Integer> groups = List.of(TlsNumbers.X25519, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1);
	public List<Integer> schemes = List.of(TlsNumbers.ECDSA_SECP256R1_SHA256, TlsNumbers.ECDSA_SECP384R1_SHA384, TlsNumbers.ED25519,
			TlsNumbers.RSA_PSS_RSAE_SHA256, TlsNumbers.RSA_PSS_RSAE_SHA384, TlsNumbers.RSA_PSS_RSAE_SHA512, TlsNumbers.RSA_PSS_PSS_SHA256,
			TlsNumbers.RSA_PKCS1_SHA256);
	/** ec_point_formats; empty: no such extension. */
	public byte[] pointFormats = Octets.of(0);
	/** The pre-shared key, or null. */
	public Psk psk;
	/** Whether extended_master_secret is offered. */
	public boolean extendedMasterSecret = true;
	/** Whether renegotiation_info is offered. */
	public boolean renegotiationInfo = true;
	/** Whether session_ticket is offered, empty unless the session has a ticket. */
	public boolean offersTicket;
	/** The session to resume by its ticket, or else by its id; null: none. */
	public Session12 session;
	/** The session id to send without a session, and with a ticket. */
	public byte[] sessionId = new byte[0];
	/** The application protocols to offer; empty: no such extension. */
	public List<String> alpn = List.of();
	/** The record_size_limit to announce, 0: none. */
	public int recordSizeLimit = 16384;
	public byte[] random = bytes(0xc11e, 32);
	/** Whether the server's random may end in a sentinel: that of a server which has TLS 1.3, too, does. */
	public boolean expectsSentinel = true;
	/** The client's certificate and key, or null: an empty Certificate and no CertificateVerify. */
	public ServerIdentity identity;
	/** The scheme CertificateVerify is signed with, 0: the identity's. */
	public int scheme;
	/** The client's key pair, null: a new one. */
	public EphemeralKey ephemeral;

	/** Changes the ClientHello before it is encoded. */
	public Consumer<ClientHelloFields> hello = f -> {
	};
	/** Changes the signature of CertificateVerify. */
	public UnaryOperator<byte[]> signature = UnaryOperator.identity();
	/** Changes the verify_data of Finished. */
	public UnaryOperator<byte[]> finishedData = UnaryOperator.identity();

	/** The ClientHello last sent. */
	public ClientHelloFields sentHello;
	/** The suite, once the server has chosen. */
	public Suite12 suite;
	/** Secrets, once there are any. */
	public ReferenceSchedule12 schedule;
	/** The session of this handshake, once its master secret is there; to be given to another client. */
	public Session12 established;

	boolean resuming;
	boolean finishedSent;
	private boolean extendedMaster;
	private byte[] verifyData;

	/** A client that does a full handshake and then waits. */
	public ScriptedClient12() {
		script(ClientScript12.full());
	}

	@Override
	ScriptedClient12 self() {
		return this;
	}

	@Override
	PeerRecords records() {
		return this.server;
	}

	@Override
	public boolean isClient() {
		return true;
	}

	@Override
	String digest() {
		return this.suite == null ? "SHA-256" : this.suite.digest;
	}

	@Override
	int recordSizeLimitOfEngine() {
		byte[] limit = this.server.hello == null ? null : this.server.hello.extensions.get(TlsNumbers.RECORD_SIZE_LIMIT);
		return limit == null ? 16385 : Math.min(16384, Octets.u16At(limit, 0)) + 1;
	}

	@Override
	int plainVersion() {
		return this.server.hello == null ? 0x0301 : 0x0303;
	}

	// The messages, in the order of RFC 5246 figure 1.

	void sendClientHello() {
		ClientHelloFields fields = new ClientHelloFields();
		fields.random = this.random;
		fields.sessionId = this.sessionId;
		for (Suite12 offered : this.suites != null ? this.suites : Suite12.all()) {
			if (this.suites != null || this.psk != null || !offered.exchange.preShared()) {
				fields.suites.add(offered.number);
			}
		}
		ExtensionList list = fields.extensions;
		if (this.serverName != null) {
			list.add(TlsNumbers.SERVER_NAME, ScriptedClient.serverName(this.serverName));
		}
		if (this.extendedMasterSecret) {
			list.add(TlsNumbers.EXTENDED_MASTER_SECRET, new byte[0]);
		}
		if (this.renegotiationInfo) {
			list.add(TlsNumbers.RENEGOTIATION_INFO, Octets.of(0));
		}
		list.add(TlsNumbers.SUPPORTED_GROUPS, ClientHelloFields.numbers(this.groups));
		if (this.pointFormats.length > 0) {
			list.add(TlsNumbers.EC_POINT_FORMATS, new Octets().vector8(this.pointFormats).toBytes());
		}
		list.add(TlsNumbers.SIGNATURE_ALGORITHMS, ClientHelloFields.numbers(this.schemes));
		if (!this.alpn.isEmpty()) {
			list.add(TlsNumbers.ALPN, ScriptedClient.protocols(this.alpn));
		}
		if (this.recordSizeLimit != 0) {
			list.add(TlsNumbers.RECORD_SIZE_LIMIT, new Octets().u16(this.recordSizeLimit).toBytes());
		}
		if (this.session != null && this.session.ticket != null) {
			list.add(TlsNumbers.SESSION_TICKET, this.session.ticket);
			// RFC 5077 §3.4: an id, so as to see whether the server takes the ticket.
			fields.sessionId = this.sessionId.length > 0 ? this.sessionId : bytes(0x71c, 32);
		} else {
			if (this.offersTicket) {
				list.add(TlsNumbers.SESSION_TICKET, new byte[0]);
			}
			fields.sessionId = this.session != null ? this.session.id : this.sessionId;
		}
		this.hello.accept(fields);
		this.sentHello = fields;
		send(TlsNumbers.CLIENT_HELLO, fields.toMessage());
	}

	/** Takes up what the server has chosen. */
	void helloReceived(ServerHelloView view) {
		this.suite = Suite12.of(view.suite);
		this.extendedMaster = view.extensions.containsKey(TlsNumbers.EXTENDED_MASTER_SECRET);
		this.schedule = new ReferenceSchedule12(this.suite, this.sentHello.random, view.random);
		this.resuming = this.session != null && view.sessionId.length > 0 && Arrays.equals(view.sessionId, this.sentHello.sessionId);
		if (this.resuming) {
			this.server.require(this.suite == this.session.suite, "another suite than the session's");
			this.server.require(this.extendedMaster == this.session.extendedMasterSecret, "extended_master_secret unlike the session");
			this.schedule.master = this.session.master;
			this.established = new Session12(this.session.id, this.suite, this.schedule.master, this.extendedMaster);
			this.established.ticket = this.session.ticket;
		}
	}

	void sendCertificate() {
		send(TlsNumbers.CERTIFICATE, Messages.certificate12(this.identity == null ? new ArrayList<>() : this.identity.chain));
	}

	void sendClientKeyExchange() {
		Octets body = new Octets();
		Suite12.Exchange exchange = this.suite.exchange;
		if (exchange.preShared()) {
			body.vector16(this.psk.identity);
		}
		byte[] shared = null;
		if (exchange.ecdhe()) {
			if (this.ephemeral == null || this.ephemeral.group != this.server.group) {
				this.ephemeral = EphemeralKey.generate(this.server.group);
			}
			body.vector8(this.ephemeral.share);
			shared = this.ephemeral.agree(this.server.point);
		}
		send(TlsNumbers.CLIENT_KEY_EXCHANGE, Octets.message(TlsNumbers.CLIENT_KEY_EXCHANGE, body.toBytes()));
		byte[] premaster = exchange.preShared() ? ReferenceSchedule12.pskPremaster(shared, this.psk.key) : shared;
		if (this.extendedMaster) {
			this.schedule.extendedMaster(premaster, transcriptHash());
		} else {
			this.schedule.master(premaster);
		}
		this.established = new Session12(this.server.hello.sessionId, this.suite, this.schedule.master, this.extendedMaster);
	}

	void sendCertificateVerify() {
		if (this.identity != null) {
			int with = this.scheme == 0 ? this.identity.scheme : this.scheme;
			send(TlsNumbers.CERTIFICATE_VERIFY,
					Messages.certificateVerifyOf(with, this.signature.apply(this.identity.sign(with, this.transcript))));
		}
	}

	/** Sends change_cipher_spec and protects what follows. */
	void changeCipherSpec() {
		sendChangeCipherSpec();
		this.writeKeys = this.schedule.client();
	}

	void sendFinished() {
		this.finishedSent = true;
		this.verifyData = this.finishedData.apply(this.schedule.finished(true, transcriptHash()));
		send(TlsNumbers.FINISHED, Octets.message(TlsNumbers.FINISHED, this.verifyData));
	}

	/** Sends a ClientHello under the present keys that asks for new ones (RFC 5746 §3.5), and expects it to be refused. */
	void renegotiate() {
		ClientHelloFields fields = this.sentHello;
		if (this.renegotiationInfo) {
			fields.extensions.set(TlsNumbers.RENEGOTIATION_INFO, new Octets().vector8(this.verifyData).toBytes());
		}
		queue(fields.toMessage());
	}
}
