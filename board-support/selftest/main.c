/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * Tells which driver of a board is wrong, without Java: it tests what needs no partner, prints a line a driver and "ready", then obeys
 * lines from the console:
 *
 *     wire LENGTH             sends back so many bytes of what comes in on the wire
 *     net HOST PORT LENGTH    connects and sends so many bytes, which must come back
 *     listen PORT LENGTH      sends the first client so many bytes, which must come back
 *     fault                   makes a fault: the board must say so and start again, with reset cause 4
 *     watchdog                stops feeding the watchdog: the board must start again
 *     exit CODE               ends the emulator, or resets the board
 */

#include "LLTHIMBLE_AES_impl.h"
#include "LLTHIMBLE_HASH_impl.h"
#include "LLTHIMBLE_NET_impl.h"
#include "LLTHIMBLE_STORAGE_impl.h"
#include "LLTHIMBLE_SYSTEM_impl.h"
#include "LLTHIMBLE_TRNG_impl.h"
#include "LLTHIMBLE_WIRE_impl.h"
#include "console.h"
#include "selftest.h"

int main(int argc, char **argv);

/* Cuts the next word off a line. */
static char *next_word(char **line) {
	char *word = *line;
	while (*word == ' ') {
		word++;
	}
	char *end = word;
	while (*end != 0 && *end != ' ') {
		end++;
	}
	if (*end != 0) {
		*end++ = 0;
	}
	*line = end;
	return word;
}

static int32_t number(const char *digits) {
	int32_t value = 0;
	while (*digits >= '0' && *digits <= '9') {
		value = value * 10 + *digits++ - '0';
	}
	return value;
}

static bool equal(const char *a, const char *b) {
	while (*a != 0 && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

static void obey(char *line) {
	const char *command = next_word(&line);
	if (equal(command, "wire")) {
		report("wire", test_wire(number(next_word(&line))));
	} else if (equal(command, "net")) {
		const char *host = next_word(&line);
		int32_t port = number(next_word(&line));
		report("net", test_net(host, port, number(next_word(&line))));
	} else if (equal(command, "listen")) {
		int32_t port = number(next_word(&line));
		report("listen", test_listen(port, number(next_word(&line))));
	} else if (equal(command, "fault")) {
		__asm volatile("udf 0");
	} else if (equal(command, "watchdog")) {
		LLTHIMBLE_SYSTEM_IMPL_idle();
		for (;;) {
		}
	} else if (equal(command, "exit")) {
		LLTHIMBLE_SYSTEM_IMPL_exit(number(next_word(&line)));
	} else {
		print("unknown command\r\n");
	}
}

int main(int argc, char **argv) {
	(void)argc;
	(void)argv;
	jbyte name[25];
	name[LLTHIMBLE_SYSTEM_IMPL_name(name)] = 0;
	print("thimble self-test on ");
	print((const char *)name);
	print(", reset cause ");
	print_number(LLTHIMBLE_SYSTEM_IMPL_resetCause());
	print("\r\nclock: starting\r\n");
	report("clock", test_clock());
	if (LLTHIMBLE_TRNG_IMPL_kind() != 0) {
		report(LLTHIMBLE_TRNG_IMPL_kind() == 1 ? "trng" : "trng (the emulator's host)", test_trng());
	} else {
		report_absent("trng");
	}
	if (LLTHIMBLE_AES_IMPL_capacity() != 0) {
		report("aes", test_aes());
	} else {
		report_absent("aes");
	}
	if (LLTHIMBLE_HASH_IMPL_algorithms() != 0) {
		report("hash", test_hash());
	} else {
		report_absent("hash");
	}
	if (LLTHIMBLE_STORAGE_IMPL_slots() != 0) {
		report("storage", test_storage());
	} else {
		report_absent("storage");
	}
	if (LLTHIMBLE_NET_IMPL_available() == 0) {
		report_absent("net");
	}
	if (LLTHIMBLE_WIRE_IMPL_available() == 0) {
		report_absent("wire");
	}
	print("ready\r\n");
	for (;;) {
		char *line = read_line();
		if (line != 0) {
			obey(line);
		} else {
			LLTHIMBLE_SYSTEM_IMPL_idle();
		}
	}
}
