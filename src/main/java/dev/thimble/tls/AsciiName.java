/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** A name that stands in an array of the caller's, as text: a String of it would have to be allocated for each connection. */
/* package */ final class AsciiName implements CharSequence {

	private byte[] array;
	private int offset;
	private int length;

	/* package */ void set(byte[] source, int start, int count) {
		this.array = source;
		this.offset = start;
		this.length = count;
	}

	@Override
	public char charAt(int index) {
		return (char) (this.array[this.offset + index] & 0xff);
	}

	@Override
	public int length() {
		return this.length;
	}

	/** Nobody asks for a part of a name. */
	@Override
	public CharSequence subSequence(int start, int end) {
		throw new IllegalStateException("A name has no parts");
	}
}
