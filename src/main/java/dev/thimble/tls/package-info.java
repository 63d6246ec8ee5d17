/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The engine: record layer, handshakes, key schedule. No I/O, no clock, no threads, and no allocation after construction.
 *
 * <p>The path of a received record, top to bottom:
 * <pre>
 * wire -> TlsEngine.recordIn window -> RecordReader (header, limits) -> Aead, sliced -> content type
 *      -> application data: TlsEngine.applicationIn window
 *      -> handshake: HandshakeReader (message header, transcript) -> Handshake (state, named after what is expected next)
 *                    -> ServerHelloReader or ClientHelloReader, CertificateReader, PathValidator ... byte by byte, no reassembly buffer
 *      -> alert
 * </pre>
 * and of a sent one: ClientHelloWriter or ServerHelloWriter, OwnAuthentication or the TlsEngine.applicationOut window -> RecordWriter -> Aead, sliced ->
 * TlsEngine.recordOut window.
 *
 * <p>Roles and versions are files of their own: {@link dev.thimble.tls.Protocol} names those an engine has, and what it does not name is not in a
 * firmware image. ClientHandshake and ServerHandshake do what comes before the version is known; their subclasses go on behind it: of a server
 * ServerNegotiation13 or ServerNegotiation12 up to what its ServerHello says, then ServerHandshake13 or ServerHandshake12; of a client in
 * TLS 1.2 ClientNegotiation12 up to the premaster secret, then ClientHandshake12. Options are objects that the configuration makes only if it
 * is asked for them (tickets, pre-shared keys, client certificates, raw keys).
 */
package dev.thimble.tls;
