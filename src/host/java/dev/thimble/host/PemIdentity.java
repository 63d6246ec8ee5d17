/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.identity.Identity;

/** A client's certificate chain and private key, read from PEM files as OpenSSL writes them. */
public final class PemIdentity {

	private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

	private final byte[] certificates;
	private final byte[] key;

	private PemIdentity(byte[] certificates, byte[] key) {
		this.certificates = certificates;
		this.key = key;
	}

	/**
	 * Reads a chain and a key, and sees that they belong together.
	 *
	 * @param chainFile
	 *            the client's certificate, then those of the authorities between it and the root.
	 * @param keyFile
	 *            the private key, PKCS #8, SEC 1 or PKCS #1; can be the same file.
	 * @throws CommandFailure
	 *             with a sentence for the user.
	 */
	public static PemIdentity read(Path chainFile, Path keyFile) throws IOException {
		byte[] chain = certificates(chainFile);
		byte[] key = key(keyFile);
		try {
			if (isRsa(key)) {
				Identity.rsa(new PortableCrypto(), chain, key)[0].wipe();
			} else {
				new Identity(new PortableEcCrypto(), chain, key).wipe();
			}
		} catch (IllegalArgumentException e) {
			throw new CommandFailure("The certificate in " + chainFile + " and the key in " + keyFile + " cannot be used: " + e.getMessage() + ".");
		}
		return new PemIdentity(chain, key);
	}

	/**
	 * Reads a private key alone.
	 *
	 * @throws CommandFailure
	 *             with a sentence for the user.
	 */
	public static byte[] readKey(Path file) throws IOException {
		return key(file);
	}

	/** Gets the chain, DER, one certificate behind the other. */
	public byte[] certificates() {
		return this.certificates.clone();
	}

	/** Gets the private key, DER, PKCS #8 or SEC 1, or PKCS #1 if it is of RSA. */
	public byte[] key() {
		return this.key.clone();
	}

	/** Tells whether the private key is of RSA, which {@link Identity#rsa} takes. */
	public boolean isRsa() {
		return isRsa(this.key);
	}

	/** Tells whether a private key in DER is of RSA, in PKCS #8 or PKCS #1. */
	static boolean isRsa(byte[] key) {
		try {
			ASN1Sequence sequence = ASN1Sequence.getInstance(key);
			return sequence.size() > 1 && (sequence.getObjectAt(1) instanceof ASN1Integer
					|| PrivateKeyInfo.getInstance(sequence).getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption));
		} catch (IllegalArgumentException | ClassCastException e) {
			return false;
		}
	}

	/** Overwrites the private key. */
	public void wipe() {
		Arrays.fill(this.key, (byte) 0);
	}

	private static byte[] certificates(Path file) throws IOException {
		Matcher blocks = BLOCK.matcher(text(file));
		ByteArrayOutputStream chain = new ByteArrayOutputStream();
		while (blocks.find()) {
			if (blocks.group(1).equals("CERTIFICATE") || blocks.group(1).equals("X509 CERTIFICATE")) {
				chain.writeBytes(decode(blocks.group(2), file));
			}
		}
		if (chain.size() == 0) {
			throw new CommandFailure("There is no certificate in " + file + "; it is PEM, with -----BEGIN CERTIFICATE----- lines.");
		}
		return chain.toByteArray();
	}

	private static byte[] key(Path file) throws IOException {
		Matcher blocks = BLOCK.matcher(text(file));
		while (blocks.find()) {
			String label = blocks.group(1);
			if (label.equals("ENCRYPTED PRIVATE KEY") || label.endsWith("PRIVATE KEY") && blocks.group(2).contains("ENCRYPTED")) {
				throw new CommandFailure("The private key in " + file + " is encrypted; write it without a password (openssl pkey -in FILE -out PLAIN).");
			}
			if (label.equals("PRIVATE KEY") || label.equals("EC PRIVATE KEY") || label.equals("RSA PRIVATE KEY")) {
				return decode(blocks.group(2), file);
			}
			if (label.endsWith("PRIVATE KEY")) {
				throw new CommandFailure("The private key in " + file + " is of the kind " + label + ", which cannot be used; "
						+ "make an EC key on P-256 or P-384, an Ed25519 key, or an RSA key.");
			}
		}
		throw new CommandFailure("There is no private key in " + file + "; it is PEM, with -----BEGIN PRIVATE KEY----- or EC PRIVATE KEY.");
	}

	private static String text(Path file) throws IOException {
		return Files.readString(file, StandardCharsets.ISO_8859_1);
	}

	private static byte[] decode(String base64, Path file) {
		String text = base64.replaceAll("\\s", "");
		try {
			return Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
		} catch (IllegalArgumentException e) {
			throw new CommandFailure("A block of " + file + " is not base64; the file is damaged.");
		}
	}
}
