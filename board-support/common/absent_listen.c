/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file For boards that are no TCP servers. */

#include "LLTHIMBLE_LISTEN_impl.h"

jint LLTHIMBLE_LISTEN_IMPL_open(jint port) {
	(void)port;
	return -1;
}

jint LLTHIMBLE_LISTEN_IMPL_accept(jint handle) {
	(void)handle;
	return -1;
}

void LLTHIMBLE_LISTEN_IMPL_close(jint handle) {
	(void)handle;
}
