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
 * them; of each certificate it keeps a digest, the signature and the public key until the next one has been used to verify it.
 */
package dev.thimble.x509;
