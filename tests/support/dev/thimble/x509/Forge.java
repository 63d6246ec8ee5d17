/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes certificates, right or wrong in every field. */
final class Forge {

	/** The time tests check certificates at: 2026-03-01. */
	static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

	static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
	static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

	private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
	private static final DateTimeFormatter GENERALIZED = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

	/* What a test may change. */
	byte[] version = Der.tlv(0xa0, Der.integer(2));
	byte[] serial = Der.integer(1);
	byte[] issuer;
	byte[] subject;
	byte[] notBefore = time(NOW.minusSeconds(86400));
	byte[] notAfter = time(NOW.plusSeconds(86400));
	byte[] keyInfo;
	byte[] uniqueIds = new byte[0];
	byte[] outerAlgorithm;
	/** Replaces the inner algorithm identifier. */
	byte[] innerAlgorithm;
	String algorithm;
	KeyPair key;
	KeyPair signer;
	final List<byte[]> extensions = new ArrayList<>();
	/** Replaces the whole [3]. */
	byte[] extensionsField;
	private byte[] certificate;

	private Forge(String subject, KeyPair key) {
		this.subject = Der.name(subject);
		this.key = key;
		this.keyInfo = key.getPublic().getEncoded();
	}

	/** A key of a kind, P-256, P-384, Ed25519, RSA-2048…, made once for each number. */
	static KeyPair key(String kind, int number) {
		return KEYS.computeIfAbsent(kind + "/" + number, name -> {
			try {
				if (kind.startsWith("RSA-")) {
					KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
					generator.initialize(Integer.parseInt(kind.substring(4)));
					return generator.generateKeyPair();
				}
				if (kind.startsWith("Ed")) {
					return KeyPairGenerator.getInstance(kind).generateKeyPair();
				}
				KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
				generator.initialize(new ECGenParameterSpec("secp" + kind.substring(2) + "r1"));
				return generator.generateKeyPair();
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		});
	}

	/** A self-signed CA with a key of a kind. */
	static Forge root(String kind) {
		Forge root = new Forge("CN=Root", key(kind, 0)).ca(-1);
		root.issuer = root.subject;
		root.signer = root.key;
		return root;
	}

	/** A self-signed certificate with no extensions. */
	static Forge selfSigned(String subject, String kind, int number) {
		Forge self = new Forge(subject, key(kind, number));
		self.issuer = self.subject;
		self.signer = self.key;
		return self;
	}

	/** A CA under this one, with a key of the same kind. */
	Forge intermediate(String name, int number) {
		return issue("CN=" + name, key(kind(), number)).ca(-1);
	}

	/** A leaf for a DNS name. */
	Forge leaf(String dnsName) {
		return issue("CN=leaf", key(kind(), 100)).san(dns(dnsName));
	}

	Forge issue(String name, KeyPair itsKey) {
		Forge child = new Forge(name, itsKey);
		child.issuer = this.subject;
		child.signer = this.key;
		return child;
	}

	String kind() {
		byte[] info = this.key.getPublic().getEncoded();
		switch (this.key.getPublic().getAlgorithm()) {
		case "RSA":
			return info.length < 300 ? "RSA-2048" : info.length < 500 ? "RSA-3072" : "RSA-4096";
		case "EC":
			return info.length < 100 ? "P-256" : "P-384";
		default:
			return "Ed25519";
		}
	}

	Forge ca(int pathLength) {
		return basicConstraints(true, pathLength);
	}

	Forge basicConstraints(boolean ca, int pathLength) {
		return extension("2.5.29.19", true,
				Der.sequence(ca ? Der.bool(true) : new byte[0], pathLength < 0 ? new byte[0] : Der.integer(pathLength)));
	}

	/** Replaces basicConstraints. */
	Forge pathLength(int pathLength) {
		return without("2.5.29.19").ca(pathLength);
	}

	Forge without(String oid) {
		byte[] id = Der.oid(oid);
		this.extensions.removeIf(extension -> {
			int start = extension[1] < 0 ? 2 + (extension[1] & 0x7f) : 2;
			return java.util.Arrays.equals(extension, start, start + id.length, id, 0, id.length);
		});
		return this;
	}

	/** Bits as in RFC 5280: bit 0 is 0x80. */
	Forge keyUsage(int bits) {
		int unused = Integer.numberOfTrailingZeros(bits | 0x100);
		return extension("2.5.29.15", true, bits == 0 ? Der.tlv(3, new byte[1]) : Der.tlv(3, new byte[] { (byte) unused, (byte) bits }));
	}

	Forge purposes(String... oids) {
		byte[] list = new byte[0];
		for (String oid : oids) {
			list = Der.join(list, Der.oid(oid));
		}
		return extension("2.5.29.37", false, Der.sequence(list));
	}

	Forge san(byte[]... names) {
		return extension("2.5.29.17", false, Der.sequence(names));
	}

	static byte[] dns(String name) {
		return Der.tlv(0x82, Der.ascii(name));
	}

	static byte[] ip(int... bytes) {
		byte[] address = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			address[i] = (byte) bytes[i];
		}
		return Der.tlv(0x87, address);
	}

	static byte[] directory(String name) {
		return Der.tlv(0xa4, Der.name(name));
	}

	/** Name constraints; either list may be null. */
	Forge constraints(byte[][] permitted, byte[][] excluded) {
		return extension("2.5.29.30", true, Der.sequence(subtrees(0xa0, permitted), subtrees(0xa1, excluded)));
	}

	Forge permitted(byte[]... bases) {
		return constraints(bases, null);
	}

	Forge excluded(byte[]... bases) {
		return constraints(null, bases);
	}

	private static byte[] subtrees(int tag, byte[][] bases) {
		if (bases == null) {
			return new byte[0];
		}
		byte[] list = new byte[0];
		for (byte[] base : bases) {
			list = Der.join(list, Der.sequence(base));
		}
		return Der.tlv(tag, list);
	}

	Forge extension(String oid, boolean critical, byte[] value) {
		this.extensions.add(Der.sequence(Der.oid(oid), critical ? Der.bool(true) : new byte[0], Der.octets(value)));
		return this;
	}

	Forge valid(String from, String to) {
		this.notBefore = time(Instant.parse(from));
		this.notAfter = time(Instant.parse(to));
		return this;
	}

	Forge signedWith(String name) {
		this.algorithm = name;
		return this;
	}

	/** UTCTime until 2049, GeneralizedTime from then on. */
	static byte[] time(Instant instant) {
		String text = GENERALIZED.format(instant);
		return text.compareTo("2050") < 0 ? Der.tlv(0x17, Der.ascii(text.substring(2))) : Der.tlv(0x18, Der.ascii(text));
	}

	/** AlgorithmIdentifier of a signature algorithm named as the JDK does, or "PSS-256" and the like. */
	static byte[] algorithmId(String name) {
		switch (name) {
		case "SHA256withECDSA":
			return Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
		case "SHA384withECDSA":
			return Der.sequence(Der.oid("1.2.840.10045.4.3.3"));
		case "SHA512withECDSA":
			return Der.sequence(Der.oid("1.2.840.10045.4.3.4"));
		case "SHA1withECDSA":
			return Der.sequence(Der.oid("1.2.840.10045.4.1"));
		case "Ed25519":
			return Der.sequence(Der.oid("1.3.101.112"));
		case "MD5withRSA":
			return rsaId(4);
		case "SHA1withRSA":
			return rsaId(5);
		case "SHA256withRSA":
			return rsaId(11);
		case "SHA384withRSA":
			return rsaId(12);
		case "SHA512withRSA":
			return rsaId(13);
		case "PSS-256":
			return pssId(1, 32);
		case "PSS-384":
			return pssId(2, 48);
		case "PSS-512":
			return pssId(3, 64);
		default:
			throw new IllegalArgumentException(name);
		}
	}

	static byte[] rsaId(int arc) {
		return Der.sequence(Der.oid("1.2.840.113549.1.1." + arc), Der.hex("0500"));
	}

	static byte[] pssId(int hash, int salt) {
		return Der.sequence(Der.oid("1.2.840.113549.1.1.10"), pssParameters(hash, salt));
	}

	static byte[] pssParameters(int hash, int salt) {
		byte[] id = Der.sequence(Der.oid("2.16.840.1.101.3.4.2." + hash), Der.hex("0500"));
		return Der.sequence(Der.tlv(0xa0, id), Der.tlv(0xa1, Der.sequence(Der.oid("1.2.840.113549.1.1.8"), id)), Der.tlv(0xa2,
				Der.integer(salt)));
	}

	private String algorithm() {
		if (this.algorithm != null) {
			return this.algorithm;
		}
		switch (this.signer.getPublic().getAlgorithm()) {
		case "RSA":
			return "SHA256withRSA";
		case "EC":
			return this.signer.getPublic().getEncoded().length < 100 ? "SHA256withECDSA" : "SHA384withECDSA";
		default:
			return "Ed25519";
		}
	}

	byte[] toBeSigned() {
		byte[] id = this.innerAlgorithm == null ? algorithmId(algorithm()) : this.innerAlgorithm;
		byte[] field = this.extensionsField;
		if (field == null) {
			field = this.extensions.isEmpty() ? new byte[0] : Der.tlv(0xa3, Der.sequence(Der.join(this.extensions.toArray(new byte[0][]))));
		}
		return Der.sequence(this.version, this.serial, id, this.issuer, Der.sequence(this.notBefore, this.notAfter), this.subject,
				this.keyInfo,
				this.uniqueIds, field);
	}

	/** The certificate in DER; signed once, on the first call. */
	byte[] der() {
		if (this.certificate == null) {
			byte[] tbs = toBeSigned();
			byte[] inner = this.innerAlgorithm == null ? algorithmId(algorithm()) : this.innerAlgorithm;
			this.certificate = Der.sequence(tbs, this.outerAlgorithm == null ? inner : this.outerAlgorithm, Der.bits(sign(tbs)));
		}
		return this.certificate;
	}

	byte[] sign(byte[] message) {
		try {
			String name = algorithm();
			Signature signature;
			if (name.startsWith("PSS")) {
				String hash = "SHA-" + name.substring(4);
				signature = Signature.getInstance("RSASSA-PSS");
				signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash),
						Integer.parseInt(name.substring(4)) / 8, 1));
			} else {
				signature = Signature.getInstance(name);
			}
			signature.initSign(this.signer.getPrivate());
			signature.update(message);
			return signature.sign();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}
}
