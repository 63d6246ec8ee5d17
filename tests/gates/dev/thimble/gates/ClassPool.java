/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.gates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The classes a firmware is linked from: Thimble's own device classes, and behind them those of the libraries, of which a firmware takes only
 * what it reaches. Of two classes with one name the one added first counts, as on a class path.
 */
final class ClassPool {

	private final Map<String, ClassNode> device = new TreeMap<>();
	private final Map<String, byte[]> library = new HashMap<>();
	private final Map<String, ClassNode> loaded = new HashMap<>();

	/** Reads what the build made: its folders and jars are named by the properties {@code thimble.classes} and {@code thimble.lib}. */
	static ClassPool ofBuild() {
		try {
			ClassPool pool = new ClassPool();
			Path classes = Path.of(System.getProperty("thimble.classes", "build/classes"));
			pool.addDevice(classes.resolve("main"));
			if (Files.isDirectory(classes.resolve("app"))) {
				pool.addDevice(classes.resolve("app"));
			}
			pool.addLibraryFolder(classes.resolve("shim"));
			try (Stream<Path> jars = Files.list(Path.of(System.getProperty("thimble.lib", "build/lib")).resolve("default"))) {
				for (Path jar : (Iterable<Path>) jars::iterator) {
					pool.addLibraryJar(jar);
				}
			}
			return pool;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private void addDevice(Path folder) throws IOException {
		for (Path file : classFiles(folder)) {
			addDevice(Files.readAllBytes(file));
		}
	}

	/** Adds one of Thimble's own classes. */
	void addDevice(byte[] classFile) {
		ClassNode node = node(classFile);
		this.device.put(node.name, node);
	}

	private void addLibraryFolder(Path folder) throws IOException {
		for (Path file : classFiles(folder)) {
			addLibrary(Files.readAllBytes(file));
		}
	}

	/** Adds a class of a library. */
	void addLibrary(byte[] classFile) {
		this.library.putIfAbsent(new ClassReader(classFile).getClassName(), classFile);
	}

	private void addLibraryJar(Path file) throws IOException {
		try (JarFile jar = new JarFile(file.toFile())) {
			for (var entry : (Iterable<java.util.jar.JarEntry>) jar.stream()::iterator) {
				String name = entry.getName();
				if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
					this.library.putIfAbsent(name.substring(0, name.length() - 6), jar.getInputStream(entry).readAllBytes());
				}
			}
		}
	}

	private static List<Path> classFiles(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
		}
	}

	private static ClassNode node(byte[] classFile) {
		ClassNode node = new ClassNode();
		new ClassReader(classFile).accept(node, 0);
		return node;
	}

	/** Gets Thimble's own classes, by name. */
	Collection<ClassNode> device() {
		return this.device.values();
	}

	boolean isDevice(String name) {
		return this.device.containsKey(name);
	}

	/** Gets a class, or null if it must come from the device's platform. */
	ClassNode get(String name) {
		ClassNode own = this.device.get(name);
		if (own != null) {
			return own;
		}
		ClassNode known = this.loaded.get(name);
		if (known == null && this.library.containsKey(name)) {
			known = node(this.library.get(name));
			this.loaded.put(name, known);
		}
		return known;
	}

	/** Gets a method a class declares itself, or null. */
	static MethodNode declared(ClassNode type, String name, String descriptor) {
		for (MethodNode method : type.methods) {
			if (method.name.equals(name) && method.desc.equals(descriptor)) {
				return method;
			}
		}
		return null;
	}

	/** Gets the direct supertypes, the superclass first. */
	static List<String> supertypes(ClassNode type) {
		return type.superName == null ? List.of() : Stream.concat(Stream.of(type.superName), type.interfaces.stream()).toList();
	}
}
