/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_SNI_H
#define THIMBLE_SNI_H

/**
 * @file
 * Java's base types in C, as SNI 1.4 names them. With THIMBLE_MICROEJ defined they come from the platform's own sni.h, so that
 * the same sources link into a VEE port; without it from here.
 */

#ifdef THIMBLE_MICROEJ
#include "sni.h"
#else
#include <stdint.h>

typedef uint8_t jboolean;
typedef int8_t jbyte;
typedef uint16_t jchar;
typedef int16_t jshort;
typedef int32_t jint;
typedef int64_t jlong;
#endif

#endif
