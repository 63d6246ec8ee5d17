/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** One thing a scripted peer does, once it is ready for it. */
public interface Step<P> {

	/** What the step is called in messages. */
	String name();

	/** Whether the peer can take the step now. */
	Predicate<P> ready();

	/** What the peer does. */
	Consumer<P> action();
}
