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
import java.util.TreeSet;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Every reference from Thimble's device classes, and from each library method reachable from them, is to a class or member that exists on a
 * device: Thimble's own, a library's, or one of the allow-list.
 */
final class DeviceApiGate {

	private final ClassPool pool;
	private final AllowList edc;
	private final Map<String, AllowList> extra;
	private final TreeSet<String> violations = new TreeSet<>();

	/**
	 * @param edc
	 *            what every package may use.
	 * @param extra
	 *            what the packages whose names start so may use in place of it.
	 */
	DeviceApiGate(ClassPool pool, AllowList edc, Map<String, AllowList> extra) {
		this.pool = pool;
		this.edc = edc;
		this.extra = extra;
	}

	/** Checks all and says what is wrong, one sentence each. */
	List<String> violations(Reach reach) {
		for (ClassNode type : this.pool.device()) {
			checkDeclarations(type, type.fields, "");
		}
		for (String name : reach.instantiated()) {
			if (!this.pool.isDevice(name)) {
				checkDeclarations(this.pool.get(name), List.of(), "");
			}
		}
		for (Reach.Method method : reach.methods()) {
			new MethodCheck(method, reach.path(method)).run();
		}
		return new ArrayList<>(this.violations);
	}

	private void checkDeclarations(ClassNode type, List<FieldNode> fields, String path) {
		String where = type.name.replace('/', '.');
		for (String supertype : ClassPool.supertypes(type)) {
			checkClass(allowed(type), supertype, where, path);
		}
		for (FieldNode field : fields) {
			checkType(allowed(type), Type.getType(field.desc), where + "." + field.name, path);
		}
	}

	private AllowList allowed(ClassNode from) {
		for (Map.Entry<String, AllowList> entry : this.extra.entrySet()) {
			if (from.name.startsWith(entry.getKey())) {
				return entry.getValue();
			}
		}
		return this.edc;
	}

	private void checkType(AllowList allowed, Type type, String where, String path) {
		Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
		if (element.getSort() == Type.OBJECT) {
			checkClass(allowed, element.getInternalName(), where, path);
		}
	}

	private void checkClass(AllowList allowed, String name, String where, String path) {
		if (name.startsWith("[")) {
			checkType(allowed, Type.getType(name), where, path);
		} else if (this.pool.get(name) == null && !allowed.hasClass(name)) {
			this.violations.add(where + " uses class " + name.replace('/', '.') + path);
		}
	}

	private boolean hasMember(AllowList allowed, String owner, String name, String descriptor) {
		ClassNode type = this.pool.get(owner);
		if (type == null) {
			return allowed.hasMember(owner, name, descriptor);
		}
		if (descriptor.charAt(0) == '(' ? ClassPool.declared(type, name, descriptor) != null
				: type.fields.stream().anyMatch(f -> f.name.equals(name) && f.desc.equals(descriptor))) {
			return true;
		}
		return !name.equals("<init>") && ClassPool.supertypes(type).stream().anyMatch(supertype -> hasMember(allowed, supertype, name, descriptor));
	}

	private final class MethodCheck {

		private final MethodNode method;
		private final AllowList allowed;
		private final String where;
		private final String path;

		MethodCheck(Reach.Method method, String path) {
			this.method = method.node();
			this.allowed = allowed(method.owner());
			this.where = method.toString();
			this.path = path;
		}

		void run() {
			signature(this.method.desc);
			for (TryCatchBlockNode block : this.method.tryCatchBlocks) {
				if (block.type != null) {
					checkClass(this.allowed, block.type, this.where, this.path);
				}
			}
			for (AbstractInsnNode instruction : this.method.instructions) {
				check(instruction);
			}
		}

		private void check(AbstractInsnNode instruction) {
			if (instruction instanceof TypeInsnNode) {
				checkClass(this.allowed, ((TypeInsnNode) instruction).desc, this.where, this.path);
			} else if (instruction instanceof MultiANewArrayInsnNode) {
				checkType(this.allowed, Type.getType(((MultiANewArrayInsnNode) instruction).desc), this.where, this.path);
			} else if (instruction instanceof FieldInsnNode) {
				FieldInsnNode field = (FieldInsnNode) instruction;
				checkType(this.allowed, Type.getType(field.desc), this.where, this.path);
				member(field.owner, field.name, field.desc);
			} else if (instruction instanceof MethodInsnNode) {
				MethodInsnNode call = (MethodInsnNode) instruction;
				signature(call.desc);
				member(call.owner.startsWith("[") ? "java/lang/Object" : call.owner, call.name,
						call.owner.startsWith("[") && call.name.equals("clone") ? "()Ljava/lang/Object;" : call.desc);
			} else if (instruction instanceof LdcInsnNode) {
				Object constant = ((LdcInsnNode) instruction).cst;
				if (constant instanceof Type) {
					checkType(this.allowed, (Type) constant, this.where, this.path);
				}
			} else if (instruction instanceof InvokeDynamicInsnNode) {
				Handle bootstrap = ((InvokeDynamicInsnNode) instruction).bsm;
				checkClass(this.allowed, bootstrap.getOwner(), this.where, this.path);
			} else if (instruction.getOpcode() == Opcodes.JSR) {
				violations.add(this.where + " uses jsr" + this.path);
			}
		}

		private void signature(String descriptor) {
			checkType(this.allowed, Type.getReturnType(descriptor), this.where, this.path);
			for (Type argument : Type.getArgumentTypes(descriptor)) {
				checkType(this.allowed, argument, this.where, this.path);
			}
		}

		private void member(String owner, String name, String descriptor) {
			checkClass(this.allowed, owner, this.where, this.path);
			boolean known = pool.get(owner) != null || this.allowed.hasClass(owner);
			if (known && !hasMember(this.allowed, owner, name, descriptor)) {
				violations.add(this.where + " uses " + owner.replace('/', '.') + "." + name + descriptor + this.path);
			}
		}
	}
}
