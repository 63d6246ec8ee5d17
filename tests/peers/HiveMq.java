/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
import com.hivemq.HiveMQServer;
import com.hivemq.configuration.service.InternalConfigurations;

/** The broker HiveMQ, that takes anybody: as it comes it refuses everyone until an extension says who may connect. */
final class HiveMq {

	private HiveMq() {
	}

	public static void main(String[] args) throws Exception {
		InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(false);
		HiveMQServer.main(args);
	}
}
