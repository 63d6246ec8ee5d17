/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.thimble.support.AllocationMeter;

/** Every AEAD against Bouncy Castle, and the rules of {@link Aead}. */
class AeadTest {

	private static final int[] ALGORITHMS = { Aead.AES_128_GCM, Aead.AES_256_GCM, Aead.AES_128_CCM, Aead.AES_128_CCM_8,
			Aead.CHACHA20_POLY1305 };

	static int[] algorithms() {
		return ALGORITHMS;
	}

	private static Aead aead(int algorithm) {
		Aes aes = new Aes(new AeadOperation());
		switch (algorithm) {
		case Aead.AES_128_GCM:
			return new AesGcm(aes, 16);
		case Aead.AES_256_GCM:
			return new AesGcm(aes, 32);
		case Aead.AES_128_CCM:
			return new AesCcm(aes, 16);
		case Aead.AES_128_CCM_8:
			return new AesCcm(aes, 8);
		default:
			return new ChaCha20Poly1305(new AeadOperation());
		}
	}

	private static AEADCipher reference(int algorithm) {
		switch (algorithm) {
		case Aead.AES_128_GCM:
		case Aead.AES_256_GCM:
			return GCMBlockCipher.newInstance(AESEngine.newInstance());
		case Aead.AES_128_CCM:
		case Aead.AES_128_CCM_8:
			return CCMBlockCipher.newInstance(AESEngine.newInstance());
		default:
			return new org.bouncycastle.crypto.modes.ChaCha20Poly1305();
		}
	}

	private static byte[] bytes(Random random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	/** One message: data holds a margin of 3 bytes in front and 5 behind the tag. */
	private static final class Message {

		final byte[] key;
		final byte[] nonce;
		final byte[] aad;
		final byte[] plain;
		final byte[] sealed;

		Message(Random random, int algorithm, int length, int aadLength) throws Exception {
			Aead aead = aead(algorithm);
			this.key = bytes(random, aead.keyLength());
			this.nonce = bytes(random, Aead.NONCE_LENGTH);
			this.aad = bytes(random, aadLength);
			this.plain = bytes(random, length);
			AEADCipher reference = reference(algorithm);
			reference.init(true, new AEADParameters(new KeyParameter(this.key), 8 * aead.tagLength(), this.nonce, this.aad));
			this.sealed = new byte[length + aead.tagLength()];
			int at = reference.processBytes(this.plain, 0, length, this.sealed, 0);
			reference.doFinal(this.sealed, at);
		}
	}

	private static int finish(Aead aead) {
		int steps = 1;
		while (!aead.step()) {
			steps++;
		}
		return steps;
	}

	private static void checkBothWays(Aead aead, Message message) {
		int length = message.plain.length;
		int tagLength = aead.tagLength();
		String what = "length " + length + ", aad " + message.aad.length;
		byte[] data = new byte[3 + length + tagLength + 5];
		byte[] key = new byte[2 + message.key.length];
		System.arraycopy(message.key, 0, key, 2, message.key.length);
		byte[] aad = new byte[1 + message.aad.length];
		System.arraycopy(message.aad, 0, aad, 1, message.aad.length);
		System.arraycopy(message.plain, 0, data, 3, length);
		aead.init(key, 2);
		aead.startSeal(message.nonce, aad, 1, message.aad.length, data, 3, length);
		finish(aead);
		assertTrue(aead.result());
		assertArrayEquals(message.sealed, Arrays.copyOfRange(data, 3, data.length - 5), what);
		aead.startOpen(message.nonce, aad, 1, message.aad.length, data, 3, length);
		finish(aead);
		assertTrue(aead.result(), what);
		assertArrayEquals(message.plain, Arrays.copyOfRange(data, 3, 3 + length), what);
		assertEquals(0, data[0] | data[1] | data[2], "bytes in front");
		for (int i = 1; i <= 5; i++) {
			assertEquals(0, data[data.length - i], "bytes behind");
		}
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void agreesWithBouncyCastleAtEveryLength(int algorithm) throws Exception {
		Random random = new Random(algorithm);
		Aead aead = aead(algorithm);
		for (int length = 0; length <= 200; length++) {
			checkBothWays(aead, new Message(random, algorithm, length, 5));
		}
		for (int aadLength = 0; aadLength <= 32; aadLength++) {
			checkBothWays(aead, new Message(random, algorithm, random.nextInt(64), aadLength));
		}
		for (int i = 0; i < 200; i++) {
			checkBothWays(aead, new Message(random, algorithm, random.nextInt(5000), random.nextInt(33)));
		}
		for (int length = 2046; length <= 2050; length++) {
			checkBothWays(aead, new Message(random, algorithm, length, 13));
		}
		checkBothWays(aead, new Message(random, algorithm, 16385, 5));
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void aWrongBitAnywhereLeavesZeros(int algorithm) throws Exception {
		Random random = new Random(algorithm);
		Aead aead = aead(algorithm);
		for (int length : new int[] { 0, 1, 16, 35, 700, 2500 }) {
			Message message = new Message(random, algorithm, length, 5);
			aead.init(message.key, 0);
			int bits = 8 * message.sealed.length;
			int stride = Math.max(1, bits / 400);
			for (int bit = 0; bit < bits + 40 + 96; bit += bit < bits - 128 ? stride : 1) {
				byte[] data = message.sealed.clone();
				byte[] aad = message.aad.clone();
				byte[] nonce = message.nonce.clone();
				if (bit < bits) {
					data[bit / 8] ^= 1 << bit % 8;
				} else if (bit < bits + 40) {
					aad[(bit - bits) / 8] ^= 1 << bit % 8;
				} else {
					nonce[(bit - bits - 40) / 8] ^= 1 << bit % 8;
				}
				byte[] tag = Arrays.copyOfRange(data, length, data.length);
				aead.startOpen(nonce, aad, 0, aad.length, data, 0, length);
				finish(aead);
				assertFalse(aead.result(), "bit " + bit);
				for (int i = 0; i < length; i++) {
					assertEquals(0, data[i], "output at " + i + " of " + length + ", bit " + bit);
				}
				assertArrayEquals(tag, Arrays.copyOfRange(data, length, data.length), "the tag is not output");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void aStepWorksOnABoundedSlice(int algorithm) {
		int bound = algorithm == Aead.CHACHA20_POLY1305 ? 2048 : 512;
		Aead aead = aead(algorithm);
		byte[] data = new byte[16384 + 16];
		byte[] before = data.clone();
		aead.init(new byte[32], 0);
		aead.startSeal(new byte[12], new byte[5], 0, 5, data, 0, 16384);
		assertArrayEquals(before, data, "nothing is done before the first step");
		int steps = 0;
		boolean done;
		do {
			done = aead.step();
			steps++;
			int first = Arrays.mismatch(before, data);
			int last = data.length - 1;
			while (last > first && before[last] == data[last]) {
				last--;
			}
			assertTrue(last - first < bound + (done ? 16 : 0), "step " + steps + " changed bytes " + first + " to " + last);
			before = data.clone();
		} while (!done);
		assertEquals(16384 / bound, steps);
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void aWipedKeyIsGone(int algorithm) throws Exception {
		Aead aead = aead(algorithm);
		Message message = new Message(new Random(1), algorithm, 40, 5);
		aead.init(message.key, 0);
		aead.wipe();
		byte[] data = message.sealed.clone();
		aead.startOpen(message.nonce, message.aad, 0, 5, data, 0, 40);
		finish(aead);
		assertFalse(aead.result());
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void twoDirectionsTakeTurnsOnSharedMemory(int algorithm) throws Exception {
		AeadOperation operation = new AeadOperation();
		Aead[] aeads = new Aead[2];
		for (int i = 0; i < 2; i++) {
			Aes aes = new Aes(operation);
			aeads[i] = algorithm == Aead.CHACHA20_POLY1305 ? new ChaCha20Poly1305(operation)
					: algorithm == Aead.AES_128_GCM || algorithm == Aead.AES_256_GCM ? new AesGcm(aes, aead(algorithm).keyLength())
							: new AesCcm(aes, aead(algorithm).tagLength());
		}
		Random random = new Random(5);
		Message[] messages = { new Message(random, algorithm, 1000, 5), new Message(random, algorithm, 77, 5) };
		for (int i = 0; i < 6; i++) {
			Message message = messages[i & 1];
			Aead aead = aeads[i & 1];
			aead.init(message.key, 0);
			byte[] data = Arrays.copyOf(message.plain, message.sealed.length);
			aead.startSeal(message.nonce, message.aad, 0, 5, data, 0, message.plain.length);
			finish(aead);
			assertTrue(aead.result());
			assertArrayEquals(message.sealed, data);
		}
	}

	/** A connection can end in the middle of a record; the next one may use another suite. */
	@ParameterizedTest
	@MethodSource("algorithms")
	void anAbandonedOperationDoesNoHarm(int algorithm) throws Exception {
		CryptoProvider crypto = new PortableEcCrypto();
		Random random = new Random(9);
		byte[] data = bytes(random, 5000);
		for (int other : ALGORITHMS) {
			Aead abandoned = crypto.newAead(other);
			abandoned.init(data, 0);
			abandoned.startOpen(data, data, 0, 5, data, 0, 4000);
			assertFalse(abandoned.step());
			checkBothWays(crypto.newAead(algorithm), new Message(random, algorithm, 1000, 5));
			abandoned.startOpen(data, data, 0, 5, data, 0, 4000);
			assertFalse(abandoned.step());
			abandoned.wipe();
			checkBothWays(crypto.newAead(algorithm), new Message(random, algorithm, 1000, 5));
		}
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void allocatesNothing(int algorithm) {
		Aead aead = aead(algorithm);
		byte[] key = new byte[32];
		byte[] nonce = new byte[12];
		byte[] aad = new byte[5];
		byte[] data = new byte[3000 + 16];
		long allocated = AllocationMeter.measure(50, () -> {
			aead.init(key, 0);
			aead.startSeal(nonce, aad, 0, 5, data, 0, 3000);
			finish(aead);
			aead.result();
			aead.startOpen(nonce, aad, 0, 5, data, 0, 3000);
			finish(aead);
			aead.result();
			aead.startOpen(nonce, aad, 0, 5, data, 0, 3000);
			finish(aead);
			aead.result();
			aead.wipe();
		});
		assertEquals(0, allocated);
	}
}
