/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who calls whom in the generated C. A virtual call counts as a call of every method in a slot of that name: too many, never too few.
 */
final class CallGraph {

	private static final Pattern SLOT = Pattern.compile("\\.(virt_\\w+) = &(\\w+)");

	/** What allocates on the Java heap, or hands an exception up: our runtime's functions that do. */
	private static final Set<String> ALLOCATING = Set.of("meth_otr_Allocator_allocate", "meth_otr_Allocator_allocateArray",
			"meth_otr_Allocator_allocateMultiArray", "meth_otr_ExceptionHandling_throwException", "teavm_getClassObject",
			"meth_jl_Object_cloneLowLevel", "teavm_gc_collect", "teavm_gc_collectFull");

	private final Map<String, CFunction> functions = new LinkedHashMap<>();
	private final Map<String, Set<String>> slots = new HashMap<>();

	/**
	 * Reads the calls.
	 *
	 * @param files
	 *            the generated files.
	 * @param replaced
	 *            functions that are not taken from there; what they do is known here.
	 */
	CallGraph(Collection<CFile> files, Set<String> replaced) {
		for (CFile file : files) {
			for (CFunction function : file.functions()) {
				if (!replaced.contains(function.name)) {
					this.functions.put(function.name, function);
				}
			}
			Matcher slot = SLOT.matcher(file.declarations());
			while (slot.find()) {
				this.slots.computeIfAbsent(slot.group(1), k -> new LinkedHashSet<>()).add(slot.group(2));
			}
		}
	}

	CFunction function(String name) {
		return this.functions.get(name);
	}

	Collection<CFunction> functions() {
		return this.functions.values();
	}

	/** Gives the names of all functions that some functions reach, these included; static initialisers too if wanted. */
	Set<String> reach(Collection<String> roots, boolean initializers) {
		Set<String> reached = new LinkedHashSet<>(roots);
		Deque<String> open = new ArrayDeque<>(roots);
		while (!open.isEmpty()) {
			CFunction function = this.functions.get(open.remove());
			if (function == null) {
				continue;
			}
			for (String callee : callees(function, initializers)) {
				if (reached.add(callee)) {
					open.add(callee);
				}
			}
		}
		return reached;
	}

	/**
	 * Gives the functions during which the collector can run, or that an exception can leave: only their references must be on the
	 * shadow stack.
	 *
	 * @param starting
	 *            the functions in which static initialisers may still run.
	 */
	Set<String> allocating(Set<String> starting) {
		Set<String> result = new HashSet<>(ALLOCATING);
		for (boolean grown = true; grown;) {
			grown = false;
			for (CFunction function : this.functions.values()) {
				if (!result.contains(function.name) && callees(function, starting.contains(function.name)).stream().anyMatch(result::contains)) {
					grown = result.add(function.name);
				}
			}
		}
		return result;
	}

	private Set<String> callees(CFunction function, boolean initializers) {
		Set<String> result = new LinkedHashSet<>(function.calls);
		for (String slot : function.virtualCalls) {
			result.addAll(this.slots.getOrDefault(slot, Set.of()));
		}
		if (initializers) {
			result.addAll(function.initializers);
		}
		return result;
	}
}
