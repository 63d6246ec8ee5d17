/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lays out the tables of virtual methods anew. TeaVM numbers places by hierarchy, so that most of a class's table are places it has no method for, or
 * methods that are only called directly. Here a method that nobody calls virtually has no place, and one that has keeps the same place in every
 * class and interface.
 *
 * <p>A place goes with the member's name, which TeaVM gives by a method's name and descriptor, for the whole program: whoever calls {@code virt_update}
 * by whatever type finds it where every class has it. Two methods share a place if no type has both. What were nested structures become flat ones;
 * a call of a method without a place does not compile.
 */
final class VirtualTables {

	private static final Pattern TYPE = Pattern.compile("(?s)typedef struct (\\w+_VT) \\{\n    (\\w+) parent;\n(.*?)\\} \\1;");
	private static final Pattern MEMBER = Pattern.compile("(?m)^    (\\S.*\\(\\*(virt_\\w+)\\)\\(.*\\);)");
	private static final Pattern CALL = Pattern.compile("TEAVM_METHOD\\(\\w+, \\w+_VT, (virt_\\w+)\\)");
	private static final Pattern TABLE = Pattern.compile("(?sm)^alignas\\(8\\) (\\w+_VT) (\\w+_Cls) = \\{\n(.*?)^\\};");
	private static final Pattern ENTRY = Pattern.compile("(?m)^ +(\\.(\\w+) = .*?),?$");
	private static final String METHOD = "virt_";

	/** The members of a type, those of its parents among them: names and declarations. */
	private final Map<String, Map<String, String>> members = new HashMap<>();
	private final Set<String> called = new TreeSet<>();
	private final Map<String, Integer> places = new TreeMap<>();

	/**
	 * Finds the places.
	 *
	 * @param headers
	 *            the texts of all headers.
	 * @param files
	 *            all code.
	 */
	VirtualTables(Collection<String> headers, Collection<CFile> files) {
		Map<String, Map<String, String>> own = new HashMap<>();
		Map<String, String> parents = new HashMap<>();
		for (String header : headers) {
			Matcher type = TYPE.matcher(header);
			while (type.find()) {
				parents.put(type.group(1), type.group(2));
				Map<String, String> declared = new LinkedHashMap<>();
				Matcher member = MEMBER.matcher(type.group(3));
				while (member.find()) {
					declared.put(member.group(2), member.group(1));
				}
				own.put(type.group(1), declared);
			}
		}
		for (String type : own.keySet()) {
			Map<String, String> all = new TreeMap<>();
			for (String t = type; own.containsKey(t); t = parents.get(t)) {
				all.putAll(own.get(t));
			}
			this.members.put(type, all);
		}
		for (CFile file : files) {
			for (CFunction function : file.functions()) {
				Matcher call = CALL.matcher(function.body);
				while (call.find()) {
					this.called.add(call.group(1));
				}
			}
		}
		Set<String> declared = new HashSet<>();
		this.members.values().forEach(type -> declared.addAll(type.keySet()));
		if (!declared.containsAll(this.called)) {
			throw Rewriter.changed("a virtual method is called that no header declares");
		}
		place();
	}

	/** Gives each method the first place that none has which stands with it in a type: those first that stand with most. */
	private void place() {
		Map<String, Set<String>> neighbours = new TreeMap<>();
		this.called.forEach(method -> neighbours.put(method, new TreeSet<>()));
		for (Map<String, String> type : this.members.values()) {
			Set<String> methods = new TreeSet<>(type.keySet());
			methods.retainAll(this.called);
			methods.forEach(method -> neighbours.get(method).addAll(methods));
		}
		List<String> order = new ArrayList<>(this.called);
		order.sort((a, b) -> neighbours.get(b).size() - neighbours.get(a).size());
		for (String method : order) {
			BitSet taken = new BitSet();
			for (String other : neighbours.get(method)) {
				if (this.places.containsKey(other)) {
					taken.set(this.places.get(other));
				}
			}
			this.places.put(method, taken.nextClearBit(0));
		}
	}

	/** Makes the types of a header flat. */
	String header(String text) {
		return TYPE.matcher(text).replaceAll(type -> {
			TreeMap<Integer, String> slots = new TreeMap<>();
			this.members.get(type.group(1)).forEach((name, declaration) -> {
				if (this.called.contains(name)) {
					slots.put(this.places.get(name), declaration);
				}
			});
			StringBuilder flat = new StringBuilder("typedef struct " + type.group(1) + " {\n    TeaVM_Class parent;\n");
			for (int i = 0; !slots.isEmpty() && i <= slots.lastKey(); i++) {
				flat.append("    ").append(slots.getOrDefault(i, "void (*pad" + i + ")();")).append('\n');
			}
			return Matcher.quoteReplacement(flat.append("} ").append(type.group(1)).append(';').toString());
		});
	}

	/** Makes the tables in a file's declarations flat. */
	String tables(String text) {
		return TABLE.matcher(text).replaceAll(table -> {
			StringBuilder fields = new StringBuilder();
			StringBuilder methods = new StringBuilder();
			Matcher entry = ENTRY.matcher(table.group(3));
			while (entry.find()) {
				String name = entry.group(2);
				if (!name.startsWith(METHOD)) {
					fields.append(name.equals("parent") ? "" : "        " + entry.group(1) + ",\n");
				} else if (this.called.contains(name)) {
					methods.append("    ").append(entry.group(1)).append(",\n");
				}
			}
			return Matcher.quoteReplacement("alignas(8) " + table.group(1) + " " + table.group(2) + " = {\n    .parent = {\n" + fields + "    },\n"
					+ methods + "};");
		});
	}
}
