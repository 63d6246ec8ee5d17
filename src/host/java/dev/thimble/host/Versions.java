/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.util.Arrays;

import picocli.CommandLine.Option;

/** The options that choose among versions of TLS; without any, both are spoken. */
public final class Versions {

	@Option(names = "--tls1.2", description = "TLS 1.2 only, unless --tls1.3 is given too; default: both")
	private boolean version12;

	@Option(names = "--tls1.3", description = "TLS 1.3 only, unless --tls1.2 is given too")
	private boolean version13;

	/** Creates the options; picocli fills them. */
	public Versions() {
		// see the fields
	}

	/**
	 * Tells whether TLS 1.3 is spoken.
	 *
	 * @param suites
	 *            the cipher suites asked for, or null: a version without any is not spoken.
	 */
	public boolean tls13(int[] suites) {
		return (this.version13 || !this.version12) && (suites == null || Arrays.stream(suites).anyMatch(Versions::of13));
	}

	/** Tells whether TLS 1.2 is spoken. */
	public boolean tls12(int[] suites) {
		return (this.version12 || !this.version13) && (suites == null || !Arrays.stream(suites).allMatch(Versions::of13));
	}

	/** Tells whether TLS 1.2 was asked for by name. */
	boolean wants12() {
		return this.version12;
	}

	private static boolean of13(int suite) {
		return suite >> 8 == 0x13;
	}
}
