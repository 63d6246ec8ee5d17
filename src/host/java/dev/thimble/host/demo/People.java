/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.host.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

import org.bouncycastle.asn1.x509.KeyPurposeId;

import dev.thimble.host.CertificateMaker;
import dev.thimble.host.Identity;
import dev.thimble.host.KeyKind;

/** A certification authority for one run, and those it knows: the broker, the device, the subscriber. All keys are ECDSA on P-256. */
final class People {

	/** What the broker's certificate is for; the modem's name server knows it. */
	static final String BROKER = "broker.thimble.test";
	static final String DEVICE = "thimble-demo-1";
	static final String SUBSCRIBER = "thimble-demo-subscriber";
	static final String PSK_IDENTITY = DEVICE;

	private final Identity authority;
	private final Identity broker;
	private final Identity device;
	private final Identity subscriber;
	private final byte[] sharedKey = new byte[32];

	/**
	 * Makes all keys and certificates.
	 *
	 * @param address
	 *            by which a board with a network of its own reaches the broker.
	 */
	People(String address) throws GeneralSecurityException, IOException {
		this.authority = new CertificateMaker("CN=Thimble demo CA", KeyKind.P256.generate()).authority(0).make();
		this.broker = new CertificateMaker("CN=" + BROKER, KeyKind.P256.generate()).issuedBy(this.authority).dns(BROKER, "localhost")
				.ip("127.0.0.1", address).make();
		this.device = client(DEVICE);
		this.subscriber = client(SUBSCRIBER);
		new SecureRandom().nextBytes(this.sharedKey);
	}

	private Identity client(String name) throws GeneralSecurityException, IOException {
		return new CertificateMaker("CN=" + name, KeyKind.P256.generate()).issuedBy(this.authority).purposes(KeyPurposeId.id_kp_clientAuth).make();
	}

	Identity authority() {
		return this.authority;
	}

	Identity broker() {
		return this.broker;
	}

	Identity device() {
		return this.device;
	}

	Identity subscriber() {
		return this.subscriber;
	}

	byte[] sharedKey() {
		return this.sharedKey.clone();
	}

	/** Gets the shared key as a configuration has it. */
	String sharedKeyText() {
		return HexFormat.of().formatHex(this.sharedKey);
	}

	/** Writes the CA's certificate alone, as PEM. */
	void writeAuthority(Path folder) throws IOException {
		Identity.writeChain(folder.resolve("ca.pem"), this.authority);
	}

	/** Writes everybody's certificate and key, and the CA's certificate, as PEM. */
	void write(Path folder) throws IOException {
		writeAuthority(folder);
		Identity.writeChain(folder.resolve("broker.pem"), this.broker);
		this.broker.writeKey(folder.resolve("broker.key"));
		Identity.writeChain(folder.resolve("device.pem"), this.device);
		this.device.writeKey(folder.resolve("device.key"));
		Identity.writeChain(folder.resolve("subscriber.pem"), this.subscriber);
		this.subscriber.writeKey(folder.resolve("subscriber.key"));
	}
}
