/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What a device does with a secure socket: learn the time, prove who it is with a token, talk to a broker.
 *
 * <p>Three parts that know nothing of each other but are used in this order:
 * <ol>
 * <li>{@link dev.thimble.cloud.Sntp} asks time servers and sets {@link dev.thimble.cloud.DeviceClock}, the clock with three states that certificates
 * are checked against. Until it is set no certificate is accepted, unless the program says that the firmware's build date will do.</li>
 * <li>{@link dev.thimble.cloud.Jwt} makes signed tokens with the key TLS has too, wherever that is: RAM or a secure element.
 * {@link dev.thimble.cloud.JwtPassword} makes one for each connection to a broker.</li>
 * <li>{@link dev.thimble.cloud.Mqtt} is a client of {@link dev.thimble.cloud.Mqtt311} or {@link dev.thimble.cloud.Mqtt5}. Its
 * {@link dev.thimble.cloud.MqttConfig} says what it is made of, its {@link dev.thimble.cloud.MqttSession} is what it remembers, its
 * {@link dev.thimble.cloud.MqttListener} is told what happens.</li>
 * </ol>
 *
 * <p>Driving: each part has a method that does a slice of work and never waits ({@code poll()}, or {@code step()} of a signature), to be called from
 * the one loop of the program, in which the blinking of a lamp keeps its period. Nothing is called from elsewhere: no threads, no interrupts, and the
 * listener is called from within {@code poll()} only.
 *
 * <p>Memory: everything is allocated by constructors, with sizes the caller gives; then nothing is, through any number of connections and failures.
 * What is longer than a buffer goes through it in pieces: payloads both ways, passwords. What a feature costs is there only if its object was made: an
 * image with MQTT 3.1.1 has no code of 5.0, one without {@code JwtPassword} no tokens.
 *
 * <p>What survives: the {@code MqttSession} is one range of an array of the caller's, without references, which survives connections that break, and a
 * loss of power if the caller saves it. So a message of QoS 2 arrives once and no more, as far as what happened was saved.
 *
 * <p>How MQTT is cut: {@code MqttReceiver} reads packets from a buffer, strictly, and judges everything a broker may send before anything is made of
 * it; {@code MqttSender} chooses among the session's messages and writes them, {@code MqttOutput} holds bytes that the socket has not taken;
 * {@code Mqtt} knows the state of the connection, time, and answers. While a message is half written nothing else can be, so what asks for an answer
 * is not read meanwhile; a broker that reads while it writes, as all do, never waits for ever.
 *
 * <p>Errors: one table, {@link dev.thimble.cloud.CloudError}, codes 180 to 219, which answers smaller codes of the packages below as well. What a
 * server or a broker does is never an exception.
 *
 * <p>Left out: MQTT's enhanced authentication (AUTH), subscription identifiers, WebSockets; NTS and authenticated NTP; encrypted tokens (JWE), and the
 * verification of tokens.
 */
package dev.thimble.cloud;
