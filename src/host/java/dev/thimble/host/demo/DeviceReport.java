/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.thimble.host.Parameters;
import dev.thimble.tls.SignatureScheme;

/** Understands what the firmware says on its console, tells it in words, and remembers what the verdict will depend on. */
final class DeviceReport {

	/** A handshake as the board measured it. */
	record Handshake(boolean resumed, String suite, String group, String signature, boolean verified, long bytesIn, long bytesOut, long millis,
			long instructions, long at) {
	}

	/** Memory at a moment, in bytes. */
	record Memory(long at, long heap, long stack) {
	}

	/** An instruction of an emulated board takes a nanosecond, see {@link dev.thimble.host.device.QemuOptions}. */
	private static final long NANOS = 1_000_000_000L;
	private static final String BROKER_ERROR = "error: broker ";
	private static final int TLS_1_3 = 0x0304;

	private final Timeline timeline;
	private final Proof proof;
	private final ImageSize image;
	private boolean ready;
	private boolean healthy;
	private boolean addressed;
	private boolean timeTrusted;
	private int online;
	private int offline;
	/** How often the network was cut on purpose. */
	private int cuts;
	private long configured = -1;
	private long heapSize;
	private long allocated = -1;
	private long seen;
	private long boardTime;
	private int brokerErrors;
	private String brokerError = "";
	private final List<Handshake> handshakes = new ArrayList<>();
	private final List<Memory> memory = new ArrayList<>();
	private final List<String> errors = new ArrayList<>();
	/** Values by the number of their packet, as long as they are not settled. */
	private final Map<Long, Long> underWay = new HashMap<>();
	private final Map<Long, Long> publishedAt = new HashMap<>();
	private final Set<Long> settled = new HashSet<>();
	/** Values that were on their way when the network was cut: QoS 1 lets them arrive twice. */
	private final Set<Long> cutOff = new HashSet<>();

	DeviceReport(Timeline timeline, Proof proof, ImageSize image) {
		this.timeline = timeline;
		this.proof = proof;
		this.image = image;
	}

	/** Takes a line. */
	void line(String text) {
		ConsoleLine line = new ConsoleLine(text);
		synchronized (this.timeline) {
			this.seen++;
			this.boardTime = Math.max(this.boardTime, line.number("at"));
			switch (line.word()) {
			case "boot" -> boot(line);
			case "entropy" -> entropy(line);
			case "ready" -> this.ready = true;
			case "address" -> {
				this.addressed = true;
				tell(line, "address", "DHCP gave the board " + line.text("ip") + " (lwIP on the board, QEMU's network)", "ip", line.text("ip"));
			}
			case "time" -> time(line);
			case "handshake" -> handshake(line);
			case "online" -> online(line);
			case "offline" -> offline(line);
			case "value" -> value(line);
			case "settled" -> settled(line);
			case "configuration" -> {
				this.configured = line.number("interval");
				tell(line, "configuration", "the board applies it: a value every " + seconds(this.configured), "interval", this.configured);
			}
			case "stats" -> stats(line);
			case "error" -> {
				String kind = this.offline > this.cuts || this.cuts == 0 ? "error" : "reason";
				String sentence = text.substring(text.indexOf(':') + 1).trim();
				// What is said again and again is told once.
				if (this.errors.contains(text)) {
					this.timeline.note(kind, -1, sentence);
				} else {
					tell(line, kind, sentence);
				}
				this.errors.add(text);
				if (text.startsWith(BROKER_ERROR) && kind.equals("error")) {
					this.brokerErrors++;
					this.brokerError = sentence;
				}
			}
			default -> {
				// A word of a newer firmware.
			}
			}
			this.timeline.changed();
		}
	}

	static String seconds(long seconds) {
		return seconds == 1 ? "second" : seconds + " seconds";
	}

	private void tell(ConsoleLine line, String kind, String sentence, Object... figures) {
		this.timeline.tell(kind, line.number("at"), sentence, figures);
	}

	private static String kilobytes(long bytes) {
		return String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0);
	}

	private static String bytes(long bytes) {
		return String.format(Locale.ROOT, "%,d", bytes);
	}

	private void boot(ConsoleLine line) {
		this.heapSize = line.number("of");
		tell(line, "boot",
				line.text("board") + ": firmware " + kilobytes(this.image.flash()) + " of " + this.image.flashSize() / 1024 + " KB flash, "
						+ kilobytes(this.image.ram()) + " of " + this.image.ramSize() / 1024 + " KB RAM, in it a Java heap of " + bytes(this.heapSize)
						+ " bytes, " + bytes(line.number("heap")) + " taken at start",
				"board", line.text("board"), "flash", this.image.flash(), "flash_size", this.image.flashSize(), "ram", this.image.ram(), "ram_size",
				this.image.ramSize(), "heap", line.number("heap"), "heap_size", this.heapSize);
	}

	private void entropy(ConsoleLine line) {
		this.healthy = line.text("health").equals("healthy");
		String source = line.text("source").equals("trng") ? "the board's TRNG" : line.text("source").equals("emulator-host")
				? "the emulator's host (this board has no TRNG)" : "nowhere";
		tell(line, "entropy", "from " + source + (this.healthy ? ", healthy: start-up and continuous tests of SP 800-90B passed"
				: ": FAILED its health tests, code " + line.number("code")), "source", line.text("source"), "healthy", this.healthy);
	}

	private void time(ConsoleLine line) {
		long offset = System.currentTimeMillis() / 1000 - line.number("seconds");
		this.timeTrusted = true;
		tell(line, "time", "trusted, from " + line.text("server") + " by SNTP; round trip " + line.number("round-trip") + " ms, " + (Math.abs(offset) <= 1
				? "no more than a second" : offset + " s") + " from this computer's clock", "server", line.text("server"), "round_trip_ms",
				line.number("round-trip"), "seconds", line.number("seconds"), "offset_s", offset);
	}

	private void handshake(ConsoleLine line) {
		boolean resumed = line.text("resumed").equals("yes");
		boolean certificates = this.proof != Proof.PSK && !resumed;
		String version = line.number("version") == TLS_1_3 ? "TLS 1.3" : line.number("version") == 0x0303 ? "TLS 1.2" : "none";
		String group = Parameters.groupName((int) line.number("group"));
		String signature = certificates ? SignatureScheme.name((int) line.number("signature")) : "none";
		Handshake handshake = new Handshake(resumed, line.text("suite"), group, signature, line.number("verified") == 0, line.number("in"),
				line.number("out"), line.number("millis"), line.number("ticks") * (NANOS / Math.max(1, line.number("hertz"))), line.number("at"));
		this.handshakes.add(handshake);
		StringBuilder text = new StringBuilder(version).append(", ").append(handshake.suite());
		text.append(group.equals("none") ? ", no key agreement" : ", " + group);
		if (this.proof == Proof.PSK) {
			text.append(", both sides by their shared key");
		} else if (resumed) {
			text.append(", session resumed");
		} else {
			text.append(", broker's certificate ECDSA P-256 verified (").append(signature).append(')');
			text.append(this.proof == Proof.CERTIFICATE ? ", the board's own ECDSA P-256" : "");
		}
		text.append("; ").append(bytes(handshake.bytesIn())).append(" bytes in, ").append(bytes(handshake.bytesOut())).append(" out; ")
				.append(handshake.millis()).append(" ms, ").append(millions(handshake.instructions())).append(" instructions");
		tell(line, "handshake", text.toString(), "version", version, "suite", handshake.suite(), "group", group, "signature", signature, "verified",
				handshake.verified(), "resumed", resumed, "bytes_in", handshake.bytesIn(), "bytes_out", handshake.bytesOut(), "millis", handshake.millis(),
				"instructions", handshake.instructions());
	}

	static String millions(long instructions) {
		return String.format(Locale.ROOT, "%.2f million", instructions / 1e6);
	}

	private void online(ConsoleLine line) {
		this.online++;
		boolean kept = line.text("session").equals("kept");
		tell(line, "online", "MQTT connection accepted, " + (kept ? "the broker kept the session" : "a new session"), "session", line.text("session"));
	}

	private void offline(ConsoleLine line) {
		this.offline++;
		this.cutOff.addAll(this.underWay.values());
		tell(line, "offline", "the board has lost the connection (code " + line.number("code") + ") and will come back", "code", line.number("code"));
	}

	private void value(ConsoleLine line) {
		long number = line.number("n");
		this.underWay.put(line.number("id"), number);
		this.publishedAt.put(number, line.number("at"));
		this.timeline.note("published", line.number("at"), "value " + number, "n", number, "packet", line.number("id"));
	}

	private void settled(ConsoleLine line) {
		Long number = this.underWay.remove(line.number("id"));
		if (number != null) {
			this.settled.add(number);
			this.timeline.note("settled", line.number("at"), "value " + number, "n", number, "millis", line.number("at") - this.publishedAt.get(number));
		}
	}

	private void stats(ConsoleLine line) {
		this.allocated = line.number("allocated");
		Memory now = new Memory(line.number("at"), line.number("constructed") + this.allocated, line.number("stack"));
		this.memory.add(now);
		this.timeline.note("memory", now.at(), "heap " + bytes(now.heap()) + " bytes, stack " + bytes(now.stack()), "heap", now.heap(), "allocated",
				this.allocated, "stack", now.stack());
	}

	// To be asked while holding the timeline, or from a condition that waits there.

	boolean ready() {
		return this.ready;
	}

	boolean healthy() {
		return this.healthy;
	}

	boolean addressed() {
		return this.addressed;
	}

	boolean timeTrusted() {
		return this.timeTrusted;
	}

	int timesOnline() {
		return this.online;
	}

	int timesOffline() {
		return this.offline;
	}

	/** Gets how often the way to the broker failed that nobody had cut. */
	int brokerErrors() {
		return this.brokerErrors;
	}

	/** Gets the board's own words for the last of them. */
	String brokerError() {
		return this.brokerError;
	}

	/** Gets the seconds between values the board was last told; -1: nothing. */
	long configured() {
		return this.configured;
	}

	long heapSize() {
		return this.heapSize;
	}

	/** Gets the bytes allocated since start; -1: not known. */
	long allocated() {
		return this.allocated;
	}

	/** Gets the latest time the board has told, in milliseconds since its reset. */
	long boardTime() {
		return this.boardTime;
	}

	List<Handshake> handshakes() {
		synchronized (this.timeline) {
			return List.copyOf(this.handshakes);
		}
	}

	List<Memory> memory() {
		synchronized (this.timeline) {
			return List.copyOf(this.memory);
		}
	}

	List<String> errors() {
		synchronized (this.timeline) {
			return List.copyOf(this.errors);
		}
	}

	Set<Long> settled() {
		synchronized (this.timeline) {
			return Set.copyOf(this.settled);
		}
	}

	int published() {
		synchronized (this.timeline) {
			return this.publishedAt.size();
		}
	}

	/** The network is about to be cut: what the board complains of then is no surprise. */
	void cut() {
		synchronized (this.timeline) {
			this.cuts++;
		}
	}

	boolean allSettled() {
		return this.underWay.isEmpty();
	}

	boolean mayComeTwice(long number) {
		return this.cutOff.contains(number);
	}
}
