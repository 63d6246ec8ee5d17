/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** How handshake messages are laid over records. The messages are those sent under one key. */
@FunctionalInterface
public interface Framing {

	/** Each message in a record of its own. */
	Framing ONE_PER_MESSAGE = messages -> messages;
	/** All messages in one record. */
	Framing COALESCED = messages -> List.of(Octets.concat(messages.toArray(new byte[0][])));

	/** The contents of the records, in order. */
	List<byte[]> records(List<byte[]> messages);

	/** All messages as one stream, cut every so many bytes. */
	static Framing pieces(int length) {
		return messages -> cut(COALESCED.records(messages).get(0), length);
	}

	/** All messages as one stream, cut into pieces of random length. */
	static Framing random(long seed, int most) {
		Random random = new Random(seed);
		return messages -> {
			byte[] stream = COALESCED.records(messages).get(0);
			List<byte[]> records = new ArrayList<>();
			for (int at = 0; at < stream.length;) {
				int end = Math.min(stream.length, at + 1 + random.nextInt(most));
				records.add(Arrays.copyOfRange(stream, at, end));
				at = end;
			}
			return records;
		};
	}

	/** One stream with a single cut. */
	static Framing cutAt(int position) {
		return messages -> {
			byte[] stream = COALESCED.records(messages).get(0);
			if (position <= 0 || position >= stream.length) {
				return List.of(stream);
			}
			return List.of(Arrays.copyOf(stream, position), Arrays.copyOfRange(stream, position, stream.length));
		};
	}

	static List<byte[]> cut(byte[] stream, int length) {
		List<byte[]> records = new ArrayList<>();
		for (int at = 0; at < stream.length; at += length) {
			records.add(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + length)));
		}
		return records;
	}
}
