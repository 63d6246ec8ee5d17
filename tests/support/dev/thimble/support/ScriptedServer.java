/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A TLS 1.3 server in memory that does what its {@link #script} says, right or wrong. It is written from RFC 8446 over the JDK's
 * primitives and shares nothing with the engine. It is strict with the client: what a client must not send throws IllegalStateException.
 *
 * <p>Bytes of the client go into {@link #receive} (see {@link #client}); {@link #take()} gives the bytes for the client.
 */
public final class ScriptedServer extends ScriptedPeer<ScriptedServer, ServerStep> {

	/** What the client has sent. */
	public final ClientRecords client = new ClientRecords(this);

	/** Who the server says it is. */
	public ServerIdentity identity = ServerIdentity.of("P-256");
	/** Whether it sends its raw public key (RFC 7250) in place of the chain. */
	public boolean rawKey;
	/** Whether it asks for the client's raw public key, should it ask for a certificate. */
	public boolean clientRawKey;
	/** The suite to choose, 0: the first the client offers that fits a pre-shared key, or the first. */
	public int suite;
	/** The group to choose, 0: that of the client's first share. */
	public int group;
	/** The cookie of a HelloRetryRequest, or null. */
	public byte[] cookie;
	/** The protocol to choose, or null: none. */
	public String alpn;
	/** The record_size_limit to announce, 0: none. */
	public int recordSizeLimit = 16385;
	/** Whether a client's request for a key update is answered at once. */
	public boolean answersKeyUpdate = true;
	/** The server's random. */
	public byte[] random = bytes(0x5eed, 32);
	/** The server's key pair, null: a new one. */
	public EphemeralKey ephemeral;

	/** The pre-shared keys the server knows; it takes the first that the client offers and that fits the suite. */
	public final List<Psk> psks = new ArrayList<>();
	/** The pre-shared key to take whatever the client offers; null: one of {@link #psks}. */
	public Psk psk;
	/** Whether (EC)DHE goes with a pre-shared key: {@link Psk#ONLY}, {@link Psk#DHE} or {@link Psk#BEST}. */
	public int pskMode = Psk.BEST;
	/** What to do with early data. */
	public EarlyData earlyData = EarlyData.IGNORE;
	/** The pre-shared key in use, once ServerHello is sent; null: none. */
	public Psk pskInUse;
	/** Whether early data was accepted. */
	public boolean earlyDataAccepted;
	/** The tickets issued by {@link ServerStep#ticket} after the client's Finished. */
	public final List<Psk> tickets = new ArrayList<>();

	/** Change a ServerHello before it is encoded. */
	public Consumer<ServerHelloFields> serverHello = f -> {
	};
	/** Changes a HelloRetryRequest before it is encoded. */
	public Consumer<ServerHelloFields> retry = f -> {
	};
	/** Changes EncryptedExtensions before they are encoded. */
	public Consumer<ExtensionList> encryptedExtensions = e -> {
	};

	/** Secrets, once there are any. */
	public ReferenceSchedule schedule;
	/** The ECDHE secret, once there is one. */
	public byte[] sharedSecret;

	private byte[] writeSecret;
	private byte[] helloHash;

	/** A server that does a full handshake and then waits. */
	public ScriptedServer() {
		script(Script.full());
	}

	@Override
	ScriptedServer self() {
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
		return ReferenceSchedule.digest(this.suite);
	}

	@Override
	int recordSizeLimitOfEngine() {
		return this.client.hellos.isEmpty() ? 16385 : this.client.lastHello().recordSizeLimit();
	}

	// The messages, in the order of RFC 8446 figure 1.

	void sendHelloRetryRequest() {
		ClientHelloView hello = this.client.lastHello();
		ServerHelloFields fields = new ServerHelloFields();
		fields.random = ServerHelloFields.RETRY_RANDOM;
		fields.sessionId = hello.sessionId;
		fields.suite = chooseSuite(hello);
		fields.extensions.add(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(3, 4));
		if (this.group != 0) {
			fields.extensions.add(TlsNumbers.KEY_SHARE, new Octets().u16(this.group).toBytes());
		}
		if (this.cookie != null) {
			fields.extensions.add(TlsNumbers.COOKIE, new Octets().vector16(this.cookie).toBytes());
		}
		this.retry.accept(fields);
		// RFC 8446 §4.4.1: the first ClientHello is replaced by its hash; a second retry does not happen in an honest script.
		if (this.client.hellos.size() == 1) {
			this.transcript = Octets.message(TlsNumbers.MESSAGE_HASH, new ReferenceSchedule(fields.suite).hash(this.transcript));
		}
		this.client.retried = true;
		send(TlsNumbers.SERVER_HELLO, fields.toMessage());
	}

	void sendServerHello() {
		ClientHelloView hello = this.client.lastHello();
		ServerHelloFields fields = new ServerHelloFields();
		fields.random = this.random;
		fields.sessionId = hello.sessionId;
		fields.suite = chooseSuite(hello);
		fields.extensions.add(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(3, 4));
		choosePsk(fields);
		if (this.pskInUse == null || this.pskMode == Psk.DHE || this.pskMode == Psk.BEST && hello.pskModes.contains(Psk.DHE)) {
			int chosen = this.group != 0 && hello.shares.containsKey(this.group) ? this.group : hello.shares.keySet().iterator().next();
			if (this.ephemeral == null || this.ephemeral.group != chosen) {
				this.ephemeral = EphemeralKey.generate(chosen);
			}
			this.sharedSecret = this.ephemeral.agree(hello.shares.get(chosen));
			fields.extensions.add(TlsNumbers.KEY_SHARE, new Octets().u16(chosen).vector16(this.ephemeral.share).toBytes());
		}
		this.serverHello.accept(fields);
		this.suite = supported(fields.suite) ? fields.suite : this.suite;
		this.helloHash = transcriptHash();
		send(TlsNumbers.SERVER_HELLO, fields.toMessage());
	}

	private void choosePsk(ServerHelloFields fields) {
		int index = 0;
		List<PskOffer> offers = this.client.offers;
		this.pskInUse = this.psk;
		for (int i = 0; i < offers.size(); i++) {
			PskOffer offer = offers.get(i);
			if (this.psk != null ? Arrays.equals(offer.identity(), this.psk.identity)
					: this.pskInUse == null && offer.known() != null && offer.known().fits(fields.suite)) {
				index = i;
				this.pskInUse = this.psk != null ? this.psk : offer.known();
				this.client.require(this.psk != null || offer.right(), "binder " + i + " is wrong");
			}
		}
		if (this.pskInUse != null) {
			fields.extensions.add(TlsNumbers.PRE_SHARED_KEY, new Octets().u16(index).toBytes());
		}
		boolean offered = this.client.lastHello().extensions.containsKey(TlsNumbers.EARLY_DATA);
		this.client.skipping = offered && this.earlyData == EarlyData.REJECT;
		this.earlyDataAccepted = offered && this.earlyData == EarlyData.ACCEPT;
		if (this.earlyDataAccepted && (this.pskInUse == null || index != 0)) {
			throw new IllegalStateException("script: early data without the first pre-shared key");
		}
	}

	/** Switches to the handshake keys in both directions. */
	void useHandshakeKeys() {
		flush();
		this.schedule = new ReferenceSchedule(this.suite);
		if (this.pskInUse != null) {
			this.schedule.early(this.pskInUse.key);
			this.schedule.earlyTraffic(this.helloHash);
		}
		this.schedule.handshake(this.sharedSecret, transcriptHash());
		writeWith(this.schedule.serverHandshake);
		this.client.readWith(this.earlyDataAccepted ? this.schedule.clientEarly : this.schedule.clientHandshake);
	}

	void sendEncryptedExtensions() {
		ExtensionList list = new ExtensionList();
		if (this.recordSizeLimit != 0 && this.client.lastHello().extensions.containsKey(TlsNumbers.RECORD_SIZE_LIMIT)) {
			list.add(TlsNumbers.RECORD_SIZE_LIMIT, new Octets().u16(this.recordSizeLimit).toBytes());
		}
		if (this.alpn != null) {
			list.add(TlsNumbers.ALPN, new Octets().vector16(
					new Octets().vector8(this.alpn.getBytes(StandardCharsets.US_ASCII)).toBytes()).toBytes());
		}
		if (this.rawKey) {
			list.add(TlsNumbers.SERVER_CERTIFICATE_TYPE, Octets.of(TlsNumbers.RAW_PUBLIC_KEY));
		}
		if (this.clientRawKey) {
			list.add(TlsNumbers.CLIENT_CERTIFICATE_TYPE, Octets.of(TlsNumbers.RAW_PUBLIC_KEY));
		}
		if (this.earlyDataAccepted) {
			list.add(TlsNumbers.EARLY_DATA, new byte[0]);
		}
		this.encryptedExtensions.accept(list);
		send(TlsNumbers.ENCRYPTED_EXTENSIONS, Messages.encryptedExtensions(list));
	}

	void sendCertificate() {
		send(TlsNumbers.CERTIFICATE, Messages.certificate(new byte[0], this.rawKey ? List.of(this.identity.rawKey()) : this.identity.chain));
	}

	void sendCertificateVerify() {
		send(TlsNumbers.CERTIFICATE_VERIFY, Messages.certificateVerify(this.identity, this.identity.scheme,
				Messages.SERVER_CONTEXT, transcriptHash()));
	}

	void sendFinished() {
		send(TlsNumbers.FINISHED, Octets.message(TlsNumbers.FINISHED, this.schedule.finished(this.schedule.serverHandshake, transcriptHash())));
	}

	/** Switches what the server sends to the application keys; the client's follow with its Finished. */
	void useApplicationKeys() {
		flush();
		this.schedule.application(transcriptHash());
		writeWith(this.schedule.serverApplication);
	}

	void updateWriteKeys() {
		flush();
		writeWith(this.schedule.update(this.writeSecret));
	}

	/** Issues a ticket; its key is kept if the handshake is complete. */
	void sendTicket(Consumer<TicketFields> edit) {
		TicketFields fields = new TicketFields();
		boolean complete = this.schedule != null && this.schedule.resumptionMaster != null;
		if (complete) {
			// No two tickets are alike, neither of one connection nor of two.
			fields.nonce = Octets.of(this.tickets.size());
			fields.ticket = bytes(Arrays.hashCode(this.schedule.resumptionMaster) + this.tickets.size(), 48);
		}
		edit.accept(fields);
		queue(fields.toMessage());
		if (complete) {
			this.tickets.add(fields.psk(this.schedule, this.suite));
		}
	}

	void writeWith(byte[] secret) {
		this.writeSecret = secret;
		this.writeKeys = new RecordProtection(this.suite, this.schedule, secret);
	}

	private int chooseSuite(ClientHelloView hello) {
		for (int offered : hello.suites) {
			if (this.suite == 0 && supported(offered) && this.client.offers.stream().anyMatch(o -> o.known() != null && o.known().fits(offered))) {
				this.suite = offered;
			}
		}
		if (this.suite == 0) {
			this.suite = hello.suites.stream().filter(ScriptedServer::supported).findFirst().orElseThrow();
		}
		return this.suite;
	}

	static boolean supported(int number) {
		return number >= TlsNumbers.AES_128_GCM_SHA256 && number <= TlsNumbers.AES_128_CCM_8_SHA256;
	}
}
