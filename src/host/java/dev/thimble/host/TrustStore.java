/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.thimble.x509.TrustAnchors;

/** Makes trusted roots out of PEM files and certificates. */
public final class TrustStore {

	/** Where operating systems keep their bundle: Debian and Alpine, Fedora, openSUSE, FreeBSD, macOS, NixOS. */
	private static final List<String> BUNDLES = List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
			"/etc/ssl/ca-bundle.pem", "/usr/local/share/certs/ca-root-nss.crt", "/etc/ssl/cert.pem", "/etc/ssl/certs/ca-bundle.crt");

	private TrustStore() {
	}

	/** Reads the system's bundle: the file the variable SSL_CERT_FILE names, as OpenSSL does, or the usual one. */
	public static TrustAnchors system() throws IOException {
		String given = System.getenv("SSL_CERT_FILE");
		if (given != null && !given.isEmpty()) {
			return read(Path.of(given));
		}
		for (String bundle : BUNDLES) {
			if (Files.isReadable(Path.of(bundle))) {
				return read(Path.of(bundle));
			}
		}
		throw new CommandFailure("No bundle of trusted roots was found on this system; give one with --ca FILE, or install ca-certificates.");
	}

	/**
	 * Reads a PEM file.
	 *
	 * @throws CommandFailure
	 *             with a sentence for the user if the file holds no certificate that can be a root.
	 */
	public static TrustAnchors read(Path file) throws IOException {
		AnchorTableBuilder table = new AnchorTableBuilder().addPem(Files.readString(file, StandardCharsets.ISO_8859_1));
		if (table.count() == 0) {
			throw new CommandFailure(table.skipped().isEmpty()
					? "There is no certificate in " + file + "; a file of trusted roots is PEM, with -----BEGIN CERTIFICATE----- lines."
					: "There is no usable trusted root in " + file + ": " + String.join("; ", table.skipped()) + ".");
		}
		return new TrustAnchors(table.build());
	}

	/** Takes the roots from certificates. */
	public static TrustAnchors of(Identity... roots) {
		AnchorTableBuilder table = new AnchorTableBuilder();
		for (Identity root : roots) {
			table.add(root.certificate());
		}
		return new TrustAnchors(table.build());
	}
}
