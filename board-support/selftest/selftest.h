/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SELFTEST_H
#define SELFTEST_H

/** @file The self-test's parts, one a driver. Each gives null, or what is wrong in words. */

#include <stdint.h>

const char *test_clock(void);
const char *test_trng(void);
const char *test_aes(void);
const char *test_hash(void);
const char *test_storage(void);

/** Sends back so many bytes of what comes in on the wire. */
const char *test_wire(int32_t length);

/** Gets an address, looks a name up, connects and sends so many bytes, which must come back. */
const char *test_net(const char *host, int32_t port, int32_t length);

/** Asks for an address, nothing else. */
const char *test_net_address(void);

/** Listens at a port, and sends the first client so many bytes, which must come back. */
const char *test_listen(int32_t port, int32_t length);

/** Begins to wait for something of the network's. */
void test_net_begin(void);

/** Drives the network; tells whether there is time left. */
int test_net_waiting(void);

/** Sends so many bytes on a connection, which must come back, and closes it. */
const char *test_net_exchange(int32_t handle, int32_t length);

#endif
