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

#endif
