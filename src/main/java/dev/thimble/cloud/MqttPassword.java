/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.cloud;

/** Where the password of a connection comes from, if it is another one each time: a token that ends, for example. */
public interface MqttPassword {

	/** Begins to make the password of a connection that is about to be opened. */
	void start();

	/**
	 * Works for one slice.
	 *
	 * @return true once the password is there, or cannot be.
	 */
	boolean step();

	/**
	 * Gets why there is no password.
	 *
	 * @return 0 if there is one, or a code of {@link CloudError}'s table.
	 */
	int error();

	/**
	 * Gets the array the password is in, until the next {@link #start()}.
	 *
	 * @return the array.
	 */
	byte[] array();

	/**
	 * Gets where it begins.
	 *
	 * @return an index.
	 */
	int offset();

	/**
	 * Gets its length.
	 *
	 * @return a number of bytes.
	 */
	int length();
}
