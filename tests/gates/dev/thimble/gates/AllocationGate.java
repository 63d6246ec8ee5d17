/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Nothing is allocated after construction: no method reachable from a public method of a device class has an instruction that allocates, or
 * calls a platform method that may. Constructors and static initialisers may; so may what only they call.
 *
 * <p>Thrown exceptions are the exception: ours only for a caller's mistake (IllegalArgumentException, IllegalStateException), without a text
 * made at run time; a library's if it is a Throwable. No peer's input leads to one; the fuzz tests show it.
 */
final class AllocationGate {

	private static final Set<String> PRECONDITIONS = Set.of("java/lang/IllegalArgumentException", "java/lang/IllegalStateException");

	/** Methods of the platform that return a reference and allocate nothing. */
	private static final Set<String> HARMLESS = Set.of("java/lang/Object.getClass()Ljava/lang/Class;");

	private final ClassPool pool;
	private final AllowList platform;
	private final Map<String, String> builders;
	private final TreeSet<String> violations = new TreeSet<>();

	/**
	 * @param builders
	 *            names of classes, or of single methods (CLASS.METHOD), that allocate while an engine is constructed, and the reason.
	 */
	AllocationGate(ClassPool pool, AllowList platform, Map<String, String> builders) {
		this.pool = pool;
		this.platform = platform;
		this.builders = builders;
	}

	/** Checks all and says what is wrong, one sentence each. */
	List<String> violations(Reach everything) {
		List<Reach.Method> roots = new ArrayList<>();
		for (ClassNode type : this.pool.device()) {
			for (MethodNode method : type.methods) {
				if ((method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0) {
					roots.add(new Reach.Method(type, method));
				}
			}
		}
		Reach steady = Reach.from(roots, everything, this::isSteady);
		for (Reach.Method method : steady.methods()) {
			check(method, steady.path(method));
		}
		return List.copyOf(this.violations);
	}

	/** Gets the names among the builders that name nothing. */
	List<String> unusedBuilders() {
		return this.builders.keySet().stream().filter(name -> {
			int dot = name.indexOf('.');
			ClassNode type = this.pool.get(dot < 0 ? name : name.substring(0, dot));
			return type == null || dot >= 0 && type.methods.stream().noneMatch(method -> method.name.equals(name.substring(dot + 1)));
		}).toList();
	}

	private boolean isSteady(Reach.Method method) {
		return !method.node().name.startsWith("<") && !this.builders.containsKey(method.owner().name)
				&& !this.builders.containsKey(method.owner().name + "." + method.node().name);
	}

	private void check(Reach.Method method, String path) {
		boolean own = this.pool.isDevice(method.owner().name);
		for (AbstractInsnNode instruction : method.node().instructions) {
			switch (instruction.getOpcode()) {
			case Opcodes.NEW:
				String type = ((TypeInsnNode) instruction).desc;
				if (own ? !PRECONDITIONS.contains(type) : !isThrowable(type)) {
					this.violations.add(method + " makes a " + type.replace('/', '.') + path);
				}
				break;
			case Opcodes.NEWARRAY:
			case Opcodes.ANEWARRAY:
			case Opcodes.MULTIANEWARRAY:
				this.violations.add(method + " makes an array" + path);
				break;
			case Opcodes.INVOKEVIRTUAL:
			case Opcodes.INVOKESPECIAL:
			case Opcodes.INVOKESTATIC:
			case Opcodes.INVOKEINTERFACE:
				checkCall(method, (MethodInsnNode) instruction, path);
				break;
			case Opcodes.INVOKEDYNAMIC:
				this.violations.add(method + " uses invokedynamic" + path);
				break;
			default:
				break;
			}
		}
	}

	/** A platform method that returns an object may have made it: strings, clones, iterators. */
	private void checkCall(Reach.Method method, MethodInsnNode call, String path) {
		int result = Type.getReturnType(call.desc).getSort();
		boolean reference = result == Type.OBJECT || result == Type.ARRAY;
		String callee = call.owner + "." + call.name + call.desc;
		if (reference && isPlatform(call) && !HARMLESS.contains(callee)) {
			this.violations.add(method + " calls " + callee.replace('/', '.') + ", which may allocate" + path);
		}
	}

	private boolean isPlatform(MethodInsnNode call) {
		for (ClassNode type = this.pool.get(call.owner); type != null; type = this.pool.get(type.superName)) {
			if (ClassPool.declared(type, call.name, call.desc) != null) {
				return false;
			}
			// Declared by an interface: its implementations are in the walk.
			if ((type.access & (Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT)) != 0 && !this.platform.hasMember("java/lang/Object", call.name, call.desc)) {
				return false;
			}
		}
		return true;
	}

	private boolean isThrowable(String name) {
		if (name.equals("java/lang/Throwable")) {
			return true;
		}
		ClassNode type = this.pool.get(name);
		List<String> supertypes = type == null ? this.platform.supertypes(name) : ClassPool.supertypes(type);
		return supertypes.stream().anyMatch(this::isThrowable);
	}
}
