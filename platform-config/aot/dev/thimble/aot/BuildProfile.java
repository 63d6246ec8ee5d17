/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which of the optional parts of TLS a firmware has: a file of platform-config/profiles. */
final class BuildProfile {

	/** The profile of a firmware for which none is named. */
	static final String DEFAULT = "tls13";

	private static final String ENDING = ".properties";

	final String name;
	/** One line for people. */
	final String description;
	/** Names of methods of the class {@link FeatureTransformer} works on. */
	final Set<String> features;

	private BuildProfile(String name, String description, Set<String> features) {
		this.name = name;
		this.description = description;
		this.features = features;
	}

	static BuildProfile read(String name, Path config) throws IOException {
		Path file = config.resolve("profiles").resolve(name + ENDING);
		if (!Files.exists(file)) {
			throw new AotException("There is no profile '" + name + "', only " + String.join(", ", names(config)) + " (platform-config/profiles)");
		}
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		String features = properties.getProperty("features", "").trim();
		if (features.isEmpty()) {
			throw new AotException("platform-config/profiles/" + name + ENDING + " lacks features");
		}
		return new BuildProfile(name, properties.getProperty("description", ""), new TreeSet<>(List.of(features.split("\\s+"))));
	}

	/** Gets the names of all profiles. */
	static List<String> names(Path config) throws IOException {
		try (Stream<Path> files = Files.list(config.resolve("profiles"))) {
			return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(ENDING))
					.map(file -> file.substring(0, file.length() - ENDING.length())).sorted().toList();
		}
	}

	/** Gets what this profile's files have in their names: nothing for the default. */
	String suffix() {
		return this.name.equals(DEFAULT) ? "" : "-" + this.name;
	}

	/** Gets the only feature another profile has beyond this one's; null if there is not just one, or one is missing. */
	String oneMore(BuildProfile other) {
		Set<String> more = new TreeSet<>(other.features);
		more.removeAll(this.features);
		return more.size() == 1 && other.features.containsAll(this.features) ? more.iterator().next() : null;
	}
}
