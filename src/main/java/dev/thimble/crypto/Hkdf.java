/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * HKDF (RFC 5869) over one {@link Hmac}. Both steps leave no key behind.
 */
public final class Hkdf {

	private final Hmac hmac;
	private final byte[] memory;
	private final int at;

	/**
	 * Makes a key derivation.
	 *
	 * @param hmac
	 *            what it computes with; its key is lost whenever this object computes.
	 */
	public Hkdf(Hmac hmac) {
		this(hmac, new byte[hmac.length()], 0);
	}

	/**
	 * Makes a key derivation in memory of the caller's.
	 *
	 * @param hmac
	 *            as above.
	 * @param memory
	 *            an array, kept.
	 * @param offset
	 *            the first of {@link #length()} bytes that are used, and wiped, within each call.
	 */
	public Hkdf(Hmac hmac, byte[] memory, int offset) {
		this.hmac = hmac;
		this.memory = memory;
		this.at = offset;
	}

	/**
	 * Gets the length of a pseudorandom key.
	 *
	 * @return the hash's length in bytes.
	 */
	public int length() {
		return this.hmac.length();
	}

	/**
	 * Extracts a pseudorandom key (RFC 5869 §2.2). The output may overlap any input.
	 *
	 * @param salt
	 *            the salt's array; may be null if its length is 0.
	 * @param saltOffset
	 *            the salt's first byte.
	 * @param saltLength
	 *            its length; 0 means a salt of zeros.
	 * @param ikm
	 *            the input keying material's array.
	 * @param ikmOffset
	 *            its first byte.
	 * @param ikmLength
	 *            its length.
	 * @param output
	 *            the caller's array.
	 * @param offset
	 *            where the first of {@link #length()} bytes goes.
	 */
	public void extract(byte[] salt, int saltOffset, int saltLength, byte[] ikm, int ikmOffset, int ikmLength, byte[] output, int offset) {
		Hmac hmac = this.hmac;
		hmac.init(salt, saltOffset, saltLength);
		hmac.update(ikm, ikmOffset, ikmLength);
		hmac.mac(output, offset);
		hmac.wipe();
	}

	/**
	 * Expands a pseudorandom key (RFC 5869 §2.3). The output may overlap the key; it may overlap the info only if it is no longer than
	 * {@link #length()}.
	 *
	 * @param prk
	 *            the pseudorandom key's array.
	 * @param prkOffset
	 *            its first byte.
	 * @param prkLength
	 *            its length, usually {@link #length()}.
	 * @param info
	 *            the context's array; may be null if its length is 0.
	 * @param infoOffset
	 *            its first byte.
	 * @param infoLength
	 *            its length.
	 * @param output
	 *            the caller's array.
	 * @param offset
	 *            where the first byte goes.
	 * @param length
	 *            the number of bytes wanted, at most 255 times {@link #length()}.
	 */
	public void expand(byte[] prk, int prkOffset, int prkLength, byte[] info, int infoOffset, int infoLength, byte[] output, int offset,
			int length) {
		Hmac hmac = this.hmac;
		byte[] block = this.memory;
		int first = this.at;
		int blockLength = hmac.length();
		hmac.init(prk, prkOffset, prkLength);
		int at = offset;
		int end = offset + length;
		for (int counter = 1; at < end; counter++) {
			if (counter > 1) {
				hmac.update(block, first, blockLength);
			}
			if (infoLength > 0) {
				hmac.update(info, infoOffset, infoLength);
			}
			block[first] = (byte) counter;
			hmac.update(block, first, 1);
			hmac.mac(block, first);
			int take = Math.min(blockLength, end - at);
			System.arraycopy(block, first, output, at, take);
			at += take;
		}
		Bytes.zero(block, first, blockLength);
		hmac.wipe();
	}
}
