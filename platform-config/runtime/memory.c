/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file Copying and filling, by words where both ends allow it: newlib-nano's go byte by byte. */

#include <stddef.h>
#include <stdint.h>

#pragma GCC optimize("no-tree-loop-distribute-patterns")

typedef uint32_t __attribute__((may_alias)) word;

void *memmove(void *to, const void *from, size_t length) {
	uint8_t *t = to;
	const uint8_t *f = from;
	int words = (((uintptr_t)t ^ (uintptr_t)f) & 3) == 0;
	if ((uintptr_t)t - (uintptr_t)f >= length) {
		if (words) {
			for (; length > 0 && ((uintptr_t)t & 3) != 0; length--) {
				*t++ = *f++;
			}
			for (; length >= 16; length -= 16, t += 16, f += 16) {
				uint32_t a = ((const word *)f)[0];
				uint32_t b = ((const word *)f)[1];
				uint32_t c = ((const word *)f)[2];
				uint32_t d = ((const word *)f)[3];
				((word *)t)[0] = a;
				((word *)t)[1] = b;
				((word *)t)[2] = c;
				((word *)t)[3] = d;
			}
			for (; length >= 4; length -= 4, t += 4, f += 4) {
				*(word *)t = *(const word *)f;
			}
		}
		for (; length > 0; length--) {
			*t++ = *f++;
		}
	} else {
		t += length;
		f += length;
		if (words) {
			for (; length > 0 && ((uintptr_t)t & 3) != 0; length--) {
				*--t = *--f;
			}
			for (; length >= 4; length -= 4) {
				t -= 4;
				f -= 4;
				*(word *)t = *(const word *)f;
			}
		}
		for (; length > 0; length--) {
			*--t = *--f;
		}
	}
	return to;
}

void *memcpy(void *to, const void *from, size_t length) {
	return memmove(to, from, length);
}

void *memset(void *to, int value, size_t length) {
	uint8_t *t = to;
	for (; length > 0 && ((uintptr_t)t & 3) != 0; length--) {
		*t++ = (uint8_t)value;
	}
	uint32_t four = (uint8_t)value * 0x01010101u;
	for (; length >= 4; length -= 4, t += 4) {
		*(word *)t = four;
	}
	for (; length > 0; length--) {
		*t++ = (uint8_t)value;
	}
	return to;
}
