package io.rist4j.testkit.simulation;

import io.rist4j.core.flow.CongestionControl;
import io.rist4j.core.flow.ReceiverFlowConfig;
import io.rist4j.core.flow.ReceiverFlowConfig.Timing;
import io.rist4j.core.flow.SenderFlowConfig;
import io.rist4j.core.time.SessionTime;
import io.rist4j.session.RequestFormat;
import io.rist4j.testkit.link.LinkConfig;
import io.rist4j.testkit.link.SeededRandom;
import io.rist4j.testkit.network.ClockSkew;
import io.rist4j.testkit.simulation.Scenario.Contact;

import java.time.Duration;

/**
 * Draws scenarios. Two kinds alternate: mild ones, in which every packet has time enough to be
 * recovered, and wild ones, in which anything may happen.
 */
final class ScenarioDraw {
    private static final long MS = SessionTime.MILLISECOND;

    /** 2^32 ticks of 90 kHz. */
    private static final long TIMESTAMP_PERIOD_NS = 47_721_858_844_444L;

    private static final long PRIORITIES = 1L << 40;

    private final long seed;
    private final SeededRandom random;

    /** Draws priorities, which leave the rest of a seed's scenario as it is without them. */
    private final SeededRandom priorities;

    ScenarioDraw(long seed) {
        this.seed = seed;
        random = new SeededRandom(seed);
        priorities = new SeededRandom(seed + PRIORITIES);
    }

    Scenario draw(Protection protection) {
        boolean mild = random.chance(0.4);
        int paths = random.chance(0.5) ? 1 : (int) random.between(2, Scenario.MOST_PATHS);
        int packets = (int) random.between(2_000, 2_400);
        long intervalNs = logarithmic(100_000, mild ? 4 * MS : 10 * MS);
        long durationNs = packets * intervalNs;
        var builder = Scenario.builder(seed).packets(packets);
        builder.interval(Duration.ofNanos(intervalNs));
        if (random.chance(0.3)) {
            builder.burst((int) random.between(2, 7));
        }
        drawPayload(builder);
        long bitsPerSecond = builder.build().bitsPerSecond();
        long roundTripNs = 0;
        boolean weighted = random.chance(0.3);
        boolean prioritized = priorities.chance(0.5);
        for (int i = 0; i < paths; i++) {
            LinkConfig forward = mild ? mildLink() : wildLink(bitsPerSecond, durationNs);
            LinkConfig backward = mild ? mildLink() : wildLink(bitsPerSecond, durationNs);
            int weight = weighted && random.chance(0.8) ? (int) random.between(1, 10) : 0;
            int priority = prioritized ? (int) priorities.between(0, 3) : 0;
            builder.path(forward, backward, weight, priority);
            roundTripNs = Math.max(roundTripNs, builder.build().longestRoundTripNs());
        }
        builder.contact(drawContact());
        drawReceiver(builder, mild, roundTripNs);
        drawSender(builder, mild, bitsPerSecond, durationNs);
        if (random.chance(0.3)) {
            for (long pauses = random.between(1, 3); pauses > 0; pauses--) {
                builder.pause(
                        (int) random.between(0, packets),
                        Duration.ofNanos(logarithmic(20 * MS, mild ? 800 * MS : 3_000 * MS)));
            }
        }
        if (random.chance(0.5)) {
            builder.begin(
                    Duration.ofNanos(random.between(0, 300 * MS)),
                    Duration.ofNanos(random.between(0, 400 * MS)));
        }
        if (random.chance(0.4)) {
            builder.wake(Duration.ofNanos(random.between(100_000, 2 * MS)));
        }
        if (random.chance(0.1)) {
            builder.strangers((int) random.between(10, 300));
        }
        builder.tunnel(new TunnelDraw(seed).draw(protection, builder.build()));
        builder.attacks(Attack.draw(seed, protection));
        return builder.build();
    }

    private Contact drawContact() {
        if (random.chance(0.7)) {
            return Contact.SENDER_DIALS;
        }
        return random.chance(0.5) ? Contact.SENDER_DIALS_ONE_PORT : Contact.RECEIVER_DIALS;
    }

    private void drawPayload(Scenario.Builder builder) {
        if (random.chance(0.6)) {
            return; // the default
        }
        int least = (int) random.between(1, 1_400);
        builder.payload(least, (int) random.between(least, 1_450));
    }

    private LinkConfig mildLink() {
        LinkConfig link = LinkConfig.clean().delay(Duration.ofNanos(random.between(0, 60 * MS)));
        if (random.chance(0.7)) {
            double loss = random.nextUnit() * 0.1;
            link =
                    random.chance(0.3)
                            ? link.burstLoss(loss, (double) random.between(1, 4))
                            : link.loss(loss);
        }
        if (random.chance(0.5)) {
            link = link.jitter(Duration.ofNanos(random.between(0, 10 * MS)), random.chance(0.3));
        }
        if (random.chance(0.3)) {
            link = link.duplication(random.nextUnit() * 0.3);
        }
        if (random.chance(0.3)) {
            link =
                    link.reordering(
                            random.nextUnit() * 0.1, Duration.ofNanos(random.between(0, 20 * MS)));
        }
        return link;
    }

    private LinkConfig wildLink(long bitsPerSecond, long durationNs) {
        LinkConfig link = LinkConfig.clean().delay(Duration.ofNanos(random.between(0, 150 * MS)));
        if (random.chance(0.8)) {
            double loss = random.nextUnit() * 0.5;
            link =
                    random.chance(0.4)
                            ? link.burstLoss(loss, (double) random.between(1, 30))
                            : link.loss(loss);
        }
        if (random.chance(0.5)) {
            link = link.jitter(Duration.ofNanos(random.between(0, 60 * MS)), random.chance(0.4));
        }
        if (random.chance(0.3)) {
            link = link.duplication(random.nextUnit() * 0.5);
        }
        if (random.chance(0.4)) {
            link =
                    link.reordering(
                            random.nextUnit() * 0.2, Duration.ofNanos(random.between(0, 100 * MS)));
        }
        if (random.chance(0.2)) {
            link =
                    link.rate(
                            100_000 + (long) (bitsPerSecond * (0.8 + 2 * random.nextUnit())),
                            Duration.ofNanos(random.between(MS, 200 * MS)));
        }
        if (random.chance(0.25)) {
            for (long deaths = random.between(1, 3); deaths > 0; deaths--) {
                long fromNs = random.between(0, durationNs);
                link =
                        link.outage(
                                Duration.ofNanos(fromNs),
                                Duration.ofNanos(fromNs + logarithmic(5 * MS, 4_000 * MS)));
            }
        }
        return link;
    }

    private void drawReceiver(Scenario.Builder builder, boolean mild, long roundTripNs) {
        var receiver = ReceiverFlowConfig.builder();
        long bufferNs =
                mild
                        ? Math.max(100 * MS, roundTripNs * random.between(12, 30))
                        : logarithmic(50 * MS, 2_000 * MS);
        receiver.bufferNs(bufferNs);
        long reorderNs = random.chance(0.5) ? 15 * MS : random.between(0, 70 * MS);
        receiver.reorderNs(Math.min(reorderNs, mild ? 15 * MS : bufferNs));
        if (!mild && random.chance(0.2)) {
            receiver.timing(random.chance(0.5) ? Timing.RTC : Timing.ARRIVAL);
        }
        if (random.chance(0.1)) {
            receiver.bufferMaxNs(bufferNs + random.between(MS, 500 * MS));
        }
        receiver.startRepair(random.chance(0.9)).requestRedundancy(random.chance(0.9));
        if (!mild && random.chance(0.2)) {
            receiver.maxRetries((int) random.between(2, 100));
        }
        if (random.chance(0.2)) {
            builder.requestFormat(RequestFormat.BITMASK);
        }
        builder.receiver(receiver.build());
    }

    private void drawSender(
            Scenario.Builder builder, boolean mild, long bitsPerSecond, long durationNs) {
        long senderStartNs = random.chance(0.5) ? 0 : random.between(0, 100_000_000 * MS);
        long receiverStartNs = random.chance(0.5) ? 0 : random.between(0, 100_000_000 * MS);
        boolean drifts = random.chance(0.5);
        var senderClock =
                new ClockSkew(senderStartNs, drifts ? (int) random.between(-100, 100) : 0);
        builder.clocks(
                senderClock,
                new ClockSkew(receiverStartNs, drifts ? (int) random.between(-100, 100) : 0));
        var sender = SenderFlowConfig.builder();
        sender.bufferMaxNs(2_000 * MS);
        long times = random.between(3, 20);
        long ceiling =
                times % 2 == 0
                        ? SenderFlowConfig.BY_THE_MEDIA
                        : Math.max(1_000_000, bitsPerSecond * times);
        sender.maxBitrate(mild || random.chance(0.8) ? ceiling : lowCeiling(bitsPerSecond));
        if (random.chance(0.3)) {
            // the timestamp wraps while the input runs
            long wrapsNs = senderStartNs + random.between(0, durationNs);
            sender.timestampBaseNs(
                    TIMESTAMP_PERIOD_NS * (1 + wrapsNs / TIMESTAMP_PERIOD_NS) - wrapsNs);
        }
        if (random.chance(0.2)) {
            sender.congestionControl(
                    random.chance(0.5) ? CongestionControl.OFF : CongestionControl.AGGRESSIVE);
        }
        sender.tailRepair(random.chance(0.9));
        builder.sender(sender.build());
        builder.flowId((int) random.nextLong() & ~1);
        builder.firstSequence(
                (int)
                        (random.chance(0.5)
                                ? random.between(0, 65_535)
                                : 65_536 - random.between(1, 2_000)));
    }

    /** A ceiling that leaves little for repetitions. */
    private long lowCeiling(long bitsPerSecond) {
        return Math.max(10_000, (long) (bitsPerSecond * (1 + random.nextUnit())));
    }

    /** Small numbers as often as large ones. */
    private long logarithmic(long least, long most) {
        double octaves = StrictMath.log((double) most / least);
        // StrictMath, for the same on every machine
        return Math.min(most, (long) (least * StrictMath.exp(octaves * random.nextUnit())));
    }
}
