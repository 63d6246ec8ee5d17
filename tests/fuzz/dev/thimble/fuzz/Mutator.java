/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.thimble.support.Octets;

/** Damages byte strings and lists: bits, lengths, pieces lost, doubled, moved, put in. All of it follows from a seed. */
final class Mutator {

	private static final int[] LENGTHS = { 0, 1, 2, 3, 63, 64, 255, 256, 511, 512, 4095, 4096, 16383, 16384, 16385, 16640, 16641, 65535 };

	private final Random random;

	Mutator(Random random) {
		this.random = random;
	}

	/** Damages bytes one to three times. */
	byte[] damage(byte[] bytes) {
		byte[] result = bytes.clone();
		for (int times = 1 + this.random.nextInt(3); times > 0; times--) {
			result = once(result);
		}
		return result;
	}

	private byte[] once(byte[] bytes) {
		int n = bytes.length;
		if (n == 0) {
			return some(1 + this.random.nextInt(8));
		}
		int at = this.random.nextInt(n);
		// Near the start the headers are, and what breaks there breaks differently.
		if (this.random.nextInt(3) == 0) {
			at = this.random.nextInt(Math.min(n, 64));
		}
		int length = Math.min(n - at, 1 + this.random.nextInt(1 << this.random.nextInt(9)));
		byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
		switch (this.random.nextInt(12)) {
		case 0, 1, 2:
			bytes[at] ^= (byte) (1 << this.random.nextInt(8));
			return bytes;
		case 3:
			bytes[at] = (byte) this.random.nextInt(256);
			return bytes;
		case 4:
			bytes[at] += (byte) (this.random.nextBoolean() ? 1 : -1);
			return bytes;
		case 5:
			return this.random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : without(bytes, at, length);
		case 6:
			return insert(bytes, at, some(length));
		case 7:
			return insert(bytes, at, piece);
		case 8:
			return insert(without(bytes, at, length), this.random.nextInt(n - length + 1), piece);
		case 9:
			Arrays.fill(bytes, at, at + length, (byte) (this.random.nextBoolean() ? 0 : 0xff));
			return bytes;
		case 10:
			System.arraycopy(some(length), 0, bytes, at, length);
			return bytes;
		default:
			return setLength(bytes, Math.min(at, n - 2));
		}
	}

	/** Damages a list: an element lost, doubled, exchanged with another or moved. */
	<T> void shuffle(List<T> list) {
		int n = list.size();
		int at = this.random.nextInt(n);
		int to = this.random.nextInt(n);
		switch (this.random.nextInt(4)) {
		case 0:
			list.remove(at);
			break;
		case 1:
			list.add(to, list.get(at));
			break;
		case 2:
			T other = list.get(to);
			list.set(to, list.get(at));
			list.set(at, other);
			break;
		default:
			list.add(to, list.remove(at));
			break;
		}
	}

	private byte[] setLength(byte[] bytes, int at) {
		if (at < 0) {
			return bytes;
		}
		int value = LENGTHS[this.random.nextInt(LENGTHS.length)];
		bytes[at] = (byte) (value >> 8);
		bytes[at + 1] = (byte) value;
		return bytes;
	}

	private byte[] some(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] without(byte[] bytes, int at, int length) {
		return insert(Arrays.copyOf(bytes, at), at, Arrays.copyOfRange(bytes, at + length, bytes.length));
	}

	private static byte[] insert(byte[] bytes, int at, byte[] more) {
		return Octets.concat(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
	}
}
