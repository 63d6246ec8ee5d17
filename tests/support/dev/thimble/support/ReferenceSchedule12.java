/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets of TLS 1.2 (RFC 5246 §5, §6.3, §8.1; RFC 7627; RFC 4279), from the JDK's HMAC. */
public final class ReferenceSchedule12 {

	public final Suite12 suite;
	public final byte[] clientRandom;
	public final byte[] serverRandom;
	public byte[] premaster;
	public byte[] master;

	public ReferenceSchedule12(Suite12 suite, byte[] clientRandom, byte[] serverRandom) {
		this.suite = suite;
		this.clientRandom = clientRandom;
		this.serverRandom = serverRandom;
	}

	/** The PRF, RFC 5246 §5. */
	public static byte[] prf(String digest, byte[] secret, String label, byte[] seed, int length) {
		byte[] all = Octets.concat(label.getBytes(StandardCharsets.US_ASCII), seed);
		byte[] a = all;
		byte[] result = new byte[0];
		while (result.length < length) {
			a = mac(digest, secret, a);
			result = Octets.concat(result, mac(digest, secret, Octets.concat(a, all)));
		}
		return Arrays.copyOf(result, length);
	}

	/** The premaster secret of a pre-shared key (RFC 4279 §2, RFC 5489 §2): with that of ECDHE, or null. */
	public static byte[] pskPremaster(byte[] ecdhe, byte[] key) {
		return new Octets().vector16(ecdhe == null ? new byte[key.length] : ecdhe).vector16(key).toBytes();
	}

	/** The master secret, RFC 5246 §8.1. */
	public void master(byte[] fromPremaster) {
		this.premaster = fromPremaster;
		this.master = prf(this.suite.digest, fromPremaster, "master secret", Octets.concat(this.clientRandom, this.serverRandom), 48);
	}

	/** The extended master secret, RFC 7627 §4; sessionHash covers ClientHello to ClientKeyExchange. */
	public void extendedMaster(byte[] fromPremaster, byte[] sessionHash) {
		this.premaster = fromPremaster;
		this.master = prf(this.suite.digest, fromPremaster, "extended master secret", sessionHash, 48);
	}

	/** The protection of what the client sends. */
	public RecordProtection client() {
		return protection(0);
	}

	/** The protection of what the server sends. */
	public RecordProtection server() {
		return protection(1);
	}

	private RecordProtection protection(int side) {
		int key = this.suite.keyLength;
		int iv = this.suite.fixedNonceLength();
		byte[] block = prf(this.suite.digest, this.master, "key expansion", Octets.concat(this.serverRandom, this.clientRandom), 2 * (key + iv));
		return new RecordProtection(this.suite, Arrays.copyOfRange(block, side * key, (side + 1) * key),
				Arrays.copyOfRange(block, 2 * key + side * iv, 2 * key + (side + 1) * iv));
	}

	/** The verify_data of Finished, RFC 5246 §7.4.9. */
	public byte[] finished(boolean client, byte[] transcriptHash) {
		return prf(this.suite.digest, this.master, client ? "client finished" : "server finished", transcriptHash, 12);
	}

	/** The exporter of RFC 5705 §4; context may be null. */
	public byte[] export(String label, byte[] context, int length) {
		byte[] seed = Octets.concat(this.clientRandom, this.serverRandom);
		return prf(this.suite.digest, this.master, label,
				context == null ? seed : Octets.concat(seed, new Octets().vector16(context).toBytes()), length);
	}

	private static byte[] mac(String digest, byte[] key, byte[] data) {
		String name = digest.equals("SHA-384") ? "HmacSHA384" : "HmacSHA256";
		try {
			Mac mac = Mac.getInstance(name);
			// The JDK refuses an empty key; HMAC pads it with zeros anyway.
			mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
			return mac.doFinal(data);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}
}
