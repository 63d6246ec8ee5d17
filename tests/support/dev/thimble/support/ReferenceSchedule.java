/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key schedule of RFC 8446 §7.1, from the JDK's HMAC: what the engine's is compared with. */
public final class ReferenceSchedule {

	/** Set by {@link #early}; without it that of no pre-shared key. */
	public byte[] earlySecret;
	public byte[] clientEarly;
	public byte[] earlyExporterMaster;
	public byte[] handshakeSecret;
	public byte[] masterSecret;
	public byte[] clientHandshake;
	public byte[] serverHandshake;
	public byte[] clientApplication;
	public byte[] serverApplication;
	public byte[] exporterMaster;
	public byte[] resumptionMaster;

	private final String digest;
	private final String hmac;

	public ReferenceSchedule(int suite) {
		this(digest(suite));
	}

	/** The schedule with a hash by Java's name of it. */
	public ReferenceSchedule(String digest) {
		this.digest = digest;
		this.hmac = digest.equals("SHA-384") ? "HmacSHA384" : "HmacSHA256";
	}

	/** The hash of a suite of TLS 1.3, by Java's name of it. */
	public static String digest(int suite) {
		return suite == TlsNumbers.AES_256_GCM_SHA384 ? "SHA-384" : "SHA-256";
	}

	public String digest() {
		return this.digest;
	}

	public byte[] hash(byte[] data) {
		return hash(this.digest, data);
	}

	public static byte[] hash(String digest, byte[] data) {
		try {
			return MessageDigest.getInstance(digest).digest(data);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	public int hashLength() {
		return hash(new byte[0]).length;
	}

	/** HKDF-Extract, RFC 5869 §2.2. */
	public byte[] extract(byte[] salt, byte[] keyMaterial) {
		return mac(salt, keyMaterial);
	}

	/** HKDF-Expand-Label, RFC 8446 §7.1. */
	public byte[] expandLabel(byte[] secret, String label, byte[] context, int length) {
		byte[] info = new Octets().u16(length).vector8(("tls13 " + label).getBytes(StandardCharsets.US_ASCII)).vector8(context).toBytes();
		byte[] result = new byte[0];
		byte[] block = new byte[0];
		for (int i = 1; result.length < length; i++) {
			block = mac(secret, Octets.concat(block, info, Octets.of(i)));
			result = Octets.concat(result, block);
		}
		return Arrays.copyOf(result, length);
	}

	/** Derive-Secret with the hash of the messages. */
	public byte[] derive(byte[] secret, String label, byte[] transcriptHash) {
		return expandLabel(secret, label, transcriptHash, hashLength());
	}

	/** Begins with a pre-shared key. */
	public void early(byte[] preSharedKey) {
		this.earlySecret = extract(new byte[hashLength()], preSharedKey);
	}

	/** The secrets of early data; transcriptHash covers the ClientHello. */
	public void earlyTraffic(byte[] transcriptHash) {
		this.clientEarly = derive(this.earlySecret, "c e traffic", transcriptHash);
		this.earlyExporterMaster = derive(this.earlySecret, "e exp master", transcriptHash);
	}

	/**
	 * The schedule up to the handshake traffic secrets; transcriptHash covers ClientHello to ServerHello.
	 *
	 * @param sharedSecret
	 *            that of (EC)DHE; null: there is none (psk_ke).
	 */
	public void handshake(byte[] sharedSecret, byte[] transcriptHash) {
		byte[] zeros = new byte[hashLength()];
		byte[] empty = hash(new byte[0]);
		if (this.earlySecret == null) {
			early(zeros);
		}
		this.handshakeSecret = extract(derive(this.earlySecret, "derived", empty), sharedSecret == null ? zeros : sharedSecret);
		this.clientHandshake = derive(this.handshakeSecret, "c hs traffic", transcriptHash);
		this.serverHandshake = derive(this.handshakeSecret, "s hs traffic", transcriptHash);
		this.masterSecret = extract(derive(this.handshakeSecret, "derived", empty), zeros);
	}

	/** The application traffic secrets; transcriptHash covers ClientHello to the server's Finished. */
	public void application(byte[] transcriptHash) {
		this.clientApplication = derive(this.masterSecret, "c ap traffic", transcriptHash);
		this.serverApplication = derive(this.masterSecret, "s ap traffic", transcriptHash);
		this.exporterMaster = derive(this.masterSecret, "exp master", transcriptHash);
	}

	/** The resumption master secret; transcriptHash covers ClientHello to the client's Finished. */
	public void resumption(byte[] transcriptHash) {
		this.resumptionMaster = derive(this.masterSecret, "res master", transcriptHash);
	}

	/** The verify_data of Finished, RFC 8446 §4.4.4. */
	public byte[] finished(byte[] trafficSecret, byte[] transcriptHash) {
		return mac(derive(trafficSecret, "finished", new byte[0]), transcriptHash);
	}

	/** The next generation of a traffic secret, RFC 8446 §7.2. */
	public byte[] update(byte[] trafficSecret) {
		return derive(trafficSecret, "traffic upd", new byte[0]);
	}

	/** The exporter of RFC 8446 §7.5. */
	public byte[] export(String label, byte[] context, int length) {
		return expandLabel(derive(this.exporterMaster, label, hash(new byte[0])), "exporter", hash(context), length);
	}

	private byte[] mac(byte[] key, byte[] data) {
		try {
			Mac mac = Mac.getInstance(this.hmac);
			// The JDK refuses an empty key; HMAC pads it with zeros anyway.
			mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, this.hmac));
			return mac.doFinal(data);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}
}
