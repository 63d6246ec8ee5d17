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
 *      -> handshake: HandshakeReader (message header, transcript) -> ClientHandshake (state, named after what is expected next)
 *                    -> ServerHelloReader, ExtensionReader, PathValidator ... byte by byte, no reassembly buffer
 *      -> alert
 * </pre>
 * and of a sent one: ClientHelloWriter, OwnAuthentication or the TlsEngine.applicationOut window -> RecordWriter -> Aead, sliced -> TlsEngine.recordOut window.
 */
package dev.thimble.tls;
