/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.serve;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import dev.thimble.tls.TlsEngine;

/** Answers a request of HTTP 1 with a page about the connection, and closes. */
final class PageAnswer extends Answer {

	/** A request ends with an empty line; one that never does is answered as well. */
	private static final int LONGEST_REQUEST = 1 << 14;

	private final Function<TlsEngine, String> description;
	private int length;
	private int lineEnds;
	private byte[] page;
	private int sent;

	/**
	 * Creates an answer.
	 *
	 * @param description
	 *            says what was negotiated, in lines.
	 */
	PageAnswer(Function<TlsEngine, String> description) {
		this.description = description;
	}

	@Override
	void begin() {
		this.length = 0;
		this.lineEnds = 0;
		this.page = null;
		this.sent = 0;
	}

	@Override
	boolean advance(TlsEngine engine) {
		if ((engine.state() & TlsEngine.HAS_APP_IN) != 0) {
			read(engine);
			return true;
		}
		if (this.page == null || this.sent == this.page.length || (engine.state() & TlsEngine.WANTS_APP_OUT) == 0) {
			return false;
		}
		int count = Math.min(this.page.length - this.sent, engine.appOutLength());
		System.arraycopy(this.page, this.sent, engine.appOutArray(), engine.appOutOffset(), count);
		engine.appOutAck(count);
		this.sent += count;
		if (this.sent == this.page.length) {
			engine.flush();
			engine.shutdown();
		}
		return true;
	}

	private void read(TlsEngine engine) {
		byte[] data = engine.appInArray();
		int end = engine.appInOffset() + engine.appInLength();
		for (int i = engine.appInOffset(); i < end; i++) {
			if (data[i] == '\n') {
				this.lineEnds++;
			} else if (data[i] != '\r') {
				this.lineEnds = 0;
			}
			this.length++;
			if (this.page == null && (this.lineEnds == 2 || this.length == LONGEST_REQUEST)) {
				this.page = ("HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
						+ this.description.apply(engine) + "\n").getBytes(StandardCharsets.UTF_8);
			}
		}
		engine.appInAck(engine.appInLength());
	}
}
