/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The Stellaris' Ethernet controller (DS-LM3S6965, "Ethernet Controller") without interrupts: lwIP's poll asks it. */

#include "ethernet.h"

#include "clock.h"
#include "lm3s6965.h"

enum {
	REGISTER_MS = 10,
	/** Both FIFOs put a length of two bytes before a frame; the receiver leaves the check sum behind it. */
	LENGTH = 2,
	CRC = 4,
	/** The length to be sent counts from here. */
	HEADER = 14,
	LONGEST = 1514
};

/* Gets a register of the transceiver, 0 if it does not answer. */
static uint32_t phy_status(void) {
	struct deadline deadline = deadline_in(REGISTER_MS);
	MAC->mctl = MAC_MCTL_REGADR_1 | MAC_MCTL_START;
	while ((MAC->mctl & MAC_MCTL_START) != 0) {
		if (deadline_over(&deadline)) {
			return 0;
		}
	}
	return MAC->mrxd;
}

bool ethernet_start(uint8_t address[ETHERNET_ADDRESS]) {
	/* The board's maker has left the address in the user registers, three bytes in each. */
	for (int i = 0; i < 3; i++) {
		address[i] = (uint8_t)(SYSCTL->user[0] >> (8 * i));
		address[3 + i] = (uint8_t)(SYSCTL->user[1] >> (8 * i));
	}
	MAC->im = 0;
	MAC->ris = ~0u;
	MAC->rctl = MAC_RCTL_RSTFIFO;
	MAC->mdv = MAC_MDV_2_5_MHZ;
	MAC->ia[0] = (uint32_t)address[3] << 24 | (uint32_t)address[2] << 16 | (uint32_t)address[1] << 8 | address[0];
	MAC->ia[1] = (uint32_t)address[5] << 8 | address[4];
	MAC->tctl = MAC_TCTL_DUPLEX | MAC_TCTL_CRC | MAC_TCTL_PADEN | MAC_TCTL_TXEN;
	MAC->rctl = MAC_RCTL_BADCRC | MAC_RCTL_RXEN;
	return true;
}

bool ethernet_link(void) {
	/* The bit holds a loss until it is read: the second reading is how it is now. QEMU has no transceiver and says 0: a cable. */
	phy_status();
	uint32_t status = phy_status();
	return status == 0 || (status & MAC_PHY_STATUS_LINK) != 0;
}

bool ethernet_send(const struct pbuf *frame) {
	if ((MAC->tr & MAC_TR_NEWTX) != 0 || frame->tot_len < HEADER || frame->tot_len > LONGEST) {
		return false;
	}
	uint32_t word = (uint32_t)frame->tot_len - HEADER;
	uint32_t bytes = LENGTH;
	for (const struct pbuf *piece = frame; piece != 0; piece = piece->next) {
		const uint8_t *data = piece->payload;
		for (uint32_t i = 0; i < piece->len; i++) {
			word |= (uint32_t)data[i] << (8 * (bytes & 3));
			if ((++bytes & 3) == 0) {
				MAC->data = word;
				word = 0;
			}
		}
	}
	if ((bytes & 3) != 0) {
		MAC->data = word;
	}
	MAC->tr = MAC_TR_NEWTX;
	return true;
}

struct pbuf *ethernet_receive(void) {
	if ((MAC->np & MAC_NP_COUNT) == 0) {
		return 0;
	}
	uint32_t word = MAC->data;
	uint32_t length = word & 0xffff;
	uint32_t words = length > 4 ? (length + 3) / 4 - 1 : 0;
	struct pbuf *frame = 0;
	if (length > LENGTH + CRC && length <= LENGTH + LONGEST + CRC) {
		frame = pbuf_alloc(PBUF_RAW, (uint16_t)(length - LENGTH - CRC), PBUF_POOL);
	}
	if (frame != 0) {
		uint32_t bytes = LENGTH;
		word >>= 8 * LENGTH;
		for (struct pbuf *piece = frame; piece != 0; piece = piece->next) {
			uint8_t *data = piece->payload;
			for (uint32_t i = 0; i < piece->len; i++) {
				if ((bytes++ & 3) == 0) {
					word = MAC->data;
					words--;
				}
				data[i] = (uint8_t)word;
				word >>= 8;
			}
		}
	}
	while (words-- != 0) {
		(void)MAC->data;
	}
	return frame;
}
