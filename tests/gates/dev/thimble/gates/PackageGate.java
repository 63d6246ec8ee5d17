/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/** The arrows between Thimble's packages point only downwards, as the table here says; see the design's "who may know whom". */
final class PackageGate {

	private static final String ROOT = "dev/thimble/";
	private static final String BOUNCY_CASTLE = "org/bouncycastle/";

	/** Which packages a package may use beside itself. A package of the library that is not here is refused. */
	private static final Map<String, Set<String>> MAY_USE = Map.of(
			"cloud", Set.of("net", "tls", "x509", "identity", "crypto", "board"),
			"net", Set.of("tls", "x509", "identity", "crypto", "board"),
			"tls", Set.of("x509", "identity", "crypto"),
			"x509", Set.of("crypto"),
			"identity", Set.of("crypto", "board"),
			"crypto", Set.of("board"),
			"board", Set.of());

	/** Packages of firmware applications, which may use the whole library. */
	private static final Set<String> APPLICATIONS = Set.of("app");

	/** Packages that may name Bouncy Castle: everything else reaches it through the interfaces of crypto. */
	private static final Set<String> KNOW_BOUNCY_CASTLE = Set.of("crypto");

	private final ClassPool pool;

	PackageGate(ClassPool pool) {
		this.pool = pool;
	}

	/** Checks all and says what is wrong, one sentence each. */
	List<String> violations() {
		List<String> violations = new ArrayList<>();
		for (ClassNode type : this.pool.device()) {
			String from = packageOf(type.name);
			boolean application = APPLICATIONS.contains(from);
			if (!application && !MAY_USE.containsKey(from)) {
				violations.add(type.name + " is in no package of the design");
				continue;
			}
			for (String used : references(type)) {
				String to = packageOf(used);
				if (used.startsWith(BOUNCY_CASTLE) && !KNOW_BOUNCY_CASTLE.contains(from)) {
					violations.add(type.name + " uses " + used + ": " + from + " may not know Bouncy Castle");
				} else if (to != null && !to.equals(from)) {
					boolean allowed = application ? MAY_USE.containsKey(to) : MAY_USE.get(from).contains(to);
					if (!allowed) {
						violations.add(type.name + " uses " + used + ": " + from + " may not know " + to);
					} else if (from.equals("crypto") && to.equals("board") && !isInterface(used)) {
						violations.add(type.name + " uses " + used + ": crypto may use board only through interfaces");
					}
				}
			}
		}
		return violations;
	}

	/** Import lines of a source file, which show what the compiler leaves no trace of in a class file: constants. */
	List<String> importViolations(Map<String, List<String>> sources) {
		List<String> violations = new ArrayList<>();
		Map<String, List<String>> sorted = new HashMap<>(sources);
		sorted.forEach((file, lines) -> {
			String from = packageOf(file);
			for (String line : lines) {
				if (line.startsWith("import ")) {
					String to = packageOf(line.replaceFirst("^import (static )?", "").replace('.', '/'));
					if (to != null && !to.equals(from) && !APPLICATIONS.contains(from) && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
						violations.add(file + ": " + line.strip() + " " + from + " may not know " + to);
					}
				}
			}
		});
		return violations;
	}

	private boolean isInterface(String name) {
		ClassNode type = this.pool.get(name);
		return type != null && (type.access & Opcodes.ACC_INTERFACE) != 0;
	}

	/** The package below the root, or null for a class outside of it. */
	private static String packageOf(String name) {
		if (!name.startsWith(ROOT)) {
			return null;
		}
		int end = name.indexOf('/', ROOT.length());
		return end < 0 ? "" : name.substring(ROOT.length(), end);
	}

	private static Set<String> references(ClassNode type) {
		Set<String> names = new TreeSet<>();
		ClassVisitor nowhere = new ClassWriter(0);
		type.accept(new ClassRemapper(nowhere, new Remapper() {
			@Override
			public String map(String internalName) {
				names.add(internalName);
				return internalName;
			}
		}));
		return names;
	}
}
