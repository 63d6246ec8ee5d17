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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A TLS 1.3 client in memory that does what its {@link #script} says, right or wrong: the counterpart of {@link ScriptedServer}. It is strict
 * with the server: what a server must not send throws IllegalStateException.
 */
public final class ScriptedClient extends ScriptedPeer<ScriptedClient, ClientStep> {

	/** What the server has sent. */
	public final ServerRecords server = new ServerRecords(this);

	/** server_name, or null: none. */
	public String serverName = ServerIdentity.SERVER_NAME;
	public List<Integer> suites = List.of(TlsNumbers.AES_128_GCM_SHA256, TlsNumbers.AES_256_GCM_SHA384, TlsNumbers.CHACHA20_POLY1305_SHA256,
			TlsNumbers.AES_128_CCM_SHA256);
	public List<Integer> groups = List.of(TlsNumbers.X25519, TlsNumbers.SECP256R1, TlsNumbers.SECP384R1);
	/** The groups of the key shares in the first ClientHello. */
	public List<Integer> shares = List.of(TlsNumbers.X25519);
	public List<Integer> schemes = List.of(TlsNumbers.ECDSA_SECP256R1_SHA256, TlsNumbers.ECDSA_SECP384R1_SHA384, TlsNumbers.ED25519,
			TlsNumbers.RSA_PSS_RSAE_SHA256, TlsNumbers.RSA_PSS_RSAE_SHA384, TlsNumbers.RSA_PSS_RSAE_SHA512, TlsNumbers.RSA_PSS_PSS_SHA256,
			TlsNumbers.RSA_PKCS1_SHA256);
	/** The application protocols to offer; empty: no such extension. */
	public List<String> alpn = List.of();
	/** The record_size_limit to announce, 0: none. */
	public int recordSizeLimit = 16385;
	public byte[] sessionId = bytes(0x1d, 32);
	public byte[] random = bytes(0xc11e, 32);
	/** The pre-shared keys to offer, in order. */
	public final List<Psk> psks = new ArrayList<>();
	/** psk_key_exchange_modes; empty: no such extension. */
	public List<Integer> pskModes = List.of(Psk.DHE);
	/** Early data to offer and, in step EARLY_DATA, to send; null: none. */
	public byte[] earlyData;
	/** Whether only raw public keys of the server are taken. */
	public boolean serverRawKey;
	/** Whether the client's own certificate is its raw public key. */
	public boolean rawKey;
	/** The client's certificate and key, or null: an empty Certificate and no CertificateVerify. */
	public ServerIdentity identity;
	/** Whether the server's request for a key update is answered at once. */
	public boolean answersKeyUpdate = true;

	/** Changes the first ClientHello before binders are made and it is encoded. */
	public Consumer<ClientHelloFields> hello = f -> {
	};
	/** Changes the second one, made from the first as changed. */
	public Consumer<ClientHelloFields> secondHello = f -> {
	};
	/** Changes a binder (its index, its value); the length has to stay. */
	public BiFunction<Integer, byte[], byte[]> binder = (index, value) -> value;

	/** The ClientHello last sent. */
	public ClientHelloFields sentHello;
	/** The pre-shared keys it offers. */
	public List<Psk> offered = List.of();
	/** The suite, once the server has chosen. */
	public int suite;
	/** Secrets, once there are any. */
	public ReferenceSchedule schedule;
	/** The key pairs by group. */
	public final Map<Integer, EphemeralKey> ephemerals = new HashMap<>();

	private byte[] writeSecret;
	private int hellosSent;

	/** A client that does a full handshake and then waits. */
	public ScriptedClient() {
		script(ClientScript.full());
	}

	@Override
	ScriptedClient self() {
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
		return ReferenceSchedule.digest(this.suite);
	}

	@Override
	int recordSizeLimitOfEngine() {
		byte[] limit = this.server.encryptedExtensions.get(TlsNumbers.RECORD_SIZE_LIMIT);
		return limit == null ? 16385 : Octets.u16At(limit, 0);
	}

	@Override
	int plainVersion() {
		return this.hellosSent <= 1 ? 0x0301 : 0x0303;
	}

	// The messages, in the order of RFC 8446 figure 1.

	void sendClientHello() {
		this.hellosSent++;
		ClientHelloFields fields = fields();
		(this.server.retry == null ? this.hello : this.hello.andThen(this.secondHello)).accept(fields);
		this.sentHello = fields;
		send(TlsNumbers.CLIENT_HELLO, withBinders(fields));
		flush();
	}

	private ClientHelloFields fields() {
		ServerHelloView retry = this.server.retry;
		ClientHelloFields fields = new ClientHelloFields();
		fields.random = this.random;
		fields.sessionId = this.sessionId;
		fields.suites.addAll(this.suites);
		ExtensionList list = fields.extensions;
		if (this.serverName != null) {
			list.add(TlsNumbers.SERVER_NAME, serverName(this.serverName));
		}
		list.add(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(2, 3, 4));
		list.add(TlsNumbers.SUPPORTED_GROUPS, ClientHelloFields.numbers(this.groups));
		list.add(TlsNumbers.SIGNATURE_ALGORITHMS, ClientHelloFields.numbers(this.schemes));
		List<Integer> groupsNow = this.shares;
		if (retry != null && retry.extensions.containsKey(TlsNumbers.KEY_SHARE)) {
			groupsNow = List.of(Octets.u16At(retry.extensions.get(TlsNumbers.KEY_SHARE), 0));
		}
		list.add(TlsNumbers.KEY_SHARE, keyShares(groupsNow));
		if (!this.alpn.isEmpty()) {
			list.add(TlsNumbers.ALPN, protocols(this.alpn));
		}
		if (this.recordSizeLimit != 0) {
			list.add(TlsNumbers.RECORD_SIZE_LIMIT, new Octets().u16(this.recordSizeLimit).toBytes());
		}
		if (this.serverRawKey) {
			list.add(TlsNumbers.SERVER_CERTIFICATE_TYPE, Octets.of(1, TlsNumbers.RAW_PUBLIC_KEY));
		}
		if (this.rawKey) {
			list.add(TlsNumbers.CLIENT_CERTIFICATE_TYPE, Octets.of(1, TlsNumbers.RAW_PUBLIC_KEY));
		}
		if (retry != null && retry.extensions.containsKey(TlsNumbers.COOKIE)) {
			list.add(TlsNumbers.COOKIE, retry.extensions.get(TlsNumbers.COOKIE));
		}
		if (!this.pskModes.isEmpty()) {
			Octets modes = new Octets();
			this.pskModes.forEach(modes::u8);
			list.add(TlsNumbers.PSK_KEY_EXCHANGE_MODES, new Octets().vector8(modes.toBytes()).toBytes());
		}
		if (this.earlyData != null && retry == null) {
			list.add(TlsNumbers.EARLY_DATA, new byte[0]);
		}
		// RFC 8446 §4.1.2: keys whose hash is not that of the suite the retry has chosen go.
		this.offered = this.psks.stream().filter(p -> retry == null || p.fits(retry.suite)).toList();
		if (!this.offered.isEmpty()) {
			list.add(TlsNumbers.PRE_SHARED_KEY, preSharedKeys(this.offered));
		}
		return fields;
	}

	/** The content of server_name. */
	public static byte[] serverName(String name) {
		return new Octets().vector16(new Octets().u8(0).vector16(name.getBytes(StandardCharsets.US_ASCII)).toBytes()).toBytes();
	}

	/** The content of application_layer_protocol_negotiation. */
	public static byte[] protocols(List<String> names) {
		Octets all = new Octets();
		names.forEach(name -> all.vector8(name.getBytes(StandardCharsets.US_ASCII)));
		return new Octets().vector16(all.toBytes()).toBytes();
	}

	/** The content of key_share with a share for each of some groups. */
	public byte[] keyShares(List<Integer> ofGroups) {
		Octets all = new Octets();
		ofGroups.forEach(group -> all.u16(group).vector16(this.ephemerals.computeIfAbsent(group, EphemeralKey::generate).share));
		return new Octets().vector16(all.toBytes()).toBytes();
	}

	/** The content of pre_shared_key with binders of zeros. */
	public static byte[] preSharedKeys(List<Psk> keys) {
		Octets identities = new Octets();
		Octets binders = new Octets();
		for (Psk psk : keys) {
			boolean ticket = psk.label.equals("res binder");
			identities.vector16(psk.identity).u32(ticket ? psk.age + psk.ageAdd : 0);
			binders.vector8(new byte[psk.digest.equals("SHA-384") ? 48 : 32]);
		}
		return new Octets().vector16(identities.toBytes()).vector16(binders.toBytes()).toBytes();
	}

	/** Encodes a ClientHello and puts the binders where its zeros are, if the test has left that extension as long as it was, and last. */
	private byte[] withBinders(ClientHelloFields fields) {
		byte[] message = fields.toMessage();
		byte[] list = fields.extensions.get(TlsNumbers.PRE_SHARED_KEY);
		List<Integer> types = fields.extensions.types();
		if (this.offered.isEmpty() || fields.noExtensions || fields.trailing.length > 0
				|| types.indexOf(TlsNumbers.PRE_SHARED_KEY) != types.size() - 1 || list.length != preSharedKeys(this.offered).length) {
			return message;
		}
		int bindersLength = 2 + this.offered.stream().mapToInt(p -> 1 + (p.digest.equals("SHA-384") ? 48 : 32)).sum();
		byte[] truncated = Octets.concat(this.transcript, Arrays.copyOf(message, message.length - bindersLength));
		int at = message.length - bindersLength + 2;
		for (int i = 0; i < this.offered.size(); i++) {
			Psk psk = this.offered.get(i);
			byte[] value = this.binder.apply(i, psk.binder(ReferenceSchedule.hash(psk.digest, truncated)));
			System.arraycopy(value, 0, message, at + 1, value.length);
			at += 1 + value.length;
		}
		return message;
	}

	/** Sends early data under the keys of the first pre-shared key offered. */
	void sendEarlyData() {
		flush();
		Psk psk = this.psks.get(0);
		this.suite = psk.suite != 0 ? psk.suite : this.suites.stream().filter(psk::fits).findFirst().orElseThrow();
		this.schedule = new ReferenceSchedule(psk.digest);
		this.schedule.early(psk.key);
		this.schedule.earlyTraffic(transcriptHash());
		writeWith(this.schedule.clientEarly);
		sendData(this.earlyData);
	}

	/** Sends EndOfEarlyData. */
	void sendEndOfEarlyData() {
		send(TlsNumbers.END_OF_EARLY_DATA, Octets.message(TlsNumbers.END_OF_EARLY_DATA, new byte[0]));
	}

	/** Switches what the client sends to the handshake keys. */
	void useHandshakeKeys() {
		flush();
		writeWith(this.schedule.clientHandshake);
	}

	void sendCertificate() {
		List<byte[]> chain = this.identity == null ? List.of() : this.rawKey ? List.of(this.identity.rawKey()) : this.identity.chain;
		send(TlsNumbers.CERTIFICATE, Messages.certificate(new byte[0], chain));
	}

	void sendCertificateVerify() {
		if (this.identity != null) {
			send(TlsNumbers.CERTIFICATE_VERIFY, Messages.certificateVerify(this.identity, this.identity.scheme,
					Messages.CLIENT_CONTEXT, transcriptHash()));
		}
	}

	void sendFinished() {
		send(TlsNumbers.FINISHED, Octets.message(TlsNumbers.FINISHED, this.schedule.finished(this.schedule.clientHandshake, transcriptHash())));
	}

	/** Switches what the client sends to the application keys. */
	void useApplicationKeys() {
		flush();
		this.schedule.resumption(transcriptHash());
		writeWith(this.schedule.clientApplication);
	}

	void updateWriteKeys() {
		flush();
		writeWith(this.schedule.update(this.writeSecret));
	}

	void writeWith(byte[] secret) {
		this.writeSecret = secret;
		this.writeKeys = new RecordProtection(this.suite, this.schedule, secret);
	}
}
