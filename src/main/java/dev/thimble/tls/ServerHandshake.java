/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

import dev.thimble.identity.Identity;

/**
 * The server's side of a handshake up to the ClientHello, which is the same whatever the version will be: reading it, and the choice of the
 * version (RFC 8446 §4.1.1, §4.2.1).
 */
/* package */ abstract class ServerHandshake extends Handshake {

	protected static final byte EXPECT_CLIENT_HELLO = 1;

	/** A hello of a client with many certificate authorities, shares and padding is still far below. */
	private static final int MAX_HELLO = 65535;

	protected final ReceivedHello hello;
	protected final ClientHelloReader helloReader;
	/** What selects a pre-shared key in TLS 1.3; null without. */
	protected final PskSelector psks;
	/** The handshake of the other version spoken; null if there is none. */
	private ServerHandshake other;
	/** The version chosen is that of the other. */
	private boolean replaced;
	/** The group of the key agreement, as an index; -1: none. */
	protected byte groupIndex;

	/** Makes the equipment. */
	/* package */ ServerHandshake(HandshakeParts parts) {
		super(parts);
		this.hello = new ReceivedHello();
		this.psks = selector(parts);
		this.helloReader = new ClientHelloReader(this.cursor, this, this.hello, this.psks);
	}

	/** Takes over the equipment of the handshake of another version, which starts each connection. */
	/* package */ ServerHandshake(ServerHandshake first) {
		super(first);
		this.hello = first.hello;
		this.helloReader = first.helloReader;
		this.psks = first.psks;
		first.other = this;
	}

	/** The keys themselves make what selects among them: an image that has none has nothing of it. */
	private PskSelector selector(HandshakeParts parts) {
		EngineConfig config = parts.config;
		if (version() != VERSION_13) {
			return null;
		}
		if (config.ticketKeys != null) {
			return config.ticketKeys.selector(parts, this.offer, this.hello);
		}
		return config.preSharedKeys.length == 0 ? null : config.preSharedKeys[0].selector(parts, this.offer, this.hello);
	}

	/** Starts to wait for a client. */
	/* package */ void accept() {
		wipe();
		this.transcript.reset();
		reset();
		this.replaced = false;
		this.groupIndex = -1;
		this.hello.reset();
		this.reading.tolerate(RecordProtection.HELLO);
		this.state = EXPECT_CLIENT_HELLO;
	}

	@Override
	/* package */ final boolean client() {
		return false;
	}

	@Override
	/* package */ final Handshake successor() {
		return this.replaced ? this.other : this;
	}

	/** Begins a ClientHello; returns an error of {@link TlsError}. */
	protected final int helloStart(int length) {
		if (length > MAX_HELLO) {
			return TlsError.MESSAGE_TOO_LONG;
		}
		if (this.psks != null) {
			this.psks.start();
		}
		return TlsError.NONE;
	}

	/** Chooses the version and acts on the ClientHello; returns an error of {@link TlsError}. */
	protected final int helloEnd(boolean recordEnds) {
		if (choosesThis()) {
			return helloRead(recordEnds);
		}
		if (retried()) {
			// RFC 8446 §4.1.2: the second hello offers what the first did.
			return TlsError.HELLO_CHANGED;
		}
		if (this.other == null || (this.hello.versions & bit(this.other.version())) == 0) {
			return TlsError.NO_COMMON_VERSION;
		}
		this.replaced = true;
		this.other.takeOver(this);
		this.other.groupIndex = this.groupIndex;
		return this.other.helloRead(recordEnds);
	}

	/** Tells whether the client offers the version of this handshake. */
	protected final boolean choosesThis() {
		return (this.hello.versions & bit(version())) != 0;
	}

	private static int bit(int version) {
		return version == VERSION_13 ? ReceivedHello.OFFERS_13 : ReceivedHello.OFFERS_12;
	}

	/** Acts on a ClientHello that offers this version; returns an error of {@link TlsError}. */
	protected abstract int helloRead(boolean recordEnds);

	/** Gets the length a cookie in the hello that is being read must have; 0: none is expected. */
	/* package */ int cookieLength() {
		return 0;
	}

	/** Gets what opens and makes tickets of TLS 1.2; null if there are none. */
	/* package */ Tickets12 tickets12() {
		return this.other == null ? null : this.other.tickets12();
	}

	/** Tells whether a version is spoken. */
	/* package */ final boolean speaks(int version) {
		return version() == version || this.other != null && this.other.version() == version;
	}

	/**
	 * Takes the client's limits on records: record_size_limit, or else max_fragment_length (RFC 8449 §5).
	 *
	 * @return an error of {@link TlsError}.
	 */
	protected final int takeLimits() {
		if (this.hello.recordSizeLimit > 0) {
			return peerRecordSizeLimit(this.hello.recordSizeLimit, version() == VERSION_13) ? TlsError.NONE : TlsError.RECORD_SIZE_LIMIT;
		}
		if (this.hello.maxFragmentLength > 0) {
			int bytes = 256 << this.hello.maxFragmentLength;
			this.peerLimit = (short) (bytes < this.peerLimit ? bytes : this.peerLimit);
		}
		return TlsError.NONE;
	}

	/** Takes the application protocol; returns an error of {@link TlsError}. */
	protected final int takeProtocol() {
		this.protocol = this.hello.protocol;
		boolean wanted = this.offer.protocols.length > 0 && this.hello.has(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION);
		// RFC 7301 §3.2: no connection without a common one, if both have some.
		return wanted && this.protocol < 0 ? TlsError.NO_COMMON_PROTOCOL : TlsError.NONE;
	}

	/**
	 * Selects the certificate that is sent (RFC 8446 §4.4.2.2): the client must know its key's scheme. Among those, one that is for the name the
	 * client asks for comes before others, and then one whose chain is signed as the client wants; then the order of the configuration counts.
	 *
	 * @return whether there is one.
	 */
	protected final boolean selectIdentity() {
		if (this.own == null) {
			return false;
		}
		Identity[] identities = this.own.identities();
		int allowed = this.hello.has(ExtensionType.SIGNATURE_ALGORITHMS_CERT) ? this.hello.certificateSignatures : this.hello.signatures;
		int best = -1;
		for (int i = 0; i < identities.length; i++) {
			if (usable(identities[i])) {
				int rank = (identities[i].signatures() & ~allowed) == 0 ? 1 : 0;
				if (identities.length > 1 && this.hello.serverNameLength > 0 && !identities[i].isRawKey()
						&& identities[i].isNamed(this.hello.memory, ReceivedHello.SERVER_NAME, this.hello.serverNameLength)) {
					rank += 2;
				}
				if (rank > best) {
					best = rank;
					this.own.select(i);
				}
			}
		}
		return best >= 0;
	}

	/** Tells whether an identity's key can sign what the client can verify. */
	protected boolean usable(Identity identity) {
		return this.hello.allows(OwnAuthentication.scheme(identity));
	}

	/* package */ final ReceivedHello hello() {
		return this.hello;
	}

	@Override
	/* package */ final int group() {
		return this.groupIndex < 0 ? 0 : this.offer.groups[this.groupIndex];
	}

	@Override
	/* package */ final int serverName(byte[] out, int offset, int room) {
		int n = this.hello.serverNameLength;
		if (n <= room) {
			System.arraycopy(this.hello.memory, ReceivedHello.SERVER_NAME, out, offset, n);
		}
		return n;
	}

	@Override
	/* package */ void wipe() {
		super.wipe();
		this.hello.wipe();
		if (this.psks != null) {
			this.psks.wipe();
		}
	}
}
