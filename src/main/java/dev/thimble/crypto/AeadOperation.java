/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * The AEAD operation in progress: everything that is not a key. There is one for all AEADs of a provider, because at most one operation is in
 * progress among them; so an AEAD costs little more than its key.
 */
public final class AeadOperation {

	/** The caller's data; null when no operation is in progress. */
	byte[] data;
	/** The first byte of the data. */
	int start;
	/** The next byte to work on. */
	int at;
	/** The end of the data, where the tag is. */
	int end;
	/** The length of the associated data. */
	int aadLength;
	/** -1 (all bits set) while opening, 0 while sealing. */
	byte opening;

	/** The tag, or until all data is worked on the mask for it; word 0 comes first, most significant byte first. */
	int tag0;
	int tag1;
	int tag2;
	int tag3;

	/** The next counter block of AES; word 0 comes first, most significant byte first. */
	int counter0;
	int counter1;
	int counter2;
	int counter3;
	/** The lane of the next block of key stream in {@link #words}; 2 when a new pair is needed. */
	byte lane;

	/** Whether the operation finished well. */
	boolean genuine;

	/** The cipher's blocks: for {@link Aes} two of them and a round key of zeros, for ChaCha20 one. Zeros between operations. */
	final int[] words;

	/**
	 * The key of the AEAD that was initialised last, as that wants it: round keys of {@link Aes}, or from index 0 the state of ChaCha20 and
	 * then {@link Poly1305}.
	 */
	final int[] key;

	/** Allocates everything. */
	public AeadOperation() {
		this.words = new int[16];
		this.key = new int[60];
	}

	/** Overwrites {@link #key}. */
	void wipeKey() {
		int[] key = this.key;
		for (int i = key.length; --i >= 0;) {
			key[i] = 0;
		}
	}

	/** Overwrites {@link #words}, which have held key stream. */
	void wipeWords() {
		int[] words = this.words;
		for (int i = 16; --i >= 0;) {
			words[i] = 0;
		}
	}
}
