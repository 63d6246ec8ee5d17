/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.Hkdf;
import dev.thimble.crypto.Hmac;

/**
 * The key schedule of TLS 1.3 (RFC 8446 §7).
 *
 * <p>The methods can only be called in the order of the figure in §7.1: {@link #start}, {@link #binder} and {@link #early}, {@link #handshake},
 * {@link #master}, {@link #application}, {@link #applicationClient}, {@link #resumption} or {@link #endMaster}, then {@link #update},
 * {@link #export} and {@link #ticketSecret}; each stage overwrites the one it came from.
 */
/* package */ final class KeySchedule {

	/** Longest label of an exporter, so that the HkdfLabel structure fits its array. */
	/* package */ static final int MAX_EXPORTER_LABEL = 64;
	/** Longest nonce of a ticket, for the same reason: the longest exporter label and hash, without "resumption". */
	/* package */ static final int MAX_TICKET_NONCE = MAX_EXPORTER_LABEL + 48 - 10;

	private static final int MAX_HASH = 48;
	// Offsets in one array: an object less each, and one loop to wipe them all.
	private static final int STAGE = 0;
	private static final int CLIENT = MAX_HASH;
	/** Where others may keep something from {@link #start(int, byte[], int, int)} to {@link #early}, or to {@link #handshakeTraffic} without that. */
	/* package */ static final int SPARE = CLIENT;
	/* package */ static final int SPARE_LENGTH = 3 * MAX_HASH;
	private static final int SERVER = 2 * MAX_HASH;
	private static final int EXPORTER = 3 * MAX_HASH;
	private static final int WORK = 4 * MAX_HASH;
	private static final int SECRETS = 5 * MAX_HASH;
	/** Where HKDF works. */
	private static final int BLOCK = SECRETS;
	/** Where HkdfLabel structures are built: in {@link #memory()} free for others between calls of this object. */
	/* package */ static final int INFO = BLOCK + MAX_HASH;
	private static final int MAX_INFO = 2 + 1 + 6 + MAX_EXPORTER_LABEL + 1 + MAX_HASH;
	private static final int MEMORY = INFO + MAX_INFO;
	private static final String EXPORTER_LABEL = "exporter";

	private final Hmac hmac;
	private final Hkdf hkdf;
	private final Hash work256;
	private final Hash work384;
	private final byte[] secrets = new byte[MEMORY];
	private int hashLength;

	/**
	 * Creates a key schedule.
	 *
	 * @param work256
	 *            a hash used within single calls only.
	 * @param work384
	 *            a hash used within single calls only; null if no suite uses SHA-384.
	 */
	/* package */ KeySchedule(Hash work256, Hash work384) {
		this.work256 = work256;
		this.work384 = work384;
		this.hmac = new Hmac(work384 == null ? work256 : work384, MAX_HASH);
		this.hkdf = new Hkdf(this.hmac, this.secrets, BLOCK);
	}

	/** Derives the early secret without a PSK. */
	/* package */ void start(int hash) {
		begin(hash);
		wipe(SPARE, SPARE_LENGTH);
		this.hkdf.extract(this.secrets, WORK, this.hashLength, this.secrets, WORK, this.hashLength, this.secrets, STAGE);
	}

	/**
	 * Derives the early secret of a PSK; it serves several {@link #binder}s and a {@link #handshake}.
	 *
	 * @param hash
	 *            the hash of the PSK, a constant of {@link Hash}.
	 * @param psk
	 *            the array of the PSK.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length in bytes.
	 */
	/* package */ void start(int hash, byte[] psk, int offset, int length) {
		begin(hash);
		this.hkdf.extract(this.secrets, WORK, this.hashLength, psk, offset, length, this.secrets, STAGE);
	}

	private void begin(int hash) {
		this.hashLength = hash == Hash.SHA_384 ? 48 : 32;
		this.hmac.hash(hash == Hash.SHA_384 ? this.work384 : this.work256);
		wipe(STAGE, MAX_HASH);
		wipe(WORK, MAX_HASH);
	}

	/**
	 * Computes a PSK binder (§4.2.11.2).
	 *
	 * @param label
	 *            "ext binder", "res binder", or "imp binder" (RFC 9258 §5.2).
	 * @param transcript
	 *            the hash of the transcript up to the ClientHello without its binders.
	 * @param at
	 *            its first byte.
	 * @param output
	 *            receives {@link #hashLength()} bytes; can take the hash's place.
	 * @param offset
	 *            where the first one goes.
	 */
	/* package */ void binder(String label, byte[] transcript, int at, byte[] output, int offset) {
		deriveSecretOfNothing(label);
		verifyData(WORK, transcript, at, output, offset);
	}

	/**
	 * Derives the client's early traffic secret, which takes the place of {@link #install}'s and {@link #log}'s client secret.
	 *
	 * @param transcript
	 *            the transcript hash of ClientHello, at index 0.
	 */
	/* package */ void early(byte[] transcript) {
		expandLabel(this.secrets, STAGE, "c e traffic", transcript, 0, this.hashLength, this.secrets, CLIENT, this.hashLength);
	}

	/**
	 * Derives the handshake secret.
	 *
	 * @param shared
	 *            the (EC)DHE shared secret from index 0; with a PSK alone {@link #hashLength()} zeros.
	 * @param sharedLength
	 *            its length in bytes.
	 */
	/* package */ void handshake(byte[] shared, int sharedLength) {
		byte[] s = this.secrets;
		deriveSecretOfNothing("derived");
		this.hkdf.extract(s, WORK, this.hashLength, shared, 0, sharedLength, s, STAGE);
	}

	/**
	 * Derives both handshake traffic secrets.
	 *
	 * @param transcript
	 *            the transcript hash of ClientHello...ServerHello, at index 0.
	 */
	/* package */ void handshakeTraffic(byte[] transcript) {
		byte[] s = this.secrets;
		expandLabel(s, STAGE, "c hs traffic", transcript, 0, this.hashLength, s, CLIENT, this.hashLength);
		expandLabel(s, STAGE, "s hs traffic", transcript, 0, this.hashLength, s, SERVER, this.hashLength);
	}

	/**
	 * Computes the verify_data of a Finished message (§4.4.4) under the current traffic secret.
	 *
	 * @param client
	 *            whose Finished.
	 * @param transcript
	 *            the transcript hash before that message.
	 * @param at
	 *            its first byte.
	 * @param output
	 *            receives {@link #hashLength()} bytes; can take the hash's place.
	 * @param offset
	 *            where the first one goes.
	 */
	/* package */ void finished(boolean client, byte[] transcript, int at, byte[] output, int offset) {
		verifyData(client ? CLIENT : SERVER, transcript, at, output, offset);
	}

	/** §4.4.4, under the base key at an index. */
	private void verifyData(int baseKey, byte[] transcript, int at, byte[] output, int offset) {
		byte[] s = this.secrets;
		expandLabel(s, baseKey, "finished", transcript, 0, 0, s, WORK, this.hashLength);
		Hmac hmac = this.hmac;
		hmac.init(s, WORK, this.hashLength);
		hmac.update(transcript, at, this.hashLength);
		hmac.mac(output, offset);
		hmac.wipe();
		wipe(WORK, MAX_HASH);
	}

	/** Derives the master secret. */
	/* package */ void master() {
		byte[] s = this.secrets;
		deriveSecretOfNothing("derived");
		// The zeros that are extracted from stand where the old server secret was.
		wipe(SERVER, MAX_HASH);
		this.hkdf.extract(s, WORK, this.hashLength, s, SERVER, this.hashLength, s, STAGE);
	}

	/**
	 * Derives the application traffic secret of the server, and the exporter secret; the client's handshake traffic secret stays until
	 * {@link #applicationClient}, for the client's Finished is still to be sent under it.
	 *
	 * @param transcript
	 *            the transcript hash of ClientHello...server Finished, at index 0.
	 */
	/* package */ void application(byte[] transcript) {
		byte[] s = this.secrets;
		expandLabel(s, STAGE, "s ap traffic", transcript, 0, this.hashLength, s, SERVER, this.hashLength);
		expandLabel(s, STAGE, "exp master", transcript, 0, this.hashLength, s, EXPORTER, this.hashLength);
	}

	/**
	 * Derives the client's application traffic secret; the argument is the same as in {@link #application}. {@link #resumption} or
	 * {@link #endMaster} follows.
	 */
	/* package */ void applicationClient(byte[] transcript) {
		expandLabel(this.secrets, STAGE, "c ap traffic", transcript, 0, this.hashLength, this.secrets, CLIENT, this.hashLength);
	}

	/**
	 * Replaces the master secret by the resumption secret.
	 *
	 * @param transcript
	 *            the transcript hash of ClientHello...client Finished, at index 0.
	 */
	/* package */ void resumption(byte[] transcript) {
		expandLabel(this.secrets, STAGE, "res master", transcript, 0, this.hashLength, this.secrets, STAGE, this.hashLength);
	}

	/** Wipes the master secret, and the resumption secret if there is one. */
	/* package */ void endMaster() {
		wipe(STAGE, MAX_HASH);
	}

	/**
	 * Derives the PSK of a ticket from the resumption secret (§4.6.1).
	 *
	 * @param nonce
	 *            the array of the ticket's nonce.
	 * @param offset
	 *            its first byte.
	 * @param length
	 *            its length, at most {@value #MAX_TICKET_NONCE} bytes.
	 * @param output
	 *            receives {@link #hashLength()} bytes.
	 * @param outputOffset
	 *            where the first one goes.
	 */
	/* package */ void ticketSecret(byte[] nonce, int offset, int length, byte[] output, int outputOffset) {
		expandLabel(this.secrets, STAGE, "resumption", nonce, offset, length, output, outputOffset, this.hashLength);
	}

	/** Derives the next application traffic secret of one side (§7.2). */
	/* package */ void update(boolean client) {
		byte[] s = this.secrets;
		int at = client ? CLIENT : SERVER;
		expandLabel(s, at, "traffic upd", s, 0, 0, s, WORK, this.hashLength);
		System.arraycopy(s, WORK, s, at, this.hashLength);
		wipe(WORK, MAX_HASH);
	}

	/**
	 * Sets a record protection to the keys of the current traffic secret of one side (§7.3).
	 *
	 * @param client
	 *            whose.
	 * @param protection
	 *            the one to set.
	 */
	/* package */ void install(boolean client, RecordProtection protection) {
		byte[] s = this.secrets;
		int at = client ? CLIENT : SERVER;
		expandLabel(s, at, "iv", s, 0, 0, protection.secret(), RecordProtection.IV, RecordProtection.IV_LENGTH);
		expandLabel(s, at, "key", s, 0, 0, protection.secret(), RecordProtection.KEY, protection.keyLength());
		protection.start();
	}

	/**
	 * Exports keying material (§7.5).
	 *
	 * @param label
	 *            ASCII, at most {@value #MAX_EXPORTER_LABEL} bytes.
	 * @param context
	 *            the context, length 0 allowed.
	 * @param output
	 *            receives the material.
	 * @param offset
	 *            where the first byte goes.
	 * @param length
	 *            the number of bytes wanted, at most 255 times the hash's length.
	 */
	/* package */ void export(byte[] label, byte[] context, byte[] output, int offset, int length) {
		byte[] s = this.secrets;
		Hash hash = this.hashLength == MAX_HASH ? this.work384 : this.work256;
		// STAGE may hold the resumption secret. So Hash("") passes through WORK, where Derive-Secret's result goes once it was read,
		// and Hash(context) through the place in the HkdfLabel structure where it belongs.
		hash.reset();
		hash.digest(s, WORK);
		int n = beginInfo(this.hashLength, label.length);
		System.arraycopy(label, 0, s, n, label.length);
		n = endInfo(n + label.length, s, WORK, this.hashLength);
		this.hkdf.expand(s, EXPORTER, this.hashLength, this.secrets, INFO, n - INFO, s, WORK, this.hashLength);
		hash.update(context, 0, context.length);
		int contextAt = INFO + 9 + EXPORTER_LABEL.length() + 1;
		hash.digest(s, contextAt);
		expandLabel(s, WORK, EXPORTER_LABEL, s, contextAt, this.hashLength, output, offset, length);
		wipe(WORK, MAX_HASH);
	}

	/** Gets the array of all secrets, which before {@link #start} is free for others from its beginning to {@link #INFO}. */
	/* package */ byte[] memory() {
		return this.secrets;
	}

	/** Gets the HMAC, with room for keys of 48 bytes, for the key schedule of another version: only one is in use. */
	/* package */ Hmac hmac() {
		return this.hmac;
	}

	/* package */ int hashLength() {
		return this.hashLength;
	}

	/** Gives a traffic secret to a key log. */
	/* package */ void log(KeyLog log, String label, byte[] clientRandom, boolean client) {
		logAt(log, label, clientRandom, client ? CLIENT : SERVER);
	}

	/** Gives the exporter secret to a key log. */
	/* package */ void logExporter(KeyLog log, String label, byte[] clientRandom) {
		logAt(log, label, clientRandom, EXPORTER);
	}

	/** Wipes the early secret, and nothing that others keep. */
	/* package */ void wipeEarly() {
		wipe(STAGE, MAX_HASH);
		wipe(WORK, MEMORY - WORK);
		this.hmac.wipe();
	}

	/** Wipes every secret. */
	/* package */ void wipe() {
		wipe(0, MEMORY);
		this.hmac.wipe();
	}

	private void logAt(KeyLog log, String label, byte[] clientRandom, int at) {
		// The log takes a secret from index 0 of an array.
		byte[] s = this.secrets;
		System.arraycopy(s, STAGE, s, WORK, MAX_HASH);
		System.arraycopy(s, at, s, STAGE, this.hashLength);
		log.secret(label, clientRandom, s, this.hashLength);
		System.arraycopy(s, WORK, s, STAGE, MAX_HASH);
		wipe(WORK, MAX_HASH);
	}

	/** Puts Derive-Secret(stage, label, "") into WORK: with "derived" the salt of the next stage. */
	private void deriveSecretOfNothing(String label) {
		Hash hash = this.hashLength == MAX_HASH ? this.work384 : this.work256;
		hash.reset();
		hash.digest(this.secrets, WORK);
		expandLabel(this.secrets, STAGE, label, this.secrets, WORK, this.hashLength, this.secrets, WORK, this.hashLength);
	}

	/** HKDF-Expand-Label (§7.1). */
	private void expandLabel(byte[] secret, int secretOffset, String label, byte[] context, int contextOffset, int contextLength, byte[] output,
			int offset, int length) {
		int n = beginInfo(length, label.length());
		for (int i = 0; i < label.length(); i++) {
			this.secrets[n++] = (byte) label.charAt(i);
		}
		n = endInfo(n, context, contextOffset, contextLength);
		this.hkdf.expand(secret, secretOffset, this.hashLength, this.secrets, INFO, n - INFO, output, offset, length);
	}

	/** Writes the HkdfLabel up to the label's own text: the length, and the prefix "tls13 ". */
	private int beginInfo(int length, int labelLength) {
		byte[] b = this.secrets;
		b[INFO] = (byte) (length >> 8);
		b[INFO + 1] = (byte) length;
		b[INFO + 2] = (byte) (6 + labelLength);
		b[INFO + 3] = 't';
		b[INFO + 4] = 'l';
		b[INFO + 5] = 's';
		b[INFO + 6] = '1';
		b[INFO + 7] = '3';
		b[INFO + 8] = ' ';
		return INFO + 9;
	}

	private int endInfo(int at, byte[] context, int offset, int length) {
		this.secrets[at] = (byte) length;
		System.arraycopy(context, offset, this.secrets, at + 1, length);
		return at + 1 + length;
	}

	private void wipe(int from, int length) {
		for (int i = from; i < from + length; i++) {
			this.secrets[i] = 0;
		}
	}
}
