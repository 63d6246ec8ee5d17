/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file For boards without a wire. */

#include "LLTHIMBLE_WIRE_impl.h"

jint LLTHIMBLE_WIRE_IMPL_available(void) {
	return 0;
}

jint LLTHIMBLE_WIRE_IMPL_write(const jbyte *data, jint offset, jint length) {
	(void)data;
	(void)offset;
	(void)length;
	return -1;
}

jint LLTHIMBLE_WIRE_IMPL_read(jbyte *data, jint offset, jint length) {
	(void)data;
	(void)offset;
	(void)length;
	return -1;
}
