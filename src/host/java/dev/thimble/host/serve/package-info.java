/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** {@code thimble serve}: the engine as a server, several clients in one thread. */
package dev.thimble.host.serve;
