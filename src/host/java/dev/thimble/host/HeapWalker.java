/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds up the heap an object and everything it refers to takes, as a 64-bit HotSpot JVM with compressed references lays objects out: 12 bytes of
 * header (16 for an array), references of 4 bytes, fields packed by size, everything rounded up to 8 bytes. Static fields are not followed, and
 * Strings are not counted: in device code they are constants of the class files, which lie in flash.
 */
public final class HeapWalker {

	private static final int HEADER = 12;
	private static final int ARRAY_HEADER = 16;
	private static final int REFERENCE = 4;
	private static final int ALIGNMENT = 8;

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
	private final Map<Object, String> owners = new IdentityHashMap<>();
	private final Map<String, long[]> classes = new TreeMap<>();
	private long bytes;
	private int objects;

	/** Leaves objects, and what is reachable through nothing but them, out of the sum. Nulls are ignored. */
	public HeapWalker exclude(Object... left) {
		for (Object object : left) {
			if (object != null) {
				this.seen.add(object);
			}
		}
		return this;
	}

	/** Adds an object and all it refers to, each object once. */
	public HeapWalker walk(Object root) {
		ArrayDeque<Object> open = new ArrayDeque<>();
		push(open, root, "");
		while (!open.isEmpty()) {
			Object object = open.pop();
			Class<?> type = object.getClass();
			String name = type.getTypeName();
			if (!type.isArray()) {
				count(name, shallowSize(object));
				pushFields(open, object, type);
				continue;
			}
			String owner = this.owners.getOrDefault(object, "");
			count(name + owner, shallowSize(object));
			if (!type.getComponentType().isPrimitive()) {
				for (Object element : (Object[]) object) {
					push(open, element, owner);
				}
			}
		}
		return this;
	}

	/** Gets the sum of all objects walked, in bytes. */
	public long bytes() {
		return this.bytes;
	}

	/** Gets the number of objects walked. */
	public int objects() {
		return this.objects;
	}

	/** Gets a table of bytes and objects for each class, and for arrays each field that holds them, the largest first. */
	public String table() {
		StringBuilder table = new StringBuilder();
		this.classes.entrySet().stream().sorted((a, b) -> Long.compare(b.getValue()[0], a.getValue()[0]))
				.forEach(entry -> table.append(String.format("%8d B %5d  %s%n", entry.getValue()[0], entry.getValue()[1], entry.getKey())));
		return table.toString();
	}

	/** Gets the size of one object without what it refers to, in bytes. */
	public static long shallowSize(Object object) {
		Class<?> type = object.getClass();
		if (type.isArray()) {
			return align(ARRAY_HEADER + (long) Array.getLength(object) * size(type.getComponentType()));
		}
		return align(fieldsEnd(type));
	}

	private void push(ArrayDeque<Object> open, Object object, String owner) {
		if (object != null && !(object instanceof String) && !(object instanceof Class) && !(object instanceof Enum) && !(object instanceof Thread)
				&& !(object instanceof ClassLoader) && this.seen.add(object)) {
			open.push(object);
			if (object.getClass().isArray()) {
				this.owners.put(object, owner);
			}
		}
	}

	private void pushFields(ArrayDeque<Object> open, Object object, Class<?> type) {
		for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
			for (Field field : c.getDeclaredFields()) {
				if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
					continue;
				}
				try {
					field.setAccessible(true);
					push(open, field.get(object), " of " + c.getName() + "." + field.getName());
				} catch (IllegalAccessException | RuntimeException e) {
					throw new IllegalStateException("Cannot look into " + c.getName() + "." + field.getName(), e);
				}
			}
		}
	}

	private void count(String type, long size) {
		this.bytes += size;
		this.objects++;
		long[] entry = this.classes.computeIfAbsent(type, name -> new long[2]);
		entry[0] += size;
		entry[1]++;
	}

	/** Lays the fields of a class out behind those of its superclass: the widest first, narrower ones into the gap before them. */
	private static long fieldsEnd(Class<?> type) {
		if (type == null || type == Object.class) {
			return HEADER;
		}
		long end = fieldsEnd(type.getSuperclass());
		int[] counts = new int[9];
		for (Field field : type.getDeclaredFields()) {
			if (!Modifier.isStatic(field.getModifiers())) {
				counts[size(field.getType())]++;
			}
		}
		if (counts[8] != 0) {
			long aligned = align(end);
			for (int width = 4; width > 0; width >>= 1) {
				while (counts[width] != 0 && end % width == 0 && end + width <= aligned) {
					end += width;
					counts[width]--;
				}
			}
			end = aligned + 8L * counts[8];
		}
		for (int width = 4; width > 0; width >>= 1) {
			if (counts[width] != 0) {
				end = (end + width - 1) / width * width + (long) width * counts[width];
			}
		}
		return end;
	}

	private static int size(Class<?> type) {
		if (!type.isPrimitive()) {
			return REFERENCE;
		}
		if (type == long.class || type == double.class) {
			return 8;
		}
		if (type == int.class || type == float.class) {
			return 4;
		}
		return type == short.class || type == char.class ? 2 : 1;
	}

	private static long align(long bytes) {
		return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	}
}
