/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A way to change a ClientHello, for the hooks {@link ScriptedClient#hello} and {@link ScriptedClient12#hello}, and what a server has to do then.
 * A server may pass over an extension it has no use for: application protocols without any of its own.
 *
 * @param name
 *            what is wrong.
 * @param edit
 *            makes it wrong.
 * @param alerts
 *            the alerts the RFCs allow; empty: it is not wrong, and the handshake goes on.
 */
public record HelloCase(String name, Consumer<ClientHelloFields> edit, List<Integer> alerts) {

	private static final int[] GREASE = { 0x0a0a, 0x5a5a, 0xfafa };

	@Override
	public String toString() {
		return this.name;
	}

	private static HelloCase refused(String name, Consumer<ClientHelloFields> edit, Integer... alerts) {
		return new HelloCase(name, edit, List.of(alerts));
	}

	private static HelloCase malformed(String name, Consumer<ClientHelloFields> edit) {
		return refused(name, edit, TlsNumbers.DECODE_ERROR, TlsNumbers.ILLEGAL_PARAMETER);
	}

	private static HelloCase extension(String name, int type, int... content) {
		return malformed(name, f -> f.extensions.set(type, Octets.of(content)));
	}

	private static HelloCase good(String name, Consumer<ClientHelloFields> edit) {
		return new HelloCase(name, edit, List.of());
	}

	/** What is wrong in every version; the client has a share for X25519 and no pre-shared keys. */
	public static List<HelloCase> refused() {
		return List.of(
				malformed("message one byte short", f -> f.encoded = m -> Messages.shrunk(m, 1)),
				malformed("message cut behind the random", f -> f.encoded = m -> Messages.body(m, Arrays.copyOfRange(m, 4, 38))),
				malformed("message cut in the random", f -> f.encoded = m -> Messages.body(m, Arrays.copyOfRange(m, 4, 20))),
				malformed("message without a body", f -> f.encoded = m -> Messages.body(m, new byte[0])),
				malformed("message cut in the suites", f -> f.encoded = m -> Messages.body(m, Arrays.copyOfRange(m, 4, 42 + m[38]))),
				malformed("a byte behind the extensions", f -> f.trailing = new byte[1]),
				malformed("session id of 33 bytes", f -> f.sessionId = new byte[33]),
				malformed("odd length of suites", f -> f.rawSuites = Octets.of(0x13, 1, 0xc0, 0x2b, 0xc0)),
				refused("no suites", f -> f.rawSuites = new byte[0], TlsNumbers.DECODE_ERROR, TlsNumbers.ILLEGAL_PARAMETER,
						TlsNumbers.HANDSHAKE_FAILURE),
				refused("suites nobody knows", f -> f.rawSuites = Octets.of(0x5a, 0x5a, 0x13, 0x99), TlsNumbers.HANDSHAKE_FAILURE),
				malformed("no compression methods", f -> f.compression = new byte[0]),
				malformed("compression methods without null", f -> f.compression = Octets.of(1)),
				malformed("an extension twice", f -> f.extensions.add(TlsNumbers.SUPPORTED_GROUPS, f.extensions.get(TlsNumbers.SUPPORTED_GROUPS))),
				malformed("an unknown extension twice", f -> f.rawExtensions = Octets.concat(Octets.of(0x12, 0x34, 0, 0, 0x12, 0x34, 0, 0),
						f.extensions.toBytes())),
				malformed("extension longer than all", f -> f.rawExtensions = Octets.concat(f.extensions.toBytes(), Octets.of(0x12, 0x34, 0, 1))),
				malformed("extension's header cut", f -> f.rawExtensions = Octets.concat(f.extensions.toBytes(), Octets.of(0x12, 0x34, 0))),
				extension("supported_groups empty", TlsNumbers.SUPPORTED_GROUPS),
				extension("supported_groups of no groups", TlsNumbers.SUPPORTED_GROUPS, 0, 0),
				extension("supported_groups of odd length", TlsNumbers.SUPPORTED_GROUPS, 0, 3, 0, 29, 0),
				extension("supported_groups with a wrong length", TlsNumbers.SUPPORTED_GROUPS, 0, 4, 0, 29),
				extension("supported_groups with a byte behind", TlsNumbers.SUPPORTED_GROUPS, 0, 2, 0, 29, 0),
				refused("groups nobody knows", f -> f.extensions.set(TlsNumbers.SUPPORTED_GROUPS, Octets.of(0, 4, 0x5a, 0x5a, 1, 0x99))
						.set(TlsNumbers.KEY_SHARE, Octets.of(0, 0)), TlsNumbers.HANDSHAKE_FAILURE, TlsNumbers.ILLEGAL_PARAMETER),
				extension("signature_algorithms empty", TlsNumbers.SIGNATURE_ALGORITHMS),
				extension("signature_algorithms of no schemes", TlsNumbers.SIGNATURE_ALGORITHMS, 0, 0),
				extension("signature_algorithms of odd length", TlsNumbers.SIGNATURE_ALGORITHMS, 0, 3, 4, 3, 8),
				extension("signature_algorithms with a wrong length", TlsNumbers.SIGNATURE_ALGORITHMS, 0, 4, 4, 3),
				refused("schemes nobody knows", f -> f.extensions.set(TlsNumbers.SIGNATURE_ALGORITHMS, Octets.of(0, 2, 0x5a, 0x5a)),
						TlsNumbers.HANDSHAKE_FAILURE),
				extension("server_name empty, of a client", TlsNumbers.SERVER_NAME),
				extension("server_name of no names", TlsNumbers.SERVER_NAME, 0, 0),
				extension("server_name with an empty name", TlsNumbers.SERVER_NAME, 0, 3, 0, 0, 0),
				extension("server_name with a wrong length", TlsNumbers.SERVER_NAME, 0, 5, 0, 0, 1, 'a'),
				extension("application protocols of none", TlsNumbers.ALPN, 0, 0),
				extension("application protocol of no bytes", TlsNumbers.ALPN, 0, 1, 0),
				extension("application protocols with a wrong length", TlsNumbers.ALPN, 0, 4, 2, 'h', '2'),
				extension("application protocol longer than all", TlsNumbers.ALPN, 0, 3, 3, 'h', '2'),
				extension("record_size_limit of 63", TlsNumbers.RECORD_SIZE_LIMIT, 0, 63),
				extension("record_size_limit of one byte", TlsNumbers.RECORD_SIZE_LIMIT, 64));
	}

	/** What is wrong for TLS 1.3 besides {@link #refused}. */
	public static List<HelloCase> refused13() {
		List<HelloCase> all = new ArrayList<>(refused());
		all.addAll(List.of(
				malformed("more than the null compression method", f -> f.compression = Octets.of(0, 1)),
				extension("supported_versions empty", TlsNumbers.SUPPORTED_VERSIONS),
				extension("supported_versions of none", TlsNumbers.SUPPORTED_VERSIONS, 0),
				extension("supported_versions of odd length", TlsNumbers.SUPPORTED_VERSIONS, 3, 3, 4, 3),
				extension("supported_versions with a wrong length", TlsNumbers.SUPPORTED_VERSIONS, 4, 3, 4),
				refused("versions nobody knows", f -> f.extensions.set(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(4, 0x5a, 0x5a, 3, 9)),
						TlsNumbers.PROTOCOL_VERSION),
				refused("no key_share", f -> f.extensions.remove(TlsNumbers.KEY_SHARE), TlsNumbers.MISSING_EXTENSION),
				refused("no supported_groups", f -> f.extensions.remove(TlsNumbers.SUPPORTED_GROUPS), TlsNumbers.MISSING_EXTENSION),
				refused("no signature_algorithms", f -> f.extensions.remove(TlsNumbers.SIGNATURE_ALGORITHMS), TlsNumbers.MISSING_EXTENSION),
				extension("key_share empty", TlsNumbers.KEY_SHARE),
				extension("key_share with a wrong length", TlsNumbers.KEY_SHARE, 0, 9, 0, 29, 0, 2, 1, 2),
				extension("key_share longer than all", TlsNumbers.KEY_SHARE, 0, 6, 0, 29, 0, 32, 1, 2),
				malformed("a share of no bytes", share(TlsNumbers.X25519, new byte[0])),
				malformed("X25519 share of 31 bytes", share(TlsNumbers.X25519, ScriptedPeer.bytes(4, 31))),
				malformed("X25519 share of 33 bytes", share(TlsNumbers.X25519, ScriptedPeer.bytes(4, 33))),
				malformed("X25519 share of zeros", share(TlsNumbers.X25519, new byte[32])),
				malformed("P-256 share that is no point", share(TlsNumbers.SECP256R1, Octets.concat(Octets.of(4), ScriptedPeer.bytes(4, 64)))),
				malformed("P-256 share, compressed", share(TlsNumbers.SECP256R1, Octets.concat(Octets.of(2), ScriptedPeer.bytes(4, 32)))),
				malformed("P-256 share of 64 bytes", share(TlsNumbers.SECP256R1, Octets.concat(Octets.of(4), ScriptedPeer.bytes(4, 63)))),
				malformed("P-256 share at infinity", share(TlsNumbers.SECP256R1, new byte[1])),
				malformed("two shares of one group", f -> {
					byte[] one = f.extensions.get(TlsNumbers.KEY_SHARE);
					byte[] content = Arrays.copyOfRange(one, 2, one.length);
					f.extensions.set(TlsNumbers.KEY_SHARE, new Octets().vector16(Octets.concat(content, content)).toBytes());
				}),
				malformed("a share of a group that is not offered", f -> f.extensions.set(TlsNumbers.SUPPORTED_GROUPS, Octets.of(0, 2, 0, 23))),
				extension("psk_key_exchange_modes of none", TlsNumbers.PSK_KEY_EXCHANGE_MODES, 0),
				extension("psk_key_exchange_modes with a wrong length", TlsNumbers.PSK_KEY_EXCHANGE_MODES, 2, 1),
				extension("pre_shared_key of one byte", TlsNumbers.PRE_SHARED_KEY, 0),
				extension("pre_shared_key of none", TlsNumbers.PRE_SHARED_KEY, 0, 0, 0, 0),
				malformed("pre_shared_key that is not the last extension", f -> {
					Octets identities = new Octets().vector16(Octets.of('a')).u32(0);
					Octets binders = new Octets().vector8(new byte[32]);
					byte[] list = new Octets().vector16(identities.toBytes()).vector16(binders.toBytes()).toBytes();
					f.extensions.add(TlsNumbers.PRE_SHARED_KEY, list).add(0x1234, new byte[0]);
				})));
		return all;
	}

	/** What is wrong for TLS 1.2 besides {@link #refused}. */
	public static List<HelloCase> refused12() {
		List<HelloCase> all = new ArrayList<>(refused());
		all.addAll(List.of(
				refused("version 3.2", f -> f.version = 0x0302, TlsNumbers.PROTOCOL_VERSION),
				refused("version 3.0", f -> f.version = 0x0300, TlsNumbers.PROTOCOL_VERSION),
				extension("ec_point_formats of none", TlsNumbers.EC_POINT_FORMATS, 0),
				extension("ec_point_formats without uncompressed", TlsNumbers.EC_POINT_FORMATS, 1, 1),
				extension("ec_point_formats with a wrong length", TlsNumbers.EC_POINT_FORMATS, 2, 0),
				refused("renegotiation_info of another connection", f -> f.extensions.set(TlsNumbers.RENEGOTIATION_INFO, Octets.of(1, 7)),
						TlsNumbers.HANDSHAKE_FAILURE),
				malformed("extended_master_secret with content", f -> f.extensions.set(TlsNumbers.EXTENDED_MASTER_SECRET, new byte[1]))));
		return all;
	}

	/** What looks odd and is right, in every version. */
	public static List<HelloCase> tolerated() {
		return List.of(
				good("as it is", f -> {
				}),
				good("suites nobody knows before the others", f -> {
					for (int number : GREASE) {
						f.suites.add(0, number);
					}
				}),
				good("groups nobody knows", f -> f.extensions.set(TlsNumbers.SUPPORTED_GROUPS, ClientHelloFields.numbers(
						List.of(GREASE[0], TlsNumbers.X25519, GREASE[1], TlsNumbers.SECP256R1)))),
				good("schemes nobody knows", f -> f.extensions.set(TlsNumbers.SIGNATURE_ALGORITHMS, ClientHelloFields.numbers(
						List.of(GREASE[0], TlsNumbers.ECDSA_SECP256R1_SHA256, GREASE[1], TlsNumbers.RSA_PSS_RSAE_SHA256)))),
				good("extensions nobody knows", f -> f.extensions.add(GREASE[0], new byte[0]).add(GREASE[1], new byte[1]).add(0xfe99,
						new byte[900])),
				good("padding", f -> f.extensions.add(21, new byte[300])),
				good("no server_name", f -> f.extensions.remove(TlsNumbers.SERVER_NAME)),
				good("a session id of one byte", f -> f.sessionId = new byte[1]),
				good("no session id", f -> f.sessionId = new byte[0]),
				good("300 suites", f -> {
					for (int i = 0; i < 300; i++) {
						f.suites.add(0x6000 + i);
					}
				}));
	}

	/** What looks odd and is right for TLS 1.3. */
	public static List<HelloCase> tolerated13() {
		List<HelloCase> all = new ArrayList<>(tolerated());
		all.addAll(List.of(
				good("versions nobody knows", f -> f.extensions.set(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(8, 0x5a, 0x5a, 3, 5, 3, 4, 3, 3))),
				good("a share nobody knows", f -> {
					byte[] one = f.extensions.get(TlsNumbers.KEY_SHARE);
					byte[] content = Octets.concat(Octets.of(0x5a, 0x5a, 0, 1, 0), Arrays.copyOfRange(one, 2, one.length));
					f.extensions.set(TlsNumbers.KEY_SHARE, new Octets().vector16(content).toBytes());
					f.extensions.set(TlsNumbers.SUPPORTED_GROUPS, ClientHelloFields.numbers(List.of(0x5a5a, TlsNumbers.X25519)));
				}),
				good("modes nobody knows", f -> f.extensions.set(TlsNumbers.PSK_KEY_EXCHANGE_MODES, Octets.of(3, 0x5a, 1, 0x6a)))));
		return all;
	}

	/** What looks odd and is right for TLS 1.2. */
	public static List<HelloCase> tolerated12() {
		List<HelloCase> all = new ArrayList<>(tolerated());
		all.addAll(List.of(
				good("compression methods besides null", f -> f.compression = Octets.of(1, 0)),
				good("more point formats", f -> f.extensions.set(TlsNumbers.EC_POINT_FORMATS, Octets.of(3, 2, 0, 1))),
				good("the suite number in place of renegotiation_info", f -> {
					f.extensions.remove(TlsNumbers.RENEGOTIATION_INFO);
					f.suites.add(ClientRecords12.EMPTY_RENEGOTIATION_INFO_SCSV);
				}),
				good("no ec_point_formats", f -> f.extensions.remove(TlsNumbers.EC_POINT_FORMATS))));
		return all;
	}

	private static Consumer<ClientHelloFields> share(int group, byte[] share) {
		return f -> f.extensions.set(TlsNumbers.KEY_SHARE,
				new Octets().vector16(new Octets().u16(group).vector16(share).toBytes()).toBytes());
	}
}
