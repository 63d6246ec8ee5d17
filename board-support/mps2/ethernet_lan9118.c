/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file The LAN9118 without interrupts: lwIP's poll asks it. */

#include "ethernet.h"

#include "board_config.h"
#include "clock.h"
#include "lan9118.h"

enum {
	START_MS = 100,
	REGISTER_MS = 10,
	CRC = 4
};

#define CHIP ((struct lan9118_registers *)BOARD_ETHERNET)

static bool mac_ready(void) {
	struct deadline deadline = deadline_in(REGISTER_MS);
	while ((CHIP->mac_csr_cmd & (uint32_t)LAN9118_MAC_CSR_BUSY) != 0) {
		if (deadline_over(&deadline)) {
			return false;
		}
	}
	return true;
}

static bool mac_write(enum lan9118_mac_register number, uint32_t value) {
	if (!mac_ready()) {
		return false;
	}
	CHIP->mac_csr_data = value;
	CHIP->mac_csr_cmd = (uint32_t)LAN9118_MAC_CSR_BUSY | number;
	return mac_ready();
}

/* Gets all ones if the MAC does not answer. */
static uint32_t mac_read(enum lan9118_mac_register number) {
	if (!mac_ready()) {
		return ~0u;
	}
	CHIP->mac_csr_cmd = (uint32_t)LAN9118_MAC_CSR_BUSY | LAN9118_MAC_CSR_READ | number;
	return mac_ready() ? CHIP->mac_csr_data : ~0u;
}

static bool phy_ready(void) {
	struct deadline deadline = deadline_in(REGISTER_MS);
	while ((mac_read(LAN9118_MAC_MII_ACC) & LAN9118_MII_ACC_BUSY) != 0) {
		if (deadline_over(&deadline)) {
			return false;
		}
	}
	return true;
}

static void phy_write(uint32_t number, uint32_t value) {
	if (phy_ready()) {
		mac_write(LAN9118_MAC_MII_DATA, value);
		mac_write(LAN9118_MAC_MII_ACC, LAN9118_MII_ACC_PHY_1 | number << 6 | LAN9118_MII_ACC_WRITE | LAN9118_MII_ACC_BUSY);
		phy_ready();
	}
}

static uint32_t phy_read(uint32_t number) {
	if (!phy_ready()) {
		return 0;
	}
	mac_write(LAN9118_MAC_MII_ACC, LAN9118_MII_ACC_PHY_1 | number << 6 | LAN9118_MII_ACC_BUSY);
	return phy_ready() ? mac_read(LAN9118_MAC_MII_DATA) : 0;
}

/* The chip answers once its own start is done; so it does after a reset by software. */
static bool reset(void) {
	struct deadline deadline = deadline_in(START_MS);
	while (CHIP->byte_test != (uint32_t)LAN9118_BYTE_TEST || (CHIP->pmt_ctrl & LAN9118_PMT_CTRL_READY) == 0) {
		if (deadline_over(&deadline)) {
			return false;
		}
	}
	CHIP->hw_cfg = LAN9118_HW_CFG_SRST;
	while ((CHIP->hw_cfg & LAN9118_HW_CFG_SRST) != 0 || (CHIP->pmt_ctrl & LAN9118_PMT_CTRL_READY) == 0) {
		if (deadline_over(&deadline)) {
			return false;
		}
	}
	return true;
}

bool ethernet_start(uint8_t address[ETHERNET_ADDRESS]) {
	if (!reset()) {
		return false;
	}
	CHIP->hw_cfg = LAN9118_HW_CFG_TX_5K;
	CHIP->afc_cfg = LAN9118_AFC_CFG;
	CHIP->int_en = 0;
	CHIP->int_sts = ~0u;
	phy_write(LAN9118_PHY_CONTROL, LAN9118_PHY_CONTROL_AUTONEGOTIATE);
	/* The chip has loaded its address from its EEPROM. */
	uint32_t low = mac_read(LAN9118_MAC_ADDRL);
	uint32_t high = mac_read(LAN9118_MAC_ADDRH);
	for (int i = 0; i < 4; i++) {
		address[i] = (uint8_t)(low >> (8 * i));
	}
	address[4] = (uint8_t)high;
	address[5] = (uint8_t)(high >> 8);
	CHIP->rx_cfg = 0;
	CHIP->tx_cfg = LAN9118_TX_CFG_ON;
	return mac_write(LAN9118_MAC_CR, LAN9118_MAC_CR_FULL_DUPLEX | LAN9118_MAC_CR_TXEN | LAN9118_MAC_CR_RXEN);
}

bool ethernet_link(void) {
	/* The bit holds a loss until it is read: the second reading is how it is now. */
	phy_read(LAN9118_PHY_STATUS);
	return (phy_read(LAN9118_PHY_STATUS) & LAN9118_PHY_STATUS_LINK) != 0;
}

bool ethernet_send(const struct pbuf *frame) {
	uint32_t length = frame->tot_len;
	/* Nobody asks how a frame fared; its status must go. */
	while ((CHIP->tx_fifo_inf >> 16 & 0xff) != 0) {
		(void)CHIP->tx_status;
	}
	if ((CHIP->tx_fifo_inf & 0xffff) < length + LAN9118_TX_OVERHEAD) {
		return false;
	}
	CHIP->tx_data[0] = LAN9118_TX_CMD_A_FIRST | LAN9118_TX_CMD_A_LAST | length;
	CHIP->tx_data[0] = length;
	uint32_t word = 0;
	uint32_t bytes = 0;
	for (const struct pbuf *piece = frame; piece != 0; piece = piece->next) {
		const uint8_t *data = piece->payload;
		for (uint32_t i = 0; i < piece->len; i++) {
			word |= (uint32_t)data[i] << (8 * (bytes & 3));
			if ((++bytes & 3) == 0) {
				CHIP->tx_data[0] = word;
				word = 0;
			}
		}
	}
	if ((bytes & 3) != 0) {
		CHIP->tx_data[0] = word;
	}
	return true;
}

static void drop(uint32_t words) {
	while (words-- != 0) {
		(void)CHIP->rx_data[0];
	}
}

struct pbuf *ethernet_receive(void) {
	if ((CHIP->rx_fifo_inf >> 16 & 0xff) == 0) {
		return 0;
	}
	uint32_t status = CHIP->rx_status;
	uint32_t length = status >> 16 & 0x3fff;
	uint32_t words = (length + 3) / 4;
	struct pbuf *frame = 0;
	if ((status & LAN9118_RX_STATUS_ERROR) == 0 && length > CRC) {
		frame = pbuf_alloc(PBUF_RAW, (uint16_t)(length - CRC), PBUF_POOL);
	}
	if (frame == 0) {
		drop(words);
		return 0;
	}
	uint32_t word = 0;
	uint32_t bytes = 0;
	for (struct pbuf *piece = frame; piece != 0; piece = piece->next) {
		uint8_t *data = piece->payload;
		for (uint32_t i = 0; i < piece->len; i++) {
			if ((bytes++ & 3) == 0) {
				word = CHIP->rx_data[0];
				words--;
			}
			data[i] = (uint8_t)word;
			word >>= 8;
		}
	}
	drop(words);
	return frame;
}
