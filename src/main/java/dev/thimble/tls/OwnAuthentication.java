/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.Signer;
import dev.thimble.identity.Identity;

/**
 * Proves who we are (RFC 8446 §4.4): writes Certificate in pieces straight from the identity's array, has its key sign, and writes
 * CertificateVerify.
 */
/* package */ final class OwnAuthentication extends MessageWriter {

	/** 64 spaces, context, zero, transcript hash (§4.4.3). */
	private static final int MAX_CONTENT = 64 + 33 + 1 + 48;

	private static final int IDLE = 0;
	private static final int CERTIFICATE = 1;
	private static final int START_SIGNATURE = 2;
	private static final int SIGNATURE = 3;
	private static final int CERTIFICATE_VERIFY = 4;

	/** Before the first certificate: the message's header, the length of the empty context, the length of the list. */
	private static final int LIST = 4 + 1 + 3;
	/** Beside each certificate: its length, and that of its extensions, of which there are none. */
	private static final int ENTRY = 3 + 2;
	/** Before the signature: the message's header, the scheme, the signature's length. */
	private static final int VERIFY_HEADER = 4 + 2 + 2;

	private final Identity[] identities;
	private final WorkHashes hashes;
	private final boolean client;
	/** CertificateVerify, which can be longer than a record of the peer's. */
	private final byte[] verify;
	/** What is signed, or its digest, while the signer works. */
	private final byte[] content;
	private Identity identity;
	private int phase;
	private int length;
	private int written;
	private int selected;
	private boolean rawKey;
	/** Whether the messages are those of TLS 1.2 (RFC 5246 §7.4.6, §7.4.8): without contexts and extensions. */
	private boolean version12;

	/**
	 * Creates an authentication.
	 *
	 * @throws IllegalArgumentException
	 *             if an identity cannot be used.
	 */
	/* package */ OwnAuthentication(Identity[] identities, WorkHashes hashes, boolean client) {
		this.identities = identities;
		this.hashes = hashes;
		this.client = client;
		this.selected = -1;
		int longest = 0;
		// A transcript's hash has at most 48 bytes.
		int content = 48;
		for (int i = 0; i < identities.length; i++) {
			int n = identities[i].signer().maxSignatureLength();
			longest = n > longest ? n : longest;
			int scheme = scheme(identities[i]);
			if (scheme == 0) {
				throw new IllegalArgumentException("An identity's key has no signature scheme in TLS 1.3");
			}
			int hash = SignatureScheme.hash(scheme);
			if (hash != 0 && hashes.hash(hash) == null) {
				throw new IllegalArgumentException("The provider lacks the hash of an identity's signature scheme");
			}
			int signed = hash == 0 ? MAX_CONTENT : hashes.hash(hash).length();
			content = signed > content ? signed : content;
		}
		this.verify = new byte[VERIFY_HEADER + longest];
		this.content = new byte[content];
	}

	/** Gets the scheme an identity signs with, a constant of {@link SignatureScheme}; 0 for none. */
	/* package */ static int scheme(Identity identity) {
		return SignatureScheme.ofKey(identity.signer().algorithm());
	}

	/* package */ Identity[] identities() {
		return this.identities;
	}

	/** Says whether the peer wants a raw public key (RFC 7250) and no certificate. */
	/* package */ void rawKey(boolean wanted) {
		this.rawKey = wanted;
	}

	/** Tells whether an identity is of the kind the peer wants. */
	/* package */ boolean isWanted(Identity candidate) {
		return candidate.isRawKey() == this.rawKey;
	}

	/** Selects the identity that is to be sent, -1 for none. */
	/* package */ void select(int index) {
		this.selected = index;
	}

	/** Gets the index of the identity selected, -1 for none. */
	/* package */ int selected() {
		return this.selected;
	}

	/** Starts to send the identity selected. */
	/* package */ void start() {
		this.identity = this.identities[this.selected];
		this.phase = CERTIFICATE;
		this.written = 0;
		this.version12 = false;
		this.length = LIST + this.identity.certificates().length + ENTRY * this.identity.count();
	}

	/** Starts to send the identity selected in TLS 1.2. */
	/* package */ void start12() {
		start();
		this.version12 = true;
		this.length -= 1 + 2 * this.identity.count();
	}

	/** Writes the next piece of a message of at most room bytes; returns its length. */
	/* package */ int write(byte[] array, int offset, int room) {
		int n = this.length - this.written < room ? this.length - this.written : room;
		window(array, offset, this.written, this.written + n);
		if (this.phase == CERTIFICATE) {
			writeCertificate();
		} else {
			bytes(this.verify, 0, this.length);
		}
		closeWindow();
		this.written += n;
		return n;
	}

	/** §4.4.2 */
	private void writeCertificate() {
		byte[] chain = this.identity.certificates();
		u8(HandshakeType.CERTIFICATE);
		u24(this.length - 4);
		if (!this.version12) {
			u8(0);
		}
		u24(this.length - (this.version12 ? LIST - 1 : LIST));
		for (int i = 0; i < this.identity.count(); i++) {
			int start = this.identity.offset(i);
			int n = this.identity.offset(i + 1) - start;
			u24(n);
			bytes(chain, start, n);
			if (!this.version12) {
				u16(0);
			}
		}
	}

	/** Goes on after a piece has become a record; true if that was the last of CertificateVerify. */
	/* package */ boolean sent() {
		if (this.written < this.length) {
			return false;
		}
		if (this.phase == CERTIFICATE) {
			this.phase = START_SIGNATURE;
			return false;
		}
		this.phase = IDLE;
		return true;
	}

	/** Tells whether a signature is to be made before more can be written. */
	/* package */ boolean signs() {
		return this.phase == START_SIGNATURE || this.phase == SIGNATURE;
	}

	/** Works for a slice on the signature; what is signed is all up to our Certificate (§4.4.3). Returns an error of {@link TlsError}. */
	/* package */ int step(Transcript transcript) {
		Signer signer = this.identity.signer();
		int scheme = scheme(this.identity);
		if (this.phase == START_SIGNATURE) {
			byte[] work = this.content;
			if (this.version12) {
				// The hash of the messages is the digest (RFC 5246 §7.4.8).
				transcript.hash(SignatureScheme.hash(scheme), work, 0);
				signer.start(work, 0, this.hashes.hash(SignatureScheme.hash(scheme)).length());
				this.phase = SIGNATURE;
				return TlsError.NONE;
			}
			Hash hash = this.hashes.hash(SignatureScheme.hash(scheme));
			signer.start(work, 0, hash == null ? content(transcript, work) : digest(transcript, hash, work));
			this.phase = SIGNATURE;
			return TlsError.NONE;
		}
		if (!signer.step()) {
			return TlsError.NONE;
		}
		this.phase = CERTIFICATE_VERIFY;
		byte[] v = this.verify;
		int n = signer.result(v, VERIFY_HEADER);
		if (n < 0) {
			return TlsError.SIGNING_FAILED;
		}
		v[0] = HandshakeType.CERTIFICATE_VERIFY;
		v[1] = 0;
		v[2] = (byte) (n + 4 >> 8);
		v[3] = (byte) (n + 4);
		v[4] = (byte) (scheme >> 8);
		v[5] = (byte) scheme;
		v[6] = (byte) (n >> 8);
		v[7] = (byte) n;
		this.length = VERIFY_HEADER + n;
		this.written = 0;
		return TlsError.NONE;
	}

	/** Writes what is signed, for a key that signs it as it is; returns its length. */
	private int content(Transcript transcript, byte[] work) {
		int n = SignedContent.prefix(work, 0, this.client);
		transcript.hash(work, n);
		return n + transcript.length();
	}

	/** Writes the digest of what is signed, which is never there as a whole; returns its length. */
	private int digest(Transcript transcript, Hash hash, byte[] work) {
		// CertificateVerify is not made yet. The transcript comes first: it may be hashed with the same object.
		transcript.hash(this.verify, 0);
		hash.reset();
		SignedContent.prefix(hash, work, this.client);
		hash.update(this.verify, 0, transcript.length());
		hash.digest(work, 0);
		return hash.length();
	}

	/** Ends with the certificate: a server of TLS 1.2 has no CertificateVerify. */
	/* package */ void endCertificate() {
		this.phase = IDLE;
	}

	/**
	 * Starts to sign a server's parameters in TLS 1.2 (RFC 8422 §5.4); {@link #stepParameters} follows.
	 *
	 * @param parameters
	 *            what is signed; overwritten.
	 */
	/* package */ void startParameters(byte[] parameters, int offset, int length) {
		Hash hash = this.hashes.hash(SignatureScheme.hash(selectedScheme()));
		hash.reset();
		hash.update(parameters, offset, length);
		hash.digest(parameters, offset);
		this.identity = this.identities[this.selected];
		this.identity.signer().start(parameters, offset, hash.length());
		this.phase = SIGNATURE;
	}

	/** Works for a slice on that signature: 0 while it lasts, then its length; -1 if the key cannot sign. */
	/* package */ int stepParameters() {
		if (!this.identity.signer().step()) {
			return 0;
		}
		this.phase = IDLE;
		return this.identity.signer().result(this.verify, 0);
	}

	/** Gets the array of that signature, from index 0. */
	/* package */ byte[] parametersSignature() {
		return this.verify;
	}

	/** Gets the scheme of the identity selected. */
	/* package */ int selectedScheme() {
		return scheme(this.identities[this.selected]);
	}

	/** Abandons what is in progress and wipes what it left; the key stays for the next connection. */
	/* package */ void wipe() {
		if (this.phase == SIGNATURE) {
			this.identity.signer().result(this.verify, 0);
		}
		this.phase = IDLE;
		this.identity = null;
		for (int i = 0; i < this.verify.length; i++) {
			this.verify[i] = 0;
		}
	}
}
