/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** FIPS 197 and SP 800-38A examples in both lanes of the cipher, and Bouncy Castle on random inputs. */
class AesVectorsTest {

	private static byte[][] encrypt(byte[] key, byte[] block0, byte[] block1) {
		AeadOperation operation = new AeadOperation();
		Aes aes = new Aes(operation);
		aes.init(key, 0, key.length);
		for (int column = 0; column < 4; column++) {
			operation.words[2 * column] = Bytes.word(block0, 4 * column);
			operation.words[2 * column + 1] = Bytes.word(block1, 4 * column);
		}
		aes.encrypt();
		byte[][] result = new byte[2][16];
		for (int column = 0; column < 4; column++) {
			Bytes.put(operation.words[2 * column], result[0], 4 * column);
			Bytes.put(operation.words[2 * column + 1], result[1], 4 * column);
		}
		assertArrayEquals(new int[8], Arrays.copyOfRange(operation.words, 8, 16), "the zeros stay zeros");
		return result;
	}

	private static void check(String key, String plain, String cipher) {
		HexFormat hex = HexFormat.of();
		byte[] block = hex.parseHex(plain);
		byte[][] result = encrypt(hex.parseHex(key), block, new byte[16]);
		assertEquals(cipher, hex.formatHex(result[0]));
		result = encrypt(hex.parseHex(key), new byte[16], block);
		assertEquals(cipher, hex.formatHex(result[1]));
	}

	@Test
	void examplesOfFips197() {
		check("2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32");
		check("000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a");
		check("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "00112233445566778899aabbccddeeff",
				"8ea2b7ca516745bfeafc49904b496089");
	}

	@Test
	void examplesOfSp80038a() {
		check("2b7e151628aed2a6abf7158809cf4f3c", "6bc1bee22e409f96e93d7e117393172a", "3ad77bb40d7a3660a89ecaf32466ef97");
		check("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", "6bc1bee22e409f96e93d7e117393172a",
				"f3eed1bdb5d2a03c064b5a7e3db181f8");
	}

	/** Each byte value in each place of the state, so that the circuit of SubBytes sees all its inputs everywhere. */
	@Test
	void agreesWithBouncyCastleForEveryByteEverywhere() {
		Random random = new Random(1);
		byte[] expected = new byte[16];
		for (int value = 0; value < 256; value++) {
			byte[] key = new byte[(value & 1) == 0 ? 16 : 32];
			random.nextBytes(key);
			org.bouncycastle.crypto.BlockCipher reference = AESEngine.newInstance();
			reference.init(true, new KeyParameter(key));
			for (int place = 0; place < 16; place++) {
				byte[][] blocks = new byte[2][16];
				random.nextBytes(blocks[0]);
				random.nextBytes(blocks[1]);
				blocks[value >> 1 & 1][place] = (byte) (value ^ key[place]);
				byte[][] result = encrypt(key, blocks[0], blocks[1]);
				for (int lane = 0; lane < 2; lane++) {
					reference.processBlock(blocks[lane], 0, expected, 0);
					assertArrayEquals(expected, result[lane], "value " + value + ", place " + place + ", lane " + lane);
				}
			}
		}
	}
}
