/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

/**
 * Name constraints (RFC 5280 §4.2.1.10): keeps the names of the certificates seen so far, and checks them against the subtrees of a CA's
 * constraints, which come after the names they constrain because the leaf comes first.
 *
 * <p>Names lie one behind the other in an array: kind and marks, certificate, length (2 bytes), content. A subtree's base is put behind
 * them while it streams by, is compared with all of them, and is forgotten. What does not fit is noted, so that constraints on it refuse
 * the path.
 */
/* package */ final class NameConstraints {

	/** Kinds of GeneralName (RFC 5280 §4.2.1.6), by their context tags. */
	/* package */ static final int RFC822_NAME = 1;
	/* package */ static final int DNS_NAME = 2;
	/* package */ static final int DIRECTORY_NAME = 4;
	/* package */ static final int IP_ADDRESS = 7;
	/* package */ static final int LAST_KIND = 8;

	private static final int KIND = 0x0f;
	/** The name lies in a permitted subtree. */
	private static final int PERMITTED = 0x10;

	private static final int CERTIFICATE = 1;
	private static final int LENGTH = 2;
	private static final int HEADER = 4;

	private final byte[] names;
	/** Where the names begin. */
	private final int start;
	/** End of the memory. */
	private final int limit;
	/** End of the names. */
	private int used;
	/** Where the names of the certificate being read begin. */
	private int mark;
	/** Certificate being read. */
	private byte certificate;
	/** End of what streams by, from {@link #used}; -1: it does not fit. */
	private int end;
	/** Kinds of names that did not fit, as bits. */
	private short missing;
	/** Kinds of names that cannot be checked and occur, as bits. */
	private short unchecked;
	/** Certificates of the path, as bits. */
	private int path;
	/** Kinds the permitted subtrees read so far are about, as bits. */
	private short permittedKinds;
	/** First thing wrong with the path under the constraints being read, a code of {@link PathError}. */
	private byte fault;

	/** Takes lent memory if it is long enough, else memory of its own. */
	/* package */ NameConstraints(int length, byte[] lent, int lentOffset, int lentLength) {
		boolean fits = lentLength >= length;
		this.names = fits ? lent : new byte[length];
		this.start = fits ? lentOffset : 0;
		this.limit = this.start + length;
		this.used = this.start;
	}

	/* package */ void clear() {
		for (int i = this.limit; --i >= this.start;) {
			this.names[i] = 0;
		}
		this.used = this.start;
		this.missing = 0;
		this.unchecked = 0;
		this.path = 0;
	}

	/** Begins a certificate. */
	/* package */ void startCertificate(int index) {
		this.certificate = (byte) index;
		this.mark = this.used;
		this.permittedKinds = 0;
		this.fault = PathError.NONE;
	}

	/** Takes back the names of the certificate being read: those of a self-issued CA certificate are not constrained (§6.1.3 b). */
	/* package */ void dropCertificate() {
		this.used = this.mark;
	}

	/** A certificate joins the path: constraints of the ones above apply to its names. */
	/* package */ void join(int index) {
		this.path |= 1 << index;
	}

	/** Begins a name of the certificate, or a subtree's base. */
	/* package */ void start() {
		this.end = this.used + HEADER <= this.limit ? this.used + HEADER : -1;
	}

	/* package */ void update(byte[] in, int offset, int length) {
		if (this.end < 0 || length > this.limit - this.end) {
			this.end = -1;
		} else {
			System.arraycopy(in, offset, this.names, this.end, length);
			this.end += length;
		}
	}

	/** Ends a name of the certificate: keeps it. */
	/* package */ void endName(int kind) {
		if (kind != DNS_NAME && kind != IP_ADDRESS && kind != DIRECTORY_NAME) {
			this.unchecked |= 1 << kind;
		} else if (this.end < 0) {
			this.missing |= 1 << kind;
		} else {
			int start = this.used;
			int length = this.end - start - HEADER;
			this.names[start] = (byte) kind;
			this.names[start + CERTIFICATE] = (byte) this.certificate;
			this.names[start + LENGTH] = (byte) (length >> 8);
			this.names[start + LENGTH + 1] = (byte) length;
			this.used = this.end;
		}
	}

	/**
	 * Ends a subtree's base: compares the path's names with it.
	 *
	 * @return false if it is malformed.
	 */
	/* package */ boolean endBase(int kind, boolean permitted) {
		if (kind != DNS_NAME && kind != IP_ADDRESS && kind != DIRECTORY_NAME) {
			if ((this.unchecked & 1 << kind) != 0 || kind == RFC822_NAME && hasEmailAddress()) {
				fail(PathError.NAME_CONSTRAINT_UNSUPPORTED);
			}
			return true;
		}
		if (this.end < 0 || (this.missing & 1 << kind) != 0) {
			fail(PathError.NAMES_TOO_LONG);
			return true;
		}
		int base = this.used + HEADER;
		int length = this.end - base;
		if (kind == IP_ADDRESS && length != 8 && length != 32) {
			return false;
		}
		if (permitted) {
			this.permittedKinds |= 1 << kind;
		}
		int p = this.start;
		while (p < this.used) {
			int name = p + HEADER;
			int nameLength = length(p);
			if ((this.names[p] & KIND) == kind && isConstrained(p)) {
				int result = within(kind, name, nameLength, base, length, !permitted);
				if (result < 0) {
					fail(PathError.NAME_CONSTRAINT_UNSUPPORTED);
				} else if (result == DistinguishedName.WITHIN) {
					if (permitted) {
						this.names[p] |= PERMITTED;
					} else {
						fail(PathError.NAME_NOT_PERMITTED);
					}
				}
			}
			p = name + nameLength;
		}
		return true;
	}

	/** A subtree has a minimum or maximum, which RFC 5280 does not allow and nothing here understands. */
	/* package */ void distance() {
		fail(PathError.NAME_CONSTRAINT_UNSUPPORTED);
	}

	/**
	 * Ends the constraints: every name of a kind with permitted subtrees must lie in one.
	 *
	 * @return {@link PathError#NONE} if the path's names satisfy the constraints.
	 */
	/* package */ int endConstraints() {
		int p = this.start;
		while (p < this.used) {
			int kind = this.names[p] & KIND;
			if ((this.permittedKinds & 1 << kind) != 0 && (this.names[p] & PERMITTED) == 0 && isConstrained(p)) {
				fail(PathError.NAME_NOT_PERMITTED);
			}
			this.names[p] &= ~PERMITTED;
			p += HEADER + length(p);
		}
		return this.fault & 0xff;
	}

	private void fail(int error) {
		if (this.fault == PathError.NONE) {
			this.fault = (byte) error;
		}
	}

	private int length(int entry) {
		return (this.names[entry + LENGTH] & 0xff) << 8 | this.names[entry + LENGTH + 1] & 0xff;
	}

	private boolean isConstrained(int entry) {
		return (this.path & 1 << this.names[entry + CERTIFICATE]) != 0;
	}

	private boolean hasEmailAddress() {
		boolean found = (this.missing & 1 << DIRECTORY_NAME) != 0;
		int p = this.start;
		while (p < this.used) {
			int end = p + HEADER + length(p);
			if ((this.names[p] & KIND) == DIRECTORY_NAME && isConstrained(p)) {
				found |= DistinguishedName.hasEmailAddress(this.names, p + HEADER, end);
			}
			p = end;
		}
		return found;
	}

	private int within(int kind, int name, int nameLength, int base, int baseLength, boolean excluded) {
		boolean result;
		if (kind == DIRECTORY_NAME) {
			return DistinguishedName.within(this.names, name, name + nameLength, base, base + baseLength);
		}
		if (kind == IP_ADDRESS) {
			result = address(name, nameLength, base, baseLength);
		} else {
			result = host(name, nameLength, base, baseLength) || excluded && wildcard(name, nameLength, base, baseLength);
		}
		return result ? DistinguishedName.WITHIN : DistinguishedName.DIFFERENT;
	}

	/** An address lies in a subtree if it equals the base under the base's mask. */
	private boolean address(int name, int nameLength, int base, int baseLength) {
		if (baseLength != 2 * nameLength) {
			return false;
		}
		for (int i = 0; i < nameLength; i++) {
			if (((this.names[name + i] ^ this.names[base + i]) & this.names[base + nameLength + i]) != 0) {
				return false;
			}
		}
		return true;
	}

	/** A host lies in a subtree if it is the base, or the base with labels added on the left; a leading dot demands at least one. */
	private boolean host(int name, int nameLength, int base, int baseLength) {
		if (baseLength == 0) {
			return true;
		}
		int more = nameLength - baseLength;
		if (more < 0 || !equalHosts(name + more, base, baseLength)) {
			return false;
		}
		return more == 0 ? this.names[base] != '.' : this.names[base] == '.' || this.names[name + more - 1] == '.';
	}

	/** A wildcard certificate is good for hosts in an excluded subtree one label below its domain: *.a.b for x.a.b. */
	private boolean wildcard(int name, int nameLength, int base, int baseLength) {
		if (nameLength < 2 || this.names[name] != '*' || this.names[name + 1] != '.') {
			return false;
		}
		int dot = base;
		int end = base + baseLength;
		if (dot < end && this.names[dot] == '.') {
			dot++;
		}
		while (dot < end && this.names[dot] != '.') {
			dot++;
		}
		return end - dot == nameLength - 1 && equalHosts(name + 1, dot, nameLength - 1);
	}

	private boolean equalHosts(int one, int two, int length) {
		for (int i = 0; i < length; i++) {
			if (ServerName.lower(this.names[one + i]) != ServerName.lower(this.names[two + i])) {
				return false;
			}
		}
		return true;
	}
}
