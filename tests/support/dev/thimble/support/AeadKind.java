/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** How records are protected. */
public enum AeadKind {
	GCM, CCM, CCM_8, CHACHA20_POLY1305
}
