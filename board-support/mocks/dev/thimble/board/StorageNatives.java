/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

import com.is2t.hil.HIL;

/** Mock of the non-volatile slots: files in the folder {@code thimble.sim.storage}, or without that property arrays that end with the process. */
public final class StorageNatives {

	private static final int SLOTS = 8;
	private static final int SLOT_LENGTH = 1024;

	private static final byte[][] VOLATILE = new byte[SLOTS][0];

	private StorageNatives() {
	}

	public static int slots() {
		return SLOTS;
	}

	public static int slotLength() {
		return SLOT_LENGTH;
	}

	public static int read(int slot, byte[] out, int offset, int length) {
		long mark = Simulation.enter();
		int count;
		try {
			Path file = file(slot);
			byte[] content = file == null ? VOLATILE[slot] : Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
			count = content.length;
			int taken = Math.min(length, count);
			System.arraycopy(content, 0, out, offset, taken);
			HIL.getInstance().flushContent(out, offset, taken);
		} catch (IOException e) {
			count = -1;
		}
		Simulation.leave(mark);
		return count;
	}

	public static int write(int slot, byte[] data, int offset, int length) {
		long mark = Simulation.enter();
		HIL.getInstance().refreshContent(data, offset, length);
		byte[] content = Arrays.copyOfRange(data, offset, offset + length);
		int code = 0;
		try {
			Path file = file(slot);
			if (file == null) {
				VOLATILE[slot] = content;
			} else {
				Path fresh = file.resolveSibling(file.getFileName() + ".new");
				Files.write(fresh, content);
				Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
		} catch (IOException e) {
			code = -1;
		}
		Simulation.leave(mark);
		return code;
	}

	private static Path file(int slot) {
		String folder = Simulation.setting("storage", "");
		return folder.isEmpty() ? null : Paths.get(folder, "slot" + slot);
	}
}
