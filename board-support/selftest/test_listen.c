/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#include "selftest.h"

#include "LLTHIMBLE_LISTEN_impl.h"
#include "LLTHIMBLE_NET_impl.h"
#include "console.h"

const char *test_listen(int32_t port, int32_t length) {
	const char *why = test_net_address();
	if (why != 0) {
		return why;
	}
	jint listener = LLTHIMBLE_LISTEN_IMPL_open(port);
	if (listener < 0) {
		return "open() gives no handle";
	}
	if (LLTHIMBLE_LISTEN_IMPL_open(port) >= 0) {
		return "open() gives a port away twice";
	}
	print("listening\r\n");
	jint handle;
	test_net_begin();
	while ((handle = LLTHIMBLE_LISTEN_IMPL_accept(listener)) < 0) {
		if (!test_net_waiting()) {
			LLTHIMBLE_LISTEN_IMPL_close(listener);
			return "accept() gives nobody";
		}
	}
	LLTHIMBLE_LISTEN_IMPL_close(listener);
	return test_net_exchange(handle, length);
}
