/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef THIMBLE_LWIPOPTS_H
#define THIMBLE_LWIPOPTS_H

/**
 * @file
 * lwIP without an operating system: IPv4, DHCP, DNS, TCP. All its memory is static. A board's board_config.h sets the sizes:
 * NET_CONNECTIONS, NET_SEGMENT (bytes of data a TCP segment), NET_SEGMENTS_IN and NET_SEGMENTS_OUT (windows), and, if its programs
 * may be servers, NET_LISTENERS.
 */

#include "board_config.h"

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#define LWIP_STATS 0
/* Costs code on each entry of the TCP functions; there is one caller, and it is ours. */
#define LWIP_DISABLE_TCP_SANITY_CHECKS 1
#define LWIP_ERRNO_STDINCLUDE 1

#define LWIP_IPV4 1
#define LWIP_IPV6 0
#define IP_REASSEMBLY 0
#define IP_FRAG 0
/* Answers to ping, and nothing else. */
#ifndef NET_ICMP
#define NET_ICMP 1
#endif
#define LWIP_ICMP NET_ICMP
#define LWIP_RAW 0
#define LWIP_ARP 1
#define ARP_TABLE_SIZE 4
#define ARP_QUEUEING 0
#define LWIP_UDP 1
#define LWIP_DHCP 1
#define LWIP_DHCP_DOES_ACD_CHECK 0
#define LWIP_ACD 0
#define LWIP_DNS 1
#define DNS_TABLE_SIZE 1
#define DNS_MAX_NAME_LENGTH 128
#define DNS_MAX_SERVERS 2
#define LWIP_DNS_SECURE (LWIP_DNS_SECURE_RAND_XID | LWIP_DNS_SECURE_RAND_SRC_PORT)
#define LWIP_NETIF_LINK_CALLBACK 0
#define LWIP_NETIF_STATUS_CALLBACK 0
#define LWIP_SINGLE_NETIF 1

#define LWIP_TCP 1
#define LWIP_RANDOMIZE_INITIAL_LOCAL_PORTS 1
#define TCP_MSS NET_SEGMENT
#define TCP_WND (NET_SEGMENTS_IN * NET_SEGMENT)
#define TCP_SND_BUF (NET_SEGMENTS_OUT * NET_SEGMENT)
#define TCP_SND_QUEUELEN (4 * NET_SEGMENTS_OUT)
#define TCP_SYNMAXRTX 4
#define TCP_MAXRTX 8
/* Segments that overtake others are sent again by the peer: keeping them costs more than a tiny device has. */
#define TCP_QUEUE_OOSEQ (NET_SEGMENTS_IN > 4)
#define LWIP_TCP_TIMESTAMPS 0
/** A close needs a while of its own; the next connection must not wait for it. */
#define MEMP_NUM_TCP_PCB (NET_CONNECTIONS + 1)
/* How many ports a board listens at; 28 bytes of RAM each. */
#ifndef NET_LISTENERS
#define NET_LISTENERS 0
#endif
#define MEMP_NUM_TCP_PCB_LISTEN NET_LISTENERS
#define MEMP_NUM_TCP_SEG (NET_CONNECTIONS * TCP_SND_QUEUELEN)
/* DHCP, DNS, and one for who asks for the time. */
#define MEMP_NUM_UDP_PCB 4

#define MEM_ALIGNMENT 4
/* What is sent: per connection a window with its headers, and DHCP's and DNS's messages. */
#define MEM_SIZE (NET_CONNECTIONS * NET_SEGMENTS_OUT * (NET_SEGMENT + 100) + 700)
#define PBUF_POOL_BUFSIZE 256
/* What is received: the windows, in pieces, and a frame of something else. */
#define PBUF_POOL_SIZE ((NET_CONNECTIONS * NET_SEGMENTS_IN + 2) * ((NET_SEGMENT + 54 + 255) / 256))
#define MEMP_NUM_PBUF 4

#endif
