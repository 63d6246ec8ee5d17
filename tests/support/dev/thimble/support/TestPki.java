/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.thimble.host.CertificateMaker;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;

/**
 * Certificates for tests: a root, intermediates and a leaf for each kind of key. Keys are made once a JVM; the slow ones (RSA) come from
 * {@code tests/data/keys}.
 */
public final class TestPki {

	/** The DNS name of every leaf made here; the others are {@code localhost}, 127.0.0.1 and ::1. */
	public static final String HOST = "server.thimble.test";

	private static final int STORED_KEYS = 2;
	private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
	private static final Map<String, Chain> CHAINS = new ConcurrentHashMap<>();

	private TestPki() {
	}

	/** A root that a client trusts, and the path a server sends, the leaf first, without the root. */
	public static final class Chain {

		private final Identity root;
		private final Identity[] path;

		/** Creates a chain; the path may be anything, also wrong. */
		public Chain(Identity root, Identity... path) {
			this.root = root;
			this.path = path.clone();
		}

		/** Gets the root. */
		public Identity root() {
			return this.root;
		}

		/** Gets the leaf. */
		public Identity leaf() {
			return this.path[0];
		}

		/** Gets what the server sends, the leaf first. */
		public Identity[] path() {
			return this.path.clone();
		}

		/** Gets the bytes of all certificates a server sends. */
		public int bytes() {
			int sum = 0;
			for (Identity identity : this.path) {
				sum += identity.certificate().length;
			}
			return sum;
		}
	}

	/**
	 * Gets one of the keys of a kind. RSA keys repeat, the others do not.
	 *
	 * @param index
	 *            0 or more; the same index gives the same key for the life of the JVM.
	 */
	public static KeyPair key(KeyKind kind, int index) {
		int stored = kind.modulusBits() == 0 ? index : index % STORED_KEYS;
		return KEYS.computeIfAbsent(kind + " " + stored, name -> {
			try {
				return kind.modulusBits() == 0 ? kind.generate() : stored(kind, stored + 1);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		});
	}

	/**
	 * Gets a chain whose keys are all of one kind.
	 *
	 * @param length
	 *            how many certificates the server sends: the leaf and length - 1 intermediates.
	 */
	public static Chain chain(KeyKind kind, int length) {
		return CHAINS.computeIfAbsent(kind + " " + length, name -> {
			try {
				Identity root = root(kind);
				Identity[] path = new Identity[length];
				Identity issuer = root;
				for (int i = length - 1; i > 0; i--) {
					issuer = new CertificateMaker("CN=Intermediate " + i + " of " + name + ",O=Thimble tests", key(kind, i)).authority(i - 1)
							.issuedBy(issuer).make();
					path[i] = issuer;
				}
				path[0] = leaf(kind).issuedBy(issuer).make();
				return new Chain(root, path);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		});
	}

	/** Makes a root. */
	public static Identity root(KeyKind kind) throws GeneralSecurityException, IOException {
		return new CertificateMaker("CN=Root " + kind + ",O=Thimble tests", key(kind, 7)).authority().make();
	}

	/** Starts a leaf for {@link #HOST} and its other names; the caller says who issues it, and what is wrong with it. */
	public static CertificateMaker leaf(KeyKind kind) {
		return new CertificateMaker("CN=" + HOST, key(kind, 0)).dns(HOST, "localhost").ip("127.0.0.1", "::1");
	}

	/** Flips a bit of a certificate's signature. */
	public static Identity tampered(Identity identity) {
		byte[] der = identity.certificate();
		der[der.length - 7] ^= 1;
		return identity.withCertificate(der);
	}

	/** Concatenates the certificates of a path. */
	public static byte[][] certificates(Identity... path) {
		return Arrays.stream(path).map(Identity::certificate).toArray(byte[][]::new);
	}

	/** Finds a file of tests/data from the folder the tests run in or one above it. */
	public static Path data(String name) {
		for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
			Path file = folder.resolve("tests").resolve("data").resolve(name);
			if (Files.exists(file)) {
				return file;
			}
		}
		throw new IllegalStateException("There is no tests/data/" + name + " at or above " + Path.of("").toAbsolutePath());
	}

	private static KeyPair stored(KeyKind kind, int number) throws IOException, GeneralSecurityException {
		String name = kind == KeyKind.RSA_PSS ? "rsa-pss" : "rsa-" + kind.modulusBits();
		String pem = Files.readString(data("keys/" + name + "-" + number + ".pem"), StandardCharsets.US_ASCII);
		byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
		KeyFactory factory = KeyFactory.getInstance(kind == KeyKind.RSA_PSS ? "RSASSA-PSS" : "RSA");
		PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(der));
		RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key;
		return new KeyPair(factory.generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())), key);
	}
}
