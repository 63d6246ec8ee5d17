/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Flash and RAM of an image by part. */
final class Footprint {

	Footprint(Board board, Path image) {
	}

	boolean print(PrintStream out) throws IOException {
		return true;
	}
}
