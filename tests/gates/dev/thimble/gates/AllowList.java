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
 * The classes and members a device's Java libraries have.
 *
 * <p>The file format, in ASCII: a line {@code # ...} is a comment; a line that does not start with a tab begins a class: its internal name
 * and those of its direct supertypes; a line that starts with a tab is one name of a member followed by its descriptors.
 */
final class AllowList {

	private static final class Entry {
		private final List<String> supertypes = new ArrayList<>();
		private final Map<String, Set<String>> members = new TreeMap<>();
	}

	private final Map<String, Entry> classes = new HashMap<>();

	/** Reads lists and joins them. */
	static AllowList read(Path... files) throws IOException {
		AllowList list = new AllowList();
		for (Path file : files) {
			list.add(file);
		}
		return list;
	}

	private void add(Path file) throws IOException {
		Entry entry = null;
		for (String line : Files.readAllLines(file)) {
			if (line.isEmpty() || line.startsWith("#")) {
				continue;
			}
			String[] words = line.strip().split(" ");
			if (line.startsWith("\t")) {
				Set<String> descriptors = entry.members.computeIfAbsent(words[0], k -> new TreeSet<>());
				descriptors.addAll(List.of(words).subList(1, words.length));
			} else {
				entry = new Entry();
				entry.supertypes.addAll(List.of(words).subList(1, words.length));
				if (this.classes.put(words[0], entry) != null) {
					throw new IOException("The lists name " + words[0] + " twice, again in " + file);
				}
			}
		}
	}

	/** Tells whether there is such a class. Arrays are not asked for. */
	boolean hasClass(String name) {
		return this.classes.containsKey(name);
	}

	int size() {
		return this.classes.size();
	}

	/** Gets the direct supertypes of a class, none if it is unknown. */
	List<String> supertypes(String name) {
		Entry entry = this.classes.get(name);
		return entry == null ? List.of() : entry.supertypes;
	}

	/** Tells whether a class or one of its supertypes has a member. */
	boolean hasMember(String owner, String name, String descriptor) {
		Entry entry = this.classes.get(owner);
		if (entry == null) {
			return false;
		}
		if (entry.members.getOrDefault(name, Set.of()).contains(descriptor)) {
			return true;
		}
		if (name.equals("<init>")) {
			return false;
		}
		for (String supertype : entry.supertypes) {
			if (hasMember(supertype, name, descriptor)) {
				return true;
			}
		}
		// An interface has Object's methods too.
		return entry.supertypes.isEmpty() && !owner.equals("java/lang/Object") && hasMember("java/lang/Object", name, descriptor);
	}

	/** Tells whether a class declares a method itself. */
	boolean declares(String owner, String name, String descriptor) {
		Entry entry = this.classes.get(owner);
		return entry != null && entry.members.getOrDefault(name, Set.of()).contains(descriptor);
	}
}
