/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#include "console.h"

#include "LLTHIMBLE_CONSOLE_impl.h"

enum { LINE = 120 };

void print(const char *text) {
	jint length = 0;
	while (text[length] != 0) {
		length++;
	}
	LLTHIMBLE_CONSOLE_IMPL_write((const jbyte *)text, 0, length);
}

void print_number(int32_t value) {
	char digits[12];
	int at = sizeof digits - 1;
	uint32_t left = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
	digits[at] = 0;
	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left != 0);
	if (value < 0) {
		digits[--at] = '-';
	}
	print(digits + at);
}

void print_hex(const uint8_t *bytes, uint32_t length) {
	char pair[3] = { 0, 0, 0 };
	for (uint32_t i = 0; i < length; i++) {
		pair[0] = "0123456789abcdef"[bytes[i] >> 4];
		pair[1] = "0123456789abcdef"[bytes[i] & 15];
		print(pair);
	}
}

char *read_line(void) {
	static char line[LINE + 1];
	static int length;
	jbyte byte;
	while (LLTHIMBLE_CONSOLE_IMPL_read(&byte, 0, 1) == 1) {
		if (byte == '\n' || byte == '\r') {
			bool empty = length == 0;
			line[length] = 0;
			length = 0;
			if (!empty) {
				return line;
			}
		} else if (length < LINE) {
			line[length++] = (char)byte;
		}
	}
	return 0;
}

void report(const char *name, const char *why) {
	print(name);
	if (why == 0) {
		print(": ok\r\n");
	} else {
		print(": FAILED (");
		print(why);
		print(")\r\n");
	}
}

void report_absent(const char *name) {
	print(name);
	print(": absent\r\n");
}
