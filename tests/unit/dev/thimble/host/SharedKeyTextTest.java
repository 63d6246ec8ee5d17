/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedKeyTextTest {

	@TempDir
	private Path folder;

	@Test
	void isAnIdentityAndHexadecimal() throws IOException {
		List<SharedKeyText> keys = SharedKeyText.read("a:b:00ff10");
		assertEquals(1, keys.size());
		assertEquals("a:b", keys.get(0).identity());
		assertArrayEquals(new byte[] { 0, -1, 16 }, keys.get(0).key());
	}

	@Test
	void aFileHasOneALine() throws IOException {
		Path file = Files.writeString(this.folder.resolve("keys"), "# two devices\none:0102\n\n two:0304\n");
		List<SharedKeyText> keys = SharedKeyText.read("@" + file);
		assertEquals(List.of("one", "two"), keys.stream().map(SharedKeyText::identity).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", ":00", "a:", "a:0", "a:0g", "a:00 11" })
	void anythingElseIsTold(String text) {
		assertThrows(IllegalArgumentException.class, () -> SharedKeyText.read(text));
	}

	@Test
	void anErrorDoesNotRepeatTheKey() throws IOException {
		IllegalArgumentException told = assertThrows(IllegalArgumentException.class, () -> SharedKeyText.read("device:5ecre7"));
		assertFalse(told.getMessage().contains("5ecre7"));
		Path file = Files.writeString(this.folder.resolve("keys"), "one:0102\ntwo:5ecre7\n");
		CommandFailure failure = assertThrows(CommandFailure.class, () -> SharedKeyText.read("@" + file));
		assertTrue(failure.getMessage().startsWith("Line 2 of ") && !failure.getMessage().contains("5ecre7"), failure.getMessage());
		Files.writeString(file, "# none\n");
		assertThrows(CommandFailure.class, () -> SharedKeyText.read("@" + file));
	}

	@Test
	void lengthsAreTheEngines() {
		assertThrows(IllegalArgumentException.class, () -> SharedKeyText.read("a:" + "00".repeat(65)));
		assertThrows(IllegalArgumentException.class, () -> SharedKeyText.read("a".repeat(257) + ":00"));
	}
}
