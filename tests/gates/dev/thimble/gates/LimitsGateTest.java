/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import static dev.thimble.gates.Firmware.assertNone;
import static dev.thimble.gates.Firmware.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class LimitsGateTest {

	private static final String BAD = "dev/thimble/tls/Bad";

	@Test
	void deviceCodeKeepsMicroEjsLimits() {
		assertNone(new LimitsGate(Firmware.POOL).violations(Firmware.EVERYTHING));
		Reach.Method largest = Firmware.EVERYTHING.methods().stream().max(Comparator.comparingInt(m -> LimitsGate.frame(m.node()))).orElseThrow();
		System.out.println("largest frame: " + LimitsGate.frame(largest.node()) + " of " + LimitsGate.MAX_FRAME + " bytes, " + largest);
	}

	@Test
	void refusesAClassFileThatIsNotOfJava7() {
		assertRefused(violations(new SampleClass(BAD, "java/lang/Object", 52, Opcodes.ACC_PUBLIC)), "version 52");
		assertRefused(violations(new SampleClass(BAD, "java/lang/Object", 50, Opcodes.ACC_PUBLIC)), "version 50");
	}

	@Test
	void refusesANewerLibraryClassFile() {
		ClassPool pool = method(code -> code.visitMethodInsn(Opcodes.INVOKESTATIC, "org/example/Library", "run", "()V", false)).pool();
		pool.addLibrary(new SampleClass("org/example/Library", "java/lang/Object", 61, Opcodes.ACC_PUBLIC).method("run", code -> {
			// nothing
		}).bytes());
		assertRefused(new LimitsGate(pool).violations(Reach.everything(pool, Firmware.EDC)), "version 61");
	}

	@Test
	void countsReferenceFieldsOfSuperclasses() {
		SampleClass below = new SampleClass("dev/thimble/tls/Below");
		SampleClass above = new SampleClass(BAD, below.name(), LimitsGate.CLASS_VERSION, Opcodes.ACC_PUBLIC);
		for (int i = 0; i < 16; i++) {
			below.field("reference" + i, "[B").field("number" + i, "J");
			above.field("reference" + i, "Ljava/lang/String;");
		}
		ClassPool pool = below.pool();
		pool.addDevice(above.bytes());
		assertRefused(new LimitsGate(pool).violations(Reach.everything(pool, Firmware.EDC)), "32 reference fields");
		assertEquals(16, new LimitsGate(pool).references(pool.get(below.name())));
	}

	@Test
	void refusesAFrameAboveTheStackBlock() {
		assertNone(violations(locals(123)));
		assertRefused(violations(locals(124)), "frame of 516 bytes");
	}

	@Test
	void refusesEnumsLambdasAndBoxes() {
		assertRefused(violations(new SampleClass(BAD, "java/lang/Enum", LimitsGate.CLASS_VERSION, Opcodes.ACC_PUBLIC | Opcodes.ACC_ENUM)), "enum");
		assertRefused(violations(method(code -> {
			code.visitInvokeDynamicInsn("run", "()Ljava/lang/Runnable;",
					new Handle(Opcodes.H_INVOKESTATIC, "java/lang/invoke/LambdaMetafactory", "metafactory", "()V", false));
			code.visitInsn(Opcodes.POP);
		})), "invokedynamic");
		assertRefused(violations(method(code -> {
			code.visitInsn(Opcodes.ICONST_1);
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
			code.visitInsn(Opcodes.POP);
		})), "boxes");
	}

	@Test
	void refusesATableInTheStaticInitialiser() {
		assertNone(violations(table(16)));
		assertRefused(violations(table(17)), "stores 17 elements");
	}

	private static SampleClass table(int length) {
		return new SampleClass(BAD).method(Opcodes.ACC_STATIC, "<clinit>", "()V", code -> {
			code.visitIntInsn(Opcodes.BIPUSH, length);
			code.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_INT);
			for (int i = 0; i < length; i++) {
				code.visitInsn(Opcodes.DUP);
				code.visitIntInsn(Opcodes.BIPUSH, i);
				code.visitInsn(Opcodes.ICONST_1);
				code.visitInsn(Opcodes.IASTORE);
			}
			code.visitInsn(Opcodes.POP);
		});
	}

	/** A method with a number of locals and an operand stack of two. */
	private static SampleClass locals(int count) {
		return method(code -> {
			code.visitInsn(Opcodes.LCONST_0);
			code.visitVarInsn(Opcodes.LSTORE, count - 2);
			code.visitInsn(Opcodes.LCONST_0);
			code.visitInsn(Opcodes.POP2);
			code.visitInsn(Opcodes.ICONST_0);
			code.visitInsn(Opcodes.POP);
		});
	}

	private static SampleClass method(Consumer<MethodVisitor> body) {
		return new SampleClass(BAD).method("run", body);
	}

	private static List<String> violations(SampleClass sample) {
		ClassPool pool = sample.pool();
		return new LimitsGate(pool).violations(Reach.everything(pool, Firmware.EDC));
	}
}
