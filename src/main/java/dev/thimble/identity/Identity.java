/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.identity;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.RsaSigner;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;

/**
 * What a device proves itself with: a certificate chain and the private key that belongs to its first certificate; or a key pair alone, whose
 * public half is sent as it is ({@link #rawKey}, RFC 7250).
 *
 * <p>The chain is the caller's array (flash will do) and is not copied: certificates in DER, one directly behind the other, the device's own
 * first, then the one that issued it, and so on; the root may be left out. An identity is used by one engine, that of the provider it was made
 * with.
 */
public final class Identity {

	private static final String TEXT = "Thimble asks: does this private key belong to this certificate?";
	/** Numbers kept for a certificate: its offset, and where its issuer's name begins and ends. */
	private static final int NUMBERS = 3;
	/** Length of what an RSA key signs for a trial. */
	private static final int DIGEST = 32;

	private final byte[] certificates;
	private final Signer signer;
	private final int[] positions;
	private final int signatures;
	private final boolean bare;

	/**
	 * Creates an identity whose key is held in RAM.
	 *
	 * @param crypto
	 *            the engine's provider.
	 * @param certificates
	 *            the chain, DER; kept, not copied.
	 * @param privateKey
	 *            the key, EC on P-256 or P-384 or Ed25519, in DER: PKCS #8 (RFC 5958) or SEC 1 (RFC 5915), not encrypted. Copied; the caller
	 *            wipes its own.
	 * @throws IllegalArgumentException
	 *             if one of the two cannot be read or used, or the key does not belong to the first certificate; the text says which.
	 */
	public Identity(CryptoProvider crypto, byte[] certificates, byte[] privateKey) {
		this(crypto, certificates, new PrivateKeyReader(crypto, privateKey).signer());
	}

	/**
	 * Creates an identity whose key is wherever the signer has it. A signature is made and verified, to see that key and certificate belong
	 * together: that takes as long as half a handshake.
	 *
	 * @param crypto
	 *            the engine's provider.
	 * @param certificates
	 *            the chain, DER; kept, not copied.
	 * @param signer
	 *            the key.
	 * @throws IllegalArgumentException
	 *             if the chain cannot be read, the key cannot be used, or it does not belong to the first certificate; the text says which.
	 */
	public Identity(CryptoProvider crypto, byte[] certificates, Signer signer) {
		this(certificates, signer);
		CertificateView leaf = new CertificateView(certificates, 0, certificates.length);
		prove(crypto, leaf.algorithm, leaf.key, leaf.keyEnd);
	}

	/** Lays out the chain, and proves nothing. */
	private Identity(byte[] certificates, Signer signer) {
		this.certificates = certificates;
		this.signer = signer;
		this.bare = false;
		int count = 0;
		for (int at = 0; at < certificates.length; count++) {
			at = new CertificateView(certificates, at, certificates.length).end;
		}
		this.positions = new int[NUMBERS * count];
		int signatures = 0;
		int at = 0;
		for (int i = 0; i < this.positions.length; i += NUMBERS) {
			CertificateView view = new CertificateView(certificates, at, certificates.length);
			this.positions[i] = at;
			this.positions[i + 1] = view.issuer;
			this.positions[i + 2] = view.issuerEnd;
			signatures |= view.signature;
			at = view.end;
		}
		this.signatures = signatures;
	}

	/**
	 * Creates the identities that an RSA key in RAM makes. There are two, with the same key and chain: the first signs with PSS, which TLS 1.3 wants,
	 * the second with PKCS #1 v1.5, for servers that speak TLS 1.2 and have nothing else. A key with 2048 bits takes 1.5 KB. A signature is made, which
	 * takes longer than a handshake.
	 *
	 * @param crypto
	 *            the engine's provider.
	 * @param certificates
	 *            the chain, DER; kept, not copied.
	 * @param privateKey
	 *            the key, RSA with 2048 to 4096 bits and two primes of half that, in DER: PKCS #8 (RFC 5958) or PKCS #1 (RFC 8017 §A.1.2), not encrypted.
	 *            Copied; the caller wipes its own.
	 * @return both, for {@code EngineConfig.identity}.
	 * @throws IllegalArgumentException
	 *             if one of the two cannot be read or used, or the key does not belong to the first certificate; the text says which.
	 */
	public static Identity[] rsa(PortableCrypto crypto, byte[] certificates, byte[] privateKey) {
		byte[] key = RsaKeyReader.privateKey(privateKey);
		try {
			CertificateView leaf = new CertificateView(certificates, 0, certificates.length);
			if (!RsaKeyReader.belongs(certificates, leaf.algorithm, leaf.key, leaf.keyEnd, key)) {
				throw new IllegalArgumentException("The private key does not belong to the first certificate");
			}
			RsaSigner signer = crypto.newRsaSigner(SignatureVerifier.RSA_PSS, key, 0);
			// the signer verifies what it makes
			if (sign(signer, new byte[DIGEST], DIGEST, new byte[signer.maxSignatureLength()]) < 0) {
				throw new IllegalArgumentException("The private key could not sign");
			}
			return new Identity[] { new Identity(certificates, signer), new Identity(certificates, signer.other()) };
		} finally {
			for (int i = key.length; --i >= 0;) {
				key[i] = 0;
			}
		}
	}

	/** Creates an identity that has a public key and no certificate. */
	private Identity(byte[] publicKey, CryptoProvider crypto, Signer signer) {
		this.certificates = publicKey;
		this.signer = signer;
		this.bare = true;
		this.positions = new int[NUMBERS];
		this.signatures = 0;
		int end = publicKey.length;
		int algorithm = DerView.is(DerView.SEQUENCE, publicKey, 0, end) && DerView.end(publicKey, 0, end) == end
				? DerView.content(publicKey, 0, end)
				: -1;
		int bits = DerView.end(publicKey, algorithm, end);
		int key = DerView.is(DerView.BIT_STRING, publicKey, bits, end) ? DerView.content(publicKey, bits, end) : -1;
		if (key < 0 || DerView.end(publicKey, bits, end) != end || key == end || publicKey[key] != 0) {
			throw new IllegalArgumentException("The public key is not a SubjectPublicKeyInfo in DER");
		}
		prove(crypto, algorithm, key + 1, end);
	}

	/**
	 * Creates an identity without a certificate (RFC 7250), whose key is held in RAM.
	 *
	 * @param crypto
	 *            the engine's provider.
	 * @param privateKey
	 *            the key, as above; the public half, which the peer has to know, is computed from it.
	 * @return a new identity; {@link #certificates()} is its SubjectPublicKeyInfo.
	 * @throws IllegalArgumentException
	 *             if the key cannot be read or used; the text says why.
	 */
	public static Identity rawKey(CryptoProvider crypto, byte[] privateKey) {
		PrivateKeyReader reader = new PrivateKeyReader(crypto, privateKey);
		return rawKey(crypto, PublicHalf.of(crypto, reader.signer(), privateKey, reader.key()), reader.signer());
	}

	/**
	 * Creates an identity without a certificate (RFC 7250), whose key is wherever the signer has it. A signature is made and verified, as above.
	 *
	 * @param crypto
	 *            the engine's provider.
	 * @param publicKey
	 *            its public half: a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER, as {@code openssl pkey -pubout -outform DER} makes it; kept,
	 *            not copied.
	 * @param signer
	 *            the key.
	 * @return a new identity.
	 * @throws IllegalArgumentException
	 *             if the public key cannot be read, the key cannot be used, or the two do not belong together; the text says which.
	 */
	public static Identity rawKey(CryptoProvider crypto, byte[] publicKey, Signer signer) {
		return new Identity(publicKey, crypto, signer);
	}

	/** Signs with the private key and verifies with the public one, of which there is a name for what is said to be wrong. */
	private void prove(CryptoProvider crypto, int algorithmAt, int key, int keyEnd) {
		int algorithm = this.signer.algorithm();
		SignatureVerifier verifier = crypto.newVerifier(algorithm);
		Hash hash = crypto.workHash(algorithm == SignatureVerifier.ECDSA_P384 ? Hash.SHA_384 : Hash.SHA_256);
		if (verifier == null || hash == null) {
			throw new IllegalArgumentException("The provider lacks what the private key's algorithm needs");
		}
		if (KeyAlgorithm.of(this.certificates, algorithmAt, keyEnd) != algorithm || keyEnd - key != KeyAlgorithm.publicLength(algorithm)) {
			// Whole sentences: joining strings would bring classes into a firmware that it has no other use for.
			throw new IllegalArgumentException(this.bare ? "The private key is of another kind than the public key"
					: "The private key is of another kind than the first certificate's");
		}
		byte[] content = new byte[TEXT.length()];
		for (int i = 0; i < content.length; i++) {
			content[i] = (byte) TEXT.charAt(i);
		}
		int length = content.length;
		if (algorithm != SignatureVerifier.ED25519) {
			hash.reset();
			hash.update(content, 0, length);
			hash.digest(content, 0);
			length = hash.length();
		}
		byte[] signature = new byte[this.signer.maxSignatureLength()];
		int signatureLength = sign(this.signer, content, length, signature);
		if (signatureLength < 0) {
			throw new IllegalArgumentException("The private key could not sign");
		}
		verifier.start(this.certificates, key, keyEnd - key, content, 0, length, signature, 0, signatureLength);
		while (!verifier.step()) {
			continue;
		}
		if (!verifier.result()) {
			throw new IllegalArgumentException(this.bare ? "The private key does not belong to the public key"
					: "The private key does not belong to the first certificate");
		}
	}

	private static int sign(Signer signer, byte[] content, int length, byte[] signature) {
		signer.start(content, 0, length);
		while (!signer.step()) {
			continue;
		}
		return signer.result(signature, 0);
	}

	/**
	 * Gets the key.
	 *
	 * @return the signer.
	 */
	public Signer signer() {
		return this.signer;
	}

	/**
	 * Tells whether there is no certificate: then the public key stands in place of a chain of one.
	 *
	 * @return true if it was made by {@link #rawKey}.
	 */
	public boolean isRawKey() {
		return this.bare;
	}

	/**
	 * Gets the chain, or the SubjectPublicKeyInfo of a raw key.
	 *
	 * @return the caller's array, or for a raw key that was computed its own.
	 */
	public byte[] certificates() {
		return this.certificates;
	}

	/**
	 * Gets the number of certificates.
	 *
	 * @return 1 or more.
	 */
	public int count() {
		return this.positions.length / NUMBERS;
	}

	/**
	 * Gets where a certificate begins.
	 *
	 * @param index
	 *            0 for the identity's own; {@link #count()} gives the end of the last.
	 * @return an index of {@link #certificates()}.
	 */
	public int offset(int index) {
		int at = NUMBERS * index;
		return at == this.positions.length ? this.certificates.length : this.positions[at];
	}

	/**
	 * Gets where the name of a certificate's issuer begins, a Name (RFC 5280 §4.1.2.4) in DER. A raw key has none: its length is 0.
	 *
	 * @param index
	 *            of the certificate.
	 * @return an index of {@link #certificates()}.
	 */
	public int issuerOffset(int index) {
		return this.positions[NUMBERS * index + 1];
	}

	/**
	 * Gets the length of the name of a certificate's issuer.
	 *
	 * @param index
	 *            of the certificate.
	 * @return a number of bytes.
	 */
	public int issuerLength(int index) {
		return this.positions[NUMBERS * index + 2] - this.positions[NUMBERS * index + 1];
	}

	/**
	 * Gets how the certificates of the chain are signed; those that are issued by themselves do not count.
	 *
	 * @return constants of {@link CertificateSignature}, joined.
	 */
	public int signatures() {
		return this.signatures;
	}

	/**
	 * Tells whether the identity's own certificate is for a DNS name, as a server's is: by its subjectAltName, an asterisk for the leftmost label
	 * included.
	 *
	 * @param name
	 *            the name, ASCII, in whatever case.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes.
	 * @return false also if the certificate has no such names.
	 */
	public boolean isNamed(byte[] name, int offset, int length) {
		return SubjectNames.contain(this.certificates, 0, name, offset, length);
	}

	/** Wipes the private key, if it is held in RAM. The identity is of no use afterwards. */
	public void wipe() {
		this.signer.wipe();
	}
}
