/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file Exceptions, and the traps that end a program which failed one of the language's checks. */

#include "thimble_runtime.h"

#include "classes/java/lang/Throwable.h"

/* The board's; an image without a console does without. */
void Java_dev_thimble_board_ConsoleNatives_write(const int8_t *data, int32_t offset, int32_t length) __attribute__((weak));
void Java_dev_thimble_board_SystemNatives_exit(int32_t code) __attribute__((weak));

enum {
	EXIT_TRAP = 70
};

TeaVM_StackFrame *teavm_stackTop;

static void *thrown;

static void print_bytes(const void *data, int32_t length) {
	if (Java_dev_thimble_board_ConsoleNatives_write != NULL) {
		Java_dev_thimble_board_ConsoleNatives_write(data, 0, length);
	}
}

static void print(const char *text) {
	print_bytes(text, (int32_t)strlen(text));
}

static void print_hex(uint32_t value) {
	char digits[8];
	for (int i = 0; i < 8; i++) {
		digits[i] = "0123456789abcdef"[(value >> (28 - 4 * i)) & 15];
	}
	print_bytes(digits, sizeof(digits));
}

__attribute__((noreturn)) void exit(int code) {
	if (Java_dev_thimble_board_SystemNatives_exit != NULL) {
		Java_dev_thimble_board_SystemNatives_exit(code);
	}
	for (;;) {
		__asm volatile("wfi");
	}
}

/**
 * Ends the program.
 *
 * @param what the Java name of what happened.
 * @param where an address in the method that did it, for addr2line.
 */
void thimble_trap(const char *what, const void *where) {
	print("\r\ntrap: ");
	print(what);
	print(" at 0x");
	print_hex((uint32_t)(uintptr_t)where & ~1u);
	print("\r\n");
	exit(EXIT_TRAP);
}

void teavm_throwNullPointerException(void) {
	thimble_trap("NullPointerException", __builtin_return_address(0));
}

void teavm_throwArrayIndexOutOfBoundsException(void) {
	thimble_trap("ArrayIndexOutOfBoundsException", __builtin_return_address(0));
}

void *teavm_throwClassCastException(void) {
	thimble_trap("ClassCastException", __builtin_return_address(0));
}

/* Java's stack traces stay behind: they would be the largest table of the image. */
TeaVM_Array *meth_otr_ExceptionHandling_fillStackTrace(void) {
	return NULL;
}

void *teavm_catchException(void) {
	void *exception = thrown;
	thrown = NULL;
	return exception;
}

static const TeaVM_ExceptionHandler *find_handler(const TeaVM_HandlerFrame *frame, const TeaVM_Class *class) {
	if (frame->callSiteId >= 0) {
		const TeaVM_ExceptionHandler *handler = teavm_callSites[frame->callSiteId].firstHandler;
		for (; handler != NULL; handler = handler->next) {
			if (handler->exceptionClass == NULL || teavm_isSupertypeOf(handler->exceptionClass, class)) {
				return handler;
			}
		}
	}
	return NULL;
}

void meth_otr_ExceptionHandling_throwException(void *exception) {
	const TeaVM_Class *class = TEAVM_CLASS_OF(exception);
	thrown = exception;
	for (TeaVM_StackFrame *frame = teavm_stackTop; frame != NULL; frame = frame->next) {
		if ((frame->size & FRAME_CATCHES) != 0) {
			const TeaVM_ExceptionHandler *handler = find_handler((TeaVM_HandlerFrame *)frame, class);
			if (handler != NULL) {
				teavm_stackTop = frame;
				longjmp(((TeaVM_HandlerFrame *)frame)->jmpTarget->buffer, handler->id);
			}
		}
	}
	const char *name = "uncaught exception";
	for (const TeaVM_ClassName *entry = teavm_exceptionNames; entry->class != NULL; entry++) {
		if (entry->class == class) {
			name = entry->name;
		}
	}
	const TeaVM_String *message = ((cls_jl_Throwable *)exception)->fld_message;
	if (message != NULL) {
		print("\r\n");
		for (int32_t i = 0; i < message->characters->size; i++) {
			uint8_t character = (uint8_t)thimble_charAt(message, i);
			print_bytes(&character, 1);
		}
	}
	thimble_trap(name, __builtin_return_address(0));
}
