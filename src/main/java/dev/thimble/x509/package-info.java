/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Certificates as they stream by: DER, names, path validation (RFC 5280), host names (RFC 6125), pins.
 *
 * <p>No certificate is ever stored. {@link dev.thimble.x509.PathValidator} is fed the bytes of a chain in whatever pieces the record layer has
 * them; of each certificate it keeps a digest, the signature and the public key until the next one has been used to verify it. A raw
 * public key (RFC 7250) that comes in a certificate's place is compared with those that are trusted, {@link dev.thimble.x509.TrustedKeys}.
 */
package dev.thimble.x509;
