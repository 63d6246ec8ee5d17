/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.thimble.crypto.Hash;
import dev.thimble.crypto.PortableCrypto;
import dev.thimble.crypto.SignatureVerifier;
import dev.thimble.crypto.Signer;
import dev.thimble.host.KeyKind;
import dev.thimble.identity.Identity;
import dev.thimble.support.AllocationMeter;
import dev.thimble.support.Octets;
import dev.thimble.support.TestPki;

/** Tokens of ours are read by jose4j, and jose4j's by our verifier. */
class JwtTest {

	private static final PortableCrypto CRYPTO = new PortableCrypto();

	private enum Key {
		ES256(KeyKind.P256), ES384(KeyKind.P384), EdDSA(KeyKind.ED25519), RS256(KeyKind.RSA2048), PS256(KeyKind.RSA2048);

		final KeyPair pair;

		Key(KeyKind kind) {
			this.pair = TestPki.key(kind, 0);
		}

		Jwt jwt() {
			if (this == RS256 || this == PS256) {
				Identity[] identities = Identity.rsa(CRYPTO, Octets.concat(TestPki.certificates(TestPki.chain(KeyKind.RSA2048, 1).path())),
						this.pair.getPrivate().getEncoded());
				return new Jwt(identities[this == PS256 ? 0 : 1].signer(), CRYPTO.workHash(Hash.SHA_256));
			}
			KeyKind kind = this == ES256 ? KeyKind.P256 : this == ES384 ? KeyKind.P384 : KeyKind.ED25519;
			// As for TLS: the key of an identity.
			Identity identity = new Identity(CRYPTO, Octets.concat(TestPki.certificates(TestPki.chain(kind, 1).path())),
					this.pair.getPrivate().getEncoded());
			return new Jwt(identity.signer(), CRYPTO.workHash(this == ES384 ? Hash.SHA_384 : Hash.SHA_256));
		}

		JwtClaims read(String token) throws Exception {
			JwtConsumer consumer = new JwtConsumerBuilder().setVerificationKey(this.pair.getPublic()).setSkipDefaultAudienceValidation()
					.setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, name()).setRelaxVerificationKeyValidation().build();
			return consumer.process(token).getJwtClaims();
		}
	}

	private static String finish(Jwt jwt, byte[] array, int offset) {
		jwt.start();
		while (!jwt.step()) {
			continue;
		}
		int length = jwt.result();
		return length < 0 ? CloudError.name(jwt.error()) : new String(array, offset, length, StandardCharsets.US_ASCII);
	}

	@ParameterizedTest
	@EnumSource(Key.class)
	void anIndependentLibraryReadsOurTokens(Key key) throws Exception {
		byte[] array = new byte[1500];
		Jwt jwt = key.jwt();
		assertEquals(key.name(), jwt.algorithm());
		long now = System.currentTimeMillis() / 1000;
		byte[] text = " «ü»\n".getBytes(StandardCharsets.UTF_8);
		jwt.begin(array, 3, 1490).keyId("k/1").header("own", "x").issuer("device-42").subject("sensor").audience("cloud").id("n-1").issuedAt(now)
				.notBefore(now - 10).expires(now + 4_000_000_000L).claim("text", "a\"b\\c\t\u0001/\u00e9\u20ac\ud83d\ude00").claim("low", Long.MIN_VALUE)
				.claim("high", Long.MAX_VALUE).claim("zero", 0).claim("minus", -70).claim("yes", true).claim("no", false)
				.claim("bytes", text, 1, text.length - 1);
		String token = finish(jwt, array, 3);
		JwtClaims claims = key.read(token);
		assertEquals("device-42", claims.getIssuer());
		assertEquals("sensor", claims.getSubject());
		assertEquals(List.of("cloud"), claims.getAudience());
		assertEquals("n-1", claims.getJwtId());
		assertEquals(now, claims.getIssuedAt().getValue());
		assertEquals(now - 10, claims.getNotBefore().getValue());
		assertEquals(now + 4_000_000_000L, claims.getExpirationTime().getValue());
		assertEquals("a\"b\\c\t\u0001/\u00e9\u20ac\ud83d\ude00", claims.getStringClaimValue("text"));
		assertEquals("«ü»\n", claims.getStringClaimValue("bytes"));
		assertEquals(Long.MIN_VALUE, claims.getClaimValue("low", Long.class));
		assertEquals(Long.MAX_VALUE, claims.getClaimValue("high", Long.class));
		assertEquals(0L, claims.getClaimValue("zero", Long.class));
		assertEquals(-70L, claims.getClaimValue("minus", Long.class));
		assertEquals(true, claims.getClaimValue("yes"));
		assertEquals(false, claims.getClaimValue("no"));
		JsonWebSignature jws = new JsonWebSignature();
		jws.setCompactSerialization(token);
		assertEquals("k/1", jws.getKeyIdHeaderValue());
		assertEquals("JWT", jws.getHeader("typ"));
		assertEquals("x", jws.getHeader("own"));
		assertNotNull(new JwtVerifier(key.pair.getPublic()).claims(token));
	}

	@ParameterizedTest
	@EnumSource(Key.class)
	void weReadTokensOfAnIndependentLibrary(Key key) throws JoseException {
		JwtClaims claims = new JwtClaims();
		claims.setSubject("sub-\u00e9");
		claims.setExpirationTimeMinutesInTheFuture(5);
		JsonWebSignature jws = new JsonWebSignature();
		jws.setPayload(claims.toJson());
		jws.setKey(key.pair.getPrivate());
		jws.setAlgorithmHeaderValue(key.name());
		String token = jws.getCompactSerialization();
		JwtVerifier verifier = new JwtVerifier(key.pair.getPublic());
		assertEquals("sub-\u00e9", verifier.claims(token).get("sub").getAsString());
	}

	/** Every letter changed, added or missing, of ours and of jose4j's. */
	@ParameterizedTest
	@EnumSource(Key.class)
	void tamperedTokensAreRefused(Key key) throws Exception {
		byte[] array = new byte[1500];
		JwtVerifier verifier = new JwtVerifier(key.pair.getPublic());
		String token = finish(key.jwt().begin(array, 0, 1500).subject("a"), array, 0);
		assertNotNull(verifier.claims(token));
		// Each is a verification: of RSA and curves a few of each part.
		int step = key == Key.EdDSA || key == Key.RS256 || key == Key.PS256 ? 3 : 11;
		for (int at = 0; at < token.length(); at += at > token.length() - 3 ? 1 : step) {
			for (String other : new String[] { token.charAt(at) == 'A' ? "B" : "A", "", "=", ".", "%", token.charAt(at) + "A" }) {
				String forged = token.substring(0, at) + other + token.substring(at + 1);
				assertNull(forged.equals(token) ? null : verifier.payload(forged), forged);
				if (at % 5 == 0 && !forged.equals(token)) {
					assertThrows(Exception.class, () -> key.read(forged), forged);
				}
			}
		}
		assertNull(verifier.payload(""));
		assertNull(verifier.payload("a.b"));
		assertNull(verifier.payload(token + ".x"));
	}

	/** No signature, somebody else's, and a public key taken for a secret one. */
	@ParameterizedTest
	@EnumSource(Key.class)
	void forgedTokensAreRefused(Key key) throws Exception {
		byte[] array = new byte[1500];
		JwtVerifier verifier = new JwtVerifier(key.pair.getPublic());
		String token = finish(key.jwt().begin(array, 0, 1500).subject("a"), array, 0);
		String body = token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
		for (String header : new String[] { "{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"NONE\",\"typ\":\"JWT\"}", "{\"alg\":\"\"}", "{}",
				"{\"alg\":null}", "{\"alg\":5}", "[]", "", "{\"alg\":\"HS256\"}" }) {
			String encoded = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
			assertNull(verifier.payload(encoded + body), header);
			assertNull(verifier.payload(encoded + body + token.substring(token.lastIndexOf('.') + 1)), header);
			assertThrows(Exception.class, () -> key.read(encoded + body), header);
		}
		JsonWebSignature confused = new JsonWebSignature();
		confused.setPayload("{\"sub\":\"a\"}");
		confused.setKey(new org.jose4j.keys.HmacKey(key.pair.getPublic().getEncoded()));
		confused.setAlgorithmHeaderValue("HS256");
		assertNull(verifier.payload(confused.getCompactSerialization()));
		for (Key other : Key.values()) {
			String theirs = finish(other.jwt().begin(array, 0, 1500).subject("a"), array, 0);
			boolean same = other.pair.getPublic().equals(key.pair.getPublic());
			assertEquals(same, verifier.payload(theirs) != null, other.name());
			if (other != key) {
				assertThrows(Exception.class, () -> key.read(theirs), other.name());
			}
		}
		KeyKind kind = key == Key.RS256 || key == Key.PS256 ? KeyKind.RSA2048 : key == Key.ES256 ? KeyKind.P256 : key == Key.ES384 ? KeyKind.P384 : KeyKind.ED25519;
		assertNull(new JwtVerifier(TestPki.key(kind, 1).getPublic()).payload(token), "another key of the same kind");
	}

	@ParameterizedTest
	@EnumSource(Key.class)
	void tokensCountInTheirTimeOnly(Key key) throws Exception {
		byte[] array = new byte[1500];
		JwtVerifier verifier = new JwtVerifier(key.pair.getPublic());
		// Beyond what 32 bits hold, signed or not.
		for (long made : new long[] { 1_800_000_000L, 1L << 31, 1L << 32, 253_402_300_000L }) {
			String token = finish(key.jwt().begin(array, 0, 1500).notBefore(made).expires(made + 3600), array, 0);
			assertNull(verifier.claims(token, made - 1));
			assertNotNull(verifier.claims(token, made));
			assertNotNull(verifier.claims(token, made + 3599));
			assertNull(verifier.claims(token, made + 3600));
			JwtConsumer consumer = new JwtConsumerBuilder().setVerificationKey(key.pair.getPublic()).setRequireExpirationTime()
					.setEvaluationTime(org.jose4j.jwt.NumericDate.fromSeconds(made + 3599)).setRelaxVerificationKeyValidation().build();
			assertEquals(made + 3600, consumer.process(token).getJwtClaims().getExpirationTime().getValue());
			JwtConsumer later = new JwtConsumerBuilder().setVerificationKey(key.pair.getPublic()).setRequireExpirationTime()
					.setEvaluationTime(org.jose4j.jwt.NumericDate.fromSeconds(made + 3600)).setRelaxVerificationKeyValidation().build();
			assertThrows(org.jose4j.jwt.consumer.InvalidJwtException.class, () -> later.process(token));
		}
		String endless = finish(key.jwt().begin(array, 0, 1500).subject("a"), array, 0);
		assertNull(verifier.claims(endless, 1_800_000_000L), "a password without an end is none");
	}

	/** The lengths of DER's integers differ: with leading zeros, with a zero before them, and shorter. */
	@ParameterizedTest
	@ValueSource(ints = { SignatureVerifier.ECDSA_P256, SignatureVerifier.ECDSA_P384 })
	void pairsOfAnyLengthAreTakenFromDer(int algorithm) {
		int half = algorithm == SignatureVerifier.ECDSA_P256 ? 32 : 48;
		Hash hash = CRYPTO.workHash(half == 32 ? Hash.SHA_256 : Hash.SHA_384);
		byte[] array = new byte[500];
		for (int r = 1; r <= half + 1; r += r < 3 || r >= half - 1 ? 1 : 7) {
			for (int s = 1; s <= half + 1; s++) {
				byte[] der = new Octets().u8(0x30).vector8(new Octets().u8(2).vector8(integer(r, half)).u8(2).vector8(integer(s, half)).toBytes())
						.toBytes();
				Jwt jwt = new Jwt(new FixedSigner(algorithm, der, half), hash);
				String token = finish(jwt.begin(array, 0, array.length).subject("s"), array, 0);
				byte[] pair = java.util.Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
				byte[] expected = new byte[2 * half];
				byte[] ri = integer(r, half);
				byte[] si = integer(s, half);
				System.arraycopy(ri, Math.max(0, r - half), expected, half - Math.min(r, half), Math.min(r, half));
				System.arraycopy(si, Math.max(0, s - half), expected, 2 * half - Math.min(s, half), Math.min(s, half));
				assertArrayEquals(expected, pair, r + ", " + s);
			}
		}
	}

	private static byte[] integer(int length, int half) {
		byte[] content = new byte[length];
		Arrays.fill(content, (byte) (length + 1));
		content[0] = (byte) (length > half ? 0 : 0x11);
		if (length > half) {
			content[1] = (byte) 0xa5;
		}
		return content;
	}

	/** RFC 7515 §A.1 to §A.5, RFC 8037 §A.4: HMAC, P-521 and "none" are not ours. */
	@Test
	void theExamplesOfTheStandardsAreValid() throws JoseException {
		String payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
		String es256 = "eyJhbGciOiJFUzI1NiJ9." + payload
				+ ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
		String hs256 = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + payload + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
		String none = "eyJhbGciOiJub25lIn0." + payload + ".";
		JsonWebKey ec = JsonWebKey.Factory.newJwk("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
				+ "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}");
		JwtVerifier verifier = new JwtVerifier((java.security.PublicKey) ec.getKey());
		assertEquals("joe", verifier.claims(es256).get("iss").getAsString());
		assertNotNull(verifier.claims(es256, 1300819379));
		assertNull(verifier.claims(es256, 1300819380));
		assertNull(verifier.claims(hs256));
		assertNull(verifier.claims(none));
		String rs256 = "eyJhbGciOiJSUzI1NiJ9." + payload
				+ ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
				+ "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
				+ "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
		JsonWebKey rsa = JsonWebKey.Factory.newJwk("{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4q"
				+ "PCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB"
				+ "dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9g"
				+ "b54h4FRWyuXpoQ\",\"e\":\"AQAB\"}");
		assertEquals("joe", new JwtVerifier((java.security.PublicKey) rsa.getKey()).claims(rs256).get("iss").getAsString());
		String edDsa = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
				+ ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
		JsonWebKey okp = JsonWebKey.Factory.newJwk("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
		assertEquals("Example of Ed25519 signing",
				new String(new JwtVerifier((java.security.PublicKey) okp.getKey()).payload(edDsa), StandardCharsets.US_ASCII));
	}

	@Test
	void anArrayThatIsTooShortIsTold() throws Exception {
		byte[] array = new byte[400];
		Jwt jwt = Key.ES256.jwt();
		int needed = finish(jwt.begin(array, 0, 400).issuer("joe").claim("n", 1), array, 0).length();
		for (int room = 0; room < needed; room++) {
			Arrays.fill(array, (byte) 7);
			assertEquals("E_JWT_TOO_LONG", finish(jwt.begin(array, 5, room).issuer("joe").claim("n", 1), array, 5));
			for (int i = 0; i < 400; i++) {
				assertTrue(i >= 5 && i < 5 + room || array[i] == 7, "byte " + i + " of " + room);
			}
		}
		String token = finish(jwt.begin(array, 5, needed).issuer("joe").claim("n", 1), array, 5);
		assertEquals("joe", Key.ES256.read(token).getIssuer());
		assertEquals(0, jwt.error());
	}

	@Test
	void textsThatAreNoUnicodeAreTold() {
		byte[] array = new byte[400];
		Jwt jwt = Key.EdDSA.jwt();
		for (String bad : new String[] { "\ud800", "a\udc00", "\ud800x", "\udc00\ud800" }) {
			assertEquals("E_JWT_TEXT", finish(jwt.begin(array, 0, 400).issuer(bad), array, 0));
		}
		int[][] wrong = { { 0x80 }, { 0xc1, 0xbf }, { 0xe0, 0x9f, 0x80 }, { 0xed, 0xa0, 0x80 }, { 0xf0, 0x8f, 0x80, 0x80 }, { 0xf4, 0x90, 0x80, 0x80 },
				{ 0xf5, 0x80, 0x80, 0x80 }, { 0xe2, 0x82 }, { 0xe2, 0x82, 0x20 }, { 0xff } };
		for (int[] each : wrong) {
			byte[] bad = new byte[each.length];
			for (int i = 0; i < bad.length; i++) {
				bad[i] = (byte) each[i];
			}
			assertEquals("E_JWT_TEXT", finish(jwt.begin(array, 0, 400).claim("b", bad, 0, bad.length), array, 0), Arrays.toString(each));
		}
	}

	@Test
	void utf8AgreesWithTheJdk() {
		for (int c = 1; c < 0x110000; c += c < 0x900 ? 1 : 97) {
			if (c < 0xd800 || c >= 0xe000) {
				String text = new String(Character.toChars(c));
				byte[] expected = text.getBytes(StandardCharsets.UTF_8);
				byte[] out = new byte[4];
				assertEquals(expected.length, Utf8.length(text));
				assertEquals(expected.length, Utf8.put(text, out, 0));
				assertArrayEquals(expected, Arrays.copyOf(out, expected.length));
				assertTrue(Utf8.valid(expected, 0, expected.length));
				assertFalse(expected.length > 1 && Utf8.valid(expected, 0, expected.length - 1));
			}
		}
		assertEquals(-1, Utf8.length("a\ud800"));
	}

	/** A signer that knows no better than the most it can make, and signs somewhere else. */
	@Test
	void aKeySomewhereElseSigns() throws Exception {
		byte[] array = new byte[1500];
		Jwt jwt = new Jwt(new JceRsaSigner(Key.RS256.pair.getPrivate()), CRYPTO.workHash(Hash.SHA_256));
		assertEquals("far", Key.RS256.read(finish(jwt.begin(array, 0, 1500).subject("far"), array, 0)).getSubject());
	}

	@Test
	void callsOutOfOrderAreRefused() {
		byte[] array = new byte[400];
		Jwt jwt = Key.EdDSA.jwt();
		assertThrows(IllegalStateException.class, () -> jwt.issuer("x"));
		assertThrows(IllegalStateException.class, jwt::start);
		assertThrows(IllegalStateException.class, jwt::step);
		assertThrows(IllegalStateException.class, jwt::result);
		assertThrows(IllegalStateException.class, () -> jwt.begin(array, 0, 400).issuer("x").keyId("y"));
		assertThrows(IllegalStateException.class, () -> jwt.begin(array, 0, 400).issuer("x").claim("iss", "y"));
		assertThrows(IllegalStateException.class, () -> jwt.begin(array, 0, 400).start());
		assertThrows(IllegalArgumentException.class, () -> new Jwt(new JceRsaSigner(null), CRYPTO.workHash(Hash.SHA_384)));
		assertThrows(IllegalArgumentException.class, () -> new Jwt(new JceRsaSigner(null), null));
	}

	@Test
	void aTokenThatIsGivenUpLeavesTheKeyUsable() throws Exception {
		byte[] array = new byte[400];
		Jwt jwt = Key.ES256.jwt();
		jwt.begin(array, 0, 400).issuer("x").start();
		jwt.step();
		assertEquals(-1, jwt.result());
		assertEquals(CloudError.JWT_SIGNER, jwt.error());
		jwt.begin(array, 0, 400).issuer("x").start();
		jwt.step();
		assertEquals("y", Key.ES256.read(finish(jwt.begin(array, 0, 400).issuer("y"), array, 0)).getIssuer());
		Jwt broken = new Jwt(new JceRsaSigner(Key.ES256.pair.getPrivate()), CRYPTO.workHash(Hash.SHA_256));
		assertEquals("E_JWT_SIGNER", finish(broken.begin(new byte[999], 0, 999).issuer("x"), array, 0));
	}

	@ParameterizedTest
	@EnumSource(Key.class)
	void nothingIsAllocated(Key key) {
		byte[] array = new byte[1500];
		Jwt jwt = key.jwt();
		assertEquals(0, AllocationMeter.measureSlow(3, () -> {
			jwt.begin(array, 0, array.length).keyId("k").issuer("device").audience("\u00e9").issuedAt(1_800_000_000L).claim("n", -5).claim("b", array, 0, 2);
			jwt.start();
			while (!jwt.step()) {
				continue;
			}
			if (jwt.result() < 0) {
				throw new AssertionError();
			}
		}));
	}

	private record FixedSigner(int algorithm, byte[] signature, int half) implements Signer {

		@Override
		public int maxSignatureLength() {
			return 2 * this.half + 8;
		}

		@Override
		public void start(byte[] digest, int offset, int length) {
			assertEquals(this.half, length);
		}

		@Override
		public boolean step() {
			return true;
		}

		@Override
		public int result(byte[] output, int offset) {
			System.arraycopy(this.signature, 0, output, offset, this.signature.length);
			return this.signature.length;
		}

		@Override
		public void wipe() {
			// nothing here
		}
	}
}
