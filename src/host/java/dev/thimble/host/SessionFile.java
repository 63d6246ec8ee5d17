/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

import dev.thimble.tls.Session;

/**
 * A session kept in a file: what a device has a non-volatile slot for. The file is its owner's alone (mode 600), and either the old or the new one
 * is there whatever happens; while there is no session to resume, there is no file.
 */
public final class SessionFile {

	private static final int SLOT = Session.MAX_LENGTH;

	private final Path file;
	private final byte[] slot = new byte[SLOT];
	private final Session session;
	private final boolean damaged;

	/**
	 * Reads a file, if there is one. What is no session is ignored, as the engine does with a damaged slot.
	 *
	 * @throws IOException
	 *             if the file is there and cannot be read.
	 */
	public SessionFile(Path file) throws IOException {
		this.file = file.toAbsolutePath();
		boolean there = Files.exists(this.file);
		if (there) {
			byte[] image = Files.readAllBytes(this.file);
			System.arraycopy(image, 0, this.slot, 0, Math.min(SLOT, image.length));
			Arrays.fill(image, (byte) 0);
		} else if (this.file.getParent() == null || !Files.isDirectory(this.file.getParent())) {
			throw new CommandFailure("The folder of the session's file " + file + " does not exist.");
		}
		this.session = new Session(this.slot, 0, SLOT);
		this.damaged = there && !this.session.valid();
	}

	/** Lets an engine resume the session and keep the next one. */
	void configure(EngineBuilder builder) {
		builder.session(this.session, this.slot);
	}

	/** Gets the session, for one engine. */
	public Session session() {
		return this.session;
	}

	/** Tells whether there was a file that holds no session. */
	public boolean damaged() {
		return this.damaged;
	}

	/** Brings the file up to date if the session has changed: a session that is being offered is in it no more. */
	public void save() {
		if (!this.session.takeChanged()) {
			return;
		}
		try {
			int size = this.session.size();
			if (size == 0) {
				Files.deleteIfExists(this.file);
			} else {
				write(Arrays.copyOf(this.slot, size));
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Puts an image in the place of the file, whole or not at all. */
	void write(byte[] image) throws IOException {
		Path part = Files.createTempFile(this.file.getParent(), "." + this.file.getFileName(), ".part", ownerOnly());
		try {
			Files.write(part, image);
			Files.move(part, this.file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		} finally {
			Arrays.fill(image, (byte) 0);
			Files.deleteIfExists(part);
		}
	}

	private FileAttribute<?>[] ownerOnly() throws IOException {
		FileStore store = Files.getFileStore(this.file.getParent());
		return store.supportsFileAttributeView("posix")
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) } : new FileAttribute<?>[0];
	}
}
