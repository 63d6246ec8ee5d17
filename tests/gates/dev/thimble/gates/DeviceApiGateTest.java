/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import static dev.thimble.gates.Firmware.assertNone;
import static dev.thimble.gates.Firmware.assertRefused;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

class DeviceApiGateTest {

	private static final String BAD = "dev/thimble/tls/Bad";
	private static final String LIBRARY = "org/example/Library";

	@Test
	void deviceCodeUsesOnlyWhatADeviceHas() {
		assertTrue(Firmware.POOL.device().size() > 10, "the build made no device classes");
		assertNone(new DeviceApiGate(Firmware.POOL, Firmware.EDC, Firmware.EXTRA).violations(Firmware.EVERYTHING));
	}

	@Test
	void theWalkEntersBouncyCastleAndTakesTheShim() {
		assertTrue(Firmware.EVERYTHING.methods().stream().anyMatch(method -> method.owner().name.startsWith("org/bouncycastle/")));
		assertFalse(Firmware.EVERYTHING.methods().stream().anyMatch(
				method -> method.owner().name.equals("org/bouncycastle/crypto/CryptoServicesRegistrar") && method.node().name.equals("<clinit>")));
	}

	@Test
	void refusesAMethodTheDeviceLacks() {
		SampleClass bad = new SampleClass(BAD).method("run", code -> {
			code.visitInsn(Opcodes.ICONST_1);
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "bitCount", "(I)I", false);
			code.visitInsn(Opcodes.POP);
		});
		assertRefused(violations(bad.pool()), "java.lang.Integer.bitCount(I)I");
	}

	@Test
	void refusesAClassTheDeviceLacks() {
		assertRefused(violations(new SampleClass(BAD).field("number", "[Ljava/math/BigInteger;").pool()), "java.math.BigInteger");
		SampleClass catches = new SampleClass(BAD).method("run", code -> {
			code.visitInsn(Opcodes.ACONST_NULL);
			code.visitTypeInsn(Opcodes.CHECKCAST, "java/util/LinkedList");
			code.visitInsn(Opcodes.POP);
		});
		assertRefused(violations(catches.pool()), "java.util.LinkedList");
	}

	@Test
	void refusesWhatAReachableLibraryMethodUses() {
		ClassPool pool = new SampleClass(BAD).method("run", code -> code.visitMethodInsn(Opcodes.INVOKESTATIC, LIBRARY, "reached", "()V", false))
				.pool();
		pool.addLibrary(library().bytes());
		List<String> violations = violations(pool);
		assertTrue(violations.size() == 2 && violations.stream().allMatch(v -> v.contains("java.util.Arrays") || v.contains("java.util.Collections")),
				() -> "a call and a static initialiser: " + violations);
		assertTrue(violations.stream().anyMatch(v -> v.contains("reached from dev.thimble.tls.Bad.run()V")), violations::toString);
	}

	@Test
	void refusesWhatAnOverriddenLibraryMethodUses() {
		ClassPool pool = new SampleClass(BAD).method("run", code -> {
			code.visitTypeInsn(Opcodes.NEW, LIBRARY);
			code.visitInsn(Opcodes.DUP);
			code.visitMethodInsn(Opcodes.INVOKESPECIAL, LIBRARY, "<init>", "()V", false);
			code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Object", "hashCode", "()I", false);
			code.visitInsn(Opcodes.POP);
		}).pool();
		pool.addLibrary(new SampleClass(LIBRARY).constructor().method(Opcodes.ACC_PUBLIC, "toString", "()Ljava/lang/String;", code -> {
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "getenv", "()Ljava/util/Map;", false);
			code.visitInsn(Opcodes.POP);
		}).bytes());
		assertRefused(violations(pool), "java.lang.System.getenv");
	}

	@Test
	void doesNotMindWhatIsNotReachable() {
		ClassPool pool = new SampleClass(BAD).method("run", code -> {
			// nothing
		}).pool();
		pool.addLibrary(library().bytes());
		assertNone(violations(pool));
	}

	@Test
	void refusesALibraryMethodTheShimLacks() {
		ClassPool pool = new SampleClass(BAD)
				.method("run", code -> code.visitMethodInsn(Opcodes.INVOKESTATIC, LIBRARY, "setPolicy", "()V", false)).pool();
		pool.addLibrary(new SampleClass(LIBRARY).bytes());
		pool.addLibrary(library().method("setPolicy", code -> {
			// the original behind the shim, not to be found
		}).bytes());
		assertRefused(violations(pool), "org.example.Library.setPolicy()V");
	}

	private static SampleClass library() {
		return new SampleClass(LIBRARY).method("reached", code -> {
			code.visitInsn(Opcodes.ACONST_NULL);
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/Arrays", "sort", "([I)V", false);
		}).method(Opcodes.ACC_STATIC, "<clinit>", "()V", code -> code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/Collections", "list", "()V", false));
	}

	private static List<String> violations(ClassPool pool) {
		return new DeviceApiGate(pool, Firmware.EDC, Map.of()).violations(Reach.everything(pool, Firmware.EDC));
	}
}
