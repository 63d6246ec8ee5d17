/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the hardware gives: entropy, accelerators, clocks, wires.
 *
 * <p>This package knows no other package of Thimble. Everything above reaches the hardware through the interfaces here, so that the
 * same class files run on a board, in MicroEJ's simulator and on a desktop JVM.
 */
package dev.thimble.board;
