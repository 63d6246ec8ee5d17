/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes an application's firmware for a board: class files, C, objects, image. Each step is skipped while nothing it reads has changed. */
final class Firmware {

	private static final String TOOLS = "arm-none-eabi-";
	private static final List<String> LANGUAGE = List.of("-std=gnu11", "-g", "-ffunction-sections", "-fdata-sections", "-ffreestanding");

	/** Java's arithmetic wraps; and what TeaVM generates is not meant for a reader of warnings. */
	private static final List<String> GENERATED = List.of("-w", "-fwrapv");

	private static final List<String> HAND_WRITTEN = List.of("-std=c11", "-Wall", "-Wextra", "-Werror", "-Os");
	private static final Pattern NAME = Pattern.compile("@([\\w.]+)@");

	private final Layout layout;
	private final Board board;
	private final String application;
	private final BuildProfile profile;
	private final Properties options;
	private String name;

	Firmware(Layout layout, Board board, String application, BuildProfile profile) throws IOException {
		this.layout = layout;
		this.board = board;
		this.application = application;
		this.profile = profile;
		this.options = new Properties();
		try (var reader = Files.newBufferedReader(layout.config.resolve("compile.properties"))) {
			this.options.load(reader);
		}
	}

	/** Gives the image another name than its application's: of one application there can be several, configured differently. */
	void called(String imageName) {
		this.name = imageName;
	}

	/** Gets the path of the image without its extension. */
	Path image() {
		return this.layout.output(this.board.name).resolve(this.name == null ? imageName(this.application, this.profile) : this.name);
	}

	/** Gets the name of the image of an application's class. */
	static String imageName(String application, BuildProfile profile) {
		return application.substring(application.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) + profile.suffix();
	}

	/** Brings the image up to date. */
	void build() throws IOException, InterruptedException {
		Path c = generate();
		List<String> objects = new ArrayList<>();
		Path folder = this.layout.output(this.board.name).resolve("objects").resolve(this.application + this.profile.suffix());
		Files.createDirectories(folder);
		Map<String, Object> cache = new HashMap<>();
		String generated = Shell.digest(List.of(c));
		try (Stream<Path> units = Files.list(c)) {
			for (Path unit : (Iterable<Path>) units.filter(f -> f.toString().endsWith(".c")).sorted()::iterator) {
				String name = unit.getFileName().toString().replace(".c", "");
				objects.add(compile(unit, folder.resolve(name + ".o"), generatedOptions(name, c), generated));
			}
		}
		for (String source : this.board.words("sources")) {
			List<String> command = new ArrayList<>(HAND_WRITTEN);
			command.addAll(this.board.includes());
			lwipIncludes(command);
			objects.add(compile(this.board.support.resolve(source), folder.resolve("board-" + flat(source) + ".o"), command, boardSources(cache)));
		}
		if (this.board.is("lwip")) {
			for (String source : Files.readString(this.board.support.resolve("lwip/sources")).trim().split("\\s+")) {
				List<String> command = new ArrayList<>(List.of("-std=gnu11", "-w", "-Os"));
				command.addAll(this.board.includes());
				lwipIncludes(command);
				objects.add(compile(this.layout.lwip().resolve(source), folder.resolve("lwip-" + flat(source) + ".o"), command, boardSources(cache)));
			}
		}
		link(objects);
	}

	private void lwipIncludes(List<String> command) throws IOException, InterruptedException {
		if (this.board.is("lwip")) {
			command.add("-I" + this.board.support.resolve("lwip"));
			command.add("-isystem");
			command.add(this.layout.lwip().resolve("src/include").toString());
		}
	}

	private String boardSources(Map<String, Object> cache) throws IOException {
		Object digest = cache.get("board");
		if (digest == null) {
			digest = Shell.digest(List.of(this.board.support));
			cache.put("board", digest);
		}
		return (String) digest;
	}

	private static String flat(String path) {
		return path.replaceAll("\\.c$", "").replace('/', '-');
	}

	/** Translates the class files, if they have changed, and makes firmware of the result. */
	private Path generate() throws IOException {
		Path folder = this.layout.generated(this.application + this.profile.suffix());
		List<Object> inputs = new ArrayList<>();
		inputs.add(this.application);
		inputs.add(this.profile.features);
		for (File entry : this.layout.classPath) {
			inputs.add(entry.isDirectory() ? entry.toPath() : entry.getName());
		}
		inputs.add(this.layout.compiler);
		String state = Shell.digest(inputs);
		Path translated = folder.resolve("teavm");
		Path stamp = folder.resolve("translated");
		boolean fresh = Shell.holds(stamp, state);
		if (!fresh) {
			System.out.println("Translating " + this.application + " with " + String.join(", ", this.profile.features));
			Shell.delete(folder);
			Files.createDirectories(translated);
			Translator.translate(this.application, this.layout.classPath, this.profile, translated.toFile());
			Files.writeString(stamp, state);
		}
		Path c = folder.resolve("c");
		String rewritten = Shell.digest(List.of(state, this.layout.runtime, kernels()));
		Path rewriteStamp = folder.resolve("rewritten");
		if (!Shell.holds(rewriteStamp, rewritten)) {
			Shell.delete(c);
			Files.createDirectories(c);
			Rewriter rewriter = new Rewriter(translated, kernels());
			rewriter.write(c, this.layout.runtime);
			System.out.println(rewriter.summary());
			Files.writeString(rewriteStamp, rewritten);
		}
		return c;
	}

	private Set<String> kernels() {
		return new TreeSet<>(List.of(this.options.getProperty("kernels", "").trim().split("\\s+")));
	}

	/** Options come from compile.properties: those of the part, else the default's. */
	private List<String> generatedOptions(String name, Path c) {
		String chosen = this.options.getProperty(name, this.options.getProperty(name.startsWith("java-") ? "java" : "runtime"));
		List<String> command = new ArrayList<>(LANGUAGE);
		if (name.startsWith("java-")) {
			command.addAll(GENERATED);
		} else {
			command.add("-w");
		}
		command.addAll(List.of(chosen.trim().split("\\s+")));
		command.add("-iquote");
		command.add(c.toString());
		return command;
	}

	private String compile(Path source, Path object, List<String> options, String state) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(TOOLS + "gcc");
		command.addAll(this.board.cpu());
		if (!options.contains("-ffunction-sections")) {
			command.addAll(List.of("-g", "-ffunction-sections", "-fdata-sections"));
		}
		command.addAll(options);
		command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
		String digest = Shell.digest(List.of(command, state));
		Path stamp = object.resolveSibling(object.getFileName() + ".made");
		if (!Shell.holds(stamp, digest) || !Files.exists(object)) {
			Shell.run(command);
			Files.writeString(stamp, digest);
		}
		return object.toString();
	}

	private void link(List<String> objects) throws IOException, InterruptedException {
		Path image = image();
		String script = Files.readString(this.layout.config.resolve("firmware.ld"));
		// Whatever the image is called, its memory is laid out as its application's.
		String own = imageName(this.application, this.profile);
		script = NAME.matcher(script)
				.replaceAll(entry -> Matcher.quoteReplacement(Long.toString(this.board.bytes(entry.group(1), own, this.profile))));
		Path scriptFile = Path.of(image + ".ld");
		Files.writeString(scriptFile, script);
		List<String> command = new ArrayList<>();
		command.add(TOOLS + "gcc");
		command.addAll(this.board.cpu());
		command.addAll(List.of("-nostartfiles", "--specs=nano.specs", "-Wl,--gc-sections", "-Wl,--fatal-warnings", "-Wl,--no-warn-rwx-segments",
				"-Wl,-Map=" + image + ".map", "-Wl,--cref", "-T", scriptFile.toString()));
		command.addAll(objects);
		command.addAll(List.of("-o", image + ".elf"));
		try {
			Shell.run(command);
		} catch (AotException e) {
			throw e.getMessage().contains("undefined reference to `meth_otr_") ? new AotException(
					"The application reaches something of Java that firmware has not: threads, weak references or finalizers\n" + e.getMessage()) : e;
		}
		Shell.run(List.of(TOOLS + "objcopy", "-O", "ihex", image + ".elf", image + ".hex"));
		Shell.run(List.of(TOOLS + "objcopy", "-O", "binary", image + ".elf", image + ".bin"));
	}
}
