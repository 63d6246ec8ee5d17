/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

class FlatJsonTest {

	private static String members(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		FlatJson json = new FlatJson(bytes);
		json.begin(bytes.length);
		StringBuilder all = new StringBuilder();
		while (json.next()) {
			all.append(json.is("a") ? "A" : "?").append(json.isNumber() ? "#" + json.whole() : "").append('=')
					.append(new String(bytes, json.valueOffset(), json.valueLength(), StandardCharsets.UTF_8)).append(' ');
		}
		return json.good() ? all.toString() : "bad";
	}

	@Test
	void membersAreRead() {
		assertEquals("", members("{}"));
		assertEquals("", members(" { } "));
		assertEquals("A#1=1 ", members("{\"a\":1}"));
		assertEquals("A#-12=-12 ?=x y ?= A=\u00e9 ", members(" {\n\"a\" : -12 , \"b\":\"x y\",\"\":\"\",\t\"a\":\"\u00e9\"}\r\n"));
		assertEquals("A#9000000000000000000=9000000000000000000 ", members("{\"a\":9000000000000000000}"));
		assertEquals("?={ A#1=1 ", members("{\"b\":\"{\",\"a\":1}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "}", "[]", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{,}", "{\"a\":1 \"b\":2}", "{a:1}", "{\"a\":1}x", "{\"a\":-}",
			"{\"a\":1.5}", "{\"a\":true}", "{\"a\":{}}", "{\"a\":\"x", "{\"a\":\"\\n\"}", "{\"a\":\"\n\"}", "{\"a\":10000000000000000000}", "{\"a", "{\"a\":\"",
			"{\"a\":99999999999999999999999}", "{}{}", "{{}" })
	void whatIsNoFlatObjectIsTold(String text) {
		assertEquals("bad", members(text));
	}

	@Test
	void reportsAreJson() {
		Report report = new Report(120);
		report.begin().add("n", Long.MIN_VALUE).add("z", 0).add("t", "text").addHundredths("v", 2005).addHundredths("w", -105).add("id", "x\"7\"".getBytes(), 1, 3)
				.end();
		JsonObject json = JsonParser.parseString(new String(report.array(), 0, report.length(), StandardCharsets.US_ASCII)).getAsJsonObject();
		assertEquals(Long.MIN_VALUE, json.get("n").getAsLong());
		assertEquals(0, json.get("z").getAsInt());
		assertEquals("text", json.get("t").getAsString());
		assertEquals(20.05, json.get("v").getAsDouble());
		assertEquals(-1.05, json.get("w").getAsDouble());
		assertEquals("7", json.get("id").getAsString());
		assertTrue(new Report(5).begin().add("name", 1).end().length() == 0, "what does not fit is not sent");
		assertEquals(2, report.begin().end().length());
	}
}
