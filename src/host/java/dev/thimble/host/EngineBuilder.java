/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.thimble.crypto.Aead;
import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Hash;
import dev.thimble.crypto.HmacDrbg;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.PortableEcCrypto;
import dev.thimble.crypto.Random;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.KeyLog;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Session;
import dev.thimble.tls.TicketKeys;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.TlsEngine;
import dev.thimble.x509.TimeSource;
import dev.thimble.x509.TrustAnchors;
import dev.thimble.x509.TrustedKeys;

/** Puts an engine together from the portable primitives and the operating system's entropy and clock. */
public final class EngineBuilder {

	/** Certificates signed with Ed25519 up to this length are accepted on a desktop, where memory is no concern. */
	private static final int ED25519_CERTIFICATE = 2048;
	private static final int PENDING = 4;
	/** How long tickets are sealed under the same key. */
	private static final int TICKET_KEY_SECONDS = 4 * 3600;

	private final SystemEntropy entropy = new SystemEntropy();
	private CryptoProvider crypto;
	private TrustAnchors anchors;
	private TimeSource time = new SystemTime();
	private int recordInLimit = 4096;
	private int recordOutLimit = 2048;
	private int[] suites;
	private int[] groups;
	private String[] alpn = new String[0];
	private byte[] pins;
	private KeyLog keyLog;
	private Protocol[] protocols = { new Tls13Client() };
	private Session session;
	private byte[] slot;
	private PreSharedKey[] sharedKeys = new PreSharedKey[0];
	private boolean pskOnly;
	private boolean earlyData;
	private int clientAuthentication = EngineConfig.NONE;
	private TicketKeys ticketKeys;
	private TrustedKeys peerKeys;
	/** The generator of the engine built last: a device has one for all engines. */
	private Random random;
	private final List<byte[][]> identities = new ArrayList<>();
	private int ed25519CertificateLength = ED25519_CERTIFICATE;
	private int pending = PENDING;
	private boolean middleboxCompatibility = true;

	/** Creates a builder with the portable primitives, all of them. */
	public EngineBuilder() {
		// see the fields
	}

	/** Sets the primitives instead of a new {@link PortableCrypto}; they serve the next engine only. */
	public EngineBuilder crypto(CryptoProvider provider) {
		this.crypto = provider;
		return this;
	}

	/** Sets the trusted roots. */
	public EngineBuilder anchors(TrustAnchors roots) {
		this.anchors = roots;
		return this;
	}

	/** Sets the clock instead of the system's. */
	public EngineBuilder time(TimeSource clock) {
		this.time = clock;
		return this;
	}

	/** As {@link EngineConfig#recordInLimit(int)}. */
	public EngineBuilder recordInLimit(int bytes) {
		this.recordInLimit = limit(bytes);
		return this;
	}

	/** As {@link EngineConfig#recordOutLimit(int)}. */
	public EngineBuilder recordOutLimit(int bytes) {
		this.recordOutLimit = limit(bytes);
		return this;
	}

	/** As {@link EngineConfig#cipherSuites(int...)}. */
	public EngineBuilder suites(int... offered) {
		this.suites = offered;
		return this;
	}

	/** As {@link EngineConfig#groups(int...)}. */
	public EngineBuilder groups(int... offered) {
		this.groups = offered;
		return this;
	}

	/** As {@link EngineConfig#applicationProtocols(String...)}. */
	public EngineBuilder alpn(String... protocols) {
		this.alpn = protocols;
		return this;
	}

	/** As {@link EngineConfig#pins(byte[])}. */
	public EngineBuilder pins(byte[] digests) {
		this.pins = digests;
		return this;
	}

	/** Sets what the engine speaks instead of TLS 1.3 as a client. */
	public EngineBuilder protocols(Protocol... spoken) {
		this.protocols = spoken;
		return this;
	}

	/** As {@link EngineConfig#session(Session)}; it serves the next engine only. */
	public EngineBuilder session(Session resumed) {
		return session(resumed, null);
	}

	/**
	 * Sets a session in a slot, as {@link EngineConfig#session(Session)}; it serves the next engine only.
	 *
	 * @param memory
	 *            the slot's array, which is the caller's: it is not counted as the engine's.
	 */
	public EngineBuilder session(Session resumed, byte[] memory) {
		this.session = resumed;
		this.slot = memory;
		return this;
	}

	/** As {@link EngineConfig#preSharedKeys(PreSharedKey...)}. */
	public EngineBuilder preSharedKeys(PreSharedKey... keys) {
		this.sharedKeys = keys;
		return this;
	}

	/** As {@link EngineConfig#pskOnly(boolean)}. */
	public EngineBuilder pskOnly(boolean on) {
		this.pskOnly = on;
		return this;
	}

	/** As {@link EngineConfig#earlyData(boolean)}. */
	public EngineBuilder earlyData(boolean on) {
		this.earlyData = on;
		return this;
	}

	/**
	 * Adds an identity without a certificate, as {@link dev.thimble.identity.Identity#rawKey}.
	 *
	 * @param key
	 *            the private key, DER, PKCS #8 or SEC 1; needed until {@link #build()}.
	 */
	public EngineBuilder rawKey(byte[] key) {
		this.identities.add(new byte[][] { null, key });
		return this;
	}

	/** As {@link EngineConfig#peerKeys(TrustedKeys)}. */
	public EngineBuilder peerKeys(TrustedKeys keys) {
		this.peerKeys = keys;
		return this;
	}

	/** As {@link EngineConfig#clientAuthentication(int)}, for a server. */
	public EngineBuilder clientAuthentication(int mode) {
		this.clientAuthentication = mode;
		return this;
	}

	/** Has servers send a ticket behind each handshake; all engines this builder makes share the keys, which are this builder's. */
	public EngineBuilder tickets() {
		return tickets(newTicketKeys());
	}

	/** As {@link EngineConfig#tickets(TicketKeys)}. */
	public EngineBuilder tickets(TicketKeys keys) {
		this.ticketKeys = keys;
		return this;
	}

	private TicketKeys newTicketKeys() {
		PortableEcCrypto own = new PortableEcCrypto();
		return new TicketKeys(own.newAead(Aead.CHACHA20_POLY1305), Aead.CHACHA20_POLY1305, new HmacDrbg(own.newHash(Hash.SHA_256), this.entropy))
				.rotateEvery(this.time, TICKET_KEY_SECONDS);
	}

	/** As {@link EngineConfig#keyLog(KeyLog)}. */
	public EngineBuilder keyLog(KeyLog log) {
		this.keyLog = log;
		return this;
	}

	/**
	 * Adds an identity, as {@link EngineConfig#identity}.
	 *
	 * @param certificates
	 *            the chain, DER, one certificate behind the other; not copied.
	 * @param key
	 *            the private key, DER, PKCS #8 or SEC 1, or PKCS #1 if it is of RSA; needed until {@link #build()}. An RSA key makes two identities, as
	 *            {@link dev.thimble.identity.Identity#rsa} says.
	 */
	public EngineBuilder identity(byte[] certificates, byte[] key) {
		this.identities.add(new byte[][] { certificates, key });
		return this;
	}

	/** As {@link EngineConfig#ed25519CertificateLength(int)}; default {@value #ED25519_CERTIFICATE}. */
	public EngineBuilder ed25519CertificateLength(int bytes) {
		this.ed25519CertificateLength = bytes;
		return this;
	}

	/** As {@link EngineConfig#pendingCertificates(int)}; default {@value #PENDING}. */
	public EngineBuilder pendingCertificates(int count) {
		this.pending = count;
		return this;
	}

	/** As {@link EngineConfig#middleboxCompatibility(boolean)}. */
	public EngineBuilder middleboxCompatibility(boolean on) {
		this.middleboxCompatibility = on;
		return this;
	}

	/** Makes an engine; each call makes one with primitives and a generator of its own. */
	public TlsEngine build() {
		CryptoProvider provider = this.crypto == null ? new PortableCrypto() : this.crypto;
		this.random = new HmacDrbg(provider.newHash(Hash.SHA_256), this.entropy);
		EngineConfig config = new EngineConfig(provider, this.random, this.anchors, this.time, this.protocols).recordInLimit(this.recordInLimit)
				.recordOutLimit(this.recordOutLimit).cipherSuites(this.suites).groups(this.groups).applicationProtocols(this.alpn).pins(this.pins)
				.ed25519CertificateLength(this.ed25519CertificateLength).pendingCertificates(this.pending).keyLog(this.keyLog)
				.middleboxCompatibility(this.middleboxCompatibility).session(this.session).preSharedKeys(this.sharedKeys).pskOnly(this.pskOnly)
				.earlyData(this.earlyData).clientAuthentication(this.clientAuthentication).tickets(this.ticketKeys).peerKeys(this.peerKeys);
		List<dev.thimble.identity.Identity> made = new ArrayList<>();
		for (byte[][] identity : this.identities) {
			if (identity[0] == null) {
				made.add(dev.thimble.identity.Identity.rawKey(provider, identity[1]));
			} else if (PemIdentity.isRsa(identity[1])) {
				made.addAll(Arrays.asList(dev.thimble.identity.Identity.rsa((PortableCrypto) provider, identity[0], identity[1])));
			} else {
				made.add(new dev.thimble.identity.Identity(provider, identity[0], identity[1]));
			}
		}
		return new TlsEngine(config.identity(made.toArray(new dev.thimble.identity.Identity[0])));
	}

	/**
	 * Walks the heap of an engine this builder made: everything but the trusted roots and the client's certificates (flash on a device), the pins,
	 * and what the host gives instead of a board: clock, generator with its entropy source, and key log.
	 *
	 * @param recordBuffers
	 *            false leaves the record buffers out.
	 */
	public HeapWalker walk(TlsEngine engine, boolean recordBuffers) {
		HeapWalker walker = new HeapWalker().exclude(this.anchors, this.time, this.random, this.entropy, this.keyLog, this.pins);
		for (byte[][] identity : this.identities) {
			walker.exclude((Object) identity[0]);
		}
		if (this.slot != null) {
			walker.exclude((Object) this.slot);
		}
		if (!recordBuffers) {
			walker.exclude(engine.recordInArray(), engine.recordOutArray(), engine.appInArray(), engine.appOutArray());
		}
		return walker.walk(engine);
	}

	private static int limit(int bytes) {
		if (bytes < EngineConfig.MIN_RECORD_LIMIT || bytes > EngineConfig.MAX_RECORD_LIMIT) {
			throw new IllegalArgumentException("A record limit is 512 to 16384 bytes");
		}
		return bytes;
	}
}
