/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import static dev.thimble.gates.Firmware.assertNone;
import static dev.thimble.gates.Firmware.assertRefused;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class AllocationGateTest {

	private static final String BAD = "dev/thimble/tls/Bad";

	/** What allocates while an engine is constructed and is no constructor, or allocates only in a case that is not ours. */
	private static final Map<String, String> BUILDERS = Map.ofEntries(
			Map.entry("dev/thimble/crypto/PortableCrypto", "a provider: makes the primitives an engine asks for in its constructor"),
			Map.entry("dev/thimble/crypto/PortableEcCrypto", "a provider"),
			Map.entry("dev/thimble/crypto/SymmetricPrimitives", "a provider's part"),
			Map.entry("dev/thimble/crypto/CurvePrimitives", "a provider's part"),
			Map.entry("dev/thimble/crypto/EcCurve.p256", "curve parameters, made with the objects that use them"),
			Map.entry("dev/thimble/crypto/EcCurve.p384", "curve parameters, made with the objects that use them"),
			Map.entry("dev/thimble/crypto/RsaSigner.other", "makes a signer"),
			Map.entry("dev/thimble/identity/Identity.rawKey", "makes an identity"),
			Map.entry("dev/thimble/identity/Identity.rsa", "makes identities"),
			Map.entry("dev/thimble/tls/EngineConfig", "a configuration: an engine's constructor reads it"),
			Map.entry("dev/thimble/tls/PreSharedKey.imported", "makes a key"),
			Map.entry("dev/thimble/x509/TrustedKeys.of", "makes a list of keys"),
			Map.entry("org/bouncycastle/crypto/macs/Poly1305.setKey", "allocates only if made with a block cipher, and ours is made without"));

	/** The same for the board's provider and the firmware. */
	private static final Map<String, String> FIRMWARE_BUILDERS = Map.of(
			"dev/thimble/crypto/BoardCrypto", "a provider",
			"dev/thimble/app/Connect", "a profile: makes the shell and the provider",
			"dev/thimble/app/ConnectSmall", "a profile",
			"dev/thimble/app/Shell.build", "makes the client when trust anchors or record sizes are new",
			"dev/thimble/app/Shell.newCrypto", "makes the provider of a client",
			"dev/thimble/app/SelfTest", "a test: makes what it tests",
			"dev/thimble/app/SelfTestHashes.run", "a test",
			"dev/thimble/app/SelfTestKeySchedule.run", "a test");

	/** The same for sockets, and where Java's own sockets allocate anyway. */
	private static final Map<String, String> SOCKET_BUILDERS = Map.ofEntries(
			Map.entry("dev/thimble/x509/AnchorTable", "makes a table of the roots of an engine"),
			Map.entry("dev/thimble/net/EnginePool.build", "makes an engine when a socket has other options than any before"),
			Map.entry("dev/thimble/app/Sockets.main", "makes the firmware"),
			Map.entry("dev/thimble/app/Sockets.newCrypto", "makes the provider of an engine"),
			Map.entry("dev/thimble/app/Telemetry.main", "makes the firmware"),
			Map.entry("dev/thimble/app/Telemetry.newCrypto", "makes the provider of an engine"),
			Map.entry("dev/thimble/app/TelemetrySettings.crypto", "what that provider rests on"),
			Map.entry("dev/thimble/net/PreSharedKeys.read", "keys of an engine"),
			Map.entry("dev/thimble/net/Resumption.configure", "a session of an engine"),
			Map.entry("dev/thimble/net/EngineParts", "what an engine is made of"),
			Map.entry("dev/thimble/net/Credentials.save", "an image for the non-volatile memory"),
			Map.entry("dev/thimble/net/Credentials.load", "what it reads"),
			Map.entry("dev/thimble/net/SocketOptions.copy", "an option's value"),
			Map.entry("dev/thimble/net/SocketOptions.applicationProtocols", "an option's value"),
			Map.entry("dev/thimble/net/SocketOptions.setOffload", "an option, once a socket"),
			Map.entry("dev/thimble/net/SecureSocket.inputStream", "a stream, once a socket"),
			Map.entry("dev/thimble/net/SecureSocket.outputStream", "a stream, once a socket"),
			Map.entry("dev/thimble/net/SocketInputStream.read", "exceptions"),
			Map.entry("dev/thimble/net/SocketOutputStream.write", "exceptions"),
			Map.entry("dev/thimble/net/socket/SocketTransport", "stands on java.net, which allocates"),
			Map.entry("dev/thimble/net/socket/SocketLink", "stands on java.net"),
			Map.entry("dev/thimble/net/socket/ServerSocketListener", "stands on java.net"),
			Map.entry("dev/thimble/net/socket/SocketDatagrams", "stands on java.net"),
			Map.entry("dev/thimble/net/socket/ThimbleSocket", "stands on java.net"),
			Map.entry("dev/thimble/net/socket/ThimbleSocket$Input", "stands on java.net"),
			Map.entry("dev/thimble/net/socket/ThimbleSocket$Output", "stands on java.net"),
			Map.entry("dev/thimble/net/socket/ThimbleSocketFactory", "makes sockets"));

	/** Measures what is made anew for each measurement. */
	private static final Map<String, String> BENCH_BUILDERS = Map.of(
			"dev/thimble/app/LanguageTest", "a test of Java itself, the collector's too",
			"dev/thimble/app/LanguageTest$Ball.name", "a test",
			"dev/thimble/app/Bench", "a measurement",
			"dev/thimble/app/BenchPrimitives", "a measurement",
			"dev/thimble/app/BenchHandshake", "a measurement, which counts itself what a connection allocates",
			"dev/thimble/app/BenchScenario", "a measurement");

	@Test
	void nothingIsAllocatedAfterConstruction() {
		Map<String, String> builders = new HashMap<>(BUILDERS);
		builders.putAll(FIRMWARE_BUILDERS);
		builders.putAll(SOCKET_BUILDERS);
		builders.putAll(BENCH_BUILDERS);
		AllocationGate gate = new AllocationGate(Firmware.POOL, Firmware.EDC, builders);
		assertNone(gate.unusedBuilders());
		assertNone(gate.violations(Firmware.EVERYTHING));
	}

	@Test
	void refusesObjectsAndArrays() {
		assertRefused(violations(steady(AllocationGateTest::makeArray)), "makes an array");
		assertRefused(violations(steady(code -> make(code, "java/lang/Object"))), "makes a java.lang.Object");
		assertRefused(violations(steady(code -> make(code, "java/lang/RuntimeException"))), "makes a java.lang.RuntimeException");
	}

	@Test
	void refusesPlatformMethodsThatReturnSomethingNew() {
		assertRefused(violations(steady(code -> {
			code.visitInsn(Opcodes.ICONST_0);
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "toString", "(I)Ljava/lang/String;", false);
			code.visitInsn(Opcodes.POP);
		})), "Integer.toString");
		assertRefused(violations(steady(code -> {
			code.visitInsn(Opcodes.ACONST_NULL);
			code.visitTypeInsn(Opcodes.CHECKCAST, "[B");
			code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "[B", "clone", "()Ljava/lang/Object;", false);
			code.visitInsn(Opcodes.POP);
		})), "clone");
	}

	@Test
	void refusesWhatAPrivateOrLibraryMethodAllocatesForAPublicOne() {
		SampleClass caller = new SampleClass(BAD).method("run", code -> code.visitMethodInsn(Opcodes.INVOKESTATIC, BAD, "below", "()V", false))
				.method(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, "below", "()V",
						code -> code.visitMethodInsn(Opcodes.INVOKESTATIC, "org/example/Library", "work", "()V", false));
		ClassPool pool = caller.pool();
		pool.addLibrary(new SampleClass("org/example/Library").method("work", AllocationGateTest::makeArray).bytes());
		assertRefused(new AllocationGate(pool, Firmware.EDC, Map.of()).violations(Reach.everything(pool, Firmware.EDC)), "org.example.Library.work");
	}

	@Test
	void permitsConstructorsAndWhatOnlyTheyCall() {
		assertNone(violations(new SampleClass(BAD).method(Opcodes.ACC_PUBLIC, "<init>", "()V", code -> {
			code.visitVarInsn(Opcodes.ALOAD, 0);
			code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
			makeArray(code);
			code.visitMethodInsn(Opcodes.INVOKESTATIC, BAD, "table", "()V", false);
		}).method(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, "table", "()V", AllocationGateTest::makeArray)));
	}

	@Test
	void permitsToRefuseACallersMistake() {
		assertNone(violations(steady(code -> make(code, "java/lang/IllegalArgumentException"))));
	}

	@Test
	void permitsABuilderByName() {
		ClassPool pool = steady(AllocationGateTest::makeArray).pool();
		Reach everything = Reach.everything(pool, Firmware.EDC);
		assertNone(new AllocationGate(pool, Firmware.EDC, Map.of(BAD + ".run", "a test")).violations(everything));
		assertRefused(new AllocationGate(pool, Firmware.EDC, Map.of(BAD + ".gone", "a test")).unusedBuilders(), "gone");
	}

	private static void make(MethodVisitor code, String type) {
		code.visitTypeInsn(Opcodes.NEW, type);
		code.visitInsn(Opcodes.DUP);
		code.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "()V", false);
		code.visitInsn(Opcodes.POP);
	}

	private static void makeArray(MethodVisitor code) {
		code.visitInsn(Opcodes.ICONST_1);
		code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_BYTE);
		code.visitInsn(Opcodes.POP);
	}

	private static SampleClass steady(Consumer<MethodVisitor> body) {
		return new SampleClass(BAD).method("run", body);
	}

	private static List<String> violations(SampleClass sample) {
		ClassPool pool = sample.pool();
		return new AllocationGate(pool, Firmware.EDC, Map.of()).violations(Reach.everything(pool, Firmware.EDC));
	}
}
