/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps QEMU's main loop awake. While it counts instructions, the board's timers do not wake it, and it looks only when it is awake whether a serial line
 * has taken its last eight bytes: a board that waits busily for its UART would get a few bytes a second. An empty line to a monitor does wake it.
 */
final class Pacemaker implements Closeable {

	private static final long BEAT_NANOS = 500_000;

	private final ServerSocket listener;
	private volatile Socket monitor;

	Pacemaker() throws IOException {
		this.listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
		Thread heart = new Thread(this::beat, "pacemaker");
		heart.setDaemon(true);
		heart.start();
	}

	/** Gets what QEMU has to be started with. */
	List<String> arguments() {
		return List.of("-chardev", "socket,id=pace,host=127.0.0.1,nodelay=on,port=" + this.listener.getLocalPort(), "-mon", "chardev=pace,mode=readline");
	}

	private void beat() {
		try {
			this.monitor = this.listener.accept();
			this.monitor.setTcpNoDelay(true);
			OutputStream out = this.monitor.getOutputStream();
			InputStream in = this.monitor.getInputStream();
			while (true) {
				out.write('\n');
				// Its prompts must not pile up.
				in.skipNBytes(in.available());
				LockSupport.parkNanos(BEAT_NANOS);
			}
		} catch (IOException e) {
			// QEMU has ended, or the demo
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		Socket open = this.monitor;
		if (open != null) {
			open.close();
		}
	}
}
