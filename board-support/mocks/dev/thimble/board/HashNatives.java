/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import com.is2t.hil.HIL;

/**
 * Mock of a hash unit, by the JDK's digests. {@code thimble.sim.hash} makes it {@code none}, {@code wrong} (results are) or {@code fault}, each also
 * as {@code word@digests}.
 */
public final class HashNatives {

	private static final int SHA_256 = 1;
	private static final int SHA_384 = 2;
	private static final int SHA_512 = 4;
	private static final int CAPACITY = 4096;

	private static int operations;

	private HashNatives() {
	}

	public static int algorithms() {
		long mark = Simulation.enter();
		int algorithms = "none".equals(behaviour()) ? 0 : SHA_256 | SHA_384 | SHA_512;
		Simulation.leave(mark);
		return algorithms;
	}

	public static int capacity() {
		return CAPACITY;
	}

	public static int digest(int algorithm, byte[] in, int offset, int length, byte[] out, int outOffset) {
		long mark = Simulation.enter();
		int code = -1;
		String behaviour = behaviour();
		if (!"fault".equals(behaviour)) {
			HIL.getInstance().refreshContent(in, offset, length);
			try {
				MessageDigest hash = MessageDigest.getInstance(algorithm == SHA_256 ? "SHA-256" : algorithm == SHA_384 ? "SHA-384" : "SHA-512");
				hash.update(in, offset, length);
				byte[] digest = hash.digest();
				if ("wrong".equals(behaviour)) {
					digest[0] ^= 1;
				}
				System.arraycopy(digest, 0, out, outOffset, digest.length);
				HIL.getInstance().flushContent(out, outOffset, digest.length);
				operations++;
				code = 0;
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		}
		Simulation.leave(mark);
		return code;
	}

	public static int operations() {
		return operations;
	}

	private static String behaviour() {
		return Simulation.behaviour("hash", "sha2", operations);
	}
}
