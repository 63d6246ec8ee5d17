/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;

import dev.thimble.host.PemIdentity;
import dev.thimble.host.SharedKeyText;

/**
 * What a device is given before it connects: whom to trust, and what to prove itself with.
 *
 * @param anchors
 *            the table of trust anchors; null: none.
 * @param identity
 *            certificates and private key; null: none.
 * @param sharedKey
 *            a pre-shared key; null: none.
 */
public record DeviceCredentials(byte[] anchors, PemIdentity identity, SharedKeyText sharedKey) {

	/** Trust anchors alone. */
	public DeviceCredentials(byte[] anchors) {
		this(anchors, null, null);
	}

	/** Sends all of it to a firmware's console; false if that refuses something. */
	boolean give(ConnectFirmware firmware) throws IOException {
		return (this.anchors == null || firmware.anchors(this.anchors).ok())
				&& (this.identity == null || firmware.identity(this.identity.certificates(), this.identity.key()).ok())
				&& (this.sharedKey == null || firmware.preSharedKey(this.sharedKey.identity(), this.sharedKey.key()).ok());
	}
}
