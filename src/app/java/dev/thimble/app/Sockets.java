/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import dev.thimble.board.AesUnit;
import dev.thimble.board.BoardClock;
import dev.thimble.board.BoardSystem;
import dev.thimble.board.Console;
import dev.thimble.board.HashUnit;
import dev.thimble.board.Network;
import dev.thimble.board.Trng;
import dev.thimble.board.Wire;
import dev.thimble.crypto.BoardCrypto;
import dev.thimble.crypto.ConditionedEntropy;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.HmacDrbg;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.Sha256;
import dev.thimble.net.BoardNetwork;
import dev.thimble.net.BoardTimer;
import dev.thimble.net.Credentials;
import dev.thimble.net.CryptoFactory;
import dev.thimble.net.EnginePool;
import dev.thimble.net.Modem;
import dev.thimble.net.ModemTransport;
import dev.thimble.net.NetError;
import dev.thimble.net.SecureContext;
import dev.thimble.net.SecureSocket;
import dev.thimble.net.WireLine;
import dev.thimble.net.WireTransport;
import dev.thimble.tls.Tls13Client;

/**
 * The firmware that shows sockets: the same exchange over the wire, a modem, or the board's own network, plain or with TLS of either's making, and
 * several secure sockets in one loop. Built with a server's role, it serves as well. Every command ends with a line {@code done CODE}, where 0 is
 * success.
 */
public final class Sockets implements CryptoFactory {

	/** The security tag of the roots that come over the console, and of the modem's own CA certificate. */
	private static final int ROOTS = 1;
	private static final int MODEM_ROOTS = 2;

	private static final int ANCHORS_LENGTH = 2048;
	private static final int RECORD_IN = 2048;
	private static final int RECORD_OUT = 512;
	/** An engine with elliptic curves, its records, a socket and its transport: so many go into a heap beside the rest. */
	private static final int HEAP_A_SOCKET = 14 * 1024;
	private static final int MAX_SOCKETS = 3;
	private static final int PATIENCE = 60000;

	private final BoardSystem system = new BoardSystem();
	private final BoardClock clock = new BoardClock();
	private final Console console = new Console();
	private final CommandLine line = new CommandLine(this.console);
	private final DeviceTime time = new DeviceTime(this.clock);
	private final AesUnit aesUnit = new AesUnit();
	private final HashUnit hashUnit = new HashUnit();
	private final Base64Buffer anchors = new Base64Buffer(ANCHORS_LENGTH, Failure.ANCHORS, Failure.ANCHORS_TOO_LONG);
	private final BoardTimer timer = new BoardTimer();
	private final Credentials credentials = new Credentials(4);
	private final EnginePool pool;
	private final SecureContext context;
	private final WireLine wire = new WireLine(new Wire(), this.system);
	private final SecureSocket overWire;
	private final SecureSocket overModem;
	private final SocketLoop loop;
	private final Network stack = new Network();
	private final SocketServer server;
	private final byte[] host = new byte[64];
	private final byte[] answer = new byte[128];
	private int hostLength;
	private int patience = PATIENCE;

	private Sockets() {
		HmacDrbg random = new HmacDrbg(new Sha256(), new ConditionedEntropy(new Sha256(), new Trng()));
		int heap = this.system.heapSize();
		int sockets = heap == 0 ? MAX_SOCKETS : Math.max(1, Math.min(MAX_SOCKETS, heap / HEAP_A_SOCKET - 1));
		this.pool = new EnginePool(sockets, this, random, this.time, new Tls13Client()).recordLimits(RECORD_IN, RECORD_OUT);
		this.context = new SecureContext(this.timer, this.credentials, this.pool);
		this.overWire = new SecureSocket(this.context, new WireTransport(this.wire, this.timer)).securityTags(ROOTS);
		this.overModem = new SecureSocket(this.context, new ModemTransport(new Modem(this.wire, this.timer), RECORD_IN, RECORD_OUT))
				.securityTags(ROOTS, MODEM_ROOTS);
		BoardNetwork network = new BoardNetwork(this.stack, this.system);
		this.loop = network.available() ? new SocketLoop(this.context, network, sockets, ROOTS, this.clock) : null;
		this.server = network.available() ? Features.server() : null;
		if (this.server != null) {
			this.server.join(this.context, this.pool, network, this.timer);
		}
		this.credentials.addReference(MODEM_ROOTS, Credentials.CA_CERTIFICATE, 0);
	}

	/**
	 * Runs the firmware; it never returns.
	 *
	 * @param args
	 *            not looked at.
	 */
	public static void main(String[] args) {
		new Sockets().run();
	}

	@Override
	public CryptoProvider newCrypto() {
		return new BoardCrypto(this.aesUnit, this.hashUnit, new PortableEcCrypto());
	}

	private void run() {
		this.console.print("boot: ").printText(this.answer, 0, this.system.name(this.answer)).print(", heap ").print(this.system.allocatedBytes())
				.print(" of ").print(this.system.heapSize()).println(" bytes");
		this.console.println("ready");
		while (true) {
			if (this.line.poll()) {
				int result = execute();
				if (result != NetError.NONE) {
					this.console.print("error: ").print(result < 0 ? Failure.name(result) : NetError.name(result)).print(" (").print(result).print("): ")
							.println(result < 0 ? Failure.text(result) : NetError.text(result));
				}
				this.console.print("done ").print(result).println();
			} else {
				this.system.idle();
			}
		}
	}

	private int execute() {
		CommandLine words = this.line;
		words.next();
		if (words.is("time")) {
			long seconds = words.next() ? words.number() : -1;
			this.time.set(seconds);
			return seconds < 0 ? Failure.USAGE : Failure.NONE;
		}
		if (words.is("anchors") || words.is("anchors+")) {
			return roots(words.is("anchors"));
		}
		if (words.is("net")) {
			return net();
		}
		if (words.is("patience")) {
			return patience();
		}
		if (words.is("echo") || words.is("flow")) {
			boolean flow = words.is("flow");
			return words.next() ? connect(flow) : Failure.USAGE;
		}
		if (words.is("poll")) {
			return words.next() ? poll() : Failure.USAGE;
		}
		if (words.is("stats")) {
			return stats();
		}
		if (words.is("exit")) {
			this.system.exit(0);
		}
		return serve();
	}

	/** {@code certificate BASE64}, {@code key BASE64}, both also with a plus sign for further pieces; {@code serve PORT CLIENTS}. */
	private int serve() {
		CommandLine words = this.line;
		boolean more = words.is("certificate+") || words.is("key+");
		boolean certificate = words.is("certificate") || words.is("certificate+");
		if (!certificate && !more && !words.is("key") && !words.is("serve")) {
			return Failure.USAGE;
		}
		if (this.server == null) {
			return this.loop == null ? Failure.NO_LINK : Failure.NOT_BUILT_IN;
		}
		if (words.is("serve")) {
			int port = words.next() ? (int) words.number() : -1;
			int clients = words.next() ? (int) words.number() : -1;
			return port < 1 || clients < 1 ? Failure.USAGE : this.server.serve(port, clients, this.patience, this.console, this.system);
		}
		if (!words.next()) {
			return Failure.USAGE;
		}
		return certificate ? this.server.certificates(words, !more) : this.server.key(words, !more);
	}

	/** {@code net}: waits for an address, and shows what the network gives. */
	private int net() {
		if (this.loop == null) {
			return Failure.NO_LINK;
		}
		long end = this.timer.millis() + this.patience;
		int up = this.stack.poll();
		while (up <= 0) {
			if (this.timer.millis() > end) {
				return NetError.NO_NETWORK;
			}
			this.system.idle();
			up = this.stack.poll();
		}
		this.console.print("net:");
		printAddress(" address=", this.stack.address());
		printAddress(" mask=", this.stack.subnetMask());
		printAddress(" gateway=", this.stack.gateway());
		printAddress(" dns=", this.stack.nameServer());
		this.console.println();
		return NetError.NONE;
	}

	private void printAddress(String what, int address) {
		this.console.print(what);
		for (int shift = 24; shift >= 0; shift -= 8) {
			this.console.print(address >> shift & 0xff).print(shift == 0 ? "" : ".");
		}
	}

	/** {@code patience SECONDS}: how long anything may take, a minute at first. */
	private int patience() {
		long seconds = this.line.next() ? this.line.number() : -1;
		if (seconds < 1 || seconds > 3600) {
			return Failure.USAGE;
		}
		this.patience = (int) seconds * 1000;
		return Failure.NONE;
	}

	private int roots(boolean first) {
		if (first) {
			this.anchors.clear();
			this.credentials.delete(ROOTS, Credentials.CA_CERTIFICATE);
		}
		int failure = this.line.next() ? this.anchors.add(this.line.array(), this.line.wordOffset(), this.line.wordLength()) : Failure.USAGE;
		if (failure == Failure.NONE && this.credentials.get(ROOTS, Credentials.CA_CERTIFICATE) == null) {
			return this.credentials.add(ROOTS, Credentials.CA_CERTIFICATE, this.anchors.array());
		}
		return failure;
	}

	/**
	 * {@code echo wire|modem|net plain|tls|offload HOST PORT TEXT}: sends a line and shows what comes back. {@code flow} with a number of bytes
	 * for TEXT sends so many letters, which must come back.
	 */
	private int connect(boolean flow) {
		CommandLine words = this.line;
		SecureSocket socket = null;
		if (words.is("wire")) {
			socket = this.overWire;
		} else if (words.is("modem")) {
			socket = this.overModem;
		} else if (words.is("net") && this.loop != null) {
			socket = this.loop.socket(0);
		}
		if (socket == null || !words.next()) {
			return socket == null ? Failure.NO_LINK : Failure.USAGE;
		}
		boolean plain = words.is("plain");
		socket.secure(!plain).offload(words.is("offload"));
		int port = target();
		if (port < 0) {
			return Failure.USAGE;
		}
		socket.blocking(true).connectTimeout(this.patience).handshakeTimeout(this.patience);
		socket.sendTimeout(this.patience).receiveTimeout(this.patience);
		long allocated = this.system.allocatedBytes();
		int result = flow ? flow(socket, port) : exchange(socket, port);
		this.console.print(flow ? "flow" : "echo").print(": version=").print(socket.version()).print(" suite=").print(socket.cipherSuite())
				.print(" verified=").print(socket.verifyResult()).print(" allocated=").print(this.system.allocatedBytes() - allocated).println();
		return result;
	}

	/** Reads HOST and PORT; gives the port, -1 if there is none. */
	private int target() {
		CommandLine words = this.line;
		if (!words.next() || words.wordLength() > this.host.length) {
			return -1;
		}
		this.hostLength = words.wordLength();
		System.arraycopy(words.array(), words.wordOffset(), this.host, 0, this.hostLength);
		return words.next() ? (int) words.number() : -1;
	}

	private int exchange(SecureSocket socket, int port) {
		CommandLine words = this.line;
		words.rest();
		if (socket.connect(this.host, 0, this.hostLength, port) != 0) {
			return socket.error();
		}
		int length = Math.min(words.wordLength(), this.answer.length);
		int result = thereAndBack(socket, words.array(), words.wordOffset(), length);
		socket.close();
		this.console.print("answer: ").printText(this.answer, 0, result == NetError.NONE ? length : 0).println();
		return result;
	}

	private int flow(SecureSocket socket, int port) {
		long bytes = this.line.next() ? this.line.number() : -1;
		if (bytes < 0) {
			return Failure.USAGE;
		}
		if (socket.connect(this.host, 0, this.hostLength, port) != 0) {
			return socket.error();
		}
		byte[] letters = this.line.array();
		int result = NetError.NONE;
		while (result == NetError.NONE && bytes > 0) {
			int length = (int) Math.min(bytes, this.answer.length);
			for (int i = 0; i < length; i++) {
				letters[i] = (byte) ('a' + (bytes + i) % 26);
			}
			result = thereAndBack(socket, letters, 0, length);
			for (int i = 0; i < length && result == NetError.NONE; i++) {
				result = letters[i] == this.answer[i] ? NetError.NONE : NetError.LINK_LOST;
			}
			bytes -= length;
		}
		socket.close();
		return result;
	}

	/** Sends bytes, and takes as many back; gives what has gone wrong. */
	private int thereAndBack(SecureSocket socket, byte[] data, int offset, int length) {
		int count = socket.send(data, offset, length);
		if (count >= 0 && count < length || count == SecureSocket.WOULD_BLOCK) {
			return NetError.SEND_TIMEOUT;
		}
		int done = 0;
		while (count > 0 && done < length) {
			count = socket.receive(this.answer, done, length - done);
			done += Math.max(0, count);
		}
		return count == SecureSocket.FAILED ? socket.error() : count == SecureSocket.WOULD_BLOCK ? NetError.RECEIVE_TIMEOUT
				: count == SecureSocket.END ? NetError.LINK_LOST : NetError.NONE;
	}

	/** {@code poll HOST PORT BYTES}: as many secure sockets as there are engines, in one loop. */
	private int poll() {
		if (this.loop == null) {
			return Failure.NO_LINK;
		}
		CommandLine words = this.line;
		if (words.wordLength() > this.host.length) {
			return Failure.USAGE;
		}
		this.hostLength = words.wordLength();
		System.arraycopy(words.array(), words.wordOffset(), this.host, 0, this.hostLength);
		int port = words.next() ? (int) words.number() : -1;
		int bytes = words.next() ? (int) words.number() : -1;
		if (port < 0 || bytes < 0) {
			return Failure.USAGE;
		}
		long allocated = this.system.allocatedBytes();
		int result = this.loop.run(this.host, this.hostLength, port, bytes);
		this.console.print("poll: sockets=").print(this.pool.size()).print(" turns=").print(this.loop.turns()).print(" longest=")
				.print(this.loop.longestTicks()).print(" ticks at=").print(this.loop.longestTurn())
				.print(" allocated=").print(this.system.allocatedBytes() - allocated).println();
		return result;
	}

	private int stats() {
		this.console.print("stats: connections=").print(this.context.stats().connections()).print(" handshakes=")
				.print(this.context.stats().handshakes()).print(" offloaded=").print(this.context.stats().offloaded()).print(" unverified=")
				.print(this.context.stats().unverified()).print(" failures=").print(this.context.stats().failures())
				.print(" engines=").print(this.pool.size()).print(" free=").print(this.pool.free()).print(" built=").print(this.pool.built())
				.print(" heap=").print(this.system.allocatedBytes()).print(" stack=").print(this.system.stackHighWater()).println();
		return NetError.NONE;
	}
}
