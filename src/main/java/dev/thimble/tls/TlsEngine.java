/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/**
 * One TLS connection, without I/O: bytes go in and out through four windows, work is done by {@link #step()}.
 *
 * <p>The constructor allocates all memory; {@link #start(String)} begins a connection as a client, {@link #accept()} one as a server; both can be
 * called again after {@link #CLOSED} for the next one. A caller's loop looks at {@link #state()}:
 * <ul>
 * <li>{@link #HAS_RECORD_OUT}: send from {@link #recordOutArray()}, then {@link #recordOutAck};</li>
 * <li>{@link #BUSY}: call {@link #step()};</li>
 * <li>{@link #HAS_APP_IN}: take received application data, then {@link #appInAck};</li>
 * <li>{@link #WANTS_APP_OUT}: application data may be put into the window, then {@link #appOutAck} and {@link #flush()};</li>
 * <li>{@link #WANTS_RECORD_IN}: bytes from the wire are needed; put them into the window, then {@link #recordInAck};</li>
 * <li>{@link #CLOSED}: look at {@link #error()}; 0 is a clean end.</li>
 * </ul>
 * Several flags can be set at once. A window is an array, an offset and a length; they are valid until the next call of a method that is not a
 * getter. The arrays belong to the engine. No method blocks, allocates, or throws for anything a peer can send.
 *
 * <p>An engine is used by one thread at a time.
 */
public final class TlsEngine {

	/** The connection has ended, or has not been started. */
	public static final int CLOSED = 1;
	/** The record-in window is open. */
	public static final int WANTS_RECORD_IN = 2;
	/** There are bytes to send. */
	public static final int HAS_RECORD_OUT = 4;
	/** The application-out window is open: the handshake is complete, or early data was allowed. */
	public static final int WANTS_APP_OUT = 8;
	/** There are verified bytes for the application. */
	public static final int HAS_APP_IN = 16;
	/** {@link #step()} has work to do. */
	public static final int BUSY = 32;

	/** Most bytes of handshake messages read in one step: each is hashed up to three times, which costs some 300 instructions on a Cortex-M4. */
	private static final int HANDSHAKE_SLICE = 512;
	/** Most records in a row that carry nothing; more is an attack on our time. */
	private static final int MAX_EMPTY_RECORDS = 32;
	/** Most bytes of a client's Certificate in a record: a piece is copied and hashed in one step. */
	private static final int CERTIFICATE_SLICE = 1024;
	/** Room a control record needs: a Finished message with SHA-384. */
	private static final int CONTROL_ROOM = 64;
	private static final int MAX_SERVER_NAME = 255;
	/** RFC 5705 §4: the length of an exporter's context is two bytes. */
	private static final int MAX_CONTEXT = 0xffff;
	private static final int LEGACY_VERSION = 0x0303;
	private static final int ALERT_WARNING = 1;
	private static final int ALERT_FATAL = 2;

	private final AsciiName name = new AsciiName();
	private final RecordReader reader;
	private final RecordWriter writer;
	private final HandshakeReader handshakeReader;
	private final PeerAuthentication authentication;
	private Handshake handshake;
	private final int outLimit;

	private boolean closed = true;
	private short error;
	private int errorDetail;
	private boolean failing;
	private boolean endOfInput;
	private boolean peerClosed;
	private boolean closeWanted;
	private boolean closeSent;
	private boolean flushWanted;
	private boolean keyUpdateWanted;
	private boolean keyUpdateRequest;
	private int appFill;
	private byte emptyRecords;
	private short alertSent = Alert.NONE;
	private short alertReceived = Alert.NONE;
	private long recordsIn;
	private long recordsOut;

	/**
	 * Creates an engine and allocates all memory it will ever use.
	 *
	 * @param config
	 *            what it is built from.
	 * @throws IllegalArgumentException
	 *             if no cipher suite or group is left of what the configuration wants and the provider has.
	 */
	public TlsEngine(EngineConfig config) {
		Protocol[] protocols = config.protocols;
		RecordProtection reading = new RecordProtection();
		RecordProtection writing = new RecordProtection();
		reading.pair(writing);
		this.authentication = protocols[0].authentication(config);
		this.outLimit = config.recordOutLimit;
		int overhead = 0;
		for (int i = 0; i < protocols.length; i++) {
			overhead = protocols[i].recordOverhead() > overhead ? protocols[i].recordOverhead() : overhead;
		}
		this.reader = new RecordReader(config.recordInLimit, overhead, reading);
		this.writer = new RecordWriter(config.recordOutLimit, overhead, writing);
		if (this.authentication != null) {
			// Nothing is sent while the peer's certificates are looked at.
			this.authentication.lend(config, this.writer.buffer());
		}
		HandshakeParts parts = new HandshakeParts(config, this.authentication, reading, writing, this.writer.buffer());
		this.handshake = protocols[0].first(parts);
		for (int i = 1; i < protocols.length; i++) {
			protocols[i].after(this.handshake, parts);
		}
		this.handshakeReader = new HandshakeReader(this.handshake);
	}

	/**
	 * Starts a connection; whatever went before is forgotten.
	 *
	 * @param serverName
	 *            the server's DNS name (ASCII; internationalised names as A-labels), or a literal IPv4 or IPv6 address without brackets. The
	 *            server's certificate must be valid for it. 1 to 255 characters. Kept until the connection has ended.
	 * @throws IllegalArgumentException
	 *             if the name is empty, too long, or not ASCII.
	 */
	public void start(String serverName) {
		begin(serverName);
	}

	/**
	 * As {@link #start(String)}, for a name that stands in an array.
	 *
	 * @param serverName
	 *            the caller's array; the name must stay there until the handshake is complete.
	 * @param offset
	 *            the first byte of the name, ASCII.
	 * @param length
	 *            1 to 255 bytes.
	 * @throws IllegalArgumentException
	 *             if the name is empty, too long, or not ASCII.
	 */
	public void start(byte[] serverName, int offset, int length) {
		this.name.set(serverName, offset, length);
		begin(this.name);
	}

	/**
	 * Starts to wait for a client, whose first bytes may come; whatever went before is forgotten.
	 *
	 * @throws IllegalStateException
	 *             if the engine is configured as a client.
	 */
	public void accept() {
		if (this.handshakeReader.first().client()) {
			throw new IllegalStateException("This engine is configured as a client");
		}
		reset();
		((ServerHandshake) this.handshake).accept();
	}

	private void begin(CharSequence serverName) {
		if (!this.handshakeReader.first().client()) {
			throw new IllegalStateException("This engine is configured as a server");
		}
		int n = serverName.length();
		if (n < 1 || n > MAX_SERVER_NAME) {
			throw new IllegalArgumentException("A server name has 1 to 255 characters");
		}
		for (int i = 0; i < n; i++) {
			if (serverName.charAt(i) <= ' ' || serverName.charAt(i) >= 127) {
				throw new IllegalArgumentException("A server name is ASCII; write an internationalised name as xn--...");
			}
		}
		reset();
		check(((ClientHandshake) this.handshake).start(serverName));
		settle();
	}

	private void reset() {
		this.reader.reset();
		this.writer.reset();
		this.handshakeReader.reset();
		if (!this.closed) {
			// That of the last connection can be of another version, and have secrets of its own; what was closed is wiped.
			this.handshake.wipe();
		}
		this.handshake = this.handshakeReader.handshake();
		this.closed = false;
		this.error = TlsError.NONE;
		this.errorDetail = 0;
		this.failing = false;
		this.endOfInput = false;
		this.peerClosed = false;
		this.closeWanted = false;
		this.closeSent = false;
		this.flushWanted = false;
		this.keyUpdateWanted = false;
		this.keyUpdateRequest = false;
		this.appFill = 0;
		this.emptyRecords = 0;
		this.alertSent = Alert.NONE;
		this.alertReceived = Alert.NONE;
		this.recordsIn = 0;
		this.recordsOut = 0;
	}

	/**
	 * Tells what the engine wants, has, or is doing.
	 *
	 * @return the sum of flags of this class; 0 if nothing happens before the caller acts, as after the peer's close_notify.
	 */
	public int state() {
		if (this.closed) {
			return CLOSED;
		}
		int state = 0;
		if (this.writer.sendLength() > 0) {
			state |= HAS_RECORD_OUT;
		}
		if (busy()) {
			state |= BUSY;
		}
		if (hasAppIn()) {
			state |= HAS_APP_IN;
		}
		if (wantsAppOut()) {
			state |= WANTS_APP_OUT;
		}
		if (wantsRecordIn()) {
			state |= WANTS_RECORD_IN;
		}
		return state;
	}

	/**
	 * Does one slice of work, at most about 250,000 instructions of a Cortex-M4. Does nothing when the engine is not {@link #BUSY}.
	 */
	public void step() {
		if (this.closed) {
			return;
		}
		if (this.writer.sealing()) {
			this.writer.step();
		} else if (this.failing) {
			sendAlert();
		} else if (this.reader.opening()) {
			check(this.reader.step());
			dispatch();
		} else if (this.handshake.working()) {
			check(this.handshake.work());
		} else if (hasHandshakeContent()) {
			readHandshake();
		} else {
			produce();
		}
		settle();
	}

	private boolean busy() {
		if (this.writer.sealing()) {
			return true;
		}
		if (this.failing) {
			return canSendAlert();
		}
		return this.reader.opening() || this.handshake.working() || hasHandshakeContent() || canProduce();
	}

	/** Tells whether messages can be read now: not before our last flight, which a ticket's key comes from, nor over early data. */
	private boolean hasHandshakeContent() {
		return this.reader.hasContent() && this.reader.contentType() == ContentType.HANDSHAKE && !this.handshake.wantsToSend()
				&& (!this.handshake.earlyDataOpen() || this.appFill == 0 && this.writer.empty());
	}

	private boolean hasAppIn() {
		// A server may send before it has our Finished; that waits until ours is sent.
		return this.reader.hasContent() && this.reader.contentType() == ContentType.APPLICATION_DATA && !this.failing && this.handshake.connected();
	}

	private boolean wantsAppOut() {
		boolean open = this.handshake.connected() || this.handshake.earlyDataRoom() > 0 && !this.reader.hasContent();
		return open && !this.failing && !this.closeWanted && this.writer.empty() && !controlWanted() && !this.flushWanted
				&& this.appFill < appLimit();
	}

	private boolean wantsRecordIn() {
		if (this.failing || this.peerClosed || this.endOfInput || !this.reader.wantsBytes() || this.handshake.working() || this.writer.sealing()) {
			// Among the AEADs of a provider one operation can be in progress: a record that is being sealed comes before one to open.
			return false;
		}
		if (this.writer.sealing()) {
			// The bytes could complete a record, and the AEADs of both directions share memory: sealing ends before opening begins.
			return false;
		}
		// A HelloRetryRequest's cookie is put into the outbound buffer, so the ClientHello must have left it.
		return this.handshake.inHandshake() ? !this.handshake.sending() && this.writer.empty() : true;
	}

	/** Does what is due once a record lies open. */
	private void dispatch() {
		if (this.failing || !this.reader.hasContent()) {
			return;
		}
		// A record that is read in pieces counts with its last.
		this.recordsIn += this.reader.whole() ? 1 : 0;
		int type = this.reader.contentType();
		int length = this.reader.contentLength();
		if (type != ContentType.HANDSHAKE && type != ContentType.ALERT && this.handshakeReader.inMessage()) {
			// §5.1: a handshake message is not interleaved with anything; but a peer that gives up in its middle may say so, see alert().
			check(TlsError.UNEXPECTED_MESSAGE);
			return;
		}
		switch (type) {
		case ContentType.HANDSHAKE:
			check(length == 0 ? TlsError.EMPTY_FRAGMENT : TlsError.NONE);
			this.emptyRecords = 0;
			break;
		case ContentType.APPLICATION_DATA:
			if (this.handshake.inHandshake()) {
				check(TlsError.UNEXPECTED_MESSAGE);
			} else if (length == 0) {
				this.reader.take(0);
				countEmptyRecord();
			} else {
				this.emptyRecords = 0;
			}
			break;
		case ContentType.CHANGE_CIPHER_SPEC:
			check(changeCipherSpec(length));
			break;
		default:
			check(alert(length));
			break;
		}
	}

	private void countEmptyRecord() {
		if (++this.emptyRecords > MAX_EMPTY_RECORDS) {
			check(TlsError.TOO_MANY_EMPTY_RECORDS);
		}
	}

	/** §5: one byte of value 1; what it means, or that it is ignored, is the handshake's affair. */
	private int changeCipherSpec(int length) {
		if (length != 1 || this.reader.buffer()[this.reader.contentOffset()] != 1) {
			return TlsError.CHANGE_CIPHER_SPEC;
		}
		this.reader.take(1);
		countEmptyRecord();
		return this.handshake.changeCipherSpec();
	}

	/** §6: everything but close_notify and user_canceled is fatal; the level is looked at only if TLS 1.2 is or can be spoken. */
	private int alert(int length) {
		if (length != 2) {
			// §5.4: an empty one is unexpected; §5.1: an alert is neither cut nor joined with others.
			return length == 0 ? TlsError.EMPTY_FRAGMENT : TlsError.ALERT_MALFORMED;
		}
		int level = this.reader.buffer()[this.reader.contentOffset()];
		int description = this.reader.buffer()[this.reader.contentOffset() + 1] & 0xff;
		this.reader.take(2);
		if (this.handshakeReader.inMessage() && (description == Alert.USER_CANCELED || description == Alert.CLOSE_NOTIFY)) {
			return TlsError.UNEXPECTED_MESSAGE;
		}
		if (description == Alert.USER_CANCELED
				|| level == ALERT_WARNING && description != Alert.CLOSE_NOTIFY && this.handshake.ignoresWarnings()) {
			countEmptyRecord();
			return TlsError.NONE;
		}
		this.alertReceived = (short) description;
		if (description == Alert.CLOSE_NOTIFY && !this.handshake.inHandshake()) {
			this.peerClosed = true;
			return TlsError.NONE;
		}
		return description == Alert.PROTOCOL_VERSION ? TlsError.VERSION_REFUSED : TlsError.ALERT_RECEIVED;
	}

	private void readHandshake() {
		int offset = this.reader.contentOffset();
		int length = this.reader.contentLength();
		boolean last = length <= HANDSHAKE_SLICE && this.reader.whole();
		int limit = offset + (length <= HANDSHAKE_SLICE ? length : HANDSHAKE_SLICE);
		int next = this.handshakeReader.accept(this.reader.buffer(), offset, limit, last);
		if (this.handshakeReader.error() != TlsError.NONE) {
			check(this.handshakeReader.error());
			return;
		}
		this.handshake = this.handshakeReader.handshake();
		this.reader.take(next - offset);
		if (this.handshake.takeKeyUpdateRequest()) {
			this.keyUpdateWanted = true;
		}
	}

	// Sending.

	private boolean controlWanted() {
		return this.keyUpdateWanted || this.handshake.wantsToSend();
	}

	private boolean canProduce() {
		if (this.appFill > 0) {
			// Early data goes before the server's answer is read.
			return this.flushWanted || controlWanted() || this.closeWanted || this.appFill == appLimit()
					|| this.handshake.earlyDataOpen() && this.reader.hasContent();
		}
		if (this.handshake.wantsToSend()) {
			// The cookie's place at the end of the buffer asks for one piece of a ClientHello at a time.
			return this.handshake.inHandshake() ? this.writer.empty() : this.writer.payloadRoom() >= CONTROL_ROOM;
		}
		if (!this.handshake.connected()) {
			return false;
		}
		return (this.keyUpdateWanted || this.closeWanted && !this.closeSent) && this.writer.payloadRoom() >= CONTROL_ROOM;
	}

	private void produce() {
		if (!canProduce()) {
			return;
		}
		if (this.appFill > 0) {
			int n = this.appFill;
			this.appFill = 0;
			this.flushWanted = false;
			this.recordsOut++;
			this.writer.send(ContentType.APPLICATION_DATA, n, LEGACY_VERSION);
			if (!this.handshake.connected()) {
				this.handshake.earlyDataSent(n);
			}
			if (this.writer.keyWornOut()) {
				this.keyUpdateWanted = this.handshake.updatesKeys();
				check(this.keyUpdateWanted ? TlsError.NONE : TlsError.KEY_WORN_OUT);
			}
		} else if (this.handshake.wantsToSend()) {
			produceHandshake();
		} else if (this.keyUpdateWanted && this.handshake.updatesKeys()) {
			produceKeyUpdate();
		} else if (this.keyUpdateWanted) {
			// TLS 1.2: what the peer asked for is to renegotiate (RFC 5246 §7.2.2).
			this.keyUpdateWanted = false;
			produceAlert(ALERT_WARNING, Alert.NO_RENEGOTIATION);
		} else {
			this.closeSent = true;
			this.alertSent = Alert.CLOSE_NOTIFY;
			produceAlert(ALERT_WARNING, Alert.CLOSE_NOTIFY);
		}
	}

	private void produceHandshake() {
		byte[] b = this.writer.buffer();
		if (this.handshake.takeChangeCipherSpec()) {
			b[this.writer.payloadOffset()] = 1;
			sendNow(ContentType.CHANGE_CIPHER_SPEC, 1, LEGACY_VERSION);
			this.handshake.changeCipherSpecSent();
		}
		int room = this.writer.payloadRoom();
		int version = this.handshake.recordVersion();
		int limit = this.handshake.inHandshake() || appLimit() < CERTIFICATE_SLICE ? appLimit() : CERTIFICATE_SLICE;
		int n = this.handshake.write(b, this.writer.payloadOffset(), room < limit ? room : limit);
		if (n == 0) {
			// change_cipher_spec was all.
			this.handshake.sent();
			return;
		}
		if (n > CONTROL_ROOM) {
			// No key changes behind a client's Certificate or CertificateVerify, so the record is sealed in slices.
			this.recordsOut++;
			this.writer.send(ContentType.HANDSHAKE, n, version);
		} else if (n > 0) {
			sendNow(ContentType.HANDSHAKE, n, version);
		}
		this.handshake.sent();
	}

	/** §4.6.3 */
	private void produceKeyUpdate() {
		byte[] b = this.writer.buffer();
		int at = this.writer.payloadOffset();
		b[at] = HandshakeType.KEY_UPDATE;
		b[at + 1] = 0;
		b[at + 2] = 0;
		b[at + 3] = 1;
		b[at + 4] = (byte) (this.keyUpdateRequest ? 1 : 0);
		this.keyUpdateWanted = false;
		this.keyUpdateRequest = false;
		sendNow(ContentType.HANDSHAKE, 5, LEGACY_VERSION);
		this.handshake.updateWriteKeys();
	}

	private void produceAlert(int level, int description) {
		byte[] b = this.writer.buffer();
		int at = this.writer.payloadOffset();
		b[at] = (byte) level;
		b[at + 1] = (byte) description;
		sendNow(ContentType.ALERT, 2, LEGACY_VERSION);
	}

	/** Seals at once: control records are short, and keys can change behind them. */
	private void sendNow(int type, int length, int version) {
		this.recordsOut++;
		this.writer.send(type, length, version);
		while (this.writer.sealing()) {
			this.writer.step();
		}
	}

	private boolean canSendAlert() {
		return this.alertSent == Alert.NONE && TlsError.alert(this.error) != Alert.NONE && this.writer.payloadRoom() >= CONTROL_ROOM;
	}

	private void sendAlert() {
		if (canSendAlert()) {
			this.alertSent = (short) TlsError.alert(this.error);
			produceAlert(this.alertSent == Alert.CLOSE_NOTIFY ? ALERT_WARNING : ALERT_FATAL, this.alertSent);
		}
	}

	// Ends.

	/** Takes note of the first error: nothing more is read or delivered, and the alert is the last that is sent. */
	private void check(int code) {
		if (code == TlsError.NONE || this.error != TlsError.NONE) {
			return;
		}
		this.error = (short) code;
		if (code == TlsError.RECORD_LIMIT_IGNORED) {
			this.errorDetail = this.reader.neededLimit();
		} else if (this.authentication != null) {
			this.errorDetail = this.authentication.path().errorDepth();
		}
		this.failing = true;
		this.appFill = 0;
		this.reader.wipe();
	}

	/** Closes once there is nothing left to be done. */
	private void settle() {
		if (this.closed) {
			return;
		}
		if (this.endOfInput && !this.peerClosed && !this.reader.opening() && !this.reader.hasContent() && !this.handshake.working()) {
			check(TlsError.TRUNCATED);
		}
		if (this.failing) {
			// After an alert of the peer, or without a transport, there is nobody to talk to; nor, for a client, before its ClientHello.
			if (TlsError.alert(this.error) == Alert.NONE || this.endOfInput || this.recordsOut == 0 && this.handshake.client() || this.alertSent != Alert.NONE && this.writer.empty()) {
				close();
			}
		} else if (this.peerClosed && this.closeSent && this.writer.empty()) {
			close();
		}
	}

	private void close() {
		this.closed = true;
		this.handshake.wipe();
		this.reader.wipe();
		this.writer.wipe();
	}

	// Windows.

	/**
	 * Gets the array of the record-in window.
	 *
	 * @return the engine's array.
	 */
	public byte[] recordInArray() {
		return this.reader.buffer();
	}

	/**
	 * Gets where the next byte from the wire goes.
	 *
	 * @return an index of {@link #recordInArray()}.
	 */
	public int recordInOffset() {
		return this.reader.windowOffset();
	}

	/**
	 * Gets how many bytes from the wire fit.
	 *
	 * @return a number of bytes; 0 if the window is shut.
	 */
	public int recordInLength() {
		return !this.closed && wantsRecordIn() ? this.reader.windowLength() : 0;
	}

	/**
	 * Tells that bytes from the wire were put into the window.
	 *
	 * @param count
	 *            how many, from {@link #recordInOffset()} on.
	 * @throws IllegalArgumentException
	 *             if the window is not that large.
	 */
	public void recordInAck(int count) {
		if (checkCount(count, recordInLength()) == 0) {
			return;
		}
		check(this.reader.ack(count));
		dispatch();
		settle();
	}

	/**
	 * Tells that the transport has ended. Without a close_notify before, that is {@link TlsError#TRUNCATED}, once what had arrived whole was
	 * taken.
	 */
	public void recordInEnd() {
		this.endOfInput = true;
		settle();
	}

	/**
	 * Gets the array of the record-out window.
	 *
	 * @return the engine's array.
	 */
	public byte[] recordOutArray() {
		return this.writer.buffer();
	}

	/**
	 * Gets where the next byte for the wire stands.
	 *
	 * @return an index of {@link #recordOutArray()}.
	 */
	public int recordOutOffset() {
		return this.writer.sendOffset();
	}

	/**
	 * Gets how many bytes are ready for the wire.
	 *
	 * @return a number of bytes.
	 */
	public int recordOutLength() {
		return this.closed ? 0 : this.writer.sendLength();
	}

	/**
	 * Tells that bytes were sent.
	 *
	 * @param count
	 *            how many, from {@link #recordOutOffset()} on.
	 * @throws IllegalArgumentException
	 *             if there were not that many.
	 */
	public void recordOutAck(int count) {
		if (checkCount(count, recordOutLength()) > 0) {
			this.writer.sent(count);
			settle();
		}
	}

	/**
	 * Gets the array of the application-in window.
	 *
	 * @return the engine's array.
	 */
	public byte[] appInArray() {
		return this.reader.buffer();
	}

	/**
	 * Gets where the next received byte stands.
	 *
	 * @return an index of {@link #appInArray()}.
	 */
	public int appInOffset() {
		return this.reader.contentOffset();
	}

	/**
	 * Gets how many received bytes there are.
	 *
	 * @return a number of bytes; all of them are authentic.
	 */
	public int appInLength() {
		return !this.closed && hasAppIn() ? this.reader.contentLength() : 0;
	}

	/**
	 * Tells that received bytes were taken.
	 *
	 * @param count
	 *            how many, from {@link #appInOffset()} on.
	 * @throws IllegalArgumentException
	 *             if there were not that many.
	 */
	public void appInAck(int count) {
		if (checkCount(count, appInLength()) > 0) {
			this.reader.take(count);
			settle();
		}
	}

	/**
	 * Gets the array of the application-out window.
	 *
	 * @return the engine's array.
	 */
	public byte[] appOutArray() {
		return this.writer.buffer();
	}

	/**
	 * Gets where the next byte to be sent goes.
	 *
	 * @return an index of {@link #appOutArray()}.
	 */
	public int appOutOffset() {
		return this.writer.payloadOffset() + this.appFill;
	}

	/**
	 * Gets how many bytes to be sent fit.
	 *
	 * @return a number of bytes; 0 if the window is shut.
	 */
	public int appOutLength() {
		return !this.closed && wantsAppOut() ? appLimit() - this.appFill : 0;
	}

	/**
	 * Tells that bytes to be sent were put into the window. A full window is sent by itself, a partly filled one with {@link #flush()}.
	 *
	 * @param count
	 *            how many, from {@link #appOutOffset()} on.
	 * @throws IllegalArgumentException
	 *             if the window is not that large.
	 */
	public void appOutAck(int count) {
		this.appFill += checkCount(count, appOutLength());
	}

	/** Makes a record of what is in the application-out window. */
	public void flush() {
		this.flushWanted = this.appFill > 0;
	}

	private int appLimit() {
		int peer = this.handshake.peerLimit();
		int early = this.handshake.earlyDataRoom();
		if (early > 0 && early < peer) {
			peer = early;
		}
		if (early > 0 && EarlyData.MAX_RECORD < peer) {
			peer = EarlyData.MAX_RECORD;
		}
		return peer < this.outLimit ? peer : this.outLimit;
	}

	private static int checkCount(int count, int most) {
		if (count < 0 || count > most) {
			throw new IllegalArgumentException("More bytes than the window has");
		}
		return count;
	}

	// Connection control.

	/**
	 * Sends what is in the application-out window, then close_notify. Receiving goes on until the peer's close_notify. Before the handshake is
	 * complete this is {@link #abort()}.
	 */
	public void shutdown() {
		if (this.closed || this.failing) {
			return;
		}
		if (this.handshake.connected()) {
			this.closeWanted = true;
		} else {
			abort();
		}
	}

	/** Ends the connection at once, without a word to the peer, and wipes all secrets. */
	public void abort() {
		if (!this.closed) {
			check(TlsError.ABORTED);
			close();
		}
	}

	/**
	 * Replaces the sending keys (RFC 8446 §4.6.3). The engine does that by itself before a key is worn out.
	 *
	 * @param requestPeer
	 *            whether the peer is asked to do the same.
	 * @return false if there is no connection.
	 */
	public boolean keyUpdate(boolean requestPeer) {
		if (this.closed || this.failing || this.closeWanted || !this.handshake.connected() || !this.handshake.updatesKeys()) {
			return false;
		}
		this.keyUpdateWanted = true;
		this.keyUpdateRequest |= requestPeer;
		return true;
	}

	/**
	 * Exports keying material for the application (RFC 8446 §7.5, RFC 5705).
	 *
	 * @param label
	 *            the label, ASCII, 1 to 64 bytes.
	 * @param context
	 *            the context value, at most 65,535 bytes; an array of length 0 for none.
	 * @param out
	 *            receives the material.
	 * @param offset
	 *            where the first byte goes.
	 * @param length
	 *            how many bytes, 1 to 8,160.
	 * @return false if there is no complete handshake or an argument is out of range.
	 */
	public boolean export(byte[] label, byte[] context, byte[] out, int offset, int length) {
		if (this.closed || this.failing || !this.handshake.connected() || label.length == 0 || label.length > KeySchedule.MAX_EXPORTER_LABEL
				|| context.length > MAX_CONTEXT || length < 1 || length > 255 * 32) {
			return false;
		}
		this.handshake.export(label, context, out, offset, length);
		return true;
	}

	// What happened.

	/**
	 * Tells whether the handshake is complete and the peer verified.
	 *
	 * @return true from then on, until the end.
	 */
	public boolean handshakeComplete() {
		return !this.closed && this.handshake.connected();
	}

	/**
	 * Tells whether the peer has sent close_notify: there is no more to receive.
	 *
	 * @return true from then on.
	 */
	public boolean peerClosed() {
		return this.peerClosed;
	}

	/**
	 * Gets the first error.
	 *
	 * @return a code of {@link TlsError}; 0 for none.
	 */
	public int error() {
		return this.error;
	}

	/**
	 * Gets a number that belongs to {@link #error()}.
	 *
	 * @return the inbound record limit that would have been needed, for {@link TlsError#RECORD_LIMIT_IGNORED}; the index of the certificate in the
	 *         chain, for the errors of {@link dev.thimble.x509.PathError}.
	 */
	public int errorDetail() {
		return this.errorDetail;
	}

	/**
	 * Gets the version of TLS.
	 *
	 * @return 0x0304 for TLS 1.3, 0x0303 for TLS 1.2; what the handshake has chosen, once it is complete.
	 */
	public int version() {
		return this.handshake.version();
	}

	/**
	 * Tells whether the connection resumed a session, or stands on a pre-shared key.
	 *
	 * @return true if the peer was not asked for a certificate for that reason.
	 */
	public boolean resumed() {
		return this.handshake.resumed();
	}

	/**
	 * Tells what became of data that was sent before the handshake was complete, see {@link EngineConfig#earlyData}.
	 *
	 * @return true if the server accepted it, once the handshake is complete; false if it refused, or there was none: then whatever was sent early
	 *         never arrived.
	 */
	public boolean earlyDataAccepted() {
		return this.handshake.earlyDataAccepted();
	}

	/**
	 * Gets the cipher suite.
	 *
	 * @return a constant of {@link CipherSuite}; 0 before there is one.
	 */
	public int cipherSuite() {
		return this.handshake.cipherSuite();
	}

	/**
	 * Gets IANA's name of the cipher suite, as {@link CipherSuite#name}: an image that asks here carries only the names of its own versions.
	 *
	 * @return the name; "unknown" before there is a suite.
	 */
	public String cipherSuiteName() {
		return this.handshake.cipherSuiteName();
	}

	/**
	 * Gets the key agreement group.
	 *
	 * @return a constant of {@link dev.thimble.crypto.KeyAgreement}.
	 */
	public int group() {
		return this.handshake.group();
	}

	/**
	 * Gets the scheme the peer signed with.
	 *
	 * @return a constant of {@link SignatureScheme}; 0 before there is one.
	 */
	public int signatureScheme() {
		return this.handshake.signatureScheme();
	}

	/**
	 * Gets the application protocol the server, or this one, chose.
	 *
	 * @return its index among those configured, -1 for none.
	 */
	public int applicationProtocol() {
		return this.handshake.protocol();
	}

	/**
	 * Tells whether the server asked for a certificate of ours, or this one asked the client for its.
	 *
	 * @return true if so.
	 */
	public boolean certificateRequested() {
		return this.handshake.certificateRequested();
	}

	/**
	 * Gets the identity that was selected for the peer, see {@link EngineConfig#identity}.
	 *
	 * @return its index among those configured; -1 if there was no request, or none fits it, or a pre-shared key did.
	 */
	public int identity() {
		return this.handshake.identity();
	}

	/**
	 * Tells a server whether the client proved who it is by a certificate, in this connection or in the one it resumes.
	 *
	 * @return true from the end of the handshake until the end of the connection.
	 */
	public boolean clientVerified() {
		return !this.closed && this.handshake.clientVerified();
	}

	/**
	 * Gets the name of the server the client asks for (RFC 6066 §3), as it came: it is neither checked nor in lower case.
	 *
	 * @param out
	 *            receives the name, ASCII if the client is right.
	 * @param offset
	 *            where its first byte goes.
	 * @return its length, at most 255; 0 if there is none, or none yet, or the connection has ended. If there is less room than that behind the
	 *         offset, nothing is copied.
	 */
	public int serverName(byte[] out, int offset) {
		return this.closed ? 0 : this.handshake.serverName(out, offset, out.length - offset);
	}

	/**
	 * Gets the largest plaintext sent in a record: the own limit or the peer's.
	 *
	 * @return a number of bytes.
	 */
	public int recordOutLimit() {
		return appLimit();
	}

	/**
	 * Gets the alert sent last, no_renegotiation excepted.
	 *
	 * @return a constant of {@link Alert}; {@link Alert#NONE} for none.
	 */
	public int alertSent() {
		return this.alertSent;
	}

	/**
	 * Gets the alert received last, user_canceled and warnings of TLS 1.2 excepted.
	 *
	 * @return a number of {@link Alert}'s registry; {@link Alert#NONE} for none.
	 */
	public int alertReceived() {
		return this.alertReceived;
	}

	/**
	 * Gets the number of records received.
	 *
	 * @return those of this connection, change_cipher_spec included.
	 */
	public long recordsIn() {
		return this.recordsIn;
	}

	/**
	 * Gets the number of records made for sending.
	 *
	 * @return those of this connection, change_cipher_spec included.
	 */
	public long recordsOut() {
		return this.recordsOut;
	}

	/**
	 * Gets the number of bytes of handshake messages received, without record headers and tags.
	 *
	 * @return a number of bytes.
	 */
	public int handshakeBytesIn() {
		return this.handshakeReader.bytes();
	}

	/**
	 * Gets the number of bytes of handshake messages sent, without record headers and tags.
	 *
	 * @return a number of bytes.
	 */
	public int handshakeBytesOut() {
		return this.handshake.bytesOut();
	}

	/**
	 * Tells whether the server, or this one, asked for a second ClientHello.
	 *
	 * @return true if there was a HelloRetryRequest.
	 */
	public boolean helloRetried() {
		return this.handshake.retried();
	}
}
