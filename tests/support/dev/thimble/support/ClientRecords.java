/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the scripted server has received: records opened, messages put together, and everything a client must not do refused. */
public final class ClientRecords {

	/** An alert of the client. */
	public record Alert(int level, int description, boolean encrypted) {
	}

	public final List<ClientHelloView> hellos = new ArrayList<>();
	public final List<Alert> alerts = new ArrayList<>();
	/** How many of {@link #hellos} the script has taken up. */
	public int hellosTaken;
	public boolean finished;
	/** The client's Certificate message, or null. */
	public byte[] certificate;
	/** The certificates in it, DER. */
	public final List<byte[]> chain = new ArrayList<>();
	/** The scheme of the client's CertificateVerify, whose signature was right; 0: there was none. */
	public int scheme;
	public int keyUpdates;
	public int changeCipherSpecs;
	public int records;
	/** Complete records in the order received. */
	public final List<byte[]> wire = new ArrayList<>();
	/** The largest TLSInnerPlaintext received. */
	public int largestInner;

	private final ScriptedServer server;
	private final ByteArrayOutputStream data = new ByteArrayOutputStream();
	private byte[] pending = new byte[0];
	private byte[] messages = new byte[0];
	private byte[] readSecret;
	private RecordProtection readKeys;

	ClientRecords(ScriptedServer server) {
		this.server = server;
	}

	public ClientHelloView lastHello() {
		return this.hellos.get(this.hellos.size() - 1);
	}

	/** The application data received. */
	public byte[] data() {
		return this.data.toByteArray();
	}

	/** The only alert received; null if there is none. */
	public Alert alert() {
		require(this.alerts.size() <= 1, "more than one alert: " + this.alerts);
		return this.alerts.isEmpty() ? null : this.alerts.get(0);
	}

	/** Reads what follows with the keys of a secret. */
	public void readWith(byte[] secret) {
		require(this.messages.length == 0, "handshake message across a key change");
		this.readSecret = secret;
		this.readKeys = new RecordProtection(this.server.suite, this.server.schedule, secret);
	}

	/** The keys the client's records are opened with; null: none yet. */
	public RecordProtection readKeys() {
		return this.readKeys;
	}

	void receive(byte[] bytes) {
		this.pending = Octets.concat(this.pending, bytes);
		while (this.pending.length >= 5 && this.pending.length >= 5 + Octets.u16At(this.pending, 3)) {
			int end = 5 + Octets.u16At(this.pending, 3);
			byte[] record = Arrays.copyOf(this.pending, end);
			this.pending = Arrays.copyOfRange(this.pending, end, this.pending.length);
			this.wire.add(record);
			this.records++;
			record(record);
			// A step of the script may have to run before the next record can be understood (new keys).
			this.server.advance();
		}
	}

	/** True if the client's bytes end with a whole record. */
	public boolean atRecordEnd() {
		return this.pending.length == 0;
	}

	private void record(byte[] record) {
		int type = record[0];
		require(Octets.u16At(record, 1) == 0x0303 || this.hellos.isEmpty() && Octets.u16At(record, 1) == 0x0301, "record version");
		require(!closed(), "record after a fatal alert or close_notify");
		if (type == TlsNumbers.CHANGE_CIPHER_SPEC) {
			require(record.length == 6 && record[5] == 1 && !this.hellos.isEmpty() && !this.finished, "change_cipher_spec");
			this.changeCipherSpecs++;
			require(this.changeCipherSpecs == 1, "change_cipher_spec twice");
			return;
		}
		if (type != TlsNumbers.APPLICATION_DATA) {
			require(type == TlsNumbers.HANDSHAKE || type == TlsNumbers.ALERT, "record type " + type);
			// After keys exist only an alert may be plain: one of a client that could not make the keys.
			require(this.readKeys == null || type == TlsNumbers.ALERT, "plaintext record with keys in use");
			content(type, Arrays.copyOfRange(record, 5, record.length), false);
			return;
		}
		require(this.readKeys != null, "protected record without keys");
		byte[] inner = this.readKeys.open(record);
		require(inner != null, "record does not decrypt");
		this.largestInner = Math.max(this.largestInner, inner.length);
		int end = inner.length;
		while (end > 0 && inner[end - 1] == 0) {
			end--;
		}
		require(end > 0, "record without a content type");
		content(inner[end - 1], Arrays.copyOf(inner, end - 1), true);
	}

	private void content(int type, byte[] content, boolean encrypted) {
		require(type == TlsNumbers.HANDSHAKE || this.messages.length == 0, "handshake message interrupted");
		switch (type) {
		case TlsNumbers.ALERT -> {
			require(content.length == 2, "alert of " + content.length + " bytes");
			this.alerts.add(new Alert(content[0], content[1] & 0xff, encrypted));
		}
		case TlsNumbers.APPLICATION_DATA -> {
			require(this.finished, "application data before Finished");
			this.data.writeBytes(content);
		}
		case TlsNumbers.HANDSHAKE -> {
			require(content.length > 0, "empty handshake record");
			this.messages = Octets.concat(this.messages, content);
			while (this.messages.length >= 4 && this.messages.length >= 4 + Octets.u24At(this.messages, 1)) {
				int end = 4 + Octets.u24At(this.messages, 1);
				byte[] message = Arrays.copyOf(this.messages, end);
				this.messages = Arrays.copyOfRange(this.messages, end, this.messages.length);
				message(message);
			}
		}
		default -> throw new IllegalStateException("client: inner type " + type);
		}
	}

	private void message(byte[] message) {
		switch (message[0]) {
		case TlsNumbers.CLIENT_HELLO -> {
			require(this.readKeys == null && this.hellos.size() < 2, "ClientHello at a wrong time");
			ClientHelloView hello = new ClientHelloView(message);
			if (!this.hellos.isEmpty()) {
				hello.requireFollows(this.hellos.get(0));
			}
			this.hellos.add(hello);
			this.server.hash(message);
		}
		case TlsNumbers.CERTIFICATE -> {
			require(this.readKeys != null && !this.finished && this.certificate == null, "Certificate at a wrong time");
			this.certificate = message;
			certificates();
			this.server.hash(message);
		}
		case TlsNumbers.CERTIFICATE_VERIFY -> {
			require(this.readKeys != null && !this.finished && !this.chain.isEmpty() && this.scheme == 0, "CertificateVerify at a wrong time");
			certificateVerify(message);
			this.server.hash(message);
		}
		case TlsNumbers.FINISHED -> {
			require(this.readKeys != null && !this.finished && this.server.schedule.clientApplication != null, "Finished at a wrong time");
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

	/** Takes the Certificate message apart: an empty context, and no extensions, since the server's request asks for none. */
	private void certificates() {
		byte[] m = this.certificate;
		require(m[4] == 0 && Octets.u24At(m, 5) == m.length - 8, "Certificate's lengths");
		for (int at = 8; at < m.length;) {
			int n = Octets.u24At(m, at);
			this.chain.add(Arrays.copyOfRange(m, at + 3, at + 3 + n));
			require(Octets.u16At(m, at + 3 + n) == 0, "extensions of a certificate");
			at += 3 + n + 2;
		}
	}

	private void certificateVerify(byte[] m) {
		this.scheme = Octets.u16At(m, 4);
		require(Octets.u16At(m, 6) == m.length - 8, "CertificateVerify's lengths");
		try {
			PublicKey key = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(this.chain.get(0))).getPublicKey();
			Signature signature = Signature.getInstance(switch (this.scheme) {
			case TlsNumbers.ECDSA_SECP256R1_SHA256 -> "SHA256withECDSA";
			case TlsNumbers.ECDSA_SECP384R1_SHA384 -> "SHA384withECDSA";
			case TlsNumbers.ED25519 -> "Ed25519";
			default -> throw new IllegalStateException("client: scheme " + this.scheme);
			});
			signature.initVerify(key);
			signature.update(Messages.signedContent(Messages.CLIENT_CONTEXT, this.server.transcriptHash()));
			require(signature.verify(Arrays.copyOfRange(m, 8, m.length)), "CertificateVerify is wrong");
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("client: CertificateVerify", e);
		}
	}

	private boolean closed() {
		return this.alerts.stream().anyMatch(a -> a.description != TlsNumbers.USER_CANCELED);
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("client: " + what);
		}
	}
}
