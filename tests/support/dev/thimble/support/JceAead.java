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

import dev.thimble.crypto.Aead;

/** An AEAD of the JDK, or CCM of Bouncy Castle, behind the engine's interface. */
final class JceAead implements Aead {

	private final int algorithm;
	private final byte[] key;
	private byte[] data;
	private int offset;
	private int length;
	private byte[] output;
	private boolean sealing;
	private boolean ready;

	JceAead(int algorithm) {
		this.algorithm = algorithm;
		this.key = new byte[keyLength()];
	}

	@Override
	public int keyLength() {
		return this.algorithm == AES_256_GCM || this.algorithm == CHACHA20_POLY1305 ? 32 : 16;
	}

	@Override
	public int tagLength() {
		return this.algorithm == AES_128_CCM_8 ? 8 : 16;
	}

	@Override
	public void init(byte[] from, int at) {
		System.arraycopy(from, at, this.key, 0, this.key.length);
	}

	@Override
	public void startSeal(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] bytes, int at, int count) {
		start(true, nonce, Arrays.copyOfRange(aad, aadOffset, aadOffset + aadLength), bytes, at, count);
	}

	@Override
	public void startOpen(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] bytes, int at, int count) {
		start(false, nonce, Arrays.copyOfRange(aad, aadOffset, aadOffset + aadLength), bytes, at, count);
	}

	@Override
	public boolean step() {
		boolean done = this.ready;
		this.ready = true;
		return done;
	}

	@Override
	public boolean result() {
		if (!this.ready) {
			throw new IllegalStateException("result before the last step");
		}
		if (this.output == null) {
			Arrays.fill(this.data, this.offset, this.offset + this.length, (byte) 0);
			return false;
		}
		System.arraycopy(this.output, 0, this.data, this.offset, this.output.length);
		return true;
	}

	@Override
	public void wipe() {
		Arrays.fill(this.key, (byte) 0);
	}

	private void start(boolean seal, byte[] nonce, byte[] aad, byte[] bytes, int at, int count) {
		this.sealing = seal;
		this.data = bytes;
		this.offset = at;
		this.length = count;
		this.ready = false;
		byte[] input = Arrays.copyOfRange(bytes, at, at + count + (seal ? 0 : tagLength()));
		byte[] iv = Arrays.copyOf(nonce, NONCE_LENGTH);
		try {
			if (this.algorithm == AES_128_CCM || this.algorithm == AES_128_CCM_8) {
				CCMModeCipher ccm = CCMBlockCipher.newInstance(AESEngine.newInstance());
				ccm.init(seal, new AEADParameters(new KeyParameter(this.key), 8 * tagLength(), iv, aad));
				this.output = new byte[ccm.getOutputSize(input.length)];
				int done = ccm.processBytes(input, 0, input.length, this.output, 0);
				ccm.doFinal(this.output, done);
				return;
			}
			boolean chacha = this.algorithm == CHACHA20_POLY1305;
			Cipher cipher = Cipher.getInstance(chacha ? "ChaCha20-Poly1305" : "AES/GCM/NoPadding");
			cipher.init(seal ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(this.key, chacha ? "ChaCha20" : "AES"),
					chacha ? new IvParameterSpec(iv) : new GCMParameterSpec(128, iv));
			cipher.updateAAD(aad);
			this.output = cipher.doFinal(input);
		} catch (GeneralSecurityException | InvalidCipherTextException e) {
			if (this.sealing) {
				throw new IllegalStateException(e);
			}
			this.output = null;
		}
	}
}
