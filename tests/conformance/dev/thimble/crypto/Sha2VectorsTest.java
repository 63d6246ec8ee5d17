/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

/** The examples NIST publishes for FIPS 180-4. */
class Sha2VectorsTest {

	private static final String TWO_BLOCKS_256 = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	private static final String TWO_BLOCKS_512 = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
			+ "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

	private static final String[] SHA_256 = { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "abc",
			"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", TWO_BLOCKS_256,
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" };
	private static final String[] SHA_384 = { "",
			"38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b", "abc",
			"cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7", TWO_BLOCKS_512,
			"09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039" };
	private static final String[] SHA_512 = { "",
			"cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81"
					+ "a538327af927da3e",
			"abc",
			"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e"
					+ "2a9ac94fa54ca49f",
			TWO_BLOCKS_512,
			"8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd2654"
					+ "5e96e55b874be909" };
	private static final String[] MILLION = { "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
			"9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985",
			"e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e"
					+ "4eadb217ad8cc09b" };

	private static void check(Hash hash, String[] pairs) {
		for (int i = 0; i < pairs.length; i += 2) {
			byte[] message = pairs[i].getBytes(StandardCharsets.US_ASCII);
			hash.update(message, 0, message.length);
			assertEquals(pairs[i + 1], digest(hash), pairs[i]);
		}
	}

	private static String digest(Hash hash) {
		byte[] digest = new byte[hash.length()];
		hash.digest(digest, 0);
		return HexFormat.of().formatHex(digest);
	}

	private static Hash[] hashes() {
		return new Hash[] { new Sha256(), new Sha512(Hash.SHA_384), new Sha512(Hash.SHA_512) };
	}

	@Test
	void examples() {
		Hash[] hashes = hashes();
		check(hashes[0], SHA_256);
		check(hashes[1], SHA_384);
		check(hashes[2], SHA_512);
	}

	@Test
	void aMillionLettersInUnevenPieces() {
		byte[] letters = "a".repeat(1000).getBytes(StandardCharsets.US_ASCII);
		Hash[] hashes = hashes();
		for (int i = 0; i < 3; i++) {
			for (int left = 1000000, piece = 1; left > 0;) {
				int take = Math.min(left, piece);
				hashes[i].update(letters, 0, take);
				left -= take;
				piece = piece * 7 % 1000 + 1;
			}
			assertEquals(MILLION[i], digest(hashes[i]));
		}
	}
}
