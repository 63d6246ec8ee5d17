/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import dev.thimble.x509.TimeSource;

/** A clock that stands still. */
public record FixedTime(int state, long seconds) implements TimeSource {
}
