/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** The table of path errors. */
class PathErrorTest {

	@Test
	void everyCodeHasItsNameAndItsSentences() throws Exception {
		Set<Integer> codes = new HashSet<>();
		Set<String> texts = new HashSet<>();
		for (Field field : PathError.class.getDeclaredFields()) {
			if (field.isSynthetic()) {
				// the coverage agent's
				continue;
			}
			int code = field.getInt(null);
			assertTrue(codes.add(code), field.getName());
			assertTrue(code == 0 || code >= 100 && code < 140, field.getName());
			assertEquals(field.getName(), PathError.name(code));
			String text = PathError.text(code);
			assertTrue(texts.add(text), text);
			assertTrue(text.endsWith(".") && (code == 0 || text.indexOf(". ") > 0), text);
		}
		assertTrue(codes.size() > 30);
		assertEquals("PATH_ERROR", PathError.name(1));
		assertEquals("An unknown error. Report it.", PathError.text(1));
	}
}
