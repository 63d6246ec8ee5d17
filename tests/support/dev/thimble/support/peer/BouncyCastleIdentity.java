/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.util.Arrays;
import java.util.Vector;

import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import dev.thimble.host.Identity;
import dev.thimble.support.TestPki.Chain;

/** What Bouncy Castle's client and server have in common. */
final class BouncyCastleIdentity {

	static final int[] CERTIFICATE_SUITES = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
			CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 };
	static final int[] PSK_SUITES = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
			CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256,
			CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8 };

	private BouncyCastleIdentity() {
	}

	static ProtocolVersion[] versions(Version version) {
		return version == Version.TLS13 ? ProtocolVersion.TLSv13.only() : ProtocolVersion.TLSv12.only();
	}

	static Vector<ProtocolName> protocols(String... names) {
		Vector<ProtocolName> protocols = new Vector<>();
		for (String name : names) {
			protocols.add(ProtocolName.asUtf8Encoding(name));
		}
		return protocols;
	}

	/** The key of a chain with its certificates, or with nothing but its public key. */
	static TlsCredentialedSigner signer(TlsContext context, BcTlsCrypto crypto, Chain chain, boolean raw) throws IOException {
		Identity[] path = chain.path();
		CertificateEntry[] entries = new CertificateEntry[raw ? 1 : path.length];
		for (int i = 0; i < entries.length; i++) {
			entries[i] = new CertificateEntry(raw ? crypto.createCertificate(CertificateType.RawPublicKey, path[0].keys().getPublic().getEncoded())
					: crypto.createCertificate(path[i].certificate()), null);
		}
		byte[] requestContext = TlsUtils.isTLSv13(context) ? TlsUtils.EMPTY_BYTES : null;
		Certificate certificate = new Certificate(raw ? CertificateType.RawPublicKey : CertificateType.X509, requestContext, entries);
		return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto,
				PrivateKeyFactory.createKey(path[0].keys().getPrivate().getEncoded()), certificate,
				SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
	}

	/** Accepts nothing but exactly this chain, or its public key. */
	static void verify(Certificate received, Chain expected, boolean raw) throws IOException {
		Identity[] path = expected.path();
		boolean right = received.getLength() == (raw ? 1 : path.length);
		for (int i = 0; right && i < received.getLength(); i++) {
			byte[] wanted = raw ? path[0].keys().getPublic().getEncoded() : path[i].certificate();
			right = Arrays.equals(wanted, received.getCertificateAt(i).getEncoded());
		}
		if (!right) {
			throw new TlsFatalAlert(AlertDescription.bad_certificate);
		}
	}
}
