/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/** Puts Thimble's transformers into TeaVM's pipeline; TeaVM finds it by META-INF/services. */
public final class SniPlugin implements TeaVMPlugin {

	@Override
	public void install(TeaVMHost host) {
		host.add(new SniTransformer());
		host.add(new ShiftTransformer());
		host.add(new StringTransformer());
		host.add(new FinalTransformer());
		host.add(new FeatureTransformer(host.getProperties().getProperty(FeatureTransformer.PROPERTY, "")));
	}
}
