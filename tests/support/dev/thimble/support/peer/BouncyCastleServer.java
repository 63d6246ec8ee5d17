/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Vector;

import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.PskIdentity;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A connection of Bouncy Castle's server. */
final class BouncyCastleServer extends AbstractTlsServer {

	/** The name in the client's certificate. */
	String clientName = "";

	private final BcTlsCrypto crypto;
	private final Version version;
	private final Mode mode;
	private final Map<String, TlsSession> known;

	/** Creates a connection; sessions are put into the map and found there. */
	BouncyCastleServer(BcTlsCrypto crypto, Version version, Mode mode, Map<String, TlsSession> known) {
		super(crypto);
		this.crypto = crypto;
		this.version = version;
		this.mode = mode;
		this.known = known;
	}

	SecurityParameters parameters() {
		return this.context.getSecurityParametersConnection();
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
		return this.mode == Mode.ALPN ? BouncyCastleIdentity.protocols(Credentials.ALPN) : null;
	}

	@Override
	public TlsCredentials getCredentials() throws IOException {
		return this.mode == Mode.PSK ? null
				: BouncyCastleIdentity.signer(this.context, this.crypto, Credentials.SERVER, this.mode == Mode.RAW_KEY);
	}

	@Override
	public CertificateRequest getCertificateRequest() throws IOException {
		if (this.mode != Mode.MUTUAL) {
			return null;
		}
		Vector<?> schemes = TlsUtils.getDefaultSupportedSignatureAlgorithms(this.context);
		return this.version == Version.TLS13 ? new CertificateRequest(TlsUtils.EMPTY_BYTES, schemes, null, null)
				: new CertificateRequest(new short[] { ClientCertificateType.ecdsa_sign }, schemes, null);
	}

	@Override
	public void notifyClientCertificate(Certificate certificate) throws IOException {
		BouncyCastleIdentity.verify(certificate, Credentials.CLIENT, false);
		this.clientName = Credentials.CLIENT_NAME;
	}

	@Override
	public TlsPSKExternal getExternalPSK(Vector identities) {
		byte[] own = Credentials.PSK_IDENTITY.getBytes(StandardCharsets.US_ASCII);
		for (Object identity : identities) {
			if (Arrays.equals(own, ((PskIdentity) identity).getIdentity())) {
				return new BasicTlsPSKExternal(own, this.crypto.createSecret(Credentials.PSK));
			}
		}
		return null;
	}

	@Override
	public TlsPSKIdentityManager getPSKIdentityManager() {
		return new TlsPSKIdentityManager() {
			@Override
			public byte[] getHint() {
				return null;
			}

			@Override
			public byte[] getPSK(byte[] identity) {
				return Credentials.PSK_IDENTITY.equals(new String(identity, StandardCharsets.US_ASCII)) ? Credentials.PSK.clone() : null;
			}
		};
	}

	@Override
	public byte[] getNewSessionID() {
		return this.mode.resumes() ? this.crypto.createNonceGenerator(new byte[8]).generateNonce(32) : null;
	}

	@Override
	public TlsSession getSessionToResume(byte[] sessionId) {
		return sessionId == null ? null : this.known.get(BouncyCastlePeer.key(sessionId));
	}

	/** Only now the session knows its keys. */
	@Override
	public void notifyHandshakeComplete() throws IOException {
		super.notifyHandshakeComplete();
		byte[] sessionId = this.context.getSession().getSessionID();
		if (sessionId != null && sessionId.length > 0) {
			this.known.put(BouncyCastlePeer.key(sessionId), this.context.getSession());
		}
	}
}
