/**
 * A network in memory with virtual time: addresses, links with their models, datagrams on their
 * way.
 *
 * <p>Deterministic: the same seed, links and calls give the same arrivals at the same nanoseconds
 * on every machine. Nothing here reads a clock or starts a thread; the caller moves {@link
 * io.rist4j.testkit.network.VirtualClock} from one event to the next:
 *
 * {@snippet :
 * var clock = new VirtualClock(0);
 * var network = new SimulatedNetwork(clock, 7);
 * network.connect(a, b, LinkConfig.clean().loss(0.1), LinkConfig.clean());
 * network.send(a, b, datagram, 0, bytes);
 * while (network.nextArrivalNs() != SessionTime.NEVER) {
 *     clock.advanceTo(network.nextArrivalNs());
 *     network.deliverDue((arrivalNs, from, to, buffer, at, length) -> receive(buffer, at, length));
 * }
 * }
 */
@NullMarked
package io.rist4j.testkit.network;

import org.jspecify.annotations.NullMarked;
