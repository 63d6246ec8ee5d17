/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file Arrays, array classes, and what java.lang.System does with them. */

#include <stdarg.h>

#include "thimble_runtime.h"

#include "arrays/primitives/byte.h"
#include "arrays/primitives/char.h"
#include "classes/java/lang/Object.h"

enum {
	/** How many classes of arrays of references an image can have; those of base types are constants. */
	ARRAY_CLASSES = 16
};

/* Made when first asked for, since an object's class must be there before the object. */
static alignas(8) jl_Object_VT array_classes[ARRAY_CLASSES];
static int array_class_count;

int32_t teavm_isSupertypeOfArray(const TeaVM_Class *super, const TeaVM_Class *sub) {
	return sub->itemType == NULL ? 0 : super->itemType->isSupertypeOf(super->itemType, sub->itemType);
}

TeaVM_Class *teavm_getArrayClass(const TeaVM_Class *item) {
	for (int i = 0; i < array_class_count; i++) {
		if (array_classes[i].parent.itemType == item) {
			return &array_classes[i].parent;
		}
	}
	if (array_class_count == ARRAY_CLASSES) {
		thimble_trap("too many array classes: raise ARRAY_CLASSES in arrays.c", __builtin_return_address(0));
	}
	jl_Object_VT *class = &array_classes[array_class_count++];
	memcpy(class, &jl_Object_Cls, sizeof(*class));
	class->parent.size = sizeof(void *);
	class->parent.tag = 0;
	class->parent.itemType = item;
	class->parent.isSupertypeOf = teavm_isSupertypeOfArray;
	class->parent.superclass = (const TeaVM_Class *)&jl_Object_Cls;
	class->parent.layout = NULL;
	return &class->parent;
}

void *teavm_noArguments(void) {
	return meth_otr_Allocator_allocateArray(teavm_getArrayClass(teavm_stringClass), 0);
}

#define THIMBLE_FILL(name, type, promoted) \
	void *name(void *array, ...) { \
		type *data = TEAVM_ARRAY_DATA(array, type); \
		va_list items; \
		va_start(items, array); \
		for (int i = 0; i < TEAVM_ARRAY_LENGTH(array); i++) { \
			data[i] = (type)va_arg(items, promoted); \
		} \
		va_end(items); \
		return array; \
	}

THIMBLE_FILL(teavm_fillArray, void *, void *)
THIMBLE_FILL(teavm_fillBooleanArray, int8_t, int)
THIMBLE_FILL(teavm_fillByteArray, int8_t, int)
THIMBLE_FILL(teavm_fillShortArray, int16_t, int)
THIMBLE_FILL(teavm_fillCharArray, char16_t, int)
THIMBLE_FILL(teavm_fillIntArray, int32_t, int32_t)
THIMBLE_FILL(teavm_fillLongArray, int64_t, int64_t)

void meth_jl_System_arraycopy(void *from, int32_t fromAt, void *to, int32_t toAt, int32_t length) {
	if (from == NULL || to == NULL) {
		thimble_trap("NullPointerException", __builtin_return_address(0));
	}
	const TeaVM_Class *type = TEAVM_CLASS_OF(from);
	const TeaVM_Class *target = TEAVM_CLASS_OF(to);
	if (type->itemType == NULL || target->itemType == NULL) {
		thimble_trap("ArrayStoreException", __builtin_return_address(0));
	}
	int32_t kind = teavm_primitiveKind(type->itemType);
	if (fromAt < 0 || toAt < 0 || length < 0 || length > TEAVM_ARRAY_LENGTH(from) - fromAt || length > TEAVM_ARRAY_LENGTH(to) - toAt) {
		thimble_trap("IndexOutOfBoundsException", __builtin_return_address(0));
	}
	if (type == (const TeaVM_Class *)&Arr_B_Cls && target == (const TeaVM_Class *)&Arr_C_Cls) {
		/* The characters of a string constant; Java's own code cannot mean this. */
		for (int32_t i = 0; i < length; i++) {
			TEAVM_ARRAY_AT(to, char16_t, toAt + i) = TEAVM_ARRAY_AT(from, uint8_t, fromAt + i);
		}
		return;
	}
	if (type != target) {
		if (kind != 0 || teavm_primitiveKind(target->itemType) != 0) {
			thimble_trap("ArrayStoreException", __builtin_return_address(0));
		}
		if (!teavm_isSupertypeOf(target->itemType, type->itemType)) {
			for (int32_t i = 0; i < length; i++) {
				void *item = TEAVM_ARRAY_AT(from, void *, fromAt + i);
				if (item != NULL && !teavm_isSupertypeOf(target->itemType, TEAVM_CLASS_OF(item))) {
					thimble_trap("ArrayStoreException", __builtin_return_address(0));
				}
			}
		}
	}
	uint32_t size = kind != 0 ? (uint32_t)type->itemType->size : sizeof(void *);
	uint32_t start = TEAVM_ARRAY_OFFSET(size);
	memmove((char *)to + start + size * (uint32_t)toAt, (char *)from + start + size * (uint32_t)fromAt, size * (uint32_t)length);
}

void meth_jl_System_fastArraycopy(void *from, int32_t fromAt, void *to, int32_t toAt, int32_t length) {
	meth_jl_System_arraycopy(from, fromAt, to, toAt, length);
}

void meth_jl_System_doArrayCopy(void *from, int32_t fromAt, void *to, int32_t toAt, int32_t length) {
	meth_jl_System_arraycopy(from, fromAt, to, toAt, length);
}

const TeaVM_Class *const teavm_byteArrayClass = (const TeaVM_Class *)&Arr_B_Cls;

uint16_t thimble_charAt(const void *string, int32_t index) {
	const TeaVM_Array *characters = ((const TeaVM_String *)string)->characters;
	if ((uint32_t)index >= (uint32_t)characters->size) {
		thimble_trap("StringIndexOutOfBoundsException", __builtin_return_address(0));
	}
	if (TEAVM_CLASS_OF(characters) == (const TeaVM_Class *)&Arr_B_Cls) {
		return TEAVM_ARRAY_AT(characters, uint8_t, index);
	}
	return TEAVM_ARRAY_AT(characters, char16_t, index);
}
