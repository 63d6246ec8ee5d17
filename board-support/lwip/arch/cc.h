/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_LWIP_CC_H
#define THIMBLE_LWIP_CC_H

/** @file What lwIP wants to know of the compiler. */

#include <stdint.h>

uint32_t net_random(void);

#define LWIP_NO_INTTYPES_H 1
#define LWIP_NO_UNISTD_H 1
#define LWIP_NO_CTYPE_H 1
#define X8_F "x"
#define U16_F "u"
#define S16_F "d"
#define X16_F "x"
#define U32_F "u"
#define S32_F "d"
#define X32_F "x"
#define SZT_F "u"
#define LWIP_RAND() net_random()
#define LWIP_PLATFORM_DIAG(message)
/* An undefined instruction: the fault handler prints where, and the board starts again. The message would cost 3 KB of strings in all. */
#define LWIP_PLATFORM_ASSERT(message) __builtin_trap()

#endif
