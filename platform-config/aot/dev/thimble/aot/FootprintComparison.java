/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The images of a board with different profiles, side by side, and what a feature costs. */
final class FootprintComparison {

	private final Board board;
	private final Map<BuildProfile, Footprint> images;

	FootprintComparison(Board board, Map<BuildProfile, Footprint> images) {
		this.board = board;
		this.images = images;
	}

	/**
	 * Prints the table: flash by part, then totals and budgets; and for each two profiles that differ by one feature what it costs.
	 *
	 * @return the profiles whose images are larger than their budget.
	 */
	List<String> print(PrintStream out) {
		List<String> missed = new ArrayList<>();
		out.printf("%-26s", this.board.name + ", flash");
		this.images.keySet().forEach(profile -> out.printf(" %12s", profile.name));
		out.println();
		Set<String> parts = new LinkedHashSet<>();
		this.images.values().forEach(image -> parts.addAll(image.parts()));
		for (String part : parts) {
			if (this.images.values().stream().anyMatch(image -> image.flash(part) != 0)) {
				row(out, part, image -> image.flash(part));
			}
		}
		row(out, "flash", Footprint::flash);
		row(out, "budget", image -> image.budget("flash"));
		row(out, "RAM", Footprint::ram);
		row(out, "budget", image -> image.budget("ram"));
		this.images.forEach((profile, image) -> {
			if (!image.fits()) {
				missed.add(profile.name);
			}
		});
		out.println();
		this.images.forEach((without, smaller) -> this.images.forEach((with, larger) -> {
			String feature = without.oneMore(with);
			if (feature != null) {
				out.printf(Locale.ROOT, "Leaving %s out saves %,d bytes of flash: %s instead of %s.%n", feature, larger.flash() - smaller.flash(),
						without.name, with.name);
			}
		}));
		out.println();
		this.images.keySet().forEach(profile -> out.println(profile.name + ": " + profile.description));
		return missed;
	}

	private void row(PrintStream out, String title, ToLongFunction<Footprint> value) {
		out.printf("%-26s", title);
		for (Footprint image : this.images.values()) {
			long bytes = value.applyAsLong(image);
			out.printf(Locale.ROOT, " %12s", bytes == 0 ? "" : String.format(Locale.ROOT, "%,d", bytes));
		}
		out.println();
	}
}
