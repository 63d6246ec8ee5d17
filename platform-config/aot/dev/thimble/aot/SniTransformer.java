/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import java.util.ArrayList;
import java.util.List;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.model.AccessLevel;
import org.teavm.model.AnnotationHolder;
import org.teavm.model.AnnotationValue;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.MethodHolder;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;
import org.teavm.model.emit.ValueEmitter;

/**
 * Binds natives as MicroEJ's Simple Native Interface does: every {@code static native} method of Thimble becomes a call of the C symbol
 * {@code Java_package_Class_method}, with arrays as pointers to their first element. Nothing in the device's sources knows of TeaVM.
 *
 * <p>The collector does not move objects, and runs only in an allocation: a pointer is good until the native returns.
 */
final class SniTransformer implements ClassHolderTransformer {

	/** The classes whose natives follow SNI; those of TeaVM's own library have intrinsics. */
	private static final String ROOT = "dev.thimble.";

	/** MicroEJ allows no more. */
	private static final int MAX_PARAMETERS = 15;

	@Override
	public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
		if (!type.getName().startsWith(ROOT)) {
			return;
		}
		List<MethodHolder> natives = new ArrayList<>();
		for (MethodHolder method : type.getMethods()) {
			if (method.hasModifier(ElementModifier.NATIVE)) {
				check(method, type);
				natives.add(method);
			}
		}
		for (MethodHolder method : natives) {
			bind(method, type, context);
		}
	}

	private static void check(MethodHolder method, ClassHolder type) {
		String name = type.getName() + "." + method.getName();
		if (!method.hasModifier(ElementModifier.STATIC)) {
			throw new AotException(name + ": a native must be static");
		}
		if (method.parameterCount() > MAX_PARAMETERS) {
			throw new AotException(name + ": a native takes at most " + MAX_PARAMETERS + " parameters");
		}
		for (int i = 0; i < method.parameterCount(); i++) {
			ValueType parameter = method.parameterType(i);
			// Arrays of 8-byte elements begin elsewhere than TeaVM's Address.ofData tells.
			boolean array = parameter instanceof ValueType.Array a && a.getItemType() instanceof ValueType.Primitive
					&& a.getItemType() != ValueType.LONG && a.getItemType() != ValueType.DOUBLE;
			if (!array && !(parameter instanceof ValueType.Primitive)) {
				throw new AotException(name + ": a native takes base types and arrays of base types below 8 bytes, not " + parameter);
			}
		}
		ValueType result = method.getResultType();
		if (!(result instanceof ValueType.Primitive) && result != ValueType.VOID) {
			throw new AotException(name + ": a native returns a base type or nothing");
		}
	}

	private static void bind(MethodHolder method, ClassHolder type, ClassHolderTransformerContext context) {
		ValueType[] signature = method.getSignature();
		for (int i = 0; i < signature.length - 1; i++) {
			if (signature[i] instanceof ValueType.Array) {
				signature[i] = ValueType.object(Address.class.getName());
			}
		}
		MethodHolder symbol = new MethodHolder(method.getName() + "$sni", signature);
		symbol.getModifiers().add(ElementModifier.STATIC);
		symbol.getModifiers().add(ElementModifier.NATIVE);
		symbol.setLevel(AccessLevel.PRIVATE);
		AnnotationHolder imported = new AnnotationHolder(Import.class.getName());
		imported.getValues().put("name", new AnnotationValue("Java_" + mangle(type.getName()) + "_" + mangle(method.getName())));
		symbol.getAnnotations().add(imported);
		type.addMethod(symbol);

		method.getModifiers().remove(ElementModifier.NATIVE);
		ProgramEmitter body = ProgramEmitter.create(method, context.getHierarchy());
		ValueEmitter[] arguments = new ValueEmitter[method.parameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			ValueEmitter argument = body.var(i + 1, method.parameterType(i));
			if (method.parameterType(i) instanceof ValueType.Array) {
				argument = body.invoke(Address.class.getName(), "ofData", ValueType.object(Address.class.getName()), argument);
			}
			arguments[i] = argument;
		}
		if (method.getResultType() == ValueType.VOID) {
			body.invoke(type.getName(), symbol.getName(), arguments);
			body.exit();
		} else {
			body.invoke(type.getName(), symbol.getName(), method.getResultType(), arguments).returnValue();
		}
	}

	/** JNI's mangling, as SNI's. */
	private static String mangle(String name) {
		return name.replace("_", "_1").replace('.', '_');
	}
}
