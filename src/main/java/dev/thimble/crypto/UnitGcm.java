/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.crypto;

/**
 * AES in Galois/Counter Mode (SP 800-38D) with the blocks encrypted by a board's AES unit, as many at a time as it takes, and GHASH in software.
 *
 * <p>While one batch of key stream is added and hashed, the unit makes the next. Until a batch is there, {@link #step()} returns false at once.
 */
final class UnitGcm extends SlicedAead {

	private static final int BLOCK_LENGTH = UnitBlocks.BLOCK_LENGTH;

	private final UnitKey key;
	private final int keyLength;
	/** Blocks of data in a slice: one place of a batch is the tag's, in the first. */
	private final int sliceBlocks;

	/** Makes an AEAD without a key, for keys of 16 or 32 bytes. */
	UnitGcm(UnitKey key, int keyLength) {
		super(key.operation, key.blocks.in.length - BLOCK_LENGTH);
		this.key = key;
		this.keyLength = keyLength;
		this.sliceBlocks = key.blocks.in.length / BLOCK_LENGTH - 1;
	}

	@Override
	public int keyLength() {
		return this.keyLength;
	}

	@Override
	public int tagLength() {
		return 16;
	}

	@Override
	public void init(byte[] key, int offset) {
		UnitBlocks blocks = this.key.blocks;
		this.key.init(key, offset, this.keyLength);
		// the hash subkey is the encryption of zeros
		blocks.wipe();
		this.key.encrypt(1);
		byte[] out = blocks.out;
		this.key.ghash.init(Bytes.word(out, 0), Bytes.word(out, 4), Bytes.word(out, 8), Bytes.word(out, 12));
		blocks.wipe();
	}

	@Override
	void begin(byte[] nonce, byte[] aad, int aadOffset, int aadLength) {
		AeadOperation operation = this.operation;
		Ghash ghash = this.key.ghash;
		ghash.reset();
		ghash.update(aad, aadOffset, aadLength);
		operation.counter0 = Bytes.word(nonce, 0);
		operation.counter1 = Bytes.word(nonce, 4);
		operation.counter2 = Bytes.word(nonce, 8);
		operation.counter3 = 1;
		startBatch(operation.end - operation.start, 1);
	}

	/** Starts the key stream of the next slice; the first batch begins with the block that masks the tag (counter 1). */
	private void startBatch(int left, int extra) {
		AeadOperation operation = this.operation;
		byte[] in = this.key.blocks.in;
		int count = Math.min(this.sliceBlocks, (left + BLOCK_LENGTH - 1) / BLOCK_LENGTH) + extra;
		int counter = operation.counter3;
		for (int i = 0, at = 0; i < count; i++, at += BLOCK_LENGTH) {
			Bytes.put(operation.counter0, in, at);
			Bytes.put(operation.counter1, in, at + 4);
			Bytes.put(operation.counter2, in, at + 8);
			Bytes.put(counter++, in, at + 12);
		}
		operation.counter3 = counter;
		this.key.start(count);
	}

	@Override
	int ready() {
		return this.key.blocks.poll();
	}

	@Override
	void process(int from, int limit) {
		AeadOperation operation = this.operation;
		byte[] data = operation.data;
		byte[] stream = this.key.blocks.out;
		Ghash ghash = this.key.ghash;
		int key = 0;
		if (from == operation.start) {
			operation.tag0 = Bytes.word(stream, 0);
			operation.tag1 = Bytes.word(stream, 4);
			operation.tag2 = Bytes.word(stream, 8);
			operation.tag3 = Bytes.word(stream, 12);
			key = BLOCK_LENGTH;
		}
		if (limit < operation.end) {
			startBatch(operation.end - limit, 0);
		}
		// the hash is of the ciphertext
		int mask = ~operation.opening;
		for (int at = from; at < limit; at += BLOCK_LENGTH, key += BLOCK_LENGTH) {
			ghash.update(addKey(data, at, limit, Bytes.word(stream, key), mask), addKey(data, at + 4, limit, Bytes.word(stream, key + 4), mask),
					addKey(data, at + 8, limit, Bytes.word(stream, key + 8), mask),
					addKey(data, at + 12, limit, Bytes.word(stream, key + 12), mask));
		}
	}

	@Override
	void computeTag() {
		AeadOperation operation = this.operation;
		Ghash ghash = this.key.ghash;
		int length = operation.end - operation.start;
		ghash.update(0, operation.aadLength << 3, length >>> 29, length << 3);
		operation.tag0 ^= ghash.y0;
		operation.tag1 ^= ghash.y1;
		operation.tag2 ^= ghash.y2;
		operation.tag3 ^= ghash.y3;
		ghash.reset();
		this.key.blocks.wipe();
	}

	@Override
	public void wipe() {
		this.key.wipe();
	}
}
