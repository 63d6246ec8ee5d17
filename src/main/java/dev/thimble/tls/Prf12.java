/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.Hmac;

/**
 * The pseudorandom function of TLS 1.2 (RFC 5246 §5): P_SHA256 or P_SHA384, a block of the hash's length a step.
 *
 * <p>Order of use: {@link #start}, {@link #seed} and {@link #seedVector} for the parts of the seed, {@link #expand}, {@link #step} until true. The
 * hash is touched within single calls only.
 */
/* package */ final class Prf12 {

	/** RFC 7627 §4; the seed is the session hash. The plain "master secret" has no place here: RFC 7627 §1 tells what is wrong with it. */
	/* package */ static final String EXTENDED_MASTER_SECRET = "extended master secret";
	/** RFC 5246 §6.3; the seed is the server's random and the client's, in this order. */
	/* package */ static final String KEY_EXPANSION = "key expansion";
	/** RFC 5246 §7.4.9; the seed is the hash of the handshake's messages. */
	/* package */ static final String CLIENT_FINISHED = "client finished";
	/** As above. */
	/* package */ static final String SERVER_FINISHED = "server finished";
	/** Length of a master secret (RFC 5246 §8.1). */
	/* package */ static final int MASTER_LENGTH = 48;
	/** Length of verify_data (RFC 5246 §7.4.9). */
	/* package */ static final int VERIFY_LENGTH = 12;
	/** Bytes of memory it works in. */
	/* package */ static final int MEMORY = 96;

	/** The exporter's (RFC 5705 §4): label, randoms of client and server, context. */
	private static final int MAX_PARTS = 4;
	private static final int MAX_HASH = 48;

	private final Hmac hmac;
	private final Hash work256;
	private final Hash work384;
	private final byte[] memory;
	/** Where A(i) stands in the memory; the block of output is behind it. */
	private final char chain;
	private final char block;
	// The parts of the seed, with offset and length of each: arrays of them would cost 40 bytes more.
	private byte[] part0;
	private byte[] part1;
	private byte[] part2;
	private byte[] part3;
	private char offset0;
	private char offset1;
	private char offset2;
	private char offset3;
	private char length0;
	private char length1;
	private char length2;
	private char length3;
	private String label;
	private byte[] output;
	private int at;
	private int end;
	private byte count;
	/** The part its length is put before; -1: none. */
	private byte vector;
	private boolean chained;

	/**
	 * Creates a function.
	 *
	 * @param work256
	 *            a hash used within single calls only.
	 * @param work384
	 *            likewise; null if no suite uses SHA-384.
	 * @param memory
	 *            an array, kept.
	 * @param offset
	 *            the first of {@value #MEMORY} bytes that are used from {@link #expand} until {@link #step} gives true, and wiped then.
	 */
	/* package */ Prf12(Hash work256, Hash work384, byte[] memory, int offset) {
		// a premaster secret of ECDHE_PSK is longer than 48 bytes, so whole blocks
		this(work256, work384, new Hmac(work384 == null ? work256 : work384), memory, offset);
	}

	/**
	 * Creates a function, as above, with an HMAC that may serve others when this does not.
	 *
	 * @param hmac
	 *            with room for a whole block of either hash, or for keys of 48 bytes if no pre-shared key is for SHA-384.
	 */
	/* package */ Prf12(Hash work256, Hash work384, Hmac hmac, byte[] memory, int offset) {
		this.work256 = work256;
		this.work384 = work384;
		this.hmac = hmac;
		this.memory = memory;
		this.chain = (char) offset;
		this.block = (char) (offset + MAX_HASH);
	}

	/**
	 * Begins.
	 *
	 * @param hash
	 *            {@link Hash#SHA_256} or {@link Hash#SHA_384}: the cipher suite's (RFC 5246 §5, RFC 5288 §3).
	 * @param secret
	 *            holds the secret; read before this method returns.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length, any.
	 * @param name
	 *            the label, ASCII; may be empty if it comes as part of the seed.
	 */
	/* package */ void start(int hash, byte[] secret, int offset, int length, String name) {
		this.hmac.hash(hash == Hash.SHA_384 ? this.work384 : this.work256);
		this.hmac.init(secret, offset, length);
		this.label = name;
		this.count = 0;
		this.vector = -1;
	}

	/** Adds a part of the seed, of {@value #MAX_PARTS} at most, with offset and length below 65,536; it has to stay as it is until {@link #step} gives true. */
	/* package */ void seed(byte[] part, int offset, int length) {
		switch (this.count++) {
		case 0:
			this.part0 = part;
			this.offset0 = (char) offset;
			this.length0 = (char) length;
			break;
		case 1:
			this.part1 = part;
			this.offset1 = (char) offset;
			this.length1 = (char) length;
			break;
		case 2:
			this.part2 = part;
			this.offset2 = (char) offset;
			this.length2 = (char) length;
			break;
		default:
			this.part3 = part;
			this.offset3 = (char) offset;
			this.length3 = (char) length;
			break;
		}
	}

	/** Adds a part of the seed and before it its length in two bytes, as the context of an exporter has it (RFC 5705 §4). One part can be so. */
	/* package */ void seedVector(byte[] part, int offset, int length) {
		this.vector = this.count;
		seed(part, offset, length);
	}

	/**
	 * Says what is wanted; {@link #step} has work then.
	 *
	 * @param out
	 *            receives the bytes; may be the secret's array, but not one the seed stands in.
	 * @param offset
	 *            where the first one goes.
	 * @param length
	 *            how many.
	 */
	/* package */ void expand(byte[] out, int offset, int length) {
		this.output = out;
		this.at = offset;
		this.end = offset + length;
		this.chained = false;
	}

	/**
	 * Computes a block.
	 *
	 * @return true once all output is there; secret and intermediate values are wiped then.
	 */
	/* package */ boolean step() {
		Hmac hmac = this.hmac;
		byte[] m = this.memory;
		int n = hmac.length();
		if (this.chained) {
			hmac.update(m, this.chain, n);
		} else {
			this.chained = true;
			updateSeed();
		}
		hmac.mac(m, this.chain);
		hmac.update(m, this.chain, n);
		updateSeed();
		hmac.mac(m, this.block);
		int take = Math.min(n, this.end - this.at);
		System.arraycopy(m, this.block, this.output, this.at, take);
		this.at += take;
		if (this.at < this.end) {
			return false;
		}
		wipe();
		return true;
	}

	/** Abandons what is going on and wipes everything. */
	/* package */ void wipe() {
		this.hmac.wipe();
		for (int i = 0; i < MEMORY; i++) {
			this.memory[this.chain + i] = 0;
		}
		this.part0 = null;
		this.part1 = null;
		this.part2 = null;
		this.part3 = null;
		this.output = null;
		this.at = 0;
		this.end = 0;
		this.count = 0;
	}

	/** Takes in label and seed; characters become bytes where the block of output will be. */
	private void updateSeed() {
		byte[] m = this.memory;
		int room = this.block;
		int n = this.label.length();
		for (int from = 0; from < n; from += MAX_HASH) {
			int length = Math.min(MAX_HASH, n - from);
			for (int i = 0; i < length; i++) {
				m[room + i] = (byte) this.label.charAt(from + i);
			}
			this.hmac.update(m, room, length);
		}
		updatePart(0, this.part0, this.offset0, this.length0);
		updatePart(1, this.part1, this.offset1, this.length1);
		updatePart(2, this.part2, this.offset2, this.length2);
		updatePart(3, this.part3, this.offset3, this.length3);
	}

	private void updatePart(int index, byte[] part, int offset, int length) {
		if (index >= this.count) {
			return;
		}
		if (index == this.vector) {
			byte[] m = this.memory;
			m[this.block] = (byte) (length >> 8);
			m[this.block + 1] = (byte) length;
			this.hmac.update(m, this.block, 2);
		}
		this.hmac.update(part, offset, length);
	}
}
