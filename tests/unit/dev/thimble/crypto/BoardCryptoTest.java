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
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.board.DigestUnit;
import dev.thimble.support.AllocationMeter;

/** The provider of a board: what its units do, and what happens when they do not. */
class BoardCryptoTest {

	private static final int ALL = DigestUnit.SHA_256 | DigestUnit.SHA_384 | DigestUnit.SHA_512;
	private static final int[] SUITES = { Aead.AES_128_GCM, Aead.AES_256_GCM, Aead.AES_128_CCM, Aead.AES_128_CCM_8 };

	private final Random random = new Random(11);

	private static BoardCrypto crypto(FakeAesUnit aes) {
		return new BoardCrypto(aes, new FakeHashUnit(0), new PortableEcCrypto());
	}

	private static BoardCrypto crypto(FakeHashUnit hash) {
		return new BoardCrypto(new FakeAesUnit(0, 0), hash, new PortableEcCrypto());
	}

	private byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private static boolean finish(Aead aead) {
		while (!aead.step()) {
			continue;
		}
		return aead.result();
	}

	@ParameterizedTest
	@CsvSource({ "2, 0", "3, 1", "16, 2", "40, 0" })
	void sealsAndOpensAsPortableCodeDoes(int capacity, int polls) {
		BoardCrypto board = crypto(new FakeAesUnit(capacity, polls));
		PortableEcCrypto portable = new PortableEcCrypto();
		for (int suite : SUITES) {
			Aead unit = board.newAead(suite);
			Aead software = portable.newAead(suite);
			byte[] key = bytes(unit.keyLength());
			unit.init(key, 0);
			software.init(key, 0);
			for (int length = 0; length < 700; length += length < 70 ? 1 : 37) {
				byte[] nonce = bytes(12);
				byte[] aad = bytes(this.random.nextInt(33));
				byte[] plain = bytes(length);
				byte[] one = Arrays.copyOf(plain, length + unit.tagLength());
				byte[] other = one.clone();
				unit.startSeal(nonce, aad, 0, aad.length, one, 0, length);
				software.startSeal(nonce, aad, 0, aad.length, other, 0, length);
				assertTrue(finish(unit) && finish(software));
				assertArrayEquals(other, one, "suite " + suite + ", length " + length);
				unit.startOpen(nonce, aad, 0, aad.length, one, 0, length);
				assertTrue(finish(unit));
				assertArrayEquals(plain, Arrays.copyOf(one, length));
				other[this.random.nextInt(other.length)] ^= 0x10;
				unit.startOpen(nonce, aad, 0, aad.length, other, 0, length);
				assertFalse(finish(unit));
				assertArrayEquals(new byte[length], Arrays.copyOf(other, length));
			}
		}
	}

	@Test
	void isNotReadyWhileTheUnitWorks() {
		FakeAesUnit unit = new FakeAesUnit(16, 3);
		Aead aead = crypto(unit).newAead(Aead.AES_128_GCM);
		aead.init(new byte[16], 0);
		aead.startSeal(new byte[12], new byte[5], 0, 5, new byte[116], 0, 100);
		for (int i = 0; i < 3; i++) {
			assertFalse(aead.step(), "poll " + i);
		}
		assertTrue(aead.step());
		assertTrue(aead.result());
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void leavesNothingWhenTheUnitFailsInTheMiddle(boolean atStart) {
		for (int suite : SUITES) {
			for (int batches = 0; batches < 12; batches++) {
				FakeAesUnit unit = new FakeAesUnit(4, 1);
				BoardCrypto board = crypto(unit);
				Aead aead = board.newAead(suite);
				byte[] data = bytes(150 + aead.tagLength());
				unit.failsAtStart = atStart;
				unit.batchesLeft = batches;
				aead.init(bytes(aead.keyLength()), 0);
				aead.startSeal(bytes(12), bytes(5), 0, 5, data, 0, 150);
				if (finish(aead)) {
					assertTrue(unit.batchesLeft >= 0 && board.aesState() == BoardCrypto.USED, "it did not need more");
					continue;
				}
				assertEquals(BoardCrypto.FAILED, board.aesState());
				assertArrayEquals(new byte[data.length], data, "suite " + suite + ", " + batches + " batches: no plaintext is sent");
				data = bytes(data.length);
				aead.startOpen(bytes(12), bytes(5), 0, 5, data, 0, 150);
				assertFalse(finish(aead));
				assertArrayEquals(new byte[150], Arrays.copyOf(data, 150), "nothing unverified is read");
			}
		}
	}

	@Test
	void doesNotUseAnAesUnitThatFailsItsTest() {
		FakeAesUnit unit = new FakeAesUnit(4, 1);
		unit.batchesLeft = 1;
		BoardCrypto board = crypto(unit);
		assertEquals(BoardCrypto.FAILED, board.aesState());
		assertInstanceOf(AesGcm.class, board.newAead(Aead.AES_128_GCM));
		assertEquals(BoardCrypto.ABSENT, crypto(new FakeAesUnit(0, 0)).aesState());
		assertInstanceOf(ChaCha20Poly1305.class, crypto(new FakeAesUnit(4, 0)).newAead(Aead.CHACHA20_POLY1305));
	}

	@Test
	void wipesTheUnitWithTheKey() {
		FakeAesUnit unit = new FakeAesUnit(4, 1);
		Aead aead = crypto(unit).newAead(Aead.AES_256_GCM);
		aead.init(bytes(32), 0);
		int wipes = unit.wipes;
		aead.wipe();
		assertEquals(wipes + 1, unit.wipes);
	}

	@Test
	void hashesAsPortableCodeDoes() {
		FakeHashUnit unit = new FakeHashUnit(ALL);
		BoardCrypto board = crypto(unit);
		PortableEcCrypto portable = new PortableEcCrypto();
		for (int algorithm : new int[] { Hash.SHA_256, Hash.SHA_384, Hash.SHA_512 }) {
			Hash hash = board.newHash(algorithm);
			Hash fork = board.newHash(algorithm);
			Hash software = portable.newHash(algorithm);
			assertEquals(software.algorithm(), hash.algorithm());
			assertEquals(software.blockLength(), hash.blockLength());
			for (int length = 0; length < 1300; length += 61) {
				byte[] input = bytes(length);
				byte[] one = new byte[64];
				byte[] two = new byte[64];
				byte[] expected = new byte[64];
				software.update(input, 0, length);
				software.digest(expected, 0);
				int at = 0;
				while (at < length) {
					int piece = Math.min(length - at, 1 + this.random.nextInt(300));
					hash.update(input, at, piece);
					at += piece;
					if (this.random.nextInt(4) == 0) {
						// leaves something behind in the fork, to be replaced
						fork.copyFrom(hash);
					}
				}
				fork.copyFrom(hash);
				hash.digest(one, 0);
				fork.digest(two, 0);
				assertArrayEquals(expected, one, algorithm + ", length " + length);
				assertArrayEquals(expected, two, algorithm + " forked, length " + length);
			}
		}
		assertTrue(unit.operations() > 30, "short inputs go to the unit");
	}

	@Test
	void hashesInSoftwareOnceTheUnitFails() {
		FakeHashUnit unit = new FakeHashUnit(ALL);
		BoardCrypto board = crypto(unit);
		Hash hash = board.newHash(Hash.SHA_256);
		Hash software = new Sha256();
		unit.digestsLeft = 2;
		for (int i = 0; i < 4; i++) {
			byte[] input = bytes(50);
			byte[] one = new byte[32];
			byte[] expected = new byte[32];
			hash.update(input, 0, 50);
			hash.digest(one, 0);
			software.update(input, 0, 50);
			software.digest(expected, 0);
			assertArrayEquals(expected, one);
			assertEquals(i < 2 ? BoardCrypto.USED : BoardCrypto.FAILED, board.hashState());
		}
	}

	@Test
	void usesOnlyTheAlgorithmsTheUnitHas() {
		BoardCrypto board = crypto(new FakeHashUnit(DigestUnit.SHA_256));
		assertInstanceOf(UnitHash.class, board.newHash(Hash.SHA_256));
		assertInstanceOf(Sha512.class, board.newHash(Hash.SHA_384));
		FakeHashUnit broken = new FakeHashUnit(ALL);
		broken.digestsLeft = 1;
		BoardCrypto without = crypto(broken);
		assertEquals(BoardCrypto.FAILED, without.hashState());
		assertInstanceOf(Sha256.class, without.newHash(Hash.SHA_256));
	}

	/** Three engines step in turns and have one unit: none gets what another started, nor loses its own for ever. */
	@ParameterizedTest
	@CsvSource({ "2, 0", "3, 1", "16, 2" })
	void sharesTheUnitWithOthers(int capacity, int polls) {
		FakeAesUnit unit = new FakeAesUnit(capacity, polls);
		for (int suite : SUITES) {
			Aead[] units = { crypto(unit).newAead(suite), crypto(unit).newAead(suite), crypto(unit).newAead(suite) };
			byte[][] sealed = new byte[units.length][];
			byte[][] expected = new byte[units.length][];
			for (int i = 0; i < units.length; i++) {
				Aead software = new PortableEcCrypto().newAead(suite);
				byte[] key = bytes(software.keyLength());
				byte[] nonce = bytes(12);
				sealed[i] = bytes(300 + 50 * i + software.tagLength());
				expected[i] = sealed[i].clone();
				software.init(key, 0);
				software.startSeal(nonce, key, 0, 5, expected[i], 0, 300 + 50 * i);
				assertTrue(finish(software));
				units[i].init(key, 0);
				units[i].startSeal(nonce, key, 0, 5, sealed[i], 0, 300 + 50 * i);
			}
			boolean[] done = new boolean[units.length];
			for (int left = units.length; left > 0;) {
				for (int i = 0; i < units.length; i++) {
					if (!done[i] && units[i].step()) {
						done[i] = true;
						left--;
						assertTrue(units[i].result());
						assertArrayEquals(expected[i], sealed[i], "suite " + suite + ", engine " + i);
					}
				}
			}
		}
	}

	@Test
	void allocatesNothing() {
		for (int suite : SUITES) {
			Aead aead = crypto(new FakeAesUnit(16, 2)).newAead(suite);
			byte[] key = bytes(32);
			byte[] nonce = bytes(12);
			byte[] data = bytes(500);
			assertEquals(0, AllocationMeter.measure(20, () -> {
				aead.init(key, 0);
				aead.startSeal(nonce, key, 0, 5, data, 0, 400);
				finish(aead);
				aead.startOpen(nonce, key, 0, 5, data, 0, 400);
				finish(aead);
				aead.wipe();
			}), "suite " + suite);
		}
	}
}
