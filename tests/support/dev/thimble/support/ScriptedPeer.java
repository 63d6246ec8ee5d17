/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * What the scripted peers have in common: a script, a transcript, and messages laid over records.
 *
 * @param <P>
 *            the peer itself.
 * @param <S>
 *            its steps.
 */
public abstract class ScriptedPeer<P extends ScriptedPeer<P, S>, S extends Step<P>> implements Peer {

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
	public final Deque<S> script = new ArrayDeque<>();

	/** How messages are laid over records. */
	public Framing framing = Framing.ONE_PER_MESSAGE;
	/** Zeros to add to each protected record of TLS 1.3. */
	public IntSupplier padding = () -> 0;
	/** Whether records are kept within the engine's record_size_limit. */
	public boolean obeysLimit = true;

	/** Changes a handshake message of a type before it enters the transcript. */
	public final Map<Integer, UnaryOperator<byte[]>> beforeHash = new HashMap<>();
	/** Changes a handshake message of a type after it entered the transcript. */
	public final Map<Integer, UnaryOperator<byte[]>> afterHash = new HashMap<>();
	/** Changes complete records before they are sent; counted from 0 in {@link #recordsSent}. */
	public UnaryOperator<byte[]> recordEdit = UnaryOperator.identity();

	/** Protection of what is sent; null: plaintext. */
	public RecordProtection writeKeys;
	public int recordsSent;

	byte[] transcript = new byte[0];

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final List<byte[]> queued = new ArrayList<>();
	private boolean started;

	abstract P self();

	/** What has come from the engine. */
	abstract PeerRecords records();

	/** The hash of the transcript, as Java calls it. */
	abstract String digest();

	/** The largest TLSInnerPlaintext (1.3) or TLSPlaintext and one (1.2) the engine takes, of what has been told so far. */
	abstract int recordSizeLimitOfEngine();

	/** Replaces what is to be done. */
	public P script(StepList<S, ?> steps) {
		this.script.clear();
		this.script.addAll(steps.steps());
		return self();
	}

	/** Adds steps at the end and runs those that are ready; a client's only once it is asked for bytes, so that a test can go on with it first. */
	@SafeVarargs
	public final P then(S... steps) {
		this.script.addAll(Arrays.asList(steps));
		if (this.started || !isClient()) {
			advance();
		}
		return self();
	}

	@Override
	public void receive(byte[] data) {
		records().receive(data);
		advance();
	}

	@Override
	public byte[] take() {
		this.started = true;
		if (isClient()) {
			advance();
		}
		byte[] result = this.out.toByteArray();
		this.out.reset();
		return result;
	}

	public boolean hasOutput() {
		return this.out.size() != 0;
	}

	/** Runs the steps that are ready. */
	public void advance() {
		while (!this.script.isEmpty() && this.script.peek().ready().test(self())) {
			this.script.remove().action().accept(self());
		}
		flush();
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
		int room = this.obeysLimit ? Math.max(0, recordSizeLimitOfEngine() - 1 - content.length) : Integer.MAX_VALUE;
		this.sent.add(new SentRecord(this.writeKeys, type, content));
		wire(this.writeKeys == null ? Octets.record(type, plainVersion(), content)
				: this.writeKeys.seal(type, content, Math.min(room, this.padding.getAsInt())));
	}

	/** The version of plaintext records. */
	int plainVersion() {
		return 0x0303;
	}

	/** Sends a record with a given inner plaintext under the present keys of TLS 1.3. */
	public void recordInner(byte[] inner, int outerType, int version) {
		wire(this.writeKeys.sealInner(inner, outerType, version));
	}

	/** Sends a change_cipher_spec and changes no keys. */
	public void sendChangeCipherSpec() {
		flush();
		this.sent.add(new SentRecord(null, TlsNumbers.CHANGE_CIPHER_SPEC, Octets.of(1)));
		wire(Octets.of(TlsNumbers.CHANGE_CIPHER_SPEC, 3, 3, 0, 1, 1));
	}

	/** Sends bytes as they are. */
	public void wire(byte[] bytes) {
		this.out.writeBytes(this.recordEdit.apply(bytes));
		this.recordsSent++;
	}

	/** Adds a message to the transcript that this peer does not send: one of the engine, or one that was lost. */
	public void hash(byte[] message) {
		this.transcript = Octets.concat(this.transcript, message);
	}

	public byte[] transcriptHash() {
		return ReferenceSchedule.hash(digest(), this.transcript);
	}

	int maxFragment() {
		return this.obeysLimit ? recordSizeLimitOfEngine() - 1 : 16384;
	}

	/** Bytes that are the same every time. */
	public static byte[] bytes(long seed, int length) {
		byte[] result = new byte[length];
		new Random(seed).nextBytes(result);
		return result;
	}
}
