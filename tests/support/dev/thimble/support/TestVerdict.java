/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Ends a test run: prints the line coverage of the measured packages and the closing line, which it also leaves in {@code closing-line}. A
 * package below its minimum ({@code coverage.minimum.PACKAGE}, else {@code coverage.minimum}, in percent) counts as one failure, but only
 * when all suites ran.
 */
public final class TestVerdict {

	private TestVerdict() {
	}

	/**
	 * Prints the verdict.
	 *
	 * @param args
	 *            the suites that ran, one comma-separated list.
	 * @throws IOException
	 *             if a report cannot be read or written.
	 */
	public static void main(String[] args) throws IOException {
		Path reports = Path.of(System.getProperty("thimble.reports"));
		Properties counts = new Properties();
		Path countsFile = reports.resolve("tests.properties");
		if (Files.exists(countsFile)) {
			try (InputStream in = Files.newInputStream(countsFile)) {
				counts.load(in);
			}
		} else {
			System.out.println("The test run ended before its time.");
			counts.setProperty("failed", "1");
		}
		int passed = Integer.parseInt(counts.getProperty("passed", "0"));
		int failed = Integer.parseInt(counts.getProperty("failed", "0"));
		int skipped = Integer.parseInt(counts.getProperty("skipped", "0"));

		List<String> ran = List.of(args[0].split(","));
		boolean complete = ran.containsAll(List.of("unit", "conformance", "interop", "fuzz"));
		if (complete || Files.exists(reports.resolve("coverage.csv")) && !ran.equals(List.of("gates"))) {
			failed += printCoverage(reports.resolve("coverage.csv"), complete);
		}

		String line = passed + " passed, " + failed + " failed" + (skipped == 0 ? "" : ", " + skipped + " skipped");
		Files.writeString(reports.resolve("closing-line"), line + "\n");
		System.exit(failed == 0 && passed > 0 ? 0 : 1);
	}

	private static int printCoverage(Path csv, boolean gate) throws IOException {
		List<String> lines = Files.exists(csv) ? Files.readAllLines(csv) : List.of("");
		List<String> header = List.of(lines.get(0).split(","));
		int failures = 0;
		for (String packageName : System.getProperty("coverage.packages", "").split(",")) {
			long covered = 0;
			long missed = 0;
			for (String line : lines.subList(1, lines.size())) {
				String[] fields = line.split(",");
				if (fields[header.indexOf("PACKAGE")].equals(packageName)) {
					covered += Long.parseLong(fields[header.indexOf("LINE_COVERED")]);
					missed += Long.parseLong(fields[header.indexOf("LINE_MISSED")]);
				}
			}
			double percent = covered + missed == 0 ? 0 : 100.0 * covered / (covered + missed);
			double minimum = Double.parseDouble(
					System.getProperty("coverage.minimum." + packageName, System.getProperty("coverage.minimum", "0")));
			boolean low = gate && percent < minimum;
			failures += low ? 1 : 0;
			System.out.println(String.format(Locale.ROOT, "line coverage of %s: %.1f %% (%d of %d lines)%s", packageName, percent, covered,
					covered + missed, low ? String.format(Locale.ROOT, ", below the minimum of %.1f %%: FAILED", minimum) : ""));
		}
		return failures;
	}
}
