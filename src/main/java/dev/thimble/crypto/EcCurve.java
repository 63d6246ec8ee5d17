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
 * <p>The constants stand as text and are decoded into scratch memory when an operation starts, p, n and RR_N as words, the others as
 * digits in Montgomery form. An object belongs to one provider, because its arithmetic keeps sums between calls.
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
	/**
	 * Constants from here on: x and y of 2<sup>3s</sup> G +- 2<sup>2s</sup> G +- 2<sup>s</sup> G +- G, where s is a quarter of the bits
	 * (P-256), or of 2<sup>2s</sup> G +- 2<sup>s</sup> G +- G, where s is a third (P-384); bit i of the index gives the sign of
	 * 2<sup>s i</sup> G, 1 for plus.
	 */
	/* package */ static final int COMB = 22;

	private static final String P256_NUMBERS =
			"ffffffff00000001000000000000000000000000ffffffffffffffffffffffff" // p
			+ "4fffffffdfffffffffffffffefffffffbffffffff00000000000000030000000" // R R mod p
			+ "00003fffffffbfffffffffffffffffffffffc000000000000000000000004000" // R mod p, which is 1
			+ "0187782dd20d025c882afdc84bb5ab3c017327150c24362737d88a712f77f70c" // b
			+ "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551" // n
			+ "66e12d94f3d956202845b2392b6bec594699799c49bd6fa683244c95be79eea2" // R R mod n
			+ "17ddaf71d571985adccaddd889441d6ea57f11d76d805e79cc35062a450f0624"
			+ "7fc62abe1761535e21a237487cc962d2ae390d2a7917377c94d5f3a55582a15c" // G
			+ "da8ff763dd1f90075df761f2ef262c09fe12787b607effeb0fe413baf049c9a4"
			+ "1a8aaeddf301a8a4820c468bba63960f91eb0c9c7f86ac131707f260e9faf57c" // 3G
			+ "e581948248f1f2c62d6ab41db083243b192672ed54df6f86e2abb117187d7241"
			+ "1daee85c7a4570682a61df9e87da1cf15a3bdc92e20afacc26d2b9ee93c41ce8" // 5G
			+ "944675b28f80f821aaad4308eec20af48084efa1003dc1d18d53a805ced3c4ee"
			+ "764596440219c129cef71df2506559d0bcbc5cae9ef74a11f40c0fd6e7537abb" // 7G
			+ "cc207447385a931a270111323ac02af9affb1e53ea105d725ba3c993883a3816"
			+ "96738179d7e6c8c28066a22c4bc695abdefb717e5178c7addddea917ccc50219" // 9G
			+ "243c68c3241cb860e905636b06ad677901e54c03f7f83a9f4982989179010f9c"
			+ "c009126d6e2368df6aa247ab590f4943e4e79f3bd872069da1584ae513a21a24" // 11G
			+ "1deb31c66dd6524e350fd567a604438d59da447af4c373310958d2cbb5c25ce1"
			+ "21dab169ede5a0441908af47d6f05a1d20e3de1bb4b8cd5d4ae43003b85ffef0" // 13G
			+ "8390fb5ef68242e2dd09392064dc00f308fb5d0e9f92dcaf362def180156f8aa"
			+ "85c2a42e6b7d112be9b79de291e5f5d98d55089906c9502e1493d8e0f1174810" // 15G
			+ "b20878f94c132f474a1212f6dcd84038cef7275228a754b629f259c211381488"
			+ "85640fb458375ae03725fbf9222a281303d5110a7206fa9b4a5137dcff096f8b" // comb 0
			+ "fa8e768f2285a038948eba9fa66e3ff1637b9070fb493f21447b8ac4f99ce3d0"
			+ "78277b65d5f139ebded05e7fe77c4ef0267eae2785a063d38b6f317ccf42c603" // comb 1
			+ "824f9d713bed21721a66e55a25ba4601d5dfc28c7b695590c1d4a2f4736960f5"
			+ "881c6595b4d723169d689248a50e4d6e5dedc35b530f3bd6bc5fbb65c1873d68" // comb 2
			+ "ae32d35e01e21a7784958544c98878c2ebfdba940196e05314d95d3e073c45b4"
			+ "79b793c6d6bf2d7cef31fb70fdd9866a77ebded8b7484cf451a5fb3142f2a713" // comb 3
			+ "66cfaec7f88be574e9375d71a1f3d60e45cbd2b56c0854c16a79b3c367db4db5"
			+ "2be71478cc5dac44f97c036a04b6a47210f5387ffce872b39f98844694fa4399" // comb 4
			+ "faaf5d969abba0fca01f39b130a98bc6bee88a290c2e76f55a2ef3c1d45f6471"
			+ "74c0f749cf42c0383f58128c578a892310f440ff16d2dc5b7a86f5acadb9857f" // comb 5
			+ "bcaf5a39b1936c672fad0c29bd42d9cda27c9706d3cab902fe7d10adf7f5745e"
			+ "6980847063c4eee2b07c94f42c619fda3862b4c38dcf0e7d9b13c7b9f77c6577" // comb 6
			+ "4754a21c9330475129996cc41cca955246c9c7d350ac4356b8d590a44c1d0a56"
			+ "9547df18cccaeba33525a02ea8626f9fbbd04efae13879dbd6daee13e60fd8dd"; // comb 7

	private static final String P256_FIELD_INVERSION = "01ab02bc04cd08de16ef32a.99..29f.32f.16e.08d.04c.02b.02a.";

	private static final String P256_ORDER_INVERSION = "01.i00ab00ic00id00ie00if00ig00ih04hi08ij16jk64k.32k.04f.02b.05d.06g.04h.04c.05f."
			+ "05g.05d.07f.02b.06h.02a.08e.03d.05d.04d.05d.05c.03b.08f.04h.05b.05b.06e.04c.06h.";

	private static final String P384_NUMBERS =
			"fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff" // p
			+ "000000000000000000000000000010000000200000000fffffffe000000000000000200000000fffffffe00000001000" // R R mod p
			+ "00000000000000000000000000000000000000000000000000000000000000400000003fffffffffffffffc000000040" // R mod p, which is 1
			+ "420452d813effe6d8ac87d07c0882538cdd2fba524e2b89dfc8826c648008bf0ca6b7651930cbb0204621c34504b7333" // b
			+ "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973" // n
			+ "0c84ee012b39bf213fb05b7a28266895d40d49174aab1cc5bc3e483afcb82947ff3d81e5df1aa4192d319b2419b409a9" // R R mod n
			+ "4eab708a678544e04bfdc8d853b78ad91521a11668c3bfe1e70ebf1506d35b9b38de38bb35b38e0f741d597f702d4a13"
			+ "de2af09685717a776000898e5a6a1031b0d4865a3d3ff662eb79d58ba0ec14326fea2fe8ed2a6b08c10f6b48c0e93f8a" // G
			+ "a0ff9a39f070eb38dbdf8b498ea91c0e9235ccb5471b0f9ac80d3a685c333c6553aa803013dde7017936f97c77101cf4"
			+ "95197f260ca4abfdb6da2c5440acce5a004b56b4b8742d04c998f013bd9d11b5b5e269efb838db5f8a12085f13b855d1" // 3G
			+ "6ec9ac4745e3fef19dae61f8ba39319836cb3d6ab301799fc7ac6d4a4f1c0f286170332b21cd19aed657ae623c7c37f8"
			+ "6c7275b8827928f9b16510093788db52c8dfebe60b0104602d86cc4070d6e65bb05b8bafbcd1598ada52e8091cfe8853" // 5G
			+ "cb27e047224096fe24f6d6276cb7d557d085745965d4fb5cc7b73e0847eaa57739905805d1dd2c77c4ee743b5a488ae4"
			+ "4285adabdb26cfbd5fc8e39a4ec1c183fcdf01007ffde0196ab5dbd404c2113ad4d275a019071e4265ac87e7c1a987b6" // 7G
			+ "2ac74754d8db1a89b51931b6b5535ab70d47704f2fffcfc982520cea5b5d178fd761ca66f5f93e4bd7480371d4ee4bd7"
			+ "dc18cd0c7a3d719f650a7d3b9a69d529bb2b331a3ab43609fc1871c0cf29f0c6ddf89c6ed0aa8bfca04c1c7363b02c39" // 9G
			+ "067a7f1eea710dfe3626217c15875e406e2fd5851ed980837319dc1b36b593f84c81df380ddeaeb1dc22c646a2e31f67"
			+ "a98be7cd4cfe46106087430e94ca1e8b81c3cdbfa79a0b8f3a04ca629df9e03e13f91b110512e0dd93ac5189712e8966" // 11G
			+ "4715b8633c8f2534995c997b48b7e5f6d480ea36706f55a29ea3918cedf52bd9978a31aa9d26a566debadf70732f7eed"
			+ "85eb6df31a5e78607f6f470ed243b0edffab0b7fb0e3581e268a9233d343f9073a23c6b2f2b830bd34e5164a0f604b51" // 13G
			+ "d8b49bd240c09ac3f007f53ac21664d6540245de26cc1d60f33c6554381ecd48dc8438f90f6af6111ab621d3c27d2a7e"
			+ "9a31bfb42f09c5a1ccff10500315e5f7770a19b6263d1c12c8f4e8378198432e58272f5b12f56188c2732745fa626ed6" // 15G
			+ "dc4f2236ab1a8d1f2f73fe335759c45814e0dc738f2957553c5636e79d02c622a306c2ad60036325da9ed07afa3ceb5b"
			+ "342cd10167b7beef8fe20b6e7a8226d518cd38dabb3caecfee3a90c227df9c8dc3ed083559f844433d0f9881d2b8421c" // comb 0
			+ "5ed6e4c627ed0d2ce068919a9e96c19fb43ee1e9a28f90e13759966b7d69ad937351cb5489d12ad018692e6216ca13dd"
			+ "847462fd663dd052b3f09d8f46a3d3fcb3a9ab9d18c78e94b2484bd0dd9cef74e7711700b865fdbfa48d8f0213787efe" // comb 1
			+ "d6d86d3b57e5cc9f1dd1ce8d64711fcf6cfe261680eda320bb9a2cb41d366292675ac54613408c3ef9e0ca0b47361ce6"
			+ "90d71fdb80e69d86464dba7d1f275f1d6853e6ee92fcbe775953f27997e271aba045e6f87611683a36805358c376986a" // comb 2
			+ "2196621bba6a4c22dce6b55f249df3fa9e697d6b4fb4d3e746049a038341ffe2d95d2a6d29082e8954e77a2db3886376"
			+ "5dadc0c17d44488f86a5ac5031ce8b59fe1907884117d8f4c4a3c4a5fb8c57da04e319643cd493ebc1efed6656468fa2"; // comb 3

	private static final String P384_FIELD_INVERSION = "01ab01ac03cd06dd03ce15ef30fd60dd99..21d.15e.31f.02b.94f.02a.";

	private static final String P384_ORDER_INVERSION = "01.i00ab00ic00id00ie00if00ig00ih04hi08ii16ii32ij64j.64j.02b.06d.03b.07g.06g.01a."
			+ "10h.03c.08g.02b.06f.04d.05h.03c.03b.10g.09g.04f.06e.03a.07f.07c.05d.05h.05f.04f."
			+ "05d.03b.07b.06f.04c.03b.04b.04b.06c.05c.06f.01a.04a.";


	/** Arithmetic modulo p. */
	/* package */ final CurveField field;
	/** Arithmetic modulo n. */
	/* package */ final OrderField order;
	/** {@link KeyAgreement#SECP256R1} or {@link KeyAgreement#SECP384R1}. */
	/* package */ final int group;
	private final String fieldInversion;
	private final String orderInversion;

	private EcCurve(int group, CurveField field, OrderField order, String fieldInversion, String orderInversion) {
		this.group = group;
		this.field = field;
		this.order = order;
		this.fieldInversion = fieldInversion;
		this.orderInversion = orderInversion;
	}

	/**
	 * Makes P-256, also known as secp256r1 and prime256v1.
	 *
	 * @return a new object.
	 */
	public static EcCurve p256() {
		OrderField order = new OrderField(8, 90, P256_NUMBERS, N * 64, 0xee00bc4f);
		return new EcCurve(KeyAgreement.SECP256R1, new P256Field(P256_NUMBERS), order, P256_FIELD_INVERSION, P256_ORDER_INVERSION);
	}

	/**
	 * Makes P-384, also known as secp384r1.
	 *
	 * @return a new object.
	 */
	public static EcCurve p384() {
		OrderField order = new OrderField(12, 42, P384_NUMBERS, N * 96, 0xe88fdc45);
		return new EcCurve(KeyAgreement.SECP384R1, new P384Field(P384_NUMBERS), order, P384_FIELD_INVERSION, P384_ORDER_INVERSION);
	}

	/** Starts 1/x modulo p. The memory is that of {@link PowerChain#start} with 6 registers, in all 7 numbers. */
	/* package */ void startFieldInversion(PowerChain power, int[] w, int x) {
		power.start(this.field, this.fieldInversion, w, x);
	}

	/** Starts 1/x modulo n, as above with 11 registers, in all 12 numbers. */
	/* package */ void startOrderInversion(PowerChain power, int[] w, int x) {
		power.start(this.order, this.orderInversion, w, x);
	}

	/**
	 * Decodes an uncompressed point (SEC 1 §2.3.4) into plain coordinates in words.
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
		int words = this.field.words;
		int bytes = 4 * words;
		if (length != 1 + 2 * bytes || key[offset] != 4) {
			return false;
		}
		Words.fromBytes(key, offset + 1, bytes, w, r, words);
		Words.fromBytes(key, offset + 1 + bytes, bytes, w, r + limbs, words);
		this.field.loadWords(P, w, t);
		return (Words.isLess(w, r, t, words) & Words.isLess(w, r + limbs, t, words)) != 0;
	}

	/**
	 * Brings a point's coordinates into Montgomery form and tells whether it lies on the curve. All of it is public.
	 *
	 * @param w
	 *            the memory.
	 * @param p
	 *            offset of x and y as {@link #decodePoint} gives them.
	 * @param t
	 *            three numbers, overwritten.
	 * @return true if y<sup>2</sup> = x<sup>3</sup> - 3x + b.
	 */
	/* package */ boolean enterCurve(int[] w, int p, int t) {
		CurveField field = this.field;
		int limbs = field.limbs;
		int y = p + limbs;
		int u = t + limbs;
		int v = u + limbs;
		field.spread(w, p);
		field.spread(w, y);
		field.load(RR, w, t);
		field.mul(w, p, p, t);
		field.mul(w, y, y, t);
		field.load(ONE, w, u);
		field.add(w, v, u, u);
		field.add(w, v, v, u);
		field.sqr(w, u, p);
		field.sub(w, u, u, v);
		field.mul(w, u, u, p);
		field.load(B, w, v);
		field.add(w, u, u, v);
		field.sqr(w, v, y);
		field.sub(w, t, u, v);
		return field.isZero(w, t, u, v);
	}
}
