/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.util.List;

import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.MethodHolder;

/**
 * Takes {@code final} from the classes and methods of the packages that have optional parts. TeaVM 0.15 makes a call of a final method a direct one before it analyses what is reached,
 * and so keeps methods of objects nobody makes: the very features a profile leaves out. Without the word it looks for objects first, finds the one
 * class there is, and makes the call direct all the same.
 */
final class FinalTransformer implements ClassHolderTransformer {

	private static final List<String> PACKAGES = List.of("dev.thimble.app.", "dev.thimble.identity.", "dev.thimble.tls.");

	@Override
	public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
		if (PACKAGES.stream().noneMatch(type.getName()::startsWith)) {
			return;
		}
		type.getModifiers().remove(ElementModifier.FINAL);
		for (MethodHolder method : type.getMethods()) {
			method.getModifiers().remove(ElementModifier.FINAL);
		}
	}
}
