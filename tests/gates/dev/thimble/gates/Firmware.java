/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The classes the build made, and what the gates check them against. */
final class Firmware {

	private static final Path LISTS = Path.of("platform-config");

	/** What every device package may use. */
	static final AllowList EDC = list("edc-1.3.allow");

	/** What the packages that stand on more than EDC may use: natives need SNI and BON, sockets of Java's own NET. */
	static final Map<String, AllowList> EXTRA = Map.of("dev/thimble/board/", list("edc-1.3.allow", "bon-1.4.allow", "sni-1.4.allow"),
			"dev/thimble/net/socket/", list("edc-1.3.allow", "net-1.1.allow"));

	static final ClassPool POOL = ClassPool.ofBuild();

	static final Reach EVERYTHING = Reach.everything(POOL, EDC);

	private Firmware() {
	}

	/** Fails with all violations, if there are any. */
	static void assertNone(List<String> violations) {
		assertTrue(violations.isEmpty(), () -> violations.size() + " violations:\n" + String.join("\n", violations));
	}

	/** Fails unless there is exactly one violation, and it says so. */
	static void assertRefused(List<String> violations, String part) {
		assertTrue(violations.size() == 1 && violations.get(0).contains(part), () -> "Expected one violation with '" + part + "', got " + violations);
	}

	private static AllowList list(String... names) {
		try {
			Path[] files = new Path[names.length];
			for (int i = 0; i < names.length; i++) {
				files[i] = LISTS.resolve(names[i]);
			}
			return AllowList.read(files);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
