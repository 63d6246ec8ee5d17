/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.Hmac;

/**
 * The secrets of TLS 1.2 (RFC 5246 §6.3, §8.1, with the extended master secret of RFC 7627): premaster secret, master secret, keys, Finished.
 *
 * <p>The methods that start something are followed by {@link #step()} until that gives true.
 */
/* package */ final class KeySchedule12 {

	// Offsets in one array. The client's key share and session id may stand there too: from index 0, and at SESSION_ID.
	private static final int MASTER = 0;
	private static final int SESSION_ID = Handshake.MAX_SHARE;
	private static final int SERVER_RANDOM = SESSION_ID + ClientHello.SESSION_ID_LENGTH;
	/** The premaster secret, before it the peer's public key, behind it the key block, and then verify_data. */
	private static final int PREMASTER = SERVER_RANDOM + ClientHello.RANDOM_LENGTH;
	private static final int MAX_PREMASTER = 2 * (2 + PreSharedKey.MAX_KEY_LENGTH);
	private static final int WORK = PREMASTER + MAX_PREMASTER;
	private static final int SCRATCH = MAX_PREMASTER + Prf12.MEMORY;
	/** Bytes of memory. */
	/* package */ static final int MEMORY = WORK + Prf12.MEMORY;

	private static final String KEY_LOG = "CLIENT_RANDOM";

	private final byte[] memory;
	private final Prf12 prf;
	private byte hash;
	private short length;

	/**
	 * Creates a key schedule.
	 *
	 * @param hashes
	 *            hashes used within single calls only.
	 * @param hmac
	 *            as {@link Prf12} wants it.
	 * @param memory
	 *            {@link #MEMORY} bytes or more, of a key schedule of TLS 1.3 for example: only one of the two is in use.
	 */
	/* package */ KeySchedule12(WorkHashes hashes, Hmac hmac, byte[] memory) {
		this.memory = memory;
		this.prf = new Prf12(hashes.sha256(), hashes.sha384(), hmac, memory, WORK);
	}

	/**
	 * Creates a key schedule of an engine.
	 *
	 * @param first
	 *            that of TLS 1.3, whose memory it can use; null without.
	 */
	/* package */ static KeySchedule12 of(HandshakeParts parts, KeySchedule first) {
		Hash longest = parts.hashes.sha384() == null ? parts.hashes.sha256() : parts.hashes.sha384();
		boolean wholeBlocks = false;
		for (int i = 0; i < parts.config.preSharedKeys.length; i++) {
			// The premaster secret of such a key is longer than others, and not so long that it were hashed.
			wholeBlocks |= !parts.config.preSharedKeys[i].imported() && parts.config.preSharedKeys[i].hash() == Hash.SHA_384;
		}
		Hmac hmac = wholeBlocks ? new Hmac(longest) : first != null ? first.hmac() : new Hmac(longest, Prf12.MASTER_LENGTH);
		return new KeySchedule12(parts.hashes, hmac, first != null ? first.memory() : new byte[MEMORY]);
	}

	/** Gets where the associated data of a record can stand while nothing else is done: {@link Prf12} works there. */
	/* package */ static int recordMemory() {
		return WORK;
	}

	/** Sets the hash function of the suite, a constant of {@link Hash}. */
	/* package */ void select(int chosen) {
		this.hash = (byte) chosen;
	}

	/** Takes the server's random and session id. */
	/* package */ void hello(byte[] field, int randomAt, int sessionIdAt, int sessionIdLength) {
		System.arraycopy(field, randomAt, this.memory, SERVER_RANDOM, ClientHello.RANDOM_LENGTH);
		System.arraycopy(field, sessionIdAt, this.memory, SESSION_ID, sessionIdLength);
	}

	/** Gets the array of everything that is asked for by its offset. */
	/* package */ byte[] memory() {
		return this.memory;
	}

	/* package */ int sessionId() {
		return SESSION_ID;
	}

	/* package */ int serverRandom() {
		return SERVER_RANDOM;
	}

	/** Gets where a server puts together what it signs, at most {@value #SCRATCH} bytes, before there is a premaster secret. */
	/* package */ int scratch() {
		return PREMASTER;
	}

	/** Gets where a server keeps the hash of the messages by SHA-256 while a client's signature about it is read and verified. */
	/* package */ int hash256() {
		return WORK;
	}

	/** As {@link #hash256}, by SHA-384. */
	/* package */ int hash384() {
		return WORK + 32;
	}

	/** Gets where the master secret stands. */
	/* package */ int master() {
		return MASTER;
	}

	/** Gets where the peer's public key stands until there is a shared secret. */
	/* package */ int peerShare() {
		return PREMASTER;
	}

	/** Gets where the shared secret of an agreement goes: with a pre-shared key its length stands before it (RFC 5489 §2). */
	/* package */ int sharedSecret(boolean preShared) {
		return PREMASTER + (preShared ? 2 : 0);
	}

	/**
	 * Completes the premaster secret.
	 *
	 * @param sharedLength
	 *            the length of the agreement's secret, which is at its place; 0: there is none.
	 * @param key
	 *            the pre-shared key; null: none.
	 */
	/* package */ void premaster(int sharedLength, PreSharedKey key) {
		this.length = (short) sharedLength;
		if (key == null) {
			return;
		}
		byte[] m = this.memory;
		byte[] k = key.key();
		int other = sharedLength;
		if (other == 0) {
			// RFC 4279 §2: as many zeros as the key has bytes
			other = k.length;
			for (int i = 0; i < other; i++) {
				m[PREMASTER + 2 + i] = 0;
			}
		}
		m[PREMASTER] = 0;
		m[PREMASTER + 1] = (byte) other;
		int at = PREMASTER + 2 + other;
		m[at] = 0;
		m[at + 1] = (byte) k.length;
		System.arraycopy(k, 0, m, at + 2, k.length);
		this.length = (short) (2 + other + 2 + k.length);
	}

	/** Starts to derive the master secret, of the hash of the messages up to ClientKeyExchange (RFC 7627 §4); the premaster secret is wiped. */
	/* package */ void startMaster(byte[] sessionHash, int hashLength) {
		this.prf.start(this.hash, this.memory, PREMASTER, this.length, Prf12.EXTENDED_MASTER_SECRET);
		wipe(PREMASTER, MAX_PREMASTER);
		this.prf.seed(sessionHash, 0, hashLength);
		this.prf.expand(this.memory, MASTER, Prf12.MASTER_LENGTH);
	}

	/** Takes the master secret of a session. */
	/* package */ void resume(byte[] session, int offset) {
		System.arraycopy(session, offset, this.memory, MASTER, Prf12.MASTER_LENGTH);
	}

	/** Starts to derive the keys of both directions (RFC 5246 §6.3). */
	/* package */ void startKeys(byte[] clientRandom, int keyLength, int fixedLength) {
		this.prf.start(this.hash, this.memory, MASTER, Prf12.MASTER_LENGTH, Prf12.KEY_EXPANSION);
		this.prf.seed(this.memory, SERVER_RANDOM, ClientHello.RANDOM_LENGTH);
		this.prf.seed(clientRandom, 0, ClientHello.RANDOM_LENGTH);
		this.prf.expand(this.memory, PREMASTER, 2 * (keyLength + fixedLength));
	}

	/** Gives the keys to both directions, whose change_cipher_spec starts them, and wipes them here. */
	/* package */ void distribute(RecordProtection client, RecordProtection server, int keyLength, int fixedLength) {
		byte[] m = this.memory;
		int at = PREMASTER;
		System.arraycopy(m, at, client.secret(), RecordProtection.KEY, keyLength);
		at += keyLength;
		System.arraycopy(m, at, server.secret(), RecordProtection.KEY, keyLength);
		at += keyLength;
		System.arraycopy(m, at, client.secret(), RecordProtection.IV, fixedLength);
		at += fixedLength;
		System.arraycopy(m, at, server.secret(), RecordProtection.IV, fixedLength);
		wipe(PREMASTER, MAX_PREMASTER);
	}

	/** Starts to compute verify_data of one side (RFC 5246 §7.4.9), of the hash of all messages before. */
	/* package */ void startFinished(boolean client, byte[] transcript, int hashLength) {
		this.prf.start(this.hash, this.memory, MASTER, Prf12.MASTER_LENGTH, client ? Prf12.CLIENT_FINISHED : Prf12.SERVER_FINISHED);
		this.prf.seed(transcript, 0, hashLength);
		this.prf.expand(this.memory, PREMASTER, Prf12.VERIFY_LENGTH);
	}

	/** Writes a Finished message of the verify_data computed; returns its length. */
	/* package */ int writeFinished(byte[] out, int offset) {
		out[offset] = HandshakeType.FINISHED;
		out[offset + 1] = 0;
		out[offset + 2] = 0;
		out[offset + 3] = Prf12.VERIFY_LENGTH;
		System.arraycopy(this.memory, PREMASTER, out, offset + 4, Prf12.VERIFY_LENGTH);
		return 4 + Prf12.VERIFY_LENGTH;
	}

	/** Tells whether verify_data that was received is what was computed, in constant time. */
	/* package */ boolean finishedIs(byte[] received) {
		int difference = 0;
		for (int i = 0; i < Prf12.VERIFY_LENGTH; i++) {
			difference |= this.memory[PREMASTER + i] ^ received[i];
		}
		return difference == 0;
	}

	/** Works for a slice; true once what was started is there. */
	/* package */ boolean step() {
		return this.prf.step();
	}

	/** Exports keying material (RFC 5705 §4); a context of length 0 is none. */
	/* package */ void export(byte[] label, byte[] context, byte[] clientRandom, byte[] output, int offset, int wanted) {
		this.prf.start(this.hash, this.memory, MASTER, Prf12.MASTER_LENGTH, "");
		this.prf.seed(label, 0, label.length);
		this.prf.seed(clientRandom, 0, ClientHello.RANDOM_LENGTH);
		this.prf.seed(this.memory, SERVER_RANDOM, ClientHello.RANDOM_LENGTH);
		if (context.length > 0) {
			this.prf.seedVector(context, 0, context.length);
		}
		this.prf.expand(output, offset, wanted);
		while (!this.prf.step()) {
			continue;
		}
	}

	/** Gives the master secret to a key log. */
	/* package */ void log(KeyLog log, byte[] clientRandom) {
		log.secret(KEY_LOG, clientRandom, this.memory, Prf12.MASTER_LENGTH);
	}

	/** Wipes everything. */
	/* package */ void wipe() {
		this.prf.wipe();
		wipe(0, MEMORY);
	}

	private void wipe(int from, int count) {
		for (int i = from; i < from + count; i++) {
			this.memory[i] = 0;
		}
	}
}
