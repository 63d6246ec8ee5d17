/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.support;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Looks for secrets in every array an object can reach: what the engine says it has wiped must be nowhere. */
public final class SecretSearch {

	/** So many bytes of a secret in a row are a find; chance does not produce them. */
	private static final int ENOUGH = 8;

	private final Map<String, byte[]> secrets = new LinkedHashMap<>();

	/** Adds a secret; null is ignored, for it never existed. */
	public SecretSearch add(String name, byte[] secret) {
		if (secret != null) {
			this.secrets.put(name, secret);
		}
		return this;
	}

	/** Adds everything the scripted server knows of a connection. */
	public SecretSearch add(ScriptedServer server) {
		return add("ECDHE secret", server.sharedSecret).add(server.schedule, server.suite);
	}

	/** Adds everything the scripted client knows of a connection. */
	public SecretSearch add(ScriptedClient client) {
		return add(client.schedule, client.suite);
	}

	private SecretSearch add(ReferenceSchedule s, int suite) {
		if (s == null) {
			return this;
		}
		add("early secret", s.earlySecret).add("handshake secret", s.handshakeSecret).add("master secret", s.masterSecret);
		add("client handshake secret", s.clientHandshake).add("server handshake secret", s.serverHandshake);
		add("client application secret", s.clientApplication).add("server application secret", s.serverApplication);
		add("exporter secret", s.exporterMaster).add("resumption secret", s.resumptionMaster);
		for (byte[] secret : new byte[][] { s.clientHandshake, s.serverHandshake, s.clientApplication, s.serverApplication }) {
			if (secret != null) {
				RecordProtection keys = new RecordProtection(suite, s, secret);
				add("key of " + name(secret), keys.key).add("iv of " + name(secret), keys.iv);
			}
		}
		return this;
	}

	/** Where the first secret was found, or null. */
	public String findIn(Object root) {
		Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Object> open = new ArrayDeque<>();
		open.add(root);
		while (!open.isEmpty()) {
			Object object = open.remove();
			if (!seen.add(object)) {
				continue;
			}
			String found = inArray(object);
			if (found != null) {
				return found;
			}
			if (object instanceof Object[] array) {
				Arrays.stream(array).filter(e -> e != null).forEach(open::add);
			}
			for (Class<?> c = object.getClass(); c != null && ours(c); c = c.getSuperclass()) {
				for (Field field : c.getDeclaredFields()) {
					if (!field.getType().isPrimitive()) {
						Object value = value(field, object);
						if (value != null) {
							open.add(value);
						}
					}
				}
			}
		}
		return null;
	}

	private static Object value(Field field, Object object) {
		try {
			field.setAccessible(true);
			return field.get(Modifier.isStatic(field.getModifiers()) ? null : object);
		} catch (IllegalAccessException e) {
			throw new IllegalStateException(e);
		}
	}

	private static boolean ours(Class<?> c) {
		return c.getName().startsWith("dev.thimble.") || c.getName().startsWith("org.bouncycastle.");
	}

	private String inArray(Object object) {
		if (object instanceof byte[] bytes) {
			return in(bytes);
		}
		if (object instanceof int[] ints) {
			byte[] big = new byte[4 * ints.length];
			byte[] little = new byte[4 * ints.length];
			for (int i = 0; i < big.length; i++) {
				big[i] = (byte) (ints[i / 4] >> 24 - 8 * (i % 4));
				little[i] = (byte) (ints[i / 4] >> 8 * (i % 4));
			}
			String found = in(big);
			return found != null ? found : in(little);
		}
		if (object instanceof long[] longs) {
			byte[] big = new byte[8 * longs.length];
			byte[] little = new byte[8 * longs.length];
			for (int i = 0; i < big.length; i++) {
				big[i] = (byte) (longs[i / 8] >> 56 - 8 * (i % 8));
				little[i] = (byte) (longs[i / 8] >> 8 * (i % 8));
			}
			String found = in(big);
			return found != null ? found : in(little);
		}
		return null;
	}

	private String in(byte[] memory) {
		for (Map.Entry<String, byte[]> secret : this.secrets.entrySet()) {
			byte[] s = secret.getValue();
			for (int from = 0; from + ENOUGH <= s.length; from += ENOUGH) {
				int at = indexOf(memory, s, from);
				if (at >= 0) {
					return secret.getKey() + " at byte " + at + " of an array of " + memory.length + " bytes";
				}
			}
		}
		return null;
	}

	private static int indexOf(byte[] memory, byte[] secret, int from) {
		outer: for (int at = 0; at + ENOUGH <= memory.length; at++) {
			for (int i = 0; i < ENOUGH; i++) {
				if (memory[at + i] != secret[from + i]) {
					continue outer;
				}
			}
			return at;
		}
		return -1;
	}

	private String name(byte[] secret) {
		return this.secrets.entrySet().stream().filter(e -> e.getValue() == secret).map(Map.Entry::getKey).findFirst().orElse("?");
	}
}
