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
#include "thimble_sni.h"

struct tcp_pcb;

/** Gets 32 bits for ports, sequence numbers and transaction numbers that nobody should guess. */
uint32_t net_random(void);

/** Makes a connection of lwIP's one of the natives'; gives its handle, -1 if all are in use. */
jint net_adopt(struct tcp_pcb *pcb);

/** Gives a connection that has come from elsewhere the rank of those the board has opened. */
void net_keep(jint handle);

#endif
