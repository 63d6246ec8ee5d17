/*
 * C
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** @file Objects of java.lang.Class, for what little asks for them. */

#include "thimble_runtime.h"

#include "classes/java/lang/Class.h"

enum {
	CLASS_OBJECTS = 8
};

void *meth_jl_Class_createClass(void *class);

static struct {
	const TeaVM_Class *class;
	void *object;
} objects[CLASS_OBJECTS];

static int count;

TeaVM_Object *teavm_getClassObject(const TeaVM_Class *class) {
	for (int i = 0; i < count; i++) {
		if (objects[i].class == class) {
			return objects[i].object;
		}
	}
	if (count == CLASS_OBJECTS) {
		thimble_trap("too many Class objects: raise CLASS_OBJECTS in classobjects.c", __builtin_return_address(0));
	}
	TeaVM_Object *object = meth_jl_Class_createClass((void *)class);
	objects[count].class = class;
	objects[count].object = object;
	count++;
	return object;
}

void teavm_reachClassObjects(void (*reach)(void *object)) {
	for (int i = 0; i < count; i++) {
		reach(objects[i].object);
	}
}
