/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** A growing byte string that speaks TLS's presentation language (RFC 8446 §3): big-endian numbers and length-prefixed vectors. */
public final class Octets {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	public Octets u8(int value) {
		this.bytes.write(value);
		return this;
	}

	public Octets u16(int value) {
		return u8(value >> 8).u8(value);
	}

	public Octets u24(int value) {
		return u8(value >> 16).u16(value);
	}

	public Octets u32(long value) {
		return u16((int) (value >> 16)).u16((int) value);
	}

	public Octets add(byte[] more) {
		this.bytes.writeBytes(more);
		return this;
	}

	/** Adds a vector with a length of one byte before it. */
	public Octets vector8(byte[] content) {
		return u8(content.length).add(content);
	}

	/** Adds a vector with a length of two bytes before it. */
	public Octets vector16(byte[] content) {
		return u16(content.length).add(content);
	}

	/** Adds a vector with a length of three bytes before it. */
	public Octets vector24(byte[] content) {
		return u24(content.length).add(content);
	}

	public int length() {
		return this.bytes.size();
	}

	public byte[] toBytes() {
		return this.bytes.toByteArray();
	}

	public static byte[] concat(byte[]... parts) {
		Octets all = new Octets();
		for (byte[] part : parts) {
			all.add(part);
		}
		return all.toBytes();
	}

	public static byte[] of(int... values) {
		byte[] result = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			result[i] = (byte) values[i];
		}
		return result;
	}

	public static int u16At(byte[] from, int offset) {
		return (from[offset] & 0xff) << 8 | from[offset + 1] & 0xff;
	}

	public static int u24At(byte[] from, int offset) {
		return (from[offset] & 0xff) << 16 | u16At(from, offset + 1);
	}

	public static long u32At(byte[] from, int offset) {
		return (long) u16At(from, offset) << 16 | u16At(from, offset + 2);
	}

	/** A handshake message: type, 3 bytes of length, body (RFC 8446 §4). */
	public static byte[] message(int type, byte[] body) {
		return new Octets().u8(type).vector24(body).toBytes();
	}

	/** A plaintext record: type, version, length, fragment (RFC 8446 §5.1). */
	public static byte[] record(int type, int version, byte[] fragment) {
		return new Octets().u8(type).u16(version).vector16(fragment).toBytes();
	}

	public static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	public static byte[] unhex(String hex) {
		return HexFormat.of().parseHex(hex);
	}
}
