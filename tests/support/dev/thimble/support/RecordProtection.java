/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.security.GeneralSecurityException;
import java.util.Arrays;

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

/** Record protection of RFC 8446 §5.2 for one direction and one key, from the JDK's ciphers (CCM: Bouncy Castle's). */
public final class RecordProtection {

	/** The number of the next record; a test may change it. */
	public long sequence;

	public final byte[] key;
	public final byte[] iv;

	private final int suite;

	public RecordProtection(int suite, ReferenceSchedule schedule, byte[] trafficSecret) {
		boolean key128 = suite != TlsNumbers.AES_256_GCM_SHA384 && suite != TlsNumbers.CHACHA20_POLY1305_SHA256;
		this.suite = suite;
		this.key = schedule.expandLabel(trafficSecret, "key", new byte[0], key128 ? 16 : 32);
		this.iv = schedule.expandLabel(trafficSecret, "iv", new byte[0], 12);
	}

	private RecordProtection(RecordProtection other) {
		this.suite = other.suite;
		this.key = other.key;
		this.iv = other.iv;
	}

	/** The same keys from sequence number 0, to seal the same stream once more. */
	public RecordProtection fromStart() {
		return new RecordProtection(this);
	}

	public int tagLength() {
		return this.suite == TlsNumbers.AES_128_CCM_8_SHA256 ? 8 : 16;
	}

	/** A complete record of content, its type, and zeros as padding. */
	public byte[] seal(int type, byte[] content, int padding) {
		return sealInner(Octets.concat(content, Octets.of(type), new byte[padding]), TlsNumbers.APPLICATION_DATA, 0x0303);
	}

	/** A complete record of a given TLSInnerPlaintext (which may lack a type), outer type and version. */
	public byte[] sealInner(byte[] inner, int outerType, int version) {
		byte[] header = new Octets().u8(outerType).u16(version).u16(inner.length + tagLength()).toBytes();
		return Octets.concat(header, crypt(true, header, inner));
	}

	/** The TLSInnerPlaintext of a complete record, or null if the tag is wrong (then the sequence number stays). */
	public byte[] open(byte[] record) {
		long before = this.sequence;
		byte[] inner = crypt(false, Arrays.copyOf(record, 5), Arrays.copyOfRange(record, 5, record.length));
		if (inner == null) {
			this.sequence = before;
		}
		return inner;
	}

	private byte[] crypt(boolean encrypt, byte[] header, byte[] data) {
		byte[] nonce = this.iv.clone();
		for (int i = 0; i < 8; i++) {
			nonce[11 - i] ^= (byte) (this.sequence >> 8 * i);
		}
		this.sequence++;
		try {
			if (this.suite == TlsNumbers.AES_128_CCM_SHA256 || this.suite == TlsNumbers.AES_128_CCM_8_SHA256) {
				CCMModeCipher ccm = CCMBlockCipher.newInstance(AESEngine.newInstance());
				ccm.init(encrypt, new AEADParameters(new KeyParameter(this.key), 8 * tagLength(), nonce, header));
				byte[] out = new byte[ccm.getOutputSize(data.length)];
				int done = ccm.processBytes(data, 0, data.length, out, 0);
				ccm.doFinal(out, done);
				return out;
			}
			boolean chacha = this.suite == TlsNumbers.CHACHA20_POLY1305_SHA256;
			Cipher cipher = Cipher.getInstance(chacha ? "ChaCha20-Poly1305" : "AES/GCM/NoPadding");
			cipher.init(encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(this.key, chacha ? "ChaCha20" : "AES"),
					chacha ? new IvParameterSpec(nonce) : new GCMParameterSpec(128, nonce));
			cipher.updateAAD(header);
			return cipher.doFinal(data);
		} catch (GeneralSecurityException | InvalidCipherTextException e) {
			if (encrypt) {
				throw new IllegalStateException(e);
			}
			return null;
		}
	}
}
