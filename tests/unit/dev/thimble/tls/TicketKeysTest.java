/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.AeadOperation;
import dev.thimble.crypto.ChaCha20Poly1305;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Octets;
import dev.thimble.x509.TimeSource;

/** Tickets sealed and opened, keys that come and go, and everything that does not open. */
class TicketKeysTest {

	private static final int OFFSET = 5;
	private static final int DAY = 86400;

	/** A generator that can fail. */
	private static final class Source implements dev.thimble.crypto.Random {

		private final Random random = new Random(11);
		private boolean healthy = true;

		@Override
		public boolean generate(byte[] output, int offset, int length) {
			for (int i = 0; i < length; i++) {
				output[offset + i] = (byte) this.random.nextInt();
			}
			return this.healthy;
		}
	}

	/** A clock that can be set. */
	private static final class Clock implements TimeSource {

		private int state = TRUSTED;
		private long now = 1_795_000_000L;

		@Override
		public int state() {
			return this.state;
		}

		@Override
		public long seconds() {
			return this.now;
		}
	}

	private final Source source = new Source();
	private final Clock clock = new Clock();
	private final byte[] slot = new byte[TicketKeys.LENGTH + 2 * OFFSET];
	private TicketKeys keys;

	@BeforeEach
	void create() {
		this.keys = another();
	}

	private TicketKeys another() {
		return new TicketKeys(new ChaCha20Poly1305(new AeadOperation()), Aead.CHACHA20_POLY1305, this.source, this.slot, OFFSET);
	}

	private static byte[] text(int length) {
		byte[] result = new byte[length];
		new Random(length).nextBytes(result);
		return result;
	}

	/** What is sealed; null if it could not be. */
	private static byte[] seal(TicketKeys keys, int what, byte[] text) {
		byte[] data = new byte[OFFSET + TicketKeys.OVERHEAD + text.length + OFFSET];
		System.arraycopy(text, 0, data, OFFSET + TicketKeys.HEADER, text.length);
		if (!keys.startSeal(what, data, OFFSET, text.length)) {
			return null;
		}
		while (!keys.step()) {
			continue;
		}
		assertTrue(keys.result());
		for (int i = 0; i < OFFSET; i++) {
			assertEquals(0, data[i]);
			assertEquals(0, data[data.length - 1 - i]);
		}
		return Arrays.copyOfRange(data, OFFSET, data.length - OFFSET);
	}

	/** The text; null if it did not open, and then nothing of the text may be there. */
	private static byte[] open(TicketKeys keys, int what, byte[] sealed) {
		byte[] data = Octets.concat(new byte[OFFSET], sealed, new byte[OFFSET]);
		if (!keys.startOpen(what, data, OFFSET, sealed.length)) {
			assertArrayEquals(sealed, Arrays.copyOfRange(data, OFFSET, OFFSET + sealed.length));
			return null;
		}
		while (!keys.step()) {
			continue;
		}
		int from = OFFSET + TicketKeys.HEADER;
		byte[] text = Arrays.copyOfRange(data, from, from + sealed.length - TicketKeys.OVERHEAD);
		if (keys.result()) {
			return text;
		}
		assertArrayEquals(new byte[text.length], text);
		return null;
	}

	@ParameterizedTest
	@ValueSource(ints = { Aead.CHACHA20_POLY1305, Aead.AES_128_GCM, Aead.AES_256_GCM, Aead.AES_128_CCM })
	void opensWhatItSealed(int algorithm) {
		TicketKeys all = new TicketKeys(new PortableEcCrypto().newAead(algorithm), algorithm, this.source);
		for (int length : new int[] { 0, 1, 50, 96, 300, 3000 }) {
			byte[] text = text(length);
			byte[] sealed = seal(all, TicketKeys.TLS13_TICKET, text);
			assertEquals(length + TicketKeys.OVERHEAD, sealed.length);
			assertArrayEquals(text, open(all, TicketKeys.TLS13_TICKET, sealed));
			assertArrayEquals(text, open(all, TicketKeys.TLS13_TICKET, sealed), "again");
		}
	}

	/** The layout as documented, opened by the JDK. */
	@Test
	void sealsAsDocumented() throws GeneralSecurityException {
		byte[] text = text(77);
		byte[] sealed = seal(this.keys, TicketKeys.COOKIE, text);
		assertArrayEquals(Arrays.copyOfRange(this.slot, OFFSET + 16, OFFSET + 24), Arrays.copyOf(sealed, 8));
		Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
		cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(this.slot, OFFSET + 24, 32, "ChaCha20"), new IvParameterSpec(sealed, 8, 12));
		cipher.updateAAD(Octets.of(TicketKeys.COOKIE));
		assertArrayEquals(text, cipher.doFinal(sealed, 20, sealed.length - 20));
		CRC32 crc = new CRC32();
		crc.update(this.slot, OFFSET, 96);
		byte[] head = new Octets().u8('T').u8('K').u8(1).u8(29).u8(1).add(new byte[3]).u32(0xffffffffL).u32(0xffffffffL).toBytes();
		assertArrayEquals(head, Arrays.copyOfRange(this.slot, OFFSET, OFFSET + 16));
		assertArrayEquals(new byte[40], Arrays.copyOfRange(this.slot, OFFSET + 56, OFFSET + 96));
		assertArrayEquals(new Octets().u32(crc.getValue()).toBytes(), Arrays.copyOfRange(this.slot, OFFSET + 96, OFFSET + 100));
		for (int i = 0; i < OFFSET; i++) {
			assertEquals(0, this.slot[i]);
			assertEquals(0, this.slot[this.slot.length - 1 - i]);
		}
	}

	@Test
	void everySingleDamagedBitIsRefused() {
		byte[] sealed = seal(this.keys, TicketKeys.TLS12_TICKET, text(60));
		for (int bit = 0; bit < 8 * sealed.length; bit++) {
			byte[] damaged = sealed.clone();
			damaged[bit / 8] ^= (byte) (1 << bit % 8);
			assertEquals(null, open(this.keys, TicketKeys.TLS12_TICKET, damaged), "bit " + bit);
		}
		for (int length = 0; length < sealed.length; length++) {
			assertEquals(null, open(this.keys, TicketKeys.TLS12_TICKET, Arrays.copyOf(sealed, length)), "length " + length);
		}
		assertEquals(null, open(this.keys, TicketKeys.TLS12_TICKET, Arrays.copyOf(sealed, sealed.length + 1)));
	}

	@Test
	void aThingOpensAsWhatItIs() {
		int[] kinds = { TicketKeys.TLS13_TICKET, TicketKeys.TLS12_TICKET, TicketKeys.COOKIE };
		for (int kind : kinds) {
			byte[] sealed = seal(this.keys, kind, text(40));
			for (int other : kinds) {
				assertEquals(kind == other, open(this.keys, other, sealed) != null);
			}
		}
	}

	@Test
	void anotherServersTicketsDoNotOpen() {
		TicketKeys other = new TicketKeys(new ChaCha20Poly1305(new AeadOperation()), Aead.CHACHA20_POLY1305, this.source);
		byte[] foreign = seal(other, TicketKeys.TLS13_TICKET, text(40));
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, foreign), "there is no key yet");
		byte[] own = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, foreign));
		// under the name of our key
		System.arraycopy(own, 0, foreign, 0, 8);
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, foreign));
		// before there is a second key, its name is zeros
		Arrays.fill(own, 0, 8, (byte) 0);
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, own));
	}

	@Test
	void noNonceComesTwice() {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 2000; i++) {
			assertTrue(seen.add(Octets.hex(Arrays.copyOfRange(seal(this.keys, TicketKeys.TLS13_TICKET, new byte[8]), 8, 20))));
		}
	}

	@Test
	void theKeyBeforeStillOpensAndTheOneBeforeThatDoesNot() {
		byte[] first = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertTrue(this.keys.rotate());
		byte[] second = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertFalse(Arrays.equals(first, 0, 8, second, 0, 8));
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, first));
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, second));
		assertTrue(this.keys.rotate());
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, first));
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, second));
	}

	@Test
	void keysOutliveAReset() {
		byte[] first = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertTrue(this.keys.takeChanged());
		assertFalse(this.keys.takeChanged());
		assertArrayEquals(text(40), open(another(), TicketKeys.TLS13_TICKET, first));
		this.keys.rotate();
		assertTrue(this.keys.takeChanged());
		byte[] second = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertFalse(this.keys.takeChanged());
		TicketKeys later = another();
		assertArrayEquals(text(40), open(later, TicketKeys.TLS13_TICKET, first));
		assertArrayEquals(text(40), open(later, TicketKeys.TLS13_TICKET, second));
		assertFalse(later.takeChanged());
	}

	@Test
	void aDamagedImageIsIgnored() {
		byte[] sealed = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		this.keys.rotate();
		byte[] good = this.slot.clone();
		for (int bit = 0; bit < 8 * TicketKeys.LENGTH; bit++) {
			System.arraycopy(good, 0, this.slot, 0, good.length);
			this.slot[OFFSET + bit / 8] ^= (byte) (1 << bit % 8);
			assertEquals(null, open(another(), TicketKeys.TLS13_TICKET, sealed), "bit " + bit);
			assertArrayEquals(new byte[this.slot.length], this.slot);
		}
		// of another AEAD
		System.arraycopy(good, 0, this.slot, 0, good.length);
		TicketKeys other = new TicketKeys(new PortableEcCrypto().newAead(Aead.AES_256_GCM), Aead.AES_256_GCM, this.source, this.slot, OFFSET);
		assertEquals(null, open(other, TicketKeys.TLS13_TICKET, sealed));
		// right but for a number of keys there cannot be
		for (int count : new int[] { 0, 3, 255 }) {
			System.arraycopy(good, 0, this.slot, 0, good.length);
			this.slot[OFFSET + 4] = (byte) count;
			CRC32 crc = new CRC32();
			crc.update(this.slot, OFFSET, 96);
			System.arraycopy(new Octets().u32(crc.getValue()).toBytes(), 0, this.slot, OFFSET + 96, 4);
			assertEquals(null, open(another(), TicketKeys.TLS13_TICKET, sealed));
		}
	}

	@Test
	void wipingEndsAllTickets() {
		byte[] sealed = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		this.keys.takeChanged();
		this.keys.wipe();
		assertTrue(this.keys.takeChanged());
		assertArrayEquals(new byte[this.slot.length], this.slot);
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, sealed));
		this.keys.wipe();
		assertFalse(this.keys.takeChanged());
		assertArrayEquals(text(3), open(this.keys, TicketKeys.TLS13_TICKET, seal(this.keys, TicketKeys.TLS13_TICKET, text(3))));
	}

	@Test
	void withoutEntropyNothingIsSealed() {
		this.source.healthy = false;
		assertEquals(null, seal(this.keys, TicketKeys.TLS13_TICKET, text(40)));
		assertFalse(this.keys.rotate());
		assertFalse(this.keys.takeChanged());
		assertArrayEquals(new byte[this.slot.length], this.slot);
		this.source.healthy = true;
		byte[] sealed = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		byte[] before = this.slot.clone();
		this.source.healthy = false;
		assertEquals(null, seal(this.keys, TicketKeys.TLS13_TICKET, text(40)), "there is a key, and no nonce");
		assertFalse(this.keys.rotate());
		assertArrayEquals(before, this.slot);
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, sealed));
		// a key that is too old is not used any longer
		this.keys.rotateEvery(this.clock, DAY);
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, sealed));
		this.clock.now += DAY;
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, sealed));
		assertEquals(null, seal(this.keys, TicketKeys.TLS13_TICKET, text(40)));
	}

	@Test
	void keysRotateByAge() {
		this.keys.rotateEvery(this.clock, DAY);
		byte[] first = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		this.clock.now += DAY - 1;
		byte[] late = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertArrayEquals(Arrays.copyOf(first, 8), Arrays.copyOf(late, 8));
		this.clock.now++;
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, first));
		byte[] second = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertFalse(Arrays.equals(first, 0, 8, second, 0, 8));
		this.clock.now += DAY - 1;
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, late));
		this.clock.now++;
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, late));
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, second));
		// idle for long: the key in use is older than the one before may be
		byte[] third = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		this.clock.now += 2 * DAY;
		assertEquals(null, open(this.keys, TicketKeys.TLS13_TICKET, third));
		byte[] fourth = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, fourth));
		assertThrows(IllegalArgumentException.class, () -> this.keys.rotateEvery(this.clock, 0));
	}

	@Test
	void anAgeNeedsATrustedClock() {
		this.keys.rotateEvery(this.clock, DAY);
		this.clock.state = TimeSource.FLOOR;
		byte[] sealed = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		this.clock.now += 10 * DAY;
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, sealed));
		// from now on it ages
		this.keys.takeChanged();
		this.clock.state = TimeSource.TRUSTED;
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, sealed));
		assertTrue(this.keys.takeChanged());
		this.clock.now += DAY;
		byte[] next = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertFalse(Arrays.equals(sealed, 0, 8, next, 0, 8));
		// a clock that went back
		this.clock.now -= 1;
		byte[] after = seal(this.keys, TicketKeys.TLS13_TICKET, text(40));
		assertFalse(Arrays.equals(after, 0, 8, next, 0, 8));
		assertArrayEquals(text(40), open(this.keys, TicketKeys.TLS13_TICKET, next));
	}

	@Test
	void tellsWhatIsWrong() {
		Aead shortTag = new PortableEcCrypto().newAead(Aead.AES_128_CCM_8);
		Aead good = new PortableEcCrypto().newAead(Aead.AES_128_CCM);
		assertThrows(IllegalArgumentException.class, () -> new TicketKeys(shortTag, Aead.AES_128_CCM_8, this.source));
		assertThrows(IllegalArgumentException.class, () -> new TicketKeys(good, Aead.AES_128_CCM, this.source, new byte[99], 0));
		assertThrows(IllegalArgumentException.class, () -> new TicketKeys(good, Aead.AES_128_CCM, this.source, new byte[200], 101));
		assertThrows(IllegalArgumentException.class, () -> new TicketKeys(good, Aead.AES_128_CCM, this.source, new byte[200], -1));
	}

	@Test
	void allocatesNothing() {
		this.keys.rotateEvery(this.clock, DAY);
		byte[] data = new byte[200];
		assertEquals(0, AllocationMeter.measure(50, () -> {
			this.clock.now += DAY;
			if (!this.keys.startSeal(TicketKeys.COOKIE, data, 0, 64)) {
				throw new IllegalStateException();
			}
			while (!this.keys.step()) {
				continue;
			}
			this.keys.result();
			if (!this.keys.startOpen(TicketKeys.COOKIE, data, 0, 64 + TicketKeys.OVERHEAD)) {
				throw new IllegalStateException();
			}
			while (!this.keys.step()) {
				continue;
			}
			if (!this.keys.result()) {
				throw new IllegalStateException();
			}
		}));
	}
}
