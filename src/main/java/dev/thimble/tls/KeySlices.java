/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.Aead;

/**
 * The key schedule of TLS 1.3 (RFC 8446 §7.1) in slices, each of which fits into a step even with SHA-384: what both roles do with
 * {@link KeySchedule}, in the order their flights ask for.
 */
/* package */ final class KeySlices {

	private KeySlices() {
	}

	/** Derives the handshake secret, and wipes the (EC)DHE shared secret it comes from, at index 0. */
	/* package */ static void handshakeSecret(KeySchedule schedule, byte[] shared, int length) {
		schedule.handshake(shared, length);
		for (int i = 0; i < length; i++) {
			shared[i] = 0;
		}
	}

	/** Derives the handshake traffic secrets; transcript: ClientHello...ServerHello. */
	/* package */ static void handshakeTraffic(KeySchedule schedule, byte[] transcript, KeyLog log, byte[] clientRandom) {
		schedule.handshakeTraffic(transcript);
		if (log != null) {
			schedule.log(log, "CLIENT_HANDSHAKE_TRAFFIC_SECRET", clientRandom, true);
			schedule.log(log, "SERVER_HANDSHAKE_TRAFFIC_SECRET", clientRandom, false);
		}
	}

	/** Sets a direction to the handshake keys of a side, with the suite's AEAD. */
	/* package */ static void handshakeKeys(KeySchedule schedule, boolean client, RecordProtection protection, Aead aead) {
		protection.select(aead);
		schedule.install(client, protection);
	}

	/** Derives the server's application traffic secret and the exporter secret; transcript: ClientHello...server Finished. */
	/* package */ static void application(KeySchedule schedule, byte[] transcript, KeyLog log, byte[] clientRandom) {
		schedule.application(transcript);
		if (log != null) {
			schedule.log(log, "SERVER_TRAFFIC_SECRET_0", clientRandom, false);
			schedule.logExporter(log, "EXPORTER_SECRET", clientRandom);
		}
	}

	/**
	 * Derives the client's application traffic secret of the same transcript, and sets a direction to its keys. The master secret stays: the
	 * resumption secret may come of it.
	 */
	/* package */ static void applicationClient(KeySchedule schedule, byte[] transcript, RecordProtection protection, KeyLog log,
			byte[] clientRandom) {
		schedule.applicationClient(transcript);
		schedule.install(true, protection);
		if (log != null) {
			schedule.log(log, "CLIENT_TRAFFIC_SECRET_0", clientRandom, true);
		}
	}

	/**
	 * Verifies a Finished message (§4.4.4), in constant time.
	 *
	 * @param client
	 *            whose.
	 * @param digest
	 *            the transcript hash before it, at index 0; overwritten.
	 * @param received
	 *            its verify_data, at index 0.
	 * @return an error of {@link TlsError}.
	 */
	/* package */ static int finished(KeySchedule schedule, boolean client, byte[] digest, byte[] received) {
		schedule.finished(client, digest, 0, digest, 0);
		int difference = 0;
		for (int i = 0; i < schedule.hashLength(); i++) {
			difference |= digest[i] ^ received[i];
		}
		return difference == 0 ? TlsError.NONE : TlsError.FINISHED_INVALID;
	}

	/** Writes a Finished message: its header, and verify_data over the transcript so far. Returns its length. */
	/* package */ static int writeFinished(KeySchedule schedule, boolean client, Transcript transcript, byte[] out, int offset) {
		int n = 4 + schedule.hashLength();
		out[offset] = HandshakeType.FINISHED;
		out[offset + 1] = 0;
		out[offset + 2] = 0;
		out[offset + 3] = (byte) (n - 4);
		transcript.hash(out, offset + 4);
		schedule.finished(client, out, offset + 4, out, offset + 4);
		return n;
	}

	/** Acts on a KeyUpdate (§4.6.3) of a side; request: its value. Returns an error of {@link TlsError}. */
	/* package */ static int keyUpdate(KeySchedule schedule, boolean client, int request, RecordProtection protection) {
		if (request != 0 && request != 1) {
			return TlsError.KEY_UPDATE_VALUE;
		}
		schedule.update(client);
		schedule.install(client, protection);
		return TlsError.NONE;
	}
}
