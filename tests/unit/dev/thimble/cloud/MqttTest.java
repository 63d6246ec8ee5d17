/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.net.NetError;
import dev.thimble.support.AllocationMeter;

/** What the client says, byte for byte, and what it makes of what a broker says. */
class MqttTest {

	private static final String CONNACK_3 = "20020000";
	private static final String CONNACK_5 = "2003000000";

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String hex(String text) {
		return java.util.HexFormat.of().formatHex(bytes(text));
	}

	/** A client that is online, and whose past is forgotten. */
	private static MqttBench online(boolean modern) {
		MqttBench bench = MqttBench.of(modern);
		return online(bench, modern ? CONNACK_5 : CONNACK_3);
	}

	private static MqttBench online(MqttBench bench, String connack) {
		bench.connect(connack);
		assertEquals(Mqtt.ONLINE, bench.mqtt.state(), () -> bench.told());
		bench.told();
		bench.sent();
		return bench;
	}

	private static MqttBench modern(Mqtt5 version, Consumer<MqttConfig> settings) {
		return new MqttBench(version, new MqttSession(new byte[1024], 0, 1024, 4), settings);
	}

	private static int publish(MqttBench bench, String payload, int options) {
		byte[] bytes = bytes(payload);
		return bench.mqtt.publish("t", bytes, 0, bytes.length, options);
	}

	// CONNECT

	@Test
	void connectsWithLittle() {
		MqttBench old = MqttBench.of(false);
		assertEquals("100e 0004 4d515454 04 00 003c 0002 6331".replace(" ", ""), old.connect(CONNACK_3));
		assertEquals("online", old.told());
		assertEquals(Mqtt.ONLINE, old.mqtt.state());
		MqttBench modern = MqttBench.of(true);
		assertEquals("1019 0004 4d515454 05 02 003c 0a 11 00015180 21 0004 17 00 0002 6331".replace(" ", ""), modern.connect(CONNACK_5));
		assertEquals("online", modern.told());
	}

	@Test
	void connectsWithEverything() {
		Consumer<MqttConfig> all = config -> config.user("u", bytes("secret")).will("w/t", bytes("gone"), 1 | Mqtt.RETAIN).keepAlive(300).cleanStart(true);
		MqttBench old = new MqttBench(new Mqtt311(), new MqttSession(new byte[200], 0, 200, 4), all);
		assertEquals(("1024 0004 4d515454 04 ee 012c 0002 6331 0003 772f74 0004 " + hex("gone") + " 0001 75 0006" + hex("secret")).replace(" ", ""),
				old.connect(CONNACK_3));
		Mqtt5 version = new Mqtt5(3, 20).sessionExpiry(Mqtt5.NEVER).willDelay(5).maximumPacketSize(70000);
		MqttBench modern = new MqttBench(version, new MqttSession(new byte[200], 0, 200, 4), all);
		assertEquals(("103d 0004 4d515454 05 ee 012c 12 11 ffffffff 21 0004 17 00 22 0003 27 00011170 0002 6331 05 18 00000005 0003 772f74 0004 "
				+ hex("gone") + " 0001 75 0006" + hex("secret")).replace(" ", ""), modern.connect(CONNACK_5));
	}

	@Test
	void aLongPasswordNeedsNoBuffer() {
		byte[] password = new byte[5000];
		Arrays.fill(password, (byte) 'p');
		MqttBench bench = new MqttBench(new Mqtt311(), new MqttSession(new byte[200], 0, 200, 4), config -> config.user("u", password).buffers(64, 64));
		bench.line.window = 37;
		String connect = bench.connect(CONNACK_3);
		assertEquals("online", bench.told());
		assertEquals(("109b27 0004 4d515454 04 c0 003c 0002 6331 0001 75 1388").replace(" ", "") + "70".repeat(5000), connect);
	}

	@Test
	void aPasswordCanBeMadeForEachConnection() {
		int[] state = new int[3];
		byte[] password = bytes("-one-");
		MqttPassword source = new MqttPassword() {

			@Override
			public void start() {
				state[0]++;
				state[1] = 0;
			}

			@Override
			public boolean step() {
				return ++state[1] == 3;
			}

			@Override
			public int error() {
				return state[2];
			}

			@Override
			public byte[] array() {
				return password;
			}

			@Override
			public int offset() {
				return 1;
			}

			@Override
			public int length() {
				return 3;
			}
		};
		MqttBench bench = new MqttBench(new Mqtt5(), new MqttSession(new byte[200], 0, 200, 4), config -> config.user(null, source));
		assertTrue(bench.connect(CONNACK_5).endsWith("0003" + hex("one")));
		bench.line.failure = NetError.LINK_LOST;
		bench.poll();
		bench.line.failure = 0;
		state[2] = CloudError.JWT_SIGNER;
		bench.pass(1000);
		assertEquals(2, state[0]);
		assertEquals("online | offline E_LINK_LOST | offline E_JWT_SIGNER", bench.told());
		assertEquals(1, bench.line.opened);
	}

	@ParameterizedTest
	@CsvSource({ "false,20020005,E_MQTT_REFUSED 5", "false,20020001,E_MQTT_REFUSED 1", "true,2003008700,E_MQTT_REFUSED 135",
			"true,200a0087071f0004736f7272,E_MQTT_REFUSED 135", "true,200a008a071f0004736f7279,E_MQTT_REFUSED 138",
			"true,20080095 0526 000000 00,E_MQTT_REFUSED 149" })
	void aRefusalIsTold(boolean modern, String connack, String error) {
		MqttBench bench = MqttBench.of(modern);
		bench.connect(connack);
		assertEquals("offline " + error, bench.told());
		assertEquals(Mqtt.WAITING, bench.mqtt.state());
	}

	// What brokers may not send

	@ParameterizedTest
	@CsvSource({ "20020600,MQTT_FLAGS", "20020200,MQTT_FLAGS", "20020006,MQTT_REASON", "200200ff,MQTT_REASON", "2003000000,MQTT_LENGTH", "2001 00,MQTT_LENGTH",
			"21020000,MQTT_FLAGS", "4002 0001,MQTT_UNEXPECTED", "3003000174,MQTT_UNEXPECTED", "d000,MQTT_UNEXPECTED", "10020000,MQTT_PACKET_TYPE",
			"00020000,MQTT_PACKET_TYPE", "48545450,MQTT_FLAGS", "15030300,MQTT_PACKET_TYPE" })
	void anythingElseThanConnackIsRefused(String bytes, String error) {
		MqttBench bench = MqttBench.of(false);
		bench.connect(bytes);
		assertEquals("offline E_" + error, bench.told());
	}

	@ParameterizedTest
	@CsvSource({ "20020000,MQTT_LENGTH", "2003010000,MQTT_SESSION_PRESENT", "20030000 01,MQTT_LENGTH", "2003000180,MQTT_LENGTH",
			"20030001 00,MQTT_REASON", "2006000003 210000,MQTT_PROPERTY", "20080000 05 2700000000,MQTT_PROPERTY", "2005000002 2402,MQTT_PROPERTY",
			"2005000002 2502,MQTT_PROPERTY", "2007000004 24002400,MQTT_PROPERTY", "2006000003 230001,MQTT_PROPERTY", "2005000002 0101,MQTT_PROPERTY",
			"2005000002 5500,MQTT_PROPERTY", "20060000 03 120003,MQTT_PROPERTY", "2007000004 120001ff,MQTT_PROPERTY", "2007000004 12000100,MQTT_PROPERTY",
			"20050000 02 2600,MQTT_PROPERTY", "200400 00 01 21,MQTT_PROPERTY", "20040000 8000,MQTT_LENGTH", "2004000000 00,MQTT_LENGTH",
			"2007000004 11000000,MQTT_PROPERTY" })
	void anUnlawfulConnack5IsRefused(String bytes, String error) {
		MqttBench bench = MqttBench.of(true);
		bench.connect(bytes);
		assertEquals("offline E_" + error, bench.told());
	}

	@ParameterizedTest
	@CsvSource({ "20020000,MQTT_UNEXPECTED", "d000,MQTT_UNEXPECTED", "d00100,MQTT_LENGTH", "d100,MQTT_FLAGS", "c000,MQTT_PACKET_TYPE",
			"e000,MQTT_PACKET_TYPE", "f000,MQTT_PACKET_TYPE", "8203000100,MQTT_PACKET_TYPE", "a2020001,MQTT_PACKET_TYPE", "36050001740001,MQTT_FLAGS",
			"38030001 74,MQTT_FLAGS", "3001 00,MQTT_LENGTH", "30020000,MQTT_TEXT", "3003 0001 2b,MQTT_TEXT", "30030001 23,MQTT_TEXT", "30030001 00,MQTT_TEXT",
			"30030001 80,MQTT_TEXT", "30030002 74,MQTT_LENGTH", "3203 0001 74,MQTT_LENGTH", "3204 0001 74 00,MQTT_LENGTH", "3205000174 0000,MQTT_PACKET_ID",
			"60020001,MQTT_FLAGS", "62020000,MQTT_PACKET_ID", "6203000100,MQTT_LENGTH", "40020000,MQTT_PACKET_ID", "4003000100,MQTT_LENGTH",
			"400101,MQTT_LENGTH", "42020001,MQTT_FLAGS", "5003000100,MQTT_LENGTH", "90030001 00,MQTT_PACKET_ID", "9003000003,MQTT_REASON",
			"9003000000,MQTT_PACKET_ID", "900200 01,MQTT_LENGTH", "b0020001,MQTT_PACKET_ID", "b003000100,MQTT_LENGTH", "30808080 80,MQTT_LENGTH",
			"30ffffffff,MQTT_LENGTH", "308000,MQTT_LENGTH", "30ff00,MQTT_LENGTH", "90ff7f,MQTT_LENGTH" })
	void anUnlawfulPacketIsRefused(String bytes, String error) {
		for (int window : new int[] { Integer.MAX_VALUE, 1 }) {
			MqttBench bench = online(false);
			bench.line.window = window;
			bench.send(bytes);
			assertEquals("offline E_" + error, bench.told());
			assertEquals(CloudError.name(bench.mqtt.error()), "E_" + error);
		}
	}

	@ParameterizedTest
	@CsvSource({ "f000,MQTT_UNEXPECTED,82", "e100,MQTT_FLAGS,81", "3003000174,MQTT_LENGTH,81", "30040001 7401,MQTT_LENGTH,81",
			"3004000174 80,MQTT_LENGTH,81", "3009000174 05 2300 01 00 00,MQTT_ALIAS,94", "3007000174 03 230000,MQTT_ALIAS,94",
			"30060000 03 230001,MQTT_ALIAS,94", "3006 0001 74 02 0102,MQTT_PROPERTY,81", "30080001 74 04 01010101,MQTT_PROPERTY,81",
			"3006000174 02 0b00,MQTT_PROPERTY,81", "300b0001 74 07 26 0001 61 0002 62,MQTT_PROPERTY,81", "3009000174 05 1f 0002 6162,MQTT_PROPERTY,81",
			"40030001 01,MQTT_REASON,81", "4003000192,MQTT_REASON,81", "4004 0001 00 01,MQTT_LENGTH,81", "40050001 00 00 00,MQTT_LENGTH,81",
			"62030001 10,MQTT_REASON,81", "9004 0001 00 03,MQTT_REASON,81", "9005000100 0000,MQTT_LENGTH,81", "90030001 00,MQTT_LENGTH,81",
			"9004000200 00,MQTT_PACKET_ID,82", "b004 0001 00 01,MQTT_REASON,81", "e00188,MQTT_REASON,81", "e0028b02,MQTT_LENGTH,81",
			"e0078b05 1100000000,MQTT_PROPERTY,81", "30020000,MQTT_LENGTH,81", "3003000000,MQTT_TEXT,81", "2003000000,MQTT_UNEXPECTED,82" })
	void anUnlawfulPacket5IsRefusedWithAReason(String bytes, String error, String reason) {
		for (int window : new int[] { Integer.MAX_VALUE, 1 }) {
			MqttBench bench = online(true);
			bench.line.window = window;
			bench.send(bytes);
			assertEquals("offline E_" + error, bench.told());
			bench.line.window = Integer.MAX_VALUE;
			assertTrue(window == 1 || bench.line.takeHex().equals("e001" + reason));
		}
	}

	@Test
	void theBrokersGoodbyeIsTold() {
		MqttBench bench = online(true).send("e0018e");
		assertEquals("offline E_MQTT_DISCONNECTED 142", bench.told());
		bench = online(true).send("e000");
		assertEquals("offline E_MQTT_DISCONNECTED", bench.told());
		bench = online(true).send("e0098b 07 1f 0004 " + hex("stop"));
		assertEquals("offline E_MQTT_DISCONNECTED 139", bench.told());
		bench = online(false);
		bench.line.ended = true;
		assertEquals("offline E_MQTT_ENDED", bench.told());
	}

	// Messages out

	@Test
	void publishesQos0() {
		MqttBench bench = online(false);
		assertEquals(0, publish(bench, "hello", 0));
		assertEquals("30080001 74".replace(" ", "") + hex("hello"), bench.sent());
		assertEquals(0, publish(bench, "", Mqtt.RETAIN));
		assertEquals("3103000174", bench.sent());
		assertEquals("", bench.told());
		assertEquals(0, bench.session.messages());
		bench = online(true);
		assertEquals(0, publish(bench, "hello", 0));
		assertEquals("3009000174 00".replace(" ", "") + hex("hello"), bench.sent());
	}

	@Test
	void publishesQos1() {
		MqttBench bench = online(false);
		assertEquals(1, publish(bench, "a", 1));
		assertEquals(2, publish(bench, "b", 1 | Mqtt.RETAIN));
		assertEquals("3206000174000161" + "3306000174000262", bench.sent());
		assertEquals("published 2 0 | published 1 0", bench.send("40020002 40020001").told());
		assertEquals(0, bench.session.messages());
		bench = online(true);
		publish(bench, "a", 1);
		publish(bench, "b", 1);
		publish(bench, "c", 1);
		bench.sent();
		assertEquals("published 1 0 | published 2 16 | published 3 135", bench.send("40020001 40030002 10 40080003 87 04 1f 0001 6e").told());
	}

	@Test
	void publishesQos2() {
		for (boolean modern : new boolean[] { false, true }) {
			MqttBench bench = online(modern);
			assertEquals(1, publish(bench, "a", 2));
			assertEquals(modern ? "340700017400010061" : "3406000174000161", bench.sent());
			assertEquals("62020001", bench.send("50020001").sent());
			assertEquals("", bench.told());
			assertEquals("published 1 0", bench.send("70020001").told());
			assertEquals(0, bench.session.messages());
		}
		MqttBench bench = online(true);
		publish(bench, "a", 2);
		publish(bench, "b", 2);
		bench.sent();
		assertEquals("published 1 151", bench.send("50030001 97").told());
		bench.sent();
		assertEquals("62020002", bench.send("50030002 10").sent());
		assertEquals("published 2 0", bench.send("70030002 92").told());
	}

	@Test
	void acknowledgementsOfAnotherKindAreRefused() {
		for (String wrong : new String[] { "50020001", "70020001" }) {
			MqttBench bench = online(false);
			publish(bench, "a", 1);
			assertEquals("offline E_MQTT_PACKET_ID", bench.poll().send(wrong).told());
		}
		for (String wrong : new String[] { "40020001", "70020001" }) {
			MqttBench bench = online(false);
			publish(bench, "a", 2);
			assertEquals("offline E_MQTT_PACKET_ID", bench.poll().send(wrong).told());
		}
	}

	@Test
	void whatIsUnknownIsHelpedToAnEnd() {
		MqttBench bench = online(false).send("50020007");
		assertEquals("62020007", bench.sent());
		assertEquals("", bench.send("70020007 40020009").sent());
		assertEquals("70020005", bench.send("62020005").sent());
		bench = online(true).send("50020007");
		assertEquals("6203000792", bench.sent());
		assertEquals("7003000592", bench.send("62020005").sent());
		assertEquals("", bench.told());
	}

	@Test
	void messagesWaitForTheConnectionAndForRoom() {
		MqttBench bench = MqttBench.of(false);
		assertEquals(-CloudError.MQTT_OFFLINE, publish(bench, "a", 0));
		assertEquals(1, publish(bench, "a", 1));
		assertEquals(2, publish(bench, "x".repeat(900), 2));
		assertEquals(-CloudError.MQTT_FULL, publish(bench, "x".repeat(100), 1));
		assertEquals(-CloudError.MQTT_TOO_LARGE, publish(bench, "x".repeat(1000), 1));
		bench.connect(CONNACK_3);
		assertEquals("3206000174000161" + "3489070001740002" + "78".repeat(900), bench.sent());
		bench.send("50020002");
		assertEquals(100, publish(bench, "x".repeat(900), 1) > 0 ? 100 : -1, "the content is gone with PUBREC");
	}

	@Test
	void atMostSoManyMessagesAreInFlight() {
		MqttBench bench = new MqttBench(new Mqtt311(), new MqttSession(new byte[1024], 0, 1024, 4), config -> config.inFlight(2));
		for (int i = 0; i < 4; i++) {
			publish(bench, "" + i, 1 + i % 2);
		}
		bench.connect(CONNACK_3);
		assertEquals("3206000174000130" + "3406000174000231", bench.sent());
		assertEquals(0, publish(bench, "z", 0));
		assertEquals("30040001747a", bench.sent(), "QoS 0 is not counted");
		assertEquals("62020002", bench.send("50020002").sent());
		assertEquals("3206000174000332", bench.send("70020002").sent());
		assertEquals("3406000174000433", bench.send("40020001").sent());
	}

	@Test
	void argumentsAreChecked() {
		MqttBench bench = online(false);
		byte[] none = new byte[0];
		for (String bad : new String[] { "", "a/+", "#", "a\0", "\ud800" }) {
			assertEquals(-CloudError.MQTT_ARGUMENT, bench.mqtt.publish(bad, none, 0, 0, 1), bad);
		}
		assertEquals(-CloudError.MQTT_ARGUMENT, publish(bench, "", 3));
		assertEquals(-CloudError.MQTT_ARGUMENT, publish(bench, "", 8));
		assertEquals(-CloudError.MQTT_TOO_LARGE, bench.mqtt.publish("x".repeat(500), none, 0, 0, 1));
		assertEquals(-CloudError.MQTT_CAPABILITY, bench.mqtt.publish("t", none, 0, 0, 1, new MqttProperties(20).textPayload()));
		for (String bad : new String[] { "", "a+", "a/+b", "#/a", "a#", "$share//a", "$share/a", "$share/a/", "$share/+/a", "a\0" }) {
			assertEquals(-CloudError.MQTT_ARGUMENT, bench.mqtt.subscribe(bad, 0), bad);
			assertEquals(-CloudError.MQTT_ARGUMENT, bench.mqtt.unsubscribe(bad), bad);
		}
		assertEquals(-CloudError.MQTT_ARGUMENT, bench.mqtt.subscribe("a", 3));
		assertEquals(-CloudError.MQTT_ARGUMENT, bench.mqtt.subscribe("a", Mqtt.NO_LOCAL));
		assertEquals(-CloudError.MQTT_TOO_LARGE, bench.mqtt.subscribe("x".repeat(600), 0));
		for (String good : new String[] { "#", "+", "/", "a/#", "+/+/#", "/+", "$SYS/#", "$share/g/a/+", "\u00e9/\ud83d\ude00" }) {
			assertTrue(bench.mqtt.subscribe(good, 0) > 0 || bench.mqtt.subscribe(good, 0) == -CloudError.MQTT_FULL, good);
		}
		assertEquals("", bench.told());
		assertThrows(IllegalStateException.class, () -> bench.mqtt.start("x", 1));
	}

	@Test
	void configurationsAreChecked() {
		MqttSession session = new MqttSession(new byte[100], 0, 100, 2);
		assertThrows(IllegalArgumentException.class, () -> new MqttConfig(new Mqtt5(), session, "a\0"));
		MqttConfig config = new MqttConfig(new Mqtt311(), session, "c");
		assertThrows(IllegalArgumentException.class, () -> config.user(null, new byte[1]));
		assertThrows(IllegalArgumentException.class, () -> config.user("\ud800", new byte[1]));
		assertThrows(IllegalArgumentException.class, () -> config.will("a/#", new byte[1], 0));
		assertThrows(IllegalArgumentException.class, () -> config.will("a", new byte[1], 3));
		assertThrows(IllegalArgumentException.class, () -> config.will("a", new byte[1], 8));
		assertThrows(IllegalArgumentException.class, () -> config.subscription("a#", 0));
		assertThrows(IllegalArgumentException.class, () -> config.subscription("a", 8));
		assertThrows(IllegalArgumentException.class, () -> config.keepAlive(65536));
		assertThrows(IllegalArgumentException.class, () -> config.buffers(63, 64));
		assertThrows(IllegalArgumentException.class, () -> config.inFlight(0));
		assertThrows(IllegalArgumentException.class, () -> config.streams(128));
		assertThrows(IllegalArgumentException.class, () -> config.patience(0));
		assertThrows(IllegalArgumentException.class, () -> config.backoff(2, 1));
		assertThrows(IllegalArgumentException.class, () -> new Mqtt5().maximumPacketSize(63));
		assertThrows(IllegalArgumentException.class, () -> new Mqtt5().topicAliases(new String[32]));
		assertThrows(IllegalArgumentException.class, () -> new MqttBench(new Mqtt5(), session, "", c -> { }));
		assertThrows(IllegalArgumentException.class, () -> new MqttBench(new Mqtt5(), session, "x".repeat(500), c -> { }));
		for (int i = 0; i < 16; i++) {
			config.subscription("a/" + i, i % 3);
		}
		assertThrows(IllegalArgumentException.class, () -> config.subscription("b", 0));
		assertThrows(IllegalArgumentException.class, () -> new MqttSession(new byte[10], 0, 10, 1));
		assertThrows(IllegalArgumentException.class, () -> new MqttSession(new byte[100], 1, 100, 1));
		assertThrows(IllegalArgumentException.class, () -> new MqttSession(new byte[100], 0, 100, 0));
	}

	// Messages in

	@Test
	void receivesEachQos() {
		for (int window : new int[] { Integer.MAX_VALUE, 1 }) {
			MqttBench bench = online(false);
			bench.line.window = window;
			assertEquals("message t q0 n2 | end hi", bench.send("3005000174 6869").told());
			assertEquals("message t q0 retained n0 | end ", bench.send("3103000174").told());
			assertEquals("message t q1 n1 | end x", bench.send("3206 0001 74 0007 78").told());
			assertEquals("40020007", bench.sent());
			assertEquals("message t q1 dup n1 | end x", bench.send("3a06 0001 74 0007 78").told());
			assertEquals("40020007", bench.sent());
			assertEquals("message t q2 n1 | end x", bench.send("3406 0001 74 0007 78").told());
			assertEquals("50020007", bench.sent());
			assertEquals("", bench.send("3c06 0001 74 0007 78").told(), "the same again");
			assertEquals("50020007", bench.sent());
			assertEquals("70020007", bench.send("62020007").sent());
			assertEquals("message t q2 n1 | end y", bench.send("3406 0001 74 0007 79").told(), "a new one");
			assertEquals("50020007", bench.sent());
		}
	}

	@Test
	void payloadsLargerThanTheBufferComeInPieces() {
		for (boolean modern : new boolean[] { false, true }) {
			for (int window : new int[] { Integer.MAX_VALUE, 1, 7 }) {
				MqttBench bench = online(new MqttBench(modern ? new Mqtt5() : new Mqtt311(), new MqttSession(new byte[200], 0, 200, 2),
						config -> config.buffers(64, 64)), modern ? CONNACK_5 : CONNACK_3);
				bench.line.window = window;
				String payload = "0123456789".repeat(100);
				String head = modern ? "34ee07000174000900" : "34ed070001740009";
				bench.send(head + hex(payload));
				assertEquals("message t q2 n1000 | end " + payload, bench.told());
				assertEquals("50020009", bench.sent());
				// and what comes behind it
				assertEquals("message t q0 n0 | end ", bench.send(modern ? "300400017400" : "3003000174").told());
				bench.send(head + hex(payload));
				assertEquals("", bench.told(), "the same again");
				assertEquals("50020009", bench.sent());
				bench.send(head.replace("0009", "000a") + hex("half"));
				bench.line.failure = NetError.LINK_LOST;
				assertEquals("message t q2 n1000 | broken half | offline E_LINK_LOST", bench.told());
				assertEquals(1, bench.session.received());
			}
		}
	}

	@Test
	void whatStandsBeforeAPayloadHasToFit() {
		MqttBench bench = online(new MqttBench(new Mqtt311(), new MqttSession(new byte[200], 0, 200, 2), config -> config.buffers(64, 64)), CONNACK_3);
		bench.send("30ff01 003d" + "61".repeat(61));
		assertEquals("offline E_MQTT_HEADER_TOO_LONG", bench.told());
		bench = online(new MqttBench(new Mqtt5(), new MqttSession(new byte[200], 0, 200, 2), config -> config.buffers(64, 64)), CONNACK_5);
		bench.send("30ff01 0001 61 7f 26 0001 61 0070" + "61".repeat(100));
		assertEquals("offline E_MQTT_HEADER_TOO_LONG", bench.told());
		bench = online(new MqttBench(new Mqtt5(), new MqttSession(new byte[200], 0, 200, 2), config -> config.buffers(64, 64)), CONNACK_5);
		bench.send("e0408b");
		assertEquals("offline E_MQTT_HEADER_TOO_LONG", bench.told());
		bench = online(new MqttBench(new Mqtt5().maximumPacketSize(100), new MqttSession(new byte[200], 0, 200, 2), config -> { }), CONNACK_5);
		assertEquals("message t q0 n94 | end " + "x".repeat(94), bench.send("3062000174 00" + "78".repeat(94)).told());
		assertEquals("offline E_MQTT_PACKET_TOO_LARGE", bench.send("3063").told());
	}

	@Test
	void tooManyQos2MessagesAtATimeAreRefused() {
		MqttBench bench = online(false);
		for (int id = 1; id <= 4; id++) {
			bench.send("34050001 74 000" + id);
		}
		assertEquals(4, bench.session.received());
		bench.send("3c050001 74 0003 62020001 34050001 74 0005");
		assertEquals(4, bench.session.received());
		bench.told();
		assertEquals("", bench.send("34050001 74 0006 34050001 74 0006").told(), "what was answered is to arrive");
		assertEquals("offline E_MQTT_RECEIVE_MAXIMUM", bench.pass(1000).told());
	}

	@Test
	void propertiesReachTheProgram() {
		MqttBench bench = online(true);
		String properties = "0101" + "0200000e10" + "03000a" + hex("text/plain") + "080003" + hex("r/t") + "09000401020304" + "0b8101" + "26000161000162"
				+ "260001610002" + hex("cd") + "260000" + "0000";
		String length = Integer.toHexString(properties.length() / 2);
		bench.send("30" + Integer.toHexString(3 + 1 + properties.length() / 2) + "000174" + length + properties);
		assertEquals("message t q0 n0 1=01 2=00000e10 3=" + hex("text/plain") + " 8=" + hex("r/t") + " 9=01020304 a=b a=cd = | end ", bench.told());
	}

	@Test
	void propertiesAreSent() {
		MqttBench bench = online(true);
		MqttProperties properties = new MqttProperties(60).textPayload().messageExpiry(3600).contentType("x").responseTopic("r")
				.correlationData(new byte[] { 0, 1, 2 }, 1, 2).userProperty("k", "v");
		assertEquals(1, bench.mqtt.publish("t", bytes("p"), 0, 1, 1, properties));
		assertEquals("3222 0001 74 0001 1b 0101 0200000e10 03000178 08000172 0900020102 26000 16b000176 70".replace(" ", ""), bench.sent());
		assertEquals(-CloudError.MQTT_ARGUMENT, bench.mqtt.publish("t", bytes("p"), 0, 1, 1, properties.userProperty("long", "x".repeat(40))));
		assertTrue(!properties.complete());
		assertTrue(properties.clear().complete());
		assertTrue(!properties.responseTopic("a/+").complete());
		assertTrue(!properties.clear().contentType("\ud800").complete());
		assertTrue(!properties.clear().userProperty("a\0", "").complete());
		assertEquals(2, bench.mqtt.publish("t", bytes("p"), 0, 1, 1, properties.clear()));
	}

	// Aliases and limits of MQTT 5.0

	@Test
	void aliasesComeIn() {
		MqttBench bench = online(modern(new Mqtt5(2, 8), config -> { }), CONNACK_5);
		bench.send("3008 0002 7474 03 230002" + "3006 0000 03 230002" + "3008 0002 7575 03 230001" + "3006 0000 03 230002" + "3006 0000 03 230001");
		assertEquals("message tt q0 n0 | end  | message tt q0 n0 | end  | message uu q0 n0 | end  | message tt q0 n0 | end  | message uu q0 n0 | end ",
				bench.told());
		bench.line.ended = true;
		bench.poll();
		bench.told();
		bench.pass(2000);
		bench.send("2003010000");
		assertEquals("online again | offline E_MQTT_ALIAS", bench.send("3006 0000 03 230002").told(), "aliases end with their connection");
		bench = online(modern(new Mqtt5(2, 8), config -> { }), CONNACK_5);
		assertEquals("offline E_MQTT_ALIAS", bench.send("3008 0002 7474 03 230003").told());
		bench = online(modern(new Mqtt5(2, 8), config -> { }), CONNACK_5);
		assertEquals("offline E_MQTT_HEADER_TOO_LONG", bench.send("300f 0009" + "74".repeat(9) + "03 230002").told());
	}

	@Test
	void aliasesGoOut() {
		MqttBench bench = online(modern(new Mqtt5().topicAliases("t", "u", "v"), config -> { }), "2006000003 220002");
		byte[] none = new byte[0];
		for (String topic : new String[] { "t", "t", "u", "v", "u", "tt" }) {
			bench.mqtt.publish(topic, none, 0, 0, 0);
			bench.poll();
		}
		assertEquals("3007000174 03230001 3006 0000 03230001 3007 0001 75 03230002 3004 0001 76 00 30060000 03230002 3005 0002 7474 00".replace(" ", ""),
				bench.sent());
		bench.line.failure = NetError.LINK_LOST;
		publish(bench, "a", 1);
		bench.poll();
		bench.line.failure = 0;
		bench.pass(2000);
		bench.line.takeHex();
		bench.send("2006010003 220002");
		assertEquals("320a 0001 74 0001 03230001 61".replace(" ", ""), bench.sent());
	}

	@Test
	void theBrokersLimitsAreObeyed() {
		MqttBench bench = modern(new Mqtt5(), config -> { });
		publish(bench, "a", 2);
		publish(bench, "b", 1 | Mqtt.RETAIN);
		publish(bench, "x".repeat(100), 1);
		publish(bench, "c", 1);
		publish(bench, "d", 1);
		bench.connect("200f 0000 0c 210001 2401 2500 2700000040");
		assertEquals("online | published 1 E_MQTT_CAPABILITY | published 2 E_MQTT_CAPABILITY | published 3 E_MQTT_TOO_LARGE", bench.told());
		assertEquals("32070001740004 0063".replace(" ", ""), bench.sent());
		assertEquals("32070001740005 0064".replace(" ", ""), bench.send("40020004").sent());
		assertEquals(-CloudError.MQTT_CAPABILITY, publish(bench, "", 2));
		assertEquals(-CloudError.MQTT_CAPABILITY, publish(bench, "", Mqtt.RETAIN));
		bench = online(modern(new Mqtt5(), config -> { }), "2007000004 2800 2a00");
		assertEquals(-CloudError.MQTT_CAPABILITY, bench.mqtt.subscribe("a/+", 0));
		assertEquals(-CloudError.MQTT_CAPABILITY, bench.mqtt.subscribe("$share/a/b", 0));
		assertTrue(bench.mqtt.subscribe("a/b", 0) > 0);
	}

	// Subscriptions

	@Test
	void subscribes() {
		MqttBench bench = online(false);
		assertEquals(1, bench.mqtt.subscribe("a/+", 2));
		assertEquals(2, bench.mqtt.unsubscribe("b"));
		assertEquals("8208 0001 0003 612f2b 02 a205 0002 0001 62".replace(" ", ""), bench.sent());
		assertEquals("subscribed 2 0 | subscribed 1 1", bench.send("b0020002 90030001 01").told());
		assertEquals(3, bench.mqtt.subscribe("a", 0));
		assertEquals("subscribed 3 128", bench.send("9003 0003 80").told());
		bench = online(true);
		assertEquals(1, bench.mqtt.subscribe("a", 1 | Mqtt.NO_LOCAL | Mqtt.RETAIN_AS_PUBLISHED | Mqtt.RETAINED_IF_NEW));
		assertEquals(-CloudError.MQTT_ARGUMENT, bench.mqtt.subscribe("a", Mqtt.RETAINED_IF_NEW | Mqtt.NO_RETAINED));
		assertEquals(2, bench.mqtt.unsubscribe("a"));
		assertEquals("8207 0001 00 0001 61 1d a206 0002 00 0001 61".replace(" ", ""), bench.sent());
		assertEquals("subscribed 1 135 | subscribed 2 17", bench.send("9004 0001 00 87 b004 0002 00 11").told());
		bench = online(false);
		bench.mqtt.subscribe("a", 0);
		assertEquals("offline E_MQTT_PACKET_ID", told(bench.poll().send("b0020001"), 1));
	}

	/** What was told last. */
	private static String told(MqttBench bench, int last) {
		String[] all = bench.told().split(" \\| ");
		return String.join(" | ", Arrays.copyOfRange(all, all.length - last, all.length));
	}

	@Test
	void requestsThatAreNotAnsweredAreTold() {
		MqttBench bench = online(false);
		for (int i = 0; i < 8; i++) {
			assertEquals(i + 1, bench.mqtt.subscribe("a" + i, 0));
		}
		assertEquals(-CloudError.MQTT_FULL, bench.mqtt.subscribe("b", 0));
		bench.line.failure = NetError.LINK_LOST;
		assertTrue(bench.told().startsWith("subscribed 1 E_LINK_LOST | subscribed 2"));
		assertEquals(-CloudError.MQTT_OFFLINE, bench.mqtt.subscribe("b", 0));
	}

	@Test
	void lastingSubscriptionsAreMadeWhenTheBrokerHasNone() {
		MqttBench bench = new MqttBench(new Mqtt311(), new MqttSession(new byte[200], 0, 200, 4),
				config -> config.subscription("a", 1).subscription("b", 2));
		bench.connect(CONNACK_3);
		assertEquals("8206 0001 0001 61 01 8206 0002 0001 62 02".replace(" ", ""), bench.sent());
		assertEquals("online | subscribed -1 1", bench.send("90030001 01").told());
		again(bench, "20020100");
		assertEquals("8206 0003 0001 62 02".replace(" ", ""), bench.sent(), "the one that was not answered");
		assertEquals("subscribed -2 E_LINK_LOST | offline E_LINK_LOST | online again | subscribed -2 128", bench.send("90030003 80").told());
		again(bench, "20020100");
		assertEquals("", bench.sent(), "the broker remembers");
		again(bench, CONNACK_3);
		assertEquals("8206 0004 0001 61 01 8206 0005 0001 62 02".replace(" ", ""), bench.sent(), "the broker has forgotten");
	}

	/** Breaks the connection and makes another one. */
	private static void again(MqttBench bench, String connack) {
		bench.line.failure = NetError.LINK_LOST;
		bench.poll();
		bench.line.failure = 0;
		bench.pass(120_000);
		bench.line.takeHex();
		bench.send(connack);
	}

	// Sessions

	@Test
	void whatIsNotSettledIsSentAgainInOrder() {
		for (boolean modern : new boolean[] { false, true }) {
			MqttBench bench = online(modern);
			for (int i = 0; i < 4; i++) {
				publish(bench, "" + i, 2 - i % 2);
			}
			bench.sent();
			bench.send("50020003 50020001");
			assertEquals("62020003 62020001".replace(" ", ""), bench.sent());
			publish(bench, "4", 1);
			again(bench, modern ? "2003010000" : "20020100");
			String none = modern ? "00" : "";
			int length = modern ? 7 : 6;
			assertEquals(("62020003 62020001 3a0" + length + "000174 0002 " + none + "31 3a0" + length + "000174 0004" + none + "33").replace(" ", "")
					+ (modern ? "3207000174000500" : "3206000174" + "0005") + "34", bench.sent());
			bench.told();
			bench.send("70020001 40020005 70020003 40020002 40020004");
			assertEquals("published 1 0 | published 5 0 | published 3 0 | published 2 0 | published 4 0", bench.told());
			assertEquals(0, bench.session.messages());
		}
	}

	@Test
	void aMessageThatWasCutOffIsSentAgain() {
		MqttBench bench = online(new MqttBench(new Mqtt311(), new MqttSession(new byte[500], 0, 500, 4), config -> config.buffers(64, 64)), CONNACK_3);
		bench.line.window = 0;
		publish(bench, "x".repeat(200), 2);
		bench.poll();
		bench.line.window = Integer.MAX_VALUE;
		again(bench, "20020100");
		assertEquals("3ccd010001740001" + "78".repeat(200), bench.sent());
	}

	@Test
	void theBrokerMayRepeatItsAcknowledgement() {
		MqttBench bench = online(false);
		publish(bench, "a", 2);
		bench.sent();
		// as Mosquitto does: PUBREC before the message has come again
		again(bench, "20020100" + "50020001");
		String sent = bench.sent();
		assertTrue(sent.equals("62020001") || sent.equals("3c0600017400016162020001"), sent);
		bench.told();
		bench.send("50020001 70020001");
		assertEquals("published 1 0", bench.told());
		assertEquals("", bench.sent());
	}

	@Test
	void aSessionTheBrokerHasLostIsTold() {
		for (boolean modern : new boolean[] { false, true }) {
			MqttBench bench = online(modern);
			publish(bench, "a", 1);
			publish(bench, "b", 2);
			publish(bench, "c", 2);
			bench.poll();
			bench.send(modern ? "3406 0001 74 0007 00" : "3405 0001 74 0007");
			bench.send("50020003");
			bench.line.window = 0;
			bench.sent();
			publish(bench, "d", 2);
			bench.line.window = Integer.MAX_VALUE;
			bench.told();
			assertEquals(1, bench.session.received());
			again(bench, modern ? CONNACK_5 : CONNACK_3);
			String told = bench.told();
			assertTrue(told.contains("published 3 0 | published 2 E_MQTT_SESSION_LOST"), told);
			assertEquals(0, bench.session.received());
			String sent = bench.sent();
			assertTrue(sent.startsWith(modern ? "320700017400010061" : "3206000174000161"), sent);
		}
	}

	@Test
	void aSessionThatMustNotBeThereEndsTheConnection() {
		MqttBench bench = new MqttBench(new Mqtt311(), new MqttSession(new byte[200], 0, 200, 4), config -> config.cleanStart(true));
		bench.connect("20020100");
		assertEquals("offline E_MQTT_SESSION_PRESENT", bench.told());
		bench = MqttBench.of(false);
		bench.connect("20020100");
		assertEquals("online again", bench.told(), "MQTT 3.1.1 cannot ask for a new session that lasts");
	}

	@Test
	void aSessionSurvivesALossOfPower() {
		byte[] memory = new byte[600];
		MqttSession session = new MqttSession(memory, 0, 600, 4);
		assertTrue(!session.restored());
		MqttBench bench = online(new MqttBench(new Mqtt5(), session, config -> { }), CONNACK_5);
		publish(bench, "a", 1);
		publish(bench, "b", 2);
		publish(bench, "c", 2);
		bench.poll();
		bench.send("3406 0001 74 0007 00 50020002");
		bench.mqtt.publish("t", (position, out, offset, length) -> 0, 10, 1, null);
		bench.mqtt.publish("t", bytes("zero"), 0, 4, 0);
		assertTrue(session.takeChanged());
		assertTrue(!session.takeChanged());
		byte[] saved = Arrays.copyOf(memory, session.seal());
		assertTrue(saved.length < 120, saved.length + " bytes");

		byte[] later = Arrays.copyOf(saved, 600);
		MqttSession restored = new MqttSession(later, 0, 600, 4);
		assertTrue(restored.restored());
		assertEquals(3, restored.messages());
		assertEquals(1, restored.received());
		MqttBench second = new MqttBench(new Mqtt5(), restored, config -> { });
		assertEquals("00", second.connect("2003010000").substring(18, 20), "no clean start");
		assertEquals("62020002 3a07000174 0001 00 61 3c07 0001 74 0003 00 63".replace(" ", ""), second.sent());
		second.told();
		assertEquals("", second.send("3c06 0001 74 0007 00").told());
		second.send("40020001 70020002 50020003 70020003 62020007");
		assertEquals("published 1 0 | published 2 0 | published 3 0", second.told());
		assertTrue(publish(second, "d", 1) > 3, "identifiers go on");

		for (int i = 0; i < saved.length; i++) {
			byte[] damaged = Arrays.copyOf(saved, 600);
			damaged[i] ^= 0x40;
			assertTrue(!new MqttSession(damaged, 0, 600, 4).restored(), "byte " + i);
		}
		assertTrue(!new MqttSession(Arrays.copyOf(saved, 600), 0, 600, 5).restored());
		assertTrue(!new MqttSession(Arrays.copyOf(saved, saved.length - 1), 0, saved.length - 1, 4).restored());
		restored.clear();
		assertEquals(0, restored.messages());
	}

	@Test
	void packetIdentifiersGoRoundWithoutMeeting() {
		MqttBench bench = online(new MqttBench(new Mqtt311(), new MqttSession(new byte[200], 0, 200, 4), config -> { }), CONNACK_3);
		assertEquals(1, publish(bench, "stays", 1));
		assertEquals(2, bench.mqtt.subscribe("s", 0));
		bench.sent();
		for (int i = 3; i < 65536; i++) {
			assertEquals(i, publish(bench, "", 1));
			bench.mqtt.poll();
			bench.line.send(new byte[] { 0x40, 2, (byte) (i >> 8), (byte) i });
			bench.mqtt.poll();
			bench.mqtt.poll();
			bench.line.take();
		}
		assertEquals(3, publish(bench, "", 1));
	}

	// Time

	@Test
	void theConnectionIsKeptAlive() {
		MqttBench bench = online(false);
		assertEquals("", bench.pass(44_000).sent());
		assertEquals("c000", bench.pass(1_000).sent());
		bench.send("d000");
		publish(bench, "a", 0);
		bench.pass(1);
		bench.sent();
		assertEquals("", bench.pass(44_000).sent());
		assertEquals("c000", bench.pass(1_500).sent());
		assertEquals("", bench.pass(19_000).told());
		assertEquals("offline E_MQTT_SILENT", bench.pass(1_500).told());
		bench = online(modern(new Mqtt5(), config -> config.keepAlive(0)), "2006000003 13000a");
		assertEquals("c000", bench.pass(7_500).sent());
		bench = online(modern(new Mqtt5(), config -> config.keepAlive(0)), CONNACK_5);
		assertEquals("", bench.pass(1_000_000).sent());
	}

	@Test
	void aBrokerThatTakesNothingIsGivenUp() {
		MqttBench bench = online(false);
		bench.line.window = 0;
		publish(bench, "a", 1);
		bench.poll();
		assertEquals("", bench.pass(15_000).told());
		assertEquals("offline E_MQTT_SILENT", bench.pass(6_000).told());
	}

	@Test
	void aBrokerThatDoesNotAnswerIsGivenUp() {
		MqttBench bench = MqttBench.of(false);
		bench.connect("");
		assertEquals("", bench.pass(19_000).told());
		assertEquals("offline E_MQTT_TIMEOUT", bench.pass(2_000).told());
	}

	/** MQTT gives no time for an acknowledgement, and forbids to ask for it by sending again: the program decides when it has waited enough. */
	@Test
	void aProgramThatHasWaitedEnoughConnectsAgain() {
		MqttBench bench = online(false);
		publish(bench, "a", 1);
		publish(bench, "b", 2);
		assertEquals("3206000174000161" + "3406000174000262", bench.sent());
		for (int i = 0; i < 100; i++) {
			assertEquals("c000", bench.pass(45_000).sent());
			bench.send("d000");
		}
		assertEquals("", bench.told());
		bench.mqtt.stop();
		assertEquals("e000", bench.sent());
		assertEquals("offline ", bench.told());
		bench.connect("20020100");
		assertEquals("3a06000174000161" + "3c06000174000262", bench.sent());
		assertEquals("online again | published 1 0", bench.send("40020001").told());
	}

	@Test
	void attemptsBecomeRarer() {
		MqttBench bench = MqttBench.of(false);
		bench.line.failure = NetError.REFUSED;
		bench.mqtt.start("broker", 1883);
		bench.poll();
		long last = bench.clock.now;
		StringBuilder waits = new StringBuilder();
		for (int i = 0; i < 10; i++) {
			int opened = bench.line.opened;
			while (bench.line.opened == opened) {
				bench.pass(10);
			}
			waits.append((bench.clock.now - last) / 1000).append(' ');
			last = bench.clock.now;
		}
		// half of it, and half of the other half by chance
		assertEquals("0 1 3 6 12 24 48 90 90 90", waits.toString().trim());
		bench.line.failure = 0;
		bench.pass(120_000);
		bench.send(CONNACK_3);
		bench.pass(11_000);
		bench.line.failure = NetError.LINK_LOST;
		bench.poll();
		int opened = bench.line.opened;
		bench.line.failure = 0;
		bench.pass(760);
		assertEquals(opened + 1, bench.line.opened, "after a good connection the first wait is short again");
	}

	// The end

	@Test
	void saysGoodbye() {
		MqttBench bench = online(false);
		publish(bench, "x".repeat(800), 1);
		bench.mqtt.poll();
		bench.mqtt.stop();
		String sent = bench.sent();
		assertTrue(sent.endsWith("7878e000"), sent);
		assertEquals("offline ", bench.told());
		assertEquals(Mqtt.STOPPED, bench.mqtt.state());
		assertEquals(0, bench.mqtt.error());
		assertTrue(!bench.mqtt.poll());
		bench.connect("20020100");
		assertEquals("online again", bench.told());
	}

	@Test
	void canBeStoppedAtAnyTime() {
		MqttBench bench = MqttBench.of(true);
		bench.mqtt.stop();
		assertEquals("", bench.told());
		bench.mqtt.start("broker", 1);
		bench.mqtt.stop();
		assertEquals("offline ", bench.told());
		bench.connect("");
		bench.mqtt.stop();
		assertEquals("offline ", bench.told());
		online(bench, CONNACK_5);
		bench.line.window = 0;
		bench.mqtt.stop();
		assertEquals("", bench.told());
		assertEquals("offline ", bench.pass(20_000).told());
	}

	@Test
	void theProgramMayAnswerFromWithin() {
		MqttBench bench = online(false);
		bench.program = event -> {
			if (event.startsWith("end")) {
				publish(bench, "ok", 1);
				bench.mqtt.subscribe("more", 0);
			} else if (event.startsWith("published")) {
				bench.mqtt.stop();
			}
		};
		bench.send("3206 0001 74 0007 78");
		assertEquals("8209000200046d6f726500" + "40020007" + "3207000174" + "0001" + "6f6b", bench.sent());
		bench.send("40020001");
		assertTrue(bench.told().endsWith("published 1 0 | subscribed 2 E_MQTT_OFFLINE | offline "));
	}

	// Streams

	@Test
	void payloadsLargerThanTheMemoryAreStreamed() {
		MqttBench bench = online(new MqttBench(new Mqtt5(), new MqttSession(new byte[100], 0, 100, 2), config -> config.buffers(64, 64)), CONNACK_5);
		int[] reads = new int[2];
		MqttPayload payload = (position, out, offset, length) -> {
			reads[0] += position == 0 ? 1 : 0;
			int n = Math.min(length, 50);
			for (int i = 0; i < n; i++) {
				out[offset + i] = (byte) ('a' + (position + i) % 26);
			}
			return reads[1] < 0 ? -1 : n;
		};
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 3000; i++) {
			expected.append(Integer.toHexString('a' + i % 26));
		}
		MqttProperties properties = new MqttProperties(10).textPayload();
		assertEquals(1, bench.mqtt.publish("t", payload, 3000, 1, properties));
		assertEquals(-CloudError.MQTT_FULL, bench.mqtt.publish("t", payload, 3000, 1, null));
		assertEquals("32c017 0001 74 0001 02 0101".replace(" ", "") + expected, bench.sent());
		again(bench, "2003010000");
		assertEquals("3ac017 0001 74 0001 02 0101".replace(" ", "") + expected, bench.sent());
		bench.told();
		assertEquals("published 1 0", bench.send("40020001").told());
		assertEquals(2, reads[0]);
		assertEquals(0, bench.mqtt.publish("t", payload, 3000, 0, null));
		assertEquals("30bc17 0001 74 00".replace(" ", "") + expected, bench.sent());
		reads[1] = -1;
		assertEquals(2, bench.mqtt.publish("t", payload, 3000, 2, null));
		assertEquals("published 2 E_MQTT_ARGUMENT | offline E_MQTT_ARGUMENT", bench.told());
		assertEquals(0, bench.session.messages());
		assertEquals(-CloudError.MQTT_OFFLINE, bench.mqtt.publish("t", payload, 3000, 0, null));
		assertEquals(3, bench.mqtt.publish("t", payload, 3000, 2, null), "its place is free again");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 50 })
	void slowLinesChangeNothing(int window) {
		MqttBench bench = MqttBench.of(true);
		bench.line.window = window;
		assertEquals("1019 0004 4d515454 05 02 003c 0a 11 00015180 21 0004 17 00 0002 6331".replace(" ", ""), bench.connect(CONNACK_5));
		for (int i = 0; i < 5; i++) {
			publish(bench, "payload " + i, i % 3);
		}
		bench.send("3406 0001 74 0007 00 30090001 74 00 " + hex("hello") + "3206 0001 74 0008 00");
		String sent = bench.sent();
		assertTrue(sent.contains("50020007") && sent.contains("40020008"), sent);
		for (int i = 0; i < 5; i++) {
			assertTrue(sent.contains(hex("payload " + i)), sent);
		}
		assertTrue(bench.told().endsWith("message t q0 n5 | end hello | message t q1 n0 | end "));
	}

	@ParameterizedTest
	@CsvSource({ "a/b,a/b,true", "a/b,a/c,false", "a/b,a/bc,false", "a/b,a,false", "a/+,a/b,true", "a/+,a/,true", "a/+,a/b/c,false", "a/#,a,true", "a/#,a/b/c,true",
			"a/#,ab,false", "#,a/b,true", "#,$SYS/x,false", "+/x,$SYS/x,false", "$SYS/#,$SYS/x,true", "+,a,true", "+,/a,false", "/+,/a,true", "+/+,/a,true",
			"a/+/c,a/b/c,true", "a/+/c,a/b/d,false", "a/b/#,a,false", "+/#,a,true" })
	void filtersMatch(String filter, String topic, boolean expected) {
		byte[] bytes = bytes("x" + topic);
		assertEquals(expected, MqttTopic.matches(filter, bytes, 1, bytes.length - 1));
	}

	@Test
	void nothingIsAllocated() {
		for (boolean modern : new boolean[] { false, true }) {
			MqttPipe pipe = new MqttPipe(modern);
			assertEquals(0, AllocationMeter.measure(20, pipe), modern ? "MQTT 5.0" : "MQTT 3.1.1");
			assertTrue(pipe.messages > 0 && pipe.published > 0 && pipe.connections > 20);
		}
	}

	@Test
	void everyErrorHasANameAndASentence() {
		for (int code = 180; code < 220; code++) {
			assertTrue(CloudError.name(code).matches("E_[A-Z0-9_]+") && !CloudError.name(code).equals("E_CLOUD_ERROR"), "" + code);
			assertTrue(CloudError.text(code).length() > 40 && CloudError.text(code).endsWith("."), "" + code);
		}
		assertEquals("E_CLOUD_ERROR", CloudError.name(220));
		assertEquals(NetError.text(NetError.REFUSED), CloudError.text(NetError.REFUSED));
	}
}
