/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Boards, emulated and real: starts them, talks with them, flashes them; and what is at their wires: a modem, a network that can be cut. */
package dev.thimble.host.device;
