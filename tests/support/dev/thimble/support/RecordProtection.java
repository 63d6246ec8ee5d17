/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Record protection for one direction and one key, from the JDK's ciphers (CCM: Bouncy Castle's): that of TLS 1.3 (RFC 8446 §5.2) or of TLS 1.2
 * with AEAD ciphers (RFC 5246 §6.2.3.3, RFC 5288, RFC 6655, RFC 7905).
 */
public final class RecordProtection {

	/** The number of the next record; a test may change it. */
	public long sequence;

	public final byte[] key;
	public final byte[] iv;

	/** The explicit part of the nonce in TLS 1.2, for a sequence number; any function will do. */
	public LongUnaryOperator explicitNonce = n -> n;

	private final AeadKind aead;
	private final boolean tls12;

	public RecordProtection(int suite, ReferenceSchedule schedule, byte[] trafficSecret) {
		boolean key128 = suite != TlsNumbers.AES_256_GCM_SHA384 && suite != TlsNumbers.CHACHA20_POLY1305_SHA256;
		this.aead = switch (suite) {
		case TlsNumbers.CHACHA20_POLY1305_SHA256 -> AeadKind.CHACHA20_POLY1305;
		case TlsNumbers.AES_128_CCM_SHA256 -> AeadKind.CCM;
		case TlsNumbers.AES_128_CCM_8_SHA256 -> AeadKind.CCM_8;
		default -> AeadKind.GCM;
		};
		this.tls12 = false;
		this.key = schedule.expandLabel(trafficSecret, "key", new byte[0], key128 ? 16 : 32);
		this.iv = schedule.expandLabel(trafficSecret, "iv", new byte[0], 12);
	}

	/** The protection of TLS 1.2, with the nonce's fixed part from the key block. */
	public RecordProtection(Suite12 suite, byte[] key, byte[] fixedNonce) {
		this.aead = suite.aead;
		this.tls12 = true;
		this.key = key;
		this.iv = fixedNonce;
	}

	private RecordProtection(RecordProtection other) {
		this.aead = other.aead;
		this.tls12 = other.tls12;
		this.key = other.key;
		this.iv = other.iv;
		this.explicitNonce = other.explicitNonce;
	}

	/** The same keys from sequence number 0, to seal the same stream once more. */
	public RecordProtection fromStart() {
		return new RecordProtection(this);
	}

	public int tagLength() {
		return this.aead == AeadKind.CCM_8 ? 8 : 16;
	}

	/** How much longer a record's fragment is than what it protects (TLS 1.3: than its TLSInnerPlaintext). */
	public int overhead() {
		return tagLength() + (explicit() ? 8 : 0);
	}

	/** A complete record of content and its type; in TLS 1.3 with zeros as padding. */
	public byte[] seal(int type, byte[] content, int zeros) {
		if (this.tls12) {
			return sealInner(content, type, 0x0303);
		}
		return sealInner(Octets.concat(content, Octets.of(type), new byte[zeros]), TlsNumbers.APPLICATION_DATA, 0x0303);
	}

	/** A complete record of a given TLSInnerPlaintext (which may lack a type; TLS 1.2: plaintext), outer type and version. */
	public byte[] sealInner(byte[] inner, int outerType, int version) {
		byte[] header = new Octets().u8(outerType).u16(version).u16(inner.length + overhead()).toBytes();
		if (!this.tls12) {
			return Octets.concat(header, crypt(true, nonce(), header, inner));
		}
		byte[] chosen = explicit() ? eight(this.explicitNonce.applyAsLong(this.sequence)) : new byte[0];
		byte[] nonce = explicit() ? Octets.concat(this.iv, chosen) : nonce();
		return Octets.concat(header, chosen, crypt(true, nonce, additional(outerType, version, inner.length), inner));
	}

	/** The TLSInnerPlaintext (TLS 1.2: the plaintext) of a complete record, or null if the tag is wrong (then the sequence number stays). */
	public byte[] open(byte[] record) {
		long before = this.sequence;
		byte[] inner = null;
		if (!this.tls12) {
			inner = crypt(false, nonce(), Arrays.copyOf(record, 5), Arrays.copyOfRange(record, 5, record.length));
		} else if (record.length >= 5 + overhead()) {
			int at = explicit() ? 13 : 5;
			byte[] nonce = explicit() ? Octets.concat(this.iv, Arrays.copyOfRange(record, 5, 13)) : nonce();
			inner = crypt(false, nonce, additional(record[0], Octets.u16At(record, 1), record.length - 5 - overhead()),
					Arrays.copyOfRange(record, at, record.length));
		}
		if (inner == null) {
			this.sequence = before;
		}
		return inner;
	}

	/** Whether records carry a part of the nonce: RFC 5288 §3, RFC 6655 §3; not RFC 7905 §2. */
	private boolean explicit() {
		return this.tls12 && this.aead != AeadKind.CHACHA20_POLY1305;
	}

	private byte[] nonce() {
		byte[] nonce = this.iv.clone();
		byte[] number = eight(this.sequence);
		for (int i = 0; i < 8; i++) {
			nonce[nonce.length - 8 + i] ^= number[i];
		}
		return nonce;
	}

	private byte[] additional(int type, int version, int length) {
		return new Octets().add(eight(this.sequence)).u8(type).u16(version).u16(length).toBytes();
	}

	private static byte[] eight(long value) {
		return new Octets().u32(value >>> 32).u32(value).toBytes();
	}

	private byte[] crypt(boolean encrypt, byte[] nonce, byte[] additional, byte[] data) {
		this.sequence++;
		try {
			if (this.aead == AeadKind.CCM || this.aead == AeadKind.CCM_8) {
				CCMModeCipher ccm = CCMBlockCipher.newInstance(AESEngine.newInstance());
				ccm.init(encrypt, new AEADParameters(new KeyParameter(this.key), 8 * tagLength(), nonce, additional));
				byte[] out = new byte[ccm.getOutputSize(data.length)];
				int done = ccm.processBytes(data, 0, data.length, out, 0);
				ccm.doFinal(out, done);
				return out;
			}
			boolean chacha = this.aead == AeadKind.CHACHA20_POLY1305;
			Cipher cipher = Cipher.getInstance(chacha ? "ChaCha20-Poly1305" : "AES/GCM/NoPadding");
			cipher.init(encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(this.key, chacha ? "ChaCha20" : "AES"),
					chacha ? new IvParameterSpec(nonce) : new GCMParameterSpec(128, nonce));
			cipher.updateAAD(additional);
			return cipher.doFinal(data);
		} catch (GeneralSecurityException | InvalidCipherTextException e) {
			if (encrypt) {
				throw new IllegalStateException(e);
			}
			return null;
		}
	}
}
