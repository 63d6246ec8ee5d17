/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Encodings of the messages after ServerHello (RFC 8446 §4.3 to §4.6). */
public final class Messages {

	/** The context string of a server's CertificateVerify. */
	public static final String SERVER_CONTEXT = "TLS 1.3, server CertificateVerify";
	/** The context string of a client's CertificateVerify. */
	public static final String CLIENT_CONTEXT = "TLS 1.3, client CertificateVerify";

	private Messages() {
	}

	public static byte[] encryptedExtensions(ExtensionList list) {
		return Octets.message(TlsNumbers.ENCRYPTED_EXTENSIONS, new Octets().vector16(list.toBytes()).toBytes());
	}

	public static byte[] certificateRequest(byte[] context, ExtensionList list) {
		return Octets.message(TlsNumbers.CERTIFICATE_REQUEST, new Octets().vector8(context).vector16(list.toBytes()).toBytes());
	}

	public static byte[] certificateRequest() {
		return certificateRequest(new byte[0], new ExtensionList().add(TlsNumbers.SIGNATURE_ALGORITHMS,
				new Octets().u16(4).u16(TlsNumbers.ECDSA_SECP256R1_SHA256).u16(TlsNumbers.RSA_PSS_RSAE_SHA256).toBytes()));
	}

	public static byte[] certificate(byte[] context, List<byte[]> chain) {
		Octets entries = new Octets();
		for (byte[] certificate : chain) {
			entries.add(certificateEntry(certificate, new ExtensionList()));
		}
		return certificateOf(context, entries.toBytes());
	}

	/** Certificate of TLS 1.2 (RFC 5246 §7.4.2). */
	public static byte[] certificate12(List<byte[]> chain) {
		Octets entries = new Octets();
		chain.forEach(entries::vector24);
		return Octets.message(TlsNumbers.CERTIFICATE, new Octets().vector24(entries.toBytes()).toBytes());
	}

	public static byte[] certificateEntry(byte[] certificate, ExtensionList list) {
		return new Octets().vector24(certificate).vector16(list.toBytes()).toBytes();
	}

	public static byte[] certificateOf(byte[] context, byte[] entries) {
		return Octets.message(TlsNumbers.CERTIFICATE, new Octets().vector8(context).vector24(entries).toBytes());
	}

	public static byte[] certificateVerify(ServerIdentity identity, int scheme, String context, byte[] transcriptHash) {
		return certificateVerifyOf(scheme, identity.sign(scheme, signedContent(context, transcriptHash)));
	}

	/** What CertificateVerify signs (RFC 8446 §4.4.3). */
	public static byte[] signedContent(String context, byte[] transcriptHash) {
		return new Octets().add(" ".repeat(64).getBytes(StandardCharsets.US_ASCII)).add(context.getBytes(StandardCharsets.US_ASCII)).u8(0)
				.add(transcriptHash).toBytes();
	}

	public static byte[] certificateVerifyOf(int scheme, byte[] signature) {
		return Octets.message(TlsNumbers.CERTIFICATE_VERIFY, new Octets().u16(scheme).vector16(signature).toBytes());
	}

	public static byte[] newSessionTicket(long lifetime, byte[] nonce, byte[] ticket, ExtensionList list) {
		return Octets.message(TlsNumbers.NEW_SESSION_TICKET,
				new Octets().u32(lifetime).u32(0x01020304).vector8(nonce).vector16(ticket).vector16(list.toBytes()).toBytes());
	}

	public static byte[] newSessionTicket() {
		return newSessionTicket(7200, Octets.of(0), ScriptedServer.bytes(1, 48), new ExtensionList());
	}

	public static byte[] keyUpdate(int request) {
		return Octets.message(TlsNumbers.KEY_UPDATE, Octets.of(request));
	}

	/** The message with one bit changed; a negative index counts from the end. */
	public static byte[] flip(byte[] message, int index) {
		byte[] result = message.clone();
		result[index < 0 ? message.length + index : index] ^= 1;
		return result;
	}

	/** The message with another body and the length that belongs to it. */
	public static byte[] body(byte[] message, byte[] body) {
		return Octets.message(message[0] & 0xff, body);
	}

	/** The message with bytes appended to its body. */
	public static byte[] grown(byte[] message, int... more) {
		return body(message, Octets.concat(Arrays.copyOfRange(message, 4, message.length), Octets.of(more)));
	}

	/** The message without its last bytes, its length told right. */
	public static byte[] shrunk(byte[] message, int less) {
		return body(message, Arrays.copyOfRange(message, 4, message.length - less));
	}
}
