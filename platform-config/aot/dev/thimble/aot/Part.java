/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

/** A part of a firmware, as the footprint lists it: one C file of classes, compiled with its own options. */
enum Part {

	/** The engine: records, handshake, key schedule. */
	TLS("tls", "classes/dev/thimble/tls/", "engine (tls)"),
	/** Primitives. */
	CRYPTO("crypto", "classes/dev/thimble/crypto/", "crypto"),
	/** What is used of Bouncy Castle. */
	BOUNCY_CASTLE("bouncycastle", "classes/org/bouncycastle/", "crypto (Bouncy Castle)"),
	/** Certificates. */
	X509("x509", "classes/dev/thimble/x509/", "x509"),
	/** Sockets and what lies above them. */
	NET("net", "classes/dev/thimble/net/", "net"),
	/** Cloud protocols. */
	CLOUD("cloud", "classes/dev/thimble/cloud/", "cloud"),
	/** Keys. */
	IDENTITY("identity", "classes/dev/thimble/identity/", "identity"),
	/** The board's Java side. */
	BOARD("board", "classes/dev/thimble/board/", "board (Java)"),
	/** TeaVM's class library. */
	LIBRARY("library", "classes/java/", "Java runtime"),
	/** The application. */
	APPLICATION("application", "", "application");

	final String name;
	final String prefix;
	final String title;

	Part(String name, String prefix, String title) {
		this.name = name;
		this.prefix = prefix;
		this.title = title;
	}

	/** Finds the part of a generated file. */
	static Part of(String path) {
		if (path.startsWith("classes/org/teavm/") || !path.startsWith("classes/")) {
			return LIBRARY;
		}
		for (Part part : values()) {
			if (path.startsWith(part.prefix)) {
				return part;
			}
		}
		throw new AssertionError(path);
	}
}
