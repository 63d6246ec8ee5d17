/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.tooling.ConsoleTeaVMToolLog;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/** Drives TeaVM: class files to C, the whole program at once, so that only what the application reaches is translated. */
final class Translator {

	private Translator() {
	}

	/**
	 * Translates.
	 *
	 * @param application
	 *            the class with {@code main}.
	 * @param classPath
	 *            the device's classes, the shim before Bouncy Castle, then TeaVM's own jars.
	 * @param profile
	 *            which features the application has.
	 * @param directory
	 *            where the C goes.
	 */
	static void translate(String application, List<File> classPath, BuildProfile profile, File directory) {
		TeaVMTool tool = new TeaVMTool();
		tool.setLog(new ConsoleTeaVMToolLog(false));
		tool.setTargetType(TeaVMTargetType.C);
		tool.setMainClass(application);
		tool.setTargetDirectory(directory);
		tool.setClassPath(classPath);
		tool.setClassLoader(Translator.class.getClassLoader());
		// FULL inlines once more what gcc inlines as well: no faster on the board, and 31 KB more.
		tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
		tool.setFastDependencyAnalysis(false);
		tool.setAssertionsRemoved(true);
		tool.setHeapDump(false);
		tool.getProperties().setProperty(FeatureTransformer.PROPERTY, String.join(" ", profile.features));
		// No tables of method names and lines: a trap prints addresses, which addr2line knows.
		tool.setObfuscated(true);
		tool.setShortFileNames(false);
		try {
			tool.generate();
		} catch (TeaVMToolException e) {
			throw new AotException("TeaVM failed: " + e.getMessage(), e);
		}
		List<String> problems = new ArrayList<>();
		for (Problem problem : tool.getProblemProvider().getSevereProblems()) {
			DefaultProblemTextConsumer text = new DefaultProblemTextConsumer();
			problem.render(text);
			problems.add(text.getText() + (problem.getLocation() == null ? "" : " at " + problem.getLocation()));
		}
		if (!problems.isEmpty()) {
			throw new AotException("What the application reaches cannot be translated:\n  " + String.join("\n  ", problems));
		}
	}
}
