/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.nio.charset.StandardCharsets;

/** A pre-shared key: external, imported (RFC 9258) or of a ticket. */
public final class Psk {

	/** psk_ke: the pre-shared key alone. */
	public static final int ONLY = 0;
	/** psk_dhe_ke: with (EC)DHE. */
	public static final int DHE = 1;
	/** Whatever is best of what is offered. */
	public static final int BEST = -1;

	/** The label its binder key is derived with: "ext binder", "res binder" or "imp binder". */
	public final String label;
	public final byte[] identity;
	public final byte[] key;
	/** The hash it belongs to: "SHA-256" or "SHA-384". */
	public final String digest;
	/** The suite early data is sent with, and the ticket's connection had; 0: the first with the right hash. */
	public int suite;
	/** ticket_age_add, 0 unless there is a ticket. */
	public long ageAdd;
	/** The lifetime of a ticket in seconds. */
	public long lifetime;
	/** max_early_data_size of a ticket; -1: none. */
	public long maxEarlyData = -1;
	/** The age a client says it has, in milliseconds. */
	public long age = 1000;

	public Psk(String label, byte[] identity, byte[] key, String digest) {
		this.label = label;
		this.identity = identity;
		this.key = key;
		this.digest = digest;
	}

	/** An external key for SHA-256. */
	public static Psk external(String identity, byte[] key) {
		return external(identity.getBytes(StandardCharsets.UTF_8), key, "SHA-256");
	}

	public static Psk external(byte[] identity, byte[] key, String digest) {
		return new Psk("ext binder", identity, key, digest);
	}

	/**
	 * The key imported from an external one (RFC 9258 §5.1).
	 *
	 * @param digest
	 *            the hash of the external key.
	 * @param target
	 *            the hash of the suites it shall serve.
	 */
	public static Psk imported(byte[] identity, byte[] key, byte[] context, String digest, String target) {
		byte[] imported = new Octets().vector16(identity).vector16(context).u16(0x0304).u16(target.equals("SHA-384") ? 2 : 1).toBytes();
		ReferenceSchedule schedule = new ReferenceSchedule(digest);
		byte[] extracted = schedule.extract(new byte[schedule.hashLength()], key);
		return new Psk("imp binder", imported, schedule.expandLabel(extracted, "derived psk", schedule.hash(imported),
				target.equals("SHA-384") ? 48 : 32), target);
	}

	/** The key of a ticket (RFC 8446 §4.6.1), for the connection the schedule belongs to. */
	public static Psk ticket(byte[] ticket, byte[] nonce, ReferenceSchedule schedule, int suite) {
		Psk psk = new Psk("res binder", ticket, schedule.expandLabel(schedule.resumptionMaster, "resumption", nonce, schedule.hashLength()),
				schedule.digest());
		psk.suite = suite;
		return psk;
	}

	/** As {@link #imported(byte[], byte[], byte[], String, String)} for an external key and suites of SHA-256. */
	public static Psk imported(String identity, byte[] key, String context) {
		return imported(identity.getBytes(StandardCharsets.UTF_8), key, context.getBytes(StandardCharsets.UTF_8), "SHA-256", "SHA-256");
	}

	/** The binder over a truncated ClientHello, whose transcript hash is given (RFC 8446 §4.2.11.2). */
	public byte[] binder(byte[] transcriptHash) {
		ReferenceSchedule schedule = new ReferenceSchedule(this.digest);
		schedule.early(this.key);
		return schedule.finished(schedule.derive(schedule.earlySecret, this.label, schedule.hash(new byte[0])), transcriptHash);
	}

	/** Whether a suite of TLS 1.3 has this key's hash. */
	public boolean fits(int ofSuite) {
		return this.digest.equals(ReferenceSchedule.digest(ofSuite));
	}
}
