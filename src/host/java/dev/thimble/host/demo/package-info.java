/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * {@code thimble demo}: a device in the cloud, with everything around it started here. {@link dev.thimble.host.demo.CloudDemo} tells the story; the
 * others are its persons: the device, the broker, the subscriber, the network between them; and those who write it down.
 */
package dev.thimble.host.demo;
