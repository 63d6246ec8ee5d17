/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/**
 * Takes DER (ITU-T X.690) apart while it streams by, in pieces of any size.
 *
 * <p>A pull reader: {@link #read} consumes input up to the next event. After {@link #HEADER} its owner says with {@link #enter()} or
 * {@link #take()} whether the element's content is read as elements or as bytes. Lengths are checked as soon as they are known: definite,
 * minimal, and within every enclosing element; so an owner sees each END exactly where all lengths agree on it.
 */
/* package */ final class DerReader {

	/** All input is consumed, nothing happened. */
	/* package */ static final int NONE = 0;
	/** An element's tag and length are known. */
	/* package */ static final int HEADER = 1;
	/** Some bytes of the content of an element that was taken are at {@link #valueOffset()}. */
	/* package */ static final int VALUE = 2;
	/** The element that was taken ended. */
	/* package */ static final int VALUE_END = 3;
	/** The innermost element that was entered ended. */
	/* package */ static final int END = 4;
	/** The input is not DER. */
	/* package */ static final int ERROR = 5;

	/** Deepest: Certificate, TBSCertificate, [3], Extensions, Extension, OCTET STRING, NameConstraints, [0], GeneralSubtree, base. */
	private static final int MAX_DEPTH = 12;

	private static final int TAG = 0;
	private static final int LENGTH = 1;
	private static final int LONG_LENGTH = 2;
	private static final int DECISION = 3;
	private static final int UNUSED_BITS = 4;
	private static final int CONTENT = 5;

	private static final int HIGH_TAG_NUMBER = 0x1f;

	/** Bytes left in each open element, outermost first; an element's bytes leave its parent's count when it is opened. */
	private final int[] left;
	private int depth;
	private int state;
	private int event;
	private int tag;
	private int length;
	private int lengthBytes;
	private int valueOffset;
	private int valueLength;

	/* package */ DerReader() {
		this.left = new int[MAX_DEPTH];
	}

	/** Begins to read one element (and nothing after it) of this many bytes, header included. */
	/* package */ void start(int total) {
		this.left[0] = total;
		this.depth = 1;
		this.state = TAG;
	}

	/**
	 * Consumes input up to the next event.
	 *
	 * @param in
	 *            the input.
	 * @param offset
	 *            the first byte not consumed yet.
	 * @param end
	 *            the end of the input.
	 * @return the first byte not consumed now.
	 */
	/* package */ int read(byte[] in, int offset, int end) {
		int p = offset;
		int inner = this.depth - 1;
		if (inner < 0) {
			this.event = p == end ? NONE : ERROR;
			return p;
		}
		while (true) {
			if (this.state == CONTENT || this.state == TAG) {
				int available = this.left[inner];
				if (available == 0) {
					this.depth = inner;
					this.event = this.state == CONTENT ? VALUE_END : END;
					this.state = TAG;
					return p;
				}
				if (this.state == CONTENT) {
					int count = end - p < available ? end - p : available;
					this.valueOffset = p;
					this.valueLength = count;
					this.left[inner] = available - count;
					this.event = count == 0 ? NONE : VALUE;
					return p + count;
				}
			}
			if (p == end) {
				this.event = NONE;
				return p;
			}
			if (this.left[inner] == 0) {
				this.event = ERROR;
				return p;
			}
			this.left[inner]--;
			this.event = headerByte(in[p++] & 0xff);
			if (this.event != NONE) {
				return p;
			}
		}
	}

	private int headerByte(int b) {
		switch (this.state) {
		case TAG:
			this.tag = b;
			this.state = LENGTH;
			return (b & HIGH_TAG_NUMBER) == HIGH_TAG_NUMBER ? ERROR : NONE;
		case LENGTH:
			if (b < 0x80) {
				this.length = b;
				return headerDone();
			}
			// indefinite (0x80), or longer than any certificate
			if (b == 0x80 || b > 0x83) {
				return ERROR;
			}
			this.length = 0;
			this.lengthBytes = b - 0x80;
			this.state = LONG_LENGTH;
			return NONE;
		case LONG_LENGTH:
			// DER: the fewest possible octets (X.690 §10.1)
			if (this.length == 0 && b == 0) {
				return ERROR;
			}
			this.length = this.length << 8 | b;
			this.lengthBytes--;
			if (this.lengthBytes != 0) {
				return NONE;
			}
			return this.length < 0x80 ? ERROR : headerDone();
		case UNUSED_BITS:
			this.state = TAG;
			return b == 0 ? NONE : ERROR;
		default:
			return ERROR;
		}
	}

	private int headerDone() {
		int inner = this.depth - 1;
		if (this.length > this.left[inner] || this.depth == MAX_DEPTH) {
			return ERROR;
		}
		this.left[inner] -= this.length;
		this.left[inner + 1] = this.length;
		this.depth = inner + 2;
		this.state = DECISION;
		return HEADER;
	}

	/** Reads the element's content as elements. */
	/* package */ void enter() {
		this.state = TAG;
	}

	/** Reads the content of a BIT STRING as elements; its count of unused bits must be 0. */
	/* package */ void enterBits() {
		this.state = UNUSED_BITS;
	}

	/** Hands out the element's content as bytes. */
	/* package */ void take() {
		this.state = CONTENT;
	}

	/** Tells whether the outermost element has ended. */
	/* package */ boolean isComplete() {
		return this.depth == 0;
	}

	/* package */ int event() {
		return this.event;
	}

	/* package */ int tag() {
		return this.tag;
	}

	/** Length of the content of the element whose header was read last. */
	/* package */ int length() {
		return this.length;
	}

	/* package */ int valueOffset() {
		return this.valueOffset;
	}

	/* package */ int valueLength() {
		return this.valueLength;
	}

	/**
	 * Writes the header read last as it came: DER leaves only one way.
	 *
	 * @return its length, at most 5 bytes.
	 */
	/* package */ int header(byte[] out, int offset) {
		out[offset] = (byte) this.tag;
		int n = this.length;
		if (n < 0x80) {
			out[offset + 1] = (byte) n;
			return 2;
		}
		int bytes = n < 0x100 ? 1 : n < 0x10000 ? 2 : 3;
		out[offset + 1] = (byte) (0x80 | bytes);
		for (int i = bytes; i > 0; i--) {
			out[offset + 1 + i] = (byte) n;
			n >>= 8;
		}
		return 2 + bytes;
	}
}
