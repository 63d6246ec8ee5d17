/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.support.Octets;
import dev.thimble.support.ReferenceSchedule;
import dev.thimble.support.ScriptedServer;
import dev.thimble.support.SecretSearch;

/** The key schedule (RFC 8446 §7): all secrets, keys, nonces and Finished values of RFC 8448, and against an independent one. */
class KeyScheduleTest {

	private static final byte[] CLIENT_RANDOM = new byte[32];

	@ParameterizedTest
	@ValueSource(ints = { 3, 5 })
	void derivesTheValuesOfRfc8448(int section) {
		Rfc8448 rfc = new Rfc8448(section);
		CryptoProvider crypto = new PortableCrypto();
		byte[] helloHash = section == 3 ? helloHash3(rfc, crypto) : helloHash5(rfc, crypto);
		assertEquals(Octets.hex(rfc.get("hello hash")), Octets.hex(helloHash));

		KeySchedule schedule = new KeySchedule(crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384));
		byte[] shared = rfc.get("shared secret");
		schedule.start(Hash.SHA_256);
		assertEquals(32, schedule.hashLength());
		schedule.handshake(shared, shared.length);
		schedule.handshakeTraffic(helloHash);
		assertSecrets(rfc, schedule, "handshake");
		RecordProtection client = new RecordProtection();
		RecordProtection server = new RecordProtection();
		client.pair(server);
		assertKeys(rfc, schedule, crypto, client, server, "handshake");

		// The server's flight opens, its Finished is what the schedule says, and the client's Finished seals to the RFC's record.
		byte[] flight = open(server, rfc.get("server flight record"));
		byte[] beforeFinished = Arrays.copyOf(flight, flight.length - 36);
		Transcript transcript = transcript(rfc, section, crypto);
		transcript.update(beforeFinished, 0, beforeFinished.length);
		byte[] hash = new byte[32];
		byte[] verifyData = new byte[40];
		transcript.hash(hash, 0);
		schedule.finished(false, hash, 0, verifyData, 4);
		assertEquals(Octets.hex(Arrays.copyOfRange(flight, flight.length - 32, flight.length)), Octets.hex(Arrays.copyOfRange(verifyData,
				4, 36)));
		transcript.update(flight, flight.length - 36, 36);
		transcript.hash(hash, 0);
		byte[] finished = new byte[4 + 32];
		finished[0] = HandshakeType.FINISHED;
		finished[3] = 32;
		schedule.finished(true, hash, 0, finished, 4);
		assertEquals(Octets.hex(rfc.get("client Finished record")), Octets.hex(seal(client, ContentType.HANDSHAKE, finished)));

		schedule.master();
		schedule.application(hash);
		schedule.applicationClient(hash);
		assertSecrets(rfc, schedule, "application");
		Map<String, byte[]> logged = new LinkedHashMap<>();
		schedule.logExporter((label, random, secret, length) -> logged.put(label, Arrays.copyOf(secret, length)), "E", CLIENT_RANDOM);
		assertEquals(Octets.hex(rfc.get("exporter master secret")), Octets.hex(logged.get("E")));
		assertKeys(rfc, schedule, crypto, client, server, "application");
		if (section == 3) {
			assertEquals(HandshakeType.NEW_SESSION_TICKET, open(server, rfc.get("NewSessionTicket record"))[0]);
			byte[] data = open(server, rfc.get("server data record"));
			assertEquals(Octets.hex(rfc.get("client data record")), Octets.hex(seal(client, ContentType.APPLICATION_DATA, data)));
		}
		assertArrayEquals(new byte[] { 1, 0 }, open(server, rfc.get("server close_notify record")));
		assertEquals(Octets.hex(rfc.get("client close_notify record")), Octets.hex(seal(client, ContentType.ALERT, new byte[] { 1, 0 })));
	}

	@ParameterizedTest
	@ValueSource(ints = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384 })
	void agreesWithTheReference(int suite) {
		CryptoProvider crypto = new PortableCrypto();
		KeySchedule schedule = new KeySchedule(crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384));
		int n = suite == CipherSuite.TLS_AES_256_GCM_SHA384 ? 48 : 32;
		for (int round = 0; round < 50; round++) {
			ReferenceSchedule reference = new ReferenceSchedule(suite);
			byte[] shared = ScriptedServer.bytes(round, round % 2 == 0 ? 32 : 48);
			byte[] hello = ScriptedServer.bytes(1000 + round, n);
			byte[] finished = ScriptedServer.bytes(2000 + round, n);
			reference.handshake(shared, hello);
			reference.application(finished);
			schedule.start(CipherSuite.hash(suite));
			schedule.handshake(shared, shared.length);
			schedule.handshakeTraffic(hello);
			assertArrayEquals(reference.clientHandshake, secret(schedule, true));
			assertArrayEquals(reference.serverHandshake, secret(schedule, false));
			byte[] verifyData = new byte[n];
			schedule.finished(true, finished, 0, verifyData, 0);
			assertArrayEquals(reference.finished(reference.clientHandshake, finished), verifyData);
			schedule.master();
			schedule.application(finished);
			// The client's handshake secret has to outlive the server's.
			assertArrayEquals(reference.clientHandshake, secret(schedule, true));
			schedule.applicationClient(finished);
			schedule.endMaster();
			assertArrayEquals(reference.clientApplication, secret(schedule, true));
			assertArrayEquals(reference.serverApplication, secret(schedule, false));
			for (int length : new int[] { 1, n, n + 1, 255, 255 * 32 }) {
				byte[] context = ScriptedServer.bytes(round, round * 7);
				byte[] out = new byte[length];
				String label = "L".repeat(1 + round);
				schedule.export(label.getBytes(StandardCharsets.US_ASCII), context, out, 0, length);
				assertArrayEquals(reference.export(label, context, length), out);
			}
			byte[] client = reference.clientApplication;
			byte[] server = reference.serverApplication;
			for (int i = 0; i < 5; i++) {
				schedule.update(true);
				client = reference.update(client);
				schedule.update(false);
				server = reference.update(server);
				assertArrayEquals(client, secret(schedule, true));
				assertArrayEquals(server, secret(schedule, false));
			}
			schedule.wipe();
			assertEquals(null, new SecretSearch().add("client", client).add("server", server).add("exporter", reference.exporterMaster)
					.add("master", reference.masterSecret).findIn(schedule));
		}
	}

	/** The trace with PSK, binder and early data; its PSK is the ticket's of section 3. */
	@Test
	void derivesTheValuesOfRfc8448sResumption() {
		Rfc8448 rfc = new Rfc8448(4);
		CryptoProvider crypto = new PortableCrypto();
		KeySchedule schedule = new KeySchedule(crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384));
		byte[] psk = rfc.get("PSK");
		schedule.start(Hash.SHA_256, psk, 0, psk.length);
		byte[] hello = rfc.get("ClientHello");
		Transcript transcript = new Transcript(crypto.newHash(Hash.SHA_256), null, crypto.newHash(Hash.SHA_256), null);
		transcript.reset();
		transcript.select(Hash.SHA_256);
		transcript.update(hello, 0, hello.length - 35);
		byte[] hash = new byte[32];
		transcript.hash(hash, 0);
		assertEquals(Octets.hex(rfc.get("binder hash")), Octets.hex(hash));
		byte[] binder = new byte[40];
		schedule.binder("res binder", hash, 0, binder, 3);
		assertEquals(Octets.hex(rfc.get("binder")), Octets.hex(Arrays.copyOfRange(binder, 3, 35)));
		assertEquals(Octets.hex(rfc.get("binder")), Octets.hex(Arrays.copyOfRange(hello, hello.length - 32, hello.length)));
		transcript.update(hello, hello.length - 35, 35);
		transcript.hash(hash, 0);
		assertEquals(Octets.hex(rfc.get("ClientHello hash")), Octets.hex(hash));
		schedule.early(hash);
		assertEquals(Octets.hex(rfc.get("client early traffic secret")), Octets.hex(secret(schedule, true)));
		RecordProtection client = new RecordProtection();
		RecordProtection server = new RecordProtection();
		client.pair(server);
		client.select(new KeyWatch(crypto.newAead(Aead.AES_128_GCM), rfc.get("client early key")));
		schedule.install(true, client);
		assertEquals(Octets.hex(rfc.get("client early iv")), Octets.hex(Arrays.copyOf(client.secret(), 12)));
		assertEquals(Octets.hex(rfc.get("early data record")), Octets.hex(seal(client, ContentType.APPLICATION_DATA, rfc.get("early data"))));
		byte[] endOfEarlyData = { HandshakeType.END_OF_EARLY_DATA, 0, 0, 0 };
		assertEquals(Octets.hex(rfc.get("EndOfEarlyData record")), Octets.hex(seal(client, ContentType.HANDSHAKE, endOfEarlyData)));

		update(transcript, rfc.get("ServerHello"));
		transcript.hash(hash, 0);
		schedule.handshake(rfc.get("shared secret"), 32);
		schedule.handshakeTraffic(hash);
		assertSecrets(rfc, schedule, "handshake");
		assertKeys(rfc, schedule, crypto, client, server, "handshake");
		byte[] flight = open(server, rfc.get("server flight record"));
		assertEquals(Octets.hex(rfc.get("EncryptedExtensions")) + Octets.hex(rfc.get("server Finished")), Octets.hex(flight));
		update(transcript, flight);
		transcript.hash(hash, 0);
		schedule.master();
		schedule.application(hash);
		byte[] serverFinished = hash.clone();
		update(transcript, endOfEarlyData);
		transcript.hash(hash, 0);
		byte[] finished = new byte[36];
		finished[0] = HandshakeType.FINISHED;
		finished[3] = 32;
		schedule.finished(true, hash, 0, finished, 4);
		assertEquals(Octets.hex(rfc.get("client Finished record")), Octets.hex(seal(client, ContentType.HANDSHAKE, finished)));
		schedule.applicationClient(serverFinished);
		update(transcript, finished);
		transcript.hash(hash, 0);
		schedule.resumption(hash);
		assertSecrets(rfc, schedule, "application");
		assertKeys(rfc, schedule, crypto, client, server, "application");
		assertEquals(Octets.hex(rfc.get("client data record")), Octets.hex(seal(client, ContentType.APPLICATION_DATA, rfc.get("client data"))));
		assertEquals(Octets.hex(rfc.get("client data")), Octets.hex(open(server, rfc.get("server data record"))));
		assertEquals(null, new SecretSearch().add("PSK", psk).add("early", rfc.get("early secret")).add("master", rfc.get("master secret"))
				.add("early traffic", rfc.get("client early traffic secret")).findIn(schedule));
	}

	/** RFC 8448 §3 ends with a ticket. */
	@Test
	void derivesThePskOfRfc8448sTicket() {
		Rfc8448 rfc = new Rfc8448(3);
		CryptoProvider crypto = new PortableCrypto();
		KeySchedule schedule = new KeySchedule(crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384));
		byte[] hash = new byte[32];
		Transcript transcript = transcript(rfc, 3, crypto);
		transcript.hash(hash, 0);
		schedule.start(Hash.SHA_256);
		schedule.handshake(rfc.get("shared secret"), 32);
		schedule.handshakeTraffic(hash);
		for (String name : new String[] { "EncryptedExtensions", "Certificate", "CertificateVerify", "server Finished" }) {
			update(transcript, rfc.get(name));
		}
		transcript.hash(hash, 0);
		schedule.master();
		schedule.application(hash);
		schedule.applicationClient(hash);
		update(transcript, rfc.get("client Finished"));
		transcript.hash(hash, 0);
		schedule.resumption(hash);
		byte[] psk = new byte[34];
		schedule.ticketSecret(new byte[] { 9, 0, 0 }, 1, 2, psk, 2);
		assertEquals(Octets.hex(rfc.get("resumption secret")), Octets.hex(Arrays.copyOfRange(psk, 2, 34)));
		assertEquals(null, new SecretSearch().add("master", rfc.get("master secret")).findIn(schedule));
		schedule.endMaster();
		assertEquals(null, new SecretSearch().add("resumption", rfc.get("resumption master secret")).findIn(schedule));
	}

	@ParameterizedTest
	@ValueSource(ints = { CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384 })
	void resumesAsTheReference(int suite) {
		CryptoProvider crypto = new PortableCrypto();
		KeySchedule schedule = new KeySchedule(crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384));
		int n = suite == CipherSuite.TLS_AES_256_GCM_SHA384 ? 48 : 32;
		for (int round = 0; round < 20; round++) {
			ReferenceSchedule reference = new ReferenceSchedule(suite);
			byte[] empty = reference.hash(new byte[0]);
			byte[] hello = ScriptedServer.bytes(1000 + round, n);
			byte[] finished = ScriptedServer.bytes(2000 + round, n);
			byte[] psk = ScriptedServer.bytes(3000 + round, 16 + 13 * round);
			byte[] shared = round % 2 == 0 ? new byte[n] : ScriptedServer.bytes(round, 32);
			byte[] early = reference.extract(new byte[n], psk);
			schedule.start(CipherSuite.hash(suite), psk, 0, psk.length);
			for (String label : new String[] { "ext binder", "res binder", "imp binder" }) {
				byte[] binder = finished.clone();
				schedule.binder(label, binder, 0, binder, 0);
				assertArrayEquals(reference.finished(reference.derive(early, label, empty), finished), binder);
			}
			schedule.early(hello);
			assertArrayEquals(reference.derive(early, "c e traffic", hello), secret(schedule, true));
			byte[] handshake = reference.extract(reference.derive(early, "derived", empty), shared);
			schedule.handshake(shared, shared.length);
			schedule.handshakeTraffic(hello);
			assertArrayEquals(reference.derive(handshake, "c hs traffic", hello), secret(schedule, true));
			byte[] master = reference.extract(reference.derive(handshake, "derived", empty), new byte[n]);
			schedule.master();
			schedule.application(finished);
			schedule.applicationClient(finished);
			byte[] resumption = reference.derive(master, "res master", hello);
			reference.exporterMaster = reference.derive(master, "exp master", finished);
			schedule.resumption(hello);
			for (int length : new int[] { 0, 1, n, KeySchedule.MAX_TICKET_NONCE }) {
				// The exporter works beside the resumption secret.
				byte[] exported = new byte[100];
				schedule.export("label".getBytes(StandardCharsets.US_ASCII), hello, exported, 0, exported.length);
				assertArrayEquals(reference.export("label", hello, exported.length), exported);
				byte[] nonce = ScriptedServer.bytes(round, length);
				byte[] out = new byte[n];
				schedule.ticketSecret(nonce, 0, length, out, 0);
				assertArrayEquals(reference.expandLabel(resumption, "resumption", nonce, n), out);
			}
		}
	}

	@Test
	void keepsNoSecretLongerThanNeeded() {
		CryptoProvider crypto = new PortableCrypto();
		KeySchedule schedule = new KeySchedule(crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384));
		ReferenceSchedule reference = new ReferenceSchedule(CipherSuite.TLS_AES_128_GCM_SHA256);
		byte[] shared = ScriptedServer.bytes(1, 32);
		byte[] hash = ScriptedServer.bytes(2, 32);
		reference.handshake(shared, hash);
		reference.application(hash);
		schedule.start(Hash.SHA_256);
		schedule.handshake(shared, 32);
		schedule.handshakeTraffic(hash);
		assertEquals(null, new SecretSearch().add("shared", shared).add("early", reference.earlySecret).findIn(schedule));
		schedule.master();
		schedule.application(hash);
		assertEquals(null, new SecretSearch().add("handshake", reference.handshakeSecret).add("server",
				reference.serverHandshake).findIn(schedule));
		schedule.applicationClient(hash);
		schedule.endMaster();
		assertEquals(null, new SecretSearch().add("master", reference.masterSecret).add("client", reference.clientHandshake).findIn(schedule));
		byte[] oldClient = reference.clientApplication;
		schedule.update(true);
		assertEquals(null, new SecretSearch().add("old client", oldClient).findIn(schedule));
	}

	private static byte[] secret(KeySchedule schedule, boolean client) {
		byte[][] result = new byte[1][];
		schedule.log((label, random, secret, length) -> result[0] = Arrays.copyOf(secret, length), "any", CLIENT_RANDOM, client);
		return result[0];
	}

	private static void assertSecrets(Rfc8448 rfc, KeySchedule schedule, String stage) {
		assertEquals(Octets.hex(rfc.get("client " + stage + " traffic secret")), Octets.hex(secret(schedule, true)));
		assertEquals(Octets.hex(rfc.get("server " + stage + " traffic secret")), Octets.hex(secret(schedule, false)));
	}

	private static void assertKeys(Rfc8448 rfc, KeySchedule schedule, CryptoProvider crypto, RecordProtection client, RecordProtection server,
			String stage) {
		client.select(new KeyWatch(crypto.newAead(Aead.AES_128_GCM), rfc.get("client " + stage + " key")));
		server.select(new KeyWatch(crypto.newAead(Aead.AES_128_GCM), rfc.get("server " + stage + " key")));
		schedule.install(true, client);
		schedule.install(false, server);
		assertEquals(Octets.hex(rfc.get("client " + stage + " iv")), Octets.hex(Arrays.copyOf(client.secret(), 12)));
		assertEquals(Octets.hex(rfc.get("server " + stage + " iv")), Octets.hex(Arrays.copyOf(server.secret(), 12)));
	}

	private static byte[] helloHash3(Rfc8448 rfc, CryptoProvider crypto) {
		byte[] hash = new byte[32];
		transcript(rfc, 3, crypto).hash(hash, 0);
		return hash;
	}

	private static byte[] helloHash5(Rfc8448 rfc, CryptoProvider crypto) {
		byte[] hash = new byte[32];
		transcript(rfc, 5, crypto).hash(hash, 0);
		return hash;
	}

	/** The transcript up to ServerHello. */
	private static Transcript transcript(Rfc8448 rfc, int section, CryptoProvider crypto) {
		Transcript transcript = new Transcript(crypto.newHash(Hash.SHA_256), crypto.newHash(Hash.SHA_384), crypto.newHash(Hash.SHA_256),
				crypto.newHash(Hash.SHA_384));
		transcript.reset();
		if (section == 3) {
			update(transcript, rfc.get("ClientHello"));
			transcript.select(Hash.SHA_256);
		} else {
			update(transcript, rfc.get("ClientHello 1"));
			transcript.select(Hash.SHA_256);
			transcript.helloRetry(new byte[52], 0);
			update(transcript, rfc.get("HelloRetryRequest"));
			update(transcript, rfc.get("ClientHello 2"));
		}
		update(transcript, rfc.get("ServerHello"));
		return transcript;
	}

	private static void update(Transcript transcript, byte[] message) {
		transcript.update(message, 0, message.length);
	}

	/** Opens a record with the engine's reader. */
	private static byte[] open(RecordProtection protection, byte[] record) {
		RecordReader reader = new RecordReader(16384, RecordReader.OVERHEAD, protection);
		reader.reset();
		for (int at = 0; at < record.length;) {
			int count = Math.min(reader.windowLength(), record.length - at);
			System.arraycopy(record, at, reader.buffer(), reader.windowOffset(), count);
			assertEquals(TlsError.NONE, reader.ack(count));
			at += count;
		}
		while (reader.opening()) {
			assertEquals(TlsError.NONE, reader.step());
		}
		return Arrays.copyOfRange(reader.buffer(), reader.contentOffset(), reader.contentOffset() + reader.contentLength());
	}

	/** Seals a record with the engine's writer. */
	private static byte[] seal(RecordProtection protection, int type, byte[] content) {
		RecordWriter writer = new RecordWriter(16384, RecordReader.OVERHEAD, protection);
		System.arraycopy(content, 0, writer.buffer(), writer.payloadOffset(), content.length);
		writer.send(type, content.length, 0x0303);
		while (writer.sealing()) {
			writer.step();
		}
		return Arrays.copyOfRange(writer.buffer(), writer.sendOffset(), writer.sendOffset() + writer.sendLength());
	}

	/** Sees the key an AEAD gets. */
	private static final class KeyWatch implements Aead {

		private final Aead aead;
		private final byte[] expected;

		KeyWatch(Aead aead, byte[] expected) {
			this.aead = aead;
			this.expected = expected;
		}

		@Override
		public int keyLength() {
			return this.aead.keyLength();
		}

		@Override
		public int tagLength() {
			return this.aead.tagLength();
		}

		@Override
		public void init(byte[] key, int offset) {
			assertEquals(Octets.hex(this.expected), Octets.hex(Arrays.copyOfRange(key, offset, offset + keyLength())));
			this.aead.init(key, offset);
		}

		@Override
		public void startSeal(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] data, int offset, int length) {
			this.aead.startSeal(nonce, aad, aadOffset, aadLength, data, offset, length);
		}

		@Override
		public void startOpen(byte[] nonce, byte[] aad, int aadOffset, int aadLength, byte[] data, int offset, int length) {
			this.aead.startOpen(nonce, aad, aadOffset, aadLength, data, offset, length);
		}

		@Override
		public boolean step() {
			return this.aead.step();
		}

		@Override
		public boolean result() {
			return this.aead.result();
		}

		@Override
		public void wipe() {
			this.aead.wipe();
		}
	}
}
