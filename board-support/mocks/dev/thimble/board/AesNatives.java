/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.board;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import com.is2t.hil.HIL;

/**
 * Mock of an AES unit, by the JDK's cipher. It answers "not yet" {@code thimble.sim.aes.polls} times (2) before a batch is done, as a unit that works
 * beside the processor does. {@code thimble.sim.aes} makes it {@code none}, {@code wrong} (results are), {@code stall} (a timeout) or {@code fault},
 * each also as {@code word@blocks}.
 */
public final class AesNatives {

	private static final int BLOCK_LENGTH = 16;
	private static final int CAPACITY = 16;

	private static byte[] result;
	private static int polls;
	private static int operations;

	private AesNatives() {
	}

	public static int capacity() {
		long mark = Simulation.enter();
		int capacity = "none".equals(behaviour()) ? 0 : CAPACITY;
		Simulation.leave(mark);
		return capacity;
	}

	public static int start(byte[] key, int keyOffset, int keyLength, byte[] data, int offset, int blocks) {
		long mark = Simulation.enter();
		int code = -1;
		if (!"fault".equals(behaviour())) {
			HIL.getInstance().refreshContent(key, keyOffset, keyLength);
			HIL.getInstance().refreshContent(data, offset, blocks * BLOCK_LENGTH);
			try {
				Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
				cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, keyOffset, keyLength, "AES"));
				result = cipher.doFinal(data, offset, blocks * BLOCK_LENGTH);
				polls = Integer.parseInt(Simulation.setting("aes.polls", "2"));
				code = 0;
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		}
		Simulation.leave(mark);
		return code;
	}

	public static int poll(byte[] data, int offset) {
		long mark = Simulation.enter();
		int code = result == null || "stall".equals(behaviour()) ? -1 : polls-- > 0 ? 0 : 1;
		if (code == 1) {
			if ("wrong".equals(behaviour())) {
				result[0] ^= 1;
			}
			System.arraycopy(result, 0, data, offset, result.length);
			HIL.getInstance().flushContent(data, offset, result.length);
			operations += result.length / BLOCK_LENGTH;
			wipe();
		}
		Simulation.leave(mark);
		return code;
	}

	public static void wipe() {
		if (result != null) {
			Arrays.fill(result, (byte) 0);
			result = null;
		}
	}

	public static int operations() {
		return operations;
	}

	private static String behaviour() {
		return Simulation.behaviour("aes", "jce", operations);
	}
}
