/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * One of NIST's prime curves y<sup>2</sup> = x<sup>3</sup> - 3x + b (SP 800-186 §3.2.1): its arithmetic and its constants.
 *
 * <p>The constants stand as text and are decoded into scratch memory when an operation starts. All but p, n and the ones for n are in
 * Montgomery form. An object belongs to one provider, because its arithmetic keeps sums between calls.
 */
public final class EcCurve {

	/** Constant: p. */
	/* package */ static final int P = 0;
	/** Constant: R R mod p, which brings a number into Montgomery form. */
	/* package */ static final int RR = 1;
	/** Constant: 1 in Montgomery form. */
	/* package */ static final int ONE = 2;
	/** Constant: b. */
	/* package */ static final int B = 3;
	/** Constant: the order n. */
	/* package */ static final int N = 4;
	/** Constant: R R mod n. */
	/* package */ static final int RR_N = 5;
	/** Constants from here on: x and y of G, 3G, 5G … 15G. */
	/* package */ static final int G = 6;

	private static final String P256_NUMBERS = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff" // p
			+ "00000004fffffffdfffffffffffffffefffffffbffffffff0000000000000003" // R R mod p
			+ "00000000fffffffeffffffffffffffffffffffff000000000000000000000001" // R mod p, which is 1
			+ "dc30061d04874834e5a220abf7212ed6acf005cd78843090d89cdf6229c4bddf" // b
			+ "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551" // n
			+ "66e12d94f3d956202845b2392b6bec594699799c49bd6fa683244c95be79eea2" // R R mod n
			+ "18905f76a53755c679fb732b7762251075ba95fc5fedb60179e730d418a9143c"
			+ "8571ff1825885d85d2e88688dd21f3258b4ab8e4ba19e45cddf25357ce95560a" // G
			+ "26936a3fb6ff747e66ad77dd87cbbc98b027f84a087d81fbffac3f904eebc127"
			+ "d5f06a29e587cc07788208311a2ee98e583e47ad0861fe1ab04c5c1fc983a7eb" // 3G
			+ "c9079605890523c8941cb5aad076c20c90ec649a94b9537dbe1b8aaec45c61f5"
			+ "73a076bb2dd1e9163540a9877e7a1f6873c568efe5eb882beb309b4ae7ba4f10" // 5G
			+ "13ba5119c3123e03f43eaab50c23bb082bd20213d23c00f70746354ea0173b4f"
			+ "eaedd9156e240867ef933bdc77c941956742f2f25da67bdd2847d0303f5b9d4d" // 7G
			+ "e05b3080f0c4e16b2cc09c0444c8eb00abe6bfed59a7a84175c96e8f264e20e8"
			+ "086659cdfd835f9b2b6e019a88b12f1a56af7bedce5d45e31eb7777aa45f3314" // 9G
			+ "3e7090f1649c90731ff3a4158dac1ab59de407956e7fdfe0ea7d260a6245e404"
			+ "68930023e125b88e0c0daa891ead643d250f939ee57f61c81a7685612b944e88" // 11G
			+ "738477ac5395b759bcbcd43f559e98110e356769856fd30dccc425634b2ed709"
			+ "fbc08769c9e7b7977cd06422bd1f5bc168748390742ed2e335752b90c00ee17f" // 13G
			+ "e2aa0e430ad3da09ee337424e481937003cc23ee56e27e4b72bcd8b7bc60055b"
			+ "2042170a7079adf464efa6de778a4797d766355442a41b2540b8524f6383c45d"; // 15G

	private static final String P256_FIELD_INVERSION = "01ab02bc04cd08de16ef32a.99..29f.32f.16e.08d.04c.02b.02a.";

	private static final String P256_ORDER_INVERSION = "01.i00ab00ic00id00ie00if00ig00ih04hi08ij16jk64k.32k.04f.02b.05d.06g.04h.04c.05f.05g.05d.07f.02b.06h."
			+ "02a.08e.03d.05d.04d.05d.05c.03b.08f.04h.05b.05b.06e.04c.06h.";

	private static final String P384_NUMBERS = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff" // p
			+ "000000000000000000000000000000010000000200000000fffffffe000000000000000200000000fffffffe00000001" // R R mod p
			+ "000000000000000000000000000000000000000000000000000000000000000100000000ffffffffffffffff00000001" // R mod p, which is 1
			+ "cd08114b604fbff9b62b21f41f022094e3374bee94938ae277f2209b1920022ef729add87a4c32ec081188719d412dcc" // b
			+ "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973" // n
			+ "0c84ee012b39bf213fb05b7a28266895d40d49174aab1cc5bc3e483afcb82947ff3d81e5df1aa4192d319b2419b409a9" // R R mod n
			+ "4d3aadc2299e1513812ff723614ede2b6454868459a30eff879c3afc541b4d6e20e378e2a0d6ce383dd0756649c0b528"
			+ "2b78abc25a15c5e9dd8002263969a840c6c3521968f4ffd98bade7562e83b050a1bfa8bf7bb4a9ac23043dad4b03a4fe" // G
			+ "d283fe68e7c1c3ace36f7e2d263aa4703a48d732d51c6c3e6b2034e9a170ccf0c54ea9fff04f779c05e4dbe6c1dc4073"
			+ "465465fc983292aff6db68b15102b33968012d5ad2e1d0b4132663c04ef6744692d789a77ae0e36d7e284821c04ee157" // 3G
			+ "e1bb26b11d178ffbc676b987e2e8e4c660db2cf5aacc05e67f1eb1b5293c703bc185c0cbcc873466bb595eba68f1f0df"
			+ "4db1c9d6e209e4a3e6c5944024de236d4b237faf982c041180b61b3101c35b9922c16e2e72f345662b694ba07073fa21" // 5G
			+ "932c9f811c89025bf893db589db2df555f4215d1659753ed731edcf8211faa954ce6415f874774b1df13b9d17d69222b"
			+ "d90a16b6af6c9b3ef57f238e693b07060ff37c0401fff78065aad76f50130844135349d5a8641c790996b2207706a61e" // 7G
			+ "5cab1d1d53636c6a26d464c6dad54d6adc351dc13cbfff3f26094833a96d745de35d87293fd7e4f92f5d200e2353b92f"
			+ "e770633431e8f5c67d9429f4ee69a754a6ecaccc68ead0d827f061c7033ca7c23777e270d742aa2ff2813072b18ec0b0" // 9G
			+ "9c19e9fc7ba9c437f8d89885f0561d7901b8bf56147b66020dcc67706cdad64f4532077c44377abac7708b19b68b8c7d"
			+ "9aa62f9f3533f91841821d0c3a53287a2e070f36fe9e682e3ce813298a77e780604fe46bac144b83764eb146bdc4ba25" // 11G
			+ "b51c56e18cf23c94d2657265ed22df97db5203a8d9c1bd568a7a8e4633b7d4aeb25e28c5f6749a959b7aeb7e75ccbdfb"
			+ "4617adb7cc6979e181fdbd1c3b490ec3b7feac2dfec38d60789a2a48cf4d0fe3d8e88f1a87cae0c2f4d394596c3d812d" // 13G
			+ "fb62d26f4903026b0fc01fd4eb08599359500917789b307583ccf19550e07b342b7210e2ec3dabd8446ad8884709f4a9"
			+ "5a68c6fed0bc27168733fc41400c5797dddc2866d898f4704b23d3a0de06610c61609cbd144bd5862309cc9d6fe989bb"; // 15G

	private static final String P384_FIELD_INVERSION = "01ab01ac03cd06dd03ce15ef30fd60dd99..21d.15e.31f.02b.94f.02a.";

	private static final String P384_ORDER_INVERSION = "01.i00ab00ic00id00ie00if00ig00ih04hi08ii16ii32ij64j.64j.02b.06d.03b.07g.06g.01a.10h.03c.08g.02b.06f."
			+ "04d.05h.03c.03b.10g.09g.04f.06e.03a.07f.07c.05d.05h.05f.04f.05d.03b.07b.06f.04c.03b.04b.04b.06c.05c."
			+ "06f.01a.04a.";


	/** Arithmetic modulo p. */
	/* package */ final PrimeField field;
	/** Arithmetic modulo n. */
	/* package */ final OrderField order;
	/** Inversion modulo p or n in progress. */
	/* package */ final PowerChain power;
	/** {@link KeyAgreement#SECP256R1} or {@link KeyAgreement#SECP384R1}. */
	/* package */ final int group;
	private final String numbers;
	private final String fieldInversion;
	private final String orderInversion;

	private EcCurve(int group, PrimeField field, OrderField order, String numbers, String fieldInversion, String orderInversion) {
		this.group = group;
		this.field = field;
		this.order = order;
		this.power = new PowerChain();
		this.numbers = numbers;
		this.fieldInversion = fieldInversion;
		this.orderInversion = orderInversion;
	}

	/**
	 * Makes P-256, also known as secp256r1 and prime256v1.
	 *
	 * @return a new object.
	 */
	public static EcCurve p256() {
		OrderField order = new OrderField(8, 110, P256_NUMBERS, N * 64, 0xee00bc4f);
		return new EcCurve(KeyAgreement.SECP256R1, new P256Field(), order, P256_NUMBERS, P256_FIELD_INVERSION, P256_ORDER_INVERSION);
	}

	/**
	 * Makes P-384, also known as secp384r1.
	 *
	 * @return a new object.
	 */
	public static EcCurve p384() {
		OrderField order = new OrderField(12, 55, P384_NUMBERS, N * 96, 0xe88fdc45);
		return new EcCurve(KeyAgreement.SECP384R1, new P384Field(), order, P384_NUMBERS, P384_FIELD_INVERSION, P384_ORDER_INVERSION);
	}

	/** Decodes a constant to an offset of the memory. */
	/* package */ void load(int constant, int[] w, int r) {
		int limbs = this.field.limbs;
		Words.fromHex(this.numbers, constant * 8 * limbs, w, r, limbs);
	}

	/** Starts 1/x modulo p. {@link #power} is to be stepped; the memory is that of {@link PowerChain#start} with 6 registers. */
	/* package */ void startFieldInversion(int[] w, int x) {
		this.power.start(this.field, this.fieldInversion, w, x);
	}

	/** Starts 1/x modulo n, as above with 11 registers. */
	/* package */ void startOrderInversion(int[] w, int x) {
		this.power.start(this.order, this.orderInversion, w, x);
	}

	/**
	 * Decodes an uncompressed point (SEC 1 §2.3.4) into plain coordinates.
	 *
	 * @param key
	 *            its array.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes.
	 * @param w
	 *            the memory.
	 * @param r
	 *            receives x and y.
	 * @param t
	 *            one number, overwritten.
	 * @return false if length or form are wrong or a coordinate is not below p.
	 */
	/* package */ boolean decodePoint(byte[] key, int offset, int length, int[] w, int r, int t) {
		int limbs = this.field.limbs;
		int bytes = 4 * limbs;
		if (length != 1 + 2 * bytes || key[offset] != 4) {
			return false;
		}
		Words.fromBytes(key, offset + 1, bytes, w, r, limbs);
		Words.fromBytes(key, offset + 1 + bytes, bytes, w, r + limbs, limbs);
		load(P, w, t);
		return (Words.isLess(w, r, t, limbs) & Words.isLess(w, r + limbs, t, limbs)) != 0;
	}

	/**
	 * Brings a point's coordinates into Montgomery form and tells whether it lies on the curve.
	 *
	 * @param w
	 *            the memory.
	 * @param p
	 *            offset of x and y, plain, below p.
	 * @param t
	 *            three numbers, overwritten.
	 * @return true if y<sup>2</sup> = x<sup>3</sup> - 3x + b.
	 */
	/* package */ boolean enterCurve(int[] w, int p, int t) {
		PrimeField field = this.field;
		int limbs = field.limbs;
		int y = p + limbs;
		int u = t + limbs;
		int v = u + limbs;
		load(RR, w, t);
		field.mul(w, p, p, t);
		field.mul(w, y, y, t);
		load(ONE, w, u);
		field.add(w, v, u, u);
		field.add(w, v, v, u);
		field.sqr(w, u, p);
		field.sub(w, u, u, v);
		field.mul(w, u, u, p);
		load(B, w, v);
		field.add(w, u, u, v);
		field.sqr(w, v, y);
		return Words.areEqual(w, u, v, limbs) != 0;
	}
}
