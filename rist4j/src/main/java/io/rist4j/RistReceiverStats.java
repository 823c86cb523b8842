package io.rist4j;

import io.rist4j.core.flow.Extremes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a receiver did: a snapshot, immutable. Counters count from the receiver's beginning, or from
 * the earlier snapshot where it is {@link #since} one; the rest is as it was when the snapshot was
 * taken. Bytes are payloads. Taking one changes nothing: any number of readers each have their own
 * intervals.
 *
 * <p>Later versions may tell more. Made by this library only. Safe for use by any thread.
 */
public final class RistReceiverStats {
    /** Its numbers; each has a method of its name. */
    enum Figure implements Readings.Key {
        RECEIVED_PACKETS(true),
        RECEIVED_BYTES(true),
        RETRANSMITTED_PACKETS(true),
        DELIVERED_PACKETS(true),
        DELIVERED_BYTES(true),
        LOST_PACKETS(true),
        DISCONTINUITIES(true),
        MISSING_PACKETS(true),
        RECOVERED_PACKETS(true),
        RECOVERED_ONE_ROUND_PACKETS(true),
        RECOVERED_TWO_ROUNDS_PACKETS(true),
        RECOVERED_THREE_ROUNDS_PACKETS(true),
        RECOVERED_FOUR_ROUNDS_PACKETS(true),
        RECOVERED_MORE_ROUNDS_PACKETS(true),
        START_REPAIRED_PACKETS(true),
        DUPLICATE_PACKETS(true),
        REORDERED_PACKETS(true),
        LATE_PACKETS(true),
        OVERFULL_PACKETS(true),
        EARLY_PACKETS(true),
        UNASKABLE_PACKETS(true),
        FOREIGN_PACKETS(true),
        REQUESTED_PACKETS(true),
        REQUESTS_REPEATED_PACKETS(true),
        REQUESTS_SUPPRESSED_PACKETS(true),
        FLOW_RESETS(true),
        CLOCK_RESYNCS(true),
        DROPPED_PACKETS(true),
        QUEUED_PACKETS(false),
        MISSING_QUEUE_PACKETS(false),
        MISSING_QUEUE_MOST_PACKETS(false),
        BUFFER_NS(false),
        SPACING_NS(false),
        BITS_PER_SECOND(false),
        CONTROL_SENT_PACKETS(true),
        REQUEST_DATAGRAMS(true),
        CONTROL_RECEIVED_PACKETS(true),
        REFUSED_DATAGRAMS(true),
        BUFFER_TIME_NS(true);

        private final boolean counts;

        Figure(boolean counts) {
            this.counts = counts;
        }

        @Override
        public boolean counts() {
            return counts;
        }
    }

    private final Instant taken;
    private final Duration age;
    private final Duration interval;
    private final int flowId;
    private final boolean connected;
    private final Readings<Figure> readings;
    private final Extremes spacing;
    private final long spacingFrom;
    private final List<RistPathStats> paths;

    /**
     * @param age how long the receiver had been open
     * @param spacing times between originals, of its own
     */
    RistReceiverStats(
            Instant taken,
            Duration age,
            int flowId,
            boolean connected,
            Readings<Figure> readings,
            Extremes spacing,
            List<RistPathStats> paths) {
        this(taken, age, age, flowId, connected, readings, spacing, 0, paths);
    }

    private RistReceiverStats(
            Instant taken,
            Duration age,
            Duration interval,
            int flowId,
            boolean connected,
            Readings<Figure> readings,
            Extremes spacing,
            long spacingFrom,
            List<RistPathStats> paths) {
        this.taken = taken;
        this.age = age;
        this.interval = interval;
        this.flowId = flowId;
        this.connected = connected;
        this.readings = readings;
        this.spacing = spacing;
        this.spacingFrom = spacingFrom;
        this.paths = List.copyOf(paths);
    }

    /**
     * This snapshot with its counters from an earlier one on, whatever either counts from: of three
     * snapshots, the last since the second is the time between these two.
     *
     * @param earlier a snapshot of the same receiver or flow
     * @throws IllegalArgumentException when it was taken later than this one
     */
    public RistReceiverStats since(RistReceiverStats earlier) {
        if (age.compareTo(earlier.age) < 0) {
            throw new IllegalArgumentException("the earlier snapshot was taken later");
        }
        return new RistReceiverStats(
                taken,
                age,
                age.minus(earlier.age),
                flowId,
                connected,
                readings.since(earlier.readings),
                spacing,
                earlier.spacing.count(),
                PathSnapshots.since(paths, earlier.paths));
    }

    /** When it was taken. */
    public Instant taken() {
        return taken;
    }

    /** How long the counters counted: since the receiver opened, or since the earlier snapshot. */
    public Duration interval() {
        return interval;
    }

    /** The flow id, 0 before there is a flow. */
    public int flowId() {
        return flowId;
    }

    /** Whether a sender is there. */
    public boolean connected() {
        return connected;
    }

    /** Packets accepted into the buffer, first copies only. */
    public long receivedPackets() {
        return readings.get(Figure.RECEIVED_PACKETS);
    }

    /** Bytes of the packets received. */
    public long receivedBytes() {
        return readings.get(Figure.RECEIVED_BYTES);
    }

    /** Of the packets received, the ones that came as retransmissions. */
    public long retransmittedPackets() {
        return readings.get(Figure.RETRANSMITTED_PACKETS);
    }

    /** Packets put out. */
    public long deliveredPackets() {
        return readings.get(Figure.DELIVERED_PACKETS);
    }

    /** Bytes of the packets put out. */
    public long deliveredBytes() {
        return readings.get(Figure.DELIVERED_BYTES);
    }

    /** Packets that the output went on without. */
    public long lostPackets() {
        return readings.get(Figure.LOST_PACKETS);
    }

    /** Runs of lost packets. */
    public long discontinuities() {
        return readings.get(Figure.DISCONTINUITIES);
    }

    /** Packets that were asked for at least once. */
    public long missingPackets() {
        return readings.get(Figure.MISSING_PACKETS);
    }

    /** Of the missing packets, the ones that came in time. */
    public long recoveredPackets() {
        return readings.get(Figure.RECOVERED_PACKETS);
    }

    /** Packets recovered by the first round of requests. */
    public long recoveredOneRoundPackets() {
        return readings.get(Figure.RECOVERED_ONE_ROUND_PACKETS);
    }

    /** Packets recovered by the second round of requests. */
    public long recoveredTwoRoundsPackets() {
        return readings.get(Figure.RECOVERED_TWO_ROUNDS_PACKETS);
    }

    /** Packets recovered by the third round of requests. */
    public long recoveredThreeRoundsPackets() {
        return readings.get(Figure.RECOVERED_THREE_ROUNDS_PACKETS);
    }

    /** Packets recovered by the fourth round of requests. */
    public long recoveredFourRoundsPackets() {
        return readings.get(Figure.RECOVERED_FOUR_ROUNDS_PACKETS);
    }

    /** Packets recovered by a later round of requests. */
    public long recoveredMoreRoundsPackets() {
        return readings.get(Figure.RECOVERED_MORE_ROUNDS_PACKETS);
    }

    /** Packets from before the first one that came in time. */
    public long startRepairedPackets() {
        return readings.get(Figure.START_REPAIRED_PACKETS);
    }

    /** Further copies of packets already here. */
    public long duplicatePackets() {
        return readings.get(Figure.DUPLICATE_PACKETS);
    }

    /** Originals that came after one of their successors. */
    public long reorderedPackets() {
        return readings.get(Figure.REORDERED_PACKETS);
    }

    /** Packets that came after their turn. */
    public long latePackets() {
        return readings.get(Figure.LATE_PACKETS);
    }

    /** Packets that found no room in the recovery buffer. */
    public long overfullPackets() {
        return readings.get(Figure.OVERFULL_PACKETS);
    }

    /**
     * Packets put out before they were due because the recovery buffer was full: {@link
     * RistConfig#memoryMiB}, or 16-bit numbers.
     */
    public long earlyPackets() {
        return readings.get(Figure.EARLY_PACKETS);
    }

    /** Packets missing, and not asked for: their 16-bit numbers were in use again. */
    public long unaskablePackets() {
        return readings.get(Figure.UNASKABLE_PACKETS);
    }

    /** Packets of another flow than the one in use. */
    public long foreignPackets() {
        return readings.get(Figure.FOREIGN_PACKETS);
    }

    /** Packets asked for, repetitions included. */
    public long requestedPackets() {
        return readings.get(Figure.REQUESTED_PACKETS);
    }

    /** Of the packets asked for, repetitions within a round trip. */
    public long requestsRepeatedPackets() {
        return readings.get(Figure.REQUESTS_REPEATED_PACKETS);
    }

    /** Packets not asked for because of {@link RistConfig#returnBitrate}. */
    public long requestsSuppressedPackets() {
        return readings.get(Figure.REQUESTS_SUPPRESSED_PACKETS);
    }

    /** How often the flow began anew. */
    public long flowResets() {
        return readings.get(Figure.FLOW_RESETS);
    }

    /** How often the playout clock was set anew. */
    public long clockResyncs() {
        return readings.get(Figure.CLOCK_RESYNCS);
    }

    /** Packets dropped on the way out because the queue was full. */
    public long droppedPackets() {
        return readings.get(Figure.DROPPED_PACKETS);
    }

    /** Packets waiting in the queue, at the moment. */
    public int queuedPackets() {
        return readings.getInt(Figure.QUEUED_PACKETS);
    }

    /** Packets missing at the moment. */
    public int missingQueuePackets() {
        return readings.getInt(Figure.MISSING_QUEUE_PACKETS);
    }

    /** How many missing packets can be kept track of. */
    public int missingQueueMostPackets() {
        return readings.getInt(Figure.MISSING_QUEUE_MOST_PACKETS);
    }

    /** The recovery buffer at the moment, in ns. */
    public long bufferNs() {
        return readings.get(Figure.BUFFER_NS);
    }

    /** Mean time that the packets put out had been in the buffer, in ns; 0 without any. */
    public long meanBufferTimeNs() {
        return deliveredPackets() == 0
                ? 0
                : readings.get(Figure.BUFFER_TIME_NS) / deliveredPackets();
    }

    /** Time between the last two originals, in ns. */
    public long spacingNs() {
        return readings.get(Figure.SPACING_NS);
    }

    /**
     * Least time between two originals of those that the counters counted, in ns; 0 without any.
     * Readers do not disturb each other.
     */
    public long spacingMinNs() {
        return spacing.least(spacingFrom);
    }

    /** Most time between two originals of those that the counters counted, in ns; 0 without any. */
    public long spacingMaxNs() {
        return spacing.most(spacingFrom);
    }

    /** Rate of the media received, over about a second, retransmissions included. */
    public long bitsPerSecond() {
        return readings.get(Figure.BITS_PER_SECOND);
    }

    /** Control datagrams sent, requests included. */
    public long controlSentPackets() {
        return readings.get(Figure.CONTROL_SENT_PACKETS);
    }

    /** Of the control datagrams sent, the ones with requests. */
    public long requestDatagrams() {
        return readings.get(Figure.REQUEST_DATAGRAMS);
    }

    /** Control datagrams accepted. */
    public long controlReceivedPackets() {
        return readings.get(Figure.CONTROL_RECEIVED_PACKETS);
    }

    /** Datagrams from strangers, malformed or out of place. */
    public long refusedDatagrams() {
        return readings.get(Figure.REFUSED_DATAGRAMS);
    }

    /** Every path in use, with its counters from the same moment on. */
    public List<RistPathStats> paths() {
        return paths;
    }

    /**
     * Received packets in percent of received and missing ones, as libRIST counts {@code quality};
     * 100 when none came.
     */
    public double qualityPercent() {
        return receivedPackets() == 0
                ? 100
                : 100.0 * receivedPackets() / (receivedPackets() + missingPackets());
    }

    /**
     * The statistics of libRIST's {@code ristreceiver}: a JSON object with its field names. Meant
     * for snapshots of an interval, as libRIST counts anew after each report.
     */
    public String toLibristJson() {
        return LibristJson.receiver(this);
    }

    /** What stands out: every number that is not 0; for people, and open to change. */
    @Override
    public String toString() {
        var text =
                new StringBuilder("RistReceiverStats[flow 0x").append(Integer.toHexString(flowId));
        text.append(connected ? ", connected, " : ", not connected, ");
        text.append(DurationKind.text(interval));
        readings.describe(text);
        return text.append(", paths ").append(paths).append(']').toString();
    }
}
