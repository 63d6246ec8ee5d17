/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.tls;

/** The client's side of a TLS 1.3 handshake whose server proves itself by a certificate (RFC 8446 §4.4), unless a pre-shared key does. */
/* package */ final class CertificateHandshake13 extends ClientHandshake13 {

	private static final byte EXPECT_CERTIFICATE_OR_REQUEST = 5;
	private static final byte EXPECT_CERTIFICATE = 6;
	private static final byte EXPECT_CERTIFICATE_VERIFY = 7;

	private static final byte CERTIFICATE = CERTIFICATE_WORK;
	private static final byte CHAIN = CERTIFICATE_WORK + 1;
	private static final byte SIGNATURE = CERTIFICATE_WORK + 2;
	private static final byte OWN_SIGNATURE = CERTIFICATE_WORK + 3;

	private final CertificateRequestReader certificateRequest;
	private final CertificateReader certificate;
	private final CertificateVerifyReader certificateVerify;

	/** Null without raw public keys. */
	private final RawKeys rawKeys;

	private boolean certificateSent;

	/* package */ CertificateHandshake13(HandshakeParts parts, ClientHelloWriter helloWriter, KeySchedule schedule) {
		super(parts, helloWriter, schedule);
		this.certificateRequest = this.own == null ? new CertificateRequestReader(this.cursor) : new IdentitySelector(this.cursor, parts.identityMatch(this.own));
		this.certificate = this.authentication.reader(this.cursor, false);
		this.certificateVerify = this.authentication.verifyReader(this.cursor);
		this.rawKeys = parts.config.rawKeys == null ? null : parts.config.rawKeys.make(parts.config, this.own);
	}

	@Override
	/* package */ int start(CharSequence name) {
		this.certificateSent = false;
		if (this.rawKeys != null) {
			this.rawKeys.reset();
		}
		return super.start(name);
	}

	@Override
	protected void extensions(ClientHelloWriter writer) {
		super.extensions(writer);
		if (this.rawKeys != null) {
			this.rawKeys.extensions(writer);
		}
	}

	@Override
	/* package */ boolean offers(int type) {
		return super.offers(type) || this.rawKeys != null && this.rawKeys.offers(type);
	}

	@Override
	/* package */ boolean certificateType(int extension, int type) {
		return this.rawKeys.choose(extension, type);
	}

	@Override
	protected byte certificateState() {
		return EXPECT_CERTIFICATE_OR_REQUEST;
	}

	@Override
	/* package */ int work() {
		switch (this.work) {
		case SIGNATURE:
			return this.authentication.stepVerify() ? signatureVerified() : TlsError.NONE;
		case OWN_SIGNATURE:
			return sign();
		case CERTIFICATE:
		case CHAIN:
			if (!this.authentication.stepChain()) {
				return TlsError.NONE;
			}
			if (this.work == CHAIN) {
				this.state = EXPECT_CERTIFICATE_VERIFY;
			}
			this.work = NO_WORK;
			return this.authentication.chainError();
		default:
			return super.work();
		}
	}

	private int sign() {
		int error = this.own.step(this.transcript);
		this.work = this.own.signs() ? OWN_SIGNATURE : NO_WORK;
		return error;
	}

	private int signatureVerified() {
		this.work = NO_WORK;
		this.state = EXPECT_FINISHED;
		return this.authentication.verified() ? TlsError.NONE : TlsError.SIGNATURE_INVALID;
	}

	@Override
	/* package */ int messageStart(int type, int length) {
		boolean expected;
		switch (this.state) {
		case EXPECT_CERTIFICATE_OR_REQUEST:
			expected = type == HandshakeType.CERTIFICATE || type == HandshakeType.CERTIFICATE_REQUEST;
			break;
		case EXPECT_CERTIFICATE:
			expected = type == HandshakeType.CERTIFICATE;
			break;
		case EXPECT_CERTIFICATE_VERIFY:
			expected = type == HandshakeType.CERTIFICATE_VERIFY;
			break;
		default:
			return super.messageStart(type, length);
		}
		if (!expected) {
			return TlsError.UNEXPECTED_MESSAGE;
		}
		if (length > (type == HandshakeType.CERTIFICATE ? this.maxChainLength : MAX_MESSAGE)) {
			return TlsError.MESSAGE_TOO_LONG;
		}
		if (type == HandshakeType.CERTIFICATE) {
			this.authentication.startChain(this.hello.serverName(), this.rawKeys == null ? null : this.rawKeys.expected());
		} else if (type == HandshakeType.CERTIFICATE_VERIFY) {
			// What is signed is the transcript before this message (§4.4.3).
			this.transcript.hash(this.digest, 0);
		}
		return TlsError.NONE;
	}

	@Override
	/* package */ MessageReader reader(int type) {
		switch (type) {
		case HandshakeType.CERTIFICATE_REQUEST:
			return this.certificateRequest;
		case HandshakeType.CERTIFICATE:
			return this.certificate;
		case HandshakeType.CERTIFICATE_VERIFY:
			return this.certificateVerify;
		default:
			return super.reader(type);
		}
	}

	@Override
	/* package */ void messagePaused(int type) {
		if (type == HandshakeType.CERTIFICATE) {
			this.work = CERTIFICATE;
		}
	}

	@Override
	/* package */ int messageEnd(int type, boolean recordEnds) {
		switch (type) {
		case HandshakeType.ENCRYPTED_EXTENSIONS:
			if (!resumed() && this.rawKeys != null && !this.rawKeys.acceptable()) {
				return TlsError.RAW_KEY_MISSING;
			}
			return super.messageEnd(type, recordEnds);
		case HandshakeType.CERTIFICATE_REQUEST:
			this.certificateRequested = true;
			if (identity() >= 0) {
				this.own.start();
			}
			this.state = EXPECT_CERTIFICATE;
			return TlsError.NONE;
		case HandshakeType.CERTIFICATE:
			this.authentication.endChain();
			this.work = CHAIN;
			return TlsError.NONE;
		case HandshakeType.CERTIFICATE_VERIFY:
			return certificateVerifyEnd();
		default:
			return super.messageEnd(type, recordEnds);
		}
	}

	private int certificateVerifyEnd() {
		CertificateVerifyReader message = this.certificateVerify;
		int scheme = message.scheme();
		if (!this.offer.offersScheme(scheme)) {
			return TlsError.SIGNATURE_SCHEME;
		}
		this.signatureScheme = (char) scheme;
		this.work = SIGNATURE;
		return this.authentication.startVerify(scheme, this.digest, this.transcript.length(), this.cursor.field, message.signatureLength());
	}

	@Override
	protected int writeLastFlight(byte[] out, int offset, int room) {
		if (!this.certificateRequested || this.certificateSent) {
			return super.writeLastFlight(out, offset, room);
		}
		if (identity() >= 0) {
			return this.own.write(out, offset, room);
		}
		// §4.4.2.4: without a certificate an empty list is sent, and no CertificateVerify.
		out[offset] = HandshakeType.CERTIFICATE;
		out[offset + 1] = 0;
		out[offset + 2] = 0;
		out[offset + 3] = 4;
		for (int i = 4; i < 8; i++) {
			out[offset + i] = 0;
		}
		return 8;
	}

	@Override
	/* package */ void sent() {
		if (this.state == SEND_FINISHED && this.certificateRequested && !this.certificateSent) {
			this.certificateSent = identity() < 0 || this.own.sent();
			this.work = identity() >= 0 && this.own.signs() ? OWN_SIGNATURE : NO_WORK;
		} else {
			super.sent();
		}
	}
}
