/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * The natives of TCP servers on lwIP's raw interface. A client that has connected has one of the connections' handles from then on, and
 * waits here until it is asked for.
 */

#include "LLTHIMBLE_LISTEN_impl.h"

#include "LLTHIMBLE_NET_impl.h"
#include "lwip/tcp.h"
#include "net.h"

enum {
	FAULT = -1,
	NOBODY = -1,
	LOST = -1,
	/** Clients a port keeps waiting; the next one is refused. */
	WAITING = 2
};

struct listener {
	struct tcp_pcb *pcb;
	/** Handles in the order of their arrival. */
	jint waiting[WAITING];
	int count;
};

static struct listener listeners[NET_LISTENERS];

static struct listener *listener_of(jint handle) {
	return handle >= 0 && handle < NET_LISTENERS && listeners[handle].pcb != 0 ? &listeners[handle] : 0;
}

/* Whoever is not taken gets a reset by lwIP. */
static err_t arrived(void *argument, struct tcp_pcb *pcb, err_t error) {
	struct listener *listener = argument;
	if (error != ERR_OK || pcb == 0 || listener->count == WAITING) {
		return ERR_MEM;
	}
	jint handle = net_adopt(pcb);
	if (handle < 0) {
		return ERR_MEM;
	}
	listener->waiting[listener->count++] = handle;
	return ERR_OK;
}

/* Gets a free handle, -1 if there is none or the port is taken. */
static jint handle_for(jint port) {
	jint handle = FAULT;
	for (jint i = 0; i < NET_LISTENERS; i++) {
		if (listeners[i].pcb == 0) {
			handle = i;
		} else if (listeners[i].pcb->local_port == port) {
			return FAULT;
		}
	}
	return handle;
}

jint LLTHIMBLE_LISTEN_IMPL_open(jint port) {
	jint handle = port >= 1 && port <= 65535 ? handle_for(port) : FAULT;
	if (handle < 0) {
		return FAULT;
	}
	/* Starts the stack, if nobody has; whether there is a cable does not matter. */
	LLTHIMBLE_NET_IMPL_poll();
	struct tcp_pcb *pcb = tcp_new();
	if (pcb == 0) {
		return FAULT;
	}
	/* tcp_bind would refuse the port for minutes after a connection of it (RFC 9293, section 3.6.1); nobody but us listens. */
	pcb->local_port = (uint16_t)port;
	struct tcp_pcb *listening = tcp_listen(pcb);
	if (listening == 0) {
		tcp_abort(pcb);
		return FAULT;
	}
	/* Strangers who knock take nothing away from connections there are. */
	tcp_setprio(listening, TCP_PRIO_MIN);
	listeners[handle].pcb = listening;
	listeners[handle].count = 0;
	tcp_arg(listening, &listeners[handle]);
	tcp_accept(listening, arrived);
	return handle;
}

static jint next(struct listener *listener) {
	jint handle = listener->waiting[0];
	listener->count--;
	for (int i = 0; i < listener->count; i++) {
		listener->waiting[i] = listener->waiting[i + 1];
	}
	return handle;
}

jint LLTHIMBLE_LISTEN_IMPL_accept(jint handle) {
	struct listener *listener = listener_of(handle);
	if (listener == 0) {
		return NOBODY;
	}
	while (listener->count > 0) {
		jint client = next(listener);
		if (LLTHIMBLE_NET_IMPL_state(client) != LOST) {
			net_keep(client);
			return client;
		}
		/* It has gone again. */
		LLTHIMBLE_NET_IMPL_close(client);
	}
	return NOBODY;
}

void LLTHIMBLE_LISTEN_IMPL_close(jint handle) {
	struct listener *listener = listener_of(handle);
	if (listener == 0) {
		return;
	}
	while (listener->count > 0) {
		LLTHIMBLE_NET_IMPL_close(next(listener));
	}
	/* That of a listening one cannot fail. */
	tcp_close(listener->pcb);
	listener->pcb = 0;
}
