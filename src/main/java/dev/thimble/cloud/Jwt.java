/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;

/**
 * Makes signed JSON Web Tokens (RFC 7519; JWS Compact Serialization, RFC 7515 §3.1) with the key a device has for TLS as well: ES256 and ES384,
 * EdDSA (RFC 8037), RS256 and PS256 (RFC 7518 §3).
 *
 * <pre>
 * jwt.begin(array, 0, array.length).keyId("key-7").issuer("device-42").audience("cloud").issuedAt(now).expires(now + 3600);
 * jwt.start();
 * while (!jwt.step()) {
 *     // other work
 * }
 * int length = jwt.result();
 * </pre>
 *
 * <p>The token is written to the caller's array as its parts are named; there is no other buffer, and nothing is allocated after construction.
 * Signing takes as long as in a handshake and is cut into the same slices. Header parameters come before claims. What is wrong with a token, its
 * array too short for example, is told by {@link #result} and {@link #error()}; names that are written twice are a mistake of the program's own.
 */
public final class Jwt {

	private static final int DIGEST = 48;
	private static final int IDLE = 0;
	private static final int HEADER = 1;
	private static final int CLAIMS = 2;
	private static final int SIGNING = 3;
	private static final int NAME = 3;

	private static final String REGISTERED = "isssubaudexpnbfiatjti";

	private final Signer signer;
	private final Hash hash;
	private final TokenWriter writer = new TokenWriter();
	private final byte[] digest = new byte[DIGEST];
	private byte[] array;
	private int begin;
	private int phase;
	private int registered;
	private int signature;

	/**
	 * Creates a maker of tokens.
	 *
	 * @param signer
	 *            the key, for example {@code identity.signer()}. Nothing else may sign with it, or use its provider, between {@link #start} and
	 *            {@link #result}: of an identity that a TLS engine uses, that means while no handshake is going on.
	 * @param hash
	 *            of {@link Hash#SHA_256}, for ES384 of {@link Hash#SHA_384}; {@link dev.thimble.crypto.CryptoProvider#workHash} will do. Not looked
	 *            at for Ed25519, so it may be null.
	 * @throws IllegalArgumentException
	 *             if the hash is not the one the signer's algorithm goes with.
	 */
	public Jwt(Signer signer, Hash hash) {
		int algorithm = signer.algorithm();
		boolean good = algorithm == SignatureVerifier.ED25519
				|| hash != null && hash.algorithm() == (algorithm == SignatureVerifier.ECDSA_P384 ? Hash.SHA_384 : Hash.SHA_256);
		if (!good) {
			throw new IllegalArgumentException("The hash does not go with the signer's algorithm");
		}
		this.signer = signer;
		this.hash = hash;
	}

	/**
	 * Gets the algorithm's name (RFC 7518 §3.1, RFC 8037 §3.1).
	 *
	 * @return "ES256", "ES384", "EdDSA", "RS256" or "PS256".
	 */
	public String algorithm() {
		switch (this.signer.algorithm()) {
		case SignatureVerifier.ECDSA_P256:
			return "ES256";
		case SignatureVerifier.ECDSA_P384:
			return "ES384";
		case SignatureVerifier.ED25519:
			return "EdDSA";
		case SignatureVerifier.RSA_PKCS1:
			return "RS256";
		default:
			return "PS256";
		}
	}

	/** Gets the number of bytes of a signature of ECDSA as JWS has it, r and s (RFC 7518 §3.4); 0 for the others, which have one form only. */
	private int pairLength() {
		int algorithm = this.signer.algorithm();
		return algorithm == SignatureVerifier.ECDSA_P256 ? 64 : algorithm == SignatureVerifier.ECDSA_P384 ? 96 : 0;
	}

	/**
	 * Begins a token; one that was begun before is given up.
	 *
	 * @param out
	 *            receives the token; the caller's, and not to be touched until {@link #result}.
	 * @param offset
	 *            where its first byte goes.
	 * @param length
	 *            how many bytes it may have.
	 * @return this.
	 */
	public Jwt begin(byte[] out, int offset, int length) {
		cancel();
		this.array = out;
		this.begin = offset;
		this.registered = 0;
		this.phase = HEADER;
		this.writer.begin(out, offset, length);
		this.writer.json("{\"alg\":\"");
		this.writer.json(algorithm());
		this.writer.json("\",\"typ\":\"JWT\"");
		return this;
	}

	/** Gives up a token, if one was begun. */
	public void cancel() {
		if (this.phase == SIGNING) {
			this.signer.result(this.array, this.signature);
		}
		end();
	}

	private void end() {
		this.phase = IDLE;
		this.array = null;
		this.writer.release();
	}

	private static void check(boolean good) {
		if (!good) {
			throw new IllegalStateException("Call begin, then header parameters, then each claim once, then start");
		}
	}

	/**
	 * Says which key signs ("kid").
	 *
	 * @param id
	 *            the key's name at who verifies.
	 * @return this.
	 * @throws IllegalStateException
	 *             out of order, as in all methods here.
	 */
	public Jwt keyId(String id) {
		return header("kid", id);
	}

	/**
	 * Adds a header parameter.
	 *
	 * @param name
	 *            its name, neither "alg" nor "typ".
	 * @param value
	 *            its value.
	 * @return this.
	 */
	public Jwt header(String name, String value) {
		check(this.phase == HEADER);
		this.writer.octet(',');
		this.writer.text(name);
		this.writer.octet(':');
		this.writer.text(value);
		return this;
	}

	/** Gets the index of a registered claim (RFC 7519 §4.1); -1 for one of the program's own. */
	private static int registered(String name) {
		for (int i = 0; i < REGISTERED.length() && name.length() == NAME; i += NAME) {
			if (name.charAt(0) == REGISTERED.charAt(i) && name.charAt(1) == REGISTERED.charAt(i + 1) && name.charAt(2) == REGISTERED.charAt(i + 2)) {
				return i;
			}
		}
		return -1;
	}

	/** Begins a claim: ends the header, or the claim before. */
	private void name(String name) {
		int at = registered(name);
		boolean known = at >= 0;
		check((this.phase == HEADER || this.phase == CLAIMS) && !(known && (this.registered & 1 << at) != 0));
		if (this.phase == HEADER) {
			this.writer.octet('}');
			this.writer.flush();
			this.writer.raw('.');
		}
		this.writer.octet(this.phase == HEADER ? '{' : ',');
		this.phase = CLAIMS;
		this.registered |= known ? 1 << at : 0;
		this.writer.text(name);
		this.writer.octet(':');
	}

	/**
	 * Adds a claim that is a text.
	 *
	 * @param name
	 *            its name.
	 * @param value
	 *            its value.
	 * @return this.
	 */
	public Jwt claim(String name, String value) {
		name(name);
		this.writer.text(value);
		return this;
	}

	/**
	 * Adds a claim that is a text in an array.
	 *
	 * @param name
	 *            its name.
	 * @param value
	 *            the array, UTF-8.
	 * @param offset
	 *            the first byte.
	 * @param length
	 *            the number of bytes.
	 * @return this.
	 */
	public Jwt claim(String name, byte[] value, int offset, int length) {
		name(name);
		this.writer.text(value, offset, length);
		return this;
	}

	/**
	 * Adds a claim that is a number. Readers in JavaScript are exact up to 2^53 only.
	 *
	 * @param name
	 *            its name.
	 * @param value
	 *            its value.
	 * @return this.
	 */
	public Jwt claim(String name, long value) {
		name(name);
		this.writer.number(value);
		return this;
	}

	/**
	 * Adds a claim that is true or false.
	 *
	 * @param name
	 *            its name.
	 * @param value
	 *            its value.
	 * @return this.
	 */
	public Jwt claim(String name, boolean value) {
		name(name);
		this.writer.json(value ? "true" : "false");
		return this;
	}

	/**
	 * Says who issues the token ("iss").
	 *
	 * @param value
	 *            a name.
	 * @return this.
	 */
	public Jwt issuer(String value) {
		return claim("iss", value);
	}

	/**
	 * Says whom the token is about ("sub").
	 *
	 * @param value
	 *            a name.
	 * @return this.
	 */
	public Jwt subject(String value) {
		return claim("sub", value);
	}

	/**
	 * Says whom the token is for ("aud").
	 *
	 * @param value
	 *            a name.
	 * @return this.
	 */
	public Jwt audience(String value) {
		return claim("aud", value);
	}

	/**
	 * Gives the token a name of its own ("jti").
	 *
	 * @param value
	 *            a text that is never used again.
	 * @return this.
	 */
	public Jwt id(String value) {
		return claim("jti", value);
	}

	/**
	 * Says when the token ends ("exp").
	 *
	 * @param seconds
	 *            since 1970-01-01T00:00:00Z.
	 * @return this.
	 */
	public Jwt expires(long seconds) {
		return claim("exp", seconds);
	}

	/**
	 * Says when the token was made ("iat").
	 *
	 * @param seconds
	 *            since 1970-01-01T00:00:00Z.
	 * @return this.
	 */
	public Jwt issuedAt(long seconds) {
		return claim("iat", seconds);
	}

	/**
	 * Says when the token begins to count ("nbf").
	 *
	 * @param seconds
	 *            since 1970-01-01T00:00:00Z.
	 * @return this.
	 */
	public Jwt notBefore(long seconds) {
		return claim("nbf", seconds);
	}

	/** Ends the claims and starts to sign. */
	public void start() {
		check(this.phase == CLAIMS);
		TokenWriter out = this.writer;
		out.octet('}');
		out.flush();
		int length = out.position() - this.begin;
		out.raw('.');
		this.signature = out.position();
		int pair = pairLength();
		out.reserve(base64Length(pair > 0 ? pair : this.signer.maxSignatureLength()));
		this.phase = SIGNING;
		if (out.error() == CloudError.NONE) {
			if (this.signer.algorithm() == SignatureVerifier.ED25519) {
				this.signer.start(this.array, this.begin, length);
			} else {
				this.hash.reset();
				this.hash.update(this.array, this.begin, length);
				this.hash.digest(this.digest, 0);
				this.signer.start(this.digest, 0, this.hash.length());
			}
		}
	}

	private static int base64Length(int bytes) {
		return (4 * bytes + 2) / 3;
	}

	/**
	 * Works on the signature for one slice.
	 *
	 * @return true once the token is finished.
	 */
	public boolean step() {
		check(this.phase == SIGNING);
		return this.writer.error() != CloudError.NONE || this.signer.step();
	}

	/**
	 * Ends the token. Before {@link #step} has given true this gives it up.
	 *
	 * @return its length; -1 if there is none, and {@link #error()} says why.
	 */
	public int result() {
		check(this.phase == SIGNING);
		int length = -1;
		if (this.writer.error() == CloudError.NONE) {
			length = sign();
			if (length < 0) {
				this.writer.fail(CloudError.JWT_SIGNER);
			}
		}
		end();
		return length;
	}

	/** Writes the signature into its place, first as it is, then in base64url; gets the length of the token. */
	private int sign() {
		byte[] out = this.array;
		int start = this.signature;
		int room = this.writer.position() - start;
		int length = this.signer.result(out, start);
		if (length < 0) {
			return -1;
		}
		int pair = pairLength();
		// From the end of its room, so that what is written never overtakes what is read.
		int from = start + room - (pair > 0 ? pair : length);
		if (pair == 0) {
			System.arraycopy(out, start, out, from, length);
		} else {
			// SEQUENCE { INTEGER r, INTEGER s }, lengths in one byte: the signer's own encoding.
			int r = start + 4;
			int s = r + out[r - 1] + 2;
			number(out, s, from + pair / 2, pair / 2);
			number(out, r, from, pair / 2);
			length = pair;
		}
		this.writer.begin(out, start, room);
		for (int i = 0; i < length; i++) {
			this.writer.octet(out[from + i]);
		}
		this.writer.flush();
		return this.writer.position() - this.begin;
	}

	/** Makes an INTEGER's content as long as all are. */
	private static void number(byte[] out, int content, int to, int length) {
		int from = content;
		int count = out[content - 1];
		if (count > length) {
			// A zero that keeps it positive.
			from++;
			count--;
		}
		System.arraycopy(out, from, out, to + length - count, count);
		for (int i = 0; i < length - count; i++) {
			out[to + i] = 0;
		}
	}

	/**
	 * Gets why the last token failed.
	 *
	 * @return a code of {@link CloudError}; 0: it did not.
	 */
	public int error() {
		return this.writer.error();
	}
}
