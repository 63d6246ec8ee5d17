/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;

import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Tls12Client;
import dev.thimble.tls.Tls13Client;
import dev.thimble.tls.Tls13PskClient;
import dev.thimble.tls.TlsEngine;
import dev.thimble.x509.TrustedKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thimble connect}: what {@code openssl s_client} is for OpenSSL. */
@Command(name = "connect", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Connects with TLS, joins standard input and output to the connection, and says on standard error what went wrong.",
		footer = { "", "When standard input ends, close_notify is sent and the answer is read until the peer closes.",
				"Exit codes: 0 clean end, 1 failure, 2 wrong usage." })
public final class ConnectCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "HOST:PORT", description = "where to connect; an IPv6 address in brackets: [::1]:443")
	private String target;

	@Option(names = "--ca", paramLabel = "FILE", description = "trusted roots, PEM; default: the system's bundle")
	private File ca;

	@Option(names = "--servername", paramLabel = "NAME", description = "the name asked for and checked in the certificate; default: HOST")
	private String serverName;

	@Option(names = "--cert", paramLabel = "FILE",
			description = "the client's certificate and those between it and the root, PEM, for a server that asks for one")
	private File certificate;

	@Option(names = "--key", paramLabel = "FILE",
			description = "its private key, PEM: EC P-256, EC P-384, Ed25519 or RSA; default: in the file of --cert")
	private File key;

	@Option(names = "--psk", paramLabel = "ID:HEX|@FILE",
			description = "a pre-shared key: its identity and the key in hexadecimal, or a file of such lines; without --ca the server must take it")
	private String sharedKey;

	@Option(names = "--psk-only", description = "no key agreement when a pre-shared key or a session is used: cheap, and no forward secrecy")
	private boolean pskOnly;

	@Option(names = "--session", paramLabel = "FILE",
			description = "resumes the session in this file, and keeps the next one there (for its owner's eyes only: it is a secret)")
	private File session;

	@Option(names = "--raw-key", paramLabel = "DIGEST",
			description = "trust a server that proves itself by this raw public key instead of a certificate (RFC 7250): SHA-256 of its "
					+ "SubjectPublicKeyInfo, base64 or hexadecimal; may be repeated. With it, --key without --cert is this client's own raw key")
	private List<String> rawKeys = List.of();

	@Mixin
	private Versions versions;

	@Option(names = "--early-data", paramLabel = "FILE",
			description = "sends the file's bytes before standard input, and before the server has answered if the session allows that. "
					+ "Whoever records them can send them to the server again: only what may safely happen twice")
	private File earlyData;

	@Option(names = "--alpn", paramLabel = "A,B", split = ",", description = "application protocols to offer, the preferred first")
	private List<String> alpn = List.of();

	@Option(names = "--rx", paramLabel = "BYTES", description = "largest record to receive, 512 to 16384; default: 4096")
	private String rx;

	@Option(names = "--tx", paramLabel = "BYTES", description = "largest record to send, 512 to 16384; default: 2048")
	private String tx;

	@Option(names = "--suites", paramLabel = "LIST", description = "cipher suites to offer, for example TLS_AES_128_GCM_SHA256")
	private String suites;

	@Option(names = "--groups", paramLabel = "LIST", description = "groups to offer: x25519, secp256r1, secp384r1")
	private String groups;

	@Option(names = "--pin", paramLabel = "DIGEST",
			description = "SHA-256 of a public key (SubjectPublicKeyInfo) the path must have, base64 or hexadecimal; may be repeated")
	private List<String> pins = List.of();

	@Option(names = "--stats", description = "print parameters, records, bytes, heap and allocations at the end")
	private boolean stats;

	@Option(names = "--keylog", paramLabel = "FILE", description = "append the connection's secrets, for a protocol analyser")
	private File keyLog;

	@Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10",
			description = "how long connecting and the handshake may each take, 0 for ever; default: 10")
	private int timeout;

	@Option(names = "--no-wait", description = "when standard input ends, close and leave at once")
	private boolean noWait;

	@Option(names = "--no-shutdown", description = "when standard input ends, send no close_notify, only receive")
	private boolean noShutdown;

	/** Creates the command. */
	public ConnectCommand() {
		// picocli fills the fields
	}

	@Override
	public Integer call() throws IOException, GeneralSecurityException {
		PrintWriter err = this.spec.commandLine().getErr();
		Endpoint endpoint;
		EngineBuilder builder = new EngineBuilder();
		try {
			endpoint = Endpoint.parse(this.target);
			configure(builder);
		} catch (IllegalArgumentException e) {
			throw new ParameterException(this.spec.commandLine(), e.getMessage());
		}
		if (this.certificate != null) {
			PemIdentity identity = PemIdentity.read(this.certificate.toPath(), (this.key == null ? this.certificate : this.key).toPath());
			builder.identity(identity.certificates(), identity.key());
		}
		if (this.certificate == null && this.key != null) {
			builder.rawKey(PemIdentity.readKey(this.key.toPath()));
		}
		builder.anchors(this.ca != null ? TrustStore.read(this.ca.toPath()) : withoutRoots() ? null : TrustStore.system());
		SessionFile kept = this.session == null ? null : new SessionFile(this.session.toPath());
		if (kept != null) {
			kept.configure(builder);
			if (kept.damaged()) {
				err.println("thimble connect: There is no session in " + this.session + " that could be used; a full handshake follows.");
			}
		}
		KeyLogFile log = this.keyLog == null ? null : new KeyLogFile(this.keyLog.toPath());
		try (log) {
			TlsEngine engine = builder.keyLog(log).build();
			if (this.stats) {
				Rehearsal.run();
			}
			EnginePipe pipe = new EnginePipe(engine).keeping(kept);
			if (this.earlyData != null) {
				pipe.earlyData(Files.readAllBytes(this.earlyData.toPath()));
			}
			String failure = run(endpoint, engine, pipe);
			if (this.stats) {
				ConnectionReport.print(err, engine, builder, this.alpn, pipe);
			}
			if (failure != null) {
				err.println("thimble connect: " + failure);
				err.flush();
				return 1;
			}
			return 0;
		}
	}

	private void configure(EngineBuilder builder) throws IOException {
		if (this.rx != null) {
			builder.recordInLimit(dev.thimble.host.Parameters.bytes(this.rx));
		}
		if (this.tx != null) {
			builder.recordOutLimit(dev.thimble.host.Parameters.bytes(this.tx));
		}
		if (this.suites != null) {
			builder.suites(dev.thimble.host.Parameters.suites(this.suites));
		}
		if (this.groups != null) {
			builder.groups(dev.thimble.host.Parameters.groups(this.groups));
		}
		if (!this.pins.isEmpty()) {
			builder.pins(dev.thimble.host.Parameters.pins(this.pins));
		}
		if (this.sharedKey != null) {
			builder.preSharedKeys(SharedKeyText.read(this.sharedKey).stream().map(SharedKeyText::toKey).toArray(PreSharedKey[]::new));
		}
		if (this.pskOnly && this.sharedKey == null && this.session == null) {
			throw new IllegalArgumentException("--psk-only needs a pre-shared key or a session: --psk or --session");
		}
		builder.pskOnly(this.pskOnly);
		if (this.earlyData != null && this.session == null) {
			throw new IllegalArgumentException("--early-data needs a session to resume: --session FILE");
		}
		builder.earlyData(this.earlyData != null);
		builder.alpn(this.alpn.toArray(new String[0]));
		if (this.noWait && this.noShutdown) {
			throw new IllegalArgumentException("--no-wait and --no-shutdown exclude each other");
		}
		if (!this.rawKeys.isEmpty()) {
			builder.peerKeys(new TrustedKeys(dev.thimble.host.Parameters.pins(this.rawKeys)));
		}
		builder.protocols(protocols());
		if (this.key != null && this.certificate == null && this.rawKeys.isEmpty()) {
			throw new IllegalArgumentException("--key needs the certificate it belongs to: --cert FILE");
		}
		if (this.timeout < 0) {
			throw new IllegalArgumentException("--timeout is 0 or more seconds");
		}
	}

	/** Tells whether the server proves itself by a key known beforehand, and no certificate will do. */
	private boolean withoutRoots() {
		return this.ca == null && (this.sharedKey != null || !this.rawKeys.isEmpty());
	}

	private Protocol[] protocols() {
		int[] wanted = this.suites == null ? null : dev.thimble.host.Parameters.suites(this.suites);
		boolean tls13 = this.versions.tls13(wanted);
		boolean tls12 = this.versions.tls12(wanted);
		if (!this.rawKeys.isEmpty() && !tls13) {
			throw new IllegalArgumentException("--raw-key is for TLS 1.3");
		}
		if (!tls13 && !tls12) {
			throw new IllegalArgumentException("None of the cipher suites belongs to the version asked for");
		}
		if (withoutRoots() && tls13 && !this.versions.wants12()) {
			return new Protocol[] { this.rawKeys.isEmpty() ? new Tls13PskClient() : new Tls13Client() };
		}
		return tls13 && tls12 ? new Protocol[] { new Tls13Client(), new Tls12Client() }
				: new Protocol[] { tls13 ? new Tls13Client() : new Tls12Client() };
	}

	/** Runs the connection; returns what failed, or null. */
	private String run(Endpoint endpoint, TlsEngine engine, EnginePipe pipe) throws IOException {
		String name = this.serverName != null ? this.serverName : endpoint.host();
		EnginePipe.AtEnd atEnd = this.noWait ? EnginePipe.AtEnd.CLOSE
				: this.noShutdown ? EnginePipe.AtEnd.STAY : EnginePipe.AtEnd.HALF_CLOSE;
		try (Socket socket = connect(endpoint, this.timeout * 1000)) {
			// System.out would translate nothing, but its lock and its encoder have no business with binary data.
			OutputStream output = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 14);
			pipe.run(socket, name, System.in, output, atEnd, this.timeout * 1000, () -> { });
		} catch (SocketTimeoutException e) {
			return endpoint + " did not complete the handshake within " + this.timeout + " s; is it a TLS server?";
		} catch (IllegalArgumentException e) {
			return "'" + name + "' cannot be a server's name; give another with --servername.";
		}
		if (engine.error() == 0) {
			return null;
		}
		return ErrorText.of(engine);
	}

	/** Connects to the first of a host's addresses that answers. */
	static Socket connect(Endpoint endpoint, int timeout) throws IOException {
		InetAddress[] addresses;
		try {
			addresses = InetAddress.getAllByName(endpoint.host());
		} catch (UnknownHostException e) {
			throw new CommandFailure("The host '" + endpoint.host() + "' is not known; check its name and the network.");
		}
		String why = "";
		for (InetAddress address : addresses) {
			Socket socket = new Socket();
			try {
				socket.connect(new InetSocketAddress(address, endpoint.port()), timeout);
				return socket;
			} catch (SocketTimeoutException e) {
				why = "did not answer within " + timeout / 1000 + " s";
			} catch (ConnectException e) {
				why = "refused the connection; is the port right and the server running?";
			} catch (NoRouteToHostException e) {
				why = "cannot be reached from here";
			} catch (IOException e) {
				why = "cannot be connected to: " + e.getMessage();
			}
			socket.close();
		}
		throw new CommandFailure(endpoint + " " + why + (why.endsWith("?") ? "" : "."));
	}
}
