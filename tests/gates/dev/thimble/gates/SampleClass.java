/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import java.util.function.Consumer;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes small classes that break a rule, to prove that the gates can fail. */
final class SampleClass {

	private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
	private final String name;
	private final String superName;

	SampleClass(String name) {
		this(name, "java/lang/Object", LimitsGate.CLASS_VERSION, Opcodes.ACC_PUBLIC);
	}

	SampleClass(String name, String superName, int version, int access) {
		this.name = name;
		this.superName = superName;
		this.writer.visit(version, access | Opcodes.ACC_SUPER, name, null, superName, null);
	}

	/** Adds the constructor without parameters. */
	SampleClass constructor() {
		return method(Opcodes.ACC_PUBLIC, "<init>", "()V", code -> {
			code.visitVarInsn(Opcodes.ALOAD, 0);
			code.visitMethodInsn(Opcodes.INVOKESPECIAL, this.superName, "<init>", "()V", false);
		});
	}

	SampleClass field(String field, String descriptor) {
		this.writer.visitField(Opcodes.ACC_PRIVATE, field, descriptor, null, null);
		return this;
	}

	/** Adds a public static method without parameters. */
	SampleClass method(String method, Consumer<MethodVisitor> body) {
		return method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, method, "()V", body);
	}

	/** Adds a method that returns nothing; the return instruction is added. */
	SampleClass method(int access, String method, String descriptor, Consumer<MethodVisitor> body) {
		MethodVisitor code = this.writer.visitMethod(access, method, descriptor, null, null);
		code.visitCode();
		body.accept(code);
		code.visitInsn(Opcodes.RETURN);
		code.visitMaxs(0, 0);
		code.visitEnd();
		return this;
	}

	byte[] bytes() {
		this.writer.visitEnd();
		return this.writer.toByteArray();
	}

	/** Gets a pool with this as its only device class. */
	ClassPool pool() {
		ClassPool pool = new ClassPool();
		pool.addDevice(bytes());
		return pool;
	}

	String name() {
		return this.name;
	}
}
