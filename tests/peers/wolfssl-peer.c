/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/*
 * A TLS server and client of wolfSSL for Thimble's matrix of peers, since Debian packages the library without its programs. It runs on the
 * desktop only.
 *
 *   wolfssl-peer features
 *   wolfssl-peer server OPTION...         prints "LISTENING port"; serves one connection after another, echoes each line
 *   wolfssl-peer client PORT OPTION...    connects to 127.0.0.1, sends each line of its input, prints what it receives
 *
 * Of each connection it prints "CONNECTED version=... cipher=... resumed=0|1 alpn=... raw=0|1 peer=..." and at its end "ENDED"; of what
 * goes wrong "ERROR ...".
 */
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

#include <arpa/inet.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	LONGEST_LINE = 1 << 15,
	LONGEST_SESSION = 1 << 14
};

static const char *name = NULL;
static const char *certificate = NULL;
static const char *key = NULL;
static const char *authorities = NULL;
static const char *alpn = NULL;
static const char *psk_identity = NULL;
static const char *session_in = NULL;
static const char *session_out = NULL;
static const char *ciphers = NULL;
static unsigned char psk[64];
static unsigned int psk_length = 0;
static int version = 13;
static int demand_certificate = 0;
static int fragment = 0;
static int raw_key = 0;

static void say(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	fflush(stdout);
}

static void die(const char *what)
{
	say("ERROR %s\n", what);
	exit(1);
}

static void say_error(WOLFSSL *ssl, const char *what, int result)
{
	int error = wolfSSL_get_error(ssl, result);
	char text[128];
	say("ERROR %s: %s (%d)\n", what, wolfSSL_ERR_error_string((unsigned long)error, text), error);
}

static unsigned int psk_server(WOLFSSL *ssl, const char *identity, unsigned char *secret, unsigned int most)
{
	(void)ssl;
	if (strcmp(identity, psk_identity) != 0 || psk_length > most) {
		return 0;
	}
	memcpy(secret, psk, psk_length);
	return psk_length;
}

static unsigned int psk_server13(WOLFSSL *ssl, const char *identity, unsigned char *secret, unsigned int most, const char **cipher)
{
	*cipher = "TLS13-AES128-GCM-SHA256";
	return psk_server(ssl, identity, secret, most);
}

static unsigned int psk_client(WOLFSSL *ssl, const char *hint, char *identity, unsigned int longest, unsigned char *secret,
	unsigned int most)
{
	(void)ssl;
	(void)hint;
	if (strlen(psk_identity) >= longest || psk_length > most) {
		return 0;
	}
	strcpy(identity, psk_identity);
	memcpy(secret, psk, psk_length);
	return psk_length;
}

static unsigned int psk_client13(WOLFSSL *ssl, const char *hint, char *identity, unsigned int longest, unsigned char *secret,
	unsigned int most, const char **cipher)
{
	*cipher = "TLS13-AES128-GCM-SHA256";
	return psk_client(ssl, hint, identity, longest, secret, most);
}

static void read_options(int count, char **words)
{
	for (int i = 0; i < count; i++) {
		const char *option = words[i];
		const char *value = i + 1 < count ? words[i + 1] : "";
		if (strcmp(option, "--demand-certificate") == 0) {
			demand_certificate = 1;
			continue;
		}
		if (strcmp(option, "--raw-key") == 0) {
			raw_key = 1;
			continue;
		}
		i++;
		if (strcmp(option, "--version") == 0) {
			version = atoi(value);
		} else if (strcmp(option, "--name") == 0) {
			name = value;
		} else if (strcmp(option, "--cert") == 0) {
			certificate = value;
		} else if (strcmp(option, "--key") == 0) {
			key = value;
		} else if (strcmp(option, "--ca") == 0) {
			authorities = value;
		} else if (strcmp(option, "--alpn") == 0) {
			alpn = value;
		} else if (strcmp(option, "--ciphers") == 0) {
			ciphers = value;
		} else if (strcmp(option, "--fragment") == 0) {
			fragment = atoi(value);
		} else if (strcmp(option, "--session-in") == 0) {
			session_in = value;
		} else if (strcmp(option, "--session-out") == 0) {
			session_out = value;
		} else if (strcmp(option, "--psk-identity") == 0) {
			psk_identity = value;
		} else if (strcmp(option, "--psk") == 0) {
			unsigned int byte;
			while (psk_length < sizeof(psk) && sscanf(value + 2 * psk_length, "%2x", &byte) == 1) {
				psk[psk_length++] = (unsigned char)byte;
			}
		} else {
			die(option);
		}
	}
}

static void use_raw_keys(WOLFSSL_CTX *context)
{
#ifdef HAVE_RPK
	char types[] = { WOLFSSL_CERT_TYPE_RPK };
	if (wolfSSL_CTX_set_server_cert_type(context, types, 1) != WOLFSSL_SUCCESS) {
		die("certificate type");
	}
#else
	(void)context;
	die("no raw public keys in this wolfSSL");
#endif
}

static WOLFSSL_CTX *make_context(int server)
{
	WOLFSSL_METHOD *method = server ? (version == 13 ? wolfTLSv1_3_server_method() : wolfTLSv1_2_server_method())
		: (version == 13 ? wolfTLSv1_3_client_method() : wolfTLSv1_2_client_method());
	WOLFSSL_CTX *context = wolfSSL_CTX_new(method);
	if (context == NULL) {
		die("context");
	}
	if (ciphers != NULL && wolfSSL_CTX_set_cipher_list(context, ciphers) != WOLFSSL_SUCCESS) {
		die("ciphers");
	}
	if (raw_key) {
		use_raw_keys(context);
	}
	if (certificate != NULL) {
		int read = raw_key ? wolfSSL_CTX_use_certificate_file(context, certificate, WOLFSSL_FILETYPE_ASN1)
			: wolfSSL_CTX_use_certificate_chain_file(context, certificate);
		if (read != WOLFSSL_SUCCESS) {
			die("certificate");
		}
		if (wolfSSL_CTX_use_PrivateKey_file(context, key, WOLFSSL_FILETYPE_PEM) != WOLFSSL_SUCCESS) {
			die("key");
		}
	}
	if (authorities != NULL && wolfSSL_CTX_load_verify_locations(context, authorities, NULL) != WOLFSSL_SUCCESS) {
		die("authorities");
	}
	if (server) {
		wolfSSL_CTX_set_verify(context,
			demand_certificate ? WOLFSSL_VERIFY_PEER | WOLFSSL_VERIFY_FAIL_IF_NO_PEER_CERT : WOLFSSL_VERIFY_NONE, NULL);
	} else {
		wolfSSL_CTX_set_verify(context, authorities == NULL ? WOLFSSL_VERIFY_NONE : WOLFSSL_VERIFY_PEER, NULL);
	}
	if (psk_identity != NULL && server) {
		wolfSSL_CTX_set_psk_server_callback(context, psk_server);
		wolfSSL_CTX_set_psk_server_tls13_callback(context, psk_server13);
	} else if (psk_identity != NULL) {
		wolfSSL_CTX_set_psk_client_callback(context, psk_client);
		wolfSSL_CTX_set_psk_client_tls13_callback(context, psk_client13);
	}
	/* In ECDHE_PSK it offers X25519 and then cannot read the server's key. */
	if (!server && version == 12 && psk_identity != NULL && wolfSSL_CTX_UseSupportedCurve(context, WOLFSSL_ECC_SECP256R1) != WOLFSSL_SUCCESS) {
		die("curve");
	}
	if (!server && wolfSSL_CTX_UseSessionTicket(context) != WOLFSSL_SUCCESS) {
		die("tickets");
	}
	return context;
}

static void load_session(WOLFSSL *ssl)
{
	unsigned char image[LONGEST_SESSION];
	const unsigned char *at = image;
	FILE *file = fopen(session_in, "rb");
	long length = file == NULL ? 0 : (long)fread(image, 1, sizeof(image), file);
	if (file != NULL) {
		fclose(file);
	}
	WOLFSSL_SESSION *session = wolfSSL_d2i_SSL_SESSION(NULL, &at, length);
	if (session == NULL || wolfSSL_set_session(ssl, session) != WOLFSSL_SUCCESS) {
		die("session");
	}
	wolfSSL_SESSION_free(session);
}

static void save_session(WOLFSSL *ssl)
{
	WOLFSSL_SESSION *session = wolfSSL_get1_session(ssl);
	unsigned char *image = NULL;
	int length = session == NULL ? 0 : wolfSSL_i2d_SSL_SESSION(session, &image);
	FILE *file = fopen(session_out, "wb");
	if (file == NULL || length <= 0 || fwrite(image, 1, (size_t)length, file) != (size_t)length) {
		die("cannot save the session");
	}
	fclose(file);
	wolfSSL_SESSION_free(session);
}

static WOLFSSL *make_connection(WOLFSSL_CTX *context, int server, int connection)
{
	WOLFSSL *ssl = wolfSSL_new(context);
	if (ssl == NULL || wolfSSL_set_fd(ssl, connection) != WOLFSSL_SUCCESS) {
		die("connection");
	}
	if (alpn != NULL && wolfSSL_UseALPN(ssl, (char *)alpn, (unsigned int)strlen(alpn), WOLFSSL_ALPN_FAILED_ON_MISMATCH) != WOLFSSL_SUCCESS) {
		die("alpn");
	}
	if (!server) {
		if (name != NULL && wolfSSL_UseSNI(ssl, WOLFSSL_SNI_HOST_NAME, name, (unsigned short)strlen(name)) != WOLFSSL_SUCCESS) {
			die("server name");
		}
		if (name != NULL && authorities != NULL && wolfSSL_check_domain_name(ssl, name) != WOLFSSL_SUCCESS) {
			die("domain name");
		}
		if (fragment == 512 && wolfSSL_UseMaxFragment(ssl, WOLFSSL_MFL_2_9) != WOLFSSL_SUCCESS) {
			die("fragment");
		}
		if (session_in != NULL) {
			load_session(ssl);
		}
	}
	return ssl;
}

static void say_connected(WOLFSSL *ssl)
{
	char subject[256] = "";
	char *chosen = NULL;
	unsigned short chosen_length = 0;
	int raw = 0;
	WOLFSSL_X509 *peer = wolfSSL_get_peer_certificate(ssl);
	if (peer != NULL) {
		char *text = wolfSSL_X509_get_subjectCN(peer);
		snprintf(subject, sizeof(subject), "%s", text == NULL ? "?" : text);
		wolfSSL_X509_free(peer);
	}
	wolfSSL_ALPN_GetProtocol(ssl, &chosen, &chosen_length);
#ifdef HAVE_RPK
	int type = WOLFSSL_CERT_TYPE_UNKNOWN;
	wolfSSL_get_negotiated_server_cert_type(ssl, &type);
	raw = type == WOLFSSL_CERT_TYPE_RPK;
#endif
	say("CONNECTED version=%s cipher=%s resumed=%d alpn=%.*s raw=%d peer=%s\n", wolfSSL_get_version(ssl), wolfSSL_get_cipher(ssl),
		wolfSSL_session_reused(ssl), (int)chosen_length, chosen == NULL ? "" : chosen, raw, subject);
}

/* Reads until the peer closes or a line is complete; 0: closed, else the length of the line. */
static int read_line(WOLFSSL *ssl, char *line)
{
	int length = 0;
	while (length < LONGEST_LINE) {
		int count = wolfSSL_read(ssl, line + length, LONGEST_LINE - length);
		if (count <= 0) {
			if (wolfSSL_get_error(ssl, count) != WOLFSSL_ERROR_ZERO_RETURN) {
				say_error(ssl, "read", count);
			}
			return 0;
		}
		length += count;
		if (line[length - 1] == '\n') {
			return length;
		}
	}
	die("the line is too long");
	return 0;
}

static void serve(WOLFSSL_CTX *context, int connection)
{
	static char line[LONGEST_LINE];
	WOLFSSL *ssl = make_connection(context, 1, connection);
	int result = wolfSSL_accept(ssl);
	if (result != WOLFSSL_SUCCESS) {
		say_error(ssl, "handshake", result);
	} else {
		say_connected(ssl);
		int length;
		while ((length = read_line(ssl, line)) > 0) {
			if (wolfSSL_write(ssl, line, length) != length) {
				say("ERROR write\n");
				break;
			}
		}
		wolfSSL_shutdown(ssl);
	}
	wolfSSL_free(ssl);
	close(connection);
	say("ENDED\n");
}

static void server_main(void)
{
	WOLFSSL_CTX *context = make_context(1);
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 8) != 0
		|| getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
		die("listen");
	}
	say("LISTENING %d\n", ntohs(address.sin_port));
	for (;;) {
		int connection = accept(listener, NULL, NULL);
		if (connection < 0) {
			die("accept");
		}
		serve(context, connection);
	}
}

/* Passes lines both ways until the input ends, then closes; or until the peer closes. */
static void converse(WOLFSSL *ssl, int connection)
{
	static char data[LONGEST_LINE];
	struct pollfd waits[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = connection, .events = POLLIN } };
	for (;;) {
		if (wolfSSL_pending(ssl) == 0 && poll(waits, 2, -1) < 0) {
			die("poll");
		}
		if (wolfSSL_pending(ssl) > 0 || (waits[1].revents & (POLLIN | POLLHUP)) != 0) {
			int count = wolfSSL_recv(ssl, data, sizeof(data), MSG_DONTWAIT);
			int error = count > 0 ? 0 : wolfSSL_get_error(ssl, count);
			if (count > 0) {
				fwrite(data, 1, (size_t)count, stdout);
				fflush(stdout);
			} else if (error == WOLFSSL_ERROR_ZERO_RETURN) {
				return;
			} else if (error != WOLFSSL_ERROR_WANT_READ) {
				say_error(ssl, "read", count);
				return;
			}
		}
		if ((waits[0].revents & (POLLIN | POLLHUP)) != 0) {
			ssize_t count = read(STDIN_FILENO, data, sizeof(data));
			if (count <= 0) {
				return;
			}
			if (wolfSSL_write(ssl, data, (int)count) != count) {
				say("ERROR write\n");
				return;
			}
		}
	}
}

static int client_main(int port)
{
	WOLFSSL_CTX *context = make_context(0);
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((unsigned short)port) };
	int connection = socket(AF_INET, SOCK_STREAM, 0);
	if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof(address)) != 0) {
		die("connect");
	}
	WOLFSSL *ssl = make_connection(context, 0, connection);
	int result = wolfSSL_connect(ssl);
	if (result != WOLFSSL_SUCCESS) {
		say_error(ssl, "handshake", result);
		return 1;
	}
	say_connected(ssl);
	converse(ssl, connection);
	if (session_out != NULL) {
		save_session(ssl);
	}
	/* Twice: the second waits for the peer's close_notify. */
	if (wolfSSL_shutdown(ssl) == WOLFSSL_SHUTDOWN_NOT_DONE) {
		wolfSSL_shutdown(ssl);
	}
	say((wolfSSL_get_shutdown(ssl) & WOLFSSL_RECEIVED_SHUTDOWN) != 0 ? "ENDED\n" : "ERROR the server did not close\n");
	wolfSSL_free(ssl);
	wolfSSL_CTX_free(context);
	close(connection);
	return 0;
}

int main(int count, char **words)
{
	wolfSSL_Init();
	if (count == 2 && strcmp(words[1], "features") == 0) {
		say("wolfSSL %s", wolfSSL_lib_version());
#ifdef HAVE_RPK
		say(" raw-key");
#endif
		say("\n");
		return 0;
	}
	if (count >= 2 && strcmp(words[1], "server") == 0) {
		read_options(count - 2, words + 2);
		server_main();
		return 1;
	}
	if (count >= 3 && strcmp(words[1], "client") == 0) {
		read_options(count - 3, words + 3);
		return client_main(atoi(words[2]));
	}
	die("wolfssl-peer features | server OPTION... | client PORT OPTION...");
	return 1;
}
