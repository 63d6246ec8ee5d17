/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The records of TLS 1.2: RFC 5246 §6.2, and change_cipher_spec, §7.1. */
abstract class PeerRecords12 extends PeerRecords {

	/** The explicit nonces seen, which must not repeat (RFC 5288 §3). */
	private final Set<String> nonces = new HashSet<>();

	PeerRecords12(String who) {
		super(who);
	}

	/** The keys a change_cipher_spec switches to; null if it must not come now. */
	abstract RecordProtection nextKeys();

	/** The largest plaintext the engine may send. */
	abstract int recordSizeLimit();

	/** Whether a hello has come, after which only version 3.3 may. */
	abstract boolean greeted();

	@Override
	void record(byte[] record) {
		int type = record[0];
		int version = Octets.u16At(record, 1);
		require(version == 0x0303 || !greeted() && version == 0x0301, "record version");
		byte[] content = Arrays.copyOfRange(record, 5, record.length);
		boolean encrypted = this.readKeys != null;
		if (encrypted) {
			content = this.readKeys.open(record);
			require(content != null, "record does not decrypt");
			require(this.readKeys.overhead() == this.readKeys.tagLength() || this.nonces.add(Octets.hex(Arrays.copyOfRange(record, 5, 13))),
					"a nonce used twice");
			this.largestInner = Math.max(this.largestInner, content.length);
			require(content.length <= recordSizeLimit(), "a record of " + content.length + " bytes, more than the limit");
		}
		if (type == TlsNumbers.CHANGE_CIPHER_SPEC) {
			require(!encrypted, "change_cipher_spec after Finished");
			require(Arrays.equals(content, Octets.of(1)) && this.messages.length == 0, "change_cipher_spec");
			this.readKeys = nextKeys();
			require(this.readKeys != null, "change_cipher_spec at a wrong time");
			this.changeCipherSpecs++;
			return;
		}
		require(encrypted || type != TlsNumbers.APPLICATION_DATA, "application data in the clear");
		content(type, content, encrypted);
	}

	@Override
	void applicationData(byte[] content) {
		require(this.finished, "application data before Finished");
		this.data.writeBytes(content);
	}

	/** Takes a Certificate message apart. */
	void certificates(byte[] m) {
		this.certificate = m;
		require(Octets.u24At(m, 4) == m.length - 7, "Certificate's lengths");
		int at = 7;
		while (at < m.length) {
			int n = Octets.u24At(m, at);
			this.chain.add(Arrays.copyOfRange(m, at + 3, at + 3 + n));
			at += 3 + n;
		}
		require(at == m.length, "Certificate's lengths");
	}

	/** Compares Finished with what it has to be. */
	void finished(byte[] m, byte[] expected) {
		require(this.readKeys != null && !this.finished, "Finished at a wrong time");
		require(Arrays.equals(m, Octets.message(TlsNumbers.FINISHED, expected)), "Finished is wrong");
		this.finished = true;
	}
}
