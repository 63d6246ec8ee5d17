/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file For boards without an IP stack. */

#include "LLTHIMBLE_NET_impl.h"

jint LLTHIMBLE_NET_IMPL_available(void) {
	return 0;
}

jint LLTHIMBLE_NET_IMPL_poll(void) {
	return -1;
}

jint LLTHIMBLE_NET_IMPL_address(void) {
	return 0;
}

jint LLTHIMBLE_NET_IMPL_subnetMask(void) {
	return 0;
}

jint LLTHIMBLE_NET_IMPL_gateway(void) {
	return 0;
}

jint LLTHIMBLE_NET_IMPL_nameServer(void) {
	return 0;
}

jint LLTHIMBLE_NET_IMPL_resolve(const jbyte *name, jint length) {
	(void)name;
	(void)length;
	return -1;
}

jint LLTHIMBLE_NET_IMPL_resolved(void) {
	return -1;
}

jint LLTHIMBLE_NET_IMPL_connect(jint address, jint port) {
	(void)address;
	(void)port;
	return -1;
}

jint LLTHIMBLE_NET_IMPL_state(jint handle) {
	(void)handle;
	return -1;
}

jint LLTHIMBLE_NET_IMPL_write(jint handle, const jbyte *data, jint offset, jint length) {
	(void)handle;
	(void)data;
	(void)offset;
	(void)length;
	return -1;
}

jint LLTHIMBLE_NET_IMPL_read(jint handle, jbyte *data, jint offset, jint length) {
	(void)handle;
	(void)data;
	(void)offset;
	(void)length;
	return -1;
}

void LLTHIMBLE_NET_IMPL_close(jint handle) {
	(void)handle;
}
