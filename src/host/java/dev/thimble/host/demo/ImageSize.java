/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import dev.thimble.host.device.Project;

/**
 * What a firmware takes of a board's memory.
 *
 * @param flash
 *            bytes of flash used.
 * @param flashSize
 *            bytes of flash there are.
 * @param ram
 *            bytes of RAM laid out by the linker: variables, heap, stack.
 * @param ramSize
 *            bytes of RAM there are.
 */
record ImageSize(long flash, long flashSize, long ram, long ramSize) {

	private static final int SECTION_FLAGS = 0x08;
	private static final int SECTION_ADDRESS = 0x0c;
	private static final int SECTION_LENGTH = 0x14;
	private static final int ALLOCATED = 2;

	/** Reads the image (its path has no extension) and the board's memory map. */
	static ImageSize of(String board, Path image) throws IOException {
		Properties memory = new Properties();
		try (Reader in = Files.newBufferedReader(Project.root().resolve("platform-config").resolve(board).resolve("memory.properties"))) {
			memory.load(in);
		}
		long origin = bytes(memory.getProperty("ram.origin"));
		long size = bytes(memory.getProperty("ram.length"));
		ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(Path.of(image + ".elf"))).order(ByteOrder.LITTLE_ENDIAN);
		long ram = 0;
		// System V ABI, chapter 4: the table of sections.
		for (int i = 0; i < elf.getShort(0x30); i++) {
			int section = elf.getInt(0x20) + i * elf.getShort(0x2e);
			long address = Integer.toUnsignedLong(elf.getInt(section + SECTION_ADDRESS));
			if ((elf.getInt(section + SECTION_FLAGS) & ALLOCATED) != 0 && address >= origin && address < origin + size) {
				ram += elf.getInt(section + SECTION_LENGTH);
			}
		}
		return new ImageSize(Files.size(Path.of(image + ".bin")), bytes(memory.getProperty("flash.length")), ram, size);
	}

	/** Reads a number: decimal, 0x, or with K or M behind it. */
	private static long bytes(String text) {
		String value = text.trim();
		int unit = value.endsWith("K") ? 1024 : value.endsWith("M") ? 1024 * 1024 : 1;
		return Long.decode(unit == 1 ? value : value.substring(0, value.length() - 1)) * unit;
	}
}
