/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function of the generated C, and whom it calls. */
final class CFunction {

	private static final Pattern CALL = Pattern.compile("\\b(?:meth|Java|teavm|initclass)_\\w+");
	private static final Pattern VIRTUAL = Pattern.compile("\\b\\w+_VT, (virt_\\w+)\\)");

	final String name;
	final String signature;

	/** The lines between the braces. */
	String body;

	/** Names of functions called or referred to. */
	final Set<String> calls = new LinkedHashSet<>();

	/** Slots of virtual tables called. */
	final Set<String> virtualCalls = new LinkedHashSet<>();

	/** Initialisers of classes that run before this function goes on. */
	final Set<String> initializers = new LinkedHashSet<>();

	/** Whether it can catch an exception. */
	final boolean catches;

	CFunction(String name, String signature, String body) {
		this.name = name;
		this.signature = signature;
		this.body = body;
		this.catches = body.contains("TEAVM_TRY");
		Matcher call = CALL.matcher(body);
		while (call.find()) {
			String callee = call.group();
			if (callee.startsWith("initclass_")) {
				this.initializers.add(callee);
			} else if (!callee.startsWith("teavm_local_") && !callee.startsWith("teavm_label_")) {
				this.calls.add(callee);
			}
		}
		Matcher slot = VIRTUAL.matcher(body);
		while (slot.find()) {
			this.virtualCalls.add(slot.group(1));
		}
	}

	boolean isStaticInitializer() {
		return this.name.endsWith("__clinit_");
	}

	/** Tells whether this runs a static initialiser once. */
	boolean isInitializerGuard() {
		return this.name.startsWith("initclass_");
	}

	@Override
	public String toString() {
		return this.signature + " {\n" + this.body + "}\n";
	}
}
