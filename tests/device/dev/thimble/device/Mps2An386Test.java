/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import dev.thimble.host.device.Board;
import dev.thimble.host.device.QemuOptions;
import dev.thimble.support.OpenSslServer;

/** A board with Ethernet and neither units nor TRNG. */
class Mps2An386Test extends QemuTests {

	Mps2An386Test() {
		super("mps2-an386");
	}

	@Override
	boolean hasAesUnit() {
		return false;
	}

	@Override
	boolean hasHashUnit() {
		return false;
	}

	/** The only entropy of this board is the emulator's host, and a real board has none of that. */
	@Test
	void doesNotConnectWithoutEntropy() throws IOException {
		try (OpenSslServer server = OpenSslServer.startWithInput(chain());
				Board board = start(connectApplication(), QemuOptions.DEFAULT.withoutSemihosting())) {
			assertEquals("E_NO_ENTROPY", connect(ready(board, chain().root()), server.address(), "").errorName());
		}
	}
}
