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
import dev.thimble.crypto.HmacDrbg;
import dev.thimble.crypto.KeyAgreement;
import dev.thimble.crypto.Sha256;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.Protocol;
import dev.thimble.x509.TrustAnchors;

/**
 * The firmware behind {@link Connect}: a console with a TLS client. Every command ends with a line {@code done CODE}, where 0 is success, and an error
 * has a line {@code error: ...} before it. Nothing a server or
 * the line does ends the shell or keeps it for longer than a time limit.
 *
 * <p>Memory is allocated at start, and when trust anchors or record sizes change; connections need none.
 */
final class Shell {

	private static final int HANDSHAKE_SECONDS = 30;
	private static final int CLOSE_MILLIS = 5000;
	private static final int SEND_MILLIS = 10000;
	private static final int HTTPS = 443;
	private static final int MAX_PORT = 65535;
	/** A board's watchdog wants to be fed in this time at least; resting does that. */
	private static final int REST_MILLIS = 250;
	/** What a hash unit takes besides: its inputs are gathered. */
	private static final int HASH_UNIT_LENGTH = 4 * 1024;
	/** What an engine with an identity takes besides: the signer, and copies of certificates and key. */
	private static final int IDENTITY_LENGTH = 4 * 1024;

	private final Profile profile;
	private final BoardSystem system = new BoardSystem();
	private final BoardClock clock = new BoardClock();
	private final Console console = new Console();
	private final CommandLine line = new CommandLine(this.console);
	private final Printer printer = new Printer(this.console);
	private final DeviceTime time = new DeviceTime(this.clock);
	private final Trng trng = new Trng();
	private final AesUnit aesUnit = new AesUnit();
	private final HashUnit hashUnit = new HashUnit();
	private final WireLink wire = new WireLink(new Wire(), this.clock);
	private final NetworkLink network = new NetworkLink(new Network());
	private final HmacDrbg random;
	private final Base64Buffer anchors;
	/** These three are null in a firmware without them. */
	private final ClientIdentity identity = Features.identity();
	private final StoredSession session = Features.session();
	private final ConsoleKey key = Features.psk();
	private final byte[] name = new byte[255];
	private final byte[] host = new byte[255];
	private final byte[] lineEnd = { '\n' };

	private BoardCrypto crypto;
	/** Whether an engine has the primitives: a provider serves one. */
	private boolean cryptoTaken;
	private int aesState;
	/** The client, null until there are trust anchors. */
	private Client client;
	private int recordInLimit;
	private int recordOutLimit;
	/** Bytes of the heap that this object and what it holds take. */
	private final long occupied;
	/** Bytes allocated since the start of the device when the client was made. */
	private long constructed;
	private long restedAt;
	private int handshakes;

	/* What a connect command asks for. */
	private int nameLength;
	private int hostLength;
	private int port;
	private int wantedIn;
	private int wantedOut;
	private long patience;
	private Link link;

	Shell(Profile profile) {
		this.profile = profile;
		this.random = new HmacDrbg(new Sha256(), new ConditionedEntropy(new Sha256(), this.trng));
		this.anchors = new Base64Buffer(profile.anchorsLength, Failure.ANCHORS, Failure.ANCHORS_TOO_LONG);
		this.crypto = newCrypto();
		this.occupied = this.system.allocatedBytes();
	}

	private BoardCrypto newCrypto() {
		return new BoardCrypto(this.aesUnit, this.hashUnit, this.profile.newCrypto());
	}

	/** Runs for ever. */
	void run() {
		// The start-up tests of the generator: the boot line tells what they found.
		this.random.reseed();
		this.printer.boot(this.system, this.trng, this.crypto, this.hashUnit);
		this.printer.line("ready");
		for (;;) {
			boolean worked = this.client != null && this.client.running() && work();
			if (this.line.poll()) {
				this.printer.done(this.line.tooLong() ? Failure.LINE_TOO_LONG : execute());
			} else {
				rest(worked);
			}
		}
	}

	/** Drives the connection; the server may end it at any time. */
	private boolean work() {
		boolean worked = this.client.work();
		keepSession();
		if (this.client.closed()) {
			int failure = end();
			if (failure == Failure.NONE) {
				this.printer.line("closed: by the server");
			} else {
				this.printer.failure(failure);
			}
		}
		return worked;
	}

	/** A session is used once and received at any time: what is stored is never left behind. */
	private void keepSession() {
		if (this.session != null) {
			this.session.save();
		}
	}

	private int end() {
		int failure = this.client.finish();
		keepSession();
		if (this.crypto.aesState() != this.aesState) {
			this.printer.endLine();
			this.printer.units(this.crypto);
			// The next connection needs primitives without it.
			this.client = null;
		}
		return failure;
	}

	private void rest(boolean worked) {
		long now = this.clock.millis();
		if (!worked || now - this.restedAt >= REST_MILLIS) {
			this.system.idle();
			this.restedAt = now;
		}
	}

	private int execute() {
		CommandLine line = this.line;
		line.next();
		if (line.is("connect")) {
			return connect();
		}
		if (line.is("send")) {
			line.rest();
			return send(line.array(), line.wordOffset(), line.wordLength(), true);
		}
		if (line.is("fill")) {
			return fill();
		}
		if (line.is("update")) {
			return update();
		}
		if (line.is("close")) {
			return close();
		}
		if (line.is("stats")) {
			return stats();
		}
		if (line.is("time")) {
			long seconds = line.next() ? line.number() : -1;
			if (seconds < 0) {
				return Failure.USAGE;
			}
			this.time.set(seconds);
			return Failure.NONE;
		}
		if (line.is("anchors") || line.is("anchors+")) {
			return anchors(line.is("anchors"));
		}
		if (line.is("certificate") || line.is("certificate+") || line.is("key") || line.is("key+")) {
			return identity();
		}
		if (line.is("psk")) {
			return psk();
		}
		if (line.is("forget")) {
			return forget();
		}
		if (line.is("exit")) {
			this.system.exit(line.next() ? (int) line.number() : 0);
			return Failure.NONE;
		}
		return line.is("help") ? help() : Failure.USAGE;
	}

	private int help() {
		this.printer.line("time SECONDS                 the time, in seconds since 1970");
		this.printer.line("anchors BASE64               the trust anchors, a table of 'thimble anchors'; anchors+ BASE64 goes on with it");
		this.printer.line("certificate BASE64           the device's own certificates, DER, one behind the other; certificate+ BASE64 goes on");
		this.printer.line("key BASE64                   its private key, DER; key+ BASE64 goes on");
		this.printer.line("psk IDENTITY HEX             a pre-shared key; psk alone forgets it");
		this.printer.line("forget                       forgets the session the next connection would resume");
		this.printer.line("connect NAME [PORT] [at HOST] [rx BYTES] [tx BYTES] [timeout SECONDS] [wire|net]");
		this.printer.line("                             NAME is what the certificate has to be for; HOST, if not NAME, who is called");
		this.printer.line("send TEXT                    sends a line; fill BYTES sends so many letters and a line's end");
		this.printer.line("update                       new keys in both directions");
		this.printer.line("close                        ends the connection");
		this.printer.line("stats                        figures of the connection and the device");
		this.printer.line("exit [CODE]                  ends the emulator, resets the board");
		return Failure.NONE;
	}

	private int anchors(boolean first) {
		if (!this.line.next()) {
			return Failure.USAGE;
		}
		if (this.client != null && this.client.running()) {
			return Failure.CONNECTED_ALREADY;
		}
		this.client = null;
		if (first) {
			this.anchors.clear();
		}
		return this.anchors.add(this.line.array(), this.line.wordOffset(), this.line.wordLength());
	}

	/** Takes in a piece of the device's certificates or of its key; the next connection has an engine with them. */
	private int identity() {
		boolean isKey = this.line.is("key") || this.line.is("key+");
		boolean first = this.line.is("key") || this.line.is("certificate");
		if (!this.line.next()) {
			return Failure.USAGE;
		}
		if (this.identity == null) {
			return Failure.NOT_BUILT_IN;
		}
		if (this.client != null && this.client.running()) {
			return Failure.CONNECTED_ALREADY;
		}
		this.client = null;
		return isKey ? this.identity.key(this.line, first) : this.identity.certificates(this.line, first);
	}

	private int psk() {
		if (this.key == null) {
			return Failure.NOT_BUILT_IN;
		}
		if (this.client != null && this.client.running()) {
			return Failure.CONNECTED_ALREADY;
		}
		this.client = null;
		return this.key.read(this.line);
	}

	private int forget() {
		if (this.session == null) {
			return Failure.NOT_BUILT_IN;
		}
		if (this.client != null && this.client.running()) {
			return Failure.CONNECTED_ALREADY;
		}
		this.session.forget();
		return Failure.NONE;
	}

	private int connect() {
		if (this.client != null && this.client.running()) {
			return Failure.CONNECTED_ALREADY;
		}
		int failure = readTarget();
		if (failure == Failure.NONE) {
			failure = build();
		}
		if (failure != Failure.NONE) {
			return failure;
		}
		long begin = this.clock.millis();
		failure = open(begin);
		if (failure != Failure.NONE) {
			this.link.close();
			return failure;
		}
		// Fresh entropy for each connection: a generator that has died meanwhile is found out, and the engine refuses to start.
		this.random.reseed();
		this.client.start(this.link, this.name, 0, this.nameLength);
		while (!this.client.closed() && !this.client.engine().handshakeComplete()) {
			keepSession();
			rest(this.client.work());
			if (this.clock.millis() - begin > this.patience) {
				this.client.fail(Failure.TIMEOUT);
			}
		}
		if (this.client.closed()) {
			failure = end();
			return failure == Failure.NONE ? Failure.LINK_LOST : failure;
		}
		this.handshakes++;
		this.printer.connected(this.client.engine(), this.clock.millis() - begin, this.client.steps());
		return Failure.NONE;
	}

	private int readTarget() {
		CommandLine line = this.line;
		if (!line.next() || line.wordLength() > this.name.length) {
			return Failure.USAGE;
		}
		this.nameLength = line.wordLength();
		System.arraycopy(line.array(), line.wordOffset(), this.name, 0, this.nameLength);
		System.arraycopy(this.name, 0, this.host, 0, this.nameLength);
		this.hostLength = this.nameLength;
		this.port = HTTPS;
		this.wantedIn = this.profile.recordInLimit;
		this.wantedOut = this.profile.recordOutLimit;
		this.patience = HANDSHAKE_SECONDS * 1000L;
		this.link = this.network.available() ? this.network : this.wire;
		boolean available = this.network.available() || this.wire.available();
		while (line.next()) {
			long number = line.number();
			if (number > 0 && number <= MAX_PORT && line.wordLength() <= 5) {
				this.port = (int) number;
			} else if (line.is("wire")) {
				this.link = this.wire;
				available = this.wire.available();
			} else if (line.is("net")) {
				this.link = this.network;
				available = this.network.available();
			} else {
				int failure = readOption();
				if (failure != Failure.NONE) {
					return failure;
				}
			}
		}
		return available ? Failure.NONE : Failure.NO_LINK;
	}

	/** Reads an option that is followed by a value. */
	private int readOption() {
		CommandLine line = this.line;
		if (line.is("at")) {
			if (!line.next() || line.wordLength() > this.host.length) {
				return Failure.USAGE;
			}
			this.hostLength = line.wordLength();
			System.arraycopy(line.array(), line.wordOffset(), this.host, 0, this.hostLength);
			return Failure.NONE;
		}
		boolean in = line.is("rx");
		boolean timeout = line.is("timeout");
		if (!in && !timeout && !line.is("tx")) {
			return Failure.USAGE;
		}
		long number = line.next() ? line.number() : -1;
		if (timeout) {
			this.patience = 1000 * number;
			return number > 0 ? Failure.NONE : Failure.USAGE;
		}
		if (number < 0) {
			return Failure.USAGE;
		}
		if (number < EngineConfig.MIN_RECORD_LIMIT || number > EngineConfig.MAX_RECORD_LIMIT) {
			return Failure.SIZES;
		}
		if (in) {
			this.wantedIn = (int) number;
		} else {
			this.wantedOut = (int) number;
		}
		return Failure.NONE;
	}

	/** Makes the client, unless there is one that serves. */
	private int build() {
		if (this.client != null && this.wantedIn == this.recordInLimit && this.wantedOut == this.recordOutLimit) {
			return Failure.NONE;
		}
		boolean sharedKey = this.key != null && this.key.given();
		if (this.anchors.length() == 0 && !sharedKey) {
			return Features.tls13() == null && Features.tls12() == null ? Failure.NO_PSK : Failure.NO_ANCHORS;
		}
		if (!fits()) {
			return Failure.NO_MEMORY;
		}
		if (this.cryptoTaken) {
			// The old engine has to be garbage before there is room for a new one.
			this.client = null;
			this.crypto = null;
			this.crypto = newCrypto();
			this.cryptoTaken = false;
			this.printer.units(this.crypto);
		}
		this.cryptoTaken = true;
		int failure = makeClient();
		if (failure != Failure.NONE) {
			return failure;
		}
		this.aesState = this.crypto.aesState();
		this.recordInLimit = this.wantedIn;
		this.recordOutLimit = this.wantedOut;
		this.handshakes = 0;
		this.constructed = this.system.allocatedBytes();
		return Failure.NONE;
	}

	private int makeClient() {
		EngineConfig config;
		try {
			TrustAnchors roots = this.anchors.length() == 0 ? null : Features.certificates(this.anchors.array());
			config = new EngineConfig(this.crypto, this.random, roots, this.time, protocols(roots == null));
		} catch (IllegalArgumentException e) {
			return Failure.ANCHORS;
		}
		config.recordInLimit(this.wantedIn).recordOutLimit(this.wantedOut);
		if (this.identity != null) {
			try {
				this.identity.configure(config, this.crypto);
			} catch (IllegalArgumentException e) {
				return Failure.IDENTITY;
			}
		}
		if (this.session != null) {
			this.session.configure(config);
		}
		if (this.key != null) {
			this.key.configure(config);
		}
		// Without curves there is no key agreement.
		config.pskOnly(this.crypto.newKeyAgreement(KeyAgreement.X25519) == null);
		this.client = new Client(config, this.crypto.aesState() == BoardCrypto.USED, this.clock, this.printer);
		return Failure.NONE;
	}

	/** Gets what this firmware speaks, the newer version first; without trusted roots pre-shared keys only. */
	private static Protocol[] protocols(boolean sharedKeyOnly) {
		Protocol withoutCertificates = sharedKeyOnly ? Features.pskClient() : null;
		if (withoutCertificates != null) {
			return new Protocol[] { withoutCertificates };
		}
		Protocol newer = Features.tls13();
		Protocol older = Features.tls12();
		if (newer == null || older == null) {
			return new Protocol[] { newer == null ? older : newer };
		}
		return new Protocol[] { newer, older };
	}

	/** Tells whether a client of the wanted sizes fits the heap; a device whose heap is exhausted has to start again. */
	private boolean fits() {
		int heap = this.system.heapSize();
		long needed = this.occupied + this.profile.engineLength + this.wantedIn + this.wantedOut
				+ (this.hashUnit.algorithms() == 0 ? 0 : HASH_UNIT_LENGTH) + (this.identity == null ? 0 : IDENTITY_LENGTH);
		return heap == 0 || needed <= heap;
	}

	private int open(long begin) {
		this.link.open(this.host, 0, this.hostLength, this.port);
		int state = this.link.poll();
		while (state == Link.OPENING) {
			if (this.clock.millis() - begin > this.patience) {
				return Failure.TIMEOUT;
			}
			rest(false);
			state = this.link.poll();
		}
		return state < 0 ? state : Failure.NONE;
	}

	/** Sends a line, or only its part that has none. */
	private int send(byte[] data, int offset, int length, boolean endLine) {
		if (!running()) {
			return Failure.NOT_CONNECTED;
		}
		long begin = this.clock.millis();
		int sent = 0;
		boolean ended = !endLine;
		while (sent < length || !ended || !this.client.sentAll()) {
			boolean worked = this.client.work();
			if (sent < length) {
				sent += this.client.write(data, offset + sent, length - sent);
			} else if (!ended) {
				ended = this.client.write(this.lineEnd, 0, 1) == 1;
			}
			if (endLine && ended) {
				this.client.engine().flush();
			}
			rest(worked);
			if (this.clock.millis() - begin > SEND_MILLIS) {
				this.client.fail(Failure.TIMEOUT);
			}
			if (this.client.closed()) {
				int failure = end();
				return failure == Failure.NONE ? Failure.NOT_CONNECTED : failure;
			}
		}
		return Failure.NONE;
	}

	/** Sends many letters, so that records are full. */
	private int fill() {
		long count = this.line.next() ? this.line.number() : -1;
		if (count < 0) {
			return Failure.USAGE;
		}
		byte[] letters = this.line.array();
		for (int i = 0; i < 26; i++) {
			letters[i] = (byte) ('a' + i);
		}
		int failure = Failure.NONE;
		for (long left = count; left > 0 && failure == Failure.NONE; left -= 26) {
			failure = send(letters, 0, (int) Math.min(left, 26), false);
		}
		return failure == Failure.NONE ? send(letters, 0, 0, true) : failure;
	}

	private boolean running() {
		return this.client != null && this.client.running() && this.client.engine().handshakeComplete();
	}

	private int update() {
		if (!running() || !this.client.engine().keyUpdate(true)) {
			return Failure.NOT_CONNECTED;
		}
		return send(this.name, 0, 0, false);
	}

	private int close() {
		if (this.client == null || !this.client.running()) {
			return Failure.NOT_CONNECTED;
		}
		long begin = this.clock.millis();
		this.client.engine().shutdown();
		while (!this.client.closed()) {
			rest(this.client.work());
			if (this.clock.millis() - begin > CLOSE_MILLIS) {
				this.client.fail(Failure.TIMEOUT);
			}
		}
		int failure = end();
		if (failure == Failure.NONE) {
			this.printer.line("closed: by both sides");
		}
		return failure;
	}

	private int stats() {
		if (this.client == null) {
			return Failure.NOT_CONNECTED;
		}
		this.printer.endLine();
		this.printer.stats(this.client, this.system, this.aesUnit, this.hashUnit, this.constructed, this.handshakes);
		return Failure.NONE;
	}
}
