/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * A TLS 1.3 server in memory that does what its {@link #script} says, right or wrong. It is written from RFC 8446 over the JDK's
 * primitives and shares nothing with the engine. It is strict with the client: what a client must not send throws IllegalStateException.
 *
 * <p>Bytes of the client go into {@link ClientRecords#receive} (see {@link #client}); {@link #take()} gives the bytes for the client.
 */
public final class ScriptedServer {

	/**
	 * A record as it was sent.
	 *
	 * @param keys
	 *            what protected it, or null.
	 * @param type
	 *            its content type.
	 * @param content
	 *            its content.
	 */
	public record SentRecord(RecordProtection keys, int type, byte[] content) {
	}

	/** The records sent by {@link #record}, and change_cipher_spec. */
	public final List<SentRecord> sent = new ArrayList<>();
	/** The steps still to come; a step waits until it is ready. */
	public final Deque<ServerStep> script = new ArrayDeque<>();
	/** What the client has sent. */
	public final ClientRecords client = new ClientRecords(this);

	/** Who the server says it is. */
	public ServerIdentity identity = ServerIdentity.of("P-256");
	/** The suite to choose, 0: the first the client offers. */
	public int suite;
	/** The group to choose, 0: that of the client's first share. */
	public int group;
	/** The cookie of a HelloRetryRequest, or null. */
	public byte[] cookie;
	/** The protocol to choose, or null: none. */
	public String alpn;
	/** The record_size_limit to announce, 0: none. */
	public int recordSizeLimit = 16385;
	/** How messages are laid over records. */
	public Framing framing = Framing.ONE_PER_MESSAGE;
	/** Zeros to add to each protected record. */
	public IntSupplier padding = () -> 0;
	/** Whether records are kept within the client's record_size_limit. */
	public boolean obeysLimit = true;
	/** Whether a client's request for a key update is answered at once. */
	public boolean answersKeyUpdate = true;
	/** The server's random. */
	public byte[] random = bytes(0x5eed, 32);
	/** The server's key pair, null: a new one. */
	public EphemeralKey ephemeral;

	/** Change a ServerHello before it is encoded. */
	public Consumer<ServerHelloFields> serverHello = f -> {
	};
	/** Changes a HelloRetryRequest before it is encoded. */
	public Consumer<ServerHelloFields> retry = f -> {
	};
	/** Changes EncryptedExtensions before they are encoded. */
	public Consumer<ExtensionList> encryptedExtensions = e -> {
	};
	/** Changes a handshake message of a type before it enters the transcript. */
	public final Map<Integer, UnaryOperator<byte[]>> beforeHash = new HashMap<>();
	/** Changes a handshake message of a type after it entered the transcript. */
	public final Map<Integer, UnaryOperator<byte[]>> afterHash = new HashMap<>();
	/** Changes complete records before they are sent; counted from 0 in {@link #recordsSent}. */
	public UnaryOperator<byte[]> recordEdit = UnaryOperator.identity();

	/** Secrets, once there are any. */
	public ReferenceSchedule schedule;
	/** The ECDHE secret, once there is one. */
	public byte[] sharedSecret;
	/** Protection of what the server sends; null: plaintext. */
	public RecordProtection writeKeys;
	public int recordsSent;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final List<byte[]> queued = new ArrayList<>();
	private byte[] transcript = new byte[0];
	private byte[] writeSecret;

	/** A server that does a full handshake and then waits. */
	public ScriptedServer() {
		script(Script.full());
	}

	/** Replaces what is to be done. */
	public ScriptedServer script(Script steps) {
		this.script.clear();
		this.script.addAll(steps.steps());
		return this;
	}

	/** Adds steps at the end and runs those that are ready. */
	public ScriptedServer then(ServerStep... steps) {
		this.script.addAll(Arrays.asList(steps));
		advance();
		return this;
	}

	/** Takes bytes from the client and goes on with the script. */
	public void receive(byte[] data) {
		this.client.receive(data);
		advance();
	}

	/** Gives, once, the bytes for the client. */
	public byte[] take() {
		byte[] result = this.out.toByteArray();
		this.out.reset();
		return result;
	}

	public boolean hasOutput() {
		return this.out.size() != 0;
	}

	/** Runs the steps that are ready. */
	public void advance() {
		while (!this.script.isEmpty() && this.script.peek().ready().test(this)) {
			this.script.remove().action().accept(this);
		}
		flush();
	}

	// The messages, in the order of RFC 8446 figure 1.

	void sendHelloRetryRequest() {
		ClientHelloView hello = this.client.lastHello();
		ServerHelloFields fields = new ServerHelloFields();
		fields.random = ServerHelloFields.RETRY_RANDOM;
		fields.sessionId = hello.sessionId;
		fields.suite = chooseSuite(hello);
		fields.extensions.add(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(3, 4));
		if (this.group != 0) {
			fields.extensions.add(TlsNumbers.KEY_SHARE, new Octets().u16(this.group).toBytes());
		}
		if (this.cookie != null) {
			fields.extensions.add(TlsNumbers.COOKIE, new Octets().vector16(this.cookie).toBytes());
		}
		this.retry.accept(fields);
		// RFC 8446 §4.4.1: the first ClientHello is replaced by its hash; a second retry does not happen in an honest script.
		if (this.client.hellos.size() == 1) {
			this.transcript = Octets.message(TlsNumbers.MESSAGE_HASH, new ReferenceSchedule(fields.suite).hash(this.transcript));
		}
		send(TlsNumbers.SERVER_HELLO, fields.toMessage());
	}

	void sendServerHello() {
		ClientHelloView hello = this.client.lastHello();
		ServerHelloFields fields = new ServerHelloFields();
		fields.random = this.random;
		fields.sessionId = hello.sessionId;
		fields.suite = chooseSuite(hello);
		int chosen = this.group != 0 && hello.shares.containsKey(this.group) ? this.group : hello.shares.keySet().iterator().next();
		if (this.ephemeral == null || this.ephemeral.group != chosen) {
			this.ephemeral = EphemeralKey.generate(chosen);
		}
		this.sharedSecret = this.ephemeral.agree(hello.shares.get(chosen));
		fields.extensions.add(TlsNumbers.SUPPORTED_VERSIONS, Octets.of(3, 4));
		fields.extensions.add(TlsNumbers.KEY_SHARE, new Octets().u16(chosen).vector16(this.ephemeral.share).toBytes());
		this.serverHello.accept(fields);
		this.suite = supported(fields.suite) ? fields.suite : this.suite;
		send(TlsNumbers.SERVER_HELLO, fields.toMessage());
	}

	/** Switches to the handshake keys in both directions. */
	void useHandshakeKeys() {
		flush();
		this.schedule = new ReferenceSchedule(this.suite);
		this.schedule.handshake(this.sharedSecret, transcriptHash());
		writeWith(this.schedule.serverHandshake);
		this.client.readWith(this.schedule.clientHandshake);
	}

	void sendEncryptedExtensions() {
		ExtensionList list = new ExtensionList();
		if (this.recordSizeLimit != 0 && this.client.lastHello().extensions.containsKey(TlsNumbers.RECORD_SIZE_LIMIT)) {
			list.add(TlsNumbers.RECORD_SIZE_LIMIT, new Octets().u16(this.recordSizeLimit).toBytes());
		}
		if (this.alpn != null) {
			list.add(TlsNumbers.ALPN, new Octets().vector16(
					new Octets().vector8(this.alpn.getBytes(StandardCharsets.US_ASCII)).toBytes()).toBytes());
		}
		this.encryptedExtensions.accept(list);
		send(TlsNumbers.ENCRYPTED_EXTENSIONS, Messages.encryptedExtensions(list));
	}

	void sendCertificate() {
		send(TlsNumbers.CERTIFICATE, Messages.certificate(new byte[0], this.identity.chain));
	}

	void sendCertificateVerify() {
		send(TlsNumbers.CERTIFICATE_VERIFY, Messages.certificateVerify(this.identity, this.identity.scheme,
				Messages.SERVER_CONTEXT, transcriptHash()));
	}

	void sendFinished() {
		send(TlsNumbers.FINISHED, Octets.message(TlsNumbers.FINISHED, this.schedule.finished(this.schedule.serverHandshake, transcriptHash())));
	}

	/** Switches what the server sends to the application keys; the client's follow with its Finished. */
	void useApplicationKeys() {
		flush();
		this.schedule.application(transcriptHash());
		writeWith(this.schedule.serverApplication);
	}

	void updateWriteKeys() {
		flush();
		writeWith(this.schedule.update(this.writeSecret));
	}

	/** Edits, hashes and queues a handshake message. */
	public void send(int type, byte[] message) {
		byte[] hashed = this.beforeHash.getOrDefault(type, UnaryOperator.identity()).apply(message);
		this.transcript = Octets.concat(this.transcript, hashed);
		queue(this.afterHash.getOrDefault(type, UnaryOperator.identity()).apply(hashed));
	}

	/** Queues bytes of the handshake stream that do not enter the transcript. */
	public void queue(byte[] handshakeBytes) {
		this.queued.add(handshakeBytes);
	}

	/** Lays the queued messages over records. */
	public void flush() {
		if (this.queued.isEmpty()) {
			return;
		}
		List<byte[]> messages = new ArrayList<>(this.queued);
		this.queued.clear();
		for (byte[] content : this.framing.records(messages)) {
			for (byte[] piece : content.length == 0 ? List.of(content) : Framing.cut(content, maxFragment())) {
				record(TlsNumbers.HANDSHAKE, piece);
			}
		}
	}

	/** Sends application data in records as large as allowed. */
	public void sendData(byte[] data) {
		flush();
		for (byte[] piece : data.length == 0 ? List.of(data) : Framing.cut(data, maxFragment())) {
			record(TlsNumbers.APPLICATION_DATA, piece);
		}
	}

	/** Sends one record under the present keys, whatever its length. */
	public void record(int type, byte[] content) {
		int room = this.obeysLimit && !this.client.hellos.isEmpty()
				? Math.max(0, this.client.lastHello().recordSizeLimit() - 1 - content.length) : Integer.MAX_VALUE;
		this.sent.add(new SentRecord(this.writeKeys, type, content));
		wire(this.writeKeys == null ? Octets.record(type, 0x0303, content)
				: this.writeKeys.seal(type, content, Math.min(room, this.padding.getAsInt())));
	}

	/** Sends a record with a given inner plaintext under the present keys. */
	public void recordInner(byte[] inner, int outerType, int version) {
		wire(this.writeKeys.sealInner(inner, outerType, version));
	}

	/** Sends bytes as they are. */
	public void wire(byte[] bytes) {
		this.out.writeBytes(this.recordEdit.apply(bytes));
		this.recordsSent++;
	}

	/** Adds a message to the transcript that this server does not send: one of the client, or one that was lost. */
	public void hash(byte[] message) {
		this.transcript = Octets.concat(this.transcript, message);
	}

	public byte[] transcriptHash() {
		return new ReferenceSchedule(this.suite).hash(this.transcript);
	}

	int maxFragment() {
		return this.obeysLimit ? this.client.lastHello().recordSizeLimit() - 1 : 16384;
	}

	void writeWith(byte[] secret) {
		this.writeSecret = secret;
		this.writeKeys = new RecordProtection(this.suite, this.schedule, secret);
	}

	private int chooseSuite(ClientHelloView hello) {
		if (this.suite == 0) {
			this.suite = hello.suites.stream().filter(ScriptedServer::supported).findFirst().orElseThrow();
		}
		return this.suite;
	}

	private static boolean supported(int number) {
		return number >= TlsNumbers.AES_128_GCM_SHA256 && number <= TlsNumbers.AES_128_CCM_8_SHA256;
	}

	/** Bytes that are the same every time. */
	public static byte[] bytes(long seed, int length) {
		byte[] result = new byte[length];
		new Random(seed).nextBytes(result);
		return result;
	}
}
