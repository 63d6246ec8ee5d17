/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.Arrays;

/** The records of TLS 1.3: RFC 8446 §5. */
abstract class PeerRecords13 extends PeerRecords {

	/** More change_cipher_specs are a mistake; some servers send one after each of HelloRetryRequest and ServerHello. */
	public int mostChangeCipherSpecs = 1;

	/** The generation of application traffic secrets the engine is at. */
	byte[] readSecret;

	PeerRecords13(String who) {
		super(who);
	}

	/** The suite and the secrets in use. */
	abstract RecordProtection protection(byte[] secret);

	/** Whether a plaintext record of a version and type may come now, apart from alerts. */
	abstract boolean plainVersion(int version);

	/** The largest TLSInnerPlaintext the engine may send. */
	abstract int recordSizeLimit();

	/** Whether a change_cipher_spec may come now. */
	abstract boolean changeCipherSpecAllowed();

	/** Whether a protected record is to be passed over unseen. */
	boolean skips(byte[] record, byte[] inner) {
		return false;
	}

	/** Reads what follows with the keys of a secret. */
	public void readWith(byte[] secret) {
		require(this.messages.length == 0, "handshake message across a key change");
		this.readSecret = secret;
		this.readKeys = protection(secret);
	}

	@Override
	void record(byte[] record) {
		int type = record[0];
		require(plainVersion(Octets.u16At(record, 1)), "record version");
		if (type == TlsNumbers.CHANGE_CIPHER_SPEC) {
			require(record.length == 6 && record[5] == 1 && changeCipherSpecAllowed() && !this.finished, "change_cipher_spec");
			this.changeCipherSpecs++;
			require(this.changeCipherSpecs <= this.mostChangeCipherSpecs, "too many change_cipher_specs");
			return;
		}
		if (type != TlsNumbers.APPLICATION_DATA) {
			require(type == TlsNumbers.HANDSHAKE || type == TlsNumbers.ALERT, "record type " + type);
			// After keys exist only an alert may be plain: one of an engine that could not make the keys.
			require(this.readKeys == null || type == TlsNumbers.ALERT, "plaintext record with keys in use");
			content(type, Arrays.copyOfRange(record, 5, record.length), false);
			return;
		}
		byte[] inner = this.readKeys == null ? null : this.readKeys.open(record);
		if (skips(record, inner)) {
			return;
		}
		require(this.readKeys != null, "protected record without keys");
		require(inner != null, "record does not decrypt");
		this.largestInner = Math.max(this.largestInner, inner.length);
		require(inner.length <= recordSizeLimit(), "a record of " + inner.length + " bytes, more than the limit");
		int end = inner.length;
		while (end > 0 && inner[end - 1] == 0) {
			end--;
		}
		require(end > 0, "record without a content type");
		content(inner[end - 1], Arrays.copyOf(inner, end - 1), true);
	}

	/** Takes CertificateVerify. */
	void certificateVerify(byte[] m, String context, boolean raw) {
		this.scheme = Octets.u16At(m, 4);
		require(Octets.u16At(m, 6) == m.length - 8, "CertificateVerify's lengths");
		verify(publicKey(raw), this.scheme, Messages.signedContent(context, peer().transcriptHash()), Arrays.copyOfRange(m, 8, m.length),
				"CertificateVerify");
	}

	/** Takes the Certificate message apart: an empty context, and no extensions, since nobody here asks for any. */
	void certificates(byte[] m) {
		this.certificate = m;
		require(m[4] == 0 && Octets.u24At(m, 5) == m.length - 8, "Certificate's lengths");
		for (int at = 8; at < m.length;) {
			int n = Octets.u24At(m, at);
			this.chain.add(Arrays.copyOfRange(m, at + 3, at + 3 + n));
			require(Octets.u16At(m, at + 3 + n) == 0, "extensions of a certificate");
			at += 3 + n + 2;
		}
	}
}
