/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Sockets of Java itself, below and above: for MicroEJ with NET, and for a JVM. The bare boards' images never reach this package; it uses NET 1.1 beside
 * EDC.
 *
 * <p>Unlike the rest of the library it allocates while it works, as {@code java.net} does: exceptions for timeouts, addresses. Each connection has a
 * thread, which waits where {@code java.net} makes somebody wait: for a name, for a host, for a peer that takes nothing.
 */
package dev.thimble.net.socket;
