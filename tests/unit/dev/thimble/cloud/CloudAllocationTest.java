/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.host.KeyKind;
import dev.thimble.identity.Identity;
import dev.thimble.net.Credentials;
import dev.thimble.net.DatagramTransport;
import dev.thimble.net.NetError;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.Transport;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.FixedRandom;
import dev.thimble.support.Octets;
import dev.thimble.support.TestPki;

/** What goes wrong allocates nothing either; that what goes right does not is told beside the other tests of each class. */
class CloudAllocationTest {

	/** A broker that gives one answer to each connection, the next of a list, and then says no more. */
	private static final class Moody implements Transport, MqttListener {

		private final byte[][] answers;
		private int connections;
		private int read;
		private boolean open;
		private int ends;
		private int online;

		Moody(String... answers) {
			this.answers = new byte[answers.length][];
			for (int i = 0; i < answers.length; i++) {
				this.answers[i] = HexFormat.of().parseHex(answers[i].replace(" ", ""));
			}
		}

		@Override
		public void open(byte[] host, int offset, int length, int port) {
			this.connections++;
			this.read = 0;
			this.open = true;
		}

		@Override
		public int poll() {
			return !this.open ? -NetError.NOT_CONNECTED : this.connections % 7 == 3 ? -NetError.REFUSED : OPEN;
		}

		@Override
		public int write(byte[] data, int offset, int length) {
			return length;
		}

		@Override
		public int read(byte[] data, int offset, int length) {
			byte[] answer = this.answers[this.connections % this.answers.length];
			int n = Math.min(length, answer.length - this.read);
			System.arraycopy(answer, this.read, data, offset, n);
			this.read += n;
			return n;
		}

		@Override
		public void rest(int millis) {
			// nothing to wait for
		}

		@Override
		public void close() {
			this.open = false;
		}

		@Override
		public void online(boolean sessionPresent) {
			this.online++;
		}

		@Override
		public void offline(int error) {
			this.ends++;
		}

		@Override
		public void published(int packetId, int result) {
			// what it is worth is told elsewhere
		}

		@Override
		public void subscribed(int packetId, int result) {
			// as above
		}

		@Override
		public void message(MqttMessage message) {
			message.find(MqttProperty.CONTENT_TYPE);
			while (message.nextUserProperty()) {
				continue;
			}
			message.matches("a/#");
		}

		@Override
		public void payload(byte[] data, int offset, int length) {
			// as above
		}

		@Override
		public void end(boolean complete) {
			// as above
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void brokersThatMisbehaveAllocateNothing(boolean modern) {
		ManualClock clock = new ManualClock();
		String hello = modern ? "2003000000" : "20020000";
		String again = modern ? "2003010000" : "20020100";
		Moody broker = new Moody(hello, "", "20020005", "2003008700", again + "3f", again + "30ffffff7f", again + "3003000174", again + "3206000174000161",
				again + "62020001", again + "500200ff", again + "40020001", again + "e0018e", again + "30 0c 0001 74 08 26 0001 61 0002 62 63", "48545450", hello,
				again + "3203000174", again + "30 14 0001 74 61 62");
		byte[] memory = new byte[800];
		MqttSession session = new MqttSession(memory, 0, 800, 4);
		MqttConfig config = new MqttConfig(modern ? new Mqtt5(2, 20).topicAliases("t") : new Mqtt311(), session, "c").subscription("s", 1).backoff(10, 20)
				.patience(100).streams(1);
		Mqtt mqtt = new Mqtt(new SecureSocket(new SecureContext(clock, new Credentials(1)), broker), clock, (out, offset, length) -> true, config, broker);
		byte[] value = new byte[20];
		MqttPayload large = (position, out, offset, length) -> length;
		mqtt.start("b", 1);
		assertEquals(0, AllocationMeter.measure(200, () -> {
			mqtt.publish("t", value, 0, value.length, 2);
			mqtt.publish("u", large, 5000, 1, null);
			mqtt.publish("#", value, 0, 1, 1);
			mqtt.subscribe("a/+", 1);
			mqtt.unsubscribe("a/+");
			for (int i = 0; i < 20; i++) {
				clock.now += 13;
				mqtt.poll();
			}
			if (session.takeChanged()) {
				session.seal();
			}
			if (session.messages() > 8) {
				mqtt.stop();
				clock.now += 2000;
				mqtt.poll();
				clock.now += 2000;
				mqtt.poll();
				session.clear();
				mqtt.start("b", 1);
			}
		}));
		assertTrue(broker.ends > 50 && broker.online > 20, broker.ends + " connections ended, " + broker.online + " were online");
	}

	/** One token a connection, signed while the client goes on. */
	@Test
	void passwordsThatAreTokensAllocateNothing() {
		ManualClock clock = new ManualClock();
		Moody broker = new Moody("20020000", "20020005");
		CryptoProvider crypto = new PortableCrypto();
		Identity identity = new Identity(crypto, Octets.concat(TestPki.certificates(TestPki.chain(KeyKind.P256, 1).path())),
				TestPki.key(KeyKind.P256, 0).getPrivate().getEncoded());
		DeviceClock time = new DeviceClock(clock, 0);
		time.set(1_800_000_000_000L);
		JwtPassword password = new JwtPassword(new Jwt(identity.signer(), crypto.workHash(Hash.SHA_256)), time, 500, 3600).audience("a").subject("s").issuer("i")
				.keyId("k");
		MqttConfig config = new MqttConfig(new Mqtt311(), new MqttSession(new byte[400], 0, 400, 2), "c").user("u", password).backoff(10, 20).patience(100);
		Mqtt mqtt = new Mqtt(new SecureSocket(new SecureContext(clock, new Credentials(1)), broker), clock, (out, offset, length) -> true, config, broker);
		mqtt.start("b", 1);
		assertEquals(0, AllocationMeter.measureSlow(3, () -> {
			int before = broker.connections;
			for (int i = 0; i < 100_000 && broker.connections == before; i++) {
				clock.now += 1;
				mqtt.poll();
			}
		}));
		assertTrue(broker.connections >= 3 && broker.online > 0, broker.connections + " connections");
	}

	/** Kisses, wrong times, silence, no network: one after the other. */
	@Test
	void timeServersThatMisbehaveAllocateNothing() {
		ManualClock clock = new ManualClock();
		int[] asked = new int[1];
		byte[] answer = new byte[48];
		DatagramTransport moody = new DatagramTransport() {

			@Override
			public void open(byte[] host, int offset, int length, int port) {
				asked[0]++;
			}

			@Override
			public int poll() {
				return asked[0] % 9 == 1 ? -NetError.NAME_UNKNOWN : OPEN;
			}

			@Override
			public boolean send(byte[] data, int offset, int length) {
				System.arraycopy(data, offset + 40, answer, 24, 8);
				return true;
			}

			@Override
			public int receive(byte[] data, int offset, int length) {
				int mood = asked[0] % 9;
				answer[0] = (byte) (mood == 2 ? 0x23 : 0x24);
				answer[1] = (byte) (mood == 3 ? 0 : 2);
				answer[15] = (byte) (asked[0] / 9);
				answer[24] ^= mood == 4 ? 1 : 0;
				answer[40] = (byte) (mood == 5 ? 0x10 : 0xee);
				System.arraycopy(answer, 40, answer, 32, 8);
				answer[35] -= mood == 6 ? 9 : 0;
				System.arraycopy(answer, 0, data, offset, 48);
				return mood == 7 ? 0 : mood == 8 ? 20 : 48;
			}

			@Override
			public void close() {
				// nothing to do
			}
		};
		Sntp sntp = new Sntp(moody, clock, new FixedRandom(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }), new DeviceClock(clock, 0), "a").interval(15);
		boolean[] seen = new boolean[40];
		assertEquals(0, AllocationMeter.measure(500, () -> {
			clock.now += 4000;
			sntp.poll();
			if (sntp.error() >= 180) {
				seen[sntp.error() - 180] = true;
			}
		}));
		int kinds = 0;
		for (boolean one : seen) {
			kinds += one ? 1 : 0;
		}
		assertTrue(kinds >= 3, kinds + " kinds of errors");
	}
}
