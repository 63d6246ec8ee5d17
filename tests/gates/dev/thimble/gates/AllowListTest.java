/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

class AllowListTest {

	@Test
	void edcHasWhatMicroEjDocumentsAndLacksWhatItLacks() {
		AllowList edc = Firmware.EDC;
		assertTrue(edc.hasMember("java/lang/System", "arraycopy", "(Ljava/lang/Object;ILjava/lang/Object;II)V"));
		assertTrue(edc.hasMember("java/lang/Integer", "rotateLeft", "(II)I"));
		assertTrue(edc.hasMember("java/util/HashMap", "toString", "()Ljava/lang/String;"), "inherited");
		assertTrue(edc.hasMember("java/lang/Runnable", "hashCode", "()I"), "an interface has Object's methods");
		assertFalse(edc.hasMember("java/lang/Integer", "bitCount", "(I)I"));
		assertFalse(edc.hasMember("java/lang/String", "format", "(Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/String;"));
		assertFalse(edc.hasMember("java/util/ArrayList", "<init>", "(Ljava/lang/Void;)V"));
		for (String absent : List.of("java/util/Arrays", "java/math/BigInteger", "java/security/SecureRandom", "java/lang/ThreadLocal")) {
			assertFalse(edc.hasClass(absent), absent);
		}
	}

	/** The list was read from signatures in text; a descriptor that was erased wrongly would not be found in a real class library. */
	@Test
	void everyMemberOfJavaExistsInThisJdk() throws IOException {
		List<String> unknown = new ArrayList<>();
		String owner = null;
		int members = 0;
		for (String line : Files.readAllLines(Path.of("platform-config", "edc-1.3.allow"))) {
			String[] words = line.strip().split(" ");
			if (!line.startsWith("\t")) {
				owner = words[0].startsWith("java/") ? words[0] : null;
			} else if (owner != null) {
				for (int i = 1; i < words.length; i++) {
					members++;
					if (!inJdk(owner, words[0], words[i])) {
						unknown.add(owner + "." + words[0] + words[i]);
					}
				}
			}
		}
		assertTrue(members > 1400, "only " + members + " members read");
		assertTrue(unknown.isEmpty(), () -> String.join("\n", unknown));
	}

	private static boolean inJdk(String owner, String name, String descriptor) throws IOException {
		for (String type = owner; type != null;) {
			ClassNode node = new ClassNode();
			try (var in = ClassLoader.getSystemResourceAsStream(type + ".class")) {
				if (in == null) {
					return false;
				}
				new ClassReader(in).accept(node, ClassReader.SKIP_CODE);
			}
			if (ClassPool.declared(node, name, descriptor) != null
					|| node.fields.stream().anyMatch(f -> f.name.equals(name) && f.desc.equals(descriptor))) {
				return true;
			}
			for (String inherited : node.interfaces) {
				if (inJdk(inherited, name, descriptor)) {
					return true;
				}
			}
			type = node.superName;
		}
		return false;
	}
}
