/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

#ifndef THIMBLE_RUNTIME_H
#define THIMBLE_RUNTIME_H

/**
 * @file
 * What the C that TeaVM generates stands on, in the place of TeaVM's own runtime: the layout of classes, objects and arrays, the
 * checks of the Java language, the shadow stack. Names that begin with TEAVM_ or teavm_ are those the generated code uses.
 *
 * An object's first word is the address of its class, a constant in flash, with two bits of the collector above it. Static
 * initialisers run once before main, as MicroEJ's do. A failed null, bounds or cast check ends the program (see traps.c): it
 * is a defect of the firmware, for which Thimble's code has no handler; `throw` and `catch` work as in Java.
 */

#include <setjmp.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint16_t char16_t;

/* Objects. */

typedef struct TeaVM_Object {
	int32_t header;
	int32_t hash;
} TeaVM_Object;

typedef struct TeaVM_Array {
	TeaVM_Object parent;
	/* Not int32_t, which is long here: a store into an int array cannot change an int, so the compiler keeps lengths in registers. */
	int size;
} TeaVM_Array;

typedef struct TeaVM_String {
	TeaVM_Object parent;
	TeaVM_Array *characters;
	int32_t hashCode;
} TeaVM_String;

typedef struct TeaVM_Class {
	int32_t size;
	int32_t flags;
	int32_t tag;
	int32_t modifiers;
	const struct TeaVM_Class *itemType;
	int32_t (*isSupertypeOf)();
	const struct TeaVM_Class *superclass;
	/** The number of references, then their offsets in the object; this class's own, not its superclass's. */
	const int16_t *layout;
	const void *enumValues;
	const struct TeaVM_Class *arrayType;
} TeaVM_Class;

enum {
	/** Reached by the collector; always set in constants. */
	HEADER_MARKED = (int32_t)0x80000000,
	/** What it refers to was reached too; always set in constants. */
	HEADER_SCANNED = 0x40000000,
	HEADER_CLASS = 0x3fffffff
};

#define TEAVM_CLASS_OF(object) ((TeaVM_Class *)(((TeaVM_Object *)(object))->header & HEADER_CLASS))
#define TEAVM_AS(pointer, type) ((type *)(pointer))
#define TEAVM_FIELD(pointer, type, name) (TEAVM_AS(pointer, type)->name)
#define TEAVM_VTABLE(object, type) (TEAVM_AS(TEAVM_CLASS_OF(object), type))
#define TEAVM_METHOD(object, type, method) (TEAVM_VTABLE(object, type)->method)
#define TEAVM_ALIGN(address, alignment) ((void *)(((uintptr_t)(address) + ((alignment) - 1)) / (alignment) * (alignment)))
#define TEAVM_ADDRESS_ADD(address, offset) ((char *)(address) + (offset))
#define TEAVM_STRUCTURE_ADD(structure, address, offset) (((structure *)(address)) + offset)

/* Elements start at a constant distance: behind the length, or 4 bytes later for long and double. */
#define TEAVM_ARRAY_OFFSET(size) ((sizeof(TeaVM_Array) + (size) - 1) & ~((size) - 1))
#define TEAVM_ARRAY_DATA(array, type) ((type *)((char *)(array) + TEAVM_ARRAY_OFFSET(sizeof(type))))
#define TEAVM_ARRAY_DATAN(array, type) ((array) != NULL ? TEAVM_ARRAY_DATA(array, type) : NULL)
#define TEAVM_ARRAY_AT(array, type, index) (TEAVM_ARRAY_DATA(array, type)[index])
#define TEAVM_ARRAY_LENGTH(array) (((TeaVM_Array *)(array))->size)

#define TEAVM_TO_BYTE(i) ((int32_t)(int8_t)(i))
#define TEAVM_TO_SHORT(i) ((int32_t)(int16_t)(i))
#define TEAVM_TO_CHAR(i) ((int32_t)(char16_t)(i))
#define TEAVM_UNREACHABLE __builtin_unreachable();

/* Constants: strings are objects in flash that the collector never looks into. */

#define THIMBLE_CONSTANT(class) ((int32_t)((uintptr_t)&class + (uintptr_t)0xc0000000u))
#define THIMBLE_STRING(index, length, hash, ...) \
	static const struct { \
		TeaVM_Array array; \
		char16_t data[(length) + 1]; \
	} teavm_characters_##index = { { { THIMBLE_CONSTANT(Arr_C_Cls), 0 }, (length) }, __VA_ARGS__ }; \
	const TeaVM_String teavm_string_##index = { \
		{ THIMBLE_CONSTANT(jl_String_Cls), 0 }, (TeaVM_Array *)&teavm_characters_##index, hash \
	};

/* One byte a character: an array of bytes stands in the place of that of chars; charAt and arraycopy know. */
#define THIMBLE_LATIN_STRING(index, length, hash, ...) \
	static const struct { \
		TeaVM_Array array; \
		int8_t data[(length) + 1]; \
	} teavm_characters_##index = { { { THIMBLE_CONSTANT(Arr_B_Cls), 0 }, (length) }, __VA_ARGS__ }; \
	const TeaVM_String teavm_string_##index = { \
		{ THIMBLE_CONSTANT(jl_String_Cls), 0 }, (TeaVM_Array *)&teavm_characters_##index, hash \
	};

extern const TeaVM_Class *const teavm_stringClass;

/* Classes. */

static inline int32_t teavm_primitiveKind(const TeaVM_Class *class) {
	return (class->flags >> 4) & 15;
}

static inline int32_t teavm_isSupertypeOf(const TeaVM_Class *super, const TeaVM_Class *sub) {
	return super->isSupertypeOf(super, sub);
}

int32_t teavm_isSupertypeOfArray();
TeaVM_Class *teavm_getArrayClass(const TeaVM_Class *item);
TeaVM_Object *teavm_getClassObject(const TeaVM_Class *class);

/* Traps: a line on the console, then the end. */

#define THIMBLE_COLD __attribute__((noreturn, cold, noinline))
THIMBLE_COLD void teavm_throwNullPointerException(void);
THIMBLE_COLD void teavm_throwArrayIndexOutOfBoundsException(void);
THIMBLE_COLD void *teavm_throwClassCastException(void);
THIMBLE_COLD void thimble_trap(const char *what, const void *where);

static inline void *teavm_nullCheck(void *object) {
	if (__builtin_expect(object == NULL, 0)) {
		teavm_throwNullPointerException();
	}
	return object;
}

static inline int32_t teavm_checkBounds(int32_t index, void *array) {
	if (__builtin_expect((uint32_t)index >= (uint32_t)TEAVM_ARRAY_LENGTH(array), 0)) {
		teavm_throwArrayIndexOutOfBoundsException();
	}
	return index;
}

static inline int32_t teavm_checkLowerBound(int32_t index) {
	if (__builtin_expect(index < 0, 0)) {
		teavm_throwArrayIndexOutOfBoundsException();
	}
	return index;
}

static inline int32_t teavm_checkUpperBound(int32_t index, void *array) {
	if (__builtin_expect(index >= TEAVM_ARRAY_LENGTH(array), 0)) {
		teavm_throwArrayIndexOutOfBoundsException();
	}
	return index;
}

static inline int32_t teavm_instanceof(void *object, const void *class, int32_t (*fn)()) {
	return object != NULL && fn(class, TEAVM_CLASS_OF(object));
}

static inline void *teavm_checkcast(void *object, const void *class, int32_t (*fn)()) {
	return object == NULL || fn(class, TEAVM_CLASS_OF(object)) ? object : teavm_throwClassCastException();
}

/* The shadow stack: where methods that can allocate keep their references for the collector. */

typedef struct TeaVM_StackFrame {
	struct TeaVM_StackFrame *next;
	/** The number of references, and FRAME_CATCHES. */
	int32_t size;
} TeaVM_StackFrame;

typedef struct TeaVM_LongjmpDesc {
	jmp_buf buffer;
	struct TeaVM_LongjmpDesc *previous;
} TeaVM_LongjmpDesc;

/** The frame of a method that catches. */
typedef struct TeaVM_HandlerFrame {
	TeaVM_StackFrame header;
	TeaVM_LongjmpDesc *jmpTarget;
	/** Index in teavm_callSites, -1 where nothing is caught. */
	int32_t callSiteId;
} TeaVM_HandlerFrame;

enum {
	FRAME_CATCHES = 0x40000000
};

extern TeaVM_StackFrame *teavm_stackTop;

#define TEAVM_ALLOC_STACK(count) \
	struct { \
		TeaVM_StackFrame header; \
		void *data[count]; \
	} teavm_shadowStack; \
	teavm_shadowStack.header.next = teavm_stackTop; \
	teavm_shadowStack.header.size = (count); \
	teavm_stackTop = &teavm_shadowStack.header
#define TEAVM_ALLOC_HANDLER_STACK(count) \
	struct { \
		TeaVM_HandlerFrame frame; \
		void *data[count]; \
	} teavm_shadowStack; \
	teavm_shadowStack.frame.header.next = teavm_stackTop; \
	teavm_shadowStack.frame.header.size = (count) | FRAME_CATCHES; \
	teavm_shadowStack.frame.jmpTarget = NULL; \
	teavm_shadowStack.frame.callSiteId = -1; \
	memset(teavm_shadowStack.data, 0, sizeof(teavm_shadowStack.data)); \
	teavm_stackTop = &teavm_shadowStack.frame.header
#define TEAVM_RELEASE_STACK (teavm_stackTop = ((TeaVM_StackFrame *)&teavm_shadowStack)->next)
#define TEAVM_GC_ROOT(index, pointer) teavm_shadowStack.data[index] = pointer
#define TEAVM_GC_ROOT_RELEASE(index) teavm_shadowStack.data[index] = NULL

#define TEAVM_HERE(expression) (expression)
#define TEAVM_CALL_SITE(id) (teavm_shadowStack.frame.callSiteId = (id))
#define TEAVM_WITH_CALL_SITE_ID(id, expression) (TEAVM_CALL_SITE(id), (expression))

typedef struct TeaVM_ExceptionHandler {
	int32_t id;
	const TeaVM_Class *exceptionClass;
	const struct TeaVM_ExceptionHandler *next;
} TeaVM_ExceptionHandler;

typedef struct TeaVM_CallSite {
	const TeaVM_ExceptionHandler *firstHandler;
} TeaVM_CallSite;

extern const TeaVM_CallSite teavm_callSites[];

typedef struct TeaVM_ClassName {
	const TeaVM_Class *class;
	const char *name;
} TeaVM_ClassName;

/** The exceptions the application can throw; the last entry's class is NULL. */
extern const TeaVM_ClassName teavm_exceptionNames[];

#define TEAVM_RESTORE_JUMP_BUFFER teavm_shadowStack.frame.jmpTarget = teavm_shadowStack.frame.jmpTarget->previous
#define TEAVM_TRY \
	do { \
		TeaVM_LongjmpDesc teavm_longJmpdesc; \
		teavm_longJmpdesc.previous = teavm_shadowStack.frame.jmpTarget; \
		teavm_shadowStack.frame.jmpTarget = &teavm_longJmpdesc; \
		int teavm_exceptionHandler = setjmp(teavm_longJmpdesc.buffer); \
		if (teavm_exceptionHandler == 0) {
#define TEAVM_CATCH \
			TEAVM_RESTORE_JUMP_BUFFER; \
		} else { \
			TEAVM_RESTORE_JUMP_BUFFER; \
			switch (teavm_exceptionHandler) {
#define TEAVM_END_TRY \
				default: \
					longjmp(teavm_shadowStack.frame.jmpTarget->buffer, teavm_exceptionHandler); \
			} \
		} \
	} while (0);

THIMBLE_COLD void meth_otr_ExceptionHandling_throwException(void *exception);
TeaVM_Array *meth_otr_ExceptionHandling_fillStackTrace(void);
void *teavm_catchException(void);

/* The heap. */

typedef struct TeaVM_StaticRoots {
	void **const *roots;
	int32_t count;
} TeaVM_StaticRoots;

/** The static variables that are references; the last entry's roots are NULL. */
extern const TeaVM_StaticRoots teavm_staticRoots[];

void *meth_otr_Allocator_allocate(void *class);
void *meth_otr_Allocator_allocateArray(void *class, int32_t length);
void *meth_otr_Allocator_allocateMultiArray(void *class, void *lengths, int32_t dimensions);
void teavm_gc_collect(void);
void teavm_gc_collectFull(void);
void *teavm_noArguments(void);
/* The collector looks at the whole heap. */
#define teavm_gc_writeBarrier(object) ((void)0)

void *teavm_fillArray(void *array, ...);
void *teavm_fillBooleanArray(void *array, ...);
void *teavm_fillByteArray(void *array, ...);
void *teavm_fillShortArray(void *array, ...);
void *teavm_fillCharArray(void *array, ...);
void *teavm_fillIntArray(void *array, ...);
void *teavm_fillLongArray(void *array, ...);

/* java.lang.String.charAt. A string constant whose characters fit has one byte for each: see THIMBLE_LATIN_STRING. */
uint16_t thimble_charAt(const void *string, int32_t index);

#ifdef THIMBLE_KERNELS
/* The same in place, for the tables that are decoded from strings while keys are made. */
extern const TeaVM_Class *const teavm_byteArrayClass;

static inline uint16_t thimble_charAtInline(const void *string, int32_t index) {
	const TeaVM_Array *characters = ((const TeaVM_String *)string)->characters;
	teavm_checkBounds(index, (void *)characters);
	if (TEAVM_CLASS_OF(characters) == teavm_byteArrayClass) {
		return TEAVM_ARRAY_AT(characters, uint8_t, index);
	}
	return TEAVM_ARRAY_AT(characters, char16_t, index);
}
#define thimble_charAt(string, index) thimble_charAtInline(string, index)
#endif

/* java.lang.System. */
void meth_jl_System_arraycopy(void *from, int32_t fromAt, void *to, int32_t toAt, int32_t length);
void meth_jl_System_fastArraycopy(void *from, int32_t fromAt, void *to, int32_t toAt, int32_t length);
void meth_jl_System_doArrayCopy(void *from, int32_t fromAt, void *to, int32_t toAt, int32_t length);
int64_t meth_jl_System_currentTimeMillis(void);
int64_t meth_jl_System_nanoTime(void);

/** Sets statics and runs static initialisers, then the application: generated. */
void teavm_start(void);

/* Comparisons as the bytecode's. */

static inline int32_t teavm_compare_i32(int32_t a, int32_t b) {
	return (a > b) - (a < b);
}
static inline int32_t teavm_compare_u32(int32_t a, int32_t b) {
	return ((uint32_t)a > (uint32_t)b) - ((uint32_t)a < (uint32_t)b);
}
static inline int32_t teavm_compare_i64(int64_t a, int64_t b) {
	return (a > b) - (a < b);
}
static inline int32_t teavm_compare_u64(int64_t a, int64_t b) {
	return ((uint64_t)a > (uint64_t)b) - ((uint64_t)a < (uint64_t)b);
}

#endif
