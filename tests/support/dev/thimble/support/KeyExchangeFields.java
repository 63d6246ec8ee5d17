/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

/** The parameters of a ServerKeyExchange to be changed by a test before they are signed (RFC 8422 §5.4, RFC 4279 §2). */
public final class KeyExchangeFields {

	/** psk_identity_hint, or null: there is none in this kind of message. */
	public byte[] hint;
	/** Whether there is a key: not for a pre-shared key alone. */
	public boolean hasKey;
	/** curve_type: named_curve. */
	public int curveType = 3;
	public int group;
	public byte[] point;
	/** Appended behind the parameters, and signed with them. */
	public byte[] trailing = new byte[0];

	/** The parameters as they are sent and signed. */
	public byte[] toBytes() {
		Octets all = new Octets();
		if (this.hint != null) {
			all.vector16(this.hint);
		}
		if (this.hasKey) {
			all.u8(this.curveType).u16(this.group).vector8(this.point);
		}
		return all.add(this.trailing).toBytes();
	}
}
