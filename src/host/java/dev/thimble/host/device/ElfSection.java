/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.thimble.host.CommandFailure;

/**
 * Where a section of a firmware lies in the board's memory, read from its ELF file (System V ABI, chapter 4: 32 bits, little-endian).
 *
 * @param address
 *            its first byte.
 * @param length
 *            in bytes, 0 if there is no such section.
 */
record ElfSection(long address, int length) {

	private static final int HEADER_OFFSET = 0x20;
	private static final int HEADER_SIZE = 0x2e;
	private static final int HEADER_COUNT = 0x30;
	private static final int NAMES = 0x32;
	private static final int SECTION_ADDRESS = 0x0c;
	private static final int SECTION_OFFSET = 0x10;
	private static final int SECTION_LENGTH = 0x14;

	static ElfSection find(Path elf, String name) throws IOException {
		ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(elf)).order(ByteOrder.LITTLE_ENDIAN);
		if (file.limit() < NAMES + 2 || file.getInt(0) != 0x464c457f || file.get(4) != 1 || file.get(5) != 1) {
			throw new CommandFailure(elf + " is not an ELF file of a 32-bit board.");
		}
		int headers = file.getInt(HEADER_OFFSET);
		int size = file.getShort(HEADER_SIZE);
		int names = file.getInt(headers + file.getShort(NAMES) * size + SECTION_OFFSET);
		byte[] wanted = (name + "\0").getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < file.getShort(HEADER_COUNT); i++) {
			int header = headers + i * size;
			int at = names + file.getInt(header);
			byte[] found = new byte[Math.min(wanted.length, file.limit() - at)];
			file.get(at, found);
			if (java.util.Arrays.equals(wanted, found)) {
				return new ElfSection(Integer.toUnsignedLong(file.getInt(header + SECTION_ADDRESS)), file.getInt(header + SECTION_LENGTH));
			}
		}
		return new ElfSection(0, 0);
	}
}
