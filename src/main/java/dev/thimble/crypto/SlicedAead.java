/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * What all AEADs here have in common: the place in the caller's data, the slices, and the end, where a tag is written or compared.
 */
abstract class SlicedAead implements Aead {

	/** The caller's data; null when no operation is in progress. */
	byte[] data;
	/** The first byte of the data. */
	int start;
	/** The next byte to work on. */
	int at;
	/** The end of the data, where the tag is. */
	int end;
	/** -1 (all bits set) while opening, 0 while sealing. */
	int opening;

	/** The tag, or until {@link #computeTag} the mask for it; word 0 comes first, most significant byte first. */
	int tag0;
	int tag1;
	int tag2;
	int tag3;

	private final int sliceLength;
	private boolean genuine;

	/**
	 * Makes an AEAD.
	 *
	 * @param sliceLength
	 *            the number of bytes to work on in one step, a multiple of the cipher's block.
	 */
	SlicedAead(int sliceLength) {
		this.sliceLength = sliceLength;
	}

	/** Takes in nonce and associated data; {@link #at} and {@link #end} are set. */
	abstract void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength);

	/** Works from {@link #at} to the limit, and sets {@link #at} to it. The limit is the end or a whole number of slices from the start. */
	abstract void process(int limit);

	/** Sets the tag's words and wipes what only this operation needed. */
	abstract void computeTag();

	@Override
	public final void startSeal(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] data, int offset, int length) {
		start(0, data, offset, length);
		begin(nonce, aad, aadOffset, aadLength);
	}

	@Override
	public final void startOpen(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] data, int offset, int length) {
		start(-1, data, offset, length);
		begin(nonce, aad, aadOffset, aadLength);
	}

	private void start(int opening, byte[] data, int offset, int length) {
		this.opening = opening;
		this.data = data;
		this.start = offset;
		this.at = offset;
		this.end = offset + length;
		this.genuine = false;
	}

	@Override
	public final boolean step() {
		int end = this.end;
		if (end - this.at > this.sliceLength) {
			process(this.at + this.sliceLength);
			return false;
		}
		process(end);
		computeTag();
		if (this.opening == 0) {
			writeTag();
			this.genuine = true;
		} else {
			this.genuine = compareTag() == 0;
			if (!this.genuine) {
				Bytes.zero(this.data, this.start, end - this.start);
			}
		}
		this.tag0 = 0;
		this.tag1 = 0;
		this.tag2 = 0;
		this.tag3 = 0;
		return true;
	}

	private void writeTag() {
		byte[] data = this.data;
		int end = this.end;
		Bytes.put(this.tag0, data, end);
		Bytes.put(this.tag1, data, end + 4);
		if (tagLength() == 16) {
			Bytes.put(this.tag2, data, end + 8);
			Bytes.put(this.tag3, data, end + 12);
		}
	}

	/** Looks at all bytes before anything is decided. */
	private int compareTag() {
		byte[] data = this.data;
		int end = this.end;
		int difference = this.tag0 ^ Bytes.word(data, end) | this.tag1 ^ Bytes.word(data, end + 4);
		if (tagLength() == 16) {
			difference |= this.tag2 ^ Bytes.word(data, end + 8) | this.tag3 ^ Bytes.word(data, end + 12);
		}
		return difference;
	}

	@Override
	public final boolean result() {
		this.data = null;
		return this.genuine;
	}

	/**
	 * Adds a word of key stream to the next four bytes, or to those that are left of them.
	 *
	 * @param mask
	 *            0 to get the bytes as they were before, -1 to get them as they are now.
	 * @return the bytes, the first one the most significant; zeros for those behind the end.
	 */
	static int addKey(byte[] data, int at, int end, int key, int mask) {
		if (end - at >= 4) {
			int word = data[at] << 24 | (data[at + 1] & 0xff) << 16 | (data[at + 2] & 0xff) << 8 | data[at + 3] & 0xff;
			int sum = word ^ key;
			data[at] = (byte) (sum >> 24);
			data[at + 1] = (byte) (sum >> 16);
			data[at + 2] = (byte) (sum >> 8);
			data[at + 3] = (byte) sum;
			return word ^ key & mask;
		}
		int left = key;
		int shift = 24;
		int result = 0;
		for (int i = at; i < end; i++, shift -= 8) {
			int octet = data[i];
			int sum = octet ^ left >> 24;
			data[i] = (byte) sum;
			result |= ((octet ^ left >> 24 & mask) & 0xff) << shift;
			left <<= 8;
		}
		return result;
	}
}
