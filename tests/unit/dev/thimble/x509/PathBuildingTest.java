/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** Chains that are not in order, have gaps, or hold more than the path. */
class PathBuildingTest {

	private final Forge root = Forge.root("P-256");
	private final Forge top = this.root.intermediate("Top", 1);
	private final Forge middle = this.top.intermediate("Middle", 2);
	private final Forge low = this.middle.intermediate("Low", 3);
	private final Forge leaf = this.low.leaf("a.example");
	private final Forge stranger = Forge.root("P-384").intermediate("Stranger", 4);
	private final PathRun run = new PathRun(this.root);

	@Test
	void aCertificateThatComesEarlyWaits() {
		this.run.validator(0, 384, 0);
		assertEquals("TOO_MANY_PENDING", this.run.run(this.leaf, this.middle, this.low, this.top));
		assertEquals(1, this.run.validator.errorDepth());
		this.run.validator(1, 384, 0);
		assertEquals("NONE", this.run.run(this.leaf, this.middle, this.low, this.top));
		assertEquals("NONE", this.run.run(this.leaf, this.low, this.top, this.middle));
		assertEquals("TOO_MANY_PENDING", this.run.run(this.leaf, this.top, this.middle, this.low));
		this.run.validator(2, 384, 0);
		assertEquals("NONE", this.run.run(this.leaf, this.top, this.middle, this.low));
		assertEquals("NONE", this.run.run(this.leaf, this.middle, this.top, this.low));
	}

	@Test
	void anyOrderIsFineWithRoomForAll() {
		this.run.validator(4, 384, 0);
		List<Forge> rest = new ArrayList<>(List.of(this.low, this.middle, this.top, this.root, this.stranger));
		Random random = new Random(3);
		for (int i = 0; i < 60; i++) {
			Collections.shuffle(rest, random);
			Forge[] chain = new Forge[6];
			chain[0] = this.leaf;
			for (int j = 0; j < 5; j++) {
				chain[j + 1] = rest.get(j);
			}
			assertEquals("NONE", this.run.run(chain));
		}
	}

	@Test
	void pendingSlotsAreFreedWhenTheirCertificateJoins() {
		Forge[] cas = new Forge[8];
		Forge issuer = this.root;
		for (int i = 7; i >= 0; i--) {
			issuer = issuer.intermediate("CA " + i, 20 + i);
			cas[i] = issuer;
		}
		// pairs swapped: one waits at a time
		assertEquals("NONE", this.run.run(cas[0].leaf("a"), cas[1], cas[0], cas[3], cas[2], cas[5], cas[4], cas[7], cas[6]));
	}

	@Test
	void strangersDoNotHurtIfThereIsRoom() {
		assertEquals("NONE", this.run.run(this.leaf, this.stranger, this.low, this.middle, this.top));
		assertEquals("TOO_MANY_PENDING", this.run.run(this.leaf, this.stranger, this.stranger, this.low, this.middle, this.top));
		assertEquals("NONE", this.run.run(this.leaf, this.low, this.low, this.middle, this.top), "a repeated certificate is a stranger");
		assertEquals("NONE", this.run.run(this.leaf, this.low, this.leaf, this.middle, this.top));
	}

	@Test
	void strangersMayBeUnusable() {
		Forge weak = Forge.root("P-384").intermediate("Weak", 4).signedWith("SHA1withECDSA").valid("2001-01-01T00:00:00Z",
				"2002-01-01T00:00:00Z");
		assertEquals("NONE", this.run.run(this.leaf, weak, this.low, this.middle, this.top));
		Forge malformed = Forge.root("P-384").intermediate("Malformed", 4);
		malformed.serial = new byte[0];
		assertEquals("MALFORMED", this.run.run(this.leaf, malformed, this.low, this.middle, this.top));
	}

	@Test
	void aGapIsReported() {
		assertEquals("PATH_INCOMPLETE", this.run.run(this.leaf, this.low, this.top));
		assertEquals(1, this.run.validator.errorDepth());
		assertEquals("UNKNOWN_CA", this.run.run(this.leaf, this.low, this.middle));
		assertEquals(2, this.run.validator.errorDepth());
	}

	@Test
	void aCrossCertifiedCaIsReachedOnEitherWay() {
		Forge other = Forge.selfSigned("CN=Other root", "P-256", 50).ca(-1);
		Forge cross = other.issue("CN=Root", this.root.key).ca(-1);
		assertEquals("NONE", this.run.run(this.leaf, this.low, this.middle, this.top, cross, other));
		this.run.anchors = PathRun.anchors(other);
		assertEquals("NONE", this.run.run(this.leaf, this.low, this.middle, this.top, cross));
		assertEquals("SELF_SIGNED_IN_CHAIN", this.run.run(this.leaf, this.low, this.middle, this.top, this.root, cross));
	}

	@Test
	void aNamesakeWithAnotherKeyIsPassedOver() {
		Forge namesake = this.root.intermediate("Low", 60);
		assertEquals("NONE", this.run.run(this.leaf, namesake, this.low, this.middle, this.top));
		assertEquals("SIGNATURE_INVALID", this.run.run(this.leaf, namesake, this.middle, this.top));
		assertEquals(0, this.run.validator.errorDepth());
		assertEquals("SIGNATURE_INVALID", this.run.run(this.leaf, namesake));
		// the same among those who wait
		Forge false1 = this.root.intermediate("Middle", 61);
		this.run.validator(2, 384, 0);
		assertEquals("NONE", this.run.run(this.leaf, false1, this.middle, this.low, this.top));
	}

	@Test
	void faultsOfWaitingCertificatesCountWhenTheyJoin() {
		Forge expired = this.top.intermediate("Middle", 2).valid("2001-01-01T00:00:00Z", "2002-01-01T00:00:00Z");
		assertEquals("EXPIRED", this.run.run(this.leaf, expired, this.low, this.top));
		assertEquals(1, this.run.validator.errorDepth());
		Forge plain = this.top.issue("CN=Middle", Forge.key("P-256", 2));
		assertEquals("NOT_A_CA", this.run.run(this.leaf, plain, this.low, this.top));
	}

	@Test
	void ed25519CertificatesWaitWithTheirMessage() {
		Forge anchor = Forge.root("Ed25519");
		Forge high = anchor.intermediate("High", 1);
		Forge deep = high.intermediate("Deep", 2);
		PathRun path = new PathRun(anchor);
		assertEquals("NONE", path.run(deep.leaf("a.example"), high, deep));
		path.piece = 1;
		assertEquals("NONE", path.run(deep.leaf("a.example"), high, deep));
	}
}
