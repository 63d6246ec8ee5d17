/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/**
 * Random chains, valid and not, judged by the JDK's and Bouncy Castle's PKIX validators and by ours. The rules drawn here are those all
 * have: signatures, validity, basicConstraints, keyUsage of CAs, name chaining, name constraints, unknown critical extensions. Subjects
 * have no common names, to which the JDK applies constraints on host names where there is no subjectAltName; here a common name is never a
 * host name.
 *
 * <p>Each judge is asked only what it can answer: not the JDK about the constraints of several CAs in one path (merging them it drops
 * permitted subtrees that are excluded, and with the last of a kind the whole restriction, or throws), not Bouncy Castle about empty
 * subjects (to which it applies directory subtrees, against RFC 5280 §4.2.1.10).
 */
class PkixDifferentialTest {

	/** 4,000 agreed when this was written; fewer in every build. */
	private static final int CHAINS = Integer.getInteger("pkix.chains", 800);
	private static final String[] HOSTS = { "a.example.com", "b.example.com", "example.com", "www.a.example.com", "example.org",
			"xexample.com" };
	private static final String[] SUBTREES = { "example.com", "a.example.com", "com", "example.org" };
	private static final String[] SUBJECTS = { "C=DE,O=Acme,OU=", "C=DE,O=ACME,OU=", "C=DE,O=Other,OU=", "C=FR,O=Acme,OU=", "OU=" };
	private static final String[] BASES = { "C=DE", "C=DE,O=Acme", "C=FR", "c" };

	private final Random random = new Random(11);
	private final CertificateFactory factory;
	private final TreeMap<String, Integer> results = new TreeMap<>();
	private String description;

	PkixDifferentialTest() throws CertificateException {
		this.factory = CertificateFactory.getInstance("X.509");
	}

	private boolean one(int in) {
		return this.random.nextInt(in) == 0;
	}

	private <T> T any(T[] values) {
		return values[this.random.nextInt(values.length)];
	}

	private void note(String what) {
		this.description += " " + what;
	}

	private Forge[] chain(Forge root) {
		int cas = this.random.nextInt(4);
		Forge[] chain = new Forge[cas + 1];
		Forge issuer = root;
		for (int i = cas; i > 0; i--) {
			issuer = authority(issuer, i);
			chain[i] = issuer;
		}
		String subject = one(8) ? "" : any(SUBJECTS) + "leaf";
		Forge leaf = issuer.issue(subject, key(100));
		note("leaf " + subject);
		this.emptySubject = subject.isEmpty();
		List<byte[]> names = new ArrayList<>();
		for (int i = this.random.nextInt(3); i > 0; i--) {
			String host = any(HOSTS);
			note(host);
			names.add(Forge.dns(host));
		}
		if (one(3)) {
			int last = this.random.nextInt(4);
			note("10.1.0." + last);
			names.add(Forge.ip(10, 1, 0, last));
		}
		if (!names.isEmpty() || subject.isEmpty()) {
			if (names.isEmpty()) {
				names.add(Forge.dns("a.example.com"));
			}
			leaf.extension("2.5.29.17", subject.isEmpty(), Der.sequence(Der.join(names.toArray(new byte[0][]))));
		}
		disturb(leaf);
		chain[0] = leaf;
		return chain;
	}

	private static KeyPair key(int number) {
		return Forge.key("P-256", number);
	}

	private Forge authority(Forge issuer, int number) {
		String subject = one(6) ? null : any(SUBJECTS) + "CA" + number;
		Forge ca = issuer.issue("CN=x", key(number));
		if (subject == null) {
			ca.subject = issuer.subject;
		} else {
			ca.subject = Der.name(subject);
		}
		note("[CA " + subject);
		if (one(15)) {
			note("no bc");
		} else if (one(20)) {
			note("not a ca");
			ca.basicConstraints(false, -1);
		} else {
			int length = one(2) ? -1 : this.random.nextInt(4);
			note("len " + length);
			ca.ca(length);
		}
		if (one(3)) {
			int usage = one(6) ? 0x80 : 0x06;
			note("ku " + usage);
			ca.keyUsage(usage);
		}
		if (one(3)) {
			ca.constraints(one(2) ? bases() : null, one(3) ? bases() : null);
			this.constrained++;
			if (ca.extensions.get(ca.extensions.size() - 1)[1] < 14) {
				// neither list was drawn
				ca.without("2.5.29.30");
			}
		}
		disturb(ca);
		note("]");
		return ca;
	}

	private byte[][] bases() {
		byte[][] bases = new byte[1 + this.random.nextInt(3)][];
		note("(");
		for (int i = 0; i < bases.length; i++) {
			switch (this.random.nextInt(3)) {
			case 0:
				String host = any(SUBTREES);
				note(host);
				bases[i] = Forge.dns(host);
				break;
			case 1:
				int last = this.random.nextInt(4);
				int mask = one(2) ? 0xfe : 0xff;
				note("10.1.0." + last + "/" + mask);
				bases[i] = Forge.ip(10, 1, 0, last & mask, 255, 255, 255, mask);
				break;
			default:
				String name = any(BASES);
				note(name);
				bases[i] = Forge.directory(name.equals("c") ? "C:0c=de,O:0c= acme" : name);
				break;
			}
		}
		note(")");
		return bases;
	}

	/** Now and then something is wrong. */
	private void disturb(Forge forge) {
		if (one(25)) {
			note("expired");
			forge.valid("2001-01-01T00:00:00Z", Forge.NOW.minusSeconds(1).toString());
		}
		if (one(25)) {
			note("future");
			forge.valid(Forge.NOW.plusSeconds(1).toString(), "2060-01-01T00:00:00Z");
		}
		if (one(25)) {
			note("wrong signer");
			forge.signer = key(77);
		}
		if (one(25)) {
			note("wrong issuer");
			forge.issuer = Der.name("CN=nobody");
		}
		if (one(10)) {
			boolean critical = one(3);
			note("extension " + critical);
			forge.extension("1.2.3.4.5", critical, new byte[3]);
		}
	}

	private String reason;
	private int constrained;
	private boolean emptySubject;

	private boolean pkix(Forge root, Forge[] chain, Provider provider) throws GeneralSecurityException {
		List<Certificate> path = new ArrayList<>();
		this.reason = " (valid for " + provider.getName() + ")";
		for (Forge forge : chain) {
			try {
				path.add(this.factory.generateCertificate(new ByteArrayInputStream(forge.der())));
			} catch (CertificateException e) {
				return false;
			}
		}
		X509Certificate anchor = (X509Certificate) this.factory.generateCertificate(new ByteArrayInputStream(root.der()));
		PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor.getSubjectX500Principal(), anchor.getPublicKey(),
				null)));
		parameters.setRevocationEnabled(false);
		parameters.setDate(Date.from(Forge.NOW));
		try {
			CertPathValidator.getInstance("PKIX", provider).validate(this.factory.generateCertPath(path), parameters);
			return true;
		} catch (CertPathValidatorException e) {
			this.reason = " (" + provider.getName() + ": " + e.getMessage() + " " + e.getReason() + ")";
			return false;
		}
	}

	@Test
	void theJdkAndBouncyCastleAgree() throws Exception {
		Forge root = Forge.selfSigned("C=DE,O=Acme,CN=Root", "P-256", 0).ca(-1);
		PathRun run = new PathRun(root).validator(4, 4000, 0);
		Provider jdk = CertPathValidator.getInstance("PKIX").getProvider();
		Provider bouncyCastle = new BouncyCastleProvider();
		int byJdk = 0;
		int byBouncyCastle = 0;
		int valid = 0;
		for (int i = 0; i < CHAINS; i++) {
			this.description = "chain " + i + ":";
			this.constrained = 0;
			Forge[] chain = chain(root);
			String ours = run.run(chain);
			this.results.merge(ours, 1, Integer::sum);
			valid += ours.equals("NONE") ? 1 : 0;
			if (this.constrained < 2) {
				byJdk++;
				compare(ours, pkix(root, chain, jdk), chain);
			}
			if (!this.emptySubject) {
				byBouncyCastle++;
				compare(ours, pkix(root, chain, bouncyCastle), chain);
			}
		}
		System.out.println("PKIX differential: " + CHAINS + " chains (" + byJdk + " judged by the JDK, " + byBouncyCastle
				+ " by Bouncy Castle): "
				+ this.results);
		assertTrue(valid > CHAINS / 10 && valid < CHAINS * 9 / 10, valid + " valid");
	}

	private void compare(String ours, boolean theirs, Forge[] chain) {
		if (theirs != ours.equals("NONE")) {
			StringBuilder dump = new StringBuilder(this.description + this.reason);
			for (Forge forge : chain) {
				dump.append('\n').append(HexFormat.of().formatHex(forge.der()));
			}
			assertEquals(theirs, ours.equals("NONE"), ours + " " + dump);
		}
	}
}
