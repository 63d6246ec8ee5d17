/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.List;

/** The cipher suites of TLS 1.2 the scripted peers know; all are AEAD suites with ephemeral keys or pre-shared keys. */
public final class Suite12 {

	/** How keys are exchanged. */
	public enum Exchange {

		/** ECDHE signed with ECDSA or EdDSA (RFC 8422). */
		ECDHE_ECDSA,
		/** ECDHE signed with RSA (RFC 8422). */
		ECDHE_RSA,
		/** A pre-shared key alone (RFC 4279 §2). */
		PSK,
		/** A pre-shared key with ECDHE that nobody signs (RFC 5489). */
		ECDHE_PSK;

		public boolean signed() {
			return this == ECDHE_ECDSA || this == ECDHE_RSA;
		}

		public boolean ecdhe() {
			return this != PSK;
		}

		public boolean preShared() {
			return this == PSK || this == ECDHE_PSK;
		}
	}

	private static final List<Suite12> ALL = new ArrayList<>();

	public static final Suite12 ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = new Suite12(0xc02b, Exchange.ECDHE_ECDSA, AeadKind.GCM, 16, "SHA-256");
	public static final Suite12 ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 = new Suite12(0xc02c, Exchange.ECDHE_ECDSA, AeadKind.GCM, 32, "SHA-384");
	public static final Suite12 ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 = new Suite12(0xcca9, Exchange.ECDHE_ECDSA,
			AeadKind.CHACHA20_POLY1305, 32, "SHA-256");
	public static final Suite12 ECDHE_ECDSA_WITH_AES_128_CCM = new Suite12(0xc0ac, Exchange.ECDHE_ECDSA, AeadKind.CCM, 16, "SHA-256");
	public static final Suite12 ECDHE_ECDSA_WITH_AES_128_CCM_8 = new Suite12(0xc0ae, Exchange.ECDHE_ECDSA, AeadKind.CCM_8, 16, "SHA-256");
	public static final Suite12 ECDHE_RSA_WITH_AES_128_GCM_SHA256 = new Suite12(0xc02f, Exchange.ECDHE_RSA, AeadKind.GCM, 16, "SHA-256");
	public static final Suite12 ECDHE_RSA_WITH_AES_256_GCM_SHA384 = new Suite12(0xc030, Exchange.ECDHE_RSA, AeadKind.GCM, 32, "SHA-384");
	public static final Suite12 ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 = new Suite12(0xcca8, Exchange.ECDHE_RSA,
			AeadKind.CHACHA20_POLY1305, 32, "SHA-256");
	public static final Suite12 PSK_WITH_AES_128_GCM_SHA256 = new Suite12(0x00a8, Exchange.PSK, AeadKind.GCM, 16, "SHA-256");
	public static final Suite12 PSK_WITH_AES_256_GCM_SHA384 = new Suite12(0x00a9, Exchange.PSK, AeadKind.GCM, 32, "SHA-384");
	public static final Suite12 PSK_WITH_AES_128_CCM = new Suite12(0xc0a4, Exchange.PSK, AeadKind.CCM, 16, "SHA-256");
	public static final Suite12 PSK_WITH_AES_128_CCM_8 = new Suite12(0xc0a8, Exchange.PSK, AeadKind.CCM_8, 16, "SHA-256");
	public static final Suite12 PSK_WITH_CHACHA20_POLY1305_SHA256 = new Suite12(0xccab, Exchange.PSK, AeadKind.CHACHA20_POLY1305, 32, "SHA-256");
	public static final Suite12 ECDHE_PSK_WITH_AES_128_GCM_SHA256 = new Suite12(0xd001, Exchange.ECDHE_PSK, AeadKind.GCM, 16, "SHA-256");
	public static final Suite12 ECDHE_PSK_WITH_AES_256_GCM_SHA384 = new Suite12(0xd002, Exchange.ECDHE_PSK, AeadKind.GCM, 32, "SHA-384");
	public static final Suite12 ECDHE_PSK_WITH_AES_128_CCM_8_SHA256 = new Suite12(0xd003, Exchange.ECDHE_PSK, AeadKind.CCM_8, 16, "SHA-256");
	public static final Suite12 ECDHE_PSK_WITH_AES_128_CCM_SHA256 = new Suite12(0xd005, Exchange.ECDHE_PSK, AeadKind.CCM, 16, "SHA-256");
	public static final Suite12 ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256 = new Suite12(0xccac, Exchange.ECDHE_PSK, AeadKind.CHACHA20_POLY1305,
			32, "SHA-256");

	public final int number;
	public final Exchange exchange;
	public final AeadKind aead;
	/** Bytes of a key. */
	public final int keyLength;
	/** The hash of the PRF, by Java's name. */
	public final String digest;

	private Suite12(int number, Exchange exchange, AeadKind aead, int keyLength, String digest) {
		this.number = number;
		this.exchange = exchange;
		this.aead = aead;
		this.keyLength = keyLength;
		this.digest = digest;
		ALL.add(this);
	}

	/** All there are. */
	public static List<Suite12> all() {
		return List.copyOf(ALL);
	}

	/** The suite of a number, or null. */
	public static Suite12 of(int number) {
		return ALL.stream().filter(s -> s.number == number).findFirst().orElse(null);
	}

	/** The length of the nonce's part that comes from the key block. */
	public int fixedNonceLength() {
		return this.aead == AeadKind.CHACHA20_POLY1305 ? 12 : 4;
	}

	@Override
	public String toString() {
		return this.exchange + "_" + this.aead + "_" + 8 * this.keyLength;
	}
}
