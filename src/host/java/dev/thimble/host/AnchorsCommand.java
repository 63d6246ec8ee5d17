/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.thimble.x509.TrustAnchors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thimble anchors}: trusted roots from PEM to the table a device reads from flash. */
@Command(name = "anchors", mixinStandardHelpOptions = true,
		description = "Makes a device's table of trusted roots out of PEM certificates and prints its size.")
public final class AnchorsCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "BUNDLE.pem", arity = "1..*", description = "files with certificates in PEM")
	private final List<Path> bundles = new ArrayList<>();

	@Option(names = { "-o", "--output" }, paramLabel = "FILE",
			description = "where the table goes (with --java: the source); without it only the sizes are printed")
	private Path output;

	@Option(names = "--java", paramLabel = "CLASS",
			description = "write a Java class of this name that holds the table in String constants")
	private String javaClass;

	@Option(names = "--expired", description = "keep roots that have expired")
	private boolean expired;

	/** Creates the command. */
	public AnchorsCommand() {
		// picocli fills the fields
	}

	@Override
	public Integer call() throws IOException {
		boolean sourceToOutput = this.javaClass != null && this.output == null;
		PrintWriter out = sourceToOutput ? this.spec.commandLine().getErr() : this.spec.commandLine().getOut();
		AnchorTableBuilder builder = new AnchorTableBuilder().skipExpired(this.expired ? null : Instant.now());
		long pemBytes = 0;
		for (Path bundle : this.bundles) {
			if (!Files.isReadable(bundle)) {
				throw new CommandFailure("The file " + bundle + " does not exist or cannot be read.");
			}
			byte[] pem = Files.readAllBytes(bundle);
			pemBytes += pem.length;
			builder.addPem(new String(pem, StandardCharsets.ISO_8859_1));
		}
		for (String reason : builder.skipped()) {
			out.println("left out: " + reason);
		}
		if (builder.count() == 0) {
			throw new CommandFailure("There is no usable trusted root in " + this.bundles + ".");
		}
		byte[] table = builder.build();
		out.println(String.format(Locale.ROOT,
				"%d trusted roots: %,d bytes of PEM, %,d bytes of table (%,d a root, %d %% of the PEM); index %,d bytes",
				builder.count(), pemBytes, table.length, table.length / builder.count(), Math.round(100.0 * table.length / pemBytes),
				builder.count() * TrustAnchors.ENTRY_LENGTH));
		if (this.output != null) {
			byte[] content = this.javaClass == null ? table
					: AnchorTableSource.of(this.javaClass, table, builder.count()).getBytes(StandardCharsets.US_ASCII);
			Files.write(this.output, content);
			out.println("written: " + this.output + " (" + content.length + " bytes)");
		} else if (sourceToOutput) {
			this.spec.commandLine().getOut().print(AnchorTableSource.of(this.javaClass, table, builder.count()));
			this.spec.commandLine().getOut().flush();
		}
		out.flush();
		return 0;
	}
}
