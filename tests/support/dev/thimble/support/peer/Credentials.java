/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.bouncycastle.util.encoders.Hex;

import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;
import dev.thimble.support.ClientPki;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** What the two sides of a connection prove themselves with, whoever is which. */
public final class Credentials {

	/** The server's chain. */
	public static final Chain SERVER = TestPki.chain(KeyKind.P256, 2);
	/** The client's chain. */
	public static final Chain CLIENT = ClientPki.chain(KeyKind.P256, 2, 0);
	/** The common name in the client's certificate. */
	public static final String CLIENT_NAME = "client P256";
	/** The external pre-shared key. */
	public static final byte[] PSK = "what both were told beforehand..".getBytes(StandardCharsets.US_ASCII);
	/** Its identity. */
	public static final String PSK_IDENTITY = "device-0042";
	/** The application protocol both know. */
	public static final String ALPN = "mqtt";
	/** An application protocol only the client of two knows. */
	public static final String OTHER_ALPN = "coap";
	/** The length a record may have where {@link Mode#RECORD_SIZE} is tried. */
	public static final int RECORD_SIZE = 512;

	private static final Base64.Encoder MIME = Base64.getMimeEncoder(64, new byte[] { '\n' });

	private Credentials() {
	}

	/**
	 * Writes the files programs read into a folder: server.pem (the leaf), server-chain.pem, server-rest.pem (the intermediates), server.key,
	 * server-raw.pem and .der (the public key), root.pem (the server's), the same for client, client-root.pem, and psk.txt as GnuTLS reads it.
	 */
	static void write(Path folder) throws IOException {
		write(folder, "server", SERVER);
		write(folder, "client", CLIENT);
		Identity.writeChain(folder.resolve("root.pem"), SERVER.root());
		Identity.writeChain(folder.resolve("client-root.pem"), CLIENT.root());
		Files.writeString(folder.resolve("psk.txt"), PSK_IDENTITY + ":" + pskHex() + "\n");
	}

	private static void write(Path folder, String name, Chain chain) throws IOException {
		Identity[] path = chain.path();
		Identity[] rest = new Identity[path.length - 1];
		System.arraycopy(path, 1, rest, 0, rest.length);
		Identity.writeChain(folder.resolve(name + ".pem"), path[0]);
		Identity.writeChain(folder.resolve(name + "-chain.pem"), path);
		Identity.writeChain(folder.resolve(name + "-rest.pem"), rest);
		path[0].writeKey(folder.resolve(name + ".key"));
		byte[] raw = path[0].keys().getPublic().getEncoded();
		Files.write(folder.resolve(name + "-raw.der"), raw);
		Files.writeString(folder.resolve(name + "-raw.pem"),
				"-----BEGIN PUBLIC KEY-----\n" + MIME.encodeToString(raw) + "\n-----END PUBLIC KEY-----\n");
	}

	/** Gets the pre-shared key in hexadecimal digits. */
	static String pskHex() {
		return Hex.toHexString(PSK);
	}

	/** Gets the SHA-256 digest of the server's public key, in hexadecimal digits. */
	static String rawKeyDigest() {
		try {
			return Hex.toHexString(MessageDigest.getInstance("SHA-256").digest(SERVER.leaf().keys().getPublic().getEncoded()));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
