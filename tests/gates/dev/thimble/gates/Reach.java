/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The methods reachable from some roots, in Thimble's classes and in the libraries below them.
 *
 * <p>A virtual call reaches the implementation of every class that is instantiated somewhere in what was reached (rapid type analysis); a
 * class that is used reaches its static initialiser; an instantiated class reaches what it overrides of the platform's classes, since the
 * platform may call it. Thimble's own classes all count as instantiated. So the result errs on the side of too much.
 */
final class Reach {

	/** A method and the class that declares it. */
	record Method(ClassNode owner, MethodNode node) {
		@Override
		public String toString() {
			return this.owner.name.replace('/', '.') + "." + this.node.name + this.node.desc;
		}
	}

	private record Call(String owner, String name, String descriptor) {
	}

	private final ClassPool pool;
	private final AllowList platform;
	/** Each reached method, and the one it was first reached from. */
	private final Map<Method, Method> reached = new LinkedHashMap<>();
	private final Deque<Method> work = new ArrayDeque<>();
	private final Set<String> instantiated = new LinkedHashSet<>();
	private final Set<String> initialised = new LinkedHashSet<>();
	private final Map<Call, Method> virtualCalls = new LinkedHashMap<>();
	private final Predicate<Method> enter;

	private Reach(ClassPool pool, AllowList platform, Predicate<Method> enter) {
		this.pool = pool;
		this.platform = platform;
		this.enter = enter;
	}

	/** Reaches from every method of Thimble's own classes. */
	static Reach everything(ClassPool pool, AllowList platform) {
		Reach reach = new Reach(pool, platform, method -> true);
		for (ClassNode type : pool.device()) {
			reach.initialise(type.name, null);
			if ((type.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0) {
				reach.instantiate(type.name, null);
			}
			for (MethodNode method : type.methods) {
				reach.add(new Method(type, method), null);
			}
		}
		reach.run();
		return reach;
	}

	/** Reaches from the given methods as an image's compiler does: a class exists if what was reached makes an object of it, and not otherwise. */
	static Reach image(ClassPool pool, AllowList platform, Collection<Method> roots) {
		Reach reach = new Reach(pool, platform, method -> true);
		for (Method root : roots) {
			reach.initialise(root.owner.name, null);
			if ((root.node.access & Opcodes.ACC_STATIC) == 0) {
				reach.instantiate(root.owner.name, null);
			}
			reach.add(root, null);
		}
		reach.run();
		return reach;
	}

	/**
	 * Reaches from the given methods, knowing which classes exist from another walk.
	 *
	 * @param enter
	 *            what to follow: a method it refuses is neither in the result nor followed.
	 */
	static Reach from(Collection<Method> roots, Reach everything, Predicate<Method> enter) {
		Reach reach = new Reach(everything.pool, everything.platform, enter);
		reach.instantiated.addAll(everything.instantiated);
		reach.initialised.addAll(everything.initialised);
		for (Method root : roots) {
			reach.add(root, null);
		}
		reach.run();
		return reach;
	}

	Set<Method> methods() {
		return this.reached.keySet();
	}

	Set<String> instantiated() {
		return this.instantiated;
	}

	/** Says how a method was reached: the callers, nearest first. */
	String path(Method method) {
		List<String> callers = new ArrayList<>();
		for (Method at = this.reached.get(method); at != null && callers.size() < 6; at = this.reached.get(at)) {
			callers.add(at.toString());
		}
		return callers.isEmpty() ? "" : " (reached from " + String.join(" <- ", callers) + ")";
	}

	private void run() {
		while (!this.work.isEmpty()) {
			Method method = this.work.remove();
			for (AbstractInsnNode instruction : method.node.instructions) {
				follow(instruction, method);
			}
		}
	}

	private void follow(AbstractInsnNode instruction, Method from) {
		if (instruction instanceof TypeInsnNode && instruction.getOpcode() == Opcodes.NEW) {
			String type = ((TypeInsnNode) instruction).desc;
			initialise(type, from);
			instantiate(type, from);
		} else if (instruction instanceof FieldInsnNode) {
			FieldInsnNode field = (FieldInsnNode) instruction;
			if (field.getOpcode() == Opcodes.GETSTATIC || field.getOpcode() == Opcodes.PUTSTATIC) {
				initialiseFieldOwner(field, from);
			}
		} else if (instruction instanceof MethodInsnNode) {
			MethodInsnNode call = (MethodInsnNode) instruction;
			switch (call.getOpcode()) {
			case Opcodes.INVOKESTATIC:
				initialise(call.owner, from);
				addImplementation(call.owner, call.name, call.desc, from);
				break;
			case Opcodes.INVOKESPECIAL:
				addImplementation(call.owner, call.name, call.desc, from);
				break;
			default:
				if (this.virtualCalls.putIfAbsent(new Call(call.owner, call.name, call.desc), from) == null) {
					for (String type : List.copyOf(this.instantiated)) {
						dispatch(type, new Call(call.owner, call.name, call.desc), from);
					}
				}
				break;
			}
		}
	}

	private void initialiseFieldOwner(FieldInsnNode field, Method from) {
		for (ClassNode type = this.pool.get(field.owner); type != null; type = this.pool.get(type.superName)) {
			ClassNode owner = type;
			if (owner.fields.stream().anyMatch(f -> f.name.equals(field.name))) {
				initialise(owner.name, from);
				return;
			}
			for (String inherited : owner.interfaces) {
				ClassNode parent = this.pool.get(inherited);
				if (parent != null && parent.fields.stream().anyMatch(f -> f.name.equals(field.name))) {
					initialise(inherited, from);
					return;
				}
			}
		}
	}

	private void initialise(String name, Method from) {
		ClassNode type = this.pool.get(name);
		if (type == null || !this.initialised.add(name)) {
			return;
		}
		initialise(type.superName, from);
		MethodNode initialiser = ClassPool.declared(type, "<clinit>", "()V");
		if (initialiser != null) {
			add(new Method(type, initialiser), from);
		}
	}

	private void instantiate(String name, Method from) {
		if (this.pool.get(name) == null || !this.instantiated.add(name)) {
			return;
		}
		for (Call call : List.copyOf(this.virtualCalls.keySet())) {
			dispatch(name, call, this.virtualCalls.get(call));
		}
		// What the platform may call.
		for (ClassNode type = this.pool.get(name); type != null; type = this.pool.get(type.superName)) {
			for (MethodNode method : type.methods) {
				boolean overridable = (method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0 && method.name.charAt(0) != '<';
				if (overridable && overridesPlatform(name, method)) {
					addImplementation(name, method.name, method.desc, from);
				}
			}
		}
	}

	private boolean overridesPlatform(String name, MethodNode method) {
		ClassNode type = this.pool.get(name);
		if (type == null) {
			return this.platform.hasMember(name, method.name, method.desc);
		}
		return ClassPool.supertypes(type).stream().anyMatch(supertype -> overridesPlatform(supertype, method));
	}

	private void dispatch(String type, Call call, Method from) {
		if (isSubtype(type, call.owner)) {
			addImplementation(type, call.name, call.descriptor, from);
		}
	}

	private boolean isSubtype(String name, String of) {
		if (name == null) {
			return false;
		}
		if (name.equals(of)) {
			return true;
		}
		ClassNode type = this.pool.get(name);
		List<String> supertypes = type == null ? this.platform.supertypes(name) : ClassPool.supertypes(type);
		return supertypes.stream().anyMatch(supertype -> isSubtype(supertype, of));
	}

	private void addImplementation(String owner, String name, String descriptor, Method from) {
		for (ClassNode type = this.pool.get(owner); type != null; type = this.pool.get(type.superName)) {
			MethodNode method = ClassPool.declared(type, name, descriptor);
			if (method != null) {
				add(new Method(type, method), from);
				return;
			}
		}
	}

	private void add(Method method, Method from) {
		if (this.enter.test(method) && !this.reached.containsKey(method)) {
			this.reached.put(method, from);
			this.work.add(method);
		}
	}
}
