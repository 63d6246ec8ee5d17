/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints a line for each test class as it ends, the name of each failure as it happens and each reason for skipping once, and leaves the counts in
 * {@code tests.properties} of the folder the property {@code thimble.reports} names, for {@link TestVerdict}.
 */
public final class TestLog implements TestExecutionListener {

	private static final class Counts {
		private int passed;
		private int failed;
		private int skipped;
		private long started;
	}

	private static final List<String> LAST = Collections.synchronizedList(new ArrayList<>());

	private final Counts total = new Counts();
	private final Map<String, Counts> classes = new ConcurrentHashMap<>();
	private final Map<String, Integer> reasons = new TreeMap<>();
	private TestPlan plan;

	/** Has a text printed behind everything the tests print. */
	public static void printLast(String text) {
		LAST.add(text);
	}

	@Override
	public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
		this.plan = testPlan;
	}

	@Override
	public synchronized void executionStarted(TestIdentifier id) {
		if (isTopClass(id)) {
			counts(id).started = System.nanoTime();
		}
	}

	@Override
	public synchronized void executionSkipped(TestIdentifier id, String reason) {
		skipped(id, reason);
	}

	@Override
	public synchronized void executionFinished(TestIdentifier id, TestExecutionResult result) {
		switch (result.getStatus()) {
		case SUCCESSFUL:
			if (id.isTest()) {
				this.total.passed++;
				counts(id).passed++;
			}
			break;
		case ABORTED:
			skipped(id, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
			break;
		default:
			this.total.failed++;
			counts(id).failed++;
			System.out.println("FAILED " + name(id) + " " + id.getDisplayName());
			break;
		}
		if (isTopClass(id)) {
			Counts counts = counts(id);
			long milliseconds = (System.nanoTime() - counts.started) / 1_000_000;
			System.out.printf("%-64s %6d passed%s%s %7.1f s%n", name(id), counts.passed, counts.failed == 0 ? "" : ", " + counts.failed + " failed",
					counts.skipped == 0 ? "" : ", " + counts.skipped + " skipped", milliseconds / 1000.0);
		}
	}

	@Override
	public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
		LAST.forEach(text -> System.out.println("\n" + text));
		this.reasons.forEach((reason, count) -> System.out.println("skipped " + count + ": " + reason));
		String folder = System.getProperty("thimble.reports");
		if (folder != null) {
			Properties counts = new Properties();
			counts.setProperty("passed", Integer.toString(this.total.passed));
			counts.setProperty("failed", Integer.toString(this.total.failed));
			counts.setProperty("skipped", Integer.toString(this.total.skipped));
			try (var out = Files.newOutputStream(Path.of(folder, "tests.properties"))) {
				counts.store(out, null);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}
	}

	/** Counts each test below a skipped class: they did not run. A factory of dynamic tests counts as one. */
	private void skipped(TestIdentifier id, String reason) {
		long below = id.isTest() ? 1 : Math.max(1, this.plan.getDescendants(id).stream().filter(TestIdentifier::isTest).count());
		this.total.skipped += below;
		counts(id).skipped += below;
		this.reasons.merge(String.valueOf(reason).replaceFirst("^Assumption failed: (SKIPPED: )?", ""), (int) below, Integer::sum);
	}

	private boolean isTopClass(TestIdentifier id) {
		return id.getSource().orElse(null) instanceof ClassSource
				&& !(this.plan.getParent(id).flatMap(TestIdentifier::getSource).orElse(null) instanceof ClassSource);
	}

	private Counts counts(TestIdentifier id) {
		return this.classes.computeIfAbsent(name(id), k -> new Counts());
	}

	/** The class the test stands in; of a nested class the outer one. */
	private String name(TestIdentifier id) {
		for (TestIdentifier at = id; at != null; at = this.plan.getParent(at).orElse(null)) {
			String name = null;
			if (at.getSource().orElse(null) instanceof ClassSource) {
				name = ((ClassSource) at.getSource().get()).getClassName();
			} else if (at.getSource().orElse(null) instanceof MethodSource) {
				name = ((MethodSource) at.getSource().get()).getClassName();
			}
			if (name != null) {
				int nested = name.indexOf('$');
				return nested < 0 ? name : name.substring(0, nested);
			}
		}
		return id.getDisplayName();
	}
}
