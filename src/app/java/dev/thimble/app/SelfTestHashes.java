/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.EntropySource;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.Hkdf;
import dev.thimble.crypto.Hmac;
import dev.thimble.crypto.HmacDrbg;

/** Known answers of hashes and what is built of them. */
final class SelfTestHashes implements EntropySource {

	/** FIPS 180-4's example "abc", and 1,000 times "a". */
	private static final String SHA_256_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	private static final String SHA_256_LONG = "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3";
	private static final String SHA_384_ABC = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7";
	private static final String SHA_384_LONG = "f54480689c6b0b11d0303285d9a81b21a93bca6ba5a1b4472765dca4da45ee328082d469c650cd3b61b16d3266ab8ced";
	private static final String SHA_512_ABC = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
			+ "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
	private static final String SHA_512_LONG = "67ba5535a46e3f86dbfbed8cbbaf0125c76ed549ff8b0b9e03e0c88cf90fa634"
			+ "fa7b12b47d77b694de488ace8d9a65967dc96df599727d3292a8d9d447709c97";
	private static final int LONG = 1000;

	/** RFC 4231 §4.3: key "Jefe", "what do ya want for nothing?". */
	private static final String JEFE = "4a656665";
	private static final String WANT = "7768617420646f2079612077616e7420666f72206e6f7468696e673f";
	private static final String HMAC_256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
	private static final String HMAC_384 = "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649";

	/** RFC 5869 §A.1. */
	private static final String IKM = "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b";
	private static final String SALT = "000102030405060708090a0b0c";
	private static final String INFO = "f0f1f2f3f4f5f6f7f8f9";
	private static final String PRK = "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5";
	private static final String OKM = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";

	/** NIST CAVS 14.3: HMAC_DRBG with SHA-256, no reseeding; the second 1024 bits. */
	private static final String DRBG_SEED = "ca851911349384bffe89de1cbdc46e6831e44d34a4fb935ee285dd14b71a7488659ba96c601dc69fc902940805ec0ca8";
	private static final String DRBG_OUTPUT = "e528e9abf2dece54d47c7e75e5fe302149f817ea9fb4bee6f4199697d04d5b89d54fbb978a15b5c443c9ec21036d2460"
			+ "b6f73ebad0dc2aba6e624abf07745bc107694bb7547bb0995f70de25d6b29e2d3011bb19d27676c07162c8b5ccde0668"
			+ "961df86803482cb37ed6d5c0bb8d50cf1f50d476aa0458bdaba806f48be9dcb8";

	private final SelfTestReport report;
	private final byte[] input = new byte[LONG];
	private final byte[] output = new byte[160];
	private final byte[] key = new byte[64];

	SelfTestHashes(SelfTestReport report) {
		this.report = report;
	}

	void run(CryptoProvider crypto, String variant) {
		Hash sha256 = crypto.newHash(Hash.SHA_256);
		Hash sha384 = crypto.newHash(Hash.SHA_384);
		this.report.check("SHA-256", variant, hash(sha256, SHA_256_ABC, SHA_256_LONG));
		this.report.check("SHA-384", variant, hash(sha384, SHA_384_ABC, SHA_384_LONG));
		this.report.check("SHA-512", variant, hash(crypto.newHash(Hash.SHA_512), SHA_512_ABC, SHA_512_LONG));
		this.report.check("SHA-256 forked", variant, fork(sha256, crypto.newHash(Hash.SHA_256)));
		Hmac hmac = new Hmac(sha256);
		this.report.check("HMAC-SHA-256", variant, hmac(hmac, HMAC_256));
		this.report.check("HMAC-SHA-384", variant, hmac(new Hmac(sha384), HMAC_384));
		this.report.check("HKDF-SHA-256", variant, hkdf(new Hkdf(hmac)));
		this.report.check("HMAC_DRBG", variant, drbg(new HmacDrbg(sha256, this)));
	}

	private boolean hash(Hash hash, String abc, String longer) {
		byte[] in = this.input;
		in[0] = 'a';
		in[1] = 'b';
		in[2] = 'c';
		hash.update(in, 0, 3);
		hash.digest(this.output, 1);
		boolean right = Hex.matches(abc, this.output, 1);
		for (int i = 0; i < LONG; i++) {
			in[i] = 'a';
		}
		for (int at = 0, piece = 1; at < LONG; at += piece, piece = Math.min(piece + 7, LONG - at)) {
			hash.update(in, at, piece);
		}
		hash.digest(this.output, 0);
		return right && Hex.matches(longer, this.output, 0);
	}

	/** A fork of a running hash goes its own way, when it is short and when it is long. */
	private boolean fork(Hash hash, Hash fork) {
		byte[] in = this.input;
		boolean right = true;
		for (int length = 2; length <= LONG; length += LONG - 4) {
			hash.reset();
			hash.update(in, 0, length - 1);
			fork.copyFrom(hash);
			hash.update(in, 0, 1);
			fork.update(in, length - 1, 1);
			hash.digest(this.output, 0);
			fork.digest(this.output, 32);
			for (int i = 0; i < 32; i++) {
				right &= this.output[i] == this.output[32 + i];
			}
		}
		return right;
	}

	private boolean hmac(Hmac hmac, String answer) {
		hmac.init(this.key, 0, Hex.read(JEFE, this.key, 0));
		hmac.update(this.input, 0, Hex.read(WANT, this.input, 0));
		hmac.mac(this.output, 0);
		return Hex.matches(answer, this.output, 0);
	}

	private boolean hkdf(Hkdf hkdf) {
		int salt = Hex.read(SALT, this.key, 0);
		hkdf.extract(this.key, 0, salt, this.input, 0, Hex.read(IKM, this.input, 0), this.output, 0);
		boolean right = Hex.matches(PRK, this.output, 0);
		hkdf.expand(this.output, 0, 32, this.input, 0, Hex.read(INFO, this.input, 0), this.output, 64, OKM.length() / 2);
		return right && Hex.matches(OKM, this.output, 64);
	}

	private boolean drbg(HmacDrbg drbg) {
		return drbg.generate(this.output, 0, 128) && drbg.generate(this.output, 0, 128) && Hex.matches(DRBG_OUTPUT, this.output, 0);
	}

	/** The entropy of the known answer. */
	@Override
	public boolean read(byte[] seed, int offset, int length) {
		return Hex.read(DRBG_SEED, seed, offset) == length;
	}
}
