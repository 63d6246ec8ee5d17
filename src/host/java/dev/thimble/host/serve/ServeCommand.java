/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.serve;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.thimble.host.CommandFailure;
import dev.thimble.host.EngineBuilder;
import dev.thimble.host.ErrorText;
import dev.thimble.host.Parameters;
import dev.thimble.host.PemIdentity;
import dev.thimble.host.SharedKeyText;
import dev.thimble.host.TrustStore;
import dev.thimble.host.Versions;
import dev.thimble.tls.CipherSuite;
import dev.thimble.tls.EngineConfig;
import dev.thimble.tls.PreSharedKey;
import dev.thimble.tls.Protocol;
import dev.thimble.tls.Tls12Server;
import dev.thimble.tls.Tls13Server;
import dev.thimble.tls.TlsEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thimble serve}: what {@code openssl s_server} is for OpenSSL. */
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false,
		description = "A TLS server: says on standard error who connects and what was negotiated; what clients send goes to standard output, back to "
				+ "them (--echo), or is answered with a page (--www).",
		footer = { "", "Ctrl-C says goodbye to all clients and ends. Exit codes: 0 clean end, 1 failure, 2 wrong usage." })
public final class ServeCommand implements Callable<Integer> {

	private static final int MAX_PORT = 65535;
	private static final int STOP_SECONDS = 5;

	@Spec
	private CommandSpec spec;

	@Option(names = "--port", paramLabel = "PORT", defaultValue = "4433", description = "where to listen, 0 for any free port; default: ${DEFAULT-VALUE}")
	private int port;

	@Option(names = "--listen", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
			description = "the address to listen at, 0.0.0.0 for all; default: ${DEFAULT-VALUE}, so nobody from elsewhere can connect")
	private String listen;

	@Option(names = "--cert", paramLabel = "FILE", description = "the server's certificate and those between it and the root, PEM")
	private File certificate;

	@Option(names = "--key", paramLabel = "FILE",
			description = "its private key, PEM: EC P-256, EC P-384 or Ed25519; default: in the file of --cert")
	private File key;

	@Option(names = "--psk", paramLabel = "ID:HEX|@FILE",
			description = "a pre-shared key a client may use: its identity and the key in hexadecimal, or a file of such lines")
	private String sharedKey;

	@Option(names = "--client-ca", paramLabel = "FILE", description = "ask clients for a certificate; trusted roots for it, PEM")
	private File clientRoots;

	@Option(names = "--require-client-cert", description = "refuse clients without a certificate")
	private boolean requireCertificate;

	@Option(names = "--alpn", paramLabel = "A,B", split = ",", description = "application protocols, the preferred first")
	private List<String> alpn = List.of();

	@Mixin
	private Versions versions;

	@Option(names = "--echo", description = "send back what comes")
	private boolean echo;

	@Option(names = "--www", description = "answer an HTTP request with a page that says what was negotiated")
	private boolean www;

	@Option(names = "--once", description = "end with the first connection, as it ended")
	private boolean once;

	@Option(names = "--rx", paramLabel = "BYTES", description = "largest record to receive, 512 to 16384; default: 16384")
	private String rx;

	@Option(names = "--tx", paramLabel = "BYTES", description = "largest record to send, 512 to 16384; default: 4096")
	private String tx;

	@Option(names = "--suites", paramLabel = "LIST", description = "cipher suites to accept, the preferred first")
	private String suites;

	@Option(names = "--groups", paramLabel = "LIST", description = "groups to accept: x25519, secp256r1, secp384r1")
	private String groups;

	@Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10",
			description = "how long a handshake may take, 0 for ever; default: ${DEFAULT-VALUE}")
	private int timeout;

	private boolean failed;

	/** Creates the command. */
	public ServeCommand() {
		// picocli fills the fields
	}

	@Override
	public Integer call() throws IOException, GeneralSecurityException {
		Supplier<TlsEngine> engines;
		try {
			engines = engines();
		} catch (IllegalArgumentException e) {
			throw new ParameterException(this.spec.commandLine(), e.getMessage());
		}
		PrintWriter err = this.spec.commandLine().getErr();
		TlsEngine first = engines.get();
		Supplier<TlsEngine> others = engines;
		TlsEngine[] made = { first };
		CountDownLatch done = new CountDownLatch(1);
		try (TlsService service = listen(() -> {
			TlsEngine engine = made[0] == null ? others.get() : made[0];
			made[0] = null;
			return engine;
		}, err)) {
			Thread goodbye = new Thread(() -> {
				service.stop();
				try {
					done.await(STOP_SECONDS, TimeUnit.SECONDS);
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
				}
			}, "thimble-goodbye");
			Runtime.getRuntime().addShutdownHook(goodbye);
			InetSocketAddress address = service.address();
			say(err, "listening on " + address.getAddress().getHostAddress() + ":" + address.getPort());
			service.run(this.once);
			say(err, "ended");
		} finally {
			done.countDown();
		}
		return this.once && this.failed ? 1 : 0;
	}

	private TlsService listen(Supplier<TlsEngine> engines, PrintWriter err) throws IOException {
		try {
			return new TlsService(new InetSocketAddress(InetAddress.getByName(this.listen), this.port), engines, this::answer, listener(err),
					this.timeout);
		} catch (BindException e) {
			throw new CommandFailure("Port " + this.port + " of " + this.listen + " cannot be listened at: " + e.getMessage()
					+ "; take another with --port, or 0 for any.");
		} catch (UnknownHostException | SocketException e) {
			throw new CommandFailure("'" + this.listen + "' is no address of this computer; see --listen.");
		}
	}

	private Answer answer() {
		if (this.echo) {
			return new EchoAnswer();
		}
		OutputStream output = new FileOutputStream(FileDescriptor.out);
		return this.www ? new PageAnswer(this::describe) : new PrintAnswer(output);
	}

	private TlsService.Listener listener(PrintWriter err) {
		return new TlsService.Listener() {
			@Override
			public void connected(ServedClient client) {
				say(err, client.name() + " " + describe(client.engine()));
			}

			@Override
			public void ended(ServedClient client, boolean late) {
				String why = late ? "did not complete the handshake within " + ServeCommand.this.timeout + " s"
						: client.engine().error() != 0 ? ErrorText.of(client.engine())
								: client.wireFailure() != null ? "the connection broke: " + client.wireFailure() : null;
				ServeCommand.this.failed |= why != null;
				say(err, client.name() + (why == null ? " closed" : " failed: " + why));
			}
		};
	}

	private static void say(PrintWriter err, String what) {
		err.println("thimble serve: " + what);
		err.flush();
	}

	/** Says what was negotiated, in one line. */
	private String describe(TlsEngine engine) {
		StringBuilder text = new StringBuilder(Parameters.versionName(engine.version())).append(", ").append(CipherSuite.name(engine.cipherSuite()))
				.append(", ").append(engine.group() == 0 ? "no key agreement" : Parameters.groupName(engine.group()));
		if (engine.helloRetried()) {
			text.append(", hello retried");
		}
		if (engine.resumed()) {
			text.append(", resumed or by a pre-shared key");
		}
		if (this.clientRoots != null && !engine.resumed()) {
			text.append(engine.clientVerified() ? ", client certificate verified" : ", no client certificate");
		}
		int protocol = engine.applicationProtocol();
		return text.append(protocol < 0 ? "" : ", " + this.alpn.get(protocol)).toString();
	}

	private Supplier<TlsEngine> engines() throws IOException {
		if (this.port < 0 || this.port > MAX_PORT) {
			throw new IllegalArgumentException("--port is 0 to 65535");
		}
		if (this.timeout < 0) {
			throw new IllegalArgumentException("--timeout is 0 or more seconds");
		}
		if (this.echo && this.www) {
			throw new IllegalArgumentException("--echo and --www exclude each other");
		}
		if (this.certificate == null && this.sharedKey == null) {
			throw new IllegalArgumentException("A server proves itself with a certificate or a pre-shared key: --cert FILE --key FILE, or --psk IDENTITY:HEX");
		}
		if (this.key != null && this.certificate == null) {
			throw new IllegalArgumentException("--key needs the certificate it belongs to: --cert FILE");
		}
		if (this.requireCertificate && this.clientRoots == null) {
			throw new IllegalArgumentException("--require-client-cert needs the roots clients' certificates lead to: --client-ca FILE");
		}
		EngineBuilder builder = new EngineBuilder().alpn(this.alpn.toArray(new String[0])).protocols(protocols());
		builder.recordInLimit(this.rx == null ? 16384 : Parameters.bytes(this.rx)).recordOutLimit(this.tx == null ? 4096 : Parameters.bytes(this.tx));
		if (this.suites != null) {
			builder.suites(Parameters.suites(this.suites));
		}
		if (this.groups != null) {
			builder.groups(Parameters.groups(this.groups));
		}
		if (this.certificate != null) {
			PemIdentity identity = PemIdentity.read(this.certificate.toPath(), (this.key == null ? this.certificate : this.key).toPath());
			builder.identity(identity.certificates(), identity.key());
		}
		if (this.sharedKey != null) {
			builder.preSharedKeys(SharedKeyText.read(this.sharedKey).stream().map(SharedKeyText::toKey).toArray(PreSharedKey[]::new));
		}
		if (this.clientRoots != null) {
			builder.anchors(TrustStore.read(this.clientRoots.toPath()))
					.clientAuthentication(this.requireCertificate ? EngineConfig.REQUIRED : EngineConfig.OPTIONAL);
		}
		return builder.tickets()::build;
	}

	private Protocol[] protocols() {
		int[] wanted = this.suites == null ? null : Parameters.suites(this.suites);
		List<Protocol> spoken = new ArrayList<>();
		if (this.versions.tls13(wanted)) {
			spoken.add(new Tls13Server());
		}
		if (this.versions.tls12(wanted)) {
			spoken.add(new Tls12Server());
		}
		if (spoken.isEmpty()) {
			throw new IllegalArgumentException("None of the cipher suites belongs to the version asked for");
		}
		return spoken.toArray(new Protocol[0]);
	}
}
