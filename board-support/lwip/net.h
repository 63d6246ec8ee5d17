/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_NET_H
#define THIMBLE_NET_H

/** @file What lwIP and its natives share. */

#include <stdint.h>

#include "board_config.h"

/** Gets 32 bits for ports, sequence numbers and transaction numbers that nobody should guess. */
uint32_t net_random(void);

/** Ends the program: lwIP found itself wrong. */
void net_assertion_failed(const char *what);

#endif
