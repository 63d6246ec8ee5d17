/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

/** A part of a firmware, as the footprint lists it: one C file of classes, compiled with its own options. In the order of who may know whom. */
enum Part {

	/** TeaVM's class library. */
	LIBRARY("library", "classes/java/", "Java runtime"),
	/** The board's Java side. */
	BOARD("board", "classes/dev/thimble/board/", "board (Java)"),
	/** What is used of Bouncy Castle. */
	BOUNCY_CASTLE("bouncycastle", "classes/org/bouncycastle/", "crypto (Bouncy Castle)"),
	/** Primitives. */
	CRYPTO("crypto", "classes/dev/thimble/crypto/", "crypto"),
	/** Certificates. */
	X509("x509", "classes/dev/thimble/x509/", "x509"),
	/** Keys. */
	IDENTITY("identity", "classes/dev/thimble/identity/", "identity"),
	/** The engine: records, handshake, key schedule. */
	TLS("tls", "classes/dev/thimble/tls/", "engine (tls)"),
	/** Sockets and what lies above them. */
	NET("net", "classes/dev/thimble/net/", "net"),
	/** Cloud protocols. */
	CLOUD("cloud", "classes/dev/thimble/cloud/", "cloud"),
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
