/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Where a device's private keys live, and the certificates that go with them.
 *
 * <p>A key is a {@link dev.thimble.crypto.Signer}: in RAM today, in a secure element behind the same interface. {@link dev.thimble.identity.Identity}
 * joins it with a certificate chain and proves, when it is constructed, that the two belong together.
 */
package dev.thimble.identity;
