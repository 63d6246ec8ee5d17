/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.thimble.crypto.Hash;
import dev.thimble.x509.PublicKey;
import dev.thimble.x509.TrustAnchors;

/** Makes the table that {@link TrustAnchors} reads, out of certificates. What a device cannot use is left out, with a reason. */
public final class AnchorTableBuilder {

	private static final int MIN_RSA_BITS = 2048;
	private static final int MAX_RSA_BITS = 4096;
	private static final int MAX_ANCHORS = 0xffff;
	private static final int MAX_TABLE = 0xffffff;

	private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

	/** AlgorithmIdentifier structures of keys, without and with parameters, as hexadecimal DER. */
	private static final String P256 = "301306072a8648ce3d020106082a8648ce3d030107";
	private static final String P384 = "301006072a8648ce3d020106052b81040022";
	private static final String ED25519 = "300506032b6570";
	private static final String RSA = "300d06092a864886f70d0101010500";
	private static final String RSA_PSS_OID = "06092a864886f70d01010a";

	/** An anchor: digest of the subject, and its key's record in the table. */
	private static final class Anchor {

		private final byte[] subject;
		private final byte[] record;

		Anchor(byte[] subject, byte[] record) {
			this.subject = subject;
			this.record = record;
		}
	}

	private final List<Anchor> anchors = new ArrayList<>();
	private final List<String> skipped = new ArrayList<>();
	private Instant now;
	private String noAuthority;

	/** Creates an empty table. */
	public AnchorTableBuilder() {
		// nothing to do
	}

	/**
	 * Leaves out certificates that have expired at a time: a device cannot, since the table holds no dates.
	 *
	 * @param time
	 *            the time, or null to take any.
	 */
	public AnchorTableBuilder skipExpired(Instant time) {
		this.now = time;
		return this;
	}

	/**
	 * Adds all certificates of a PEM file.
	 *
	 * @param pem
	 *            its text; what stands between the blocks is ignored.
	 */
	public AnchorTableBuilder addPem(String pem) {
		Matcher matcher = PEM.matcher(pem);
		int number = 0;
		while (matcher.find()) {
			number++;
			String where = "block " + number;
			if (!"CERTIFICATE".equals(matcher.group(1)) && !"X509 CERTIFICATE".equals(matcher.group(1))) {
				this.skipped.add(where + ": a " + matcher.group(1) + ", not a certificate");
				continue;
			}
			try {
				add(Base64.getMimeDecoder().decode(matcher.group(2).getBytes(StandardCharsets.ISO_8859_1)), where);
			} catch (IllegalArgumentException e) {
				this.skipped.add(where + ": not base64");
			}
		}
		return this;
	}

	/** Adds a certificate in DER. */
	public AnchorTableBuilder add(byte[] certificate) {
		return add(certificate, "certificate " + (this.anchors.size() + this.skipped.size() + 1));
	}

	private AnchorTableBuilder add(byte[] der, String where) {
		String name = where;
		try {
			X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
					.generateCertificate(new ByteArrayInputStream(der));
			name = where + " (" + certificate.getSubjectX500Principal().getName() + ")";
			if (this.now != null && certificate.getNotAfter().toInstant().isBefore(this.now)) {
				this.skipped.add(name + ": expired on " + certificate.getNotAfter().toInstant());
				return this;
			}
			byte[] tbs = certificate.getTBSCertificate();
			Anchor anchor = new Anchor(Arrays.copyOf(sha256(field(tbs, 5)), TrustAnchors.SUBJECT_LENGTH), record(field(tbs, 6)));
			for (Anchor other : this.anchors) {
				if (Arrays.equals(other.subject, anchor.subject) && Arrays.equals(other.record, anchor.record)) {
					this.skipped.add(name + ": the same subject and key as another");
					return this;
				}
			}
			this.anchors.add(anchor);
			// Version 1 cannot say whether it is one.
			if (certificate.getVersion() > 1 && certificate.getBasicConstraints() < 0 && this.noAuthority == null) {
				this.noAuthority = name;
			}
		} catch (CertificateException | IndexOutOfBoundsException e) {
			this.skipped.add(name + ": not a certificate that can be read");
		} catch (IllegalArgumentException e) {
			this.skipped.add(name + ": " + e.getMessage());
		}
		return this;
	}

	/** Gets the number of anchors so far. */
	public int count() {
		return this.anchors.size();
	}

	/** Gets the first of the anchors that says it is no certificate authority; null: there is none. */
	public String noAuthority() {
		return this.noAuthority;
	}

	/** Gets what was left out: which certificate, and why. */
	public List<String> skipped() {
		return List.copyOf(this.skipped);
	}

	/**
	 * Makes the table.
	 *
	 * @throws IllegalStateException
	 *             if there are no anchors, or too many.
	 */
	public byte[] build() {
		int count = this.anchors.size();
		if (count == 0 || count > MAX_ANCHORS) {
			throw new IllegalStateException(count == 0 ? "There is no usable trusted root" : "More than " + MAX_ANCHORS + " trusted roots");
		}
		List<Anchor> sorted = new ArrayList<>(this.anchors);
		sorted.sort((a, b) -> Arrays.compareUnsigned(a.subject, b.subject));
		int keys = TrustAnchors.HEADER_LENGTH + count * TrustAnchors.ENTRY_LENGTH;
		ByteArrayOutputStream index = new ByteArrayOutputStream();
		ByteArrayOutputStream records = new ByteArrayOutputStream();
		Map<String, Integer> offsets = new LinkedHashMap<>();
		put(index, TrustAnchors.MAGIC, 2);
		put(index, TrustAnchors.VERSION, 1);
		put(index, 0, 1);
		put(index, count, 2);
		for (Anchor anchor : sorted) {
			Integer offset = offsets.get(hex(anchor.record));
			if (offset == null) {
				offset = keys + records.size();
				offsets.put(hex(anchor.record), offset);
				records.writeBytes(anchor.record);
			}
			index.writeBytes(anchor.subject);
			put(index, offset, 3);
		}
		if (keys + records.size() > MAX_TABLE) {
			throw new IllegalStateException("The table of trusted roots exceeds 16 MB");
		}
		index.writeBytes(records.toByteArray());
		byte[] table = index.toByteArray();
		// the device's own checks: a table that is written can be read
		new TrustAnchors(table);
		return table;
	}

	/** Makes the record of a key: algorithm, digest, key. */
	private static byte[] record(byte[] info) {
		int algorithm = content(info, 0);
		int bits = end(info, algorithm);
		byte[] id = Arrays.copyOfRange(info, algorithm, bits);
		int keyStart = content(info, bits) + 1;
		byte[] key = Arrays.copyOfRange(info, keyStart, end(info, bits));
		String identifier = hex(id);
		int type;
		switch (identifier) {
		case P256:
			type = PublicKey.EC_P256;
			checkPoint(key, 65);
			break;
		case P384:
			type = PublicKey.EC_P384;
			checkPoint(key, 97);
			break;
		case ED25519:
			type = PublicKey.ED25519;
			break;
		case RSA:
			type = PublicKey.RSA;
			key = rsa(key);
			break;
		default:
			int oid = content(id, 0);
			if (!hex(Arrays.copyOfRange(id, oid, end(id, oid))).equals(RSA_PSS_OID)) {
				throw new IllegalArgumentException("its key is of a kind the device does not know (" + identifier + ")");
			}
			type = PublicKey.RSA_PSS | pssHash(identifier) << 4;
			key = rsa(key);
			break;
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(type);
		out.write(sha256(info), 0, TrustAnchors.KEY_DIGEST_LENGTH);
		out.writeBytes(key);
		return out.toByteArray();
	}

	private static void checkPoint(byte[] key, int length) {
		if (key.length != length || key[0] != 4) {
			throw new IllegalArgumentException("its key is not an uncompressed point");
		}
	}

	/** The hash function a PSS key's parameters name, 0 if there are none. */
	private static int pssHash(String identifier) {
		if (identifier.length() == 4 + RSA_PSS_OID.length()) {
			return 0;
		}
		for (int i = 1; i <= 3; i++) {
			String oid = "0609608648016503040" + "20" + i;
			if (identifier.contains("a0") && identifier.indexOf(oid) > 0 && identifier.indexOf(oid) != identifier.lastIndexOf(oid)) {
				return Hash.SHA_256 + i - 1;
			}
		}
		throw new IllegalArgumentException("its PSS key is for a hash function the device does not know");
	}

	private static byte[] rsa(byte[] sequence) {
		int modulusAt = content(sequence, 0);
		int exponentAt = end(sequence, modulusAt);
		BigInteger modulus = new BigInteger(Arrays.copyOfRange(sequence, content(sequence, modulusAt), exponentAt));
		BigInteger exponent = new BigInteger(Arrays.copyOfRange(sequence, content(sequence, exponentAt), end(sequence, exponentAt)));
		if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
			throw new IllegalArgumentException("an RSA key of " + modulus.bitLength() + " bits; the device takes 2048 to 4096");
		}
		if (exponent.bitLength() > 32 || exponent.compareTo(BigInteger.valueOf(3)) < 0 || !exponent.testBit(0)) {
			throw new IllegalArgumentException("an RSA key with the exponent " + exponent);
		}
		int length = (modulus.bitLength() + 7) / 8;
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		put(out, length, 2);
		byte[] bytes = modulus.toByteArray();
		out.write(bytes, bytes.length - length, length);
		put(out, exponent.intValue(), 4);
		return out.toByteArray();
	}

	/** A field of a TBSCertificate of version 3 by its place; version 1 has no [0] in front. */
	private static byte[] field(byte[] tbs, int place) {
		int p = content(tbs, 0);
		int skip = (tbs[p] & 0xff) == 0xa0 ? place : place - 1;
		for (int i = 0; i < skip; i++) {
			p = end(tbs, p);
		}
		return Arrays.copyOfRange(tbs, p, end(tbs, p));
	}

	private static int content(byte[] der, int offset) {
		int length = der[offset + 1] & 0xff;
		return length < 0x80 ? offset + 2 : offset + 2 + length - 0x80;
	}

	private static int end(byte[] der, int offset) {
		int start = content(der, offset);
		int length = der[offset + 1] & 0xff;
		if (length >= 0x80) {
			length = 0;
			for (int i = offset + 2; i < start; i++) {
				length = length << 8 | der[i] & 0xff;
			}
		}
		return start + length;
	}

	private static void put(ByteArrayOutputStream out, int value, int bytes) {
		for (int i = bytes - 1; i >= 0; i--) {
			out.write(value >> 8 * i);
		}
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
