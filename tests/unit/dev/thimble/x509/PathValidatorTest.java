/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.support.FixedTime;

/** The rules of RFC 5280 §6 and RFC 6125 as the validator enforces them, each both ways. */
class PathValidatorTest {

	private static final String HOST = "www.example.com";

	private final Forge root = Forge.root("P-256");
	private final Forge intermediate = this.root.intermediate("Intermediate", 1);
	private final PathRun run = new PathRun(this.root).name(HOST);

	private Forge leaf() {
		return this.intermediate.leaf(HOST);
	}

	private void assertPath(String error, int depth, Forge... chain) {
		assertEquals(error, this.run.run(chain));
		assertEquals(depth, this.run.validator.errorDepth());
	}

	@Test
	void aLeafUnderAnAnchorIsValid() {
		assertEquals("NONE", this.run.run(this.root.leaf(HOST)));
		assertEquals(TimeSource.TRUSTED, this.run.validator.verifiedTimeState());
	}

	@Test
	void aChainIsValidForEveryKindOfKeyAndEveryPieceSize() {
		for (String kind : new String[] { "P-256", "P-384", "Ed25519", "RSA-2048" }) {
			Forge anchor = Forge.root(kind);
			Forge middle = anchor.intermediate("Intermediate", 1);
			Forge low = middle.intermediate("Low", 2);
			Forge leaf = low.leaf(HOST);
			PathRun path = new PathRun(anchor).name(HOST);
			for (int piece : new int[] { 0, 1, 2, 3, 7, 64, -1, -1, -1 }) {
				path.piece = piece;
				assertEquals("NONE", path.run(leaf, low, middle), kind + " in pieces of " + piece);
				assertEquals("NONE", path.run(leaf, low, middle, anchor), kind + " with the root");
				assertEquals("UNKNOWN_CA", path.run(leaf, low), kind);
			}
		}
	}

	@Test
	void anRsaRootOf4096BitsIsVerified() {
		Forge anchor = Forge.root("RSA-4096");
		Forge middle = anchor.issue("CN=middle", Forge.key("P-256", 1)).ca(0);
		assertEquals("NONE", new PathRun(anchor).name(HOST).run(middle.leaf(HOST), middle));
	}

	@Test
	void everySignatureAlgorithmIsVerified() {
		Forge p256 = Forge.root("P-256");
		Forge p384 = Forge.root("P-384");
		for (String algorithm : new String[] { "SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA" }) {
			assertEquals("NONE", new PathRun(p256).run(p256.leaf(HOST).signedWith(algorithm)), algorithm);
			assertEquals("NONE", new PathRun(p384).run(p384.leaf(HOST).signedWith(algorithm)), algorithm);
		}
		Forge rsa = Forge.root("RSA-2048");
		for (String algorithm : new String[] { "SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "PSS-256", "PSS-384", "PSS-512" }) {
			PathRun path = new PathRun(rsa);
			path.piece = 1;
			assertEquals("NONE", path.run(rsa.leaf(HOST).signedWith(algorithm)), algorithm);
		}
	}

	@Test
	void keysOfDifferentKindsMixInOnePath() {
		Forge anchor = Forge.root("RSA-2048");
		Forge middle = anchor.issue("CN=middle", Forge.key("P-384", 1)).ca(-1);
		Forge low = middle.issue("CN=low", Forge.key("Ed25519", 1)).ca(-1);
		Forge leaf = low.issue("CN=leaf", Forge.key("RSA-2048", 7)).san(Forge.dns(HOST));
		assertEquals("NONE", new PathRun(anchor).name(HOST).run(leaf, low, middle));
	}

	@Test
	void theLeafsKeyIsHandedOut() {
		Forge leaf = leaf();
		assertEquals("NONE", this.run.run(leaf, this.intermediate));
		PathValidator v = this.run.validator;
		assertEquals(PublicKey.EC_P256, v.keyAlgorithm());
		byte[] info = leaf.keyInfo;
		assertArrayEquals(Arrays.copyOfRange(info, info.length - 65, info.length),
				Arrays.copyOfRange(v.key(), v.keyOffset(), v.keyOffset() + v.keyLength()));

		Forge rsa = Forge.root("RSA-3072");
		PathRun path = new PathRun(rsa);
		assertEquals("NONE", path.run(rsa.leaf(HOST)));
		v = path.validator;
		RSAPublicKey key = (RSAPublicKey) Forge.key("RSA-3072", 100).getPublic();
		assertEquals(PublicKey.RSA, v.keyAlgorithm());
		assertEquals(2 + 384 + 4, v.keyLength());
		byte[] modulus = key.getModulus().toByteArray();
		assertArrayEquals(Arrays.copyOfRange(modulus, modulus.length - 384, modulus.length),
				Arrays.copyOfRange(v.key(), v.keyOffset() + 2, v.keyOffset() + 386));
		assertArrayEquals(Der.hex("0180"), Arrays.copyOfRange(v.key(), v.keyOffset(), v.keyOffset() + 2));
		assertArrayEquals(Der.hex("00010001"), Arrays.copyOfRange(v.key(), v.keyOffset() + 386, v.keyOffset() + 390));
		assertEquals(0, v.keyHash());
		assertTrue(v.verifier(SignatureVerifier.RSA_PSS) != null);
	}

	@Test
	void aRootThatIsNoAnchorIsRefused() {
		Forge other = Forge.root("P-384");
		this.run.anchors = PathRun.anchors(other);
		assertPath("SIGNATURE_INVALID", 1, leaf(), this.intermediate);
		Forge stranger = Forge.selfSigned("CN=Stranger", "P-256", 5).ca(-1);
		this.run.anchors = PathRun.anchors(stranger);
		assertPath("UNKNOWN_CA", 1, leaf(), this.intermediate);
		assertPath("UNKNOWN_CA", 0, leaf());
		assertPath("SELF_SIGNED_IN_CHAIN", 2, leaf(), this.intermediate, this.root);
	}

	@Test
	void aSelfSignedLeafIsValidOnlyAsAnchor() {
		Forge device = Forge.selfSigned("CN=device", "P-256", 3).san(Forge.dns(HOST));
		assertPath("SELF_SIGNED", 0, device);
		this.run.anchors = PathRun.anchors(this.root, device);
		assertPath("NONE", 0, device);
		// a forgery: the same name, another key
		Forge forged = Forge.selfSigned("CN=device", "P-256", 4).san(Forge.dns(HOST));
		assertPath("SELF_SIGNED", 0, forged);
		// still a leaf: everything else holds
		this.run.name("other.example.com");
		assertPath("HOST_NAME_MISMATCH", 0, device);
	}

	@Test
	void anIntermediateAmongTheAnchorsEndsThePath() {
		this.run.anchors = PathRun.anchors(this.intermediate);
		assertPath("NONE", 0, leaf());
		assertPath("NONE", 0, leaf(), this.intermediate, this.root);
	}

	@Test
	void anyOfSeveralAnchorsWithOneNameIsTried() {
		Forge old = Forge.selfSigned("CN=Root", "P-256", 8).ca(-1);
		Forge older = Forge.selfSigned("CN=Root", "P-384", 9).ca(-1);
		this.run.anchors = PathRun.anchors(old, older, this.root);
		assertPath("NONE", 0, leaf(), this.intermediate);
		this.run.anchors = PathRun.anchors(old, older);
		assertPath("SIGNATURE_INVALID", 1, leaf(), this.intermediate);
	}

	@Test
	void anAnchorWithTheNameOfAnIntermediateButAnotherKeyDoesNotHideIt() {
		Forge namesake = Forge.selfSigned("CN=Intermediate", "P-256", 8).ca(-1);
		this.run.anchors = PathRun.anchors(namesake, this.root);
		assertPath("NONE", 0, leaf(), this.intermediate);
	}

	@Test
	void whatFollowsAnAnchorIsNotRead() {
		byte[] leaf = this.root.leaf(HOST).der();
		assertEquals(PathError.NONE, this.run.run(leaf, new byte[] { 1, 2, 3 }, new byte[3000]));
	}

	@Test
	void aSignatureByAnotherKeyIsInvalid() {
		Forge leaf = leaf();
		leaf.signer = Forge.key("P-256", 55);
		this.run.validator(0, 384, 0);
		assertPath("SIGNATURE_INVALID", 0, leaf, this.intermediate);
		this.run.validator(1, 384, 0);
		assertPath("SIGNATURE_INVALID", 0, leaf, this.intermediate);
	}

	@Test
	void validityIsCheckedAtBothEndsInclusively() {
		String now = Forge.NOW.toString();
		String before = Forge.NOW.minusSeconds(1).toString();
		String after = Forge.NOW.plusSeconds(1).toString();
		assertPath("NONE", 0, leaf().valid(now, now), this.intermediate);
		assertPath("EXPIRED", 0, leaf().valid("2020-01-01T00:00:00Z", before), this.intermediate);
		assertPath("NOT_YET_VALID", 0, leaf().valid(after, "2049-12-31T23:59:59Z"), this.intermediate);
		assertPath("NONE", 0, leaf().valid("1950-01-01T00:00:00Z", "9999-12-31T23:59:59Z"), this.intermediate);
		assertPath("EXPIRED", 1, leaf(), this.root.intermediate("Intermediate", 1).valid("2020-01-01T00:00:00Z", before));
	}

	@Test
	void aFloorRefusesOnlyWhatExpiredBeforeIt() {
		this.run.time = new FixedTime(TimeSource.FLOOR, Forge.NOW.getEpochSecond());
		assertPath("NONE", 0, leaf().valid("2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"), this.intermediate);
		assertEquals(TimeSource.FLOOR, this.run.validator.verifiedTimeState());
		assertPath("EXPIRED", 0, leaf().valid("2020-01-01T00:00:00Z", "2026-02-28T23:59:59Z"), this.intermediate);
	}

	@Test
	void withoutATimeNothingIsValid() {
		this.run.time = new FixedTime(TimeSource.UNKNOWN, Forge.NOW.getEpochSecond());
		assertPath("TIME_UNKNOWN", 0, leaf(), this.intermediate);
		this.run.time = new FixedTime(17, Forge.NOW.getEpochSecond());
		assertPath("TIME_UNKNOWN", 0, leaf(), this.intermediate);
	}

	@Test
	void onlyACaMayIssue() {
		Forge plain = this.root.issue("CN=Intermediate", Forge.key("P-256", 1));
		assertPath("NOT_A_CA", 1, plain.leaf(HOST), plain);
		Forge no = this.root.issue("CN=Intermediate", Forge.key("P-256", 1)).basicConstraints(false, -1);
		assertPath("NOT_A_CA", 1, no.leaf(HOST), no);
		// cA is not said, but a path length is
		Forge odd = this.root.issue("CN=Intermediate", Forge.key("P-256", 1)).basicConstraints(false, 3);
		assertPath("NOT_A_CA", 1, odd.leaf(HOST), odd);
	}

	@Test
	void aCaMayBeALeaf() {
		assertPath("NONE", 0, this.root.leaf(HOST).ca(0));
	}

	@Test
	void pathLengthsAreCounted() {
		Forge top = this.root.intermediate("Top", 1).pathLength(1);
		Forge middle = top.intermediate("Middle", 2);
		Forge low = middle.intermediate("Low", 3);
		assertPath("NONE", 0, top.leaf(HOST), top);
		assertPath("NONE", 0, middle.leaf(HOST), middle, top);
		assertPath("PATH_LENGTH", 3, low.leaf(HOST), low, middle, top);
		Forge zero = this.root.intermediate("Top", 1).pathLength(0);
		assertPath("NONE", 0, zero.leaf(HOST), zero);
		Forge below = zero.intermediate("Middle", 2);
		assertPath("PATH_LENGTH", 2, below.leaf(HOST), below, zero);
		Forge large = this.root.intermediate("Top", 1).pathLength(100000);
		assertPath("NONE", 0, large.leaf(HOST), large);
	}

	@Test
	void selfIssuedCertificatesDoNotCountForPathLengths() {
		Forge old = this.root.intermediate("Top", 1).pathLength(0);
		Forge rollover = old.issue("CN=Top", Forge.key("P-256", 2)).ca(0);
		assertPath("NONE", 0, rollover.leaf(HOST), rollover, old);
		Forge other = old.issue("CN=Other", Forge.key("P-256", 2)).ca(0);
		assertPath("PATH_LENGTH", 2, other.leaf(HOST), other, old);
	}

	@Test
	void keyUsageLimitsTheLeafToSigning() {
		assertPath("NONE", 0, leaf().keyUsage(0x80), this.intermediate);
		assertPath("NONE", 0, leaf().keyUsage(0xff), this.intermediate);
		assertPath("KEY_USAGE", 0, leaf().keyUsage(0x20), this.intermediate);
		assertPath("KEY_USAGE", 0, leaf().keyUsage(0), this.intermediate);
	}

	@Test
	void keyUsageLimitsACaToSigningCertificates() {
		assertPath("NONE", 0, leaf(), this.root.intermediate("Intermediate", 1).keyUsage(0x06));
		assertPath("NONE", 0, leaf(), this.root.intermediate("Intermediate", 1).keyUsage(0x04));
		assertPath("KEY_USAGE", 1, leaf(), this.root.intermediate("Intermediate", 1).keyUsage(0x82));
	}

	@Test
	void extendedKeyUsageMustAllowTheRole() {
		assertPath("NONE", 0, leaf().purposes(Forge.SERVER_AUTH), this.intermediate);
		assertPath("NONE", 0, leaf().purposes(Forge.CLIENT_AUTH, Forge.SERVER_AUTH, "1.3.6.1.5.5.7.3.4"), this.intermediate);
		assertPath("NONE", 0, leaf().purposes("2.5.29.37.0"), this.intermediate);
		assertPath("EXTENDED_KEY_USAGE", 0, leaf().purposes(Forge.CLIENT_AUTH), this.intermediate);
		assertPath("EXTENDED_KEY_USAGE", 0, leaf().purposes("1.3.6.1.5.5.7.3.1.1"), this.intermediate);
		assertPath("EXTENDED_KEY_USAGE", 0, leaf().purposes("1.3.6.1.5.5.7.4.1"), this.intermediate);
		this.run.purpose = PathValidator.CLIENT_AUTH;
		assertPath("NONE", 0, leaf().purposes(Forge.CLIENT_AUTH), this.intermediate);
		assertPath("EXTENDED_KEY_USAGE", 0, leaf().purposes(Forge.SERVER_AUTH), this.intermediate);
	}

	/** A client's certificate need not have a name that could be compared; everything else is judged as a server's is. */
	@Test
	void aClientNeedsNoName() {
		this.run.purpose = PathValidator.CLIENT_AUTH;
		this.run.name("");
		Forge nameless = this.intermediate.issue("CN=device 7", Forge.key("P-256", 100));
		assertPath("NONE", 0, nameless, this.intermediate);
		assertPath("NONE", 0, this.intermediate.issue("CN=device 7", Forge.key("P-256", 100)).purposes(Forge.CLIENT_AUTH), this.intermediate);
		assertPath("NONE", 0, leaf().purposes("2.5.29.37.0"), this.intermediate);
		assertPath("KEY_USAGE", 0, this.intermediate.issue("CN=device 7", Forge.key("P-256", 100)).keyUsage(0x08), this.intermediate);
		Forge serversOnly = this.root.intermediate("Intermediate", 1).purposes(Forge.SERVER_AUTH);
		assertPath("EXTENDED_KEY_USAGE", 1, serversOnly.issue("CN=device 7", Forge.key("P-256", 100)), serversOnly);
		Forge clientsOnly = this.root.intermediate("Intermediate", 1).purposes(Forge.CLIENT_AUTH);
		assertPath("NONE", 0, clientsOnly.issue("CN=device 7", Forge.key("P-256", 100)), clientsOnly);
		assertPath("UNKNOWN_CA", 0, Forge.selfSigned("CN=Other", "P-256", 9).ca(-1).issue("CN=device 7", Forge.key("P-256", 100)));
	}

	@Test
	void extendedKeyUsageOfACaLimitsWhatItIssues() {
		assertPath("NONE", 0, leaf(), this.root.intermediate("Intermediate", 1).purposes(Forge.SERVER_AUTH));
		assertPath("NONE", 0, leaf(), this.root.intermediate("Intermediate", 1).purposes("2.5.29.37.0"));
		assertPath("EXTENDED_KEY_USAGE", 1, leaf(), this.root.intermediate("Intermediate", 1).purposes("1.3.6.1.5.5.7.3.4"));
	}

	@Test
	void unknownCriticalExtensionsAreRefused() {
		assertPath("NONE", 0, leaf().extension("1.2.3.4", false, new byte[5]), this.intermediate);
		assertPath("UNKNOWN_CRITICAL_EXTENSION", 0, leaf().extension("1.2.3.4", true, new byte[5]), this.intermediate);
		assertPath("UNKNOWN_CRITICAL_EXTENSION", 0, leaf().extension("2.5.29.36", true, Der.sequence(Der.tlv(0x80, new byte[1]))),
				this.intermediate);
		assertPath("UNKNOWN_CRITICAL_EXTENSION", 1, leaf(), this.root.intermediate("Intermediate", 1).extension("1.2.3.4", true,
				new byte[0]));
		// precertificate poison of certificate transparency
		assertPath("UNKNOWN_CRITICAL_EXTENSION", 0, leaf().extension("1.3.6.1.4.1.11129.2.4.3", true, Der.hex("0500")), this.intermediate);
	}

	@Test
	void certificatePoliciesMayBeCritical() {
		assertPath("NONE", 0, leaf().extension("2.5.29.32", true, Der.sequence(Der.sequence(Der.oid("2.23.140.1.2.1")))),
				this.intermediate);
	}

	@Test
	void extensionsMayNotRepeat() {
		assertPath("DUPLICATE_EXTENSION", 0, leaf().san(Forge.dns(HOST)), this.intermediate);
		assertPath("DUPLICATE_EXTENSION", 0, leaf().extension("1.2.3.4", false, new byte[1]).extension("1.2.3.4", false, new byte[1]),
				this.intermediate);
		Forge many = leaf();
		for (int i = 0; i < 40; i++) {
			many.extension("1.2.3." + i, false, new byte[1]);
		}
		assertPath("NONE", 0, many.keyUsage(0x80), this.intermediate);
		Forge twice = leaf();
		for (int i = 0; i < 40; i++) {
			twice.extension("1.2.3." + i, false, new byte[1]);
		}
		assertPath("DUPLICATE_EXTENSION", 0, twice.keyUsage(0x80).keyUsage(0x80), this.intermediate);
	}

	@Test
	void weakSignaturesAreRefused() {
		Forge rsa = Forge.root("RSA-2048");
		PathRun path = new PathRun(rsa);
		assertEquals("SIGNATURE_WEAK", path.run(rsa.leaf(HOST).signedWith("SHA1withRSA")));
		assertEquals("SIGNATURE_WEAK", path.run(rsa.leaf(HOST).signedWith("MD5withRSA")));
		assertPath("SIGNATURE_WEAK", 0, leaf().signedWith("SHA1withECDSA"), this.intermediate);
		assertPath("SIGNATURE_WEAK", 1, leaf(), this.root.intermediate("Intermediate", 1).signedWith("SHA1withECDSA"));
		// but the signature of a root that is not needed is nobody's business
		assertPath("NONE", 0, leaf(), this.intermediate, Forge.root("P-256").signedWith("SHA1withECDSA"));
	}

	@Test
	void unknownSignatureAlgorithmsAreRefused() {
		Forge leaf = leaf();
		leaf.innerAlgorithm = Der.sequence(Der.oid("1.2.3.4.5"));
		assertPath("SIGNATURE_UNSUPPORTED", 0, leaf, this.intermediate);
		Forge parameters = leaf();
		parameters.innerAlgorithm = Der.sequence(Der.oid("1.2.840.10045.4.3.2"), Der.hex("0500"));
		assertPath("SIGNATURE_UNSUPPORTED", 0, parameters, this.intermediate);
		Forge endless = leaf();
		endless.innerAlgorithm = Der.sequence(Der.oid("1.2.3.4.5"), Der.octets(new byte[1000]));
		assertPath("SIGNATURE_UNSUPPORTED", 0, endless, this.intermediate);
		this.run.piece = 1;
		assertPath("SIGNATURE_UNSUPPORTED", 0, endless, this.intermediate);
	}

	@Test
	void theTwoSignatureAlgorithmsMustAgree() {
		Forge leaf = leaf();
		leaf.outerAlgorithm = Forge.algorithmId("SHA384withECDSA");
		assertPath("SIGNATURE_ALGORITHM_MISMATCH", 0, leaf, this.intermediate);
		Forge shorter = leaf();
		shorter.outerAlgorithm = Der.sequence(Der.oid("1.2.840.10045.4.3"));
		assertPath("SIGNATURE_ALGORITHM_MISMATCH", 0, shorter, this.intermediate);
		Forge longer = leaf();
		longer.outerAlgorithm = Der.sequence(Der.oid("1.2.840.10045.4.3.2"), Der.hex("0500"));
		assertPath("SIGNATURE_ALGORITHM_MISMATCH", 0, longer, this.intermediate);
	}

	@Test
	void aSignatureOfAnotherKindThanTheIssuersKeyIsInvalid() {
		Forge rsa = Forge.root("RSA-2048");
		Forge leaf = this.root.leaf(HOST);
		leaf.signer = rsa.key;
		assertPath("SIGNATURE_INVALID", 0, leaf);
	}

	@Test
	void weakAndUnusableRsaKeysAreRefused() {
		Forge rsa = Forge.root("RSA-2048");
		PathRun path = new PathRun(rsa);
		assertEquals("KEY_WEAK", path.run(rsa.issue("CN=a", Forge.key("RSA-1024", 1))));
		assertEquals("KEY_WEAK", path.run(rsa.issue("CN=a", Forge.key("RSA-2047", 1))));
		assertEquals("NONE", path.run(rsa.issue("CN=a", Forge.key("RSA-2049", 1))));
		byte[] modulus = ((RSAPublicKey) Forge.key("RSA-2048", 1).getPublic()).getModulus().toByteArray();
		assertEquals("NONE", path.run(rsaKey(rsa, modulus, Der.hex("010001"))));
		assertEquals("NONE", path.run(rsaKey(rsa, modulus, Der.hex("03"))));
		assertEquals("NONE", path.run(rsaKey(rsa, modulus, Der.hex("00ffffffff"))));
		assertEquals("KEY_WEAK", path.run(rsaKey(rsa, modulus, Der.hex("01"))));
		assertEquals("KEY_WEAK", path.run(rsaKey(rsa, modulus, Der.hex("010000"))));
		assertEquals("KEY_WEAK", path.run(rsaKey(rsa, modulus, Der.hex("00"))));
		assertEquals("KEY_UNSUPPORTED", path.run(rsaKey(rsa, modulus, Der.hex("0100000001"))));
		assertEquals("KEY_UNSUPPORTED", path.run(rsaKey(rsa, modulus, Der.hex("010000000001"))));
		byte[] even = modulus.clone();
		even[even.length - 1] &= ~1;
		assertEquals("KEY_WEAK", path.run(rsaKey(rsa, even, Der.hex("010001"))));
		assertEquals("KEY_WEAK", path.run(rsaKey(rsa, Der.hex("00"), Der.hex("010001"))));
		assertEquals("MALFORMED", path.run(rsaKey(rsa, Arrays.copyOfRange(modulus, 1, modulus.length), Der.hex("010001"))), "negative");
		assertEquals("MALFORMED", path.run(rsaKey(rsa, Der.join(new byte[1], modulus), Der.hex("010001"))), "two zeros");
		assertEquals("MALFORMED", path.run(rsaKey(rsa, modulus, Der.hex("00010001"))), "leading zero");
		assertEquals("MALFORMED", path.run(rsaKey(rsa, modulus, Der.hex("810001"))), "negative exponent");
		assertEquals("KEY_TOO_LARGE", path.run(rsaKey(rsa, Der.join(new byte[1], Der.hex("ff".repeat(513))), Der.hex("03"))));
		assertEquals("KEY_TOO_LARGE", path.run(rsaKey(rsa, Der.hex("7f" + "ff".repeat(512)), Der.hex("03"))));
		assertEquals("KEY_TOO_LARGE", path.run(rsaKey(rsa, Der.hex("7f" + "ff".repeat(1512)), Der.hex("03"))));
	}

	private static Forge rsaKey(Forge issuer, byte[] modulus, byte[] exponent) {
		Forge leaf = issuer.issue("CN=a", issuer.key);
		leaf.keyInfo = Der.sequence(Forge.rsaId(1), Der.bits(Der.sequence(Der.tlv(2, modulus), Der.tlv(2, exponent))));
		return leaf;
	}

	@Test
	void unknownKeysAreRefused() {
		assertPath("KEY_UNSUPPORTED", 0, this.root.issue("CN=a", Forge.key("P-521", 1)).san(Forge.dns(HOST)));
		assertPath("KEY_UNSUPPORTED", 0, this.root.issue("CN=a", Forge.key("Ed448", 1)).san(Forge.dns(HOST)));
		Forge compressed = leaf();
		byte[] point = new byte[33];
		point[0] = 2;
		compressed.keyInfo = Der.sequence(ecId("1.2.840.10045.3.1.7"), Der.bits(point));
		assertPath("KEY_UNSUPPORTED", 0, compressed, this.intermediate);
		Forge hybrid = leaf();
		hybrid.keyInfo = Der.sequence(ecId("1.2.840.10045.3.1.7"), Der.bits(new byte[65]));
		assertPath("KEY_UNSUPPORTED", 0, hybrid, this.intermediate);
		Forge endless = leaf();
		endless.keyInfo = Der.sequence(Der.sequence(Der.oid("1.2.3"), Der.octets(new byte[3000])), Der.bits(new byte[65]));
		assertPath("KEY_UNSUPPORTED", 0, endless, this.intermediate);
		Forge large = leaf();
		large.keyInfo = Der.sequence(ecId("1.2.840.10045.3.1.7"), Der.bits(new byte[2000]));
		assertPath("KEY_TOO_LARGE", 0, large, this.intermediate);
		Forge bit = leaf();
		bit.keyInfo = Der.sequence(ecId("1.2.840.10045.3.1.7"), Der.tlv(3, Der.hex("01"), new byte[65]));
		assertPath("MALFORMED", 0, bit, this.intermediate);
	}

	private static byte[] ecId(String curve) {
		return Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(curve));
	}

	@Test
	void aPssKeyIsHeldToItsHash() {
		Forge rsa = Forge.root("RSA-2048");
		byte[] bits = Arrays.copyOfRange(rsa.keyInfo, 4 + 15, rsa.keyInfo.length);
		Forge any = rsa.intermediate("PSS", 1);
		byte[] anyBits = Arrays.copyOfRange(any.keyInfo, 4 + 15, any.keyInfo.length);
		any.keyInfo = Der.sequence(Der.sequence(Der.oid("1.2.840.113549.1.1.10")), anyBits);
		PathRun path = new PathRun(rsa);
		assertEquals("NONE", path.run(leafOfPss(any, "PSS-256"), any));
		assertEquals("NONE", path.run(leafOfPss(any, "PSS-384"), any));
		assertEquals("SIGNATURE_INVALID", path.run(leafOfPss(any, "SHA256withRSA"), any));
		Forge only = rsa.intermediate("PSS", 1);
		only.keyInfo = Der.sequence(Forge.pssId(2, 48), anyBits);
		assertEquals("NONE", path.run(leafOfPss(only, "PSS-384"), only));
		assertEquals("SIGNATURE_INVALID", path.run(leafOfPss(only, "PSS-256"), only));
		Forge leaf = rsa.leaf(HOST);
		leaf.keyInfo = Der.sequence(Forge.pssId(3, 64), bits);
		assertEquals("NONE", path.run(leaf));
		assertEquals(PublicKey.RSA_PSS, path.validator.keyAlgorithm());
		assertEquals(Hash.SHA_512, path.validator.keyHash());
		// anchors too
		path.anchors = PathRun.anchors(only);
		assertEquals("NONE", path.run(leafOfPss(only, "PSS-384")));
		assertEquals("SIGNATURE_INVALID", path.run(leafOfPss(only, "PSS-256")));
	}

	private static Forge leafOfPss(Forge issuer, String algorithm) {
		return issuer.issue("CN=leaf", Forge.key("P-256", 100)).signedWith(algorithm);
	}

	@Test
	void otherPssParametersAreRefused() {
		Forge rsa = Forge.root("RSA-2048");
		PathRun path = new PathRun(rsa);
		byte[] sha1 = Der.sequence(Der.oid("1.2.840.113549.1.1.10"), Der.sequence());
		byte[][] refused = { Forge.pssId(1, 20), Forge.pssId(4, 28), Der.sequence(Der.oid("1.2.840.113549.1.1.10")) };
		for (byte[] id : refused) {
			Forge leaf = rsa.leaf(HOST);
			leaf.innerAlgorithm = id;
			assertEquals("SIGNATURE_UNSUPPORTED", path.run(leaf));
		}
		Forge weak = rsa.leaf(HOST);
		weak.innerAlgorithm = sha1;
		assertEquals("SIGNATURE_WEAK", path.run(weak));
	}

	@Test
	void pinsMatchAnyKeyOfThePath() throws Exception {
		Forge leaf = leaf();
		this.run.pins = new byte[64];
		assertPath("PIN_MISMATCH", 0, leaf, this.intermediate);
		for (Forge pinned : new Forge[] { leaf, this.intermediate, this.root }) {
			byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(pinned.keyInfo);
			this.run.pins = Der.join(new byte[32], digest);
			this.run.piece = 1;
			assertPath("NONE", 0, leaf, this.intermediate);
			this.run.piece = 0;
			assertPath("NONE", 0, leaf, this.intermediate);
		}
		byte[] stranger = java.security.MessageDigest.getInstance("SHA-256").digest(Forge.root("P-384").keyInfo);
		this.run.pins = stranger;
		assertPath("PIN_MISMATCH", 0, leaf, this.intermediate);
		// a certificate that is sent but not in the path does not help
		assertPath("PIN_MISMATCH", 0, leaf, Forge.root("P-384"), this.intermediate);
		this.run.pins = new byte[0];
		assertPath("PIN_MISMATCH", 0, leaf, this.intermediate);
		assertThrows(IllegalArgumentException.class, () -> this.run.validator.setPins(new byte[31]));
	}

	@Test
	void anEmptyChainIsRefused() {
		assertEquals("EMPTY_CHAIN", this.run.run(new Forge[0]));
		assertEquals(PathError.MALFORMED, this.run.run(new byte[0]));
	}

	@Test
	void certificatesOfOtherVersionsAreRefused() {
		for (byte[] version : new byte[][] { new byte[0], Der.tlv(0xa0, Der.integer(0)), Der.tlv(0xa0, Der.integer(1)), Der.tlv(0xa0,
				Der.integer(3)) }) {
			Forge leaf = leaf();
			leaf.version = version;
			assertPath("VERSION", 0, leaf, this.intermediate);
		}
	}

	@Test
	void aPathHasAtMostTenCertificates() {
		Forge[] cas = new Forge[11];
		Forge issuer = this.root;
		for (int i = 0; i < cas.length; i++) {
			issuer = issuer.intermediate("CA " + i, 10 + i);
			cas[i] = issuer;
		}
		assertPath("NONE", 0, chain(cas, 9));
		assertPath("CHAIN_TOO_LONG", 10, chain(cas, 10));
		assertPath("CHAIN_TOO_LONG", 10, chain(cas, 11));
	}

	private static Forge[] chain(Forge[] cas, int length) {
		Forge[] chain = new Forge[length + 1];
		chain[0] = cas[length - 1].leaf(HOST);
		for (int i = 0; i < length; i++) {
			chain[i + 1] = cas[length - 1 - i];
		}
		return chain;
	}

	@Test
	void ed25519SignedCertificatesNeedABuffer() {
		Forge anchor = Forge.root("Ed25519");
		Forge leaf = anchor.leaf(HOST);
		int length = leaf.toBeSigned().length;
		PathRun path = new PathRun(anchor).name(HOST);
		path.piece = 1;
		assertEquals("NONE", path.validator(0, 0, length).run(leaf));
		assertEquals("ED25519_TOO_LONG", path.validator(0, 0, length - 1).run(leaf));
		assertEquals("ED25519_TOO_LONG", path.validator(0, 0, 0).run(leaf));
		// the key alone needs none
		Forge mixed = Forge.root("P-256").issue("CN=a", Forge.key("Ed25519", 1)).san(Forge.dns(HOST));
		PathRun ec = new PathRun(Forge.root("P-256")).name(HOST).validator(0, 0, 0);
		assertEquals("NONE", ec.run(mixed));
		assertEquals(PublicKey.ED25519, ec.validator.keyAlgorithm());
	}

	@Test
	void afterAnErrorInputIsIgnored() {
		PathValidator v = this.run.validator;
		assertPath("HOST_NAME_MISMATCH", 0, this.intermediate.leaf("other.example.com"), this.intermediate, this.root);
		byte[] der = leaf().der();
		v.startCertificate(der.length);
		v.update(der, 0, der.length);
		v.endCertificate();
		assertTrue(v.step());
		v.endChain();
		assertEquals(PathError.HOST_NAME_MISMATCH, v.error());
		assertFalse(v.isValid());
	}

	@Test
	void nothingIsValidBeforeTheChainEnds() {
		PathValidator v = this.run.validator;
		byte[] der = this.root.leaf(HOST).der();
		assertFalse(v.isValid());
		v.start(this.run.anchors, this.run.time, PathValidator.SERVER_AUTH);
		v.startCertificate(der.length);
		v.update(der, 0, der.length);
		v.endCertificate();
		while (!v.step()) {
			assertFalse(v.isValid());
		}
		assertFalse(v.isValid());
		v.endChain();
		assertTrue(v.isValid());
		v.wipe();
		assertFalse(v.isValid());
		assertEquals(0, v.keyAlgorithm());
		assertEquals("NONE", this.run.run(this.root.leaf(HOST)), "usable again");
	}

	@Test
	void anUnfinishedCertificateIsMalformed() {
		PathValidator v = this.run.validator;
		byte[] der = this.root.leaf(HOST).der();
		v.start(this.run.anchors, this.run.time, PathValidator.SERVER_AUTH);
		v.startCertificate(der.length);
		v.update(der, 0, der.length);
		v.endChain();
		assertEquals(PathError.MALFORMED, v.error());
		v.start(this.run.anchors, this.run.time, PathValidator.SERVER_AUTH);
		v.startCertificate(der.length);
		v.update(der, 0, der.length - 1);
		v.endCertificate();
		assertEquals(PathError.MALFORMED, v.error());
	}

	@Test
	void aProfileWithoutRsaRefusesRsa() {
		Forge rsa = Forge.selfSigned("CN=RSA root", "RSA-2048", 0);
		PathRun path = new PathRun(this.root, rsa);
		for (int piece : new int[] { 0, 1 }) {
			path.piece = piece;
			path.validator = new PathValidator(PathRun.EC_CRYPTO, 1, 384, 0);
			assertEquals("NONE", path.run(leaf(), this.intermediate));
			assertEquals("SIGNATURE_UNSUPPORTED", path.run(rsa.leaf(HOST)));
			assertEquals("SIGNATURE_UNSUPPORTED", path.run(rsa.leaf(HOST).signedWith("PSS-256")));
			assertEquals("SIGNATURE_WEAK", path.run(rsa.leaf(HOST).signedWith("SHA1withRSA")));
			assertEquals("KEY_UNSUPPORTED", path.run(this.root.issue("CN=a", rsa.key)));
			Forge pss = this.root.issue("CN=a", rsa.key);
			pss.keyInfo = Der.sequence(Forge.pssId(3, 64), Arrays.copyOfRange(rsa.keyInfo, 19, rsa.keyInfo.length));
			assertEquals("KEY_UNSUPPORTED", path.run(pss));
			// an anchor of a kind that is not there is as good as none
			Forge mixed = rsa.issue("CN=a", Forge.key("P-256", 100)).signedWith("SHA256withECDSA");
			mixed.signer = this.root.key;
			assertEquals("SIGNATURE_INVALID", path.run(mixed));
		}
	}

	@Test
	void theTwoHashesMustDiffer() {
		Hash hash = PathRun.CRYPTO.newHash(Hash.SHA_256);
		assertThrows(IllegalArgumentException.class, () -> new PathValidator(PathRun.CRYPTO, hash, null, null, hash, 0, 0, 0, null, 0, 0));
		// hashes that are not there
		PathRun path = new PathRun(this.root);
		path.validator = new PathValidator(PathRun.CRYPTO, null, PathRun.CRYPTO.newHash(Hash.SHA_384), null, hash, 0, 0, 0, null, 0, 0);
		assertEquals("SIGNATURE_UNSUPPORTED", path.run(this.root.leaf(HOST)));
		assertEquals("NONE", path.run(this.root.leaf(HOST).signedWith("SHA384withECDSA")));
	}

	@Test
	void nonsensicalSizesAreRefusedByTheConstructor() {
		int[][] sizes = { { -1, 0, 0 }, { 17, 0, 0 }, { 0, -1, 0 }, { 0, 65536, 0 }, { 0, 0, -1 }, { 0, 0, 65536 } };
		for (int[] size : sizes) {
			assertThrows(IllegalArgumentException.class, () -> new PathValidator(PathRun.CRYPTO, size[0], size[1], size[2]));
		}
	}
}
