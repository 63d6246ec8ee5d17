/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static dev.thimble.support.TlsNumbers.*;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import dev.thimble.support.ExtensionList;
import dev.thimble.support.Messages;
import dev.thimble.support.Octets;
import dev.thimble.support.Script;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.ServerIdentity;
import dev.thimble.support.ServerStep;
import dev.thimble.x509.PathError;

/** Everything the encrypted part of the server's flight can get wrong (RFC 8446 §4.3, §4.4); the alerts go out under the handshake keys. */
class HandshakeRefusalTest {

	private static final byte[] EMPTY = new byte[0];

	static final List<Refusal> EXTENSIONS = List.of(
			extension("an unknown extension", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, e -> e.add(0x1234, new byte[5])),
			extension("a GREASE extension", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, e -> e.add(0x4a4a, EMPTY)),
			extension("early_data", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, e -> e.add(EARLY_DATA, EMPTY)),
			extension("status_request", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, e -> e.add(STATUS_REQUEST, EMPTY)),
			extension("pre_shared_key", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, e -> e.add(PRE_SHARED_KEY, Octets.of(0, 0))),
			extension("key_share", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, e -> e.add(KEY_SHARE, Octets.of(0, 0x1d))),
			extension("supported_versions", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, e -> e.add(SUPPORTED_VERSIONS, Octets.of(3, 4))),
			extension("signature_algorithms", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER,
					e -> e.add(SIGNATURE_ALGORITHMS, Octets.of(0, 2, 4, 3))),
			extension("a cookie", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, e -> e.add(COOKIE, Octets.of(0, 1, 1))),
			extension("server_name twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER, e -> e.add(SERVER_NAME,
					EMPTY).add(SERVER_NAME, EMPTY)),
			extension("record_size_limit twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER,
					e -> e.add(RECORD_SIZE_LIMIT, Octets.of(0x40, 0))),
			extension("server_name with content", TlsError.DECODE_ERROR, DECODE_ERROR, e -> e.add(SERVER_NAME, Octets.of(0))),
			extension("ALPN, not offered at all", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, e -> e.add(ALPN, protocols("h2"))),
			alpn("a protocol that was not offered", TlsError.APPLICATION_PROTOCOL, ILLEGAL_PARAMETER, protocols("h3")),
			alpn("the beginning of one", TlsError.APPLICATION_PROTOCOL, ILLEGAL_PARAMETER, protocols("mqt")),
			alpn("two protocols", TlsError.DECODE_ERROR, DECODE_ERROR, protocols("h2", "mqtt")),
			alpn("no protocol", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(0, 0)),
			alpn("an empty name", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(0, 1, 0)),
			alpn("an empty extension", TlsError.DECODE_ERROR, DECODE_ERROR, EMPTY),
			alpn("a list longer than told", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(0, 3, 2, 'h', '2', 0)),
			alpn("a name longer than the list", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(0, 3, 3, 'h', '2')),
			alpn("a name of 255 bytes", TlsError.APPLICATION_PROTOCOL, ILLEGAL_PARAMETER, protocols("x".repeat(255))),
			limit("0", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER, Octets.of(0, 0)),
			limit("63", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER, Octets.of(0, 63)),
			limit("one byte", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(64)),
			limit("three bytes", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(0, 64, 0)),
			limit("no bytes", TlsError.DECODE_ERROR, DECODE_ERROR, EMPTY),
			extension("record_size_limit and max_fragment_length", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER,
					e -> e.add(MAX_FRAGMENT_LENGTH, Octets.of(4))),
			fragment("another value than asked for", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER, Octets.of(2)),
			fragment("0", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER, Octets.of(0)),
			fragment("5", TlsError.RECORD_SIZE_LIMIT, ILLEGAL_PARAMETER, Octets.of(5)),
			fragment("two bytes", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(4, 0)),
			fragment("no bytes", TlsError.DECODE_ERROR, DECODE_ERROR, EMPTY),
			message("EncryptedExtensions: no body", TlsError.DECODE_ERROR, DECODE_ERROR, ENCRYPTED_EXTENSIONS, m -> Messages.body(m, EMPTY)),
			message("EncryptedExtensions: one byte", TlsError.DECODE_ERROR, DECODE_ERROR, ENCRYPTED_EXTENSIONS, m -> Messages.body(m,
					new byte[1])),
			message("EncryptedExtensions: a byte more", TlsError.DECODE_ERROR, DECODE_ERROR, ENCRYPTED_EXTENSIONS, m -> Messages.grown(m, 0)),
			message("EncryptedExtensions: a byte less", TlsError.DECODE_ERROR, DECODE_ERROR, ENCRYPTED_EXTENSIONS, m -> Messages.shrunk(m, 1)));

	static final List<Refusal> CERTIFICATES = List.of(
			request("a context", TlsError.CERTIFICATE_CONTEXT, ILLEGAL_PARAMETER, Messages.certificateRequest(Octets.of(1),
					new ExtensionList().add(SIGNATURE_ALGORITHMS, Octets.of(0, 2, 4, 3)))),
			request("no signature_algorithms", TlsError.MISSING_EXTENSION, MISSING_EXTENSION,
					Messages.certificateRequest(EMPTY, new ExtensionList().add(47, Octets.of(0, 0)))),
			request("no extensions", TlsError.MISSING_EXTENSION, MISSING_EXTENSION, Messages.certificateRequest(EMPTY, new ExtensionList())),
			request("empty signature_algorithms", TlsError.DECODE_ERROR, DECODE_ERROR,
					Messages.certificateRequest(EMPTY, new ExtensionList().add(SIGNATURE_ALGORITHMS, Octets.of(0, 0)))),
			request("signature_algorithms twice", TlsError.DUPLICATE_EXTENSION, ILLEGAL_PARAMETER,
					Messages.certificateRequest(EMPTY, new ExtensionList().add(SIGNATURE_ALGORITHMS, Octets.of(0, 2, 4, 3))
							.add(SIGNATURE_ALGORITHMS, Octets.of(0, 2, 4, 3)))),
			request("no body", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.message(CERTIFICATE_REQUEST, EMPTY)),
			request("a byte more", TlsError.DECODE_ERROR, DECODE_ERROR, Messages.grown(Messages.certificateRequest(), 0)),
			certificate("a context", TlsError.CERTIFICATE_CONTEXT, ILLEGAL_PARAMETER,
					m -> Messages.certificate(Octets.of(1, 2), ServerIdentity.of("P-256").chain)),
			certificate("an empty list", TlsError.NO_CERTIFICATE, DECODE_ERROR, m -> Messages.certificateOf(EMPTY, EMPTY)),
			certificate("no body", TlsError.DECODE_ERROR, DECODE_ERROR, m -> Octets.message(CERTIFICATE, EMPTY)),
			certificate("a list shorter than told", TlsError.DECODE_ERROR, DECODE_ERROR, m -> Messages.shrunk(m, 1)),
			certificate("a list longer than told", TlsError.DECODE_ERROR, DECODE_ERROR, m -> Messages.grown(m, 0)),
			entries("a certificate of length 0", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(0, 0, 0, 0, 0)),
			entries("a certificate longer than the list", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(0, 0, 9, 1, 2, 0, 0)),
			entries("half an entry", TlsError.DECODE_ERROR, DECODE_ERROR, Octets.of(0, 0)),
			entries("extensions longer than the list", TlsError.DECODE_ERROR, DECODE_ERROR,
					new Octets().vector24(ServerIdentity.of("P-256").chain.get(0)).u16(4).u16(0).toBytes()),
			entries("no extensions", TlsError.DECODE_ERROR, DECODE_ERROR,
					new Octets().vector24(ServerIdentity.of("P-256").chain.get(0)).toBytes()),
			entry("status_request", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, e -> e.add(STATUS_REQUEST, Octets.of(1, 0, 0, 0))),
			entry("signed_certificate_timestamp", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION,
					e -> e.add(SIGNED_CERTIFICATE_TIMESTAMP, Octets.of(0, 0))),
			entry("an unknown extension", TlsError.UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION, e -> e.add(0x1234, EMPTY)),
			entry("server_name", TlsError.MISPLACED_EXTENSION, ILLEGAL_PARAMETER, e -> e.add(SERVER_NAME, EMPTY)),
			certificate("a chain longer than allowed", TlsError.MESSAGE_TOO_LONG, ILLEGAL_PARAMETER, m -> m).with(c -> c.maxChainLength(100)),
			certificate("something else than a certificate", PathError.MALFORMED, BAD_CERTIFICATE,
					m -> Messages.certificate(EMPTY, List.of(ScriptedServer.bytes(2, 200)))),
			certificate("one bit of the leaf's signature", PathError.SIGNATURE_INVALID, BAD_CERTIFICATE,
					m -> Messages.certificate(EMPTY, List.of(Messages.flip(ServerIdentity.of("P-256").chain.get(0), -1)))),
			certificate("the leaf of somebody else", PathError.UNKNOWN_CA, UNKNOWN_CA,
					m -> Messages.certificate(EMPTY, List.of(ServerIdentity.of("P-256", 1).chain.get(0)))),
			message("CertificateVerify: one bit of the signature", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR, CERTIFICATE_VERIFY,
					m -> Messages.flip(m, -1)),
			verify("the client's context string", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR, s -> Messages.certificateVerify(s.identity,
					s.identity.scheme, Messages.CLIENT_CONTEXT, s.transcriptHash())),
			verify("another transcript", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR, s -> Messages.certificateVerify(s.identity,
					s.identity.scheme, Messages.SERVER_CONTEXT, Messages.flip(s.transcriptHash(), 0))),
			verify("another key", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR, s -> Messages.certificateVerify(ServerIdentity.of("P-256", 1),
					s.identity.scheme, Messages.SERVER_CONTEXT, s.transcriptHash())),
			verify("a scheme that was not offered", TlsError.SIGNATURE_SCHEME, ILLEGAL_PARAMETER,
					s -> Messages.certificateVerifyOf(0x0808, new byte[114])),
			verify("ecdsa_sha1", TlsError.SIGNATURE_SCHEME, ILLEGAL_PARAMETER, s -> Messages.certificateVerifyOf(0x0203, new byte[70])),
			verify("the scheme of another curve", TlsError.SIGNATURE_SCHEME, ILLEGAL_PARAMETER,
					s -> Messages.certificateVerifyOf(ECDSA_SECP384R1_SHA384, new byte[70])),
			verify("the scheme of another kind of key", TlsError.SIGNATURE_SCHEME, ILLEGAL_PARAMETER,
					s -> Messages.certificateVerifyOf(ED25519, new byte[64])),
			rsa("rsa_pkcs1_sha256", RSA_PKCS1_SHA256), rsa("the PSS scheme of another kind of key", RSA_PSS_PSS_SHA256),
			verify("no body", TlsError.DECODE_ERROR, DECODE_ERROR, s -> Octets.message(CERTIFICATE_VERIFY, EMPTY)),
			verify("an empty signature", TlsError.DECODE_ERROR, DECODE_ERROR, s -> Messages.certificateVerifyOf(ECDSA_SECP256R1_SHA256, EMPTY)),
			verify("a signature longer than any", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR,
					s -> Messages.certificateVerifyOf(ECDSA_SECP256R1_SHA256, new byte[2000])),
			verify("a signature that is no DER", TlsError.SIGNATURE_INVALID, DECRYPT_ERROR,
					s -> Messages.certificateVerifyOf(ECDSA_SECP256R1_SHA256, new byte[70])),
			message("CertificateVerify: a byte more", TlsError.DECODE_ERROR, DECODE_ERROR, CERTIFICATE_VERIFY, m -> Messages.grown(m, 0)),
			message("CertificateVerify: a byte less", TlsError.DECODE_ERROR, DECODE_ERROR, CERTIFICATE_VERIFY, m -> Messages.shrunk(m, 1)));

	static final List<Refusal> FINISHED_MESSAGES = List.of(
			message("Finished: the first bit", TlsError.FINISHED_INVALID, DECRYPT_ERROR, FINISHED, m -> Messages.flip(m, 4)),
			message("Finished: the last bit", TlsError.FINISHED_INVALID, DECRYPT_ERROR, FINISHED, m -> Messages.flip(m, -1)),
			message("Finished: zeros", TlsError.FINISHED_INVALID, DECRYPT_ERROR, FINISHED, m -> Octets.message(FINISHED, new byte[32])),
			message("Finished: a byte less", TlsError.DECODE_ERROR, DECODE_ERROR, FINISHED, m -> Messages.shrunk(m, 1)),
			message("Finished: a byte more", TlsError.DECODE_ERROR, DECODE_ERROR, FINISHED, m -> Messages.grown(m, 0)),
			message("Finished: no body", TlsError.DECODE_ERROR, DECODE_ERROR, FINISHED, m -> Octets.message(FINISHED, EMPTY)),
			message("Finished: the first twelve bytes", TlsError.DECODE_ERROR, DECODE_ERROR, FINISHED,
					m -> Octets.message(FINISHED, Arrays.copyOfRange(m, 4, 16))),
			Refusal.of("Finished: the client's", TlsError.FINISHED_INVALID, DECRYPT_ERROR,
					s -> s.script(Script.full().replace(ServerStep.FINISHED, ServerStep.of("client's", x -> x.send(FINISHED,
							Octets.message(FINISHED, x.schedule.finished(x.schedule.clientHandshake, x.transcriptHash()))))))),
			Refusal.of("a message changed on its way", TlsError.FINISHED_INVALID, DECRYPT_ERROR,
					s -> s.script(Script.full().before(ServerStep.FINISHED, ServerStep.of("divert", x -> x.hash(Octets.of(1)))))));

	@ParameterizedTest
	@FieldSource("EXTENSIONS")
	void refusesEncryptedExtensions(Refusal refusal) {
		refusal.run(true);
	}

	@ParameterizedTest
	@FieldSource("CERTIFICATES")
	void refusesCertificateMessages(Refusal refusal) {
		refusal.run(true);
	}

	@ParameterizedTest
	@FieldSource("FINISHED_MESSAGES")
	void refusesFinished(Refusal refusal) {
		refusal.run(true);
	}

	private static Refusal extension(String name, int error, int alert, Consumer<ExtensionList> change) {
		return Refusal.of("EncryptedExtensions: " + name, error, alert, s -> s.encryptedExtensions = change);
	}

	private static Refusal alpn(String name, int error, int alert, byte[] data) {
		return extension("ALPN: " + name, error, alert, e -> e.add(ALPN, data)).with(c -> c.applicationProtocols("h2", "mqtt"));
	}

	private static Refusal limit(String name, int error, int alert, byte[] data) {
		return extension("record_size_limit: " + name, error, alert, e -> e.set(RECORD_SIZE_LIMIT, data));
	}

	private static Refusal fragment(String name, int error, int alert, byte[] data) {
		return extension("max_fragment_length: " + name, error, alert, e -> e.remove(RECORD_SIZE_LIMIT).add(MAX_FRAGMENT_LENGTH, data));
	}

	private static Refusal message(String name, int error, int alert, int type, UnaryOperator<byte[]> change) {
		return Refusal.of(name, error, alert, s -> s.beforeHash.put(type, change));
	}

	private static Refusal request(String name, int error, int alert, byte[] message) {
		return Refusal.of("CertificateRequest: " + name, error, alert, s -> {
			s.script(Script.requested());
			s.beforeHash.put(CERTIFICATE_REQUEST, m -> message);
		});
	}

	private static Refusal certificate(String name, int error, int alert, UnaryOperator<byte[]> change) {
		return message("Certificate: " + name, error, alert, CERTIFICATE, change);
	}

	private static Refusal entries(String name, int error, int alert, byte[] list) {
		return certificate(name, error, alert, m -> Messages.certificateOf(EMPTY, list));
	}

	private static Refusal entry(String name, int error, int alert, Consumer<ExtensionList> change) {
		ExtensionList list = new ExtensionList();
		change.accept(list);
		return entries("entry with " + name, error, alert, Messages.certificateEntry(ServerIdentity.of("P-256").chain.get(0), list));
	}

	private static Refusal verify(String name, int error, int alert, Function<ScriptedServer, byte[]> message) {
		return Refusal.of("CertificateVerify: " + name, error, alert,
				s -> s.script(Script.full().replace(ServerStep.VERIFY, ServerStep.of("verify", x -> x.send(CERTIFICATE_VERIFY,
				message.apply(x))))));
	}

	private static Refusal rsa(String name, int scheme) {
		return Refusal.of("CertificateVerify: " + name, TlsError.SIGNATURE_SCHEME, ILLEGAL_PARAMETER, s -> {
			s.identity = ServerIdentity.of("RSA-2048");
			s.script(Script.full().replace(ServerStep.VERIFY, ServerStep.of("verify",
					x -> x.send(CERTIFICATE_VERIFY, Messages.certificateVerify(x.identity, scheme, Messages.SERVER_CONTEXT,
					x.transcriptHash())))));
		});
	}

	private static byte[] protocols(String... names) {
		Octets list = new Octets();
		for (String name : names) {
			list.vector8(name.getBytes(StandardCharsets.US_ASCII));
		}
		return new Octets().vector16(list.toBytes()).toBytes();
	}
}
