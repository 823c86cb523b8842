package io.rist4j;

import io.rist4j.core.flow.Extremes;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What a receiver did: a snapshot, immutable. Counters count from the receiver's beginning, or from
 * the earlier snapshot where it is {@link #since} one; the rest is as it was when the snapshot was
 * taken. Bytes are payloads. Taking one changes nothing: any number of readers each have their own
 * intervals.
 *
 * <p>Later versions may tell more. Made by this library only. Safe for use by any thread.
 */
public final class RistReceiverStats implements RistNumbers {
    private final StatsMoment moment;
    private final Extremes spacing;
    private final long spacingFrom;

    /**
     * @param spacing times between originals, of its own
     */
    RistReceiverStats(StatsMoment moment, Extremes spacing) {
        this(moment, spacing, 0);
    }

    private RistReceiverStats(StatsMoment moment, Extremes spacing, long spacingFrom) {
        this.moment = moment;
        this.spacing = spacing;
        this.spacingFrom = spacingFrom;
    }

    /**
     * This snapshot with its counters from an earlier one on, whatever either counts from: of three
     * snapshots, the last since the second is the time between these two.
     *
     * @param earlier a snapshot of the same receiver or flow
     * @throws IllegalArgumentException when it was taken later than this one
     */
    public RistReceiverStats since(RistReceiverStats earlier) {
        return new RistReceiverStats(
                moment.since(earlier.moment), spacing, earlier.spacing.count());
    }

    /** When it was taken. */
    public Instant taken() {
        return moment.taken();
    }

    /** How long the counters counted: since the receiver opened, or since the earlier snapshot. */
    public Duration interval() {
        return moment.interval();
    }

    /** The flow id, 0 before there is a flow. */
    public int flowId() {
        return moment.flowId();
    }

    /** Whether a sender is there. */
    public boolean connected() {
        return moment.connected();
    }

    /** Packets accepted into the buffer, first copies only. */
    public long receivedPackets() {
        return moment.get(ReceiverStatistics.RECEIVED_PACKETS);
    }

    /** Bytes of the packets received. */
    public long receivedBytes() {
        return moment.get(ReceiverStatistics.RECEIVED_BYTES);
    }

    /** Of the packets received, the ones that came as retransmissions. */
    public long retransmittedPackets() {
        return moment.get(ReceiverStatistics.RETRANSMITTED_PACKETS);
    }

    /** Packets put out. */
    public long deliveredPackets() {
        return moment.get(ReceiverStatistics.DELIVERED_PACKETS);
    }

    /** Bytes of the packets put out. */
    public long deliveredBytes() {
        return moment.get(ReceiverStatistics.DELIVERED_BYTES);
    }

    /** Packets that the output went on without. */
    public long lostPackets() {
        return moment.get(ReceiverStatistics.LOST_PACKETS);
    }

    /** Runs of lost packets. */
    public long discontinuities() {
        return moment.get(ReceiverStatistics.DISCONTINUITIES);
    }

    /** Packets that were asked for at least once. */
    public long missingPackets() {
        return moment.get(ReceiverStatistics.MISSING_PACKETS);
    }

    /** Of the missing packets, the ones that came in time. */
    public long recoveredPackets() {
        return moment.get(ReceiverStatistics.RECOVERED_PACKETS);
    }

    /** Packets recovered by the first round of requests. */
    public long recoveredOneRoundPackets() {
        return moment.get(ReceiverStatistics.RECOVERED_ONE_ROUND_PACKETS);
    }

    /** Packets recovered by the second round of requests. */
    public long recoveredTwoRoundsPackets() {
        return moment.get(ReceiverStatistics.RECOVERED_TWO_ROUNDS_PACKETS);
    }

    /** Packets recovered by the third round of requests. */
    public long recoveredThreeRoundsPackets() {
        return moment.get(ReceiverStatistics.RECOVERED_THREE_ROUNDS_PACKETS);
    }

    /** Packets recovered by the fourth round of requests. */
    public long recoveredFourRoundsPackets() {
        return moment.get(ReceiverStatistics.RECOVERED_FOUR_ROUNDS_PACKETS);
    }

    /** Packets recovered by a later round of requests. */
    public long recoveredMoreRoundsPackets() {
        return moment.get(ReceiverStatistics.RECOVERED_MORE_ROUNDS_PACKETS);
    }

    /** Packets from before the first one that came in time. */
    public long startRepairedPackets() {
        return moment.get(ReceiverStatistics.START_REPAIRED_PACKETS);
    }

    /** Further copies of packets already here. */
    public long duplicatePackets() {
        return moment.get(ReceiverStatistics.DUPLICATE_PACKETS);
    }

    /** Originals that came after one of their successors. */
    public long reorderedPackets() {
        return moment.get(ReceiverStatistics.REORDERED_PACKETS);
    }

    /** Packets that came after their turn. */
    public long latePackets() {
        return moment.get(ReceiverStatistics.LATE_PACKETS);
    }

    /** Packets that found no room in the recovery buffer. */
    public long overfullPackets() {
        return moment.get(ReceiverStatistics.OVERFULL_PACKETS);
    }

    /**
     * Packets put out before they were due because the recovery buffer was full: {@link
     * RistConfig#memoryMiB}, or 16-bit numbers.
     */
    public long earlyPackets() {
        return moment.get(ReceiverStatistics.EARLY_PACKETS);
    }

    /** Packets missing, and not asked for: their 16-bit numbers were in use again. */
    public long unaskablePackets() {
        return moment.get(ReceiverStatistics.UNASKABLE_PACKETS);
    }

    /** Packets of another flow than the one in use. */
    public long foreignPackets() {
        return moment.get(ReceiverStatistics.FOREIGN_PACKETS);
    }

    /** Packets asked for, repetitions included. */
    public long requestedPackets() {
        return moment.get(ReceiverStatistics.REQUESTED_PACKETS);
    }

    /** Of the packets asked for, repetitions within a round trip. */
    public long requestsRepeatedPackets() {
        return moment.get(ReceiverStatistics.REQUESTS_REPEATED_PACKETS);
    }

    /** Packets not asked for because of {@link RistConfig#returnBitrate}. */
    public long requestsSuppressedPackets() {
        return moment.get(ReceiverStatistics.REQUESTS_SUPPRESSED_PACKETS);
    }

    /** How often the flow began anew. */
    public long flowResets() {
        return moment.get(ReceiverStatistics.FLOW_RESETS);
    }

    /** How often the playout clock was set anew. */
    public long clockResyncs() {
        return moment.get(ReceiverStatistics.CLOCK_RESYNCS);
    }

    /** Packets dropped on the way out because the queue was full. */
    public long droppedPackets() {
        return moment.get(ReceiverStatistics.DROPPED_PACKETS);
    }

    /** Packets waiting in the queue, at the moment. */
    public int queuedPackets() {
        return moment.getInt(ReceiverStatistics.QUEUED_PACKETS);
    }

    /** Packets missing at the moment. */
    public int missingQueuePackets() {
        return moment.getInt(ReceiverStatistics.MISSING_QUEUE_PACKETS);
    }

    /** How many missing packets can be kept track of. */
    public int missingQueueMostPackets() {
        return moment.getInt(ReceiverStatistics.MISSING_QUEUE_MOST_PACKETS);
    }

    /** The recovery buffer at the moment, in ns. */
    public long bufferNs() {
        return moment.get(ReceiverStatistics.BUFFER_NS);
    }

    /** Mean time that the packets put out had been in the buffer, in ns; 0 without any. */
    public long meanBufferTimeNs() {
        return deliveredPackets() == 0
                ? 0
                : moment.get(ReceiverStatistics.BUFFER_TIME_NS) / deliveredPackets();
    }

    /** Time between the last two originals, in ns. */
    public long spacingNs() {
        return moment.get(ReceiverStatistics.SPACING_NS);
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
        return moment.get(ReceiverStatistics.BITS_PER_SECOND);
    }

    /** Control datagrams sent, requests included. */
    public long controlSentPackets() {
        return moment.get(ReceiverStatistics.SESSION.controlSentPackets);
    }

    /** Of the control datagrams sent, the ones with requests. */
    public long requestDatagrams() {
        return moment.get(ReceiverStatistics.REQUEST_DATAGRAMS);
    }

    /** Control datagrams accepted. */
    public long controlReceivedPackets() {
        return moment.get(ReceiverStatistics.SESSION.controlReceivedPackets);
    }

    /** Datagrams from strangers, malformed or out of place. */
    public long refusedDatagrams() {
        return ReceiverStatistics.SESSION.refusedDatagrams(moment.readings());
    }

    /** Of the datagrams refused, those that make no sense on this profile. */
    public long unreadableDatagrams() {
        return ReceiverStatistics.SESSION.unreadableDatagrams(moment.readings());
    }

    /** What its numbers are, for whoever shows all of them. */
    @Override
    public List<RistStatistic> statistics() {
        return moment.readings().statistics();
    }

    @Override
    public long value(RistStatistic statistic) {
        return moment.get(statistic);
    }

    /** {@code flow}: the flow id, in hexadecimal. */
    @Override
    public Map<String, String> labels() {
        return Map.of("flow", "0x" + HexFormat.of().toHexDigits(flowId()));
    }

    /** Every path in use, with its counters from the same moment on. */
    public List<RistPathStats> paths() {
        return moment.paths();
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
        return moment.describe(RistReceiverStats.class);
    }
}
