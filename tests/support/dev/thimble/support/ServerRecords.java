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
import java.util.Map;

/** What the scripted client has received: records opened, messages put together, and everything a server must not do refused. */
public final class ServerRecords extends PeerRecords13 {

	/** The HelloRetryRequest, or null. */
	public ServerHelloView retry;
	/** The ServerHello, or null. */
	public ServerHelloView hello;
	/** The EncryptedExtensions by type. */
	public Map<Integer, byte[]> encryptedExtensions = Map.of();
	/** The CertificateRequest, or null. */
	public byte[] request;
	/** The extensions of the CertificateRequest by type. */
	public Map<Integer, byte[]> requestExtensions = Map.of();
	/** The pre-shared key the server has chosen, or null. */
	public Psk pskSelected;
	public boolean earlyDataAccepted;
	/** The tickets received, to be offered by another client. */
	public final List<Psk> tickets = new ArrayList<>();
	public int keyUpdates;
	/** The ECDHE secret, once there is one. */
	public byte[] sharedSecret;

	private final ScriptedClient client;
	private boolean extensionsSeen;

	ServerRecords(ScriptedClient client) {
		super("server");
		this.client = client;
	}

	@Override
	ScriptedPeer<?, ?> peer() {
		return this.client;
	}

	/** Whether the handshake goes on under a pre-shared key. */
	public boolean resumed() {
		return this.pskSelected != null;
	}

	/** The application protocol chosen, or null. */
	public String alpn() {
		byte[] list = this.encryptedExtensions.get(TlsNumbers.ALPN);
		return list == null ? null : new String(list, 3, list.length - 3, java.nio.charset.StandardCharsets.US_ASCII);
	}

	@Override
	RecordProtection protection(byte[] secret) {
		return new RecordProtection(this.client.suite, this.client.schedule, secret);
	}

	@Override
	int recordSizeLimit() {
		return this.encryptedExtensions.containsKey(TlsNumbers.RECORD_SIZE_LIMIT) ? this.client.recordSizeLimit : 16385;
	}

	@Override
	boolean plainVersion(int version) {
		return version == 0x0303;
	}

	@Override
	boolean changeCipherSpecAllowed() {
		return this.retry != null || this.hello != null;
	}

	@Override
	void applicationData(byte[] content) {
		require(this.finished, "application data before Finished");
		this.data.writeBytes(content);
	}

	@Override
	void message(byte[] message) {
		int type = message[0];
		if (type != TlsNumbers.SERVER_HELLO) {
			require(this.hello != null, "message of type " + type + " before ServerHello");
		}
		switch (type) {
		case TlsNumbers.SERVER_HELLO -> {
			require(this.hello == null, "ServerHello twice");
			ServerHelloView view = new ServerHelloView(message);
			if (view.isRetry()) {
				retry(view);
			} else {
				hello(view);
			}
		}
		case TlsNumbers.ENCRYPTED_EXTENSIONS -> {
			require(!this.extensionsSeen, "EncryptedExtensions twice");
			this.extensionsSeen = true;
			this.encryptedExtensions = ServerHelloView.extensions(message, 4, message.length);
			List<Integer> asked = this.client.sentHello.extensions.types();
			this.encryptedExtensions.keySet().forEach(t -> require(asked.contains(t), "unsolicited extension " + t));
			this.earlyDataAccepted = this.encryptedExtensions.containsKey(TlsNumbers.EARLY_DATA);
			this.client.hash(message);
		}
		case TlsNumbers.CERTIFICATE_REQUEST -> {
			require(this.extensionsSeen && this.request == null && this.certificate == null && !this.finished && !resumed(),
					"CertificateRequest at a wrong time");
			require(message[4] == 0, "CertificateRequest with a context");
			this.request = message;
			this.requestExtensions = ServerHelloView.extensions(message, 5, message.length);
			require(this.requestExtensions.containsKey(TlsNumbers.SIGNATURE_ALGORITHMS), "CertificateRequest without signature_algorithms");
			this.client.hash(message);
		}
		case TlsNumbers.CERTIFICATE -> {
			require(this.extensionsSeen && this.certificate == null && !this.finished && !resumed(), "Certificate at a wrong time");
			certificates(message);
			require(!this.chain.isEmpty() && (!this.client.serverRawKey || this.chain.size() == 1), "number of certificates");
			this.client.hash(message);
		}
		case TlsNumbers.CERTIFICATE_VERIFY -> {
			require(this.certificate != null && this.scheme == 0 && !this.finished, "CertificateVerify at a wrong time");
			certificateVerify(message, Messages.SERVER_CONTEXT, this.client.serverRawKey);
			require(this.client.schemes.contains(this.scheme), "scheme that was not offered");
			this.client.hash(message);
		}
		case TlsNumbers.FINISHED -> {
			require(this.extensionsSeen && !this.finished && (this.scheme != 0 || resumed()), "Finished at a wrong time");
			byte[] expected = this.client.schedule.finished(this.client.schedule.serverHandshake, this.client.transcriptHash());
			require(Arrays.equals(message, Octets.message(TlsNumbers.FINISHED, expected)), "Finished is wrong");
			this.finished = true;
			this.client.hash(message);
			this.client.schedule.application(this.client.transcriptHash());
			readWith(this.client.schedule.serverApplication);
		}
		case TlsNumbers.NEW_SESSION_TICKET -> {
			require(this.client.schedule.resumptionMaster != null, "NewSessionTicket before the handshake is complete");
			ticket(message);
		}
		case TlsNumbers.KEY_UPDATE -> {
			require(this.finished && message.length == 5 && (message[4] & 0xff) <= 1, "KeyUpdate");
			this.keyUpdates++;
			readWith(this.client.schedule.update(this.readSecret));
			if (message[4] == 1 && this.client.answersKeyUpdate) {
				this.client.then(ClientStep.keyUpdate(false));
			}
		}
		default -> throw new IllegalStateException("server: message of type " + type);
		}
	}

	private void common(ServerHelloView view) {
		require(view.version == 0x0303 && Arrays.equals(Octets.of(3, 4), view.extensions.get(TlsNumbers.SUPPORTED_VERSIONS)), "version");
		require(Arrays.equals(view.sessionId, this.client.sentHello.sessionId), "session id");
		require(this.client.sentHello.suites.contains(view.suite) && ScriptedServer.supported(view.suite), "suite");
	}

	private void retry(ServerHelloView view) {
		require(this.retry == null, "HelloRetryRequest twice");
		common(view);
		this.retry = view;
		this.client.suite = view.suite;
		byte[] group = view.extensions.get(TlsNumbers.KEY_SHARE);
		require(group != null || view.extensions.containsKey(TlsNumbers.COOKIE), "HelloRetryRequest that changes nothing");
		if (group != null) {
			require(group.length == 2 && this.client.groups.contains(Octets.u16At(group, 0))
					&& !this.client.shares.contains(Octets.u16At(group, 0)), "group of HelloRetryRequest");
		}
		view.extensions.keySet().forEach(t -> require(t == TlsNumbers.SUPPORTED_VERSIONS || t == TlsNumbers.KEY_SHARE || t == TlsNumbers.COOKIE,
				"extension " + t + " of HelloRetryRequest"));
		// RFC 8446 §4.4.1; early data, if any, ends here.
		this.client.transcript = Octets.concat(Octets.message(TlsNumbers.MESSAGE_HASH, this.client.transcriptHash()), view.message);
		this.client.writeKeys = null;
	}

	private void hello(ServerHelloView view) {
		common(view);
		require(this.retry == null || this.retry.suite == view.suite, "another suite than HelloRetryRequest's");
		view.extensions.keySet().forEach(t -> require(t == TlsNumbers.SUPPORTED_VERSIONS || t == TlsNumbers.KEY_SHARE
				|| t == TlsNumbers.PRE_SHARED_KEY, "extension " + t + " of ServerHello"));
		this.hello = view;
		this.client.suite = view.suite;
		ReferenceSchedule schedule = new ReferenceSchedule(view.suite);
		byte[] selected = view.extensions.get(TlsNumbers.PRE_SHARED_KEY);
		if (selected != null) {
			require(selected.length == 2 && Octets.u16At(selected, 0) < this.client.offered.size(), "selected identity");
			this.pskSelected = this.client.offered.get(Octets.u16At(selected, 0));
			require(this.pskSelected.fits(view.suite), "pre-shared key of another hash");
			schedule.early(this.pskSelected.key);
		}
		byte[] share = view.extensions.get(TlsNumbers.KEY_SHARE);
		require(share != null || selected != null && this.client.pskModes.contains(Psk.ONLY), "no key_share");
		require(share == null || selected == null || this.client.pskModes.contains(Psk.DHE), "key_share with psk_ke");
		if (share != null) {
			int group = Octets.u16At(share, 0);
			require(share.length == 4 + Octets.u16At(share, 2), "key_share's length");
			require(this.retry == null || !this.retry.extensions.containsKey(TlsNumbers.KEY_SHARE)
					|| Octets.u16At(this.retry.extensions.get(TlsNumbers.KEY_SHARE), 0) == group, "another group than HelloRetryRequest's");
			require(this.client.ephemerals.containsKey(group), "a group without a share");
			this.sharedSecret = this.client.ephemerals.get(group).agree(Arrays.copyOfRange(share, 4, share.length));
		}
		this.client.hash(view.message);
		schedule.handshake(this.sharedSecret, this.client.transcriptHash());
		this.client.schedule = schedule;
		readWith(schedule.serverHandshake);
	}

	private void ticket(byte[] m) {
		int nonce = m[12] & 0xff;
		int at = 13 + nonce;
		int length = Octets.u16At(m, at);
		require(length > 0, "empty ticket");
		Psk psk = Psk.ticket(Arrays.copyOfRange(m, at + 2, at + 2 + length), Arrays.copyOfRange(m, 13, 13 + nonce), this.client.schedule,
				this.client.suite);
		psk.lifetime = Octets.u32At(m, 4);
		psk.ageAdd = Octets.u32At(m, 8);
		require(psk.lifetime <= 604800, "ticket_lifetime");
		byte[] early = ServerHelloView.extensions(m, at + 2 + length, m.length).get(TlsNumbers.EARLY_DATA);
		psk.maxEarlyData = early == null ? -1 : Octets.u32At(early, 0);
		this.tickets.add(psk);
	}
}
