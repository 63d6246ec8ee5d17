/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * @file
 * The Java heap: one block of fixed size, and a mark-and-sweep collector that moves nothing. Thimble allocates while it is
 * constructed and not after, so what counts is that an idle collector costs nothing: no barriers, no tables beside the heap.
 *
 * The heap is a row of chunks, each a multiple of 8 bytes: an object, or free space with 0 and its size in the first two words.
 */

#include "thimble_runtime.h"

/* From the linker script; 8-byte aligned. */
extern uint32_t __heap_start__[];
extern uint32_t __heap_end__[];

enum {
	GRAIN = 8,
	/** How many objects wait to be scanned; if there are more, the heap is searched for them. */
	PENDING = 24
};

struct chunk {
	/** An object's header, 0 if the chunk is free. */
	int32_t header;
	/** Of a free chunk. */
	uint32_t size;
};

static char *const heap = (char *)__heap_start__;
static char *const heap_end = (char *)__heap_end__;

/* In classobjects.c, if anything asks for objects of java.lang.Class. */
void teavm_reachClassObjects(void (*reach)(void *object)) __attribute__((weak));

/* The free chunk that is being used up. */
static char *at;
static char *limit;

static int64_t allocated;

static TeaVM_Object *pending[PENDING];
static uint32_t pending_count;
static int pending_overflow;

static const TeaVM_Class *class_of(const void *object) {
	return TEAVM_CLASS_OF(object);
}

static uint32_t item_size(const TeaVM_Class *array) {
	return teavm_primitiveKind(array->itemType) != 0 ? (uint32_t)array->itemType->size : sizeof(void *);
}

static uint32_t round_up(uint32_t size) {
	return (size + (GRAIN - 1)) & ~(uint32_t)(GRAIN - 1);
}

static uint32_t chunk_size(const char *chunk) {
	const struct chunk *c = (const struct chunk *)chunk;
	if (c->header == 0) {
		return c->size;
	}
	const TeaVM_Class *class = class_of(chunk);
	if (class->itemType == NULL) {
		return round_up((uint32_t)class->size);
	}
	uint32_t item = item_size(class);
	return round_up(TEAVM_ARRAY_OFFSET(item) + item * (uint32_t)((const TeaVM_Array *)chunk)->size);
}

/* Makes the rest of the current chunk a chunk again. */
static void give_back(void) {
	if (at < limit) {
		struct chunk *rest = (struct chunk *)at;
		rest->header = 0;
		rest->size = (uint32_t)(limit - at);
	}
	at = limit;
}

/* Goes on to the next free chunk that is large enough. */
static int next_chunk(uint32_t size) {
	give_back();
	for (char *chunk = limit; chunk < heap_end; chunk += chunk_size(chunk)) {
		if (((struct chunk *)chunk)->header == 0 && ((struct chunk *)chunk)->size >= size) {
			at = chunk;
			limit = chunk + ((struct chunk *)chunk)->size;
			return 1;
		}
	}
	return 0;
}

static void reach(void *reference) {
	TeaVM_Object *object = reference;
	if (object == NULL || (object->header & HEADER_MARKED) != 0) {
		return;
	}
	object->header |= HEADER_MARKED;
	if (pending_count < PENDING) {
		pending[pending_count++] = object;
	} else {
		pending_overflow = 1;
	}
}

static void scan(TeaVM_Object *object) {
	object->header |= HEADER_SCANNED;
	const TeaVM_Class *class = class_of(object);
	if (class->itemType != NULL) {
		if (teavm_primitiveKind(class->itemType) == 0) {
			void **items = TEAVM_ARRAY_DATA(object, void *);
			for (int i = TEAVM_ARRAY_LENGTH(object); --i >= 0;) {
				reach(items[i]);
			}
		}
		return;
	}
	for (; class != NULL; class = class->superclass) {
		const int16_t *layout = class->layout;
		if (layout != NULL) {
			for (int i = layout[0]; i > 0; i--) {
				reach(*(void **)((char *)object + layout[i]));
			}
		}
	}
}

static void scan_pending(void) {
	while (pending_count > 0) {
		scan(pending[--pending_count]);
	}
}

static void mark(void) {
	for (const TeaVM_StaticRoots *roots = teavm_staticRoots; roots->roots != NULL; roots++) {
		for (int32_t i = 0; i < roots->count; i++) {
			reach(*roots->roots[i]);
			scan_pending();
		}
	}
	if (teavm_reachClassObjects != NULL) {
		teavm_reachClassObjects(reach);
		scan_pending();
	}
	for (TeaVM_StackFrame *frame = teavm_stackTop; frame != NULL; frame = frame->next) {
		int catches = (frame->size & FRAME_CATCHES) != 0;
		void **items = catches ? (void **)((TeaVM_HandlerFrame *)frame + 1) : (void **)(frame + 1);
		for (int32_t i = frame->size & ~FRAME_CATCHES; --i >= 0;) {
			reach(items[i]);
			scan_pending();
		}
	}
	while (pending_overflow) {
		pending_overflow = 0;
		for (char *chunk = heap; chunk < heap_end; chunk += chunk_size(chunk)) {
			int32_t header = ((struct chunk *)chunk)->header;
			if ((header & (HEADER_MARKED | HEADER_SCANNED)) == HEADER_MARKED) {
				scan((TeaVM_Object *)chunk);
				scan_pending();
			}
		}
	}
}

static void sweep(void) {
	struct chunk *free = NULL;
	for (char *chunk = heap; chunk < heap_end;) {
		struct chunk *c = (struct chunk *)chunk;
		uint32_t size = chunk_size(chunk);
		if ((c->header & HEADER_MARKED) != 0) {
			c->header &= HEADER_CLASS;
			free = NULL;
		} else if (free != NULL) {
			free->size += size;
		} else {
			free = c;
			free->header = 0;
			free->size = size;
		}
		chunk += size;
	}
}

void teavm_gc_collect(void) {
	if (limit == NULL) {
		return;
	}
	give_back();
	mark();
	sweep();
	at = heap;
	limit = heap;
}

void teavm_gc_collectFull(void) {
	teavm_gc_collect();
}

static void *allocate(uint32_t size) {
	size = round_up(size);
	if (limit == NULL) {
		at = heap;
		limit = heap_end;
	}
	if ((uint32_t)(limit - at) < size && !next_chunk(size)) {
		teavm_gc_collect();
		if (!next_chunk(size)) {
			thimble_trap("OutOfMemoryError", __builtin_return_address(0));
		}
	}
	char *object = at;
	at += size;
	allocated += size;
	memset(object, 0, size);
	return object;
}

void *meth_otr_Allocator_allocate(void *class) {
	TeaVM_Object *object = allocate((uint32_t)((const TeaVM_Class *)class)->size);
	object->header = (int32_t)(uintptr_t)class;
	return object;
}

void *meth_otr_Allocator_allocateArray(void *class, int32_t length) {
	uint32_t item = item_size(class);
	if (length < 0) {
		thimble_trap("NegativeArraySizeException", __builtin_return_address(0));
	}
	if ((uint32_t)length > (uint32_t)(heap_end - heap) / item) {
		thimble_trap("OutOfMemoryError", __builtin_return_address(0));
	}
	TeaVM_Array *array = allocate(TEAVM_ARRAY_OFFSET(item) + item * (uint32_t)length);
	array->parent.header = (int32_t)(uintptr_t)class;
	array->size = length;
	return array;
}

void *meth_otr_Allocator_allocateMultiArray(void *class, void *lengths, int32_t dimensions) {
	const int32_t *length = lengths;
	TEAVM_ALLOC_STACK(1);
	TeaVM_Array *array = meth_otr_Allocator_allocateArray(class, *length);
	TEAVM_GC_ROOT(0, array);
	if (dimensions > 1) {
		for (int32_t i = 0; i < *length; i++) {
			void *item = meth_otr_Allocator_allocateMultiArray((void *)((const TeaVM_Class *)class)->itemType, (void *)(length + 1), dimensions - 1);
			TEAVM_ARRAY_AT(array, void *, i) = item;
		}
	}
	TEAVM_RELEASE_STACK;
	return array;
}

/* java.lang.Object.clone */
void *meth_jl_Object_cloneLowLevel(void *object) {
	uint32_t size = chunk_size(object);
	TEAVM_ALLOC_STACK(1);
	TEAVM_GC_ROOT(0, object);
	TeaVM_Object *copy = allocate(size);
	TEAVM_RELEASE_STACK;
	memcpy(copy, object, size);
	copy->header &= HEADER_CLASS;
	copy->hash = 0;
	return copy;
}

/* dev.thimble.board.SystemNatives */

int64_t Java_dev_thimble_board_SystemNatives_allocatedBytes(void) {
	return allocated;
}

int32_t Java_dev_thimble_board_SystemNatives_heapSize(void) {
	return (int32_t)(heap_end - heap);
}
