/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef LAN9118_H
#define LAN9118_H

/** @file Registers of the SMSC LAN9118 (data sheet, chapter 5) and of the LAN9220, which the MPS2 boards have. */

#include <stdint.h>

struct lan9118_registers {
	volatile uint32_t rx_data[8];
	volatile uint32_t tx_data[8];
	volatile uint32_t rx_status;
	volatile uint32_t rx_status_peek;
	volatile uint32_t tx_status;
	volatile uint32_t tx_status_peek;
	volatile uint32_t id_rev;
	volatile uint32_t irq_cfg;
	volatile uint32_t int_sts;
	volatile uint32_t int_en;
	uint32_t reserved60;
	volatile uint32_t byte_test;
	volatile uint32_t fifo_int;
	volatile uint32_t rx_cfg;
	volatile uint32_t tx_cfg;
	volatile uint32_t hw_cfg;
	volatile uint32_t rx_dp_ctrl;
	volatile uint32_t rx_fifo_inf;
	volatile uint32_t tx_fifo_inf;
	volatile uint32_t pmt_ctrl;
	volatile uint32_t gpio_cfg;
	volatile uint32_t gpt_cfg;
	volatile uint32_t gpt_cnt;
	uint32_t reserved94;
	volatile uint32_t word_swap;
	volatile uint32_t free_run;
	volatile uint32_t rx_drop;
	volatile uint32_t mac_csr_cmd;
	volatile uint32_t mac_csr_data;
	volatile uint32_t afc_cfg;
};

enum {
	LAN9118_BYTE_TEST = (int)0x87654321u,
	LAN9118_HW_CFG_SRST = 1 << 0,
	/** 5 KB of the 16 KB for transmission; bit 20 must be 1. */
	LAN9118_HW_CFG_TX_5K = 5 << 16 | 1 << 20,
	LAN9118_PMT_CTRL_READY = 1 << 0,
	/** The data sheet's recommendation for flow control levels. */
	LAN9118_AFC_CFG = 0x006e3740,
	LAN9118_TX_CFG_ON = 1 << 1,
	LAN9118_MAC_CSR_BUSY = (int)(1u << 31),
	LAN9118_MAC_CSR_READ = 1 << 30,
	LAN9118_RX_STATUS_ERROR = 1 << 15,
	LAN9118_RX_DP_CTRL_FFWD = (int)(1u << 31),
	LAN9118_TX_CMD_A_FIRST = 1 << 13,
	LAN9118_TX_CMD_A_LAST = 1 << 12,
	/** The two command words, and what end alignment may take. */
	LAN9118_TX_OVERHEAD = 16
};

/** The MAC's own registers, behind mac_csr_cmd (5.4). */
enum lan9118_mac_register {
	LAN9118_MAC_CR = 1,
	LAN9118_MAC_ADDRH = 2,
	LAN9118_MAC_ADDRL = 3,
	LAN9118_MAC_MII_ACC = 6,
	LAN9118_MAC_MII_DATA = 7
};

enum {
	LAN9118_MAC_CR_FULL_DUPLEX = 1 << 20,
	LAN9118_MAC_CR_TXEN = 1 << 3,
	LAN9118_MAC_CR_RXEN = 1 << 2,
	LAN9118_MII_ACC_BUSY = 1 << 0,
	LAN9118_MII_ACC_WRITE = 1 << 1,
	/** The internal transceiver's address. */
	LAN9118_MII_ACC_PHY_1 = 1 << 11,
	/** Basic control and status (IEEE 802.3, 22.2.4). */
	LAN9118_PHY_CONTROL = 0,
	LAN9118_PHY_CONTROL_AUTONEGOTIATE = 1 << 12 | 1 << 9,
	LAN9118_PHY_STATUS = 1,
	LAN9118_PHY_STATUS_LINK = 1 << 2
};

#endif
