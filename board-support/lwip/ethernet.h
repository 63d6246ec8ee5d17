/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_ETHERNET_H
#define THIMBLE_ETHERNET_H

/** @file An Ethernet chip: each board with one links one implementation. */

#include <stdbool.h>
#include <stdint.h>

#include "lwip/pbuf.h"

enum { ETHERNET_ADDRESS = 6 };

/** Starts the chip and gets its address; false if there is none or it does not answer. */
bool ethernet_start(uint8_t address[ETHERNET_ADDRESS]);

/** Tells whether a cable is plugged in. */
bool ethernet_link(void);

/** Sends a frame that may lie in pieces; false if the chip has no room for it now. */
bool ethernet_send(const struct pbuf *frame);

/** Gets the next received frame, which the caller frees; null if there is none, or no memory for it: then it is dropped. */
struct pbuf *ethernet_receive(void);

#endif
