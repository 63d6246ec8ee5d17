/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.BasicTlsPSKExternal;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.PRFAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsPSKExternal;
import org.bouncycastle.tls.TlsPSKIdentity;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsProtocol;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsRawKeyCertificate;

/** Bouncy Castle's TLS against a scripted peer, in memory. */
final class BcPeer {

	final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
	final int suite;
	final ProtocolVersion version;
	/** The pre-shared key, or null. */
	Psk psk;
	/** Whether certificates are raw public keys. */
	boolean rawKeys;
	/** Its certificate and key, or null. */
	ServerIdentity identity;
	/** A session to resume, as a client of TLS 1.2. */
	TlsSession session;
	/** What it has made of the last handshake. */
	TlsSession established;
	boolean requestsCertificate;
	byte[] clientCertificate;

	private final Peer peer;
	private TlsProtocol protocol;
	private byte[] received = new byte[0];

	BcPeer(Peer peer, ProtocolVersion version, int suite) {
		this.peer = peer;
		this.version = version;
		this.suite = suite;
	}

	/** Starts in the role that the peer has not. */
	BcPeer start() throws IOException {
		if (this.peer.isClient()) {
			TlsServerProtocol server = new TlsServerProtocol();
			server.accept(new Server());
			this.protocol = server;
		} else {
			TlsClientProtocol client = new TlsClientProtocol();
			client.connect(new Client());
			this.protocol = client;
		}
		return this;
	}

	void send(byte[] data) throws IOException {
		this.protocol.writeApplicationData(data, 0, data.length);
		run();
	}

	byte[] received() {
		return this.received;
	}

	boolean connected() {
		return this.protocol.isConnected();
	}

	void run() throws IOException {
		for (int quiet = 0; quiet < 3; quiet++) {
			byte[] out = new byte[this.protocol.getAvailableOutputBytes()];
			this.protocol.readOutput(out, 0, out.length);
			this.peer.receive(out);
			byte[] in = this.peer.take();
			if (in.length > 0 || out.length > 0) {
				quiet = 0;
			}
			if (in.length > 0) {
				this.protocol.offerInput(in);
			}
			byte[] data = new byte[this.protocol.getAvailableInputBytes()];
			this.protocol.readInput(data, 0, data.length);
			this.received = Octets.concat(this.received, data);
		}
	}

	/** Delivers an alert that a failure has left. */
	void drain() {
		byte[] out = new byte[this.protocol.getAvailableOutputBytes()];
		this.protocol.readOutput(out, 0, out.length);
		this.peer.receive(out);
	}

	private TlsCredentials credentials(TlsCryptoParameters parameters) throws IOException {
		TlsCertificate[] chain = new TlsCertificate[this.rawKeys ? 1 : this.identity.chain.size()];
		CertificateEntry[] entries = new CertificateEntry[chain.length];
		for (int i = 0; i < chain.length; i++) {
			chain[i] = this.rawKeys ? new BcTlsRawKeyCertificate(this.crypto, this.identity.rawKey())
					: this.crypto.createCertificate(this.identity.chain.get(i));
			entries[i] = new CertificateEntry(chain[i], null);
		}
		boolean tls13 = this.version == ProtocolVersion.TLSv13;
		short type = this.rawKeys ? CertificateType.RawPublicKey : CertificateType.X509;
		Certificate certificate = tls13 ? new Certificate(type, new byte[0], entries) : new Certificate(type, null, entries);
		AsymmetricKeyParameter key = PrivateKeyFactory.createKey(PrivateKeyInfo.getInstance(this.identity.key.getEncoded()));
		SignatureAndHashAlgorithm algorithm = SignatureScheme.getSignatureAndHashAlgorithm(this.identity.scheme);
		return new BcDefaultTlsCredentialedSigner(parameters, this.crypto, key, certificate, algorithm);
	}

	private final class Client extends DefaultTlsClient {

		Client() {
			super(BcPeer.this.crypto);
		}

		@Override
		protected ProtocolVersion[] getSupportedVersions() {
			return BcPeer.this.version.only();
		}

		@Override
		protected int[] getSupportedCipherSuites() {
			return new int[] { BcPeer.this.suite };
		}

		@Override
		protected Vector<ServerName> getSNIServerNames() {
			return new Vector<>(List.of(new ServerName((short) 0, ServerIdentity.SERVER_NAME.getBytes(StandardCharsets.US_ASCII))));
		}

		@Override
		public Vector<TlsPSKExternal> getExternalPSKs() {
			return BcPeer.this.psk == null || BcPeer.this.version != ProtocolVersion.TLSv13 ? null : new Vector<>(List.of(external()));
		}

		@Override
		public TlsPSKIdentity getPSKIdentity() {
			return new BasicTlsPSKIdentity(BcPeer.this.psk.identity, BcPeer.this.psk.key);
		}

		@Override
		protected short[] getAllowedServerCertificateTypes() {
			return BcPeer.this.rawKeys ? new short[] { CertificateType.RawPublicKey } : null;
		}

		@Override
		protected short[] getAllowedClientCertificateTypes() {
			return BcPeer.this.rawKeys ? new short[] { CertificateType.RawPublicKey } : null;
		}

		@Override
		public TlsSession getSessionToResume() {
			return BcPeer.this.session;
		}

		@Override
		public void notifyHandshakeComplete() throws IOException {
			super.notifyHandshakeComplete();
			BcPeer.this.established = this.context.getResumableSession();
		}

		@Override
		public TlsAuthentication getAuthentication() {
			return new TlsAuthentication() {
				@Override
				public void notifyServerCertificate(TlsServerCertificate certificate) {
					// The scripted server's signature is what the tests are about; bctls checks it itself.
				}

				@Override
				public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
					return BcPeer.this.identity == null ? null : credentials(new TlsCryptoParameters(Client.this.context));
				}
			};
		}
	}

	private TlsPSKExternal external() {
		return new BasicTlsPSKExternal(this.psk.identity, this.crypto.createSecret(this.psk.key),
				this.psk.digest.equals("SHA-384") ? PRFAlgorithm.tls13_hkdf_sha384 : PRFAlgorithm.tls13_hkdf_sha256);
	}

	private final class Server extends DefaultTlsServer {

		Server() {
			super(BcPeer.this.crypto);
		}

		@Override
		protected ProtocolVersion[] getSupportedVersions() {
			return BcPeer.this.version.only();
		}

		@Override
		protected int[] getSupportedCipherSuites() {
			return new int[] { BcPeer.this.suite };
		}

		@Override
		public TlsPSKExternal getExternalPSK(@SuppressWarnings("rawtypes") Vector identities) {
			return BcPeer.this.psk == null ? null : external();
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
					return java.util.Arrays.equals(identity, BcPeer.this.psk.identity) ? BcPeer.this.psk.key.clone() : null;
				}
			};
		}

		@Override
		protected short[] getAllowedClientCertificateTypes() {
			return BcPeer.this.rawKeys ? new short[] { CertificateType.RawPublicKey } : null;
		}

		@Override
		public TlsCredentials getCredentials() throws IOException {
			return BcPeer.this.identity == null ? null : credentials(new TlsCryptoParameters(this.context));
		}

		@Override
		public CertificateRequest getCertificateRequest() throws IOException {
			if (!BcPeer.this.requestsCertificate) {
				return null;
			}
			Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
			algorithms.add(SignatureScheme.getSignatureAndHashAlgorithm(TlsNumbers.ECDSA_SECP256R1_SHA256));
			algorithms.add(SignatureScheme.getSignatureAndHashAlgorithm(TlsNumbers.RSA_PSS_RSAE_SHA256));
			return BcPeer.this.version == ProtocolVersion.TLSv13 ? new CertificateRequest(new byte[0], algorithms, null, null)
					: new CertificateRequest(new short[] { 64, 1 }, algorithms, null);
		}

		@Override
		public void notifyClientCertificate(Certificate certificate) throws IOException {
			BcPeer.this.clientCertificate = certificate.isEmpty() ? new byte[0] : certificate.getCertificateAt(0).getEncoded();
		}
	}
}
