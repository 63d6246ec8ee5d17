/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.net.NetError;

/** Brokers that mean no good, networks that break anywhere, clocks that go wrong, and memories that come back damaged. */
class MqttAdversaryTest {

	private static final String CONNACK_3 = "20020000";
	private static final String CONNACK_5 = "2003000000";
	private static final String AGAIN_3 = "20020100";
	private static final String AGAIN_5 = "2003010000";

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(bytes(text));
	}

	private static MqttBench online(boolean modern, Consumer<MqttConfig> settings) {
		MqttBench bench = new MqttBench(modern ? new Mqtt5(4, 16) : new Mqtt311(), new MqttSession(new byte[1024], 0, 1024, 4), settings);
		bench.connect(modern ? CONNACK_5 : CONNACK_3);
		assertEquals(Mqtt.ONLINE, bench.mqtt.state(), () -> bench.told());
		bench.told();
		bench.sent();
		return bench;
	}

	private static int publish(MqttBench bench, String payload, int options) {
		byte[] bytes = bytes(payload);
		return bench.mqtt.publish("t", bytes, 0, bytes.length, options);
	}

	private static void again(MqttBench bench, boolean modern) {
		bench.line.failure = NetError.LINK_LOST;
		bench.poll();
		bench.line.failure = 0;
		bench.pass(120_000);
		bench.line.takeHex();
		bench.send(modern ? AGAIN_5 : AGAIN_3);
	}

	// A network that is slow, or breaks

	/** An update of the firmware, say: the answer to PINGREQ stands in line behind it. */
	@Test
	void aLongMessageIsASignOfLife() {
		MqttBench bench = online(false, config -> config.keepAlive(60));
		bench.send("30" + "c0843d" + "0001 74");
		for (int i = 0; i < 100; i++) {
			bench.send("78".repeat(1000));
			assertEquals(Mqtt.ONLINE, bench.pass(3000).mqtt.state(), () -> bench.told());
		}
		assertEquals("c000", bench.sent());
		bench.pass(16_000);
		assertEquals(Mqtt.ONLINE, bench.mqtt.state());
		bench.pass(5_000);
		assertTrue(bench.told().endsWith("broken " + "x".repeat(100_000) + " | offline E_MQTT_SILENT"));
	}

	/** A message in pieces, and a cut behind each byte of it: it is told as broken, or not at all, and comes again once. */
	@ParameterizedTest
	@CsvSource({ "false,1", "false,2", "true,1", "true,2" })
	void aMessageCutAnywhereComesOnce(boolean modern, int qos) {
		String message = (qos == 1 ? "32" : "34") + String.format("%02x", 2 + 1 + 2 + (modern ? 1 : 0) + 100) + "0001 74 0007".replace(" ", "") + (modern ? "00" : "")
				+ "79".repeat(100);
		for (int cut = 0; cut < message.length() / 2; cut++) {
			for (int buffer : new int[] { 64, 256 }) {
				MqttBench bench = online(modern, config -> config.buffers(buffer, 64));
				bench.send(message.substring(0, 2 * cut));
				again(bench, modern);
				String told = bench.told();
				assertFalse(told.contains("end "), told);
				bench.send(message.substring(0, 1) + (qos == 1 ? "a" : "c") + message.substring(2));
				assertTrue(bench.told().endsWith("end " + "y".repeat(100)));
				if (qos == 2) {
					assertEquals(1, bench.session.received());
					again(bench, modern);
					bench.told();
					bench.send("3c" + message.substring(2));
					assertEquals("", bench.told(), "twice");
					assertEquals("50020007", bench.sent());
					bench.send("62020007");
					assertEquals("70020007", bench.sent());
					assertEquals(0, bench.session.received());
				}
			}
		}
	}

	/** The broker takes a message, and the network breaks behind each byte of what either says until it is settled. */
	@ParameterizedTest
	@CsvSource({ "false,1", "false,2", "true,1", "true,2" })
	void aPublicationCutAnywhereIsSettledOnce(boolean modern, int qos) {
		for (int cut = 0; cut < 12; cut++) {
			MqttBench bench = online(modern, config -> { });
			assertEquals(1, publish(bench, "value", qos));
			bench.line.window = cut;
			bench.poll();
			bench.line.window = Integer.MAX_VALUE;
			again(bench, modern);
			bench.told();
			String sent = bench.sent();
			assertTrue(sent.endsWith(hex("value")) && sent.startsWith(qos == 1 ? "3a" : "3c"), sent);
			if (qos == 2) {
				bench.send("50020001".substring(0, 2 * (cut % 5) > 8 ? 8 : 2 * (cut % 4)));
				again(bench, modern);
				bench.told();
				bench.sent();
				bench.send("50020001");
				again(bench, modern);
				bench.told();
				assertEquals("62020001", bench.sent());
				assertEquals("published 1 0", bench.send("70020001").told());
			} else {
				assertEquals("published 1 0", bench.send("40020001").told());
			}
			assertEquals(0, bench.session.messages());
		}
	}

	// A broker that means no good

	/** Ends a connection that was given this, and tells why; then the next one is as good as new. */
	@ParameterizedTest
	@CsvSource({ "false,3fffffffff7f,MQTT_FLAGS", "false,30ffffffff7f,MQTT_LENGTH", "true,30ffffffff7f,MQTT_LENGTH", "true,30 ffffff7f 0001 74 ffffff7f,MQTT_LENGTH", "true,30 ffffff7f 0001 74 80808001,",
			"true,40 05 0001 00 ff7f,MQTT_LENGTH", "false,40 ffffff7f,MQTT_LENGTH", "true,40 ffffff7f,MQTT_HEADER_TOO_LONG", "true,90 ffff7f,MQTT_HEADER_TOO_LONG",
			"true,e0 ffff7f,MQTT_HEADER_TOO_LONG", "false,30 ffffff7f ffff,", "true,300a 0001 74 06 230001 230001,MQTT_PROPERTY",
			"true,300c 0001 74 08 0101 0101 02 00000001,MQTT_PROPERTY", "true,300e 0001 74 0a 02 00000001 02 00000001,MQTT_PROPERTY",
			"true,300b 0001 74 07 03 0001 61 03 0001 61,MQTT_PROPERTY", "true,300c 0001 74 08 08 0001 61 08 0001 61,MQTT_PROPERTY",
			"true,300c 0001 74 08 09 0001 61 09 0001 61,MQTT_PROPERTY", "true,3007 0000 03 23 0005 61,MQTT_ALIAS", "true,3006 0000 03 23 0005,MQTT_ALIAS",
			"true,3007 0001 74 03 23 ffff,MQTT_ALIAS", "true,3008 0001 74 04 26 0000 00,MQTT_PROPERTY", "true,3009 0001 74 05 26 ffff ffff,MQTT_PROPERTY" })
	void endsTheConnection(boolean modern, String bytes, String error) {
		MqttBench bench = online(modern, config -> config.buffers(256, 64));
		bench.send(bytes);
		if (error == null) {
			// A topic of 64 KB, properties of 2 MB: nothing is wrong yet, but they will not fit.
			assertEquals("", bench.told());
			bench.send("74".repeat(300));
			assertEquals("offline E_MQTT_HEADER_TOO_LONG", bench.told());
		} else {
			assertEquals("offline E_" + error, bench.told());
		}
		bench.pass(120_000);
		bench.line.takeHex();
		bench.send(modern ? AGAIN_5 : AGAIN_3);
		assertEquals("online again", bench.told());
		bench.send(modern ? "3004 0001 74 00" : "3003 0001 74");
		assertEquals("message t q0 n0 | end ", bench.told());
	}

	/** Properties larger than the buffer end the connection; as large as it, they are read. */
	@Test
	void userPropertiesAreBoundedByTheBuffer() {
		for (int value = 200; value < 260; value++) {
			MqttBench bench = online(true, config -> config.buffers(256, 64));
			int properties = 1 + 2 + 1 + 2 + value;
			int length = 2 + 1 + 2 + properties;
			String message = "30" + HexFormat.of().toHexDigits((byte) (length | 0x80)) + HexFormat.of().toHexDigits((byte) (length >> 7)) + "0001 74"
					+ HexFormat.of().toHexDigits((byte) (properties | 0x80)) + HexFormat.of().toHexDigits((byte) (properties >> 7)) + "26 0001 6e"
					+ HexFormat.of().toHexDigits((short) value) + "76".repeat(value);
			bench.send(message);
			boolean fits = 3 + length <= 256;
			assertEquals(fits ? "message t q0 n0 n=" + "v".repeat(value) + " | end " : "offline E_MQTT_HEADER_TOO_LONG", bench.told(), value + " bytes");
		}
	}

	/** Acknowledgements of every kind, for every identifier near those that there are, in every state of a message. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void acknowledgementsOutOfPlaceNeverSettle(boolean modern) {
		String[] kinds = { "4002", "5002", "6202", "7002" };
		for (String first : kinds) {
			for (int firstId = 0; firstId < 4; firstId++) {
				for (String second : kinds) {
					MqttBench bench = online(modern, config -> { });
					publish(bench, "a", 1);
					publish(bench, "b", 2);
					bench.sent();
					bench.send(first + String.format("%04x", firstId));
					bench.send(second + "0002");
					String told = bench.told();
					boolean released = first.equals("5002") && firstId == 2;
					assertEquals(released && second.equals("7002"), told.contains("published 2 0"), first + firstId + " " + second + ": " + told);
					assertEquals(first.equals("4002") && firstId == 1, told.contains("published 1 0"), told);
				}
			}
		}
	}

	/** Nothing a broker says makes a message of QoS 2 come twice, or one that was not released come without its identifier being known. */
	@Test
	void releasesOfNothingAreAnswered() {
		MqttBench bench = online(true, config -> { });
		for (int i = 0; i < 1000; i++) {
			bench.send("6202" + String.format("%04x", 1 + i * 65));
			assertEquals("7003" + String.format("%04x", 1 + i * 65) + "92", bench.sent());
		}
		assertEquals("", bench.told());
		assertEquals(0, bench.session.received());
	}

	/** Floods of what has to be answered, to a line that takes nothing: what is read stays within the table of answers. */
	@ParameterizedTest
	@ValueSource(strings = { "62020001", "50020009", "320500017400 07", "3405 0001 74 0007" })
	void floodsAreHeldBack(String packet) {
		MqttBench bench = online(false, config -> { });
		bench.line.window = 0;
		bench.line.send(HexFormat.of().parseHex(packet.replace(" ", "").repeat(5000)));
		bench.poll();
		bench.line.window = Integer.MAX_VALUE;
		bench.poll();
		for (int i = 0; i < 2000; i++) {
			bench.poll();
		}
		assertEquals(Mqtt.ONLINE, bench.mqtt.state(), () -> bench.told());
		assertEquals(5000 * 8, bench.line.takeHex().length());
	}

	// What the program gives

	@Test
	void aPasswordThatNoPacketHoldsIsTold() {
		byte[] array = new byte[70000];
		MqttPassword source = new MqttPassword() {

			@Override
			public void start() {
				// it is there
			}

			@Override
			public boolean step() {
				return true;
			}

			@Override
			public int error() {
				return 0;
			}

			@Override
			public byte[] array() {
				return array;
			}

			@Override
			public int offset() {
				return 0;
			}

			@Override
			public int length() {
				return array.length;
			}
		};
		MqttBench bench = new MqttBench(new Mqtt5(), new MqttSession(new byte[200], 0, 200, 4), config -> config.user("u", source));
		assertEquals("", bench.connect(""));
		assertEquals("offline E_MQTT_ARGUMENT", bench.told());
	}

	/** A broker ends the connection for these, and would do so each time the message comes again. */
	@Test
	void propertiesThereTwiceAreNotSent() {
		MqttProperties properties = new MqttProperties(200);
		List<Consumer<MqttProperties>> all = List.of(MqttProperties::textPayload, p -> p.messageExpiry(5), p -> p.contentType("a"), p -> p.responseTopic("r"),
				p -> p.correlationData(new byte[3], 0, 3));
		for (Consumer<MqttProperties> one : all) {
			one.accept(properties.clear());
			assertTrue(properties.complete());
			one.accept(properties);
			assertFalse(properties.complete());
			MqttBench bench = online(true, config -> { });
			assertEquals(-CloudError.MQTT_ARGUMENT, bench.mqtt.publish("t", new byte[0], 0, 0, 1, properties));
		}
		properties.clear().userProperty("a", "b").userProperty("a", "b");
		assertTrue(properties.complete());
	}

	// Time

	/** A timer that jumps, either way, breaks a connection at worst; nothing is lost, and it goes on. */
	@ParameterizedTest
	@ValueSource(longs = { -86_400_000L, -1, 1_000_000_000L, -1_000_000_000_000L, Long.MIN_VALUE / 4, Long.MAX_VALUE / 4 })
	void aTimerThatJumpsLosesNothing(long jump) {
		for (boolean modern : new boolean[] { false, true }) {
			MqttBench bench = online(modern, config -> { });
			publish(bench, "a", 2);
			bench.sent();
			bench.clock.now += jump;
			bench.poll();
			if (bench.mqtt.state() != Mqtt.ONLINE) {
				bench.pass(120_000);
				bench.line.takeHex();
				bench.send(modern ? AGAIN_5 : AGAIN_3);
			}
			bench.told();
			bench.sent();
			bench.send("50020001");
			bench.send("70020001");
			assertEquals("published 1 0", bench.told());
			// The next ping and the next attempt are counted from here.
			bench.pass(100);
			publish(bench, "b", 1);
			bench.sent();
			bench.send("40020002");
			assertEquals("published 2 0", bench.told());
			again(bench, modern);
			assertTrue(bench.told().endsWith("online again"));
		}
	}

	// Memory that comes back

	private static byte[] image(byte[] saved, Consumer<byte[]> change) {
		byte[] image = Arrays.copyOf(saved, 600);
		change.accept(image);
		CRC32 crc = new CRC32();
		crc.update(image, 0, saved.length - 4);
		ByteBuffer.wrap(image).putInt(saved.length - 4, (int) crc.getValue());
		return image;
	}

	/** Images that are whole but make no sense: of a program with an error, or of somebody who can write the memory. */
	@Test
	void imagesThatMakeNoSenseAreNotBelieved() {
		byte[] memory = new byte[600];
		MqttSession session = new MqttSession(memory, 0, 600, 4);
		MqttBench bench = new MqttBench(new Mqtt5(), session, config -> { });
		bench.connect(CONNACK_5);
		publish(bench, "first", 1);
		publish(bench, "second", 2);
		bench.poll();
		byte[] saved = Arrays.copyOf(memory, session.seal());
		int first = 12 + 8;
		int second = first + ByteBuffer.wrap(saved).getShort(first);
		assertTrue(new MqttSession(image(saved, image -> { }), 0, 600, 4).restored());
		assertFalse(new MqttSession(image(saved, image -> image[first + 2] |= 3), 0, 600, 4).restored(), "QoS 3");
		assertFalse(new MqttSession(image(saved, image -> image[second + 5] = image[first + 5]), 0, 600, 4).restored(), "an identifier twice");
		assertFalse(new MqttSession(image(saved, image -> image[first + 6] = 1), 0, 600, 4).restored(), "a topic longer than the message");
		assertFalse(new MqttSession(image(saved, image -> image[first + 2] |= 16), 0, 600, 4).restored(), "a QoS 1 message that is released");
		assertFalse(new MqttSession(image(saved, image -> image[7] = 5), 0, 600, 4).restored(), "more identifiers than there is room for");
	}

	/** Every byte of an image with every bit changed and the check sum right: nothing crashes, and what is believed can be lived with. */
	@Test
	void noImageCrashesAClient() {
		byte[] memory = new byte[600];
		MqttSession session = new MqttSession(memory, 0, 600, 4);
		MqttBench bench = new MqttBench(new Mqtt5(), session, config -> { });
		bench.connect(CONNACK_5);
		publish(bench, "first", 1);
		bench.mqtt.publish("t", bytes("b"), 0, 1, 2, new MqttProperties(50).userProperty("a", "b"));
		publish(bench, "third", 2);
		bench.poll();
		bench.send("50020003 3406 0001 74 0009 00");
		byte[] saved = Arrays.copyOf(memory, session.seal());
		for (int at = 0; at < saved.length - 4; at++) {
			for (int bit = 0; bit < 8; bit++) {
				int byteAt = at;
				int mask = 1 << bit;
				for (boolean modern : new boolean[] { true, false }) {
					byte[] image = image(saved, changed -> changed[byteAt] ^= mask);
					MqttSession restored = new MqttSession(image, 0, 600, 4);
					MqttBench other = new MqttBench(modern ? new Mqtt5() : new Mqtt311(), restored, config -> config.buffers(128, 64));
					other.connect(restored.known() ? modern ? AGAIN_5 : AGAIN_3 : modern ? CONNACK_5 : CONNACK_3);
					assertEquals(Mqtt.ONLINE, other.mqtt.state());
					other.sent();
					for (int id = 1; id < 4; id++) {
						other.send("4002000" + id);
					}
					other.poll();
				}
			}
		}
	}

	/** A saved session after an update: the buffers have become smaller, and the version another one. */
	@Test
	void whatAnUpdatedProgramCannotSendIsToldAndHoldsNothingUp() {
		byte[] memory = new byte[600];
		MqttSession session = new MqttSession(memory, 0, 600, 4);
		MqttBench bench = new MqttBench(new Mqtt5(), session, config -> { });
		byte[] value = bytes("v");
		bench.mqtt.publish("x".repeat(90), value, 0, 1, 1);
		bench.mqtt.publish("t", value, 0, 1, 1, new MqttProperties(20).textPayload());
		bench.mqtt.publish("t", value, 0, 1, 2);
		byte[] image = Arrays.copyOf(Arrays.copyOf(memory, session.seal()), 600);
		MqttSession restored = new MqttSession(image, 0, 600, 4);
		assertEquals(3, restored.messages());
		MqttBench updated = new MqttBench(new Mqtt311(), restored, config -> config.buffers(64, 64));
		updated.connect(CONNACK_3);
		assertEquals("online | published 1 E_MQTT_TOO_LARGE | published 2 E_MQTT_CAPABILITY", updated.told());
		assertEquals("3406 0001 74 0003 76".replace(" ", ""), updated.sent());
	}

	// Anything

	private static final String[] SEEDS = { "20020000", "2003000000", "20060000032100 05", "3003000174", "3205000174 0007", "3406 0001 74 0009 00", "30080001 74 04 2600 0000",
			"300b 0001 74 07 26 0001 61 0001 62", "3006 0000 03 230001", "3007 0001 74 03 230001", "40020001", "4003000110", "50020002", "62020009", "70020002", "9003000300",
			"900400030000", "b0020003", "d000", "e000", "e0018e", "e0098b 07 1f 0004 73746f70", "3f", "30ffffff7f" };

	/** Packets, halves of packets and changed packets in any order, in pieces of any length: an error, or none, but never an exception or a hang. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anythingEndsInAnErrorOrInNone(boolean modern) {
		byte[][] seeds = Arrays.stream(SEEDS).map(text -> HexFormat.of().parseHex(text.replace(" ", ""))).toArray(byte[][]::new);
		int online = 0;
		for (int seed = 0; seed < 4000; seed++) {
			Random random = new Random(seed);
			MqttBench bench = online(modern, config -> config.buffers(64 + random.nextInt(100), 64).subscription("s", 1));
			bench.line.window = random.nextInt(4) == 0 ? 1 + random.nextInt(9) : Integer.MAX_VALUE;
			publish(bench, "one", 1);
			publish(bench, "two", 2);
			for (int i = 0; i < 12; i++) {
				byte[] packet = seeds[random.nextInt(seeds.length)].clone();
				int changes = random.nextInt(3);
				for (int k = 0; k < changes; k++) {
					packet[random.nextInt(packet.length)] = (byte) random.nextInt();
				}
				bench.line.send(random.nextInt(5) == 0 ? Arrays.copyOf(packet, random.nextInt(packet.length + 1)) : packet);
				for (int k = 0; k < 20; k++) {
					bench.mqtt.poll();
				}
				bench.clock.now += random.nextInt(3000);
				assertTrue(bench.session.messages() <= 2 && bench.session.received() <= 4);
			}
			online += bench.mqtt.state() == Mqtt.ONLINE ? 1 : 0;
			// Whatever it was, the next connection is a good one.
			bench.line.window = Integer.MAX_VALUE;
			bench.line.failure = NetError.LINK_LOST;
			bench.poll();
			bench.line.failure = 0;
			for (int i = 0; i < 10 && bench.mqtt.state() != Mqtt.CONNECTING; i++) {
				bench.pass(30_000);
			}
			bench.line.takeHex();
			bench.told();
			bench.send(modern ? AGAIN_5 : AGAIN_3);
			int now = seed;
			String told = bench.told();
			assertTrue(told.contains("online again"), () -> "seed " + now + ": " + told + bench.mqtt.state());
			assertEquals(Mqtt.ONLINE, bench.mqtt.state());
		}
		assertTrue(online > 100, online + " connections lived on");
	}
}
