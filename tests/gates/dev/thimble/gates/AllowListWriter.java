/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes an {@link AllowList} from signatures as {@code javap -protected} prints them. A tool for whoever moves to another version of the
 * device's libraries; the build does not run it.
 *
 * <p>Usage: {@code AllowListWriter OUT.allow SIGNATURES [--within SIGNATURES] [--also CLASS]...}. With {@code --within} only what the second
 * file has too is written, and with {@code --also} a class of the first file that the second lacks. {@code --only CLASS} picks classes.
 */
public final class AllowListWriter {

	private static final Set<String> MODIFIERS = Set.of("public", "protected", "private", "static", "final", "abstract", "synchronized", "native",
			"transient", "volatile", "strictfp", "default");
	private static final Map<String, String> PRIMITIVES = Map.of("void", "V", "boolean", "Z", "byte", "B", "char", "C", "short", "S", "int", "I",
			"long", "J", "float", "F", "double", "D");

	/** Names of members and their descriptors of one class, behind its supertypes. */
	private static final class Signatures {
		private final List<String> supertypes = new ArrayList<>();
		private final TreeMap<String, TreeSet<String>> members = new TreeMap<>();
	}

	private final TreeMap<String, Signatures> classes = new TreeMap<>();

	private AllowListWriter() {
	}

	/**
	 * Writes a list.
	 *
	 * @param args
	 *            see the class.
	 * @throws IOException
	 *             if a file cannot be read or written.
	 */
	public static void main(String[] args) throws IOException {
		TreeMap<String, Signatures> list = parse(Path.of(args[1]));
		TreeMap<String, Signatures> within = null;
		Set<String> also = new TreeSet<>();
		Set<String> only = new TreeSet<>();
		for (int i = 2; i < args.length; i += 2) {
			switch (args[i]) {
			case "--within":
				within = parse(Path.of(args[i + 1]));
				break;
			case "--also":
				also.add(args[i + 1].replace('.', '/'));
				break;
			case "--only":
				only.add(args[i + 1].replace('.', '/'));
				break;
			default:
				throw new IllegalArgumentException(args[i]);
			}
		}
		if (!only.isEmpty()) {
			list.keySet().retainAll(only);
		}
		if (within != null) {
			restrict(list, within, also);
		}
		StringBuilder out = new StringBuilder("# Written by dev.thimble.gates.AllowListWriter; the format is described in AllowList.\n");
		list.forEach((name, signatures) -> {
			out.append(name);
			signatures.supertypes.forEach(supertype -> out.append(' ').append(supertype));
			out.append('\n');
			signatures.members.forEach((member, descriptors) -> out.append('\t').append(member).append(' ').append(String.join(" ", descriptors))
					.append('\n'));
		});
		Files.writeString(Path.of(args[0]), out);
	}

	private static void restrict(TreeMap<String, Signatures> list, TreeMap<String, Signatures> within, Set<String> also) {
		list.keySet().removeIf(name -> !within.containsKey(name) && !also.contains(name));
		list.forEach((name, signatures) -> {
			if (!also.contains(name)) {
				Signatures other = within.get(name);
				signatures.members.forEach((member, descriptors) -> descriptors.retainAll(other.members.getOrDefault(member, new TreeSet<>())));
				signatures.members.values().removeIf(Set::isEmpty);
			}
		});
	}

	private static TreeMap<String, Signatures> parse(Path file) throws IOException {
		AllowListWriter writer = new AllowListWriter();
		Signatures current = null;
		String name = null;
		Map<String, String> variables = Map.of();
		for (String line : Files.readAllLines(file)) {
			if (line.endsWith("{")) {
				List<String> words = words(line.substring(0, line.length() - 1));
				int kind = Math.max(words.indexOf("class"), words.indexOf("interface"));
				boolean isInterface = words.get(kind).equals("interface");
				name = internal(erase(words.get(kind + 1)));
				variables = variables(words.get(kind + 1), Map.of());
				current = new Signatures();
				for (String word : words.subList(kind + 2, words.size())) {
					if (!word.equals("extends") && !word.equals("implements")) {
						current.supertypes.add(internal(erase(word)));
					}
				}
				if (!isInterface && !words.contains("extends") && !name.equals("java/lang/Object")) {
					current.supertypes.add(0, "java/lang/Object");
				}
				writer.classes.put(name, current);
			} else if (line.startsWith("  ") && !line.contains("{}")) {
				member(line.strip().replaceAll(";$", ""), name, variables, current);
			}
		}
		return writer.classes;
	}

	private static void member(String line, String owner, Map<String, String> classVariables, Signatures out) {
		int open = line.indexOf('(');
		List<String> words = words(open < 0 ? line : line.substring(0, open));
		if (words.contains("private")) {
			return;
		}
		words.removeIf(MODIFIERS::contains);
		Map<String, String> variables = classVariables;
		if (words.get(0).startsWith("<")) {
			variables = variables(words.remove(0), classVariables);
		}
		String last = words.get(words.size() - 1);
		if (open < 0) {
			add(out, last, descriptor(words.get(0), variables));
			return;
		}
		StringBuilder descriptor = new StringBuilder("(");
		for (String parameter : words(line.substring(open + 1, line.indexOf(')')))) {
			descriptor.append(descriptor(parameter, variables));
		}
		boolean constructor = internal(last).equals(owner);
		descriptor.append(')').append(constructor ? "V" : descriptor(words.get(0), variables));
		add(out, constructor ? "<init>" : last, descriptor.toString());
	}

	private static void add(Signatures out, String member, String descriptor) {
		out.members.computeIfAbsent(member, k -> new TreeSet<>()).add(descriptor);
	}

	/** Splits at blanks and commas outside of angle brackets. */
	private static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		int depth = 0;
		StringBuilder word = new StringBuilder();
		for (char c : (text + " ").toCharArray()) {
			depth += c == '<' ? 1 : c == '>' ? -1 : 0;
			if (depth == 0 && (c == ' ' || c == ',')) {
				if (word.length() > 0) {
					words.add(word.toString());
				}
				word.setLength(0);
			} else {
				word.append(c);
			}
		}
		return words;
	}

	/** Type variables declared between the first angle brackets, with the erasure of their bounds. */
	private static Map<String, String> variables(String declaration, Map<String, String> outer) {
		Map<String, String> variables = new HashMap<>(outer);
		int open = declaration.indexOf('<');
		if (open >= 0) {
			List<String> words = words(declaration.substring(open + 1, declaration.lastIndexOf('>')));
			for (int i = 0; i < words.size(); i++) {
				boolean bounded = i + 2 < words.size() && words.get(i + 1).equals("extends");
				variables.put(words.get(i), bounded ? erase(words.get(i + 2)) : "java.lang.Object");
				i += bounded ? 2 : 0;
			}
		}
		return variables;
	}

	private static String erase(String type) {
		StringBuilder erased = new StringBuilder();
		int depth = 0;
		for (char c : type.toCharArray()) {
			if (c == '<') {
				depth++;
			} else if (c == '>') {
				depth--;
			} else if (depth == 0) {
				erased.append(c);
			}
		}
		return erased.toString();
	}

	private static String descriptor(String type, Map<String, String> variables) {
		String erased = erase(type).replace("...", "[]");
		StringBuilder descriptor = new StringBuilder();
		while (erased.endsWith("[]")) {
			descriptor.append('[');
			erased = erased.substring(0, erased.length() - 2);
		}
		String named = variables.getOrDefault(erased, erased);
		if (PRIMITIVES.containsKey(named)) {
			return descriptor.append(PRIMITIVES.get(named)).toString();
		}
		if (named.indexOf('.') < 0) {
			throw new IllegalArgumentException("A type variable nobody declared: " + type);
		}
		return descriptor.append('L').append(internal(named)).append(';').toString();
	}

	private static String internal(String name) {
		return name.replace('.', '/');
	}
}
