/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.thimble.host.AnchorTableBuilder;

/** The certificates of public CAs, as real ones are: the system's bundle, or the JDK's where there is none. */
class PublicRootsTest {

	private static final Path BUNDLE = Path.of("/etc/ssl/certs/ca-certificates.crt");

	private static List<X509Certificate> roots() throws Exception {
		List<X509Certificate> roots = new ArrayList<>();
		if (Files.isReadable(BUNDLE)) {
			try (InputStream in = Files.newInputStream(BUNDLE)) {
				CertificateFactory.getInstance("X.509").generateCertificates(in).forEach(one -> roots.add((X509Certificate) one));
			}
		} else {
			KeyStore store = KeyStore.getInstance(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toFile(),
					(char[]) null);
			for (String alias : Collections.list(store.aliases())) {
				roots.add((X509Certificate) store.getCertificate(alias));
			}
		}
		return roots;
	}

	/**
	 * Each as a leaf: it leads to itself, as an anchor of the table, and its own signature is verified. What may be wrong with it is that
	 * its key is not for TLS, that it has expired, or is signed with SHA-1 or not of version 3, which is nobody's business in an anchor.
	 */
	@Test
	void everyRootIsReadAndFoundInTheTable() throws Exception {
		List<X509Certificate> roots = roots();
		AnchorTableBuilder builder = new AnchorTableBuilder();
		for (X509Certificate root : roots) {
			builder.add(root.getEncoded());
		}
		PathRun run = new PathRun(Forge.root("P-256"));
		run.anchors = new TrustAnchors(builder.build());
		run.time = new dev.thimble.support.FixedTime(TimeSource.TRUSTED, Instant.parse("2025-01-01T00:00:00Z").getEpochSecond());
		TreeMap<String, Integer> results = new TreeMap<>();
		for (X509Certificate root : roots) {
			run.piece = 0;
			int error = run.run(root.getEncoded());
			run.piece = 1;
			assertEquals(error, run.run(root.getEncoded()));
			results.merge(PathError.name(error), 1, Integer::sum);
			switch (error) {
			case PathError.NONE:
			case PathError.KEY_USAGE:
				break;
			case PathError.EXPIRED:
				assertTrue(root.getNotAfter().toInstant().isBefore(Instant.parse("2025-01-01T00:00:00Z")), root.toString());
				break;
			case PathError.SIGNATURE_WEAK:
				assertTrue(root.getSigAlgName().startsWith("SHA1"), root.toString());
				break;
			case PathError.VERSION:
				assertTrue(root.getVersion() != 3, root.toString());
				break;
			default:
				assertEquals("one of the above", PathError.name(error), root.toString());
			}
		}
		System.out.println(roots.size() + " public roots, each as a leaf: " + results);
		assertTrue(results.getOrDefault("NONE", 0) > 0);
	}
}
