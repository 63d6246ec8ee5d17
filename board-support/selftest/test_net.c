/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#include "selftest.h"

#include "LLTHIMBLE_CLOCK_impl.h"
#include "LLTHIMBLE_NET_impl.h"
#include "LLTHIMBLE_SYSTEM_impl.h"
#include "console.h"

enum {
	CHUNK = 100,
	PATIENCE_MS = 15000,
	/** A cable that was just plugged in wants to be noticed. */
	LINK_MS = 3000
};

static jlong begin;

void test_net_begin(void) {
	begin = LLTHIMBLE_CLOCK_IMPL_millis();
}

/* Drives the stack; tells whether there is time left to wait for it. */
int test_net_waiting(void) {
	LLTHIMBLE_NET_IMPL_poll();
	LLTHIMBLE_SYSTEM_IMPL_idle();
	return LLTHIMBLE_CLOCK_IMPL_millis() - begin < PATIENCE_MS;
}

static void print_address(const char *what, jint address) {
	print(what);
	for (int shift = 24; shift >= 0; shift -= 8) {
		print_number((int32_t)((uint32_t)address >> shift & 255));
		print(shift == 0 ? "\r\n" : ".");
	}
}

const char *test_net_address(void) {
	test_net_begin();
	jint state;
	while ((state = LLTHIMBLE_NET_IMPL_poll()) != 1) {
		if (state < 0 && LLTHIMBLE_CLOCK_IMPL_millis() - begin > LINK_MS) {
			return "poll() reports a fault: no cable, or the driver does not see its chip";
		}
		if (!test_net_waiting()) {
			return "no address from DHCP: does the driver receive?";
		}
	}
	print_address("address ", LLTHIMBLE_NET_IMPL_address());
	return 0;
}

static const char *exchange(jint handle, int32_t length) {
	static jbyte chunk[CHUNK];
	int32_t sent = 0;
	int32_t received = 0;
	test_net_begin();
	while (received < length) {
		jint size = length - sent < CHUNK ? length - sent : CHUNK;
		for (jint i = 0; i < size; i++) {
			chunk[i] = (jbyte)(sent + i);
		}
		jint count = size == 0 ? 0 : LLTHIMBLE_NET_IMPL_write(handle, chunk, 0, size);
		if (count < 0) {
			return "write() reports the end of the connection";
		}
		sent += count;
		count = LLTHIMBLE_NET_IMPL_read(handle, chunk, 0, CHUNK);
		if (count < 0) {
			return "read() reports the end of the connection";
		}
		for (jint i = 0; i < count; i++) {
			if (chunk[i] != (jbyte)(received + i)) {
				return "other bytes come back than were sent";
			}
		}
		received += count;
		if (count > 0) {
			test_net_begin();
			LLTHIMBLE_NET_IMPL_poll();
		} else if (!test_net_waiting()) {
			return "the bytes do not come back";
		}
	}
	return 0;
}

const char *test_net_exchange(int32_t handle, int32_t length) {
	const char *why = exchange(handle, length);
	LLTHIMBLE_NET_IMPL_close(handle);
	for (int i = 0; i < 10; i++) {
		test_net_waiting();
	}
	return why;
}

const char *test_net(const char *host, int32_t port, int32_t length) {
	const char *why = test_net_address();
	if (why != 0) {
		return why;
	}
	jint host_length = 0;
	while (host[host_length] != 0) {
		host_length++;
	}
	if (LLTHIMBLE_NET_IMPL_resolve((const jbyte *)host, host_length) != 0) {
		return "resolve() reports a fault";
	}
	test_net_begin();
	jint address;
	while ((address = LLTHIMBLE_NET_IMPL_resolved()) == 0) {
		if (!test_net_waiting()) {
			return "resolved() never ends";
		}
	}
	if (address == -1 || address == -2) {
		return address == -1 ? "the name does not exist" : "no name server answers";
	}
	print_address("host ", address);
	jint handle = LLTHIMBLE_NET_IMPL_connect(address, port);
	if (handle < 0) {
		return "connect() gives no handle";
	}
	test_net_begin();
	jint state;
	while ((state = LLTHIMBLE_NET_IMPL_state(handle)) == 0) {
		if (!test_net_waiting()) {
			return "state() stays at connecting";
		}
	}
	if (state < 0) {
		LLTHIMBLE_NET_IMPL_close(handle);
		return "refused";
	}
	return test_net_exchange(handle, length);
}
