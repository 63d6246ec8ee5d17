/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The curve edwards25519 (RFC 7748 §4.1): -x<sup>2</sup> + y<sup>2</sup> = 1 + d x<sup>2</sup> y<sup>2</sup> over
 * 2<sup>255</sup> - 19, the arithmetic modulo its order L, and its constants.
 *
 * <p>Multiples (x, y) of the base point B stand as ((y - x) / 2, (y + x) / 2, d x y), as additions want them. All numbers are text, decoded
 * when they are used. An object belongs to one provider.
 */
public final class Edwards25519 {

	/** Constant: d. */
	/* package */ static final int D = 0;
	/** Constant: 2d. */
	/* package */ static final int D2 = 1;
	/** Constant: a square root of -1. */
	/* package */ static final int ROOT = 2;
	/** Constant: the order L of B. */
	/* package */ static final int L = 3;
	/** Constant: R mod L, where R is 2<sup>256</sup>. */
	/* package */ static final int R = 4;
	/** Constant: R R mod L. */
	/* package */ static final int RR = 5;
	/** Constants from here on: B, 3B, 5B … 15B, three numbers each. */
	/* package */ static final int ODD = 6;
	/** Constants from here on: 2<sup>192</sup> B +- 2<sup>128</sup> B +- 2<sup>64</sup> B +- B; bit i of the index gives the sign of
	 * 2<sup>64 i</sup> B, 1 for plus. */
	/* package */ static final int COMB = 30;

	private static final String NUMBERS = "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3" // d
			+ "2406d9dc56dffce7198e80f2eef3d13000e0149a8283b156ebd69b9426b2f159" // 2d
			+ "2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0" // sqrt(-1)
			+ "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed" // L
			+ "0ffffffffffffffffffffffffffffffec6ef5bf4737dcf70d6ec31748d98951d" // R mod L
			+ "0399411b7c309a3dceec73d217f5be65d00e1ba768859347a40611e3449c0f01" // R R mod L
			+ "227e97c94c7c0933d2e0c21a3447c504fe9ccf82e8a05f59ce881c82eba0489f"
			+ "43e7ce9d19ea5d329385a44c321ea16167c996e37dc6070c97de49e37ac61db9"
			+ "3788bdb44f8632d42d0dbee5eea1acc6136cf411e655624f55e48902c3bd5534" // B
			+ "555c8ac3aaaded314098f98d10a5eb5e9de9a9fef2e0dd3eab308ff4527e6929"
			+ "3d0b270dcd407c7a608da8014f80b399012d4218744325c55792d85426774b98"
			+ "6d141357895cda6368b872a2c6796da62c4a11910e1aed310a57499f86e86c3b" // 3B
			+ "0aa53f39f58daaf9f19e788e5c325043ea800a68a59394dbbfc8c161d223eb5d"
			+ "54a2e678a3710375ee8df5862d5ff62246a82461e3af768151095e220452dd90"
			+ "61d55f34b59ddb4d5a0db3858dded39693870403e85ee8fe5e5dedf8c0954139" // 5B
			+ "4eb76eae97298bf04ef53b27c90c961d365010a99ddd11d3dd37964d551910cf"
			+ "630df534941e493f38d92941142a1724ba381a9d59cee069358d2e684a2751d6"
			+ "3d4fdd8e3507c853a94e20dd2c3bd6f9d981afa3829f524d78c1b6e400dc59d1" // 7B
			+ "24e02d28fd6e4e47cb65e30473af58224c5040db7a9020cdf9b710bf01cec032"
			+ "5a5cf699c56ebface75919e4e3437adad3284f37a8de2362cd9733c55354318e"
			+ "79e0b9010d804583557b7e14c9ea678b717fc1f4538ce917835a745fc822d784" // 9B
			+ "0c55acc014eae3bfd1d03aaab546f5ca9f6b59b4bb8441c098afad8124c321a4"
			+ "213ad5712a36c7d7889f42388bb81a0372ecff678118171397df80424540156f"
			+ "5ee32a915a9efca4221888ccda8d4311018f5a50994172526c159662feb044eb" // 11B
			+ "4133c4168bb01253ce8959195556acb4577e75e4cdbbb7b5a837809d993fdfc0"
			+ "51a7ebf761a37920a9bd07097d83dd03dfc259cd5ade6f6ddfb8611151003fad"
			+ "24bdd37ed504bc31d1779bfc48d3f299921bf358efc6ea38a9b0508cb99751bc" // 13B
			+ "61dae6a10c682f5fba84180403d928c969c14dd2154c886b0205e6c32346677c"
			+ "30f1148bf896f39596dedefd60f96a68432461468c4e12369267660189e7f550"
			+ "288eb09085726c2101972d3ec9eb2138759c57a71b9fef772ecd3b17cde85a8b" // 15B
			+ "6002dbd762321cb6e338aa12aa8f15e937a0589eadd8a6e0f1f15409edc4684d"
			+ "25e74a2324043413b241e1775522c5a8c5c9ec8e69cd242a25d8516412399c1f"
			+ "0e3bddbb31d321ed30a69abe97dd974c705a54e857b6bb12e64070c12df63c8e" // comb 0
			+ "33279ac7c4de4053af5e32f80139a27df3de5ac9aa3d8506f4ef693aceb89a58"
			+ "61d47ee7b7f9c5335cc48faa4b14843ab7e2b139ac23d65e8b695aacd71f346a"
			+ "28dabe4e3e77b642f0a1c5b3abea60ac88a6c9789df251f89eea1cb2338af5da" // comb 1
			+ "49a839c83ba1ea2e1ccbc4d98ab9bc1985aa2fb0e4c315e98f998db2ad06eadb"
			+ "4ecece0f2467132b9f7a426c860ade692ac07ed3633943294c8a1f02d60223b7"
			+ "452b73d8a52e82ad6c1bb349f9c14675ff7d31dcc838e8bd09f04317fad68f4c" // comb 2
			+ "3e0c2d4432a12f89bc29761a609c2ac9743f372a0f6c3ee58921237bdf91ad9f"
			+ "3d9288f9fe748a45049d4a6a02222dfec5ec3ba0e4a2447756e7e73512afc64e"
			+ "6cb202500a0c2bdaa23e4d6ed0b2f85281999c80b5833e0ccba7c0c74f6cd7ee" // comb 3
			+ "48d56ed223f02ce03c51a4ef97e0567730aa5756cbc118024131c7c8c24a250d"
			+ "773443aa796ce42e04130b9cd666f119d9a913c5cf85d764fbc48d8fec5f863d"
			+ "61665911a5bbd6ddc74b7c61fab7e5515f7c1e2a06f7e1ed51b199ecf92a67d3" // comb 4
			+ "61e97f59fc547db72374be416a148de8a285c8d84881031d31fc406217cd38cc"
			+ "6f2234aba412460d6f627a4ff24be1ba413bb77f21bacf2166697eb43bfeec90"
			+ "0aa77df7cf8a095e7d9be98d2f8076ca3814cae84ea5d384145e8b3a4b848fff" // comb 5
			+ "7573504b7dce4545f76e41ce8695b247b3e0701385870fa1043f3a58138d08c5"
			+ "13dbcb4e83cdd9977186c6905e886eea86d65a13797ec89482bd97640ab029d1"
			+ "78689edd5ec7bd9e7971f41d8fc6ee563970c66d47a8c668d3921f2d4846c137" // comb 6
			+ "204da56e72e36797ea75f58d833271d2cb5ae37d2fc9e113515465a5ee3f7c1e"
			+ "04ca952b1de47fe12d15d3b7b8fc644d3cefae3ab0408d4589bf75b3a3fddc21"
			+ "34dcb4538232beb27d917d512ca4ff97c494c982d2fa82da226a9edcc1a1a862"; // comb 7

	/** Words of a number. */
	/* package */ static final int WORDS = 8;

	/** Words of temporary memory for a number modulo L: two numbers, the order and a sum. */
	/* package */ static final int TEMPORARY = 2 * WORDS + 2 * WORDS + 1;

	/** Arithmetic modulo L. */
	/* package */ final OrderField order;

	/** Allocates the arithmetic. */
	public Edwards25519() {
		this.order = new OrderField(WORDS, 90, NUMBERS, L * 64, 0x12547e1b);
	}

	/** Decodes a constant into words. */
	/* package */ static void loadWords(int constant, int[] w, int r) {
		Words.fromHex(NUMBERS, constant * 64, w, r, WORDS);
	}

	/** Decodes a constant into a field element. */
	/* package */ static void load(int constant, int[] w, int element) {
		loadWords(constant, w, element);
		Field25519.spread(w, element);
	}

	/**
	 * Clamps a scalar (RFC 7748 §5) and takes it modulo L.
	 *
	 * @param bytes
	 *            holds the scalar in 32 bytes, little-endian; not changed.
	 * @param offset
	 *            the first of them.
	 * @param w
	 *            the memory.
	 * @param r
	 *            offset that receives 8 words.
	 * @param t
	 *            offset of {@link #TEMPORARY} words of temporary memory.
	 */
	/* package */ void clamp(byte[] bytes, int offset, int[] w, int r, int t) {
		Words.fromLittleEndian(bytes, offset, w, t, WORDS);
		w[t] &= ~7;
		w[t + WORDS - 1] = w[t + WORDS - 1] & 0x7fffffff | 0x40000000;
		this.order.load(w, t + 2 * WORDS);
		// The Montgomery product by R; its first factor may be beyond L.
		loadWords(R, w, t + WORDS);
		this.order.mul(w, r, t, t + WORDS);
	}

	/**
	 * Takes the output of SHA-512 modulo L (RFC 8032 §5.1.6).
	 *
	 * @param digest
	 *            the 64 bytes of a little-endian number.
	 * @param w
	 *            the memory.
	 * @param r
	 *            receives 8 words.
	 * @param t
	 *            {@link #TEMPORARY} words of temporary memory.
	 */
	/* package */ void reduce(byte[] digest, int[] w, int r, int t) {
		OrderField order = this.order;
		order.load(w, t + 2 * WORDS);
		// high R + low: Montgomery products by R R and R.
		Words.fromLittleEndian(digest, 32, w, t, WORDS);
		loadWords(RR, w, t + WORDS);
		order.mul(w, r, t, t + WORDS);
		Words.fromLittleEndian(digest, 0, w, t, WORDS);
		loadWords(R, w, t + WORDS);
		order.mul(w, t, t, t + WORDS);
		order.add(w, r, r, t);
	}
}
