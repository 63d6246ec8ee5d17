/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Boards, emulated and real: starts them, talks with them, flashes them. */
package dev.thimble.host.device;
