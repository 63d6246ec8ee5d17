/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

/** What the board says on its console decides whether the demo has passed. */
final class VerdictTest {

	private static final DemoPlan PLAN = new DemoPlan("max78000fthr", Proof.CERTIFICATE, false, 2, false, Path.of("demo.html"), null);

	private final Timeline timeline = new Timeline(new PrintWriter(OutputStream.nullOutputStream()), null);
	private final DeviceReport report = new DeviceReport(this.timeline, Proof.CERTIFICATE, new ImageSize(1, 2, 3, 4));
	private final Map<Long, Integer> received = new TreeMap<>();

	private void say(String... lines) {
		for (String line : lines) {
			this.report.line(line);
		}
	}

	private static String handshake(boolean resumed, int verified) {
		return "handshake: version=772 suite=TLS_AES_128_GCM_SHA256 group=29 signature=1027 verified=" + verified + " resumed=" + (resumed ? "yes" : "no")
				+ " in=930 out=728 millis=26 ticks=352083 hertz=25000000 at=33";
	}

	private static String stats(int allocated) {
		return "stats: seconds=9 published=2 settled=2 constructed=27920 allocated=" + allocated + " stack=1632 at=9000";
	}

	/** A run as it should be: value 2 is on its way when the network is cut. */
	private void live() {
		say("boot: board=max78000fthr reset=-1 heap=27920 of=32768 at=6", "entropy: source=trng health=healthy code=0 at=6", "ready",
				"time: seconds=1795407117 server=time.thimble.test:123 round-trip=1 at=11", "value: n=1 id=1 at=11", handshake(false, 0),
				"online: session=new tls=TLS_AES_128_GCM_SHA256 resumed=no at=34", "settled: id=1 reason=0 at=45", "configuration: interval=1 at=50",
				"value: n=2 id=3 at=60");
		this.report.cut();
		say("offline: code=144 at=61", "error: broker E_LINK_LOST (144): The connection broke.", handshake(true, 0),
				"online: session=kept tls=TLS_AES_128_GCM_SHA256 resumed=yes at=80", "settled: id=3 reason=0 at=90", stats(0));
		this.received.put(1L, 1);
		this.received.put(2L, 1);
	}

	private Verdict verdict() {
		return new Verdict(PLAN, this.report, this.received, true, null);
	}

	private List<String> missing() {
		assertFalse(verdict().passed());
		return verdict().table().stream().filter(line -> !line.good()).map(Verdict.Line::what).collect(Collectors.toList());
	}

	@Test
	void passesWhenEverythingHappened() {
		live();
		assertTrue(verdict().passed(), () -> String.join("\n", verdict().lines()));
		assertEquals(14_083_320, this.report.handshakes().get(0).instructions());
		assertTrue(this.timeline.events().stream().noneMatch(event -> event.kind().equals("error")), "what a cut network does is no error");
	}

	@Test
	void seesAValueThatIsLost() {
		live();
		this.received.remove(2L);
		assertEquals(List.of("values settled, none lost"), missing());
	}

	@Test
	void seesAValueThatIsNotSettled() {
		live();
		say("value: n=3 id=4 at=95");
		assertEquals(List.of("values settled, none lost"), missing());
	}

	@Test
	void seesAValueThatComesTwiceUnlessTheCutExcusesIt() {
		live();
		this.received.put(2L, 2);
		assertTrue(verdict().passed(), "value 2 was on its way");
		this.received.put(1L, 2);
		assertEquals(List.of("none double"), missing());
	}

	@Test
	void seesAByteAllocated() {
		live();
		say(stats(8));
		assertEquals(List.of("allocated since start"), missing());
	}

	@Test
	void seesABrokerThatWasNotVerified() {
		say(handshake(false, -1));
		assertTrue(missing().contains("broker verified"));
	}

	@Test
	void seesASecondFullHandshake() {
		live();
		say("offline: code=144 at=100", handshake(false, 0));
		assertEquals(List.of("resumed after the cut"), missing());
	}

	@Test
	void countsErrorsOnTheWayToTheBroker() {
		say("error: broker UNKNOWN_CA (106): No.", "error: broker UNKNOWN_CA (106): No.", "error: time E_SNTP_SILENT (180): No.");
		assertEquals(2, this.report.brokerErrors());
		assertEquals(2, this.timeline.events().stream().filter(Event::told).count(), "what is said twice is told once");
	}

	@Test
	void aStoryThatEndedEarlyIsNoSuccess() {
		live();
		assertFalse(new Verdict(PLAN, this.report, this.received, true, "The board did not come back.").passed());
		assertFalse(new Verdict(PLAN, null, this.received, false, null).passed());
	}
}
