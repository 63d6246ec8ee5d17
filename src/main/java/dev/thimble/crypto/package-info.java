/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The primitives TLS needs, as small interfaces, and their portable implementations.
 *
 * <p>Rules every class here keeps:
 * <ul>
 * <li>Constructors allocate; nothing else does.</li>
 * <li>All inputs and outputs are (array, offset, length) triples of the caller; nothing keeps a reference to a caller's array beyond
 * {@code result()}, except where a method says so.</li>
 * <li>Time and memory addresses never depend on secret values: no branch, no table index, no early exit on a secret.</li>
 * <li>Slow operations are cut into slices: {@code start…()}, then {@code step()} until it returns true, then {@code result()}. A slice costs
 * at most about 250,000 instructions on a Cortex-M4, so that a main loop and a watchdog live on.</li>
 * <li>Objects made by one {@link dev.thimble.crypto.CryptoProvider} share scratch memory: at most one sliced operation may be in
 * progress among them at any time.</li>
 * <li>A frame (locals and operand stack) stays below 125 slots, MicroEJ's 512-byte stack block.</li>
 * </ul>
 */
package dev.thimble.crypto;
