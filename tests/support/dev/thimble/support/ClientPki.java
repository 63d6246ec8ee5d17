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
import java.security.GeneralSecurityException;
import java.util.Arrays;

import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.KeyPurposeId;

import dev.thimble.host.CertificateMaker;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.support.TestPki.Chain;

/** Certificates of clients, with keys of one kind throughout. */
public final class ClientPki {

	/** The place of a client's key among those of {@link TestPki#key}, where no server's is. */
	private static final int KEY = 20;

	private ClientPki() {
	}

	/**
	 * Makes a chain.
	 *
	 * @param length
	 *            how many certificates the client sends.
	 * @param padding
	 *            bytes to make the client's own certificate longer by.
	 */
	public static Chain chain(KeyKind kind, int length, int padding) {
		try {
			Identity root = new CertificateMaker("CN=Root of clients " + kind + ",O=Thimble tests", TestPki.key(kind, KEY + 9)).authority().make();
			Identity[] path = new Identity[length];
			Identity issuer = root;
			for (int i = length - 1; i > 0; i--) {
				issuer = new CertificateMaker("CN=Authority " + i + " of clients " + kind + ",O=Thimble tests", TestPki.key(kind, KEY + i))
						.authority(i - 1).issuedBy(issuer).make();
				path[i] = issuer;
			}
			CertificateMaker leaf = new CertificateMaker("CN=client " + kind, TestPki.key(kind, KEY)).purposes(KeyPurposeId.id_kp_clientAuth)
					.issuedBy(issuer);
			if (padding > 0) {
				// netscape-comment, which everybody ignores: an IA5String.
				byte[] value = new byte[padding];
				Arrays.fill(value, (byte) 'x');
				leaf.extension("2.16.840.1.113730.1.13", false, new DERIA5String(new String(value, StandardCharsets.US_ASCII)));
			}
			path[0] = leaf.make();
			return new Chain(root, path);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The certificates a client sends, DER, one behind the other. */
	public static byte[] certificates(Chain chain) {
		return Octets.concat(TestPki.certificates(chain.path()));
	}

	/** The client's private key, PKCS #8. */
	public static byte[] key(Chain chain) {
		return chain.leaf().keys().getPrivate().getEncoded();
	}
}
