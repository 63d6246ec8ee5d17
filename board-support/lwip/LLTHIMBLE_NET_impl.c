/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * The natives of the IP stack on lwIP's raw interface. Nothing runs by itself: poll() takes frames from the chip and lets lwIP's timers
 * go on, everything else only looks at what happened.
 */

#include "LLTHIMBLE_NET_impl.h"

#include <string.h>

#include "clock.h"
#include "ethernet.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "net.h"

enum {
	/** Frames a poll takes, so that its time is bounded. */
	FRAMES_A_POLL = 8,
	LINK_CHECK_MS = 250,
	FAULT = -1,
	/** What resolved() says if no name server answers: no host has this address (RFC 1112, section 4). */
	NO_ANSWER = -2
};

enum connection_state {
	CONNECTION_FREE = -2,
	CONNECTION_LOST = -1,
	CONNECTION_CONNECTING = 0,
	CONNECTION_OPEN = 1,
	CONNECTION_PEER_CLOSED = 2
};

struct connection {
	enum connection_state state;
	struct tcp_pcb *pcb;
	/** Received and not yet read; the first taken bytes of it are. */
	struct pbuf *received;
	uint16_t taken;
};

static struct connection connections[NET_CONNECTIONS];
static struct netif interface;
static bool started;
static bool present;
static bool link;
static uint32_t link_checked;
/** A name server that says no is heard in a frame; one that says nothing, by a timer. */
static bool in_frame;
/** What is looked up: its name, which search it is, the answer in Java's order, and whether lwIP has had no room for it yet. */
static char name_text[DNS_MAX_NAME_LENGTH];
static uint32_t search;
static jint resolved_address;
static bool search_waits;

static bool begin_search(void);

u32_t sys_now(void) {
	return clock_millis();
}

/* lwIP's address lies in memory in network order, Java's int is its value. */
static jint to_java(const ip4_addr_t *address) {
	return (jint)lwip_ntohl(address->addr);
}

/* The interface */

static err_t send_frame(struct netif *netif, struct pbuf *frame) {
	(void)netif;
	return ethernet_send(frame) ? ERR_OK : ERR_WOULDBLOCK;
}

static err_t start_interface(struct netif *netif) {
	netif->name[0] = 'e';
	netif->name[1] = 'n';
	netif->output = etharp_output;
	netif->linkoutput = send_frame;
	netif->mtu = 1500;
	netif->hwaddr_len = ETHERNET_ADDRESS;
	netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET;
	present = ethernet_start(netif->hwaddr);
	return present ? ERR_OK : ERR_IF;
}

static void start(void) {
	started = true;
	for (int i = 0; i < NET_CONNECTIONS; i++) {
		connections[i].state = CONNECTION_FREE;
	}
	lwip_init();
	if (netif_add(&interface, 0, 0, 0, 0, start_interface, netif_input) != 0) {
		netif_set_default(&interface);
		netif_set_up(&interface);
		link_checked = clock_millis() - LINK_CHECK_MS;
	}
}

/* A cable that comes back may lead to another network: DHCP asks anew. */
static void check_link(void) {
	if (clock_millis() - link_checked < LINK_CHECK_MS) {
		return;
	}
	link_checked = clock_millis();
	bool now = ethernet_link();
	if (now && !link) {
		netif_set_link_up(&interface);
		dhcp_start(&interface);
	} else if (!now && link) {
		netif_set_link_down(&interface);
	}
	link = now;
}

jint LLTHIMBLE_NET_IMPL_available(void) {
	return 1;
}

jint LLTHIMBLE_NET_IMPL_poll(void) {
	if (!started) {
		start();
	}
	if (!present) {
		return FAULT;
	}
	check_link();
	for (int i = 0; i < FRAMES_A_POLL; i++) {
		struct pbuf *frame = ethernet_receive();
		if (frame == 0) {
			break;
		}
		in_frame = true;
		if (interface.input(frame, &interface) != ERR_OK) {
			pbuf_free(frame);
		}
		in_frame = false;
	}
	sys_check_timeouts();
	if (search_waits && !begin_search()) {
		resolved_address = FAULT;
	}
	if (!link) {
		return FAULT;
	}
	return dhcp_supplied_address(&interface) ? 1 : 0;
}

jint LLTHIMBLE_NET_IMPL_address(void) {
	return started && dhcp_supplied_address(&interface) ? to_java(netif_ip4_addr(&interface)) : 0;
}

jint LLTHIMBLE_NET_IMPL_subnetMask(void) {
	return LLTHIMBLE_NET_IMPL_address() == 0 ? 0 : to_java(netif_ip4_netmask(&interface));
}

jint LLTHIMBLE_NET_IMPL_gateway(void) {
	return LLTHIMBLE_NET_IMPL_address() == 0 ? 0 : to_java(netif_ip4_gw(&interface));
}

jint LLTHIMBLE_NET_IMPL_nameServer(void) {
	return LLTHIMBLE_NET_IMPL_address() == 0 ? 0 : to_java(dns_getserver(0));
}

/* Names */

/* The answer to a search nobody waits for any more is not that to the next one. */
static void name_found(const char *name, const ip_addr_t *address, void *argument) {
	(void)name;
	if ((uint32_t)(uintptr_t)argument != search) {
		return;
	}
	if (address == 0) {
		resolved_address = in_frame ? FAULT : NO_ANSWER;
	} else {
		resolved_address = ip4_addr_isany_val(*address) ? FAULT : to_java(address);
	}
}

/* lwIP has no room while a search that was given up goes on: poll() begins anew. */
static bool begin_search(void) {
	ip_addr_t address;
	search_waits = false;
	switch (dns_gethostbyname(name_text, &address, name_found, (void *)(uintptr_t)search)) {
	case ERR_OK:
		name_found(name_text, &address, (void *)(uintptr_t)search);
		return true;
	case ERR_INPROGRESS:
		return true;
	case ERR_MEM:
		search_waits = true;
		return true;
	default:
		return false;
	}
}

jint LLTHIMBLE_NET_IMPL_resolve(const jbyte *name, jint length) {
	if (!started || length < 1 || length >= DNS_MAX_NAME_LENGTH) {
		return FAULT;
	}
	memcpy(name_text, name, (size_t)length);
	name_text[length] = 0;
	search++;
	resolved_address = 0;
	return begin_search() ? 0 : FAULT;
}

jint LLTHIMBLE_NET_IMPL_resolved(void) {
	return resolved_address;
}

/* Connections */

static struct connection *connection_of(jint handle) {
	return started && handle >= 0 && handle < NET_CONNECTIONS && connections[handle].state != CONNECTION_FREE ? &connections[handle] : 0;
}

static err_t connected(void *argument, struct tcp_pcb *pcb, err_t error) {
	struct connection *connection = argument;
	(void)pcb;
	(void)error;
	connection->state = CONNECTION_OPEN;
	return ERR_OK;
}

static err_t received(void *argument, struct tcp_pcb *pcb, struct pbuf *data, err_t error) {
	struct connection *connection = argument;
	(void)pcb;
	(void)error;
	if (data == 0) {
		connection->state = CONNECTION_PEER_CLOSED;
	} else if (connection->received == 0) {
		connection->received = data;
	} else {
		pbuf_cat(connection->received, data);
	}
	return ERR_OK;
}

/* lwIP has freed the connection already. */
static void lost(void *argument, err_t error) {
	struct connection *connection = argument;
	(void)error;
	connection->pcb = 0;
	connection->state = CONNECTION_LOST;
}

jint net_adopt(struct tcp_pcb *pcb) {
	jint handle = 0;
	while (handle < NET_CONNECTIONS && connections[handle].state != CONNECTION_FREE) {
		handle++;
	}
	if (handle == NET_CONNECTIONS) {
		return FAULT;
	}
	struct connection *connection = &connections[handle];
	connection->pcb = pcb;
	connection->received = 0;
	connection->taken = 0;
	connection->state = CONNECTION_OPEN;
	tcp_arg(pcb, connection);
	tcp_recv(pcb, received);
	tcp_err(pcb, lost);
	/* Whole records are written: there is nothing to wait for. */
	tcp_nagle_disable(pcb);
	return handle;
}

void net_keep(jint handle) {
	struct connection *connection = connection_of(handle);
	if (connection != 0 && connection->pcb != 0) {
		tcp_setprio(connection->pcb, TCP_PRIO_NORMAL);
	}
}

jint LLTHIMBLE_NET_IMPL_connect(jint address, jint port) {
	struct tcp_pcb *pcb = started && port >= 1 && port <= 65535 ? tcp_new() : 0;
	if (pcb == 0) {
		return FAULT;
	}
	jint handle = net_adopt(pcb);
	ip_addr_t peer;
	peer.addr = lwip_htonl((uint32_t)address);
	if (handle >= 0) {
		connections[handle].state = CONNECTION_CONNECTING;
	}
	if (handle < 0 || tcp_connect(pcb, &peer, (uint16_t)port, connected) != ERR_OK) {
		tcp_abort(pcb);
		if (handle >= 0) {
			connections[handle].state = CONNECTION_FREE;
		}
		return FAULT;
	}
	return handle;
}

jint LLTHIMBLE_NET_IMPL_state(jint handle) {
	const struct connection *connection = connection_of(handle);
	return connection == 0 ? FAULT : connection->state;
}

jint LLTHIMBLE_NET_IMPL_write(jint handle, const jbyte *data, jint offset, jint length) {
	struct connection *connection = connection_of(handle);
	if (connection == 0 || connection->pcb == 0) {
		return FAULT;
	}
	if (connection->state == CONNECTION_CONNECTING) {
		return 0;
	}
	jint room = tcp_sndbuf(connection->pcb);
	jint count = length < room ? length : room;
	err_t error = count == 0 ? ERR_MEM : tcp_write(connection->pcb, data + offset, (uint16_t)count, TCP_WRITE_FLAG_COPY);
	if (error == ERR_MEM) {
		/* No memory: what was sent before must be acknowledged first. */
		count = 0;
	} else if (error != ERR_OK) {
		return FAULT;
	}
	tcp_output(connection->pcb);
	return count;
}

jint LLTHIMBLE_NET_IMPL_read(jint handle, jbyte *data, jint offset, jint length) {
	struct connection *connection = connection_of(handle);
	if (connection == 0) {
		return FAULT;
	}
	jint count = 0;
	while (count < length && connection->received != 0) {
		struct pbuf *first = connection->received;
		jint left = first->len - connection->taken;
		jint size = length - count < left ? length - count : left;
		memcpy(data + offset + count, (const uint8_t *)first->payload + connection->taken, (size_t)size);
		count += size;
		connection->taken = (uint16_t)(connection->taken + size);
		if (connection->taken == first->len) {
			/* The rest of the chain gets along without its head. */
			connection->received = first->next;
			connection->taken = 0;
			if (first->next != 0) {
				pbuf_ref(first->next);
			}
			pbuf_free(first);
		}
	}
	if (count > 0 && connection->pcb != 0) {
		tcp_recved(connection->pcb, (uint16_t)count);
	}
	return count == 0 && connection->state == CONNECTION_LOST ? FAULT : count;
}

void LLTHIMBLE_NET_IMPL_close(jint handle) {
	struct connection *connection = connection_of(handle);
	if (connection == 0) {
		return;
	}
	if (connection->received != 0) {
		pbuf_free(connection->received);
		connection->received = 0;
	}
	struct tcp_pcb *pcb = connection->pcb;
	if (pcb != 0) {
		tcp_arg(pcb, 0);
		tcp_recv(pcb, 0);
		tcp_err(pcb, 0);
		if (tcp_close(pcb) != ERR_OK) {
			tcp_abort(pcb);
		}
	}
	connection->pcb = 0;
	connection->state = CONNECTION_FREE;
}
