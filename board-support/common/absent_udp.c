/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file For boards without an IP stack. */

#include "LLTHIMBLE_UDP_impl.h"

jint LLTHIMBLE_UDP_IMPL_open(jint address, jint port) {
	(void)address;
	(void)port;
	return -1;
}

jint LLTHIMBLE_UDP_IMPL_send(const jbyte *data, jint offset, jint length) {
	(void)data;
	(void)offset;
	(void)length;
	return -1;
}

jint LLTHIMBLE_UDP_IMPL_receive(jbyte *data, jint offset, jint length) {
	(void)data;
	(void)offset;
	(void)length;
	return 0;
}

void LLTHIMBLE_UDP_IMPL_close(void) {
}
