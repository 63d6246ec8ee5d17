/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

final class CredentialsTest {

	/** Slots in RAM; a write can be made to fail. */
	private static final class Memory implements CredentialStore {

		private final byte[][] slots = { {}, {}, {} };
		private boolean broken;

		@Override
		public int count() {
			return this.slots.length;
		}

		@Override
		public int slotLength() {
			return 100;
		}

		@Override
		public int read(int slot, byte[] out, int offset, int length) {
			if (this.broken) {
				return -1;
			}
			System.arraycopy(this.slots[slot], 0, out, offset, Math.min(length, this.slots[slot].length));
			return this.slots[slot].length;
		}

		@Override
		public boolean write(int slot, byte[] data, int offset, int length) {
			if (!this.broken) {
				this.slots[slot] = Arrays.copyOfRange(data, offset, offset + length);
			}
			return !this.broken;
		}
	}

	private static final byte[] A = { 1, 2, 3 };
	private static final byte[] B = { 4 };

	@Test
	void keepsByTagAndType() {
		Credentials credentials = new Credentials(3);
		assertEquals(0, credentials.add(1, Credentials.CA_CERTIFICATE, A));
		assertEquals(0, credentials.add(1, Credentials.PSK, B));
		assertEquals(0, credentials.add(2, Credentials.CA_CERTIFICATE, B));
		assertSame(A, credentials.get(1, Credentials.CA_CERTIFICATE));
		assertSame(B, credentials.get(2, Credentials.CA_CERTIFICATE));
		assertNull(credentials.get(2, Credentials.PSK));
		assertEquals(NetError.CREDENTIAL_EXISTS, credentials.add(1, Credentials.PSK, A));
		assertEquals(NetError.CREDENTIAL_TABLE_FULL, credentials.add(3, Credentials.PSK, A));
		assertEquals(0, credentials.delete(1, Credentials.PSK));
		assertEquals(NetError.CREDENTIAL_UNKNOWN, credentials.delete(1, Credentials.PSK));
		assertNull(credentials.get(1, Credentials.PSK));
		assertEquals(0, credentials.add(3, Credentials.PSK, A));
	}

	@Test
	void refusesNonsense() {
		Credentials credentials = new Credentials(3);
		assertEquals(NetError.CREDENTIAL_INVALID, credentials.add(1, 0, A));
		assertEquals(NetError.CREDENTIAL_INVALID, credentials.add(1, 6, A));
		assertEquals(NetError.CREDENTIAL_INVALID, credentials.add(1, Credentials.PSK, null));
		assertEquals(NetError.CREDENTIAL_INVALID, credentials.add(1, Credentials.PSK, new byte[0]));
		assertEquals(NetError.CREDENTIAL_INVALID, credentials.addReference(1, Credentials.CA_CERTIFICATE, -1));
		assertEquals(NetError.CREDENTIAL_INVALID, credentials.addKey(1, null));
		assertEquals(NetError.CREDENTIAL_STORE, credentials.load());
		assertEquals(NetError.CREDENTIAL_UNKNOWN, credentials.save(1, Credentials.PSK));
	}

	@Test
	void keepsReferencesApart() {
		Credentials credentials = new Credentials(3);
		assertEquals(0, credentials.addReference(1, Credentials.CA_CERTIFICATE, 0));
		assertNull(credentials.get(1, Credentials.CA_CERTIFICATE));
		assertEquals(0, credentials.reference(1, Credentials.CA_CERTIFICATE));
		assertEquals(-1, credentials.reference(2, Credentials.CA_CERTIFICATE));
		assertEquals(NetError.CREDENTIAL_UNKNOWN, credentials.save(1, Credentials.CA_CERTIFICATE));
	}

	@Test
	void survivesAResetInTheStore() {
		Memory memory = new Memory();
		Credentials before = new Credentials(8, memory);
		before.add(-5, Credentials.CA_CERTIFICATE, A);
		before.add(1, Credentials.PSK, B);
		before.add(2, Credentials.PSK, B);
		before.add(3, Credentials.PSK, B);
		before.add(4, Credentials.CA_CERTIFICATE, new byte[93]);
		assertEquals(0, before.save(-5, Credentials.CA_CERTIFICATE));
		assertEquals(0, before.save(-5, Credentials.CA_CERTIFICATE), "in the same slot");
		assertEquals(0, before.save(1, Credentials.PSK));
		assertEquals(NetError.CREDENTIAL_STORE, before.save(4, Credentials.CA_CERTIFICATE), "longer than a slot");
		assertEquals(0, before.save(2, Credentials.PSK));
		assertEquals(NetError.CREDENTIAL_TABLE_FULL, before.save(3, Credentials.PSK));
		assertEquals(0, before.delete(1, Credentials.PSK));
		assertEquals(0, before.save(3, Credentials.PSK), "in the slot that became free");

		Credentials after = new Credentials(8, memory);
		assertEquals(0, after.load());
		assertArrayEquals(A, after.get(-5, Credentials.CA_CERTIFICATE));
		assertNull(after.get(1, Credentials.PSK));
		assertArrayEquals(B, after.get(3, Credentials.PSK));
		assertEquals(0, after.load(), "what is there stays");
		memory.broken = true;
		assertEquals(NetError.CREDENTIAL_STORE, after.load());
		assertEquals(NetError.CREDENTIAL_STORE, after.save(3, Credentials.PSK));
	}
}
