/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;

import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.MaxFragmentLength;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsPSKIdentity;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import dev.thimble.support.TestPki;

/** A connection of Bouncy Castle's client. */
final class BouncyCastleClient extends AbstractTlsClient {

	/** The name in the server's certificate. */
	String serverName = "";

	private final BcTlsCrypto crypto;
	private final Version version;
	private final Mode mode;
	private final TlsSession resumed;

	/** Creates a connection; the session to resume may be null. */
	BouncyCastleClient(BcTlsCrypto crypto, Version version, Mode mode, TlsSession resumed) {
		super(crypto);
		this.crypto = crypto;
		this.version = version;
		this.mode = mode;
		this.resumed = resumed;
	}

	SecurityParameters parameters() {
		return this.context.getSecurityParametersConnection();
	}

	TlsSession session() {
		return this.context.getSession();
	}

	@Override
	protected ProtocolVersion[] getSupportedVersions() {
		return BouncyCastleIdentity.versions(this.version);
	}

	@Override
	protected int[] getSupportedCipherSuites() {
		return TlsUtils.getSupportedCipherSuites(this.crypto,
				this.mode == Mode.PSK ? BouncyCastleIdentity.PSK_SUITES : BouncyCastleIdentity.CERTIFICATE_SUITES);
	}

	@Override
	protected Vector<ProtocolName> getProtocolNames() {
		return this.mode == Mode.ALPN ? BouncyCastleIdentity.protocols(Credentials.OTHER_ALPN, Credentials.ALPN) : null;
	}

	@Override
	protected Vector<ServerName> getSNIServerNames() {
		return new Vector<>(List.of(new ServerName(NameType.host_name, TestPki.HOST.getBytes(StandardCharsets.US_ASCII))));
	}

	@Override
	protected short[] getAllowedServerCertificateTypes() {
		return this.mode == Mode.RAW_KEY ? new short[] { CertificateType.RawPublicKey } : null;
	}

	@Override
	public Hashtable<?, ?> getClientExtensions() throws IOException {
		Hashtable<?, ?> extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
		if (this.mode == Mode.RECORD_SIZE) {
			TlsExtensionsUtils.addMaxFragmentLengthExtension(extensions, MaxFragmentLength.pow2_9);
		}
		return extensions;
	}

	@Override
	public TlsSession getSessionToResume() {
		return this.resumed;
	}

	@Override
	public Vector<?> getExternalPSKs() {
		return this.mode != Mode.PSK ? null
				: new Vector<>(List.of(new BasicTlsPSKExternal(Credentials.PSK_IDENTITY.getBytes(StandardCharsets.US_ASCII),
						this.crypto.createSecret(Credentials.PSK))));
	}

	@Override
	public TlsPSKIdentity getPSKIdentity() {
		return this.mode != Mode.PSK ? null : new BasicTlsPSKIdentity(Credentials.PSK_IDENTITY, Credentials.PSK);
	}

	@Override
	public TlsAuthentication getAuthentication() {
		return new TlsAuthentication() {
			@Override
			public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
				BouncyCastleIdentity.verify(certificate.getCertificate(), Credentials.SERVER, BouncyCastleClient.this.mode == Mode.RAW_KEY);
				BouncyCastleClient.this.serverName = TestPki.HOST;
			}

			@Override
			public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
				return BouncyCastleClient.this.mode != Mode.MUTUAL ? null
						: BouncyCastleIdentity.signer(BouncyCastleClient.this.context, BouncyCastleClient.this.crypto, Credentials.CLIENT, false);
			}
		};
	}
}
