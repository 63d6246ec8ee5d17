/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host;

import dev.thimble.host.device.FlashCommand;
import dev.thimble.host.device.RunCommand;
import dev.thimble.host.device.SimCommand;
import dev.thimble.host.serve.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code thimble} command line. */
@Command(name = "thimble", mixinStandardHelpOptions = true, version = "thimble 0.1.0",
		description = "TLS for microcontrollers, on the desktop.",
		subcommands = { ConnectCommand.class, ServeCommand.class, DemoCommand.class, AnchorsCommand.class, ConfigureCommand.class, SimCommand.class,
				RunCommand.class,
				FlashCommand.class })
public final class Main implements Runnable {

	@Spec
	private CommandSpec spec;

	/** Creates the command. */
	public Main() {
		// picocli fills the fields
	}

	/** Runs a command and exits with its code: 0 done, 1 failed, 2 wrong usage. */
	public static void main(String[] args) {
		System.exit(commandLine().execute(args));
	}

	/** Gets the command line, for a test to run it in the same JVM. */
	public static CommandLine commandLine() {
		return new CommandLine(new Main()).setParameterExceptionHandler((e, arguments) -> {
			CommandLine command = e.getCommandLine();
			command.getErr().println(name(command) + ": " + e.getMessage() + " (" + name(command) + " --help tells more)");
			return 2;
		}).setExecutionExceptionHandler((e, command, parsed) -> {
			command.getErr().println(name(command) + ": " + FailureText.of(e));
			if (e instanceof RuntimeException && !(e instanceof CommandFailure)) {
				// A defect: whoever mends it needs to know where.
				e.printStackTrace(command.getErr());
			}
			return 1;
		});
	}

	private static String name(CommandLine command) {
		return command.getCommandSpec().qualifiedName();
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "Which command?");
	}
}
