/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;

import javax.tools.ToolProvider;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.thimble.x509.TrustAnchors;
import picocli.CommandLine;

/** Tables of trust anchors out of PEM. */
class AnchorsCommandTest {

	private static final Path BUNDLE = Path.of("/etc/ssl/certs/ca-certificates.crt");

	@TempDir
	private Path folder;
	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	private int run(String... arguments) {
		return new CommandLine(new AnchorsCommand()).setOut(new PrintWriter(this.out)).setErr(new PrintWriter(this.err))
				.setExecutionExceptionHandler((e, command, parsed) -> {
					command.getErr().println(e.getMessage());
					return 1;
				}).execute(arguments);
	}

	private static byte[] root(String subject, String kind, int size, Instant end) throws Exception {
		java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance(kind);
		if (size > 0) {
			generator.initialize(size);
		}
		java.security.KeyPair pair = generator.generateKeyPair();
		String algorithm = kind.equals("RSA") ? "SHA256withRSA" : kind.equals("EC") ? "SHA256withECDSA" : kind;
		return new JcaX509v3CertificateBuilder(new X500Name(subject), java.math.BigInteger.ONE,
				java.util.Date.from(Instant.parse("2000-01-01T00:00:00Z")), java.util.Date.from(end), new X500Name(subject),
				pair.getPublic())
						.addExtension(new ASN1ObjectIdentifier("2.5.29.19"), true, new org.bouncycastle.asn1.x509.BasicConstraints(true))
						.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())).getEncoded();
	}

	private static String pem(String type, byte[] der) {
		return "# a comment\n-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der)
				+ "\n-----END " + type
				+ "-----\n";
	}

	private Path bundle() throws Exception {
		Instant end = Instant.parse("2100-01-01T00:00:00Z");
		byte[] twice = root("CN=EC", "EC", 256, end);
		String text = pem("CERTIFICATE", twice) + pem("CERTIFICATE", root("CN=RSA", "RSA", 2048, end)) + pem("CERTIFICATE", twice)
				+ pem("CERTIFICATE", root("CN=P-521", "EC", 521, end)) + pem("CERTIFICATE", root("CN=weak", "RSA", 1024, end))
				+ pem("CERTIFICATE", root("CN=Ed", "Ed25519", 0, end)) + pem("CERTIFICATE", root("CN=384", "EC", 384, end))
				+ pem("CERTIFICATE", root("CN=old", "EC", 256, Instant.parse("2010-01-01T00:00:00Z"))) + pem("X509 CRL", new byte[5])
				+ pem("CERTIFICATE", new byte[5]) + "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n";
		Path file = this.folder.resolve("bundle.pem");
		Files.writeString(file, text);
		return file;
	}

	@Test
	void aBundleBecomesATableAndWhatCannotBeUsedIsTold() throws Exception {
		Path table = this.folder.resolve("anchors.bin");
		assertEquals(0, run(bundle().toString(), "-o", table.toString()), this.err.toString());
		String told = this.out.toString();
		assertEquals(4, new TrustAnchors(Files.readAllBytes(table)).count());
		for (String part : new String[] { "4 trusted roots", "(CN=EC): the same subject and key", "(CN=P-521): its key is of a kind",
				"(CN=weak): an RSA key of 1024",
				"(CN=old): expired on 2010-01-01", "a X509 CRL, not a certificate", "block 10: not a certificate that can be read",
				"block 11: not", "written: " }) {
			assertTrue(told.contains(part), part + " is not in\n" + told);
		}
		assertEquals(0, run(bundle().toString(), "--expired"));
		assertTrue(this.out.toString().contains("5 trusted roots"));
	}

	@Test
	void theJavaSourceHoldsTheSameTable() throws Exception {
		Path bundle = bundle();
		Path table = this.folder.resolve("anchors.bin");
		Path source = this.folder.resolve("Roots.java");
		assertEquals(0, run(bundle.toString(), "-o", table.toString()));
		assertEquals(0, run(bundle.toString(), "-o", source.toString(), "--java", "a.b.Roots"));
		assertArrayEquals(Files.readAllBytes(table), compile(source));
		assertEquals(0, run(bundle.toString(), "--java", "Roots"));
		assertTrue(this.out.toString().contains("public final class Roots"));
	}

	private byte[] compile(Path source) throws Exception {
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", this.folder.toString(), source.toString()));
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.folder.toUri().toURL() })) {
			Method method = loader.loadClass("a.b.Roots").getMethod("table");
			return (byte[]) method.invoke(null);
		}
	}

	@Test
	void nothingUsableIsAFailure() throws Exception {
		Path empty = this.folder.resolve("empty.pem");
		Files.writeString(empty, "nothing here");
		assertEquals(1, run(empty.toString()));
		assertTrue(this.err.toString().contains("no usable trusted root"));
		assertEquals(1, run(this.folder.resolve("absent.pem").toString()));
		assertThrows(IllegalStateException.class, () -> new AnchorTableBuilder().build());
	}

	@Test
	void aPublicBundleFitsAQuarterOfItsPem() throws Exception {
		Assumptions.assumeTrue(Files.isReadable(BUNDLE), "SKIPPED: no " + BUNDLE + " (install ca-certificates)");
		Path table = this.folder.resolve("anchors.bin");
		Path source = this.folder.resolve("Roots.java");
		assertEquals(0, run(BUNDLE.toString(), "-o", table.toString(), "--expired"));
		System.out.println(this.out.toString().replaceAll("(?s).*\n([0-9]+ trusted roots[^\n]*)\n.*", "$1"));
		byte[] bytes = Files.readAllBytes(table);
		TrustAnchors anchors = new TrustAnchors(bytes);
		Collection<?> all = CertificateFactory.getInstance("X.509").generateCertificates(Files.newInputStream(BUNDLE));
		int found = 0;
		for (Object one : all) {
			byte[] subject = ((X509Certificate) one).getSubjectX500Principal().getEncoded();
			found += anchors.find(java.security.MessageDigest.getInstance("SHA-256").digest(subject), 0) >= 0 ? 1 : 0;
		}
		assertTrue(found >= anchors.count() && found >= all.size() - 5, found + " of " + all.size());
		assertTrue(bytes.length < Files.size(BUNDLE) / 4);
		assertEquals(0, run(BUNDLE.toString(), "-o", source.toString(), "--java", "a.b.Roots", "--expired"));
		assertArrayEquals(bytes, compile(source));
		assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(Files.readString(source)));
	}
}
