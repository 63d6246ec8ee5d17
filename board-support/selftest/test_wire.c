/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#include "selftest.h"

#include "LLTHIMBLE_CLOCK_impl.h"
#include "LLTHIMBLE_SYSTEM_impl.h"
#include "LLTHIMBLE_WIRE_impl.h"

enum { CHUNK = 64, SILENCE_MS = 5000 };

const char *test_wire(int32_t length) {
	jbyte chunk[CHUNK];
	jlong last = LLTHIMBLE_CLOCK_IMPL_millis();
	for (int32_t done = 0; done < length;) {
		jint count = LLTHIMBLE_WIRE_IMPL_read(chunk, 0, CHUNK);
		if (count < 0) {
			return "read() reports lost bytes";
		}
		for (jint sent = 0; sent < count;) {
			jint taken = LLTHIMBLE_WIRE_IMPL_write(chunk, sent, count - sent);
			if (taken < 0) {
				return "write() reports a fault";
			}
			sent += taken;
			if (LLTHIMBLE_CLOCK_IMPL_millis() - last > SILENCE_MS) {
				return "the line takes nothing";
			}
		}
		done += count;
		if (count > 0) {
			last = LLTHIMBLE_CLOCK_IMPL_millis();
		} else if (LLTHIMBLE_CLOCK_IMPL_millis() - last > SILENCE_MS) {
			return "nothing comes in";
		} else {
			LLTHIMBLE_SYSTEM_IMPL_idle();
		}
	}
	return 0;
}
