/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net;

import dev.thimble.crypto.Random;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.TlsEngine;
import dev.thimble.x509.TimeSource;

/**
 * The TLS engines of a device: a fixed number, default 1. A socket takes one when it connects and gives it back when it is closed or fails; if all
 * are taken, that is {@link NetError#POOL_EXHAUSTED}.
 *
 * <p>An engine is built when a socket takes it whose options or credentials no free engine was built for. So a device whose sockets have fixed
 * options allocates once for each, at the first connection or at {@link SecureSocket#prepare()}, and connections allocate nothing. With fewer
 * engines than sets of options each change builds anew.
 */
public final class EnginePool {

	private static final int DEFAULT_IN = 4096;
	private static final int DEFAULT_OUT = 2048;

	private final CryptoFactory factory;
	private final Random random;
	private final TimeSource time;
	private final EngineSlot[] slots;
	private final Protocol[] clientProtocols;
	private ServerRole server;
	private Resumption resumption;
	private PreSharedKeys preSharedKeys;
	private int recordInLimit = DEFAULT_IN;
	private int recordOutLimit = DEFAULT_OUT;
	private int error;
	private int built;

	/**
	 * Creates a pool of one engine, a client's.
	 *
	 * @param factory
	 *            makes the primitives of an engine.
	 * @param random
	 *            the generator of all engines.
	 * @param time
	 *            the clock certificates are checked against.
	 * @param protocols
	 *            what clients speak, see {@link dev.thimble.tls.EngineConfig}.
	 */
	public EnginePool(CryptoFactory factory, Random random, TimeSource time, Protocol... protocols) {
		this(1, factory, random, time, protocols);
	}

	/**
	 * Creates a pool.
	 *
	 * @param size
	 *            how many engines there can be at a time, 1 to 64.
	 * @param factory
	 *            makes the primitives of an engine.
	 * @param random
	 *            the generator of all engines.
	 * @param time
	 *            the clock certificates are checked against.
	 * @param protocols
	 *            what clients speak, see {@link dev.thimble.tls.EngineConfig}; none: this is a server's pool.
	 */
	public EnginePool(int size, CryptoFactory factory, Random random, TimeSource time, Protocol... protocols) {
		if (size < 1 || size > 64) {
			throw new IllegalArgumentException("A pool has 1 to 64 engines");
		}
		this.factory = factory;
		this.random = new SharedRandom(random);
		this.time = time;
		this.clientProtocols = protocols;
		this.slots = new EngineSlot[size];
		for (int i = 0; i < size; i++) {
			this.slots[i] = new EngineSlot();
		}
	}

	/**
	 * Lets sockets be accepted. Without, there is no server's code in an image.
	 *
	 * @param role
	 *            what the engines of accepted sockets speak.
	 * @return this.
	 */
	public EnginePool server(ServerRole role) {
		this.server = role;
		return this;
	}

	/**
	 * Lets sockets have {@link SecureSocket#sessionCache}. Without, there is no code for it in an image.
	 *
	 * @param feature
	 *            how sessions are kept.
	 * @return this.
	 */
	public EnginePool resumption(Resumption feature) {
		this.resumption = feature;
		return this;
	}

	/**
	 * Lets sockets use pre-shared keys that their tags lead to. Without, there is no code for it in an image.
	 *
	 * @param feature
	 *            what reads them.
	 * @return this.
	 */
	public EnginePool preSharedKeys(PreSharedKeys feature) {
		this.preSharedKeys = feature;
		return this;
	}

	/**
	 * Sets the record limits of sockets that do not say otherwise.
	 *
	 * @param in
	 *            the largest plaintext of a record received, 512 to 16,384 bytes; default 4096.
	 * @param out
	 *            the largest plaintext of a record sent, 512 to 16,384 bytes; default 2048.
	 * @return this.
	 */
	public EnginePool recordLimits(int in, int out) {
		this.recordInLimit = in;
		this.recordOutLimit = out;
		return this;
	}

	/**
	 * Gets the number of engines there can be.
	 *
	 * @return 1 or more.
	 */
	public int size() {
		return this.slots.length;
	}

	/**
	 * Gets the number of engines that are not in use.
	 *
	 * @return 0 to {@link #size()}.
	 */
	public synchronized int free() {
		int free = 0;
		for (int i = 0; i < this.slots.length; i++) {
			free += this.slots[i].leased ? 0 : 1;
		}
		return free;
	}

	/**
	 * Gets how many engines were built since start: more than {@link #size()} means that sockets with different options share engines.
	 *
	 * @return a count.
	 */
	public synchronized int built() {
		return this.built;
	}

	/** Forgets the sessions of all engines that are not in use: their next connections start with full handshakes. */
	public synchronized void purgeSessions() {
		for (int i = 0; i < this.slots.length; i++) {
			if (!this.slots[i].leased) {
				this.slots[i].clearSession();
			}
		}
	}

	/** Takes an engine; null if that cannot be, then {@link #error} says why. */
	/* package */ synchronized EngineSlot lease(SecuritySettings settings, Credentials credentials) {
		EngineSlot slot = find(settings, credentials);
		this.error = NetError.NONE;
		if (slot == null) {
			this.error = NetError.POOL_EXHAUSTED;
			return null;
		}
		if (!slot.fits(settings, credentials)) {
			slot.prepare(settings, credentials);
			slot.engine = build(slot, credentials);
			if (slot.engine == null) {
				return null;
			}
		}
		slot.leased = true;
		return slot;
	}

	/* package */ synchronized int error() {
		return this.error;
	}

	/* package */ synchronized void release(EngineSlot slot) {
		slot.leased = false;
	}

	/** Finds the free place that costs least: one that fits, one that is empty, any. */
	private EngineSlot find(SecuritySettings settings, Credentials credentials) {
		EngineSlot empty = null;
		EngineSlot any = null;
		for (int i = 0; i < this.slots.length; i++) {
			EngineSlot slot = this.slots[i];
			if (slot.leased) {
				continue;
			}
			if (slot.fits(settings, credentials)) {
				return slot;
			}
			any = slot;
			if (slot.engine == null) {
				empty = slot;
			}
		}
		return empty != null ? empty : any;
	}

	private TlsEngine build(EngineSlot slot, Credentials credentials) {
		SecuritySettings settings = slot.settings;
		if (settings.server && this.server == null || settings.sessionCache && this.resumption == null
				|| !settings.server && this.clientProtocols.length == 0) {
			this.error = NetError.FEATURE_MISSING;
			return null;
		}
		EngineParts parts = new EngineParts(slot, credentials, this.factory.newCrypto(), this.preSharedKeys);
		this.error = parts.error();
		if (this.error != NetError.NONE) {
			return null;
		}
		try {
			EngineConfig config = parts.configure(this.random, this.time, protocols(settings, parts))
					.recordInLimit(settings.recordInLimit == 0 ? this.recordInLimit : settings.recordInLimit)
					.recordOutLimit(settings.recordOutLimit == 0 ? this.recordOutLimit : settings.recordOutLimit);
			if (settings.server) {
				this.server.configure(config, slot, parts.hasAnchors() ? settings.verification : PeerVerification.NONE);
			}
			slot.session = settings.sessionCache && !settings.server ? this.resumption.configure(config) : null;
			TlsEngine engine = new TlsEngine(config);
			this.built++;
			return engine;
		} catch (IllegalArgumentException e) {
			this.error = NetError.OPTION_VALUE;
			return null;
		}
	}

	private Protocol[] protocols(SecuritySettings settings, EngineParts parts) {
		if (settings.server) {
			return this.server.protocols();
		}
		return parts.knowsByKeyAlone() ? this.preSharedKeys.protocols() : this.clientProtocols;
	}
}
