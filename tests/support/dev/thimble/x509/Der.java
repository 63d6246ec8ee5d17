/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes DER, well-formed or not: what a library would not let a test write. */
final class Der {

	private Der() {
	}

	static byte[] join(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

	/** An element of any tag around a content. */
	static byte[] tlv(int tag, byte[]... content) {
		byte[] body = join(content);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		if (body.length < 0x80) {
			out.write(body.length);
		} else if (body.length < 0x100) {
			out.write(0x81);
			out.write(body.length);
		} else if (body.length < 0x10000) {
			out.write(0x82);
			out.write(body.length >> 8);
			out.write(body.length);
		} else {
			out.write(0x83);
			out.write(body.length >> 16);
			out.write(body.length >> 8);
			out.write(body.length);
		}
		out.writeBytes(body);
		return out.toByteArray();
	}

	static byte[] sequence(byte[]... content) {
		return tlv(0x30, content);
	}

	static byte[] set(byte[]... content) {
		return tlv(0x31, content);
	}

	static byte[] integer(long value) {
		return tlv(0x02, BigInteger.valueOf(value).toByteArray());
	}

	static byte[] bool(boolean value) {
		return tlv(0x01, new byte[] { (byte) (value ? 0xff : 0) });
	}

	static byte[] octets(byte[]... content) {
		return tlv(0x04, content);
	}

	static byte[] bits(byte[] content) {
		return tlv(0x03, new byte[1], content);
	}

	static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static byte[] oid(String dotted) {
		String[] arcs = dotted.split("\\.");
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		arc(out, Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]));
		for (int i = 2; i < arcs.length; i++) {
			arc(out, Long.parseLong(arcs[i]));
		}
		return tlv(0x06, out.toByteArray());
	}

	private static void arc(ByteArrayOutputStream out, long arc) {
		int shift = 63;
		while (shift > 0 && arc >> shift == 0) {
			shift -= 7;
		}
		for (; shift > 0; shift -= 7) {
			out.write((int) (arc >> shift & 0x7f) | 0x80);
		}
		out.write((int) (arc & 0x7f));
	}

	/** A Name of one-attribute RDNs: "CN=a,O=b"; PrintableString, or with ":tag" behind the type another: "CN:0c=a". */
	static byte[] name(String text) {
		if (text.isEmpty()) {
			return sequence();
		}
		byte[] rdns = new byte[0];
		for (String part : text.split(",")) {
			rdns = join(rdns, set(attribute(part)));
		}
		return sequence(rdns);
	}

	static byte[] attribute(String text) {
		int equals = text.indexOf('=');
		String type = text.substring(0, equals);
		int tag = 0x13;
		int colon = type.indexOf(':');
		if (colon > 0) {
			tag = Integer.parseInt(type.substring(colon + 1), 16);
			type = type.substring(0, colon);
		}
		String id = type.equals("CN") ? "2.5.4.3" : type.equals("O") ? "2.5.4.10" : type.equals("OU") ? "2.5.4.11" : type.equals("C")
				? "2.5.4.6"
				: type.equals("E") ? "1.2.840.113549.1.9.1" : type;
		return sequence(oid(id), tlv(tag, ascii(text.substring(equals + 1))));
	}
}
