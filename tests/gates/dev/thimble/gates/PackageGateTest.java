/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import static dev.thimble.gates.Firmware.assertNone;
import static dev.thimble.gates.Firmware.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

class PackageGateTest {

	private static final Path SOURCES = Path.of("src", "main", "java");

	@Test
	void packageArrowsPointDownwards() {
		assertNone(new PackageGate(Firmware.POOL).violations());
	}

	@Test
	void importsPointDownwards() throws IOException {
		Map<String, List<String>> sources = new HashMap<>();
		try (Stream<Path> files = Files.walk(SOURCES)) {
			for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
				sources.put(SOURCES.relativize(file).toString().replace('\\', '/'), Files.readAllLines(file));
			}
		}
		assertTrue(sources.size() > 10, "no sources");
		assertNone(new PackageGate(Firmware.POOL).importViolations(sources));
	}

	@Test
	void refusesAnArrowUpwards() {
		assertRefused(using("dev/thimble/x509/Bad", "dev/thimble/tls/TlsEngine"), "x509 may not know tls");
		assertRefused(using("dev/thimble/tls/Bad", "dev/thimble/board/Trng"), "tls may not know board");
		assertRefused(using("dev/thimble/crypto/Bad", "dev/thimble/host/Main"), "crypto may not know host");
		assertRefused(using("dev/thimble/app/Bad", "dev/thimble/support/Fixture"), "app may not know support");
	}

	@Test
	void refusesAnUnknownPackage() {
		assertRefused(using("dev/thimble/misc/Bad", "java/lang/Object"), "no package of the design");
	}

	@Test
	void refusesBouncyCastleOutsideOfCrypto() {
		assertRefused(using("dev/thimble/tls/Bad", "org/bouncycastle/crypto/Digest"), "tls may not know Bouncy Castle");
		assertNone(using("dev/thimble/crypto/Good", "org/bouncycastle/crypto/Digest"));
	}

	@Test
	void cryptoUsesBoardOnlyThroughInterfaces() {
		ClassPool pool = sample("dev/thimble/crypto/Bad", "dev/thimble/board/Trng").pool();
		pool.addDevice(new SampleClass("dev/thimble/board/Trng").bytes());
		assertRefused(new PackageGate(pool).violations(), "only through interfaces");
		ClassPool good = sample("dev/thimble/crypto/Good", "dev/thimble/board/Source").pool();
		good.addDevice(new SampleClass("dev/thimble/board/Source", "java/lang/Object", LimitsGate.CLASS_VERSION,
				Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT).bytes());
		assertNone(new PackageGate(good).violations());
	}

	@Test
	void refusesAnImportUpwards() {
		Map<String, List<String>> bad = Map.of("dev/thimble/x509/Bad.java", List.of("import static dev.thimble.tls.Alert.CLOSE_NOTIFY;"));
		assertRefused(new PackageGate(new ClassPool()).importViolations(bad), "x509 may not know tls");
	}

	private static List<String> using(String from, String to) {
		return new PackageGate(sample(from, to).pool()).violations();
	}

	private static SampleClass sample(String from, String to) {
		return new SampleClass(from).field("used", "L" + to + ";");
	}
}
