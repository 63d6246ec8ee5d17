/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What MicroEJ's virtual machine bears: objects, frames, class files and language. Library methods count as far as they are reachable. */
final class LimitsGate {

	/** Java 7. */
	static final int CLASS_VERSION = 51;
	/** Reference fields of an object, those of superclasses included. */
	static final int MAX_REFERENCES = 31;
	/** A stack block, which a call's frame must fit: 12 bytes of header, 4 bytes for each local and each operand. */
	static final int MAX_FRAME = 512;
	/** Elements a static initialiser stores one by one: such a table is start-up code and heap. A longer one is decoded from a String. */
	static final int MAX_TABLE = 16;

	private static final Set<String> BOXES = Set.of("java/lang/Integer", "java/lang/Long", "java/lang/Byte", "java/lang/Short", "java/lang/Character",
			"java/lang/Boolean", "java/lang/Float", "java/lang/Double");

	private final ClassPool pool;
	private final TreeSet<String> violations = new TreeSet<>();

	LimitsGate(ClassPool pool) {
		this.pool = pool;
	}

	/** Checks all and says what is wrong, one sentence each. */
	List<String> violations(Reach reach) {
		for (ClassNode type : this.pool.device()) {
			if (type.version != CLASS_VERSION) {
				refuse(type, "is a class file of version " + (type.version & 0xFFFF) + ", not " + CLASS_VERSION);
			}
			if ((type.access & Opcodes.ACC_ENUM) != 0 || "java/lang/Enum".equals(type.superName)) {
				refuse(type, "is an enum");
			}
			checkReferences(type);
		}
		for (String name : reach.instantiated()) {
			checkReferences(this.pool.get(name));
		}
		for (Reach.Method method : reach.methods()) {
			if ((method.owner().version & 0xFFFF) > CLASS_VERSION) {
				refuse(method.owner(), "is a class file of version " + (method.owner().version & 0xFFFF) + ", newer than " + CLASS_VERSION);
			}
			int frame = frame(method.node());
			if (frame > MAX_FRAME) {
				this.violations.add(method + " has a frame of " + frame + " bytes, more than " + MAX_FRAME + reach.path(method));
			}
			if (this.pool.isDevice(method.owner().name)) {
				checkLanguage(method);
			}
		}
		return List.copyOf(this.violations);
	}

	/** Bytes a call of a method takes of MicroEJ's stack. */
	static int frame(MethodNode method) {
		return 12 + 4 * (method.maxLocals + method.maxStack);
	}

	/** Reference fields of an object of a class. Of a platform's superclass nothing is known. */
	int references(ClassNode type) {
		int count = 0;
		for (ClassNode at = type; at != null; at = this.pool.get(at.superName)) {
			for (FieldNode field : at.fields) {
				char kind = field.desc.charAt(0);
				count += (field.access & Opcodes.ACC_STATIC) == 0 && (kind == 'L' || kind == '[') ? 1 : 0;
			}
		}
		return count;
	}

	private void checkReferences(ClassNode type) {
		int references = references(type);
		if (references > MAX_REFERENCES) {
			refuse(type, "has " + references + " reference fields, more than " + MAX_REFERENCES);
		}
	}

	private void checkLanguage(Reach.Method method) {
		int stores = 0;
		for (AbstractInsnNode instruction : method.node().instructions) {
			if (instruction instanceof InvokeDynamicInsnNode) {
				this.violations.add(method + " uses invokedynamic (a lambda?)");
			} else if (instruction instanceof MethodInsnNode && isBoxing((MethodInsnNode) instruction)) {
				this.violations.add(method + " boxes: " + ((MethodInsnNode) instruction).owner + "." + ((MethodInsnNode) instruction).name);
			}
			int opcode = instruction.getOpcode();
			stores += opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE ? 1 : 0;
		}
		if (method.node().name.equals("<clinit>") && stores > MAX_TABLE) {
			this.violations.add(method + " stores " + stores + " elements one by one, more than " + MAX_TABLE);
		}
	}

	private static boolean isBoxing(MethodInsnNode call) {
		return BOXES.contains(call.owner) && (call.name.equals("valueOf") && call.desc.indexOf("Ljava/lang/String;") < 0
				|| call.name.endsWith("Value") && call.desc.startsWith("()"));
	}

	private void refuse(ClassNode type, String what) {
		this.violations.add(type.name.replace('/', '.') + " " + what);
	}
}
