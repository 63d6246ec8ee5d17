/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SELFTEST_CONSOLE_H
#define SELFTEST_CONSOLE_H

/** @file Lines on the console, for the self-test. */

#include <stdbool.h>
#include <stdint.h>

void print(const char *text);
void print_number(int32_t value);
void print_hex(const uint8_t *bytes, uint32_t length);

/** Collects a line; gives its text without the end once it is whole, else null. */
char *read_line(void);

/** Prints "NAME: ok" or "NAME: FAILED (why)". */
void report(const char *name, const char *why);

/** Prints "NAME: absent". */
void report_absent(const char *name);

#endif
