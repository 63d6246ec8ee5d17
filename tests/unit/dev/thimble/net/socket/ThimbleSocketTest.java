/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.net.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.host.KeyKind;
import dev.thimble.net.NetError;
import dev.thimble.net.SecureSocket;
import dev.thimble.support.EchoPeer;
import dev.thimble.support.SocketKit;
import dev.thimble.support.TestPki;
import dev.thimble.support.TestPki.Chain;

/** Sockets that libraries use from several threads: nobody waits with another, and closing ends what anybody waits for. */
@Timeout(300)
final class ThimbleSocketTest {

	private static final Chain CHAIN = TestPki.chain(KeyKind.P256, 1);
	private static final int CHUNK = 64 * 1024;
	/** More than two systems keep for a connection. */
	private static final int CHUNKS = 4096;

	private final SocketKit kit = new SocketKit(1, CHAIN.root());

	private ThimbleSocketFactory factory(boolean secure) {
		return new ThimbleSocketFactory(this.kit.context, SocketKit.TAG) {
			@Override
			protected void configure(SecureSocket socket) {
				socket.secure(secure);
			}
		};
	}

	/** A peer that takes one client and reads nothing. */
	private static final class Deaf implements Closeable {

		private final ServerSocket listener;
		private final CompletableFuture<Socket> client = new CompletableFuture<>();

		Deaf(boolean secure) throws IOException {
			this.listener = secure ? EchoPeer.listener(CHAIN) : new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
			start(() -> {
				Socket taken = this.listener.accept();
				if (taken instanceof SSLSocket) {
					((SSLSocket) taken).startHandshake();
				}
				this.client.complete(taken);
			});
		}

		int port() {
			return this.listener.getLocalPort();
		}

		void say(int octet) throws Exception {
			Socket taken = this.client.get(250, TimeUnit.SECONDS);
			taken.getOutputStream().write(octet);
			taken.getOutputStream().flush();
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
			if (this.client.isDone()) {
				this.client.join().close();
			}
		}
	}

	private interface Work {
		void run() throws Exception;
	}

	/** Runs something in a thread of its own; gives what it throws, or null. */
	private static CompletableFuture<Exception> start(Work work) {
		CompletableFuture<Exception> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				work.run();
				result.complete(null);
			} catch (Exception e) {
				result.complete(e);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	private static Exception end(CompletableFuture<Exception> work) throws Exception {
		return work.get(250, TimeUnit.SECONDS);
	}

	/** Waits until a count stands still: nothing more is taken. */
	private static void awaitStandstill(AtomicLong count) throws InterruptedException {
		long last = -1;
		for (int still = 0; still < 50; still++) {
			Thread.sleep(2);
			if (count.get() != last || last == 0) {
				last = count.get();
				still = 0;
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aWriteThatWaitsHoldsNobodyUp(boolean secure) throws Exception {
		try (Deaf peer = new Deaf(secure)) {
			Socket socket = factory(secure).createSocket("localhost", peer.port());
			AtomicLong written = new AtomicLong();
			CompletableFuture<Exception> writer = start(() -> {
				for (int i = 0; i < CHUNKS; i++) {
					socket.getOutputStream().write(new byte[CHUNK]);
					written.addAndGet(CHUNK);
				}
			});
			awaitStandstill(written);
			peer.say(77);
			assertEquals(77, socket.getInputStream().read());
			socket.setSoTimeout(20);
			assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
			assertFalse(writer.isDone());
			socket.close();
			assertInstanceOf(SocketException.class, end(writer));
			assertTrue(socket.isClosed());
			assertEquals(1, this.kit.pool.free());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closingEndsARead(boolean secure) throws Exception {
		try (Deaf peer = new Deaf(secure)) {
			Socket socket = factory(secure).createSocket("localhost", peer.port());
			CompletableFuture<Exception> reader = start(() -> socket.getInputStream().read());
			socket.close();
			assertInstanceOf(SocketException.class, end(reader));
			assertEquals(1, this.kit.pool.free());
		}
	}

	/** A port that takes no connection and does not refuse one: its queue is full. */
	private static final class FullPort implements Closeable {

		private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		private final List<Socket> waiting = new ArrayList<>();

		FullPort() throws IOException {
			boolean full = false;
			for (int i = 0; i < 20 && !full; i++) {
				Socket socket = new Socket();
				this.waiting.add(socket);
				try {
					socket.connect(this.listener.getLocalSocketAddress(), 300);
				} catch (SocketTimeoutException e) {
					full = true;
				}
			}
			assumeTrue(full, "this system has no limit for connections that wait");
		}

		int port() {
			return this.listener.getLocalPort();
		}

		@Override
		public void close() throws IOException {
			for (Socket socket : this.waiting) {
				socket.close();
			}
			this.listener.close();
		}
	}

	@Test
	void connectingTakesNoLongerThanItMay() throws Exception {
		try (FullPort nobody = new FullPort()) {
			Socket socket = factory(true).createSocket();
			long begin = System.nanoTime();
			assertThrows(SocketTimeoutException.class,
					() -> socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody.port()), 200));
			assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(60), "the system's own limit is two minutes");
			assertEquals(1, this.kit.pool.free());
			SecureSocket secure = this.kit.secure().connectTimeout(100);
			assertEquals(SecureSocket.FAILED, secure.connect("127.0.0.1", nobody.port()));
			assertEquals(NetError.CONNECT_TIMEOUT, secure.error());
		}
	}

	@Test
	void closingEndsConnecting() throws Exception {
		try (FullPort nobody = new FullPort(); EchoPeer mute = EchoPeer.plain(EchoPeer.MUTE)) {
			for (int port : new int[] { nobody.port(), mute.port() }) {
				Socket socket = factory(true).createSocket();
				CompletableFuture<Exception> connecting = start(() -> socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
				while (this.kit.pool.free() == 1) {
					Thread.onSpinWait();
				}
				socket.close();
				assertInstanceOf(SocketException.class, end(connecting));
				assertEquals(1, this.kit.pool.free());
			}
		}
	}

	@Test
	void aSocketThatDoesNotWaitDoesNotWaitForTheConnection() throws Exception {
		try (FullPort nobody = new FullPort()) {
			SecureSocket socket = this.kit.secure().blocking(false);
			assertEquals(SecureSocket.WOULD_BLOCK, socket.connect("127.0.0.1", nobody.port()));
			assertEquals(0, socket.poll());
			socket.close();
			assertEquals(NetError.CLOSED_LOCALLY, socket.error());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatWasWrittenBeforeClosingArrives(boolean blocking) throws Exception {
		for (int i = 0; i < 20; i++) {
			try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				CompletableFuture<byte[]> all = new CompletableFuture<>();
				start(() -> all.complete(listener.accept().getInputStream().readAllBytes()));
				SecureSocket socket = this.kit.plain();
				assertEquals(0, socket.connect("127.0.0.1", listener.getLocalPort()));
				socket.blocking(blocking);
				assertEquals(3000, socket.send(new byte[3000], 0, 3000));
				socket.close();
				assertEquals(3000, all.get(250, TimeUnit.SECONDS).length);
			}
		}
	}
}
