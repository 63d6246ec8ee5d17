/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes firmware of what TeaVM generated: puts our runtime in the place of TeaVM's, moves what never changes to flash, and takes out what
 * a program does not need that allocates nothing while it runs.
 *
 * <p>Every change expects the text it was written for; where that is missing the build ends ({@link #must}), because then TeaVM has
 * changed and someone must look. platform-config/README.md lists the changes with their reasons.
 */
final class Rewriter {

	/** What TeaVM generates below this folder is one file a class. */
	private static final String CLASSES = "classes/";

	/** TeaVM's collector, exceptions, fibers and event loop: ours replaces them. */
	private static final Pattern REPLACED = Pattern.compile("classes/org/teavm/(runtime|backend)/.*");

	private static final Pattern INITIALIZE = Pattern.compile("teavm_initializeClass\\(\\(TeaVM_Class\\*\\) &\\w+, &(initclass_\\w+)\\)");
	private static final Pattern FRAME = Pattern.compile("(?m)^\\s*TEAVM_(ALLOC_STACK|GC_ROOT|GC_ROOT_RELEASE|RELEASE_STACK)\\b.*;\n");
	/** A reference kept over setjmp: TeaVM makes volatile what it points to, not the variable. */
	private static final Pattern SPILL = Pattern.compile("(?m)^( +)volatile (\\w+\\*) (teavm_spill_\\d+;)$");
	private static final Pattern CALL_SITE = Pattern.compile("TEAVM_WITH_CALL_SITE_ID\\((\\d+), ");
	private static final Pattern ROOTS = Pattern.compile("static void\\*\\* (teavm_gc_localStaticRoots_\\w+)\\[(\\d+)\\]");
	private static final Pattern CLASS = Pattern.compile("(?m)^alignas\\(8\\) (\\w+ \\w+_Cls = \\{)$");
	private static final Pattern EMPTY_FIELD = Pattern.compile("(?m)^ +\\.(arrayType|enumValues|modifiers) = (NULL|\\d+),?\n");
	private static final Pattern CLASS_DECLARATION = Pattern.compile("(?m)^extern (\\w+ \\w+_Cls;)$");
	private static final Pattern ZEROED = Pattern.compile("(?m)^sfld_\\w+ = (NULL|INT32_C\\(0\\)|INT64_C\\(0\\));\n");
	private static final Pattern REGISTERED = Pattern.compile("(?m)^teavm_registerStaticGcRoots\\(.*\\);\n");
	private static final Pattern MAIN = Pattern.compile("\\b(meth_\\w+_main)\\(teavm_local_1\\)");
	private static final Pattern SITE = Pattern.compile("\\{ \\.firstHandler = (NULL|exceptionHandlers_teavm_callSites \\+ \\d+), \\.location = NULL \\}");
	private static final Pattern STRING = Pattern.compile("(?s)\n    TEAVM_STRING(_FROM_CODES)?\\((\\d+), (-?\\d+), ?(.*?)\\),? +// string #(\\d+)");

	private static final String THROWABLE = "jl_Throwable_Cls";
	private static final Pattern CLASS_SYMBOL = Pattern.compile("(?m)^alignas\\(8\\) \\w+ (\\w+_Cls) = \\{$");
	private static final Pattern SUPERCLASS = Pattern.compile("\\.superclass = \\(TeaVM_Class\\*\\) &(\\w+_Cls)");
	private static final Pattern MADE = Pattern.compile("meth_otr_Allocator_allocate\\(&(\\w+_Cls)\\)");
	private static final Pattern STRING_USE = Pattern.compile("TEAVM_GET_STRING\\((\\d+)\\)");
	private static final String STRING_HEADERS = "#include \"thimble_runtime.h\"\n#include \"classes/java/lang/String.h\"\n"
			+ "#include \"arrays/primitives/char.h\"\n#include \"arrays/primitives/byte.h\"\n\n";

	/** An escape in a C string; C has no universal character names for 0x80 to 0x9f. */
	private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u00([0-9a-f]{2})|.)");

	/** Methods our runtime has in C: smaller, faster, and without an exception to allocate. */
	private static final Set<String> IN_RUNTIME = Set.of("meth_jl_System_arraycopy", "meth_jl_System_fastArraycopy",
			"meth_jl_System_doArrayCopy", "meth_jl_System_currentTimeMillis", "meth_jl_System_nanoTime", "meth_jl_Object_cloneLowLevel",
			"meth_jl_Object_monitorEnter", "meth_jl_Object_monitorEnterSync", "meth_jl_Object_monitorExit", "meth_jl_Object_monitorExitSync");

	private final Path source;
	private final Set<String> kernels;
	private final List<CFile> files = new ArrayList<>();
	private final CallGraph graph;
	private final Set<String> starting;
	private final Set<String> allocating;
	private final List<String> callSites = new ArrayList<>();
	private final List<String> keptSites = new ArrayList<>();
	private final String main;
	private final Set<String> live;
	/** The headers by their path. */
	private final Map<Path, String> headers = new TreeMap<>();
	private final VirtualTables tables;

	/**
	 * Reads what TeaVM generated.
	 *
	 * @param source
	 *            the folder.
	 * @param kernels
	 *            names of classes whose speed matters more than their size.
	 */
	Rewriter(Path source, Set<String> kernels) throws IOException {
		this.source = source;
		this.kernels = kernels;
		String fiber = null;
		try (Stream<Path> all = Files.walk(source)) {
			for (Path file : (Iterable<Path>) all.filter(f -> f.toString().endsWith(".c")).sorted()::iterator) {
				String path = source.relativize(file).toString().replace(File.separatorChar, '/');
				if (path.equals("classes/org/teavm/runtime/Fiber.c")) {
					fiber = Files.readString(file);
				}
				boolean generated = path.startsWith(CLASSES) || path.startsWith("arrays/") || path.startsWith("primitives/");
				if (generated && !REPLACED.matcher(path).matches()) {
					this.files.add(new CFile(path, Files.readString(file)));
				}
			}
		}
		this.main = group(MAIN, must(fiber, "meth_otr_Fiber_lambda_startMain_0", "Fiber.c"), "the call of main in Fiber.c");
		checkFeatures();

		readHeaders();
		this.tables = new VirtualTables(this.headers.values(), this.files);
		this.graph = new CallGraph(this.files, IN_RUNTIME);
		this.live = live();
		List<String> initializers = new ArrayList<>();
		for (CFunction function : this.graph.functions()) {
			if (function.isStaticInitializer()) {
				initializers.add(function.name);
			}
		}
		this.starting = this.graph.reach(initializers, true);
		this.allocating = this.graph.allocating(this.starting);
		Matcher site = SITE.matcher(read("callsites.c"));
		while (site.find()) {
			this.callSites.add(site.group(1));
		}
	}

	/** Options of TeaVM's class structure that our runtime's has not: they appear when an application uses reflection. */
	private void checkFeatures() throws IOException {
		for (String file : List.of("core_defs.h", "config.h", "reflection_gen.h")) {
			for (String line : read(file).split("\n")) {
				if (line.startsWith("#define") && !line.startsWith("#define TEAVM_OBFUSCATED")) {
					throw new AotException("The application uses reflection or class names, which firmware has not (" + file + ": " + line + ")");
				}
			}
		}
	}

	/** Finds the static initialisers whose classes the application reaches: theirs run at the start. */
	private Set<String> live() {
		return this.graph.reach(List.of(this.main), true);
	}

	/**
	 * Writes the firmware's C.
	 *
	 * @param target
	 *            an empty folder.
	 * @param runtime
	 *            the folder of our runtime.
	 */
	void write(Path target, Path runtime) throws IOException {
		writeHeaders(target);
		TreeMap<String, List<String>> units = new TreeMap<>();
		List<String> roots = new ArrayList<>();
		StringBuilder setUp = new StringBuilder();
		for (CFile file : this.files) {
			String text = rewrite(file, roots, setUp);
			put(target.resolve(file.path), text);
			units.computeIfAbsent(unit(file.path), k -> new ArrayList<>()).add(file.path);
		}
		for (var unit : units.entrySet()) {
			StringBuilder text = new StringBuilder();
			for (String path : unit.getValue()) {
				text.append("#include \"").append(path).append("\"\n");
			}
			put(target.resolve("java-" + unit.getKey() + ".c"), text.toString());
		}
		writeStrings(target);
		writeMain(target, roots, setUp.toString());
		try (Stream<Path> own = Files.list(runtime)) {
			for (Path file : (Iterable<Path>) own.filter(f -> f.toString().matches(".*\\.[ch]"))::iterator) {
				Files.copy(file, target.resolve(file.getFileName().toString()));
			}
		}
	}

	/** A part's kernels are a unit of their own, for they get other options. */
	private String unit(String path) {
		String type = path.substring(path.indexOf('/') + 1, path.length() - ".c".length()).replace('/', '.');
		return Part.of(path).name + (this.kernels.contains(type) ? "-kernels" : "");
	}

	private String rewrite(CFile file, List<String> roots, StringBuilder setUp) {
		StringBuilder text = new StringBuilder();
		for (Object part : file.parts) {
			if (part instanceof CFunction function) {
				text.append(rewrite(function, setUp));
			} else {
				text.append(rewriteDeclarations((String) part, roots));
			}
		}
		return text.toString();
	}

	private String rewriteDeclarations(String text, List<String> roots) {
		Matcher root = ROOTS.matcher(text);
		while (root.find()) {
			roots.add(root.group(1) + ", " + root.group(2));
		}
		String result = ROOTS.matcher(text).replaceAll("void** const $1[$2]");
		result = CLASS.matcher(this.tables.tables(result)).replaceAll("alignas(8) const $1");
		result = EMPTY_FIELD.matcher(result).replaceAll("");
		return result.replace("static int16_t teavm_classLayouts_", "static const int16_t teavm_classLayouts_");
	}

	private String rewrite(CFunction function, StringBuilder setUp) {
		if (IN_RUNTIME.contains(function.name)) {
			return "";
		}
		if (function.isInitializerGuard()) {
			must(function.body, "cls->flags |= INT32_C(1);", function.name);
			String initializer = group(Pattern.compile("(meth_\\w+__clinit_)\\(\\)"), function.body, "the initialiser in " + function.name);
			return "void " + function.name + "() {\n    static int8_t done;\n    if (!done) {\n        done = 1;\n        " + initializer
					+ "();\n    }\n}\n";
		}
		if (function.name.startsWith("sysinitclass_")) {
			String body = REGISTERED.matcher(ZEROED.matcher(function.body).replaceAll("")).replaceAll("");
			if (body.isBlank()) {
				return "";
			}
			setUp.append(function.name).append('\n');
			return function.signature + " {\n" + body + "}\n";
		}
		String body = function.body;
		boolean starts = this.starting.contains(function.name);
		body = INITIALIZE.matcher(body).replaceAll(starts ? "$1()" : "((void) 0)");
		if (function.catches) {
			body = body.replace("TEAVM_ALLOC_STACK(", "TEAVM_ALLOC_HANDLER_STACK(");
			body = SPILL.matcher(numberCallSites(body)).replaceAll("$1$2 volatile $3");
		} else {
			body = CALL_SITE.matcher(body).replaceAll("TEAVM_HERE(");
			if (!this.allocating.contains(function.name)) {
				body = FRAME.matcher(body).replaceAll("");
			}
		}
		return function.signature + " {\n" + body + "}\n";
	}

	/** Keeps of the table of call sites those with a handler; the others are -1. */
	private String numberCallSites(String body) {
		return CALL_SITE.matcher(body).replaceAll(site -> {
			String handler = this.callSites.get(Integer.parseInt(site.group(1)));
			if (handler.equals("NULL")) {
				return "TEAVM_WITH_CALL_SITE_ID(-1, ";
			}
			this.keptSites.add(handler);
			return "TEAVM_WITH_CALL_SITE_ID(" + (this.keptSites.size() - 1) + ", ";
		});
	}

	private void readHeaders() throws IOException {
		try (Stream<Path> all = Files.walk(this.source)) {
			for (Path file : (Iterable<Path>) all.filter(f -> f.toString().endsWith(".h"))::iterator) {
				this.headers.put(this.source.relativize(file), Files.readString(file));
			}
		}
	}

	/** Writes the headers of classes; those of TeaVM's runtime become ours. */
	private void writeHeaders(Path target) throws IOException {
		for (var header : this.headers.entrySet()) {
			boolean runtime = header.getKey().getNameCount() == 1;
			put(target.resolve(header.getKey()), runtime ? "#include \"thimble_runtime.h\"\n"
					: this.tables.header(CLASS_DECLARATION.matcher(header.getValue()).replaceAll("extern const $1")));
		}
	}

	/**
	 * Strings are constants: one object each, so that the linker drops those nobody refers to, in a file of the part that uses them.
	 */
	private void writeStrings(Path target) throws IOException {
		String pool = must(read("strings.c"), "TeaVM_String* teavm_stringPool[", "strings.c");
		int count = Integer.parseInt(group(Pattern.compile("teavm_stringPool\\[(\\d+)\\]"), pool, "the size of the string pool"));
		Map<String, Part> users = stringUsers();
		boolean compact = characterReaders().isEmpty();
		Map<Part, StringBuilder> code = new TreeMap<>();
		StringBuilder declarations = new StringBuilder("#pragma once\n#include \"thimble_runtime.h\"\n\n"
				+ "#define TEAVM_GET_STRING(i) ((void*) &teavm_string_##i)\n");
		Matcher string = STRING.matcher(pool);
		Set<Integer> found = new TreeSet<>();
		while (string.find()) {
			String index = string.group(5);
			boolean codes = string.group(1) != null;
			String data = codes ? "{ " + string.group(4) + " }" : octal(string.group(4));
			boolean latin = compact && !codes && !data.contains("\\u");
			code.computeIfAbsent(users.getOrDefault(index, Part.LIBRARY), part -> new StringBuilder(STRING_HEADERS))
					.append(latin ? "THIMBLE_LATIN_STRING(" : "THIMBLE_STRING(").append(index).append(", ").append(string.group(2)).append(", INT32_C(").append(string.group(3))
					.append("), ").append(latin ? data.replace("u\"", "\"") : data).append(")\n");
			declarations.append("extern const TeaVM_String teavm_string_").append(index).append(";\n");
			found.add(Integer.valueOf(index));
		}
		if (found.size() != count) {
			throw changed("strings.c has " + count + " strings, " + found.size() + " of them as expected");
		}
		for (var part : code.entrySet()) {
			put(target.resolve("strings-" + part.getKey().name + ".c"), part.getValue().toString());
		}
		put(target.resolve("strings.h"), declarations.toString());
	}

	/**
	 * Finds the methods that read characters of strings otherwise than by charAt, which is our runtime's. While there is none, a string
	 * constant has one byte for a character.
	 */
	private List<String> characterReaders() {
		List<String> readers = new ArrayList<>();
		for (CFunction function : this.graph.functions()) {
			// Thimble's own arrays of char are no strings: those it reads by charAt.
			if (this.live.contains(function.name) && !function.name.startsWith("meth_dt") && function.body.contains("char16_t")) {
				readers.add(function.name);
			}
		}
		return readers;
	}

	/** Finds which part uses a string; of several the lowest, for TeaVM inlines a part's methods into those above it. */
	private Map<String, Part> stringUsers() {
		Map<String, Part> users = new HashMap<>();
		for (CFile file : this.files) {
			Matcher use = STRING_USE.matcher(file.toString());
			while (use.find()) {
				users.merge(use.group(1), Part.of(file.path), (a, b) -> a.compareTo(b) < 0 ? a : b);
			}
		}
		return users;
	}

	private static String octal(String text) {
		return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(escape.group(1) == null ? escape.group()
				: String.format("\\%03o", Integer.parseInt(escape.group(1), 16))));
	}

	private void writeMain(Path target, List<String> roots, String setUp) throws IOException {
		StringBuilder code = new StringBuilder("#include \"thimble_runtime.h\"\n");
		for (CFile file : this.files) {
			code.append("#include \"").append(file.path, 0, file.path.length() - 1).append("h\"\n");
		}
		String handlers = read("callsites.c");
		int table = handlers.indexOf("TeaVM_CallSite teavm_callSites[");
		if (table < 0) {
			throw changed("callsites.c has no table of call sites");
		}
		code.append('\n').append(handlers.substring(0, table).replaceAll("#include .*\n", "")
				.replace("static TeaVM_ExceptionHandler exceptionHandlers", "static const TeaVM_ExceptionHandler exceptionHandlers"));
		code.append("const TeaVM_CallSite teavm_callSites[] = {\n");
		for (String handler : this.keptSites) {
			code.append("    { .firstHandler = ").append(handler).append(" },\n");
		}
		code.append("    { .firstHandler = NULL }\n};\n\n");

		// Only the roots of classes the linker keeps anyway: a static variable nobody reads has no reader to keep alive for.
		for (String root : roots) {
			code.append("extern void** const ").append(root, 0, root.indexOf(',')).append("[];\n");
		}
		code.append("const TeaVM_StaticRoots teavm_staticRoots[] = {\n");
		for (String root : roots) {
			code.append("    { ").append(root).append(" },\n");
		}
		code.append("    { NULL, 0 }\n};\n\n");
		code.append("const TeaVM_ClassName teavm_exceptionNames[] = {\n");
		exceptions().forEach((symbol, name) -> code.append("    { (const TeaVM_Class*) &").append(symbol).append(", \"").append(name)
				.append("\" },\n"));
		code.append("    { NULL, NULL }\n};\n\n");
		code.append("const TeaVM_Class* const teavm_stringClass = (const TeaVM_Class*) &jl_String_Cls;\n\n");
		code.append("void teavm_start(void) {\n");
		for (String function : setUp.split("\n")) {
			if (!function.isBlank()) {
				code.append("    ").append(function).append("();\n");
			}
		}
		for (CFunction function : this.graph.functions()) {
			if (function.isInitializerGuard() && this.live.contains(function.name)) {
				code.append("    ").append(function.name).append("();\n");
			}
		}
		code.append("    ").append(this.main).append("(teavm_noArguments());\n}\n");
		put(target.resolve("java-main.c"), code.toString());
	}

	/** Finds the exceptions the application can throw, for the last line of one that nobody catches: symbol and name. */
	private Map<String, String> exceptions() {
		Map<String, String> names = new HashMap<>();
		Map<String, String> supers = new HashMap<>();
		for (CFile file : this.files) {
			String text = file.declarations();
			Matcher type = CLASS_SYMBOL.matcher(text);
			Matcher parent = SUPERCLASS.matcher(text);
			if (file.path.startsWith(CLASSES) && type.find() && parent.find()) {
				supers.put(type.group(1), parent.group(1));
				names.put(type.group(1), file.path.substring(CLASSES.length(), file.path.length() - ".c".length()).replace('/', '.'));
			}
		}
		Map<String, String> result = new TreeMap<>();
		for (CFunction function : this.graph.functions()) {
			Matcher made = this.live.contains(function.name) ? MADE.matcher(function.body) : MADE.matcher("");
			while (made.find()) {
				for (String type = made.group(1); type != null; type = supers.get(type)) {
					if (type.equals(THROWABLE)) {
						result.put(made.group(1), names.get(made.group(1)));
					}
				}
			}
		}
		return result;
	}

	/** Tells how much of the program needs no shadow stack, for the build's log. */
	String summary() {
		long all = this.graph.functions().stream().filter(f -> this.live.contains(f.name)).count();
		long framed = this.graph.functions().stream().filter(f -> this.live.contains(f.name) && this.allocating.contains(f.name)).count();
		List<String> readers = characterReaders();
		return all + " methods, " + framed + " of which can allocate or throw"
				+ (readers.isEmpty() ? "" : "; strings take two bytes a character because of " + readers);
	}

	private String read(String file) throws IOException {
		Path path = this.source.resolve(file);
		if (!Files.exists(path)) {
			throw changed("it does not generate " + file);
		}
		return Files.readString(path);
	}

	private static void put(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.write(file, text.getBytes(StandardCharsets.UTF_8));
	}

	private static String group(Pattern pattern, String text, String what) {
		Matcher matcher = pattern.matcher(text);
		if (!matcher.find()) {
			throw changed(what + " is not there");
		}
		return matcher.group(1);
	}

	private static String must(String text, String expected, String where) {
		if (text == null || !text.contains(expected)) {
			throw changed(where + " does not contain '" + expected + "'");
		}
		return text;
	}

	/** Makes the error of a TeaVM that has changed. */
	static AotException changed(String what) {
		return new AotException("TeaVM generates something else than this build was written for: " + what
				+ ". Look at platform-config/README.md, \"What the build changes\".");
	}

	Collection<CFile> files() {
		return Collections.unmodifiableList(this.files);
	}
}
