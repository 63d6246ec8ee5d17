/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.thimble.host.ServerProcess;
import dev.thimble.support.TestPki;

/** Processes of this machine. */
final class LocalPeerHost extends PeerHost {

	private final String reason;
	private String wolfSsl;

	LocalPeerHost(String reason) throws IOException {
		this.reason = reason;
	}

	@Override
	public String description() {
		return "local processes (" + this.reason + ")";
	}

	@Override
	ServerProcess start(Path folder, Life life, List<String> words) throws IOException {
		String[] command = words.toArray(new String[0]);
		return life == Life.SERVER ? ServerProcess.start(folder, command) : ServerProcess.startWithInput(folder, command);
	}

	@Override
	String wolfSsl() {
		if (this.wolfSsl == null) {
			Path program = root().resolve("wolfssl-peer");
			try {
				output("cc", "-O1", "-o", program.toString(), TestPki.data("").getParent().resolve("peers/wolfssl-peer.c").toString(), "-lwolfssl");
			} catch (IOException e) {
				// there is no program then
			}
			this.wolfSsl = program.toFile().canExecute() ? program.toString() : "";
		}
		return this.wolfSsl.isEmpty() ? null : this.wolfSsl;
	}
}
