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
 * Proves who the client is (RFC 8446 §4.4): writes Certificate in pieces straight from the identity's array, has its key sign, and writes
 * CertificateVerify.
 */
/* package */ final class OwnAuthentication {

	private static final String CONTEXT = "TLS 1.3, client CertificateVerify";
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
	private final PeerAuthentication hashes;
	private final IdentitySelector selector;
	/** CertificateVerify, which can be longer than a record of the peer's. */
	private final byte[] verify;
	/** What is signed, or its digest, while the signer works. */
	private final byte[] content;
	private Identity identity;
	private int phase;
	private int length;
	private int written;
	private byte[] out;
	private int outOffset;
	private int from;
	private int to;
	private int position;

	/**
	 * Creates an authentication.
	 *
	 * @throws IllegalArgumentException
	 *             if an identity cannot be used.
	 */
	/* package */ OwnAuthentication(Identity[] identities, PeerAuthentication hashes, MessageCursor cursor) {
		this.identities = identities;
		this.selector = new IdentitySelector(cursor, identities);
		this.hashes = hashes;
		int longest = 0;
		for (int i = 0; i < identities.length; i++) {
			int n = identities[i].signer().maxSignatureLength();
			longest = n > longest ? n : longest;
			int hash = SignatureScheme.hash(IdentitySelector.scheme(identities[i]));
			if (hash != 0 && hashes.hash(hash) == null) {
				throw new IllegalArgumentException("The provider lacks the hash of an identity's signature scheme");
			}
		}
		this.verify = new byte[VERIFY_HEADER + longest];
		this.content = new byte[MAX_CONTENT];
	}

	/** Gets what reads CertificateRequest. */
	/* package */ IdentitySelector selector() {
		return this.selector;
	}

	/** Starts to send an identity. */
	/* package */ void start(int index) {
		this.identity = this.identities[index];
		this.phase = CERTIFICATE;
		this.written = 0;
		this.length = LIST + this.identity.certificates().length + ENTRY * this.identity.count();
	}

	/** Writes the next piece of a message of at most room bytes; returns its length. */
	/* package */ int write(byte[] array, int offset, int room) {
		int n = this.length - this.written < room ? this.length - this.written : room;
		this.out = array;
		this.outOffset = offset;
		this.from = this.written;
		this.to = this.written + n;
		this.position = 0;
		if (this.phase == CERTIFICATE) {
			writeCertificate();
		} else {
			bytes(this.verify, 0, this.length);
		}
		this.out = null;
		this.written += n;
		return n;
	}

	/** §4.4.2 */
	private void writeCertificate() {
		byte[] chain = this.identity.certificates();
		u8(HandshakeType.CERTIFICATE);
		u24(this.length - 4);
		u8(0);
		u24(this.length - LIST);
		for (int i = 0; i < this.identity.count(); i++) {
			int start = this.identity.offset(i);
			int n = this.identity.offset(i + 1) - start;
			u24(n);
			bytes(chain, start, n);
			u8(0);
			u8(0);
		}
	}

	private void u24(int value) {
		u8(value >> 16);
		u8(value >> 8);
		u8(value);
	}

	private void u8(int value) {
		if (this.position >= this.from && this.position < this.to) {
			this.out[this.outOffset + this.position - this.from] = (byte) value;
		}
		this.position++;
	}

	/** Writes of some bytes those that fall into the piece. */
	private void bytes(byte[] source, int offset, int count) {
		int first = this.from > this.position ? this.from - this.position : 0;
		int end = this.to - this.position < count ? this.to - this.position : count;
		if (first < end) {
			System.arraycopy(source, offset + first, this.out, this.outOffset + this.position + first - this.from, end - first);
		}
		this.position += count;
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
		int scheme = IdentitySelector.scheme(this.identity);
		if (this.phase == START_SIGNATURE) {
			byte[] work = this.content;
			int n = PeerAuthentication.prefix(work, 0, CONTEXT);
			transcript.hash(work, n);
			n += transcript.length();
			Hash hash = this.hashes.hash(SignatureScheme.hash(scheme));
			if (hash != null) {
				hash.reset();
				hash.update(work, 0, n);
				hash.digest(work, 0);
				n = hash.length();
			}
			signer.start(work, 0, n);
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
