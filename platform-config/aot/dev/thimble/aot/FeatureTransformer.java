/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.util.Set;
import java.util.TreeSet;

import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.MethodHolder;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;

/**
 * Leaves features out of a firmware: each static method of the application's class {@code Features} makes one, and those a build profile does not name
 * become {@code return null}. What only they refer to is reached by nobody then, and so not translated.
 */
final class FeatureTransformer implements ClassHolderTransformer {

	/** The property of TeaVM's in which the translator passes the names on, a blank between them. */
	static final String PROPERTY = "thimble.features";

	private static final String FEATURES = "dev.thimble.app.Features";

	private final Set<String> wanted;

	FeatureTransformer(String wanted) {
		this.wanted = Set.of(wanted.split(" "));
	}

	@Override
	public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
		if (!type.getName().equals(FEATURES)) {
			return;
		}
		Set<String> known = new TreeSet<>();
		for (MethodHolder method : type.getMethods()) {
			if (method.hasModifier(ElementModifier.STATIC) && method.getResultType() instanceof ValueType.Object) {
				known.add(method.getName());
				if (!this.wanted.contains(method.getName())) {
					ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
					body.constantNull(method.getResultType()).returnValue();
				}
			}
		}
		for (String name : this.wanted) {
			if (!known.contains(name)) {
				throw new AotException("There is no feature '" + name + "'; " + FEATURES + " has " + String.join(", ", known));
			}
		}
	}
}
