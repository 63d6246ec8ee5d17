/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;

import dev.thimble.board.EntropySource;

/**
 * The operating system's generator. It is read from its device file, which allocates nothing; where there is none, through
 * {@link SecureRandom}, which allocates.
 */
public final class SystemEntropy implements EntropySource {

	private static final String DEVICE = "/dev/urandom";

	private final InputStream device;
	private final SecureRandom random;

	/** Opens the generator. */
	public SystemEntropy() {
		InputStream opened = null;
		try {
			opened = new FileInputStream(DEVICE);
		} catch (IOException e) {
			// no such device on this system: SecureRandom serves instead
		}
		this.device = opened;
		this.random = opened == null ? new SecureRandom() : null;
	}

	@Override
	public boolean read(byte[] seed, int offset, int length) {
		if (this.device == null) {
			byte[] bytes = new byte[length];
			this.random.nextBytes(bytes);
			System.arraycopy(bytes, 0, seed, offset, length);
			return true;
		}
		int done = 0;
		try {
			while (done < length) {
				int count = this.device.read(seed, offset + done, length - done);
				if (count <= 0) {
					return false;
				}
				done += count;
			}
			return true;
		} catch (IOException e) {
			return false;
		}
	}
}
