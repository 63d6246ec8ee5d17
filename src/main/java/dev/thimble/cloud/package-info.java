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
 * {@code MqttGreeting} writes CONNECT, {@code MqttSubscriptions} keeps requests to subscribe until they are answered; {@code Mqtt} knows the state of
 * the connection and the time. While a message is half written nothing else can be, so {@code MqttAnswers} wait; when there are too many of them, no
 * more is read. A broker that reads while it writes, as all do, never waits for ever.
 *
 * <p>What is guaranteed, whatever servers, brokers, networks and clocks do:
 * <ul>
 * <li>No bytes that come from elsewhere raise an exception, are written outside of a buffer, or keep a client busy for ever: each ends in nothing, in
 * a call of the listener, or in an error of its own, after which the next connection, or the next server, is as good as new.</li>
 * <li>A message of QoS 2 is told once, and one of QoS 1 or 2 that was taken by {@code publish} is kept until the broker has settled it: through any
 * number of cuts at any byte. {@code published} tells which ones the broker refused, or has lost together with its session. A message whose end did not
 * come is told as broken.</li>
 * <li>Memory for a session that is damaged, of another layout, or makes no sense is not believed. What a program that was updated cannot send any more
 * is told, and holds nothing up.</li>
 * <li>The clock is set by an answer that repeats 64 random bits of its question, from a server that says it knows the time, between the firmware's
 * build and {@code horizon} years later, and no more than {@code maxStep} from a time that is trusted. One liar among three is outvoted; two that agree
 * are not, unless the time is trusted already. A server that says DENY or RSTR is never asked again.</li>
 * <li>No token is made while the time is not trusted, and none is longer than its array.</li>
 * </ul>
 * What is not: a broker may lose what it has settled, repeat QoS 1, and see all that is published; it may take a message, go on to answer PINGREQ, and
 * never acknowledge: MQTT gives no time for that, and lets nobody send again but in a new connection (5.0 §4.4), so a program that has waited enough
 * calls {@code stop}, and {@code start} when the client has stopped. With MQTT 3.1.1 a device that has lost its own memory of a session cannot ask for a
 * new one that lasts, so the broker may take the first messages of QoS 2 for old ones.
 *
 * <p>Errors: one table, {@link dev.thimble.cloud.CloudError}, codes 180 to 219, which answers smaller codes of the packages below as well. What a
 * server or a broker does is never an exception.
 *
 * <p>Left out: MQTT's enhanced authentication (AUTH), subscription identifiers, WebSockets; NTS and authenticated NTP; encrypted tokens (JWE), and the
 * verification of tokens.
 */
package dev.thimble.cloud;
