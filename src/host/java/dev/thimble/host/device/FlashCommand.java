/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import dev.thimble.host.CommandFailure;
import dev.thimble.host.ServerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thimble flash}: a firmware on a real board. */
@Command(name = "flash", mixinStandardHelpOptions = true,
		description = "Writes a firmware into a real board: copies it to the drive of the board's DAPLink debugger, or drives OpenOCD. "
				+ "Says what it would do if no board is there.")
public final class FlashCommand implements Callable<Integer> {

	/** DAPLink's drives have this file. */
	private static final String DAPLINK_FILE = "DETAILS.TXT";
	private static final int DRIVE_DEPTH = 3;

	@Spec
	private CommandSpec spec;

	@Option(names = "--board", required = true, paramLabel = "BOARD", description = "the folder of board-support with the board")
	private String board;

	@Option(names = "--app", paramLabel = "CLASS", description = "the firmware: Connect, ConnectSmall, SelfTest; default: what fits the board")
	private String application;

	@Option(names = "--profile", paramLabel = "PROFILE", description = "the build profile of the firmware (platform-config/profiles); default: tls13")
	private String profile;

	@Option(names = "--firmware", paramLabel = "HEX", description = "another image, in Intel's hexadecimal format")
	private Path firmware;

	@Option(names = "--drive", paramLabel = "FOLDER", description = "where the board's drive is mounted, if it is not found")
	private Path drive;

	@Option(names = "--openocd", description = "use OpenOCD even if the board's drive is there")
	private boolean openOcd;

	/** Creates the command. */
	public FlashCommand() {
		// picocli fills the fields
	}

	@Override
	public Integer call() throws IOException {
		PrintWriter out = this.spec.commandLine().getOut();
		BoardProperties properties = BoardProperties.of(this.board);
		if (!properties.is("real")) {
			throw new CommandFailure(this.board + " is a board for the emulator only"
					+ (properties.words("sources").contains("common/entropy_semihosting.c") ? ": its entropy comes from the emulator's host" : "")
					+ ". Boards to flash: "
					+ String.join(", ", BoardProperties.names().stream().filter(name -> BoardProperties.of(name).is("real")).toList()));
		}
		Path hex = this.firmware != null ? this.firmware : Path.of(properties.firmware(this.application, this.profile) + ".hex");
		if (!Files.exists(hex)) {
			throw new CommandFailure("There is no firmware " + hex);
		}
		Path target = this.drive != null ? this.drive : findDrive(properties.text("flash.drive"));
		if (target != null && !this.openOcd) {
			out.println("Copying " + hex + " to " + target + "; the board starts when its debugger has written it.");
			out.flush();
			Files.copy(hex, target.resolve(hex.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			return 0;
		}
		List<String> command = new ArrayList<>(List.of("openocd"));
		command.addAll(properties.words("flash.openocd"));
		command.addAll(List.of("-c", "program " + hex.toAbsolutePath() + " verify reset exit"));
		if (properties.words("flash.openocd").isEmpty() || !this.openOcd && !debuggerThere()) {
			out.println("There is no " + this.board + " here: no mounted drive " + properties.text("flash.drive") + ", no CMSIS-DAP debugger on USB.");
			out.println("With its drive mounted:  copy " + hex + " to it (--drive FOLDER if it is not found).");
			out.println("With its debugger on USB: " + String.join(" ", quoted(command)));
			return 1;
		}
		if (!ServerProcess.installed("openocd")) {
			throw new CommandFailure("Please install openocd (with the chip's target script), or mount the board's drive " + properties.text("flash.drive"));
		}
		out.println(String.join(" ", quoted(command)));
		out.flush();
		try {
			return new ProcessBuilder(command).inheritIO().start().waitFor() == 0 ? 0 : 1;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

	private static List<String> quoted(List<String> command) {
		return command.stream().map(word -> word.indexOf(' ') >= 0 ? "'" + word + "'" : word).toList();
	}

	/** Finds a mounted drive by its name where Linux and macOS mount drives. */
	private static Path findDrive(String label) throws IOException {
		if (label == null) {
			return null;
		}
		for (String place : List.of("/media", "/run/media", "/mnt", "/Volumes")) {
			Path folder = Path.of(place);
			if (!Files.isDirectory(folder)) {
				continue;
			}
			try (Stream<Path> drives = Files.find(folder, DRIVE_DEPTH, (path, attributes) -> attributes.isDirectory()
					&& path.getFileName().toString().toUpperCase().startsWith(label) && Files.exists(path.resolve(DAPLINK_FILE)))) {
				Path found = drives.findFirst().orElse(null);
				if (found != null) {
					return found;
				}
			} catch (UncheckedIOException e) {
				// a folder that may not be read is no drive of ours
			}
		}
		return null;
	}

	/** Tells whether Linux sees a CMSIS-DAP debugger: its product string says so. */
	private static boolean debuggerThere() throws IOException {
		File[] devices = new File("/sys/bus/usb/devices").listFiles();
		for (File device : devices == null ? new File[0] : devices) {
			Path product = device.toPath().resolve("product");
			if (Files.isReadable(product) && Files.readString(product).toUpperCase().contains("CMSIS-DAP")) {
				return true;
			}
		}
		return false;
	}
}
