/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** What an application does not name is not in its image: roles, versions and options of the engine are reached by their own names alone. */
class RoleGateTest {

	private static final String TLS = "dev/thimble/tls/";
	private static final List<String> CLIENT = List.of("ClientHandshake", "CertificateHandshake13", "ClientHelloWriter", "ServerHelloReader",
			"EncryptedExtensionsReader", "NewSessionTicketReader", "IdentityMatch");
	private static final List<String> SERVER = List.of("ServerHandshake", "ClientHelloReader", "ReceivedHello", "ServerHelloWriter",
			"ServerFlightWriter");
	private static final List<String> SERVER_OPTIONS = List.of("PskSelector", "TicketOpener", "TicketIssuer", "TicketKeys", "HelloCookie",
			"PeerAuthentication", "CertificateReader", "CertificateVerifyReader");
	private static final List<String> VERSION_12 = List.of("ClientHandshake12", "ClientNegotiation12", "ServerHandshake12", "ServerNegotiation12",
			"ServerFlight12Writer", "KeySchedule12", "Prf12");

	/** A minimal application: what it constructs and calls. */
	private static final class Application {

		private final List<Reach.Method> roots = new ArrayList<>();

		Application constructs(String name, String descriptor) {
			return calls(name, "<init>", descriptor);
		}

		Application calls(String name, String method, String descriptor) {
			ClassNode type = Firmware.POOL.get(name);
			MethodNode node = ClassPool.declared(type, method, descriptor);
			assertTrue(node != null, () -> "there is no " + name + "." + method + descriptor);
			this.roots.add(new Reach.Method(type, node));
			return this;
		}

		/** Calls all public methods of the engine but some. */
		Application drives(Set<String> without) {
			constructs(TLS + "TlsEngine", "(L" + TLS + "EngineConfig;)V");
			ClassNode engine = Firmware.POOL.get(TLS + "TlsEngine");
			for (MethodNode method : engine.methods) {
				if ((method.access & Opcodes.ACC_PUBLIC) != 0 && method.name.charAt(0) != '<' && !without.contains(method.name)) {
					this.roots.add(new Reach.Method(engine, method));
				}
			}
			return this;
		}

		/** The simple names of the classes of which the image has a method. */
		Set<String> classes() {
			return Reach.image(Firmware.POOL, Firmware.EDC, this.roots).methods().stream().map(m -> m.owner().name)
					.map(name -> name.substring(name.lastIndexOf('/') + 1)).collect(Collectors.toCollection(TreeSet::new));
		}
	}

	private static final String CONFIG = "(Ldev/thimble/crypto/CryptoProvider;Ldev/thimble/crypto/Random;Ldev/thimble/x509/TrustAnchors;"
			+ "Ldev/thimble/x509/TimeSource;";

	private static Application client() {
		return new Application().constructs("dev/thimble/crypto/PortableEcCrypto", "()V").constructs(TLS + "EngineConfig", CONFIG + ")V")
				.drives(Set.of("accept"));
	}

	private static Application server() {
		return new Application().constructs("dev/thimble/crypto/PortableEcCrypto", "()V")
				.constructs(TLS + "EngineConfig", CONFIG + "[L" + TLS + "Protocol;)V").constructs(TLS + "Tls13Server", "()V")
				.calls(TLS + "EngineConfig", "identity", "([Ldev/thimble/identity/Identity;)L" + TLS + "EngineConfig;")
				.constructs("dev/thimble/identity/Identity", "(Ldev/thimble/crypto/CryptoProvider;[B[B)V").drives(Set.of("start"));
	}

	private static void assertHas(Set<String> classes, List<String> names) {
		assertTrue(classes.containsAll(names), () -> "of " + names + " the image has only " + classes);
	}

	private static void assertHasNone(Set<String> classes, List<String> names) {
		assertEquals(List.of(), names.stream().filter(classes::contains).toList());
	}

	@Test
	void aClientHasNothingOfAServer() {
		Set<String> classes = client().classes();
		assertHas(classes, List.of("ClientHandshake13", "CertificateHandshake13", "PathValidator"));
		assertHasNone(classes, SERVER);
		assertHasNone(classes, List.of("ServerHandshake13", "PskSelector", "TicketOpener", "TicketIssuer", "TicketKeys", "HelloCookie"));
		assertHasNone(classes, VERSION_12);
	}

	@Test
	void aServerHasNothingOfAClient() {
		Set<String> classes = server().classes();
		assertHas(classes, SERVER);
		assertHasNone(classes, CLIENT);
		assertHasNone(classes, VERSION_12);
	}

	/** So the names above that a version is known by are those of classes there are. */
	@Test
	void anEngineOfBothVersionsHasBoth() {
		Set<String> both = new TreeSet<>(client().constructs(TLS + "Tls12Client", "()V").classes());
		assertHasNone(both, SERVER);
		both.addAll(server().constructs(TLS + "Tls12Server", "()V").classes());
		assertHas(both, VERSION_12);
	}

	/** Without tickets, pre-shared keys and client certificates a server has none of them, nor the path validation. */
	@Test
	void aServerHasOnlyTheOptionsItNames() {
		assertHasNone(server().classes(), SERVER_OPTIONS);
		assertHasNone(server().classes(), List.of("PathValidator"));
		Set<String> verifying = server().calls(TLS + "EngineConfig", "clientAuthentication", "(I)L" + TLS + "EngineConfig;").classes();
		assertHas(verifying, List.of("PeerAuthentication", "PathValidator", "CertificateReader", "CertificateVerifyReader"));
		assertHasNone(verifying, List.of("PskSelector", "TicketOpener", "TicketIssuer", "HelloCookie"));
		Set<String> resuming = server().constructs(TLS + "TicketKeys", "(Ldev/thimble/crypto/Aead;ILdev/thimble/crypto/Random;)V").classes();
		assertHas(resuming, List.of("PskSelector", "TicketOpener", "TicketIssuer", "HelloCookie"));
		assertHasNone(resuming, List.of("PeerAuthentication", "PathValidator"));
		Set<String> sharing = server().constructs(TLS + "PreSharedKey", "([B[B)V").classes();
		assertHas(sharing, List.of("PskSelector"));
		assertHasNone(sharing, List.of("TicketIssuer", "HelloCookie", "PathValidator"));
	}

	/** A socket over the board's IP stack brings nothing along that listens, until a listener is named. */
	@Test
	void anImageThatDoesNotListenCannot() {
		String net = "dev/thimble/net/";
		List<String> listening = List.of("NetworkListener", "ServerPort");
		Application application = new Application().constructs("dev/thimble/board/Network", "()V").constructs(net + "BoardNetwork",
				"(Ldev/thimble/board/Network;Ldev/thimble/board/BoardSystem;)V").constructs(net + "NetworkTransport", "(L" + net + "BoardNetwork;)V")
				.constructs(net + "SecureSocket", "(L" + net + "SecureContext;L" + net + "Transport;)V")
				.calls(net + "SecureSocket", "connect", "([BIII)I").calls(net + "SecureSocket", "accept", "()I");
		assertHas(application.classes(), List.of("Network", "NetworkTransport", "SecureSocket"));
		assertHasNone(application.classes(), listening);
		assertHas(application.constructs("dev/thimble/board/ServerPort", "()V")
				.constructs(net + "NetworkListener", "(L" + net + "BoardNetwork;Ldev/thimble/board/ServerPort;I)V")
				.calls(net + "NetworkListener", "accept", "(L" + net + "Transport;)I").classes(), listening);
	}
}
