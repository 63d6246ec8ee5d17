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

/** What the scripted client of TLS 1.2 has received, and everything a server must not do refused. */
public final class ServerRecords12 extends PeerRecords12 {

	/** The ServerHello, or null. */
	public ServerHelloView hello;
	/** The body of ServerKeyExchange, or null. */
	public byte[] keyExchange;
	/** psk_identity_hint, or null. */
	public byte[] pskHint;
	/** The group of ECDHE, or 0. */
	public int group;
	/** The server's ECDHE key, or null. */
	public byte[] point;
	/** The CertificateRequest, or null. */
	public byte[] request;
	/** Its certificate_types. */
	public final List<Integer> requestTypes = new ArrayList<>();
	/** Its supported_signature_algorithms. */
	public final List<Integer> requestSchemes = new ArrayList<>();
	/** Its certificate_authorities, DER. */
	public final List<byte[]> requestAuthorities = new ArrayList<>();
	/** Whether ServerHelloDone has come. */
	public boolean done;
	/** The ticket, or null. */
	public byte[] ticket;
	public int helloRequests;

	private final ScriptedClient12 client;

	ServerRecords12(ScriptedClient12 client) {
		super("server");
		this.client = client;
	}

	@Override
	ScriptedPeer<?, ?> peer() {
		return this.client;
	}

	/** Whether the session was resumed. */
	public boolean resumed() {
		return this.client.resuming;
	}

	/** The application protocol chosen, or null. */
	public String alpn() {
		byte[] list = this.hello == null ? null : this.hello.extensions.get(TlsNumbers.ALPN);
		return list == null ? null : new String(list, 3, list.length - 3, java.nio.charset.StandardCharsets.US_ASCII);
	}

	@Override
	int recordSizeLimit() {
		return this.hello.extensions.containsKey(TlsNumbers.RECORD_SIZE_LIMIT) ? this.client.recordSizeLimit : 16384;
	}

	@Override
	boolean greeted() {
		return this.hello != null;
	}

	@Override
	RecordProtection nextKeys() {
		boolean ready = this.hello != null && this.client.schedule.master != null && (this.client.resuming || this.client.finishedSent)
				&& this.hello.extensions.containsKey(TlsNumbers.SESSION_TICKET) == (this.ticket != null);
		return ready ? this.client.schedule.server() : null;
	}

	@Override
	void message(byte[] message) {
		int type = message[0];
		boolean flight = this.hello != null && !this.client.resuming && !this.done;
		boolean preShared = this.hello != null && this.client.suite.exchange.preShared();
		switch (type) {
		case TlsNumbers.HELLO_REQUEST -> {
			require(this.finished && message.length == 4, "HelloRequest at a wrong time");
			this.helloRequests++;
			return;
		}
		case TlsNumbers.SERVER_HELLO -> {
			require(this.hello == null, "ServerHello twice");
			this.hello = new ServerHelloView(message);
			hello();
		}
		case TlsNumbers.CERTIFICATE -> {
			require(flight && this.certificate == null && this.keyExchange == null && !preShared, "Certificate at a wrong time");
			certificates(message);
			require(!this.chain.isEmpty(), "no certificate");
		}
		case TlsNumbers.SERVER_KEY_EXCHANGE -> {
			require(flight && this.keyExchange == null && this.request == null && (this.certificate != null || preShared),
					"ServerKeyExchange at a wrong time");
			this.keyExchange = Arrays.copyOfRange(message, 4, message.length);
			keyExchange();
		}
		case TlsNumbers.CERTIFICATE_REQUEST -> {
			require(flight && this.keyExchange != null && this.request == null && this.certificate != null, "CertificateRequest at a wrong time");
			this.request = message;
			request();
		}
		case TlsNumbers.SERVER_HELLO_DONE -> {
			require(flight && message.length == 4 && (this.keyExchange != null || this.client.suite.exchange == Suite12.Exchange.PSK),
					"ServerHelloDone at a wrong time");
			this.done = true;
		}
		case TlsNumbers.NEW_SESSION_TICKET -> {
			require(this.hello != null && this.hello.extensions.containsKey(TlsNumbers.SESSION_TICKET) && this.ticket == null
					&& this.readKeys == null && (this.client.resuming || this.client.finishedSent), "NewSessionTicket at a wrong time");
			require(Octets.u16At(message, 8) == message.length - 10, "NewSessionTicket's length");
			this.ticket = Arrays.copyOfRange(message, 10, message.length);
			this.client.established.ticket = this.ticket.length == 0 ? null : this.ticket;
			this.client.established.lifetime = Octets.u32At(message, 4);
		}
		case TlsNumbers.FINISHED -> finished(message, this.client.schedule.finished(false, this.client.transcriptHash()));
		default -> throw new IllegalStateException("server: message of type " + type);
		}
		this.client.hash(message);
	}

	private void hello() {
		ClientHelloFields sent = this.client.sentHello;
		require(this.hello.version == 0x0303, "version");
		require(sent.suites.contains(this.hello.suite) && Suite12.of(this.hello.suite) != null, "suite");
		require(!this.hello.hasDowngradeSentinel() || this.client.expectsSentinel, "a downgrade sentinel");
		List<Integer> asked = sent.extensions.types();
		this.hello.extensions.keySet().forEach(t -> require(asked.contains(t)
				|| t == TlsNumbers.RENEGOTIATION_INFO && sent.suites.contains(ClientRecords12.EMPTY_RENEGOTIATION_INFO_SCSV),
				"unsolicited extension " + t));
		byte[] info = this.hello.extensions.get(TlsNumbers.RENEGOTIATION_INFO);
		require(info == null || Arrays.equals(Octets.of(0), info), "renegotiation_info");
		this.client.helloReceived(this.hello);
	}

	private void keyExchange() {
		byte[] body = this.keyExchange;
		Suite12.Exchange exchange = this.client.suite.exchange;
		int at = 0;
		if (exchange.preShared()) {
			int length = Octets.u16At(body, 0);
			this.pskHint = Arrays.copyOfRange(body, 2, 2 + length);
			at = 2 + length;
		}
		if (exchange.ecdhe()) {
			this.group = Octets.u16At(body, at + 1);
			require(body[at] == 3 && this.client.groups.contains(this.group), "group of ServerKeyExchange");
			int length = body[at + 3] & 0xff;
			this.point = Arrays.copyOfRange(body, at + 4, at + 4 + length);
			at += 4 + length;
		}
		if (exchange.signed()) {
			this.scheme = Octets.u16At(body, at);
			require(this.client.schemes.contains(this.scheme), "scheme that was not offered");
			require(Octets.u16At(body, at + 2) == body.length - at - 4, "ServerKeyExchange's length");
			byte[] signed = Octets.concat(this.client.schedule.clientRandom, this.client.schedule.serverRandom, Arrays.copyOf(body, at));
			verify(publicKey(false), this.scheme, signed, Arrays.copyOfRange(body, at + 4, body.length), "ServerKeyExchange");
			boolean rsa = publicKey(false).getAlgorithm().startsWith("RSA");
			require(rsa == (exchange == Suite12.Exchange.ECDHE_RSA), "certificate of another kind than the suite's");
			at = body.length;
		}
		require(at == body.length, "ServerKeyExchange's length");
	}

	private void request() {
		byte[] m = this.request;
		int at = 5 + m[4];
		for (int i = 5; i < at; i++) {
			this.requestTypes.add(m[i] & 0xff);
		}
		int end = at + 2 + Octets.u16At(m, at);
		for (at += 2; at < end; at += 2) {
			this.requestSchemes.add(Octets.u16At(m, at));
		}
		require(at == end && !this.requestSchemes.isEmpty() && !this.requestTypes.isEmpty(), "CertificateRequest");
		require(Octets.u16At(m, at) == m.length - at - 2, "CertificateRequest's length");
		for (at += 2; at < m.length;) {
			int length = Octets.u16At(m, at);
			this.requestAuthorities.add(Arrays.copyOfRange(m, at + 2, at + 2 + length));
			at += 2 + length;
		}
		require(at == m.length, "CertificateRequest's length");
	}
}
