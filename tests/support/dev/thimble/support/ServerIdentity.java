/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What the scripted server proves itself with: a private key, a signature scheme and a chain below a P-256 root. */
public final class ServerIdentity {

	/** The name every certificate here is for. */
	public static final String SERVER_NAME = "server.example";
	/** The time all certificates here are valid at: 2026-06-01T00:00:00Z. */
	public static final Instant TIME = Instant.parse("2026-06-01T00:00:00Z");

	private static final Map<String, ServerIdentity> CACHE = new ConcurrentHashMap<>();
	private static final KeyPair ROOT_KEY = keyPair("P-256");
	private static final X500Name ROOT_NAME = new X500Name("O=Thimble tests,CN=Scripted root");
	private static final byte[] ROOT = certificate(ROOT_NAME, ROOT_KEY, ROOT_NAME, ROOT_KEY, null, 1);

	public final PrivateKey key;
	/** The scheme CertificateVerify is signed with. */
	public final int scheme;
	/** The chain as sent: the server's certificate first, the root left out. */
	public final List<byte[]> chain;

	public ServerIdentity(PrivateKey key, int scheme, List<byte[]> chain) {
		this.key = key;
		this.scheme = scheme;
		this.chain = chain;
	}

	/** An identity of a kind: P-256, P-384, Ed25519, RSA-2048 or RSA-PSS; made once a JVM. */
	public static ServerIdentity of(String kind) {
		return of(kind, 0);
	}

	/** As {@link #of(String)} with some intermediate authorities between root and server. */
	public static ServerIdentity of(String kind, int intermediates) {
		return CACHE.computeIfAbsent(kind + "/" + intermediates, k -> make(kind, intermediates, SERVER_NAME, KeyPurposeId.id_kp_serverAuth));
	}

	/** As {@link #of(String, int)}, but for a client. */
	public static ServerIdentity ofClient(String kind, int intermediates) {
		return CACHE.computeIfAbsent(kind + "/" + intermediates + "/client",
				k -> make(kind, intermediates, "client.example", KeyPurposeId.id_kp_clientAuth));
	}

	/** As {@link #of(String)}, for another DNS name. */
	public static ServerIdentity named(String kind, String name) {
		return CACHE.computeIfAbsent(kind + "//" + name, k -> make(kind, 0, name, KeyPurposeId.id_kp_serverAuth));
	}

	/** The root's certificate, DER. */
	public static byte[] root() {
		return ROOT.clone();
	}

	/** The root's name, DER: what CertificateRequest names a certification authority by. */
	public static byte[] rootName() {
		try {
			return ROOT_NAME.getEncoded("DER");
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The public key alone: the SubjectPublicKeyInfo of the first certificate. */
	public byte[] rawKey() {
		try {
			return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(this.chain.get(0))).getPublicKey()
					.getEncoded();
		} catch (CertificateException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Signs with a scheme of TLS's registry. */
	public byte[] sign(int withScheme, byte[] message) {
		try {
			Signature signature = switch (withScheme) {
			case TlsNumbers.ECDSA_SECP256R1_SHA256 -> Signature.getInstance("SHA256withECDSA");
			case TlsNumbers.ECDSA_SECP384R1_SHA384 -> Signature.getInstance("SHA384withECDSA");
			case TlsNumbers.ED25519 -> Signature.getInstance("Ed25519");
			case TlsNumbers.RSA_PKCS1_SHA256 -> Signature.getInstance("SHA256withRSA");
			case TlsNumbers.RSA_PKCS1_SHA384 -> Signature.getInstance("SHA384withRSA");
			case TlsNumbers.RSA_PSS_RSAE_SHA256, TlsNumbers.RSA_PSS_PSS_SHA256 -> pss("SHA-256", MGF1ParameterSpec.SHA256, 32);
			case TlsNumbers.RSA_PSS_RSAE_SHA384 -> pss("SHA-384", MGF1ParameterSpec.SHA384, 48);
			case TlsNumbers.RSA_PSS_RSAE_SHA512 -> pss("SHA-512", MGF1ParameterSpec.SHA512, 64);
			default -> throw new IllegalArgumentException("no scheme " + Integer.toHexString(withScheme));
			};
			signature.initSign(this.key);
			signature.update(message);
			return signature.sign();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private static Signature pss(String digest, MGF1ParameterSpec mgf, int salt) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("RSASSA-PSS");
		signature.setParameter(new PSSParameterSpec(digest, "MGF1", mgf, salt, 1));
		return signature;
	}

	private static ServerIdentity make(String kind, int intermediates, String dnsName, KeyPurposeId purpose) {
		List<byte[]> chain = new ArrayList<>();
		X500Name issuer = ROOT_NAME;
		KeyPair issuerKey = ROOT_KEY;
		for (int i = 0; i < intermediates; i++) {
			X500Name name = new X500Name("O=Thimble tests,CN=Scripted authority " + i);
			KeyPair pair = keyPair("P-256");
			chain.add(0, certificate(name, pair, issuer, issuerKey, null, 10 + i));
			issuer = name;
			issuerKey = pair;
		}
		KeyPair pair = keyPair(kind);
		chain.add(0, certificate(new X500Name("CN=" + dnsName.replace("*", "any")), pair, issuer, issuerKey, purpose, 100, dnsName));
		int scheme = switch (kind) {
		case "P-256" -> TlsNumbers.ECDSA_SECP256R1_SHA256;
		case "P-384" -> TlsNumbers.ECDSA_SECP384R1_SHA384;
		case "Ed25519" -> TlsNumbers.ED25519;
		case "RSA-2048" -> TlsNumbers.RSA_PSS_RSAE_SHA256;
		default -> TlsNumbers.RSA_PSS_PSS_SHA256;
		};
		return new ServerIdentity(pair.getPrivate(), scheme, List.copyOf(chain));
	}

	private static KeyPair keyPair(String kind) {
		try {
			KeyPairGenerator generator;
			switch (kind) {
			case "P-256", "P-384" -> {
				generator = KeyPairGenerator.getInstance("EC");
				generator.initialize(new ECGenParameterSpec(kind.equals("P-256") ? "secp256r1" : "secp384r1"));
			}
			case "Ed25519" -> generator = KeyPairGenerator.getInstance("Ed25519");
			default -> {
				generator = KeyPairGenerator.getInstance(kind.equals("RSA-PSS") ? "RSASSA-PSS" : "RSA");
				generator.initialize(2048);
			}
			}
			return generator.generateKeyPair();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Makes a certificate: without a purpose that of an authority, else for the DNS names. */
	private static byte[] certificate(X500Name subject, KeyPair pair, X500Name issuer, KeyPair issuerKey, KeyPurposeId purpose, int serial,
			String... dnsNames) {
		try {
			boolean authority = purpose == null;
			X509v3CertificateBuilder builder = new X509v3CertificateBuilder(issuer, BigInteger.valueOf(serial),
					Date.from(Instant.parse("2025-01-01T00:00:00Z")), Date.from(Instant.parse("2035-01-01T00:00:00Z")), subject,
					SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
			builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
			if (authority) {
				builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
			} else {
				builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
				builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
				builder.addExtension(Extension.subjectAlternativeName, false,
						new GeneralNames(new GeneralName(GeneralName.dNSName, dnsNames[0])));
			}
			return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())).getEncoded();
		} catch (IOException | OperatorCreationException e) {
			throw new IllegalStateException(e);
		}
	}
}
