/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The desktop side: the {@code thimble} command line, the demo of TLS alone, and what drives an engine over a socket. Never on a device; JDK 17.
 */
package dev.thimble.host;
