/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import dev.thimble.host.Main;
import dev.thimble.host.ServerProcess;
import dev.thimble.host.device.BoardProperties;
import dev.thimble.host.device.Project;
import dev.thimble.host.device.Qemu;
import picocli.CommandLine;

/** {@code ./thimble demo} as a user calls it. */
@Timeout(900)
final class DemoTest {

	private static final String BOARD = "max78000fthr";
	private static final int SECONDS = 600;

	private record Run(int code, String out, String errors) {

		List<JsonObject> events() {
			return this.out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
		}

		List<JsonObject> events(String kind) {
			return events().stream().filter(event -> event.get("event").getAsString().equals(kind)).toList();
		}

		JsonObject last(String kind) {
			List<JsonObject> all = events(kind);
			assertFalse(all.isEmpty(), () -> "no event '" + kind + "' in:\n" + this);
			return all.get(all.size() - 1);
		}
	}

	private static Run demo(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(Project.root().resolve("thimble").toString(), "demo"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("THIMBLE_BUILD", Project.build().toAbsolutePath().toString());
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		Process process = builder.start();
		process.getOutputStream().close();
		try {
			CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
			CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
			assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "the demo does not end");
			return new Run(process.exitValue(), out.join(), errors.join());
		} finally {
			process.destroy();
		}
	}

	private static String read(InputStream in) {
		try (in) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		} catch (IOException e) {
			return "";
		}
	}

	private static void assume() throws IOException {
		assumeTrue(Qemu.find(BoardProperties.of(BOARD), false) != null, "there is no QEMU here that knows " + BOARD);
		assumeTrue(ServerProcess.installed("arm-none-eabi-gcc"), "there is no compiler for firmware here");
	}

	@Test
	void everythingHappensOnTheDefaultBoard() throws Exception {
		assume();
		Run run = demo("--json", "-", "--values", "6");
		assertEquals(0, run.code(), run::toString);
		assertEquals(BOARD, run.last("boot").get("board").getAsString());
		assertTrue(run.last("entropy").get("healthy").getAsBoolean());
		assertTrue(Math.abs(run.last("time").get("offset_s").getAsLong()) < 100);
		List<JsonObject> handshakes = run.events("handshake");
		JsonObject first = handshakes.get(0);
		JsonObject second = handshakes.get(handshakes.size() - 1);
		assertTrue(first.get("verified").getAsBoolean());
		assertFalse(first.get("resumed").getAsBoolean());
		assertTrue(second.get("resumed").getAsBoolean());
		assertTrue(2 * second.get("instructions").getAsLong() < first.get("instructions").getAsLong(), "resumption is to be cheaper: " + handshakes);
		assertTrue(2 * bytes(second) < bytes(first), "resumption is to be shorter: " + handshakes);
		assertTrue(run.events("settled").size() >= 6, run::toString);
		assertFalse(run.events("acknowledged").isEmpty());
		assertEquals(0, run.last("memory").get("allocated").getAsLong());
		assertTrue(run.last("summary").get("passed").getAsBoolean());

		Document page = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Project.build().resolve("demo.html").toFile());
		assertEquals(2, page.getElementsByTagName("svg").getLength(), "flights and memory");
		assertEquals(0, page.getElementsByTagName("script").getLength());
		String text = Files.readString(Path.of(Project.build().toString(), "demo.html"));
		assertFalse(text.replace("http://www.w3.org/2000/svg", "").contains("//"), "a page that needs nothing from elsewhere");
		assertTrue(text.contains("the network is cut"), "the cut is in the picture");
	}

	private static long bytes(JsonObject handshake) {
		return handshake.get("bytes_in").getAsLong() + handshake.get("bytes_out").getAsLong();
	}

	/** The board trusts another CA than the broker's, of the same name. */
	@Test
	void aBrokerThatIsNotTrustedEndsIt() throws Exception {
		assume();
		Run run = demo("--fault", "CA");
		assertEquals(1, run.code(), run::toString);
		assertTrue(run.out().contains("did not get to the broker"), run::toString);
		assertTrue(run.out().contains("SIGNATURE_INVALID"), run::toString);
		assertTrue(run.out().contains("The demo FAILED."), run::toString);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--auth=password", "--board=toaster", "--broker=hive", "--values=2", "--values=x", "--auth=jwt --broker=mosquitto", "--nonsense",
			"--tls --json=x", "--jvm --board=max78000fthr", "--jsse" })
	void wrongArgumentsAreOneSentence(String arguments) {
		StringWriter out = new StringWriter();
		StringWriter errors = new StringWriter();
		CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));
		assertEquals(2, command.execute(("demo " + arguments).split(" ")));
		assertEquals("", out.toString());
		assertEquals(1, errors.toString().lines().count(), errors::toString);
		assertTrue(errors.toString().startsWith("thimble demo: "), errors::toString);
	}
}
