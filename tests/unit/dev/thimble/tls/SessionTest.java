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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Octets;

/** The image of a session: its layout, and that nothing is taken for one that is not whole. */
class SessionTest {

	private static final int OFFSET = 7;
	private static final byte MARGIN = 0x55;
	private static final long RECEIVED = 1_795_000_000L;
	private static final int DAY = 86400;
	private static final int WEEK = 7 * DAY;

	private static byte[] bytes(int length, int seed) {
		byte[] result = new byte[length];
		new Random(seed).nextBytes(result);
		return result;
	}

	private static final byte[] TAG = bytes(Session.TAG_LENGTH, 1);
	private static final byte[] SECRET = bytes(48, 2);
	private static final byte[] TICKET = bytes(192, 3);

	/** A slot within a larger array, whose margins are looked at. */
	private static byte[] array(int room) {
		byte[] array = new byte[room + 2 * OFFSET];
		Arrays.fill(array, MARGIN);
		return array;
	}

	private static Session session(byte[] array) {
		return new Session(array, OFFSET, array.length - 2 * OFFSET);
	}

	private static void checkMargins(byte[] array) {
		for (int i = 0; i < OFFSET; i++) {
			assertEquals(MARGIN, array[i]);
			assertEquals(MARGIN, array[array.length - 1 - i]);
		}
	}

	private static boolean begin(Session session, int kind, int secretLength, String alpn, int ticketLength) {
		if (!session.begin(kind, 0x1301, secretLength, alpn, ticketLength)) {
			return false;
		}
		session.setTag(TAG, 0);
		session.setTimes(RECEIVED, 7200, 0x89abcdef);
		session.setMaxEarlyData(16384);
		System.arraycopy(SECRET, 0, session.bytes(), session.secret(), secretLength);
		return true;
	}

	/** Receives a session, its ticket in pieces. */
	private static void receive(Session session, int kind, int secretLength, String alpn, byte[] ticket) {
		assertTrue(begin(session, kind, secretLength, alpn, ticket.length));
		for (int at = 0; at < ticket.length; at += 50) {
			session.append(ticket, at, Math.min(50, ticket.length - at));
		}
		assertTrue(session.commit());
	}

	private static byte[] image(byte[] array) {
		return Arrays.copyOfRange(array, OFFSET, OFFSET + session(array).size());
	}

	@ParameterizedTest
	@CsvSource({ "1,32,h2", "1,48,", "2,48,http/1.1", "3,48," })
	void givesBackWhatWasReceived(int kind, int secretLength, String alpn) {
		byte[] array = array(512);
		Session first = session(array);
		assertFalse(first.valid());
		receive(first, kind, secretLength, alpn, TICKET);
		checkMargins(array);
		// another boot: nothing but the bytes is left
		byte[] copy = array(512);
		int size = first.size();
		System.arraycopy(array, OFFSET, copy, OFFSET, size);
		Session session = session(copy);
		assertTrue(session.valid());
		assertFalse(session.changed());
		assertEquals(kind, session.kind());
		assertEquals(0x1301, session.suite());
		assertEquals(secretLength, session.secretLength());
		byte[] bytes = session.bytes();
		assertArrayEquals(Arrays.copyOf(SECRET, secretLength), Arrays.copyOfRange(bytes, session.secret(), session.secret() + secretLength));
		assertEquals(TICKET.length, session.ticketLength());
		assertArrayEquals(TICKET, Arrays.copyOfRange(bytes, session.ticket(), session.ticket() + TICKET.length));
		assertTrue(session.agreedOn(alpn));
		assertFalse(session.agreedOn("h3"));
		assertFalse(session.agreedOn("h22"));
		assertEquals(alpn == null, session.agreedOn(null));
		assertEquals(16384, session.maxEarlyData());
		assertTrue(session.matches(TAG, 0));
		for (int i = 0; i < TAG.length; i++) {
			byte[] other = TAG.clone();
			other[i] ^= 1;
			assertFalse(session.matches(other, 0));
		}
		assertTrue(session.usable(RECEIVED, true));
	}

	/** The image as documented: what another version of the firmware reads. */
	@Test
	void hasTheDocumentedLayout() {
		byte[] array = array(300);
		receive(session(array), Session.TLS13_TICKET, 32, "h2", TICKET);
		byte[] before = new Octets().u8('T').u8('S').u8(1).u8(1).u16(0x1301).u8(32).u8(2).u32(0).u32(RECEIVED).u32(7200).u32(0x89abcdefL).u32(16384)
				.u16(TICKET.length).add(TAG).add(Arrays.copyOf(SECRET, 32)).add("h2".getBytes(StandardCharsets.US_ASCII)).add(TICKET).toBytes();
		CRC32 crc = new CRC32();
		crc.update(before);
		assertArrayEquals(new Octets().add(before).u32(crc.getValue()).toBytes(), image(array));
		assertEquals(Session.MIN_LENGTH - 16 + 2 + TICKET.length, session(array).size());
	}

	@Test
	void checksAsEverybodyElse() {
		for (int length = 0; length < 300; length++) {
			CRC32 crc = new CRC32();
			byte[] data = bytes(length, length);
			crc.update(data, length / 3, length - length / 3);
			assertEquals((int) crc.getValue(), Crc32.of(data, length / 3, length - length / 3));
		}
	}

	@Test
	void everySingleDamagedBitIsNoticed() {
		byte[] array = array(400);
		receive(session(array), Session.TLS13_TICKET, 32, "h2", TICKET);
		int size = session(array).size();
		for (int bit = 0; bit < 8 * size; bit++) {
			array[OFFSET + bit / 8] ^= (byte) (1 << bit % 8);
			assertFalse(session(array).valid(), "bit " + bit);
			assertEquals(0, session(array).size());
			array[OFFSET + bit / 8] ^= (byte) (1 << bit % 8);
		}
		assertTrue(session(array).valid());
	}

	@Test
	void anImageThatIsCutOffOrOfAnotherOriginIsNone() {
		byte[] array = array(400);
		receive(session(array), Session.TLS12_TICKET, 48, null, TICKET);
		byte[] good = image(array);
		for (int length = 0; length < good.length; length++) {
			byte[] cut = array(400);
			System.arraycopy(good, 0, cut, OFFSET, length);
			assertFalse(session(cut).valid(), "cut at " + length);
		}
		// in a slot that is too short
		assertFalse(new Session(good, 0, good.length - 1).valid());
		assertTrue(new Session(good, 0, good.length).valid());
		Random random = new Random(9);
		for (int i = 0; i < 2000; i++) {
			byte[] noise = new byte[300];
			random.nextBytes(noise);
			noise[0] = 'T';
			noise[1] = 'S';
			noise[2] = 1;
			noise[3] = (byte) random.nextInt(5);
			assertFalse(new Session(noise, 0, 300).valid());
		}
		assertFalse(new Session(new byte[200], 0, 200).valid());
		byte[] erased = new byte[200];
		Arrays.fill(erased, (byte) 0xff);
		assertFalse(new Session(erased, 0, 200).valid());
	}

	/** A checksum of its own would be right: the version alone decides. */
	@ParameterizedTest
	@CsvSource({ "2,2", "2,0", "2,255", "3,0", "3,4", "6,33", "6,0", "6,255" })
	void fieldsOfAnotherVersionAreNotRead(int at, int value) {
		byte[] array = array(600);
		receive(session(array), Session.TLS12_ID, 48, null, bytes(32, 4));
		int size = session(array).size();
		array[OFFSET + at] = (byte) value;
		int length = at == 6 ? size - 48 + value : size;
		CRC32 crc = new CRC32();
		crc.update(array, OFFSET, length - 4);
		for (int i = 0; i < 4; i++) {
			array[OFFSET + length - 4 + i] = (byte) (crc.getValue() >> 24 - 8 * i);
		}
		assertFalse(session(array).valid());
	}

	@Test
	void isValidFromTheLastByteOn() {
		byte[] array = array(400);
		Session session = session(array);
		receive(session, Session.TLS13_TICKET, 32, "h2", bytes(100, 8));
		assertTrue(session.takeChanged());
		assertTrue(begin(session, Session.TLS13_TICKET, 48, null, TICKET.length));
		assertTrue(session.takeChanged(), "what is saved is out of date");
		for (int i = 0; i < TICKET.length; i++) {
			assertFalse(session.valid());
			assertFalse(session(array).valid());
			session.append(TICKET, i, 1);
		}
		assertFalse(session.valid());
		assertFalse(session.changed());
		assertTrue(session.commit());
		assertTrue(session.valid());
		assertTrue(session.changed());
		assertTrue(session.takeChanged());
		assertFalse(session.takeChanged());
	}

	@Test
	void halfASessionIsWiped() {
		for (int way = 0; way < 3; way++) {
			byte[] array = array(400);
			Session session = session(array);
			begin(session, Session.TLS13_TICKET, 32, "h2", TICKET.length);
			session.append(TICKET, 0, TICKET.length - 1);
			if (way == 0) {
				assertFalse(session.commit());
			} else if (way == 1) {
				session.release();
			} else {
				session.clear();
			}
			assertArrayEquals(new byte[400], Arrays.copyOfRange(array, OFFSET, OFFSET + 400));
			checkMargins(array);
			assertFalse(session.commit());
			assertFalse(session.valid());
		}
	}

	@Test
	void bytesBehindTheTicketAreNotWritten() {
		byte[] array = array(Session.MIN_LENGTH + 10);
		Session session = session(array);
		assertTrue(begin(session, Session.TLS12_TICKET, 48, null, 10));
		session.append(TICKET, 0, 100);
		checkMargins(array);
		assertTrue(session.commit());
		assertTrue(session.valid());
	}

	@Test
	void aTicketThatIsTooLongLeavesTheOldOne() {
		byte[] array = array(Session.MIN_LENGTH + 20);
		Session session = session(array);
		receive(session, Session.TLS12_TICKET, 48, "h2", bytes(18, 5));
		session.takeChanged();
		byte[] before = array.clone();
		assertFalse(begin(session, Session.TLS12_TICKET, 48, null, 21));
		assertFalse(begin(session, Session.TLS12_TICKET, 48, "h2", 19));
		assertFalse(begin(session, Session.TLS12_TICKET, 48, null, 0));
		assertFalse(begin(session, Session.TLS12_TICKET, 48, null, 65535));
		session.setTag(TICKET, 0);
		session.setTimes(1, 1, 1);
		session.setMaxEarlyData(1);
		session.append(TICKET, 0, 21);
		assertFalse(session.commit());
		session.release();
		assertArrayEquals(before, array);
		assertTrue(session.valid());
		assertFalse(session.changed());
	}

	@Test
	void noMoreThanTheLongestSlotIsUsed() {
		byte[] array = array(Session.MAX_LENGTH + 100);
		Session session = session(array);
		byte[] ticket = bytes(Session.MAX_LENGTH - Session.MIN_LENGTH, 6);
		assertFalse(begin(session, Session.TLS12_TICKET, 48, null, ticket.length + 1));
		receive(session, Session.TLS12_TICKET, 48, null, ticket);
		assertEquals(Session.MAX_LENGTH, session.size());
		for (int i = OFFSET + Session.MAX_LENGTH; i < array.length; i++) {
			assertEquals(MARGIN, array[i]);
		}
	}

	@Test
	void aSessionThatWasTakenIsNotThereForAnother() {
		byte[] array = array(400);
		Session session = session(array);
		receive(session, Session.TLS13_TICKET, 32, "h2", TICKET);
		session.takeChanged();
		session.take();
		assertFalse(session.valid());
		assertFalse(session(array).valid());
		assertEquals(0, session.size());
		assertTrue(session.takeChanged());
		// its handshake goes on
		assertEquals(TICKET.length, session.ticketLength());
		assertArrayEquals(TICKET, Arrays.copyOfRange(session.bytes(), session.ticket(), session.ticket() + TICKET.length));
		assertEquals(32, session.secretLength());
		assertTrue(session.usable(RECEIVED + 5, true));
		assertEquals(5000 + 0x89abcdef, session.obfuscatedAge(RECEIVED + 5));
		session.take();
		assertFalse(session.changed());
		session.release();
		assertArrayEquals(new byte[400], Arrays.copyOfRange(array, OFFSET, OFFSET + 400));
		assertFalse(session.changed());
		// one that was not taken stays
		receive(session, Session.TLS12_TICKET, 48, "h2", TICKET);
		session.release();
		assertTrue(session.valid());
	}

	@Test
	void clearingLeavesNothing() {
		byte[] array = array(400);
		Session session = session(array);
		session.clear();
		assertFalse(session.changed());
		receive(session, Session.TLS13_TICKET, 32, null, TICKET);
		session.takeChanged();
		session.clear();
		assertTrue(session.takeChanged());
		assertFalse(session.valid());
		assertArrayEquals(new byte[400], Arrays.copyOfRange(array, OFFSET, OFFSET + 400));
		checkMargins(array);
	}

	@ParameterizedTest
	@CsvSource({ "1,7200,7200", "1,1,1", "1,0,0", "1,604800,604800", "1,604801,604800", "1,-1,604800", "1,2147483647,604800", "2,300,300",
			"2,0,86400", "3,0,86400", "2,-2147483648,604800" })
	void isUsableForItsLifetime(int kind, int said, int lifetime) {
		byte[] array = array(400);
		Session session = session(array);
		assertTrue(begin(session, kind, 48, null, 32));
		session.setTimes(RECEIVED, said, 0);
		session.append(TICKET, 0, 32);
		assertTrue(session.commit());
		assertEquals(lifetime > 0, session.usable(RECEIVED, true));
		assertEquals(lifetime > 0, session.usable(RECEIVED + lifetime - 1, true));
		assertFalse(session.usable(RECEIVED + lifetime, true));
		assertFalse(session.usable(RECEIVED + 10L * WEEK, true));
		assertFalse(session.usable(Long.MAX_VALUE, true));
		// a clock that went back, one that is not set, one that nobody vouches for
		assertFalse(session.usable(RECEIVED - 1, true));
		assertFalse(session.usable(0, true));
		assertFalse(session.usable(Long.MIN_VALUE, true));
		assertFalse(session.usable(RECEIVED, false));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 0xffff_fffeL, 0x1_0000_0000L, 0x7f_ffff_ffffL })
	void timesHave64Bits(long received) {
		Session session = session(array(400));
		assertTrue(begin(session, Session.TLS13_TICKET, 32, null, 1));
		session.setTimes(received, 10, -1);
		session.append(TICKET, 0, 1);
		assertTrue(session.commit());
		assertTrue(session.usable(received + 9, true));
		assertFalse(session.usable(received + 10, true));
		assertFalse(session.usable(received - 1, true));
		assertEquals(8999, session.obfuscatedAge(received + 9));
	}

	@Test
	void refusesSlotsThatAreNone() {
		String message = assertThrows(IllegalArgumentException.class, () -> new Session(new byte[97], 0, 97)).getMessage();
		assertTrue(message.contains("98"), message);
		assertThrows(IllegalArgumentException.class, () -> new Session(new byte[200], 101, 100));
		assertThrows(IllegalArgumentException.class, () -> new Session(new byte[200], -1, 100));
		assertThrows(IllegalArgumentException.class, () -> new Session(new byte[200], 100, Integer.MAX_VALUE));
	}

	@Test
	void allocatesNothing() {
		Session session = session(array(400));
		byte[] ticket = TICKET;
		assertEquals(0, AllocationMeter.measure(100, () -> {
			receive(session, Session.TLS13_TICKET, 32, "h2", ticket);
			if (!session.valid() || session.size() == 0 || !session.agreedOn("h2") || !session.matches(TAG, 0) || !session.takeChanged()) {
				throw new IllegalStateException();
			}
			session.take();
			session.release();
		}));
	}
}
