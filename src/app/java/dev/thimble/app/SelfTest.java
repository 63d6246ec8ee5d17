/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.AesUnit;
import dev.thimble.board.BoardSystem;
import dev.thimble.board.Console;
import dev.thimble.board.HashUnit;
import dev.thimble.crypto.BoardCrypto;
import dev.thimble.crypto.PortableCrypto;

/**
 * The firmware that asks every primitive for known answers, once in portable code and once with the board's units, and the natives for signs of life.
 * Its last line is {@code N passed, N failed}.
 */
public final class SelfTest {

	private SelfTest() {
	}

	/**
	 * Runs all tests, then ends the emulator or resets the board; the exit code is 1 if one failed.
	 *
	 * @param args
	 *            not looked at.
	 */
	public static void main(String[] args) {
		BoardSystem system = new BoardSystem();
		SelfTestReport report = new SelfTestReport(new Console());
		byte[] name = new byte[BoardSystem.MAX_NAME_LENGTH];
		report.begin(name, system.name(name));
		new SelfTestNatives(report, system).run();
		PortableCrypto portable = new PortableCrypto();
		BoardCrypto board = new BoardCrypto(new AesUnit(), new HashUnit(), new PortableCrypto());
		SelfTestHashes hashes = new SelfTestHashes(report);
		hashes.run(portable, "portable");
		SelfTestAeads aeads = new SelfTestAeads(report);
		aeads.run(portable, "portable");
		report.check("AES unit's own test", board.aesState() != BoardCrypto.FAILED);
		report.check("hash unit's own test", board.hashState() != BoardCrypto.FAILED);
		if (board.hashState() == BoardCrypto.USED) {
			hashes.run(board, "hash unit");
		}
		if (board.aesState() == BoardCrypto.USED) {
			aeads.run(board, "AES unit");
			aeads.compare(portable, board);
		}
		new SelfTestCurves(report).run(portable);
		new SelfTestSignatures(report).run(portable);
		new SelfTestKeySchedule(report).run(portable);
		report.stack(system.stackHighWater());
		system.exit(report.end() ? 0 : 1);
	}
}
