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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.thimble.support.ClientPki;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** Chains and keys as users have them in files, and a sentence for what cannot be used. */
final class PemIdentityTest {

	private static final Chain CLIENT = ClientPki.chain(KeyKind.P256, 2, 0);

	@TempDir
	private Path folder;

	private Path file(String name, String text) throws IOException {
		return Files.write(this.folder.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
	}

	private Path chain() throws IOException {
		return Identity.writeChain(this.folder.resolve("chain.pem"), CLIENT.path());
	}

	private static void refused(String words, Path chain, Path key) {
		CommandFailure failure = assertThrows(CommandFailure.class, () -> PemIdentity.read(chain, key));
		assertTrue(failure.getMessage().contains(words), failure.getMessage());
		assertEquals(1, failure.getMessage().lines().count());
	}

	@ParameterizedTest
	@EnumSource(value = KeyKind.class, names = { "P256", "P384", "ED25519", "RSA2048" })
	void readsTwoFilesOrOne(KeyKind kind) throws IOException {
		Chain client = ClientPki.chain(kind, 3, 0);
		Path chain = Identity.writeChain(this.folder.resolve("chain.pem"), client.path());
		PemIdentity two = PemIdentity.read(chain, client.leaf().writeKey(this.folder.resolve("key.pem")));
		assertArrayEquals(ClientPki.certificates(client), two.certificates());
		Path all = file("all.pem", "Bag Attributes\r\n" + client.leaf().keyPem() + Files.readString(chain));
		PemIdentity one = PemIdentity.read(all, all);
		assertEquals(kind == KeyKind.RSA2048, one.isRsa());
		assertArrayEquals(two.certificates(), one.certificates());
		assertArrayEquals(two.key(), one.key());
		one.wipe();
		assertArrayEquals(new byte[two.key().length], one.key());
	}

	@Test
	void readsSec1BehindItsParameters() throws IOException {
		PrivateKeyInfo info = PrivateKeyInfo.getInstance(ClientPki.key(CLIENT));
		byte[] key = new org.bouncycastle.asn1.sec.ECPrivateKey(256,
				org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey()).getKey(), info.getPrivateKeyAlgorithm().getParameters())
				.getEncoded();
		Path file = file("ec.pem", Identity.pem("EC PARAMETERS", info.getPrivateKeyAlgorithm().getParameters().toASN1Primitive().getEncoded())
				+ Identity.pem("EC PRIVATE KEY", key));
		assertArrayEquals(key, PemIdentity.read(chain(), file).key());
	}

	@Test
	void saysWhatCannotBeUsed() throws IOException {
		Path chain = chain();
		refused("encrypted", chain, file("a", Identity.pem("ENCRYPTED PRIVATE KEY", new byte[60])));
		refused("encrypted", chain, file("b", "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
				+ "-----END EC PRIVATE KEY-----\n"));
		refused("neither PKCS #8", chain, file("c", Identity.pem("RSA PRIVATE KEY", new byte[60])));
		refused("DSA PRIVATE KEY", chain, file("dsa", Identity.pem("DSA PRIVATE KEY", new byte[60])));
		refused("OPENSSH PRIVATE KEY", chain, file("d", Identity.pem("OPENSSH PRIVATE KEY", new byte[60])));
		byte[] rsa = TestPki.key(KeyKind.RSA2048, 0).getPrivate().getEncoded();
		refused("another kind", chain, file("e", Identity.pem("PRIVATE KEY", rsa)));
		refused("another kind", chain, file("pkcs1", Identity.pem("RSA PRIVATE KEY", PrivateKeyInfo.getInstance(rsa).parsePrivateKey()
				.toASN1Primitive().getEncoded())));
		refused("no private key", chain, chain);
		refused("not base64", chain, file("f", "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n"));
		refused("does not belong", chain, file("g", Identity.pem("PRIVATE KEY", TestPki.key(KeyKind.P256, 0).getPrivate().getEncoded())));
		refused("another kind", chain, file("h", Identity.pem("PRIVATE KEY", TestPki.key(KeyKind.ED25519, 0).getPrivate().getEncoded())));
		Path key = CLIENT.leaf().writeKey(this.folder.resolve("key.pem"));
		refused("no certificate", key, key);
		refused("certificate chain", file("i", Identity.pem("CERTIFICATE", new byte[60])), key);
	}
}
