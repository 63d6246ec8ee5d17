/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * What all AEADs here have in common: slices, and the end, where a tag is written or compared.
 */
abstract class SlicedAead implements Aead {

	/** The operation in progress, this object's or another's of the same provider. */
	final AeadOperation operation;

	private final short sliceLength;

	/**
	 * Makes an AEAD.
	 *
	 * @param operation
	 *            shared by all AEADs of a provider.
	 * @param sliceLength
	 *            the number of bytes to work on in one step, a multiple of the cipher's block.
	 */
	SlicedAead(AeadOperation operation, int sliceLength) {
		this.operation = operation;
		this.sliceLength = (short) sliceLength;
	}

	/**
	 * Tells whether the next slice can be worked on: 1 yes, 0 not yet, -1 never, since a unit has failed. What is computed by the program itself
	 * always can.
	 */
	int ready() {
		return 1;
	}

	/** Takes in nonce and associated data; the operation says where the data is. */
	abstract void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength);

	/** Works on the data from one offset to another, which is the end or a whole number of slices from the start. */
	abstract void process(int from, int limit);

	/** Sets the tag's words and wipes what only this operation needed. */
	abstract void computeTag();

	@Override
	public final void startSeal(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] data, int offset, int length) {
		start(0, aadLength, data, offset, length);
		begin(nonce, aad, aadOffset, aadLength);
	}

	@Override
	public final void startOpen(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] data, int offset, int length) {
		start(-1, aadLength, data, offset, length);
		begin(nonce, aad, aadOffset, aadLength);
	}

	private void start(int opening, int aadLength, byte[] data, int offset, int length) {
		AeadOperation operation = this.operation;
		operation.opening = (byte) opening;
		operation.aadLength = aadLength;
		operation.data = data;
		operation.start = offset;
		operation.at = offset;
		operation.end = offset + length;
		operation.genuine = false;
	}

	@Override
	public final boolean step() {
		AeadOperation operation = this.operation;
		int ready = ready();
		if (ready <= 0) {
			return ready < 0 && abandon(operation);
		}
		int at = operation.at;
		int end = operation.end;
		if (end - at > this.sliceLength) {
			operation.at = at + this.sliceLength;
			process(at, operation.at);
			return false;
		}
		operation.at = end;
		process(at, end);
		computeTag();
		if (ready() < 0) {
			return abandon(operation);
		}
		if (operation.opening == 0) {
			writeTag(operation);
			operation.genuine = true;
		} else {
			operation.genuine = compareTag(operation) == 0;
			if (!operation.genuine) {
				Bytes.zero(operation.data, operation.start, end - operation.start);
			}
		}
		operation.tag0 = 0;
		operation.tag1 = 0;
		operation.tag2 = 0;
		operation.tag3 = 0;
		operation.wipeWords();
		return true;
	}

	/** Ends an operation that cannot be finished: nothing of it is left, neither plaintext to be sent nor unverified text to be read. */
	private boolean abandon(AeadOperation operation) {
		int length = operation.end - operation.start;
		Bytes.zero(operation.data, operation.start, operation.opening == 0 ? length + tagLength() : length);
		operation.genuine = false;
		operation.wipeWords();
		return true;
	}

	private void writeTag(AeadOperation operation) {
		byte[] data = operation.data;
		int end = operation.end;
		Bytes.put(operation.tag0, data, end);
		Bytes.put(operation.tag1, data, end + 4);
		if (tagLength() == 16) {
			Bytes.put(operation.tag2, data, end + 8);
			Bytes.put(operation.tag3, data, end + 12);
		}
	}

	/** Looks at all bytes before anything is decided. */
	private int compareTag(AeadOperation operation) {
		byte[] data = operation.data;
		int end = operation.end;
		int difference = operation.tag0 ^ Bytes.word(data, end) | operation.tag1 ^ Bytes.word(data, end + 4);
		if (tagLength() == 16) {
			difference |= operation.tag2 ^ Bytes.word(data, end + 8) | operation.tag3 ^ Bytes.word(data, end + 12);
		}
		return difference;
	}

	@Override
	public final boolean result() {
		this.operation.data = null;
		return this.operation.genuine;
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
