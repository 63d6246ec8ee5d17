/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.Hkdf;
import dev.thimble.crypto.Hmac;

/**
 * A key that client and server have been given by other means (RFC 8446 §2.2, RFC 4279), and the name they call it by.
 *
 * <p>An identity travels in the clear. A key has to be as random as it is long, with 16 bytes or more: who records a handshake can try keys at
 * leisure (RFC 9257 §4). A password is none. No more than two parties share a key, and each has one role: otherwise one of them can be made to
 * talk to itself (RFC 9257 §4.1), which {@link #imported} prevents if the context names both.
 *
 * <p>One that is not imported serves TLS 1.3 and TLS 1.2, with the hash function it is for. One that is imported is for TLS 1.3 alone.
 */
public final class PreSharedKey {

	/** Most bytes of an identity. */
	public static final int MAX_IDENTITY_LENGTH = 256;
	/** Most bytes of a key. */
	public static final int MAX_KEY_LENGTH = 64;

	/** HkdfLabel's label (RFC 9258 §4.1), with the prefix of RFC 8446 §7.1. */
	private static final String DERIVED = "tls13 derived psk";
	private static final int TLS13 = 0x0304;
	/** HKDF_SHA256 and HKDF_SHA384 (RFC 9258 §7.2). */
	private static final int HKDF_SHA256 = 1;
	private static final int HKDF_SHA384 = 2;
	private static final int MAX_VECTOR = 0xffff;
	/** What is left of a key that was wiped. */
	private static final byte[] NOTHING = new byte[0];

	private byte[] identity;
	private byte[] key;
	private final byte hash;
	private final boolean imported;

	/**
	 * Creates a key for SHA-256, which is what a key without a word about its hash function is for (RFC 8446 §4.2.11).
	 *
	 * @param identity
	 *            1 to {@value #MAX_IDENTITY_LENGTH} bytes, copied.
	 * @param key
	 *            1 to {@value #MAX_KEY_LENGTH} bytes, copied; the caller wipes its own.
	 * @throws IllegalArgumentException
	 *             if one of the two is longer or empty.
	 */
	public PreSharedKey(byte[] identity, byte[] key) {
		this(identity, key, Hash.SHA_256);
	}

	/**
	 * Creates a key.
	 *
	 * @param identity
	 *            1 to {@value #MAX_IDENTITY_LENGTH} bytes, copied.
	 * @param key
	 *            1 to {@value #MAX_KEY_LENGTH} bytes, copied; the caller wipes its own.
	 * @param hash
	 *            {@link Hash#SHA_256} or {@link Hash#SHA_384}: only cipher suites with this hash function go with the key.
	 * @throws IllegalArgumentException
	 *             if one of the three is something else.
	 */
	public PreSharedKey(byte[] identity, byte[] key, int hash) {
		this(identity, key, hash, false);
	}

	private PreSharedKey(byte[] identity, byte[] key, int hash, boolean imported) {
		if (identity.length == 0 || identity.length > MAX_IDENTITY_LENGTH) {
			throw new IllegalArgumentException("The identity of a pre-shared key has 1 to 256 bytes");
		}
		if (key.length == 0 || key.length > MAX_KEY_LENGTH) {
			throw new IllegalArgumentException("A pre-shared key has 1 to 64 bytes");
		}
		checkHash(hash);
		this.identity = copy(identity);
		this.key = copy(key);
		this.hash = (byte) hash;
		this.imported = imported;
	}

	/**
	 * Derives a key for TLS 1.3 from one that may serve other protocols and hash functions as well (RFC 9258). The peer does the same.
	 *
	 * @param crypto
	 *            the primitives; used before this method returns only.
	 * @param externalIdentity
	 *            the name of the key it is derived from, 1 byte or more.
	 * @param externalKey
	 *            that key, 1 byte or more; the caller wipes its own.
	 * @param externalHash
	 *            the hash function that key is for, a constant of {@link Hash}; SHA-256 if nobody said.
	 * @param context
	 *            what both sides know of each other, such as their names, or the protocol above; may be empty. With the identity and 8 bytes for
	 *            lengths and numbers it makes the identity of the derived key, which has at most {@value #MAX_IDENTITY_LENGTH} bytes.
	 * @param targetHash
	 *            the hash function of the derived key: {@link Hash#SHA_256} or {@link Hash#SHA_384}. For both, derive two.
	 * @return the derived key.
	 * @throws IllegalArgumentException
	 *             if a length or hash function is something else.
	 */
	public static PreSharedKey imported(CryptoProvider crypto, byte[] externalIdentity, byte[] externalKey, int externalHash, byte[] context,
			int targetHash) {
		if (externalIdentity.length == 0 || externalIdentity.length > MAX_VECTOR || context.length > MAX_VECTOR) {
			throw new IllegalArgumentException("An external identity has 1 byte or more, a context 65535 or less");
		}
		if (externalKey.length == 0) {
			throw new IllegalArgumentException("An external key has 1 byte or more");
		}
		checkHash(targetHash);
		byte[] identity = importedIdentity(externalIdentity, context, targetHash);
		Hash hash = externalHash < Hash.SHA_256 || externalHash > Hash.SHA_512 ? null : crypto.workHash(externalHash);
		if (hash == null) {
			throw new IllegalArgumentException("The provider does not have the hash function of the external key");
		}
		byte[] digest = new byte[hash.length()];
		hash.reset();
		hash.update(identity, 0, identity.length);
		hash.digest(digest, 0);
		int length = targetHash == Hash.SHA_384 ? 48 : 32;
		byte[] info = label(length, digest);
		byte[] extracted = new byte[hash.length()];
		byte[] derived = new byte[length];
		Hkdf hkdf = new Hkdf(new Hmac(hash));
		hkdf.extract(null, 0, 0, externalKey, 0, externalKey.length, extracted, 0);
		hkdf.expand(extracted, 0, extracted.length, info, 0, info.length, derived, 0, length);
		try {
			return new PreSharedKey(identity, derived, targetHash, true);
		} finally {
			wipe(extracted);
			wipe(derived);
		}
	}

	/** ImportedIdentity (RFC 9258 §3). */
	private static byte[] importedIdentity(byte[] externalIdentity, byte[] context, int targetHash) {
		byte[] result = new byte[2 + externalIdentity.length + 2 + context.length + 2 + 2];
		int at = vector(externalIdentity, result, 0);
		at = vector(context, result, at);
		at = two(TLS13, result, at);
		two(targetHash == Hash.SHA_384 ? HKDF_SHA384 : HKDF_SHA256, result, at);
		return result;
	}

	/** HkdfLabel (RFC 8446 §7.1). */
	private static byte[] label(int length, byte[] digest) {
		int n = DERIVED.length();
		byte[] info = new byte[2 + 1 + n + 1 + digest.length];
		int at = two(length, info, 0);
		info[at++] = (byte) n;
		for (int i = 0; i < n; i++) {
			info[at++] = (byte) DERIVED.charAt(i);
		}
		info[at++] = (byte) digest.length;
		System.arraycopy(digest, 0, info, at, digest.length);
		return info;
	}

	private static int vector(byte[] content, byte[] output, int offset) {
		int at = two(content.length, output, offset);
		System.arraycopy(content, 0, output, at, content.length);
		return at + content.length;
	}

	private static int two(int value, byte[] output, int offset) {
		output[offset] = (byte) (value >> 8);
		output[offset + 1] = (byte) value;
		return offset + 2;
	}

	private static void checkHash(int hash) {
		if (hash != Hash.SHA_256 && hash != Hash.SHA_384) {
			throw new IllegalArgumentException("A pre-shared key is for SHA-256 or SHA-384");
		}
	}

	private static byte[] copy(byte[] source) {
		byte[] result = new byte[source.length];
		System.arraycopy(source, 0, result, 0, source.length);
		return result;
	}

	private static void wipe(byte[] secret) {
		for (int i = secret.length; --i >= 0;) {
			secret[i] = 0;
		}
	}

	/** Overwrites the key. It is neither offered nor accepted afterwards. */
	public void wipe() {
		wipe(this.key);
		this.key = NOTHING;
		this.identity = NOTHING;
	}

	/** Makes what selects one of a server's keys; here, so that an image without keys has nothing of it. */
	/* package */ PskSelector selector(HandshakeParts parts, Offer offer, ReceivedHello hello) {
		return new PskSelector(parts, offer, hello, null);
	}

	/** Gets the identity, not to be changed; empty once the key has been wiped, and then it must not be used. */
	/* package */ byte[] identity() {
		return this.identity;
	}

	/** Gets the key itself, not to be changed. */
	/* package */ byte[] key() {
		return this.key;
	}

	/** Gets the hash function the key is for, {@link Hash#SHA_256} or {@link Hash#SHA_384}. */
	/* package */ int hash() {
		return this.hash;
	}

	/** Tells whether the key was imported: its binder's label is "imp binder" instead of "ext binder" (RFC 9258 §5.2), and TLS 1.2 has no use for it. */
	/* package */ boolean imported() {
		return this.imported;
	}

	/** Tells whether a piece of an identity, from a position in it on, is that of this key's. */
	/* package */ boolean continues(int position, byte[] piece, int offset, int length) {
		for (int i = 0; i < length; i++) {
			if (this.identity[position + i] != piece[offset + i]) {
				return false;
			}
		}
		return true;
	}

	/** Tells whether the key has this identity. Identities are no secrets. */
	/* package */ boolean named(byte[] name, int offset, int length) {
		byte[] mine = this.identity;
		if (length == 0 || length != mine.length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (mine[i] != name[offset + i]) {
				return false;
			}
		}
		return true;
	}
}
