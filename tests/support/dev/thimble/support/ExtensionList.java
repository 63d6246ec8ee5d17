/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.List;

/** A list of extensions to be changed by a test; order and duplicates are kept. */
public final class ExtensionList {

	private record Entry(int type, byte[] data) {
	}

	private final List<Entry> entries = new ArrayList<>();

	public ExtensionList add(int type, byte[] data) {
		this.entries.add(new Entry(type, data));
		return this;
	}

	public ExtensionList remove(int type) {
		this.entries.removeIf(e -> e.type == type);
		return this;
	}

	/** Replaces the extension where it stands, or adds it. */
	public ExtensionList set(int type, byte[] data) {
		for (int i = 0; i < this.entries.size(); i++) {
			if (this.entries.get(i).type == type) {
				this.entries.set(i, new Entry(type, data));
				return this;
			}
		}
		return add(type, data);
	}

	public byte[] get(int type) {
		return this.entries.stream().filter(e -> e.type == type).map(Entry::data).findFirst().orElse(null);
	}

	/** The types in order. */
	public List<Integer> types() {
		return this.entries.stream().map(Entry::type).toList();
	}

	/** Moves an extension behind all others, if it is there. */
	public ExtensionList last(int type) {
		byte[] data = get(type);
		return data == null ? this : remove(type).add(type, data);
	}

	/** The extensions without the length before them. */
	public byte[] toBytes() {
		Octets all = new Octets();
		for (Entry e : this.entries) {
			all.u16(e.type).vector16(e.data);
		}
		return all.toBytes();
	}
}
