/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.model.AccessLevel;
import org.teavm.model.AnnotationHolder;
import org.teavm.model.AnnotationValue;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;
import org.teavm.model.emit.ValueEmitter;

/**
 * Makes {@code String.charAt} a function of our runtime, which knows strings of one byte a character. TeaVM would inline it, with its
 * exception, into every loop over a string.
 */
final class StringTransformer implements ClassHolderTransformer {

	private static final String STRING = "java.lang.String";
	private static final ValueType ADDRESS = ValueType.object(Address.class.getName());

	@Override
	public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
		if (!type.getName().equals(STRING)) {
			return;
		}
		MethodHolder charAt = type.getMethod(new MethodDescriptor("charAt", ValueType.INTEGER, ValueType.CHARACTER));
		if (charAt == null || charAt.getProgram() == null) {
			throw new AotException("TeaVM's String has no charAt");
		}
		MethodHolder symbol = new MethodHolder("charAt$thimble", ADDRESS, ValueType.INTEGER, ValueType.CHARACTER);
		symbol.getModifiers().add(ElementModifier.STATIC);
		symbol.getModifiers().add(ElementModifier.NATIVE);
		symbol.setLevel(AccessLevel.PRIVATE);
		AnnotationHolder imported = new AnnotationHolder(Import.class.getName());
		imported.getValues().put("name", new AnnotationValue("thimble_charAt"));
		symbol.getAnnotations().add(imported);
		type.addMethod(symbol);

		ProgramEmitter body = ProgramEmitter.create(charAt, context.getHierarchy());
		ValueEmitter self = body.invoke(Address.class.getName(), "ofObject", ADDRESS, body.var(0, type).cast(Object.class));
		body.invoke(STRING, symbol.getName(), ValueType.CHARACTER, self, body.var(1, ValueType.INTEGER)).returnValue();
	}
}
