/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.crypto.CryptoProvider;
import dev.thimble.crypto.Random;
import dev.thimble.identity.Identity;
import dev.thimble.x509.TimeSource;
import dev.thimble.x509.TrustAnchors;
import dev.thimble.x509.TrustedKeys;

/**
 * What a {@link TlsEngine} is built from: sizes, primitives, trust and offers. The engine's constructor reads it once and copies what it needs;
 * changing it afterwards changes nothing.
 */
public final class EngineConfig {

	/** Smallest {@link #recordInLimit} and {@link #recordOutLimit}: 512 bytes, the smallest fragment of RFC 6066. */
	public static final int MIN_RECORD_LIMIT = 512;
	/** Largest plaintext of a record: 2^14 bytes (RFC 8446 §5.1). */
	public static final int MAX_RECORD_LIMIT = 16384;

	/** A server does not ask clients for certificates. */
	public static final int NONE = 0;
	/** A server asks for a certificate and goes on without; what is sent must be good. */
	public static final int OPTIONAL = 1;
	/** A server refuses clients without a good certificate. */
	public static final int REQUIRED = 2;

	/* package */ final Protocol[] protocols;
	/* package */ final CryptoProvider crypto;
	/* package */ final Random random;
	/* package */ final TrustAnchors anchors;
	/* package */ final TimeSource time;
	/* package */ int recordInLimit = 4096;
	/* package */ int recordOutLimit = 2048;
	/* package */ int[] cipherSuites;
	/* package */ int[] groups;
	/* package */ String[] alpn = new String[0];
	/* package */ byte[] pins;
	/* package */ int pendingCertificates = 1;
	/* package */ int nameStoreLength = 384;
	/* package */ int ed25519CertificateLength;
	/* package */ int maxChainLength = 65536;
	/* package */ boolean middleboxCompatibility = true;
	/* package */ KeyLog keyLog;
	/* package */ Identity[] identities = new Identity[0];
	/* package */ Session session;
	/* package */ PreSharedKey[] preSharedKeys = new PreSharedKey[0];
	/* package */ boolean pskOnly;
	/** What makes an engine's offer of pre-shared keys; null: nothing. */
	/* package */ PskFeature psk;
	/* package */ TrustedKeys peerKeys;
	/** What makes an engine's raw public keys; null: there are none. */
	/* package */ RawKeyFeature rawKeys;
	/** What an engine's early data starts from; null: there is none. */
	/* package */ EarlyData earlyData;
	/* package */ int clientAuthentication = NONE;
	/** Null for {@link #NONE}. */
	/* package */ ClientVerification clients;
	/* package */ TicketKeys ticketKeys;
	/** Who has the last word on a server; null: the path's validity. */
	/* package */ PeerJudge peerJudge;
	/* package */ int ticketCount = 1;
	/* package */ int ticketLifetime = 7200;

	/**
	 * Creates a configuration of a TLS 1.3 client with the defaults: 4 KB records in, 2 KB out, every suite and group the provider has.
	 *
	 * @param crypto
	 *            the primitives; the engine becomes their only user.
	 * @param random
	 *            randomness for keys and nonces.
	 * @param anchors
	 *            the trusted roots.
	 * @param time
	 *            the clock certificates are checked against.
	 */
	public EngineConfig(CryptoProvider crypto, Random random, TrustAnchors anchors, TimeSource time) {
		this(crypto, random, anchors, time, new Tls13Client());
	}

	/**
	 * Creates a configuration with the defaults for protocols of one's choice.
	 *
	 * @param crypto
	 *            the primitives; the engine becomes their only user.
	 * @param random
	 *            randomness for keys and nonces.
	 * @param anchors
	 *            the trusted roots; null for a server that does not ask its clients for certificates.
	 * @param time
	 *            the clock certificates and tickets are checked against; null for a server that has neither.
	 * @param protocols
	 *            what the engine speaks: one role, TLS 1.3 before TLS 1.2. What is not named is not in a firmware image.
	 * @throws IllegalArgumentException
	 *             if there is none, or roles are mixed.
	 */
	public EngineConfig(CryptoProvider crypto, Random random, TrustAnchors anchors, TimeSource time, Protocol... protocols) {
		for (int i = 0; i < protocols.length; i++) {
			if (protocols[i].client() != protocols[0].client()) {
				throw new IllegalArgumentException("An engine is a client or a server, not both");
			}
		}
		if (protocols.length == 0) {
			throw new IllegalArgumentException("An engine speaks at least one protocol");
		}
		this.protocols = protocols;
		this.crypto = crypto;
		this.random = random;
		this.anchors = anchors;
		this.time = time;
	}

	/**
	 * Sets the largest plaintext of a record the engine can receive. The engine asks the peer for no more (record_size_limit,
	 * max_fragment_length); its buffer is this plus 5 bytes of header, 1 of content type and 16 of tag.
	 *
	 * @param bytes
	 *            512 to 16,384.
	 * @return this.
	 */
	public EngineConfig recordInLimit(int bytes) {
		this.recordInLimit = limit(bytes);
		return this;
	}

	/**
	 * Sets the largest plaintext of a record the engine sends.
	 *
	 * @param bytes
	 *            512 to 16,384.
	 * @return this.
	 */
	public EngineConfig recordOutLimit(int bytes) {
		this.recordOutLimit = limit(bytes);
		return this;
	}

	/**
	 * Sets the cipher suites offered or accepted, in order of preference. A server goes by its own order, but for a client that likes
	 * ChaCha20-Poly1305 best: that gets it, for it has no AES unit.
	 *
	 * @param suites
	 *            constants of {@link CipherSuite}; null offers all the provider has, in {@link CipherSuite}'s default order.
	 * @return this.
	 */
	public EngineConfig cipherSuites(int... suites) {
		this.cipherSuites = suites;
		return this;
	}

	/**
	 * Sets the key agreement groups offered or accepted, in order of preference. A client sends a key share for the first; a server takes the first
	 * that the client has sent a share for, and asks for another share only if there is none.
	 *
	 * @param groups
	 *            constants of {@link dev.thimble.crypto.KeyAgreement}; null offers all the provider has: X25519, P-256, P-384.
	 * @return this.
	 */
	public EngineConfig groups(int... groups) {
		this.groups = groups;
		return this;
	}

	/**
	 * Sets the application protocols offered or accepted (RFC 7301), in order of preference. A server that chooses none is accepted, as is a client
	 * that offers none; see {@link TlsEngine#applicationProtocol()}. A client that offers only others is refused.
	 *
	 * @param protocols
	 *            ASCII names of 1 to 255 characters.
	 * @return this.
	 */
	public EngineConfig applicationProtocols(String... protocols) {
		for (int i = 0; i < protocols.length; i++) {
			if (protocols[i].length() == 0 || protocols[i].length() > 255) {
				throw new IllegalArgumentException("An ALPN name has 1 to 255 characters");
			}
		}
		this.alpn = protocols;
		return this;
	}

	/**
	 * Requires that one public key of the validated path is pinned.
	 *
	 * @param pins
	 *            SHA-256 digests of SubjectPublicKeyInfo structures (RFC 7469 §2.4), one behind the other, 32 bytes each; kept, not
	 *            copied; null: no pins.
	 * @return this.
	 */
	public EngineConfig pins(byte[] pins) {
		if (pins != null && pins.length % 32 != 0) {
			throw new IllegalArgumentException("Pins are 32 bytes each");
		}
		this.pins = pins;
		return this;
	}

	/**
	 * Sets how many certificates that arrive before the one they belong to are remembered.
	 *
	 * @param count
	 *            0 to 8; each takes 300 bytes (1,150 with RSA-4096), of the outbound record buffer as far as that is long enough.
	 * @return this.
	 */
	public EngineConfig pendingCertificates(int count) {
		this.pendingCertificates = count;
		return this;
	}

	/**
	 * Sets how many bytes are kept of the names in a path, for certification authorities with name constraints. If the names do not fit and
	 * such an authority appears, the path is refused.
	 *
	 * @param bytes
	 *            0 to 4096.
	 * @return this.
	 */
	public EngineConfig nameStoreLength(int bytes) {
		this.nameStoreLength = bytes;
		return this;
	}

	/**
	 * Sets the longest to-be-signed part of a certificate that is itself signed with Ed25519. Such a signature starts its hash with a value that
	 * stands behind the message, so the message must be kept. An Ed25519 <em>key</em> in a certificate signed otherwise needs nothing of it.
	 *
	 * @param bytes
	 *            0 (the default) refuses such certificates; 1024 is enough for most.
	 * @return this.
	 */
	public EngineConfig ed25519CertificateLength(int bytes) {
		this.ed25519CertificateLength = bytes;
		return this;
	}

	/**
	 * Sets the longest Certificate message accepted.
	 *
	 * @param bytes
	 *            default 65,536.
	 * @return this.
	 */
	public EngineConfig maxChainLength(int bytes) {
		this.maxChainLength = bytes;
		return this;
	}

	/**
	 * Switches middlebox compatibility mode (RFC 8446 §D.4): a session id and a dummy change_cipher_spec. On by default.
	 *
	 * @param on
	 *            true to look like TLS 1.2 resumption on the wire.
	 * @return this.
	 */
	public EngineConfig middleboxCompatibility(boolean on) {
		this.middleboxCompatibility = on;
		return this;
	}

	/**
	 * Sets what the engine proves itself with. Of several a client sends the first that fits the server's signature algorithms and, if it names any,
	 * its certification authorities; if none fits, an empty certificate, which the server may refuse. A server sends the first that fits the
	 * client's signature algorithms; those for the name the client asks for come first; if none fits, there is no connection.
	 *
	 * @param identities
	 *            identities of the same provider, with at most 16 certificates together; none (the default) takes no memory.
	 * @return this.
	 */
	public EngineConfig identity(Identity... identities) {
		this.identities = identities;
		for (int i = 0; i < identities.length; i++) {
			if (identities[i].isRawKey()) {
				this.rawKeys = new RawKeyFeature();
			}
		}
		return this;
	}

	/**
	 * Lets the peer in TLS 1.3 prove itself by a raw public key in place of a certificate (RFC 7250). There is no name in a key: whoever has one of
	 * them is trusted under any name. A server takes them of clients where {@link #clientAuthentication} asks for something.
	 *
	 * @param keys
	 *            the trusted keys, or their digests; null (the default): none. With trusted roots as well, the server may choose which it shows; without
	 *            (null) a certificate is refused. A server prefers a client's key.
	 * @return this.
	 */
	public EngineConfig peerKeys(TrustedKeys keys) {
		this.peerKeys = keys;
		if (keys != null) {
			this.rawKeys = new RawKeyFeature();
		}
		return this;
	}

	/**
	 * Sets where a client keeps what it needs to resume: the next connection to the same server then takes no certificates, and no signature.
	 *
	 * <p>A session is used if it is whole, young enough by a clock that is trusted, and comes from a connection to the same server name by an engine
	 * with the same pins, application protocols, record limit and trusted roots; otherwise there is a full handshake, as there is when the server
	 * does not want to resume. Without a trusted clock nothing is resumed and nothing kept, for a session's age is unknown then.
	 *
	 * @param session
	 *            the caller's slot; null (the default): never resume. It serves one engine at a time.
	 * @return this.
	 */
	public EngineConfig session(Session session) {
		this.session = session;
		this.psk = session != null ? new PskFeature() : this.preSharedKeys.length == 0 ? null : this.psk;
		return this;
	}

	/**
	 * Sets keys that the peer has as well, known to both before they meet (RFC 8446 §2.2, RFC 4279). A client offers all of them, a server takes
	 * one of those the client offers; who has the key needs no certificate. A client that has trusted roots too goes on with a certificate if the
	 * server takes none of the keys.
	 *
	 * @param keys
	 *            at most 8; none (the default) takes no memory.
	 * @return this.
	 * @throws IllegalArgumentException
	 *             if there are more.
	 */
	public EngineConfig preSharedKeys(PreSharedKey... keys) {
		if (keys.length > 8) {
			throw new IllegalArgumentException("An engine has at most 8 pre-shared keys");
		}
		this.preSharedKeys = keys;
		this.psk = keys.length > 0 ? new PskFeature() : this.session == null ? null : this.psk;
		return this;
	}

	/**
	 * Lets a client send application data in its first flight, before it has an answer of the server (0-RTT, RFC 8446 §2.3), if a session is
	 * resumed whose server allows it: the application-out window opens before the handshake is complete, for at most the server's number of bytes.
	 *
	 * <p><strong>Early data can be replayed.</strong> Whoever sees it on the network can send it to the server again, as often as the server takes
	 * it, and neither the server's nor the device's TLS can prevent that (RFC 8446 §8, §E.5). It has no forward secrecy either: it is protected
	 * by the session alone. So send early only what may safely happen twice, such as a request that reads; never a command, a payment, or a reading
	 * that is added up. If in doubt leave this off, as it is by default.
	 *
	 * <p>The server may refuse early data without a word. It is not sent again then: when {@link TlsEngine#handshakeComplete()},
	 * {@link TlsEngine#earlyDataAccepted()} tells what became of it, and what was refused the application sends anew, or not.
	 *
	 * @param on
	 *            true to allow it; needs a {@link #session}.
	 * @return this.
	 */
	public EngineConfig earlyData(boolean on) {
		this.earlyData = on ? new EarlyData() : null;
		return this;
	}

	/**
	 * Leaves the key agreement out of connections that stand on a session or a pre-shared key (psk_ke, RFC 8446 §4.2.9). That is by far the
	 * cheapest handshake, but who learns the key later can read what was said before: there is no forward secrecy. A server with this goes
	 * without where the client offers to; one without this always agrees on keys.
	 *
	 * @param on
	 *            default false: key agreement always.
	 * @return this.
	 */
	public EngineConfig pskOnly(boolean on) {
		this.pskOnly = on;
		return this;
	}

	/**
	 * Sets whether a server asks its clients for certificates. They are verified up to the configuration's trust anchors, for the purpose of client
	 * authentication, before any data is delivered. A client that proves itself by a pre-shared key is not asked; nor is one that resumes a
	 * connection in which it proved itself.
	 *
	 * @param mode
	 *            {@link #NONE} (the default), {@link #OPTIONAL}: see {@link TlsEngine#clientVerified()}, or {@link #REQUIRED}.
	 * @return this.
	 * @throws IllegalArgumentException
	 *             if the mode is something else.
	 */
	public EngineConfig clientAuthentication(int mode) {
		if (mode < NONE || mode > REQUIRED) {
			throw new IllegalArgumentException("Client authentication is NONE, OPTIONAL or REQUIRED");
		}
		this.clientAuthentication = mode;
		this.clients = mode == NONE ? null : new ClientVerification();
		return this;
	}

	/**
	 * Has a server send one ticket behind each handshake, good for two hours; see {@link #tickets(TicketKeys, int, int)}.
	 *
	 * @param keys
	 *            what tickets are sealed under; null (the default): there are none.
	 * @return this.
	 */
	public EngineConfig tickets(TicketKeys keys) {
		this.ticketKeys = keys;
		return this;
	}

	/**
	 * Has a server send tickets with which clients resume. The server remembers nothing: a ticket holds all, sealed. The cookie of a
	 * HelloRetryRequest is sealed by the same keys.
	 *
	 * <p>Engines that share keys take each other's tickets: they have to have the same clients, trust anchors among it.
	 *
	 * @param keys
	 *            what tickets are sealed under.
	 * @param count
	 *            how many a client gets, 0 to 8; browsers like two, a device needs one.
	 * @param lifetime
	 *            how long they are good, in seconds, 1 to 604,800 (seven days, RFC 8446 §4.6.1), counted from the last handshake without a ticket:
	 *            one that is made in exchange for another lives no longer than that. Without a trusted clock the client's word for a ticket's age
	 *            counts, in TLS 1.2 nothing but the rotation of the keys.
	 * @return this.
	 * @throws IllegalArgumentException
	 *             if one of them is something else.
	 */
	public EngineConfig tickets(TicketKeys keys, int count, int lifetime) {
		if (count < 0 || count > 8 || lifetime < 1 || lifetime > 604800) {
			throw new IllegalArgumentException("0 to 8 tickets live for 1 to 604800 seconds");
		}
		this.ticketCount = count;
		this.ticketLifetime = lifetime;
		return tickets(keys);
	}

	/**
	 * Sets who has the last word on a server's certificates. Sockets use it for optional verification; an engine of its own needs none.
	 *
	 * @param judge
	 *            the judge; null (the default): a server whose path is not valid is refused.
	 * @return this.
	 */
	public EngineConfig peerJudge(PeerJudge judge) {
		this.peerJudge = judge;
		return this;
	}

	/**
	 * Sets a receiver of traffic secrets, for a protocol analyser on a desktop. Never set one in a product.
	 *
	 * @param log
	 *            the receiver, or null.
	 * @return this.
	 */
	public EngineConfig keyLog(KeyLog log) {
		this.keyLog = log;
		return this;
	}

	private static int limit(int bytes) {
		if (bytes < MIN_RECORD_LIMIT || bytes > MAX_RECORD_LIMIT) {
			throw new IllegalArgumentException("A record limit is 512 to 16384 bytes");
		}
		return bytes;
	}
}
