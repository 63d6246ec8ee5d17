/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import dev.thimble.support.AllocationMeter;

/** The sizes {@link HeapWalker} computes are those the JVM allocates. */
final class HeapWalkerTest {

	private static final int COUNT = 1000;

	private static volatile Object sink;

	static class Flags {
		boolean one;
		byte two;
		short three;
	}

	static class Wide extends Flags {
		long four;
		Object five;
	}

	static class Deep extends Wide {
		int six;
		double seven;
		byte eight;
	}

	static class References {
		Object a;
		Object b;
		int[] c;
	}

	@Test
	void objectsHaveTheSizeTheJvmGivesThem() {
		check(Flags::new);
		check(Wide::new);
		check(Deep::new);
		check(References::new);
		check(Object::new);
	}

	@Test
	void arraysHaveTheSizeTheJvmGivesThem() {
		for (int length : new int[] { 0, 1, 3, 7, 8, 9, 100 }) {
			check(() -> new byte[length]);
			check(() -> new int[length]);
			check(() -> new long[length]);
			check(() -> new short[length]);
			check(() -> new Object[length]);
		}
	}

	@Test
	void everyObjectIsCountedOnceAndExcludedOnesNot() {
		References root = new References();
		References inner = new References();
		root.a = inner;
		root.b = inner;
		inner.a = root;
		root.c = new int[10];
		inner.c = new int[100];
		assertEquals(2 * 24 + 56 + 416, new HeapWalker().walk(root).bytes());
		assertEquals(2 * 24 + 56, new HeapWalker().exclude(inner.c, null).walk(root).bytes());
	}

	private static void check(Supplier<Object> maker) {
		Object made = maker.get();
		for (int i = 0; i < COUNT; i++) {
			sink = maker.get();
		}
		long before = AllocationMeter.allocated();
		for (int i = 0; i < COUNT; i++) {
			sink = maker.get();
		}
		long measured = (AllocationMeter.allocated() - before) / COUNT;
		assertEquals(measured, HeapWalker.shallowSize(made), () -> made.getClass().getTypeName());
	}
}
