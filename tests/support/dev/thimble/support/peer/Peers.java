/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support.peer;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** All peers of the matrix. */
public final class Peers implements Closeable {

	private final PeerHost host;
	private final List<Peer> peers;

	private Peers(PeerHost host) throws IOException {
		this.host = host;
		this.peers = List.of(new OpenSslPeer(host), new GnuTlsPeer(host), new JssePeer(), new BouncyCastlePeer(), new WolfSslPeer(host));
	}

	/**
	 * Opens them where the property {@code thimble.peers} says: {@code local}, {@code containers}, or {@code auto} (the default), which takes
	 * containers where they can be.
	 */
	public static Peers open() throws IOException {
		String where = System.getProperty("thimble.peers", "auto");
		switch (where) {
		case "local":
			return new Peers(new LocalPeerHost("-Dthimble.peers=local"));
		case "containers":
			return new Peers(ContainerPeerHost.open(true));
		case "auto":
			PeerHost host;
			try {
				host = ContainerPeerHost.open(false);
			} catch (IOException e) {
				host = new LocalPeerHost(e.getMessage());
			}
			return new Peers(host);
		default:
			throw new IllegalArgumentException("-Dthimble.peers is local, containers or auto, not " + where);
		}
	}

	/** Gets the peers. */
	public List<Peer> all() {
		return this.peers;
	}

	/** Says in a few words where the programs run. */
	public String description() {
		return this.host.description();
	}

	@Override
	public void close() {
		this.host.close();
	}
}
