/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A ClientHello to be changed by a test before it is encoded (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). */
public final class ClientHelloFields {

	public int version = 0x0303;
	public byte[] random;
	public byte[] sessionId = new byte[0];
	public List<Integer> suites = new ArrayList<>();
	public byte[] compression = new byte[1];
	public final ExtensionList extensions = new ExtensionList();
	/** Appended behind the extensions, inside the message. */
	public byte[] trailing = new byte[0];
	/** Leaves out even the length of the extensions, as TLS 1.2 could. */
	public boolean noExtensions;
	/** The content of cipher_suites in place of {@link #suites}, if not null. */
	public byte[] rawSuites;
	/** The extensions without the length before them, in place of {@link #extensions}, if not null. */
	public byte[] rawExtensions;
	/** Changes the message at the end. */
	public UnaryOperator<byte[]> encoded = UnaryOperator.identity();

	public byte[] toMessage() {
		Octets numbers = new Octets();
		this.suites.forEach(numbers::u16);
		if (this.rawSuites != null) {
			numbers = new Octets().add(this.rawSuites);
		}
		Octets body = new Octets().u16(this.version).add(this.random).vector8(this.sessionId).vector16(numbers.toBytes())
				.vector8(this.compression);
		if (!this.noExtensions) {
			body.vector16(this.rawExtensions != null ? this.rawExtensions : this.extensions.toBytes());
		}
		return this.encoded.apply(Octets.message(TlsNumbers.CLIENT_HELLO, body.add(this.trailing).toBytes()));
	}

	/** A vector with two bytes of length, of numbers of two bytes: what many extensions are. */
	public static byte[] numbers(List<Integer> values) {
		Octets all = new Octets();
		values.forEach(all::u16);
		return new Octets().vector16(all.toBytes()).toBytes();
	}
}
