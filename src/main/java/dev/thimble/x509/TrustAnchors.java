/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/** Trusted roots as (subject, key) pairs in one flat, read-only table. */
public final class TrustAnchors {

	/**
	 * Creates a view of a table.
	 *
	 * @param table
	 *            the table; kept by reference, never written to.
	 * @throws IllegalArgumentException
	 *             if the table is damaged or of another version.
	 */
	public TrustAnchors(byte[] table) {
	}

	/**
	 * Gets the number of anchors.
	 *
	 * @return 1 to 65,535.
	 */
	public int count() {
		return 0;
	}
}
