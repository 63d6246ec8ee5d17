/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A TLS 1.2 server in memory that does what its {@link #script} says, right or wrong: {@link ScriptedServer} for RFC 5246. It is strict with the
 * client: what a client must not send throws IllegalStateException.
 */
public final class ScriptedServer12 extends ScriptedPeer<ScriptedServer12, ServerStep12> {

	/** What the client has sent. */
	public final ClientRecords12 client = new ClientRecords12(this);

	/** Who the server says it is. */
	public ServerIdentity identity = ServerIdentity.of("P-256");
	/** The scheme ServerKeyExchange is signed with, 0: the identity's. */
	public int scheme;
	/** The suite to choose; null: the first the client offers that fits the identity, or the pre-shared key if there is one. */
	public Suite12 suite;
	/** The group to choose, 0: the first the client offers. */
	public int group;
	/** The pre-shared key, or null. */
	public Psk psk;
	/** psk_identity_hint, or null: none (in ECDHE_PSK an empty one). */
	public byte[] pskHint;
	/** Whether extended_master_secret is answered. */
	public boolean extendedMasterSecret = true;
	/** Whether renegotiation_info is answered. */
	public boolean renegotiationInfo = true;
	/** The session id to give in a full handshake. */
	public byte[] sessionId = bytes(0x5e55, 32);
	/** Whether session_ticket is answered, so that step TICKET may follow. */
	public boolean issuesTicket;
	/** What TICKET issues; null: made from the master secret. */
	public byte[] ticket;
	/** ticket_lifetime_hint in seconds. */
	public long ticketLifetime = 7200;
	/** The session to resume, which the client has to offer by its id or its ticket; null: none. */
	public Session12 session;
	/** The protocol to choose, or null: none. */
	public String alpn;
	/** The record_size_limit to announce, 0: none. */
	public int recordSizeLimit = 16384;
	/** The server's random. */
	public byte[] random = bytes(0x5eed, 32);
	/** The server's key pair, null: a new one. */
	public EphemeralKey ephemeral;
	/** certificate_types of a CertificateRequest: ecdsa_sign and rsa_sign. */
	public byte[] requestTypes = Octets.of(64, 1);
	public List<Integer> requestSchemes = List.of(TlsNumbers.ECDSA_SECP256R1_SHA256, TlsNumbers.ECDSA_SECP384R1_SHA384, TlsNumbers.ED25519,
			TlsNumbers.RSA_PSS_RSAE_SHA256, TlsNumbers.RSA_PKCS1_SHA256);
	/** The names of certification authorities in a CertificateRequest, DER. */
	public List<byte[]> requestAuthorities = List.of();

	/** Changes a ServerHello before it is encoded. */
	public Consumer<ServerHelloFields> serverHello = f -> {
	};
	/** Changes the parameters of ServerKeyExchange before they are signed. */
	public Consumer<KeyExchangeFields> keyExchange = f -> {
	};
	/** Changes the signature of ServerKeyExchange. */
	public UnaryOperator<byte[]> signature = UnaryOperator.identity();
	/** Changes the verify_data of Finished. */
	public UnaryOperator<byte[]> finishedData = UnaryOperator.identity();

	/** Secrets, once there are any. */
	public ReferenceSchedule12 schedule;
	/** The session of this handshake, once its master secret is there; to be given to another server. */
	public Session12 established;

	boolean requested;
	boolean doneSent;
	boolean finishedSent;
	private boolean extendedMaster;
	private boolean resuming;
	private byte[] idSent = new byte[0];

	/** A server that does a full handshake and then waits. */
	public ScriptedServer12() {
		script(Script12.full());
	}

	@Override
	ScriptedServer12 self() {
		return this;
	}

	@Override
	PeerRecords records() {
		return this.client;
	}

	@Override
	public boolean isClient() {
		return false;
	}

	@Override
	String digest() {
		return this.suite == null ? "SHA-256" : this.suite.digest;
	}

	@Override
	int recordSizeLimitOfEngine() {
		// RFC 8449 §4: in TLS 1.2 the limit is one of the plaintext alone.
		return this.client.hellos.isEmpty() ? 16385 : Math.min(16384, this.client.lastHello().recordSizeLimit()) + 1;
	}

	/** Whether the handshake is an abbreviated one. */
	public boolean resuming() {
		return this.resuming;
	}

	// The messages, in the order of RFC 5246 figure 1.

	void sendServerHello() {
		ClientHelloView hello = this.client.lastHello();
		ServerHelloFields fields = new ServerHelloFields();
		fields.random = this.random;
		ExtensionList list = fields.extensions;
		if (this.session != null) {
			boolean byId = this.session.id.length > 0 && Arrays.equals(this.session.id, hello.sessionId);
			boolean byTicket = this.session.ticket != null && Arrays.equals(this.session.ticket, hello.extensions.get(TlsNumbers.SESSION_TICKET));
			this.client.require((byId || byTicket) && hello.sessionId.length > 0, "does not offer the session");
			this.resuming = true;
			this.suite = this.session.suite;
			this.client.require(hello.suites.contains(this.suite.number), "does not offer the session's suite");
		} else {
			chooseSuite(hello);
		}
		fields.suite = this.suite.number;
		fields.sessionId = this.resuming ? hello.sessionId : this.sessionId;
		if (this.renegotiationInfo && this.client.offersRenegotiationInfo()) {
			list.add(TlsNumbers.RENEGOTIATION_INFO, Octets.of(0));
		}
		if (this.extendedMasterSecret && hello.extensions.containsKey(TlsNumbers.EXTENDED_MASTER_SECRET)) {
			list.add(TlsNumbers.EXTENDED_MASTER_SECRET, new byte[0]);
		}
		if (this.issuesTicket && hello.extensions.containsKey(TlsNumbers.SESSION_TICKET)) {
			list.add(TlsNumbers.SESSION_TICKET, new byte[0]);
		}
		if (this.suite.exchange.ecdhe() && hello.extensions.containsKey(TlsNumbers.EC_POINT_FORMATS)) {
			list.add(TlsNumbers.EC_POINT_FORMATS, Octets.of(1, 0));
		}
		if (this.recordSizeLimit != 0 && hello.extensions.containsKey(TlsNumbers.RECORD_SIZE_LIMIT)) {
			list.add(TlsNumbers.RECORD_SIZE_LIMIT, new Octets().u16(this.recordSizeLimit).toBytes());
		}
		if (this.alpn != null) {
			list.add(TlsNumbers.ALPN, new Octets().vector16(
					new Octets().vector8(this.alpn.getBytes(StandardCharsets.US_ASCII)).toBytes()).toBytes());
		}
		this.serverHello.accept(fields);
		this.idSent = fields.sessionId;
		this.extendedMaster = !fields.noExtensions && list.get(TlsNumbers.EXTENDED_MASTER_SECRET) != null;
		if (Suite12.of(fields.suite) != null) {
			this.suite = Suite12.of(fields.suite);
		}
		send(TlsNumbers.SERVER_HELLO, fields.toMessage());
		this.schedule = new ReferenceSchedule12(this.suite, hello.random, fields.random);
		if (this.resuming) {
			this.schedule.master = this.session.master;
			this.established = new Session12(fields.sessionId, this.suite, this.schedule.master, this.extendedMaster);
		}
	}

	private void chooseSuite(ClientHelloView hello) {
		for (int number : hello.suites) {
			Suite12 offered = Suite12.of(number);
			if (this.suite == null && offered != null && fits(offered)) {
				this.suite = offered;
			}
		}
		this.client.require(this.suite != null, "offers no suite that fits");
	}

	private boolean fits(Suite12 offered) {
		boolean rsa = this.identity.key.getAlgorithm().startsWith("RSA");
		return this.psk != null ? offered.exchange.preShared()
				: offered.exchange == (rsa ? Suite12.Exchange.ECDHE_RSA : Suite12.Exchange.ECDHE_ECDSA);
	}

	void sendCertificate() {
		send(TlsNumbers.CERTIFICATE, Messages.certificate12(this.identity.chain));
	}

	void sendServerKeyExchange() {
		KeyExchangeFields fields = new KeyExchangeFields();
		Suite12.Exchange exchange = this.suite.exchange;
		if (exchange == Suite12.Exchange.PSK && this.pskHint == null) {
			return;
		}
		if (exchange.preShared()) {
			fields.hint = this.pskHint == null ? new byte[0] : this.pskHint;
		}
		if (exchange.ecdhe()) {
			int chosen = this.group != 0 ? this.group : this.client.lastHello().groups.get(0);
			if (this.ephemeral == null || this.ephemeral.group != chosen) {
				this.ephemeral = EphemeralKey.generate(chosen);
			}
			fields.hasKey = true;
			fields.group = chosen;
			fields.point = this.ephemeral.share;
		}
		this.keyExchange.accept(fields);
		byte[] parameters = fields.toBytes();
		Octets body = new Octets().add(parameters);
		if (exchange.signed()) {
			int with = this.scheme == 0 ? this.identity.scheme : this.scheme;
			byte[] signed = Octets.concat(this.schedule.clientRandom, this.schedule.serverRandom, parameters);
			body.u16(with).vector16(this.signature.apply(this.identity.sign(with, signed)));
		}
		send(TlsNumbers.SERVER_KEY_EXCHANGE, Octets.message(TlsNumbers.SERVER_KEY_EXCHANGE, body.toBytes()));
	}

	void sendCertificateRequest() {
		this.requested = true;
		Octets names = new Octets();
		this.requestAuthorities.forEach(names::vector16);
		send(TlsNumbers.CERTIFICATE_REQUEST, Octets.message(TlsNumbers.CERTIFICATE_REQUEST, new Octets().vector8(this.requestTypes)
				.add(ClientHelloFields.numbers(this.requestSchemes)).vector16(names.toBytes()).toBytes()));
	}

	void sendServerHelloDone() {
		this.doneSent = true;
		send(TlsNumbers.SERVER_HELLO_DONE, Octets.message(TlsNumbers.SERVER_HELLO_DONE, new byte[0]));
	}

	/** Makes the master secret, once ClientKeyExchange is there and in the transcript. */
	void keysKnown(byte[] premaster) {
		if (this.extendedMaster) {
			this.schedule.extendedMaster(premaster, transcriptHash());
		} else {
			this.schedule.master(premaster);
		}
		this.established = new Session12(this.idSent, this.suite, this.schedule.master, this.extendedMaster);
	}

	void sendTicket() {
		byte[] issued = this.ticket != null ? this.ticket : bytes(Arrays.hashCode(this.schedule.master), 64);
		this.established.ticket = issued;
		this.established.lifetime = this.ticketLifetime;
		send(TlsNumbers.NEW_SESSION_TICKET, Octets.message(TlsNumbers.NEW_SESSION_TICKET,
				new Octets().u32(this.ticketLifetime).vector16(issued).toBytes()));
	}

	/** Sends change_cipher_spec and protects what follows. */
	void changeCipherSpec() {
		sendChangeCipherSpec();
		this.writeKeys = this.schedule.server();
	}

	void sendFinished() {
		this.finishedSent = true;
		send(TlsNumbers.FINISHED, Octets.message(TlsNumbers.FINISHED,
				this.finishedData.apply(this.schedule.finished(false, transcriptHash()))));
	}
}
