/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import dev.thimble.crypto.KeyAgreement;
import dev.thimble.tls.CipherSuite;

/** Names of TLS parameters as users write them, and back. */
public final class Parameters {

	private static final int PIN_LENGTH = 32;
	private static final int TLS_1_2 = 0x0303;
	private static final int TLS_1_3 = 0x0304;
	private static final int[] SUITES = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384,
			CipherSuite.TLS_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_AES_128_CCM_SHA256, CipherSuite.TLS_AES_128_CCM_8_SHA256,
			CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
			CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
			CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
			CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
			CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384,
			CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256,
			CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256, CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256,
			CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_PSK_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_PSK_WITH_AES_128_CCM,
			CipherSuite.TLS_PSK_WITH_AES_128_CCM_8 };

	private Parameters() {
	}

	/** Reads cipher suites: names as IANA and OpenSSL write them, separated by commas or colons. */
	public static int[] suites(String list) {
		List<Integer> numbers = new ArrayList<>();
		for (String name : split(list)) {
			int found = -1;
			for (int suite : SUITES) {
				if (CipherSuite.name(suite).equalsIgnoreCase(name)) {
					found = suite;
				}
			}
			if (found < 0) {
				StringBuilder known = new StringBuilder();
				for (int suite : SUITES) {
					known.append(known.length() == 0 ? "" : ", ").append(CipherSuite.name(suite));
				}
				throw new IllegalArgumentException("There is no cipher suite '" + name + "'; there are " + known);
			}
			numbers.add(found);
		}
		return array(numbers);
	}

	/** Reads groups: x25519, secp256r1 (or P-256, prime256v1), secp384r1 (or P-384), separated by commas or colons. */
	public static int[] groups(String list) {
		List<Integer> numbers = new ArrayList<>();
		for (String name : split(list)) {
			switch (name.toLowerCase(Locale.ROOT)) {
			case "x25519":
				numbers.add(KeyAgreement.X25519);
				break;
			case "secp256r1":
			case "p-256":
			case "p256":
			case "prime256v1":
				numbers.add(KeyAgreement.SECP256R1);
				break;
			case "secp384r1":
			case "p-384":
			case "p384":
				numbers.add(KeyAgreement.SECP384R1);
				break;
			default:
				throw new IllegalArgumentException("There is no group '" + name + "'; there are x25519, secp256r1, secp384r1");
			}
		}
		return array(numbers);
	}

	/** Gets IANA's name of a group. */
	public static String groupName(int group) {
		switch (group) {
		case KeyAgreement.X25519:
			return "x25519";
		case KeyAgreement.SECP256R1:
			return "secp256r1";
		case KeyAgreement.SECP384R1:
			return "secp384r1";
		default:
			return "none";
		}
	}

	/** Gets the usual name of a version of TLS. */
	public static String versionName(int version) {
		return version == TLS_1_2 ? "TLS 1.2" : version == TLS_1_3 ? "TLS 1.3" : "none";
	}

	/** Reads pins: SHA-256 digests in hexadecimal (64 digits) or base64, each perhaps with sha256/ or sha256// before it. */
	public static byte[] pins(List<String> pins) {
		byte[] all = new byte[pins.size() * PIN_LENGTH];
		for (int i = 0; i < pins.size(); i++) {
			String pin = pins.get(i).replaceFirst("^sha256//?", "");
			byte[] digest = null;
			if (pin.replace(":", "").matches("[0-9a-fA-F]{64}")) {
				digest = new java.math.BigInteger("1" + pin.replace(":", ""), 16).toByteArray();
				digest = java.util.Arrays.copyOfRange(digest, digest.length - PIN_LENGTH, digest.length);
			} else {
				try {
					digest = Base64.getDecoder().decode(pin);
				} catch (IllegalArgumentException e) {
					// told below
				}
			}
			if (digest == null || digest.length != PIN_LENGTH) {
				throw new IllegalArgumentException("'" + pin + "' is not a pin: the SHA-256 digest of a SubjectPublicKeyInfo, base64 or hexadecimal");
			}
			System.arraycopy(digest, 0, all, i * PIN_LENGTH, PIN_LENGTH);
		}
		return all;
	}

	/** Reads a number of bytes, perhaps with k behind it for 1024. */
	public static int bytes(String text) {
		boolean kilo = text.endsWith("k") || text.endsWith("K");
		try {
			return Integer.parseInt(kilo ? text.substring(0, text.length() - 1) : text) * (kilo ? 1024 : 1);
		} catch (NumberFormatException e) {
			throw new IllegalArgumentException("'" + text + "' is not a number of bytes");
		}
	}

	private static String[] split(String list) {
		return list.trim().split("\\s*[,:]\\s*");
	}

	private static int[] array(List<Integer> numbers) {
		return numbers.stream().mapToInt(Integer::intValue).toArray();
	}
}
