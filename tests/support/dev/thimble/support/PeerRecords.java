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
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a scripted peer has received: records, the messages put together from them, alerts and data. */
public abstract class PeerRecords {

	/** An alert of the engine. */
	public record Alert(int level, int description, boolean encrypted) {
	}

	public final List<Alert> alerts = new ArrayList<>();
	public boolean finished;
	/** The Certificate message, or null. */
	public byte[] certificate;
	/** The certificates in it, DER; with a raw public key that alone, as SubjectPublicKeyInfo. */
	public final List<byte[]> chain = new ArrayList<>();
	/** The scheme of CertificateVerify (or ServerKeyExchange), whose signature was right; 0: there was none. */
	public int scheme;
	public int changeCipherSpecs;
	public int records;
	/** Complete records in the order received. */
	public final List<byte[]> wire = new ArrayList<>();
	/** Handshake messages in the order received. */
	public final List<byte[]> handshake = new ArrayList<>();
	/** The largest TLSInnerPlaintext received; in TLS 1.2 the largest protected plaintext. */
	public int largestInner;

	final ByteArrayOutputStream data = new ByteArrayOutputStream();
	byte[] messages = new byte[0];
	RecordProtection readKeys;

	private final String who;
	private byte[] pending = new byte[0];

	PeerRecords(String who) {
		this.who = who;
	}

	abstract ScriptedPeer<?, ?> peer();

	/** Takes a complete record. */
	abstract void record(byte[] record);

	/** Takes a complete handshake message. */
	abstract void message(byte[] message);

	/** Takes application data. */
	abstract void applicationData(byte[] content);

	/** The application data received. */
	public byte[] data() {
		return this.data.toByteArray();
	}

	/** The only alert received; null if there is none. */
	public Alert alert() {
		require(this.alerts.size() <= 1, "more than one alert: " + this.alerts);
		return this.alerts.isEmpty() ? null : this.alerts.get(0);
	}

	/** The keys records are opened with; null: none yet. */
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
			require(!closed(), "record after a fatal alert or close_notify");
			record(record);
			// A step of the script may have to run before the next record can be understood (new keys).
			peer().advance();
		}
	}

	/** True if the engine's bytes end with a whole record. */
	public boolean atRecordEnd() {
		return this.pending.length == 0;
	}

	void content(int type, byte[] content, boolean encrypted) {
		require(type == TlsNumbers.HANDSHAKE || this.messages.length == 0, "handshake message interrupted");
		switch (type) {
		case TlsNumbers.ALERT -> {
			require(content.length == 2, "alert of " + content.length + " bytes");
			this.alerts.add(new Alert(content[0], content[1] & 0xff, encrypted));
		}
		case TlsNumbers.APPLICATION_DATA -> applicationData(content);
		case TlsNumbers.HANDSHAKE -> {
			require(content.length > 0, "empty handshake record");
			this.messages = Octets.concat(this.messages, content);
			while (this.messages.length >= 4 && this.messages.length >= 4 + Octets.u24At(this.messages, 1)) {
				int end = 4 + Octets.u24At(this.messages, 1);
				byte[] message = Arrays.copyOf(this.messages, end);
				this.messages = Arrays.copyOfRange(this.messages, end, this.messages.length);
				this.handshake.add(message);
				message(message);
			}
		}
		default -> throw new IllegalStateException(this.who + ": content type " + type);
		}
	}

	/** The public key of the first certificate, or the raw one. */
	PublicKey publicKey(boolean raw) {
		try {
			byte[] first = this.chain.get(0);
			if (!raw) {
				return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(first)).getPublicKey();
			}
			for (String algorithm : new String[] { "EC", "Ed25519", "RSA", "RSASSA-PSS" }) {
				try {
					return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(first));
				} catch (java.security.spec.InvalidKeySpecException e) {
					// Not this one.
					continue;
				}
			}
			throw new IllegalStateException(this.who + ": raw public key of an unknown kind");
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(this.who + ": certificate", e);
		}
	}

	/** Verifies a signature of the engine. */
	void verify(PublicKey key, int signatureScheme, byte[] content, byte[] signature, String what) {
		try {
			Signature verifier = switch (signatureScheme) {
			case TlsNumbers.ECDSA_SECP256R1_SHA256 -> Signature.getInstance("SHA256withECDSA");
			case TlsNumbers.ECDSA_SECP384R1_SHA384 -> Signature.getInstance("SHA384withECDSA");
			case TlsNumbers.ED25519 -> Signature.getInstance("Ed25519");
			case TlsNumbers.RSA_PKCS1_SHA256 -> Signature.getInstance("SHA256withRSA");
			case TlsNumbers.RSA_PKCS1_SHA384 -> Signature.getInstance("SHA384withRSA");
			case TlsNumbers.RSA_PSS_RSAE_SHA256, TlsNumbers.RSA_PSS_PSS_SHA256 -> pss("SHA-256", MGF1ParameterSpec.SHA256, 32);
			case TlsNumbers.RSA_PSS_RSAE_SHA384 -> pss("SHA-384", MGF1ParameterSpec.SHA384, 48);
			case TlsNumbers.RSA_PSS_RSAE_SHA512 -> pss("SHA-512", MGF1ParameterSpec.SHA512, 64);
			default -> throw new IllegalStateException(this.who + ": scheme " + signatureScheme);
			};
			verifier.initVerify(key);
			verifier.update(content);
			require(verifier.verify(signature), what + " is wrong");
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(this.who + ": " + what, e);
		}
	}

	private static Signature pss(String digest, MGF1ParameterSpec mgf, int salt) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("RSASSA-PSS");
		signature.setParameter(new PSSParameterSpec(digest, "MGF1", mgf, salt, 1));
		return signature;
	}

	private boolean closed() {
		return this.alerts.stream().anyMatch(a -> a.description != TlsNumbers.USER_CANCELED && a.description != TlsNumbers.NO_RENEGOTIATION);
	}

	void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException(this.who + ": " + what);
		}
	}
}
