/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.thimble.cloud.Mqtt311;
import dev.thimble.cloud.Mqtt5;
import dev.thimble.cloud.MqttPeer;
import dev.thimble.cloud.MqttVersion;
import dev.thimble.host.KeyKind;
import dev.thimble.host.device.FaultyProxy;
import dev.thimble.support.BrokerKind;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/**
 * Messages of QoS 1 or 2 both ways, to and from a device whose network is cut 20 times, in the middle of whatever is being sent: none is lost, they
 * come in order, and of QoS 2 none comes twice. Each time TLS resumes its session. {@code -Dthimble.share=1} sends 10,000 each way, the default a tenth
 * of that.
 */
@Timeout(1800)
final class MqttFaultsTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 2);
	private static final int MESSAGES = (int) (10_000 * Double.parseDouble(System.getProperty("thimble.share", "0.1")));
	private static final int CUTS = 20;

	/** Who publishes numbers, and who counts the ones that come. */
	private static final class Flow {

		private final MqttPeer from;
		private final String topic;
		private final int qos;
		private final BitSet arrived = new BitSet();
		private final Random random;
		private int sent;
		private int disorder;
		private int twice;

		Flow(MqttPeer from, MqttPeer to, String topic, int qos, long seed) {
			this.from = from;
			this.topic = topic;
			this.qos = qos;
			this.random = new Random(seed);
			to.filter = message -> {
				int number = Integer.parseInt(message.payload().substring(0, message.payload().indexOf(' ')));
				boolean again = this.arrived.get(number);
				this.twice += again ? 1 : 0;
				this.disorder += !again && number != this.arrived.cardinality() ? 1 : 0;
				this.arrived.set(number);
				return false;
			};
		}

		void publish() {
			// Some of the broker's are in its queue, some in flight; more would only wait.
			while (this.sent < MESSAGES && this.sent - this.arrived.cardinality() < 100) {
				byte[] bytes = (this.sent + " " + "x".repeat(this.random.nextInt(600))).getBytes();
				if (this.from.mqtt.publish(this.topic, bytes, 0, bytes.length, this.qos) < 0) {
					return;
				}
				this.sent++;
			}
		}

		boolean done() {
			return this.arrived.cardinality() == MESSAGES && this.from.session.messages() == 0;
		}

		@Override
		public String toString() {
			return this.topic + ": " + this.arrived.cardinality() + " of " + MESSAGES + " arrived, " + this.twice + " twice, " + this.disorder
					+ " out of order";
		}
	}

	@ParameterizedTest
	@CsvSource({ "MOSQUITTO,false,1", "MOSQUITTO,true,1", "HIVEMQ,false,1", "HIVEMQ,true,1", "MOSQUITTO,false,2", "MOSQUITTO,true,2", "HIVEMQ,false,2",
			"HIVEMQ,true,2" })
	// Moquette 0.17 ends at the first message that is sent again: the demo's EmbeddedBroker tells why.
	void nothingIsLost(BrokerKind kind, boolean modern, int qos) throws Exception {
		try (BrokerKind.Running broker = kind.start(CHAIN); FaultyProxy network = new FaultyProxy(broker.address(), 20)) {
			SocketKit kit = new SocketKit(1, CHAIN.root());
			SocketKit other = new SocketKit(1, CHAIN.root());
			MqttPeer device = new MqttPeer(kit, kit.secure().sessionCache(true), version(modern), "device",
					config -> config.subscription("down", qos).inFlight(20));
			MqttPeer server = new MqttPeer(other, other.plain().secure(true).securityTags(SocketKit.TAG), version(modern), "server",
					config -> config.subscription("up", qos));
			device.connect(network.port());
			server.connect(broker.address().getPort());
			MqttPeer.await("the subscriptions", () -> device.subscribed.containsKey(-1) && server.subscribed.containsKey(-1), device, server);
			Flow up = new Flow(device, server, "up", qos, 1);
			Flow down = new Flow(server, device, "down", qos, 2);
			Random random = new Random(3);
			int[] planned = { 0 };
			MqttPeer.await("all messages", () -> {
				up.publish();
				down.publish();
				int done = Math.min(up.arrived.cardinality(), down.arrived.cardinality());
				if (planned[0] < CUTS && !network.pending() && network.cuts() == planned[0] && done >= (planned[0] + 1) * MESSAGES / (CUTS + 2)) {
					planned[0]++;
					network.cutAfter(1 + random.nextInt(4000));
				}
				return up.done() && down.done() && network.cuts() >= CUTS;
			}, device, server);
			MqttPeer.await("the last releases", () -> device.session.received() == 0 && server.session.received() == 0, device, server);
			System.out.println(kind + ", MQTT " + (modern ? "5.0" : "3.1.1") + ", QoS " + qos + ", " + up + "; " + down + "; " + network.cuts() + " cuts, "
					+ network.connections() + " connections, " + kit.context.stats().resumed() + " of " + kit.context.stats().handshakes()
					+ " handshakes resumed; " + device.ends.stream().collect(Collectors.groupingBy(end -> end, Collectors.counting())));
			assertEquals(0, qos == 2 ? up.twice + down.twice : 0, () -> up + "; " + down);
			assertEquals(0, up.disorder + down.disorder, () -> up + "; " + down);
			assertEquals(CUTS, network.cuts());
			assertEquals(1, device.connections.stream().filter(present -> !present).count(), "the broker has lost the session");
			assertTrue(kit.context.stats().resumed() >= CUTS / 2, () -> kit.context.stats().resumed() + " sessions of TLS were resumed");
			assertTrue(server.ends.isEmpty(), () -> server.ends.toString());
			device.stop();
			server.stop();
		}
	}

	private static MqttVersion version(boolean modern) {
		return modern ? new Mqtt5().topicAliases("up") : new Mqtt311();
	}
}
