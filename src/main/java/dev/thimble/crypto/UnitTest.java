/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import dev.thimble.board.BlockCipherUnit;
import dev.thimble.board.DigestUnit;

/** Known answers for a board's units, asked before they are used. */
final class UnitTest {

	/** FIPS 197 §C.1 and §C.3: key and plaintext count up; AES-128 uses the first half of the key. */
	private static final String AES_128 = "69c4e0d86a7b0430d8cdb78070b4c55a";
	private static final String AES_256 = "8ea2b7ca516745bfeafc49904b496089";

	/** FIPS 180-4's example "abc". */
	private static final String SHA_256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	private static final String SHA_384 = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7";
	private static final String SHA_512 = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
			+ "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

	private UnitTest() {
	}

	/** Encrypts as many blocks as the unit takes with both lengths of key. */
	static boolean aes(BlockCipherUnit unit) {
		int blocks = unit.capacity();
		byte[] key = new byte[32];
		byte[] data = new byte[blocks * 16];
		for (int i = 0; i < key.length; i++) {
			key[i] = (byte) i;
		}
		boolean right = aes(unit, key, 16, data, AES_128) && aes(unit, key, 32, data, AES_256);
		unit.wipe();
		return right;
	}

	private static boolean aes(BlockCipherUnit unit, byte[] key, int keyLength, byte[] data, String answer) {
		for (int i = 0; i < data.length; i++) {
			data[i] = (byte) ((i & 15) * 0x11);
		}
		if (!unit.start(key, 0, keyLength, data, 0, data.length / 16)) {
			return false;
		}
		int result;
		do {
			result = unit.poll(data, 0);
		} while (result == 0);
		for (int at = 0; at < data.length && result > 0; at += 16) {
			result = matches(data, at, answer) ? 1 : -1;
		}
		return result > 0;
	}

	/** Hashes with every algorithm the unit has. */
	static boolean hash(DigestUnit unit) {
		byte[] input = { 'x', 'a', 'b', 'c' };
		byte[] digest = new byte[65];
		int algorithms = unit.algorithms();
		return ((algorithms & DigestUnit.SHA_256) == 0 || hash(unit, DigestUnit.SHA_256, input, digest, SHA_256))
				&& ((algorithms & DigestUnit.SHA_384) == 0 || hash(unit, DigestUnit.SHA_384, input, digest, SHA_384))
				&& ((algorithms & DigestUnit.SHA_512) == 0 || hash(unit, DigestUnit.SHA_512, input, digest, SHA_512));
	}

	/** An odd offset on both sides: a unit that reads words has to copy. */
	private static boolean hash(DigestUnit unit, int algorithm, byte[] input, byte[] digest, String answer) {
		return unit.digest(algorithm, input, 1, 3, digest, 1) && matches(digest, 1, answer);
	}

	private static boolean matches(byte[] data, int offset, String answer) {
		for (int i = 0; i < answer.length(); i += 2) {
			int octet = digit(answer.charAt(i)) << 4 | digit(answer.charAt(i + 1));
			if ((data[offset + (i >> 1)] & 0xff) != octet) {
				return false;
			}
		}
		return true;
	}

	private static int digit(char c) {
		return c <= '9' ? c - '0' : c - 'a' + 10;
	}
}
