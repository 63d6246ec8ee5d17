/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionFileTest {

	private static final int SECRET = 32;
	private static final int TICKET = 100;

	@TempDir
	private Path folder;

	/** An image as Session's documentation lays it out. */
	private static byte[] image() {
		ByteBuffer image = ByteBuffer.allocate(46 + SECRET + TICKET + 4);
		image.put((byte) 'T').put((byte) 'S').put((byte) 1).put((byte) 1).putShort((short) 0x1301).put((byte) SECRET).put((byte) 0);
		image.putLong(1_780_272_000L).putInt(7200).putInt(5).putInt(0).putShort((short) TICKET);
		CRC32 check = new CRC32();
		check.update(image.array(), 0, image.capacity() - 4);
		image.putInt(image.capacity() - 4, (int) check.getValue());
		return image.array();
	}

	@Test
	void aSessionIsReadAndAUsedOneLeavesNoFile() throws IOException {
		Path path = Files.write(this.folder.resolve("session"), image());
		SessionFile file = new SessionFile(path);
		assertTrue(file.session().valid());
		assertFalse(file.damaged());
		file.save();
		assertTrue(Files.exists(path), "nothing has changed");
		file.session().clear();
		file.save();
		assertFalse(Files.exists(path));
	}

	@Test
	void whatIsWrittenIsItsOwnersAlone() throws IOException {
		Path path = this.folder.resolve("session");
		SessionFile file = new SessionFile(path);
		assertFalse(file.session().valid());
		byte[] image = image();
		Path other = Files.write(this.folder.resolve("other"), image);
		SessionFile received = new SessionFile(other);
		assertEquals(image.length, received.session().size());
		// As if the connection had brought another one.
		Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-r--r--"));
		received.write(Arrays.copyOf(image, image.length));
		assertArrayEquals(image, Files.readAllBytes(other));
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(other)));
		try (var files = Files.list(this.folder)) {
			assertEquals(1, files.count(), "no temporary file stays");
		}
	}

	@Test
	void damageIsIgnoredAndTold() throws IOException {
		byte[] image = image();
		image[60] ^= 1;
		SessionFile file = new SessionFile(Files.write(this.folder.resolve("session"), image));
		assertTrue(file.damaged());
		assertFalse(file.session().valid());
		assertTrue(new SessionFile(Files.write(this.folder.resolve("long"), new byte[10_000])).damaged());
		assertTrue(new SessionFile(Files.write(this.folder.resolve("empty"), new byte[0])).damaged());
	}

	@Test
	void aFolderThatIsNotThereIsTold() {
		assertThrows(CommandFailure.class, () -> new SessionFile(this.folder.resolve("none/session")));
	}
}
