package io.rist4j.cli;

import io.rist4j.RistConfig;
import io.rist4j.testkit.link.LinkConfig;

import java.time.Duration;

/**
 * What the demo does.
 *
 * @param length how long the stream runs
 * @param bitsPerSecond of the stream
 * @param buffer recovery buffer of both ends
 * @param profile settings of both ends beside the buffer and the bitrate: their profile and its
 *     secret
 * @param there what happens from the sender to the receiver
 * @param back what happens on the way back
 * @param seed of the stream and of the network's decisions
 * @param network the kind of port
 */
record DemoPlan(
        Duration length,
        long bitsPerSecond,
        Duration buffer,
        RistConfig profile,
        LinkConfig there,
        LinkConfig back,
        long seed,
        String network) {}
