/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.crypto.Signer;

/**
 * Certificates and keys by security tag: a number the program chooses. A tag has at most one credential of each type, and a socket names the tags it
 * uses ({@link SecureSocket#securityTags}).
 *
 * <p>The table is in RAM and refers to the arrays it is given. With a {@link CredentialStore} it can be kept over a reset: {@link #save} and
 * {@link #load}. A private key in such a store is as safe as the board's flash is; a key that must not leave its chip is a reference (a
 * {@link Signer} of a secure element).
 *
 * <p>Changing a credential changes what the next connection of a socket uses, not those that exist.
 */
public final class Credentials {

	/** Trusted roots: one certificate in DER, or a table of {@link dev.thimble.x509.TrustAnchors}. */
	public static final int CA_CERTIFICATE = 1;
	/** The own certificate chain: certificates in DER one behind the other, the own first. */
	public static final int OWN_CERTIFICATE = 2;
	/** The private key of the own certificate: PKCS #8 or SEC 1 in DER; or a reference. */
	public static final int PRIVATE_KEY = 3;
	/** A pre-shared key; it needs a {@link #PSK_IDENTITY} under the same tag. */
	public static final int PSK = 4;
	/** The name of a pre-shared key. */
	public static final int PSK_IDENTITY = 5;

	/** In a slot before the content: two bytes of magic, the type, 0, four bytes of the tag. */
	private static final int HEADER = 8;
	private static final byte MAGIC_0 = 'T';
	private static final byte MAGIC_1 = 'C';
	private static final byte[] EMPTY = {};
	private static final int NO_SLOT = -1;
	private static final int FAULT = -2;

	private final int[] tags;
	private final byte[] types;
	private final byte[][] values;
	private final int[] references;
	private final Signer[] signers;
	private final CredentialStore store;
	private final byte[] header = new byte[HEADER];
	/** Changes with the table, so that an engine built from an older one is found out. */
	private int generation;

	/**
	 * Creates an empty table.
	 *
	 * @param capacity
	 *            the most credentials it holds.
	 */
	public Credentials(int capacity) {
		this(capacity, null);
	}

	/**
	 * Creates an empty table with a store; {@link #load()} fills it.
	 *
	 * @param capacity
	 *            the most credentials the table holds.
	 * @param store
	 *            where {@link #save} keeps some of them.
	 */
	public Credentials(int capacity, CredentialStore store) {
		this.tags = new int[capacity];
		this.types = new byte[capacity];
		this.values = new byte[capacity][];
		this.references = new int[capacity];
		this.signers = new Signer[capacity];
		this.store = store;
	}

	/**
	 * Adds a credential.
	 *
	 * @param tag
	 *            the security tag.
	 * @param type
	 *            a constant of this class.
	 * @param value
	 *            the content; kept, not copied.
	 * @return 0, {@link NetError#CREDENTIAL_EXISTS}, {@link NetError#CREDENTIAL_TABLE_FULL} or {@link NetError#CREDENTIAL_INVALID}.
	 */
	public int add(int tag, int type, byte[] value) {
		return value == null || value.length == 0 ? NetError.CREDENTIAL_INVALID : add(tag, type, value, -1, null);
	}

	/**
	 * Adds a reference to something a modem has itself.
	 *
	 * @param tag
	 *            the security tag.
	 * @param type
	 *            a constant of this class.
	 * @param number
	 *            what the modem calls it, 0 or more.
	 * @return as {@link #add(int, int, byte[])}.
	 */
	public int addReference(int tag, int type, int number) {
		return number < 0 ? NetError.CREDENTIAL_INVALID : add(tag, type, null, number, null);
	}

	/**
	 * Adds a reference to a private key that is elsewhere, in a secure element for instance.
	 *
	 * @param tag
	 *            the security tag.
	 * @param signer
	 *            the key. It serves one engine at a time.
	 * @return as {@link #add(int, int, byte[])}.
	 */
	public int addKey(int tag, Signer signer) {
		return signer == null ? NetError.CREDENTIAL_INVALID : add(tag, PRIVATE_KEY, null, -1, signer);
	}

	private synchronized int add(int tag, int type, byte[] value, int reference, Signer signer) {
		if (type < CA_CERTIFICATE || type > PSK_IDENTITY) {
			return NetError.CREDENTIAL_INVALID;
		}
		if (find(tag, type) >= 0) {
			return NetError.CREDENTIAL_EXISTS;
		}
		for (int i = 0; i < this.types.length; i++) {
			if (this.types[i] == 0) {
				this.tags[i] = tag;
				this.types[i] = (byte) type;
				this.values[i] = value;
				this.references[i] = reference;
				this.signers[i] = signer;
				this.generation++;
				return NetError.NONE;
			}
		}
		return NetError.CREDENTIAL_TABLE_FULL;
	}

	/**
	 * Gets a credential.
	 *
	 * @param tag
	 *            the security tag.
	 * @param type
	 *            a constant of this class.
	 * @return the array it was added with; null if there is none, or a reference.
	 */
	public synchronized byte[] get(int tag, int type) {
		int at = find(tag, type);
		return at < 0 ? null : this.values[at];
	}

	/** Gets the number of a reference, -1 for none. */
	/* package */ synchronized int reference(int tag, int type) {
		int at = find(tag, type);
		return at < 0 ? -1 : this.references[at];
	}

	/** Gets the key of a reference, or null. */
	/* package */ synchronized Signer signer(int tag) {
		int at = find(tag, PRIVATE_KEY);
		return at < 0 ? null : this.signers[at];
	}

	/**
	 * Deletes a credential, from the store too. The array it was added with is left alone: it is the caller's.
	 *
	 * @param tag
	 *            the security tag.
	 * @param type
	 *            a constant of this class.
	 * @return 0, {@link NetError#CREDENTIAL_UNKNOWN} or {@link NetError#CREDENTIAL_STORE}.
	 */
	public synchronized int delete(int tag, int type) {
		int at = find(tag, type);
		if (at < 0) {
			return NetError.CREDENTIAL_UNKNOWN;
		}
		this.types[at] = 0;
		this.values[at] = null;
		this.signers[at] = null;
		this.generation++;
		int slot = this.store == null ? NO_SLOT : slot(tag, type);
		return slot == NO_SLOT || slot >= 0 && this.store.write(slot, EMPTY, 0, 0) ? NetError.NONE : NetError.CREDENTIAL_STORE;
	}

	/**
	 * Keeps a credential in the store, so that {@link #load} finds it after a reset. Allocates a slot's length.
	 *
	 * @param tag
	 *            the security tag.
	 * @param type
	 *            a constant of this class.
	 * @return 0, {@link NetError#CREDENTIAL_UNKNOWN}, {@link NetError#CREDENTIAL_TABLE_FULL} or {@link NetError#CREDENTIAL_STORE}.
	 */
	public synchronized int save(int tag, int type) {
		byte[] value = get(tag, type);
		if (value == null) {
			return NetError.CREDENTIAL_UNKNOWN;
		}
		if (this.store == null || HEADER + value.length > this.store.slotLength()) {
			return NetError.CREDENTIAL_STORE;
		}
		int slot = slot(tag, type);
		if (slot == NO_SLOT) {
			slot = slot(0, 0);
		}
		if (slot < 0) {
			return slot == NO_SLOT ? NetError.CREDENTIAL_TABLE_FULL : NetError.CREDENTIAL_STORE;
		}
		byte[] image = new byte[HEADER + value.length];
		image[0] = MAGIC_0;
		image[1] = MAGIC_1;
		image[2] = (byte) type;
		image[4] = (byte) (tag >> 24);
		image[5] = (byte) (tag >> 16);
		image[6] = (byte) (tag >> 8);
		image[7] = (byte) tag;
		System.arraycopy(value, 0, image, HEADER, value.length);
		boolean written = this.store.write(slot, image, 0, image.length);
		wipe(image);
		return written ? NetError.NONE : NetError.CREDENTIAL_STORE;
	}

	/**
	 * Reads all credentials of the store into the table; what is there already stays. Allocates what it reads.
	 *
	 * @return 0, or the last error.
	 */
	public synchronized int load() {
		int result = this.store == null ? NetError.CREDENTIAL_STORE : NetError.NONE;
		for (int i = 0; this.store != null && i < this.store.count(); i++) {
			byte[] image = new byte[this.store.slotLength()];
			int length = this.store.read(i, image, 0, image.length);
			if (length < 0) {
				result = NetError.CREDENTIAL_STORE;
			} else if (length > HEADER && image[0] == MAGIC_0 && image[1] == MAGIC_1) {
				byte[] value = new byte[length - HEADER];
				System.arraycopy(image, HEADER, value, 0, value.length);
				int added = add(tag(image), image[2], value);
				if (added != NetError.NONE && added != NetError.CREDENTIAL_EXISTS) {
					result = added;
				}
			}
			wipe(image);
		}
		return result;
	}

	private static int tag(byte[] image) {
		return (image[4] & 0xff) << 24 | (image[5] & 0xff) << 16 | (image[6] & 0xff) << 8 | image[7] & 0xff;
	}

	private static void wipe(byte[] array) {
		for (int i = 0; i < array.length; i++) {
			array[i] = 0;
		}
	}

	/** Finds the slot of a credential, of type 0 an empty one; or {@link #NO_SLOT}, {@link #FAULT}. */
	private int slot(int tag, int type) {
		byte[] header = this.header;
		for (int i = 0; i < this.store.count(); i++) {
			int length = this.store.read(i, header, 0, HEADER);
			if (length < 0) {
				return FAULT;
			}
			if (type == 0 ? length == 0 : length >= HEADER && header[0] == MAGIC_0 && header[1] == MAGIC_1 && header[2] == type && tag(header) == tag) {
				return i;
			}
		}
		return NO_SLOT;
	}

	private int find(int tag, int type) {
		for (int i = 0; i < this.types.length; i++) {
			if (this.types[i] == type && this.tags[i] == tag) {
				return i;
			}
		}
		return -1;
	}

	/* package */ synchronized int generation() {
		return this.generation;
	}
}
