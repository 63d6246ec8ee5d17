/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Sockets: TLS below the socket API.
 *
 * <p>An application that speaks TCP speaks TLS when it sets options on its socket; nothing else changes. The parts, from the top:
 * <ul>
 * <li>{@link dev.thimble.net.SecureSocket}: one connection, plain or TLS, as client or server. Blocking with timeouts, non-blocking, or as streams
 * ({@link dev.thimble.net.SocketInputStream}, {@link dev.thimble.net.SocketOutputStream}: one type for both). Options are typed setters, and
 * numbers with one table, {@link dev.thimble.net.SocketOption}.</li>
 * <li>{@link dev.thimble.net.Poller}: a fixed table of sockets that are driven a slice at a time, so that a main loop keeps its period while
 * handshakes go on.</li>
 * <li>{@link dev.thimble.net.SecureContext}: what all sockets of a device share, made once at start: the clock, the
 * {@link dev.thimble.net.Credentials} by tag, the {@link dev.thimble.net.EnginePool}, and figures ({@link dev.thimble.net.SocketStats}).</li>
 * <li>{@link dev.thimble.net.Transport}: a byte stream to a peer that never waits. The board's IP stack
 * ({@link dev.thimble.net.NetworkTransport}), a serial line ({@link dev.thimble.net.WireTransport}), a modem with AT commands
 * ({@link dev.thimble.net.ModemTransport}); and, in the package {@code dev.thimble.net.socket}, which a bare board's image never reaches, a
 * {@code java.net.Socket}. A transport that can do TLS itself is an {@link dev.thimble.net.OffloadTransport}, one that keeps what it
 * has taken for a while a {@link dev.thimble.net.BufferedTransport}.</li>
 * <li>{@link dev.thimble.net.SecureServerSocket}: the server's side, with clients from a {@link dev.thimble.net.Listener}: a port of the board's IP
 * stack ({@link dev.thimble.net.NetworkListener}) or of {@code java.net}.</li>
 * </ul>
 *
 * <p>Results: what the network or a peer does is a return value ({@link dev.thimble.net.SecureSocket#FAILED}) and a code
 * ({@link dev.thimble.net.SecureSocket#error()}, all codes in {@link dev.thimble.net.NetError}); the stream view throws the same as
 * {@link dev.thimble.net.TlsException}. A mistake of the program's own, such as an option set after connect, is an IllegalStateException or
 * IllegalArgumentException from a typed setter, and a code from a numbered one.
 *
 * <p>Memory: a socket, its transport and its options are allocated when they are made, an engine when a socket with other options than before takes
 * one from the pool. From then on connections, failures, sends and receives allocate nothing, except the exceptions that streams throw.
 *
 * <p>Peer verification is required unless {@link dev.thimble.net.SecureSocket#verifyPeer} says otherwise in words; connections that went without
 * are counted in {@link dev.thimble.net.SocketStats#unverified()}.
 */
package dev.thimble.net;
