/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import java.util.Hashtable;
import java.util.Vector;

import dev.thimble.board.BoardSystem;
import dev.thimble.board.Console;

/**
 * The firmware that checks Java itself: arithmetic, arrays, strings, exceptions and the collector as the ahead-of-time compiler and its
 * runtime make them. Its last line is {@code N passed, N failed}.
 */
public final class LanguageTest {

	private static final int OBJECTS = 40;

	/** Larger than any board's heap, in the sum. */
	private static final int GARBAGE = 4000;

	private static int initialized = Later.VALUE + 1;

	private final SelfTestReport report;

	/** Not known to the compiler. */
	private int one = 1;

	private LanguageTest(SelfTestReport report) {
		this.report = report;
	}

	/**
	 * Runs all tests, then ends the emulator or resets the board; the exit code is 1 if one failed.
	 *
	 * @param args
	 *            empty.
	 */
	public static void main(String[] args) {
		BoardSystem system = new BoardSystem();
		SelfTestReport report = new SelfTestReport(new Console());
		byte[] name = new byte[BoardSystem.MAX_NAME_LENGTH];
		report.begin(name, system.name(name));
		report.check("no arguments", args.length == 0);
		LanguageTest test = new LanguageTest(report);
		test.arithmetic();
		test.arrays();
		test.strings();
		test.types();
		test.virtualMethods();
		test.exceptions();
		test.collections();
		test.collector(system);
		report.stack(system.stackHighWater());
		system.exit(report.end() ? 0 : 1);
	}

	private void arithmetic() {
		int i = this.one;
		long l = this.one;
		this.report.check("int wraps", Integer.MAX_VALUE + i == Integer.MIN_VALUE);
		this.report.check("long wraps", Long.MAX_VALUE + l == Long.MIN_VALUE);
		this.report.check("wrapping is not assumed away", i + Integer.MAX_VALUE < i);
		this.report.check("shift of an int", i << 33 * i == 2 && -i >> 32 * i == -1 && -i >>> 63 * i == 1 && i << -1 * i == Integer.MIN_VALUE);
		this.report.check("shift of a long", l << 65 * i == 2 && -l >> 64 * i == -1 && -l >>> 127 * i == 1 && l << 32 * i == 0x100000000L);
		this.report.check("division", -7 * i / 2 == -3 && -7 * i % 2 == -1 && Integer.MIN_VALUE / -i == Integer.MIN_VALUE);
		this.report.check("long division", -7000000000L * l / 2 == -3500000000L && -7000000001L * l % 10 == -1 && Long.MIN_VALUE / -l == Long.MIN_VALUE);
		this.report.check("narrowing", (byte) (200 * i) == -56 && (short) (40000 * i) == -25536 && (char) -i == 0xffff && (int) (l << 40) == 0);
		this.report.check("unsigned byte", ((byte) (200 * i) & 0xff) == 200);
		this.report.check("product of ints as long", (long) (0x7fffffff * i) * 0x7fffffff == 0x3fffffff00000001L);
		this.report.check("double", (int) (2.5 * i * 2) == 5 && 1.0 / 3 * i < 0.34);
	}

	private void arrays() {
		byte[] b = new byte[7];
		int[] n = { 1, 2, 3, 4, 5 };
		long[] l = { 1, -1, 0x123456789abcdefL * this.one };
		this.report.check("arrays are zero", b[6] == 0 && new long[3][2][1].length == 3);
		b[this.one] = (byte) 0x80;
		this.report.check("bytes have a sign", b[1] == -128 && (b[1] & 0xff) == 128);
		this.report.check("long elements", l[2] == 0x123456789abcdefL && l[1] == -1);
		System.arraycopy(n, 0, n, 1, 4);
		this.report.check("copy upwards", n[0] == 1 && n[1] == 1 && n[4] == 4);
		System.arraycopy(n, 1, n, 0, 4);
		this.report.check("copy downwards", n[0] == 1 && n[1] == 2 && n[3] == 4);
		byte[] from = new byte[37];
		byte[] to = new byte[41];
		for (int i = 0; i < from.length; i++) {
			from[i] = (byte) i;
		}
		boolean same = true;
		for (int offset = 0; offset < 4; offset++) {
			System.arraycopy(from, 1, to, offset, 36);
			for (int i = 0; i < 36; i++) {
				same &= to[offset + i] == i + 1;
			}
		}
		this.report.check("copy of bytes at any offset", same);
		Object[] objects = new String[] { "a", "b" };
		Object[] others = new Object[2];
		System.arraycopy(objects, 0, others, 0, 2);
		this.report.check("copy of references", others[1] == objects[1]);
		int[][] square = new int[3][4];
		square[2][3] = 7;
		this.report.check("array of arrays", square[2][3] == 7 && square[1] != square[2] && square[0].length == 4);
		int[] copy = n.clone();
		this.report.check("clone", copy != n && copy[3] == 4);
	}

	private void strings() {
		String text = "caf\u00e9 \u20ac \u0086";
		this.report.check("characters", text.length() == 8 && text.charAt(3) == 0xe9 && text.charAt(5) == 0x20ac && text.charAt(7) == 0x86);
		String built = new StringBuilder("a").append(this.one).append('b').append(-5L).toString();
		this.report.check("building", built.length() == 5 && built.equals("a1b-5"));
		this.report.check("equality", !built.equals("a1b-6") && "a1b-5".equals(built) && built.hashCode() == "a1b-5".hashCode());
		this.report.check("parts", built.substring(1, 3).equals("1b") && built.indexOf('-') == 3 && "x".concat("yz").equals("xyz"));
		this.report.check("numbers", Integer.parseInt("-12") == -12 && String.valueOf(7).equals("7") && Integer.toHexString(255).equals("ff"));
		this.report.check("bytes", "ABC".getBytes().length == 3 && new String(new char[] { 'x', 'y' }).equals("xy"));
	}

	private void types() {
		Object object = this.one == 1 ? (Object) new Square() : new Round();
		this.report.check("instanceof", object instanceof Shape && object instanceof Square && !(object instanceof Round));
		this.report.check("interface", ((Shape) object).corners() == 4 && ((Shape) new Round()).corners() == 0);
		this.report.check("super", ((Round) new Ball()).name().equals("round ball"));
		this.report.check("array types", (Object) new int[1] instanceof int[] && !((Object) new int[1] instanceof long[])
				&& (Object) new String[1] instanceof Object[]);
		this.report.check("static initialisers in order", initialized == 43);
		int sum = 0;
		synchronized (object) {
			sum += this.one;
		}
		this.report.check("synchronized", sum == 1);
		switch (this.one * 1000) {
		case 1:
			sum = 0;
			break;
		case 1000:
			sum = 2;
			break;
		default:
			sum = 3;
		}
		this.report.check("switch", sum == 2);
	}

	/** Each type's methods by each type an object can be called by; the classes share some of them only. */
	private void virtualMethods() {
		Object[] things = { new Square(), new Round(), new Ball(), new Cube(), new Cone() };
		int corners = 0;
		int weights = 0;
		int others = 0;
		int faces = 0;
		int names = 0;
		for (int i = 0; i < things.length; i++) {
			if (things[i] instanceof Shape) {
				corners = 10 * corners + ((Shape) things[i]).corners();
			}
			if (things[i] instanceof Weighed) {
				weights = 10 * weights + ((Weighed) things[i]).weight();
				others = 10 * others + ((Weighed) things[i]).weight(3 * this.one);
			}
			if (things[i] instanceof Solid) {
				faces = 10 * faces + ((Solid) things[i]).faces();
			}
			if (things[i] instanceof Round) {
				names = 100 * names + ((Round) things[i]).name().length();
			}
		}
		this.report.check("methods of interfaces", corners == 4008 && weights == 1262);
		this.report.check("methods of one name", others == 4639);
		this.report.check("methods of classes", faces == 62 && names == 510);
		this.report.check("methods of Object", things[3].equals(new Cube()) && !things[4].equals(new Cone()));
	}

	private void exceptions() {
		String order = "";
		try {
			order += "a";
			thrower(3);
			order += "x";
		} catch (IllegalStateException e) {
			order += e.getMessage();
		} finally {
			order += "f";
		}
		this.report.check("catch and finally", order.equals("athreef"));
		int caught = 0;
		for (int i = 0; i < 100; i++) {
			try {
				try {
					thrower(i % 4);
				} finally {
					caught++;
				}
			} catch (IllegalArgumentException e) {
				caught += 1000;
			} catch (RuntimeException e) {
				caught += 100;
			}
		}
		this.report.check("nested handlers", caught == 100 + 25 * 1000 + 50 * 100);
		try {
			try {
				thrower(1);
			} catch (IllegalArgumentException e) {
				throw new IllegalStateException("again");
			}
			this.report.check("throw in catch", false);
		} catch (IllegalStateException e) {
			this.report.check("throw in catch", e.getMessage().equals("again"));
		}
	}

	private void thrower(int depth) {
		switch (depth) {
		case 0:
			return;
		case 1:
			throw new IllegalArgumentException("one");
		case 2:
			throw new UnsupportedOperationException("two");
		default:
			throw new IllegalStateException("three");
		}
	}

	private void collections() {
		Vector<String> vector = new Vector<String>();
		Hashtable<String, String> table = new Hashtable<String, String>();
		for (int i = 0; i < 20; i++) {
			vector.addElement("n" + i);
			table.put("n" + i, "v" + i);
		}
		this.report.check("Vector", vector.size() == 20 && vector.elementAt(19).equals("n19"));
		this.report.check("Hashtable", table.get("n7").equals("v7") && table.get("m") == null);
	}

	/** Fills the heap with garbage several times, while a list and an array of arrays must survive. */
	private void collector(BoardSystem system) {
		long before = system.allocatedBytes();
		Node first = null;
		int[][] rows = new int[OBJECTS][];
		for (int i = 0; i < GARBAGE; i++) {
			byte[] garbage = new byte[i % 200];
			if (i < OBJECTS) {
				first = new Node(first, i);
				rows[i] = new int[] { i, i * i };
			}
			if (garbage.length > 0) {
				garbage[0] = 1;
			}
		}
		boolean whole = true;
		int expected = OBJECTS;
		for (Node node = first; node != null; node = node.next) {
			whole &= node.number == --expected;
		}
		for (int i = 0; i < OBJECTS; i++) {
			whole &= rows[i][0] == i && rows[i][1] == i * i;
		}
		this.report.check("what is reached survives", whole && expected == 0);
		this.report.check("the heap was filled several times", system.allocatedBytes() - before > 2L * system.heapSize());
	}

	private interface Shape {
		int corners();
	}

	private interface Weighed {
		int weight();

		int weight(int more);
	}

	private static class Square implements Shape, Weighed {
		@Override
		public int corners() {
			return 4;
		}

		@Override
		public int weight() {
			return 1;
		}

		@Override
		public int weight(int more) {
			return 1 + more;
		}
	}

	private static class Round implements Shape {
		@Override
		public int corners() {
			return 0;
		}

		String name() {
			return "round";
		}
	}

	private static final class Ball extends Round implements Weighed {
		@Override
		String name() {
			return super.name() + " ball";
		}

		@Override
		public int weight() {
			return 2;
		}

		@Override
		public int weight(int more) {
			return 2 * more;
		}
	}

	private abstract static class Solid implements Weighed {
		abstract int faces();

		@Override
		public int weight() {
			return faces();
		}
	}

	private static final class Cube extends Solid implements Shape {
		@Override
		public int corners() {
			return 8;
		}

		@Override
		int faces() {
			return 6;
		}

		@Override
		public int weight(int more) {
			return more;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Cube;
		}
	}

	private static final class Cone extends Solid {
		@Override
		int faces() {
			return 2;
		}

		@Override
		public int weight(int more) {
			return more * more;
		}
	}

	private static final class Node {
		final Node next;
		final int number;

		Node(Node next, int number) {
			this.next = next;
			this.number = number;
		}
	}

	private static final class Later {
		static final int VALUE = "forty-two".length() + 33;
	}
}
