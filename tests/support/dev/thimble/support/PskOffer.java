/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/**
 * A pre-shared key a client offers.
 *
 * @param identity
 *            its identity.
 * @param age
 *            obfuscated_ticket_age.
 * @param binder
 *            the binder as sent.
 * @param known
 *            the server's key of that identity, or null.
 * @param right
 *            whether the binder is that of the known key.
 */
public record PskOffer(byte[] identity, long age, byte[] binder, Psk known, boolean right) {
}
