/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The natives of datagrams on lwIP's raw interface: one socket, and room for one datagram that has come. */

#include "LLTHIMBLE_UDP_impl.h"

#include <string.h>

#include "LLTHIMBLE_NET_impl.h"
#include "lwip/udp.h"
#include "net.h"

enum {
	FAULT = -1,
	/** RFC 6335: ports that nobody has. */
	FIRST_PORT = 49152,
	PORTS = 16384,
	ATTEMPTS = 8
};

static struct udp_pcb *socket;
static struct pbuf *waiting;

static void forget(void) {
	if (waiting != 0) {
		pbuf_free(waiting);
		waiting = 0;
	}
}

/* A connected socket gets its peer's datagrams only. The newest counts: what came before was not looked at in time. */
static void received(void *argument, struct udp_pcb *pcb, struct pbuf *data, const ip_addr_t *from, u16_t port) {
	(void)argument;
	(void)pcb;
	(void)from;
	(void)port;
	forget();
	waiting = data;
}

jint LLTHIMBLE_UDP_IMPL_open(jint address, jint port) {
	LLTHIMBLE_UDP_IMPL_close();
	if (LLTHIMBLE_NET_IMPL_address() == 0 || port < 1 || port > 65535) {
		return FAULT;
	}
	socket = udp_new();
	if (socket == 0) {
		return FAULT;
	}
	err_t error = ERR_USE;
	for (int i = 0; i < ATTEMPTS && error == ERR_USE; i++) {
		error = udp_bind(socket, IP_ANY_TYPE, (u16_t)(FIRST_PORT + net_random() % PORTS));
	}
	ip_addr_t peer;
	peer.addr = lwip_htonl((uint32_t)address);
	if (error != ERR_OK || udp_connect(socket, &peer, (u16_t)port) != ERR_OK) {
		LLTHIMBLE_UDP_IMPL_close();
		return FAULT;
	}
	udp_recv(socket, received, 0);
	return 0;
}

jint LLTHIMBLE_UDP_IMPL_send(const jbyte *data, jint offset, jint length) {
	if (socket == 0) {
		return FAULT;
	}
	struct pbuf *datagram = pbuf_alloc(PBUF_TRANSPORT, (u16_t)length, PBUF_RAM);
	if (datagram == 0) {
		return 0;
	}
	memcpy(datagram->payload, data + offset, (size_t)length);
	err_t error = udp_send(socket, datagram);
	pbuf_free(datagram);
	return error == ERR_OK ? 1 : 0;
}

jint LLTHIMBLE_UDP_IMPL_receive(jbyte *data, jint offset, jint length) {
	if (waiting == 0) {
		return 0;
	}
	jint count = pbuf_copy_partial(waiting, data + offset, (u16_t)length, 0);
	forget();
	return count;
}

void LLTHIMBLE_UDP_IMPL_close(void) {
	forget();
	if (socket != 0) {
		udp_remove(socket);
		socket = 0;
	}
}
