package io.rist4j.testkit.link;

import java.time.Duration;
import java.util.List;

/**
 * What one direction of a link does to the datagrams that enter it. Immutable; begin with {@link
 * #clean} and say what is different:
 *
 * {@snippet :
 * var link = LinkConfig.clean().loss(0.10).delay(Duration.ofMillis(25)).jitter(Duration.ofMillis(5));
 * }
 *
 * <p>A datagram meets, in this order: outages, the rate limit with its queue, loss, duplication,
 * delay with jitter, and reordering.
 *
 * @param loss share of datagrams lost, 0..1
 * @param burstPackets mean length of a run of losses in datagrams: 1 loses each datagram
 *     independently, more makes the Gilbert model's bursts; 1..10000
 * @param delayNs one-way delay in ns, 0..60 s
 * @param jitterNs up to so much is added to the delay, each amount equally likely; 0..60 s
 * @param jitterReorders whether jitter may change the order; otherwise datagrams leave as they came
 * @param duplicates share of datagrams that leave twice, 0..1; the copy has its own jitter
 * @param reorder share of datagrams that are held back and overtaken, 0..1
 * @param reorderNs how long they are held in addition, in ns, 0..60 s
 * @param bitsPerSecond what passes at most, counted in UDP payload bits; 0 has no limit
 * @param queueNs what would wait longer than this for the rate limit is dropped, in ns, 0..60 s
 * @param outages when the link loses everything, in any order
 */
public record LinkConfig(
        double loss,
        double burstPackets,
        long delayNs,
        long jitterNs,
        boolean jitterReorders,
        double duplicates,
        double reorder,
        long reorderNs,
        long bitsPerSecond,
        long queueNs,
        List<Outage> outages) {
    private static final long LONGEST_NS = Duration.ofSeconds(60).toNanos();
    private static final long DEFAULT_QUEUE_NS = Duration.ofMillis(100).toNanos();
    private static final LinkConfig CLEAN =
            new LinkConfig(0, 1, 0, 0, false, 0, 0, 0, 0, DEFAULT_QUEUE_NS, List.of());

    /**
     * A time in which everything is lost, in ns since the link began.
     *
     * @param fromNs its first instant, at least 0
     * @param untilNs the first instant after it, later than {@code fromNs}
     */
    public record Outage(long fromNs, long untilNs) {
        /** Checks the order. */
        public Outage {
            if (fromNs < 0 || untilNs <= fromNs) {
                throw new IllegalArgumentException(
                        "outage from " + fromNs + " ns until " + untilNs + " ns never happens");
            }
        }
    }

    /** Checks ranges. */
    public LinkConfig {
        checkShare("loss", loss);
        checkShare("duplicates", duplicates);
        checkShare("reorder", reorder);
        checkTime("delay", delayNs);
        checkTime("jitter", jitterNs);
        checkTime("reorder delay", reorderNs);
        checkTime("queue", queueNs);
        if (!(burstPackets >= 1 && burstPackets <= 10_000)) {
            throw new IllegalArgumentException(
                    "burst " + burstPackets + " packets is outside 1..10000 packets");
        }
        double most = burstPackets / (burstPackets + 1);
        if (burstPackets > 1 && loss > most) {
            throw new IllegalArgumentException(
                    "loss "
                            + loss
                            + " is outside 0.."
                            + most
                            + " for bursts of "
                            + burstPackets
                            + " packets: there would be less than one packet between two bursts");
        }
        if (bitsPerSecond < 0 || bitsPerSecond > 1_000_000_000_000L) {
            throw new IllegalArgumentException(
                    "rate " + bitsPerSecond + " bit/s is outside 0..1000000000000 bit/s");
        }
        outages = List.copyOf(outages);
    }

    private static void checkShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " " + share + " is outside 0..1");
        }
    }

    private static void checkTime(String name, long ns) {
        if (ns < 0 || ns > LONGEST_NS) {
            throw new IllegalArgumentException(
                    name + " " + Duration.ofNanos(ns) + " is outside 0..60 s");
        }
    }

    /** A link that hands everything over at once. */
    public static LinkConfig clean() {
        return CLEAN;
    }

    /**
     * With independent loss, or with the burst length set before.
     *
     * @param share of datagrams, 0..1
     */
    public LinkConfig loss(double share) {
        return new LinkConfig(
                share,
                burstPackets,
                delayNs,
                jitterNs,
                jitterReorders,
                duplicates,
                reorder,
                reorderNs,
                bitsPerSecond,
                queueNs,
                outages);
    }

    /**
     * With losses in bursts (Gilbert's two-state model) that together make the given share.
     *
     * @param share of datagrams, 0..{@code meanPackets / (meanPackets + 1)}
     * @param meanPackets mean length of a burst in datagrams, 1..10000
     */
    public LinkConfig burstLoss(double share, double meanPackets) {
        return new LinkConfig(
                share,
                meanPackets,
                delayNs,
                jitterNs,
                jitterReorders,
                duplicates,
                reorder,
                reorderNs,
                bitsPerSecond,
                queueNs,
                outages);
    }

    /**
     * With a one-way delay.
     *
     * @param delay 0..60 s
     */
    public LinkConfig delay(Duration delay) {
        return new LinkConfig(
                loss,
                burstPackets,
                delay.toNanos(),
                jitterNs,
                jitterReorders,
                duplicates,
                reorder,
                reorderNs,
                bitsPerSecond,
                queueNs,
                outages);
    }

    /**
     * With jitter that keeps the order: a datagram waits for the ones before it.
     *
     * @param most what is added to the delay at most, 0..60 s
     */
    public LinkConfig jitter(Duration most) {
        return jitter(most, false);
    }

    /**
     * With jitter.
     *
     * @param most what is added to the delay at most, 0..60 s
     * @param reorders whether a datagram may overtake another
     */
    public LinkConfig jitter(Duration most, boolean reorders) {
        return new LinkConfig(
                loss,
                burstPackets,
                delayNs,
                most.toNanos(),
                reorders,
                duplicates,
                reorder,
                reorderNs,
                bitsPerSecond,
                queueNs,
                outages);
    }

    /**
     * With duplication.
     *
     * @param share of datagrams that leave twice, 0..1
     */
    public LinkConfig duplication(double share) {
        return new LinkConfig(
                loss,
                burstPackets,
                delayNs,
                jitterNs,
                jitterReorders,
                share,
                reorder,
                reorderNs,
                bitsPerSecond,
                queueNs,
                outages);
    }

    /**
     * With reordering: some datagrams are held back and overtaken by those that follow.
     *
     * @param share of datagrams, 0..1
     * @param held how much longer, 0..60 s
     */
    public LinkConfig reordering(double share, Duration held) {
        return new LinkConfig(
                loss,
                burstPackets,
                delayNs,
                jitterNs,
                jitterReorders,
                duplicates,
                share,
                held.toNanos(),
                bitsPerSecond,
                queueNs,
                outages);
    }

    /**
     * With a rate limit.
     *
     * @param limit UDP payload bits per second; 0 has no limit
     * @param queue what would wait longer is dropped, 0..60 s
     */
    public LinkConfig rate(long limit, Duration queue) {
        return new LinkConfig(
                loss,
                burstPackets,
                delayNs,
                jitterNs,
                jitterReorders,
                duplicates,
                reorder,
                reorderNs,
                limit,
                queue.toNanos(),
                outages);
    }

    /**
     * With one more time in which everything is lost.
     *
     * @param from since the link began, at least 0
     * @param until the end of it, later than {@code from}
     */
    public LinkConfig outage(Duration from, Duration until) {
        var more = new java.util.ArrayList<>(outages);
        more.add(new Outage(from.toNanos(), until.toNanos()));
        return new LinkConfig(
                loss,
                burstPackets,
                delayNs,
                jitterNs,
                jitterReorders,
                duplicates,
                reorder,
                reorderNs,
                bitsPerSecond,
                queueNs,
                more);
    }

    /** One line with what differs from a clean link, or {@code clean}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (loss > 0) {
            text.append(" loss=").append(loss);
        }
        if (burstPackets > 1) {
            text.append(" burst=").append(burstPackets);
        }
        append(text, " delay=", delayNs);
        append(text, " jitter=", jitterNs);
        if (jitterReorders) {
            text.append(" jitter-reorders");
        }
        if (duplicates > 0) {
            text.append(" duplicates=").append(duplicates);
        }
        if (reorder > 0) {
            text.append(" reorder=").append(reorder);
            append(text, " by=", reorderNs);
        }
        if (bitsPerSecond > 0) {
            text.append(" rate=").append(bitsPerSecond);
            append(text, " queue=", queueNs);
        }
        for (Outage outage : outages) {
            text.append(" outage=")
                    .append(milliseconds(outage.fromNs()))
                    .append("..")
                    .append(milliseconds(outage.untilNs()))
                    .append("ms");
        }
        return text.isEmpty() ? "clean" : text.substring(1);
    }

    private static void append(StringBuilder text, String name, long ns) {
        if (ns > 0) {
            text.append(name).append(milliseconds(ns)).append("ms");
        }
    }

    private static String milliseconds(long ns) {
        long micros = ns / 1000;
        return micros % 1000 == 0 ? Long.toString(micros / 1000) : Double.toString(micros / 1e3);
    }
}
