/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A list of a peer's steps to be rearranged by a test. Steps are found by what they are, the first one of several. */
public abstract class StepList<S extends Step<?>, L extends StepList<S, L>> {

	private final List<S> steps = new ArrayList<>();

	@SafeVarargs
	StepList(S... steps) {
		this.steps.addAll(Arrays.asList(steps));
	}

	abstract L self();

	@SafeVarargs
	public final L before(S place, S... more) {
		this.steps.addAll(index(place), Arrays.asList(more));
		return self();
	}

	@SafeVarargs
	public final L after(S place, S... more) {
		this.steps.addAll(index(place) + 1, Arrays.asList(more));
		return self();
	}

	@SafeVarargs
	public final L replace(S place, S... others) {
		int at = index(place);
		this.steps.remove(at);
		this.steps.addAll(at, Arrays.asList(others));
		return self();
	}

	public final L remove(S place) {
		this.steps.remove(index(place));
		return self();
	}

	/** Ends the script before a step. */
	public final L until(S place) {
		this.steps.subList(index(place), this.steps.size()).clear();
		return self();
	}

	@SafeVarargs
	public final L add(S... more) {
		this.steps.addAll(Arrays.asList(more));
		return self();
	}

	public final List<S> steps() {
		return this.steps;
	}

	private int index(S place) {
		int at = this.steps.indexOf(place);
		if (at < 0) {
			throw new IllegalArgumentException("no step " + place.name());
		}
		return at;
	}
}
