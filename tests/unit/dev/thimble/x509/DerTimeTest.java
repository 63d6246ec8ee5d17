/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Times of certificates against java.time. */
class DerTimeTest {

	private static long read(byte[] element) {
		byte[] shifted = Der.join(new byte[5], element);
		return DerTime.seconds(element[0], shifted, 7, element.length - 2);
	}

	@Test
	void timesAgreeWithTheJdk() {
		Random random = new Random(8);
		long first = Instant.parse("1950-01-01T00:00:00Z").getEpochSecond();
		long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
		for (int i = 0; i < 100000; i++) {
			long seconds = i == 0 ? first : i == 1 ? last : first + (long) (random.nextDouble() * (i % 2 == 0 ? 3155760000L
					: last - first));
			assertEquals(seconds, read(Forge.time(Instant.ofEpochSecond(seconds))));
		}
		assertEquals(Instant.parse("0000-01-01T00:00:00Z").getEpochSecond(), read(Der.tlv(0x18, Der.ascii("00000101000000Z"))));
		assertEquals(Instant.parse("1582-10-04T00:00:00Z").getEpochSecond(), read(Der.tlv(0x18, Der.ascii("15821004000000Z"))));
	}

	@Test
	void everyCharacterMatters() {
		byte[] good = Der.tlv(0x18, Der.ascii("20260228235959Z"));
		for (int i = 2; i < good.length; i++) {
			for (int b = 0; b < 256; b++) {
				byte[] bad = good.clone();
				bad[i] = (byte) b;
				boolean digit = b >= '0' && b <= '9';
				if (i < good.length - 1 ? !digit : b != 'Z') {
					assertEquals(DerTime.INVALID, read(bad));
				}
			}
		}
	}
}
