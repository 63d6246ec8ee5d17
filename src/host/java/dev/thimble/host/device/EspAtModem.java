/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.device;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import dev.thimble.host.Identity;

/**
 * A modem with the ESP-AT command set that really opens the sockets, with the JDK's TLS where TLS is asked for. Its serial line is a TCP connection
 * somebody makes to {@link #port()}. It does what the command set's documentation says, with the modem's own texts.
 */
public final class EspAtModem implements Closeable {

	private static final int LINKS = 5;
	private static final Pattern START = Pattern.compile("AT\\+CIPSTART=(\\d),\"(TCP|SSL|UDP)\",\"([^\"]*)\",(\\d+)");
	private static final Pattern SEND = Pattern.compile("AT\\+CIPSEND=(\\d),(\\d+)");
	private static final Pattern FETCH = Pattern.compile("AT\\+CIPRECVDATA=(\\d),(\\d+)");
	private static final Pattern CLOSE = Pattern.compile("AT\\+CIPCLOSE=(\\d)");
	private static final Pattern CONFIGURE = Pattern.compile("AT\\+CIPSSLCCONF=(\\d),(\\d),(\\d+),(\\d+)");
	private static final Pattern TEXT = Pattern.compile("AT\\+CIPSSLC(SNI|CN)=(\\d),\"([^\"]*)\"");
	private static final Pattern ALPN = Pattern.compile("AT\\+CIPSSLCALPN=(\\d),(\\d+)((?:,\"[^\"]*\")*)");

	/** When a modem loses power for a moment. */
	public enum Moment {
		/** A connection is being opened. */
		START,
		/** Data were announced, and nothing was answered. */
		BEFORE_OK,
		/** The announcement was taken, and the prompt did not come. */
		BEFORE_PROMPT,
		/** Half of the data to send has come. */
		IN_DATA,
		/** Half of the data received was handed out. */
		IN_RECEIVED
	}

	/** When to lose power, once; null: never. */
	public volatile Moment resetAt;
	/** What the emulated firmware can do. */
	public boolean passive = true;
	/** Whether the emulated firmware knows TLS. */
	public boolean tls = true;
	/** Whether the modem answers at all. */
	public volatile boolean silent;
	/** How many commands are answered "busy p..." first. */
	public volatile int busy;
	/** A host that nobody knows. */
	public String unknownHost = "no-such-host.invalid";
	/** Answers what the names of hosts are, as the modem's name server does; others are asked of this machine. */
	public final Map<String, String> names = new HashMap<>();

	private volatile Consumer<String> observer = command -> { };
	private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
	private final Map<Integer, Identity> authorities = new HashMap<>();
	private final ServerSocket listener;
	private final Link[] links = new Link[LINKS];
	private final Security[] securities = new Security[LINKS];
	private OutputStream out;
	private Socket line;
	private boolean echo = true;
	private boolean multiplexed;
	private boolean receivesPassively;
	/** Counts resets: data that were promised before one never come. */
	private volatile int resets;

	private static final class Security {
		private int authentication;
		private int authority;
		private String serverName;
		private String commonName;
		private String[] protocols = {};
	}

	private final class Link {
		private final int number;
		private final Socket socket;
		private final ByteArrayOutputStream received = new ByteArrayOutputStream();

		Link(int number, Socket socket) {
			this.number = number;
			this.socket = socket;
		}

		void receive() {
			byte[] chunk = new byte[1460];
			try {
				InputStream in = this.socket.getInputStream();
				for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
					arrived(this, chunk, count);
				}
			} catch (IOException e) {
				// reset, or closed by us
			}
			closed(this);
		}
	}

	/** Starts a modem that waits for its line. */
	public EspAtModem() throws IOException {
		this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		for (int i = 0; i < LINKS; i++) {
			this.securities[i] = new Security();
		}
		daemon("modem", this::serve);
	}

	/** Gets where the serial line is. */
	public int port() {
		return this.listener.getLocalPort();
	}

	/** Puts a CA certificate into the modem's flash, under a number. */
	public EspAtModem authority(int number, Identity root) {
		this.authorities.put(number, root);
		return this;
	}

	/** Lets somebody see commands as they come. */
	public EspAtModem observe(Consumer<String> commandSeen) {
		this.observer = commandSeen;
		return this;
	}

	/** Gets the commands received so far. */
	public List<String> commands() {
		return List.copyOf(this.commands);
	}

	/** Loses power for a moment: all connections are gone. */
	public synchronized void reset() throws IOException {
		this.resets++;
		dropAll();
		this.echo = true;
		this.multiplexed = false;
		this.receivesPassively = false;
		say("\r\nets Jan  8 2013,rst cause:1, boot mode:(3,6)\r\n\r\nready\r\n");
	}

	/** Loses power if this is the moment. */
	private boolean resets(Moment moment) throws IOException {
		if (this.resetAt != moment) {
			return false;
		}
		this.resetAt = null;
		reset();
		return true;
	}

	private void dropAll() throws IOException {
		for (int i = 0; i < LINKS; i++) {
			Link link = this.links[i];
			this.links[i] = null;
			this.securities[i] = new Security();
			if (link != null) {
				link.socket.close();
			}
		}
	}

	private void serve() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				socket.setTcpNoDelay(true);
				synchronized (this) {
					this.line = socket;
					this.out = socket.getOutputStream();
				}
				read(socket.getInputStream());
			} catch (IOException e) {
				// the line is gone; the next one
			}
		}
	}

	private void read(InputStream in) throws IOException {
		StringBuilder text = new StringBuilder();
		for (int c = in.read(); c >= 0; c = in.read()) {
			if (c == '\n') {
				String command = text.toString().trim();
				text.setLength(0);
				if (!command.isEmpty() && !this.silent) {
					int next = obey(command, in);
					if (next >= 0) {
						text.append((char) next);
					}
				}
			} else {
				text.append((char) c);
			}
		}
	}

	private synchronized void say(String text) throws IOException {
		if (this.out != null && !this.silent) {
			this.out.write(text.getBytes(StandardCharsets.ISO_8859_1));
			this.out.flush();
		}
	}

	/** Obeys; gives the first byte of the next command if that was read already, else -1. */
	private int obey(String command, InputStream in) throws IOException {
		if (this.echo) {
			say(command + "\r\r\n");
		}
		if (this.busy > 0) {
			this.busy--;
			say("busy p...\r\n");
			return -1;
		}
		this.commands.add(command);
		this.observer.accept(command);
		Matcher matcher = SEND.matcher(command);
		if (matcher.matches()) {
			return send(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), in);
		}
		if (command.startsWith("AT+CIPSTART=") && resets(Moment.START)) {
			return -1;
		}
		boolean good;
		int before = this.resets;
		try {
			good = simple(command) || open(command) || fetch(command) || secure(command);
		} catch (IOException e) {
			good = false;
		}
		if (this.resets == before) {
			say(good ? "\r\nOK\r\n" : "\r\nERROR\r\n");
		}
		return -1;
	}

	private synchronized boolean simple(String command) throws IOException {
		switch (command) {
		case "AT":
			return true;
		case "ATE0":
			this.echo = false;
			return true;
		case "AT+CIPMUX=1":
			this.multiplexed = true;
			return true;
		case "AT+CIPRECVMODE=1":
			this.receivesPassively = this.passive;
			return this.passive;
		case "AT+CIPCLOSE=5":
			dropAll();
			return true;
		default:
			return close(command);
		}
	}

	private boolean close(String command) throws IOException {
		Matcher matcher = CLOSE.matcher(command);
		if (!matcher.matches()) {
			return false;
		}
		int number = Integer.parseInt(matcher.group(1));
		Link link = this.links[number];
		if (link == null) {
			return false;
		}
		this.links[number] = null;
		link.socket.close();
		say(number + ",CLOSED\r\n");
		return true;
	}

	private boolean open(String command) throws IOException {
		Matcher matcher = START.matcher(command);
		if (!matcher.matches() || !this.multiplexed) {
			return false;
		}
		int number = Integer.parseInt(matcher.group(1));
		String host = matcher.group(3);
		if (this.links[number] != null) {
			say("ALREADY CONNECTED\r\n");
			return false;
		}
		Socket socket;
		try {
			if (host.equals(this.unknownHost)) {
				throw new UnknownHostException(host);
			}
			InetAddress address = InetAddress.getByName(this.names.getOrDefault(host, host));
			int port = Integer.parseInt(matcher.group(4));
			socket = matcher.group(2).equals("UDP") ? new DatagramLink(address, port) : new Socket(address, port);
		} catch (UnknownHostException e) {
			say("DNS Fail\r\n");
			return false;
		}
		if (!matcher.group(2).equals("UDP")) {
			socket.setTcpNoDelay(true);
		}
		if (matcher.group(2).equals("SSL")) {
			socket = this.tls ? handshake(socket, host, this.securities[number]) : null;
			if (socket == null) {
				say(number + ",CLOSED\r\n");
				return false;
			}
		}
		Link link = new Link(number, socket);
		synchronized (this) {
			this.links[number] = link;
			say(number + ",CONNECT\r\n");
		}
		daemon("modem-link", link::receive);
		return true;
	}

	private Socket handshake(Socket below, String host, Security security) throws IOException {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			boolean verify = (security.authentication & 2) != 0;
			context.init(null, verify ? trust(security.authority) : TRUST_ALL, new SecureRandom());
			SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(below, security.serverName == null ? host : security.serverName,
					below.getPort(), true);
			SSLParameters parameters = socket.getSSLParameters();
			if (verify && security.commonName != null) {
				parameters.setEndpointIdentificationAlgorithm("HTTPS");
			}
			parameters.setApplicationProtocols(security.protocols);
			socket.setSSLParameters(parameters);
			socket.startHandshake();
			return socket;
		} catch (GeneralSecurityException | IOException e) {
			below.close();
			return null;
		}
	}

	private TrustManager[] trust(int number) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		Identity root = this.authorities.get(number);
		if (root != null) {
			store.setCertificateEntry("ca",
					CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(root.certificate())));
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return factory.getTrustManagers();
	}

	private synchronized boolean secure(String command) {
		Matcher matcher = CONFIGURE.matcher(command);
		if (matcher.matches() && this.tls) {
			Security security = this.securities[Integer.parseInt(matcher.group(1))];
			security.authentication = Integer.parseInt(matcher.group(2));
			security.authority = Integer.parseInt(matcher.group(4));
			return (security.authentication & 2) == 0 || this.authorities.containsKey(security.authority);
		}
		matcher = TEXT.matcher(command);
		if (matcher.matches() && this.tls) {
			Security security = this.securities[Integer.parseInt(matcher.group(2))];
			if (matcher.group(1).equals("SNI")) {
				security.serverName = matcher.group(3);
			} else {
				security.commonName = matcher.group(3);
			}
			return true;
		}
		matcher = ALPN.matcher(command);
		if (matcher.matches() && this.tls) {
			String[] names = matcher.group(3).isEmpty() ? new String[0] : matcher.group(3).substring(1).replace("\"", "").split(",");
			this.securities[Integer.parseInt(matcher.group(1))].protocols = names;
			return names.length == Integer.parseInt(matcher.group(2));
		}
		return false;
	}

	private int send(int number, int count, InputStream in) throws IOException {
		Link link;
		synchronized (this) {
			link = this.links[number];
		}
		if (link == null || count < 1 || count > 8192) {
			say("link is not valid\r\n\r\nERROR\r\n");
			return -1;
		}
		if (resets(Moment.BEFORE_OK)) {
			return -1;
		}
		say("\r\nOK\r\n\r\n");
		if (resets(Moment.BEFORE_PROMPT)) {
			return -1;
		}
		say(">");
		int before = this.resets;
		byte[] data = new byte[count];
		for (int i = 0; i < count; i++) {
			int c = in.read();
			if (c < 0 || this.resets != before) {
				return c;
			}
			data[i] = (byte) c;
			if (i == count / 2 && resets(Moment.IN_DATA)) {
				return -1;
			}
		}
		say("\r\nRecv " + count + " bytes\r\n");
		try {
			link.socket.getOutputStream().write(data);
			link.socket.getOutputStream().flush();
			synchronized (this) {
				if (this.resets == before) {
					say("\r\nSEND OK\r\n");
				}
			}
		} catch (IOException e) {
			say("\r\nSEND FAIL\r\n");
		}
		return -1;
	}

	private synchronized boolean fetch(String command) throws IOException {
		Matcher matcher = FETCH.matcher(command);
		if (!matcher.matches() || !this.receivesPassively) {
			return false;
		}
		Link link = this.links[Integer.parseInt(matcher.group(1))];
		if (link == null || link.received.size() == 0) {
			return false;
		}
		byte[] all = link.received.toByteArray();
		int count = Math.min(all.length, Integer.parseInt(matcher.group(2)));
		link.received.reset();
		link.received.write(all, count, all.length - count);
		handOut("+CIPRECVDATA:" + count + ",", all, count);
		// What is left is not announced again.
		notifyAll();
		return true;
	}

	private void handOut(String header, byte[] data, int count) throws IOException {
		boolean half = this.resetAt == Moment.IN_RECEIVED;
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		answer.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
		answer.write(data, 0, half ? count / 2 : count);
		this.out.write(answer.toByteArray());
		this.out.flush();
		resets(Moment.IN_RECEIVED);
	}

	private synchronized void arrived(Link link, byte[] chunk, int count) throws IOException {
		if (this.links[link.number] != link || this.out == null) {
			return;
		}
		if (this.receivesPassively) {
			// The modem's own window is full: TCP holds the peer back.
			while (link.received.size() > 8192 && this.links[link.number] == link) {
				try {
					wait(100);
				} catch (InterruptedException e) {
					Thread.currentThread().interrupt();
					return;
				}
			}
			link.received.write(chunk, 0, count);
			say("\r\n+IPD," + link.number + "," + count + "\r\n");
		} else {
			handOut("\r\n+IPD," + link.number + "," + count + ":", chunk, count);
		}
	}

	private synchronized void closed(Link link) {
		if (this.links[link.number] == link) {
			try {
				if (link.received.size() == 0) {
					this.links[link.number] = null;
				}
				say(link.number + ",CLOSED\r\n");
				link.socket.close();
			} catch (IOException e) {
				// the line is gone
			}
		}
	}

	private static final TrustManager[] TRUST_ALL = { new X509ExtendedTrustManager() {
		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
			// anybody
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			// anybody
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
			// anybody
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
			// anybody
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
			// anybody
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
			// anybody
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}
	} };

	private static void daemon(String name, Runnable run) {
		Thread thread = new Thread(run, name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public synchronized void close() throws IOException {
		this.listener.close();
		dropAll();
		if (this.line != null) {
			this.line.close();
		}
	}
}
