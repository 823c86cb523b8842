package io.rist4j;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What a sender did: a snapshot, immutable. Counters count from the sender's beginning, or from the
 * earlier snapshot where it is {@link #since} one; the rest is as it was when the snapshot was
 * taken. Bytes are payloads. Taking one changes nothing: any number of readers each have their own
 * intervals.
 *
 * <p>Later versions may tell more. Made by this library only. Safe for use by any thread.
 */
public final class RistSenderStats implements RistNumbers {
    private final StatsMoment moment;

    RistSenderStats(StatsMoment moment) {
        this.moment = moment;
    }

    /**
     * This snapshot with its counters from an earlier one on, whatever either counts from: of three
     * snapshots, the last since the second is the time between these two.
     *
     * @param earlier a snapshot of the same sender
     * @throws IllegalArgumentException when it was taken later than this one
     */
    public RistSenderStats since(RistSenderStats earlier) {
        return new RistSenderStats(moment.since(earlier.moment));
    }

    /** When it was taken. */
    public Instant taken() {
        return moment.taken();
    }

    /** How long the counters counted: since the sender opened, or since the earlier snapshot. */
    public Duration interval() {
        return moment.interval();
    }

    /** The flow id. */
    public int flowId() {
        return moment.flowId();
    }

    /** Whether a receiver is there. */
    public boolean connected() {
        return moment.connected();
    }

    /** Originals, whether or not a path could take them. */
    public long sentPackets() {
        return moment.get(SenderStatistics.SENT_PACKETS);
    }

    /** Bytes of the originals. */
    public long sentBytes() {
        return moment.get(SenderStatistics.SENT_BYTES);
    }

    /** Packets sent again because they were asked for. */
    public long retransmittedPackets() {
        return moment.get(SenderStatistics.RETRANSMITTED_PACKETS);
    }

    /** Bytes of the packets sent again. */
    public long retransmittedBytes() {
        return moment.get(SenderStatistics.RETRANSMITTED_BYTES);
    }

    /** Repetitions of the last packet when the input paused. */
    public long tailRepairPackets() {
        return moment.get(SenderStatistics.TAIL_REPAIR_PACKETS);
    }

    /** Requests, counted by range. */
    public long requestsReceived() {
        return moment.get(SenderStatistics.REQUESTS_RECEIVED);
    }

    /** Packets that the requests named. */
    public long requestedPackets() {
        return moment.get(SenderStatistics.REQUESTED_PACKETS);
    }

    /**
     * Packets not sent again because that had just been done ({@code bloat_skipped} of libRIST).
     */
    public long skippedRecentPackets() {
        return moment.get(SenderStatistics.SKIPPED_RECENT_PACKETS);
    }

    /**
     * Packets not sent again because of {@link RistConfig#maxBitrate} ({@code bandwidth_skipped}).
     */
    public long skippedBitratePackets() {
        return moment.get(SenderStatistics.SKIPPED_BITRATE_PACKETS);
    }

    /** Packets not sent again because they are not kept: never sent, or forgotten. */
    public long skippedUnknownPackets() {
        return moment.get(SenderStatistics.SKIPPED_UNKNOWN_PACKETS);
    }

    /** Packets not sent again because they are too old to be in time. */
    public long skippedExpiredPackets() {
        return moment.get(SenderStatistics.SKIPPED_EXPIRED_PACKETS);
    }

    /** Packets not sent again because that was done as often as allowed. */
    public long skippedExhaustedPackets() {
        return moment.get(SenderStatistics.SKIPPED_EXHAUSTED_PACKETS);
    }

    /** Requested packets not looked at because requests came faster than any receiver needs. */
    public long skippedExcessPackets() {
        return moment.get(SenderStatistics.SKIPPED_EXCESS_PACKETS);
    }

    /**
     * Packets forgotten while a receiver could still need them: {@link RistConfig#memoryMiB}, or
     * 16-bit numbers.
     */
    public long evictedPackets() {
        return moment.get(SenderStatistics.EVICTED_MEMORY_PACKETS)
                + moment.get(SenderStatistics.EVICTED_NUMBERS_PACKETS);
    }

    /** Packets dropped on the way in because the queue was full. */
    public long droppedPackets() {
        return moment.get(SenderStatistics.DROPPED_PACKETS);
    }

    /** Packets waiting in the queue, at the moment. */
    public int queuedPackets() {
        return moment.getInt(SenderStatistics.QUEUED_PACKETS);
    }

    /** Packets kept for retransmission, at the moment. */
    public long historyPackets() {
        return moment.get(SenderStatistics.HISTORY_PACKETS);
    }

    /** Bytes of the packets kept for retransmission. */
    public long historyBytes() {
        return moment.get(SenderStatistics.HISTORY_BYTES);
    }

    /** Rate of the originals, over about a second. */
    public long bitsPerSecond() {
        return moment.get(SenderStatistics.BITS_PER_SECOND);
    }

    /** Rate of the retransmissions, over about a second. */
    public long retransmittedBitsPerSecond() {
        return moment.get(SenderStatistics.RETRANSMITTED_BITS_PER_SECOND);
    }

    /** Control datagrams sent. */
    public long controlSentPackets() {
        return moment.get(SenderStatistics.SESSION.controlSentPackets);
    }

    /** Control datagrams accepted. */
    public long controlReceivedPackets() {
        return moment.get(SenderStatistics.SESSION.controlReceivedPackets);
    }

    /** Datagrams from strangers, malformed or out of place. */
    public long refusedDatagrams() {
        return SenderStatistics.SESSION.refusedDatagrams(moment.readings());
    }

    /** Of the datagrams refused, those that make no sense on this profile. */
    public long unreadableDatagrams() {
        return SenderStatistics.SESSION.unreadableDatagrams(moment.readings());
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
     * Originals in percent of originals, retransmissions and refused retransmissions together, as
     * libRIST counts {@code quality}; 100 when nothing was sent.
     */
    public double qualityPercent() {
        long all =
                sentPackets()
                        + retransmittedPackets()
                        + skippedRecentPackets()
                        + skippedBitratePackets()
                        + skippedPackets();
        return sentPackets() == 0 ? 100 : 100.0 * sentPackets() / all;
    }

    /** Requested packets not sent again for another reason than time and rate. */
    public long skippedPackets() {
        return skippedUnknownPackets()
                + skippedExpiredPackets()
                + skippedExhaustedPackets()
                + skippedExcessPackets();
    }

    /**
     * The statistics of libRIST's {@code ristsender}: one JSON object for each of its peers, with
     * its field names. On the Simple profile a path is two peers, {@code data} and {@code rtcp}; in
     * a tunnel it is one, {@code data}, which receives the reports too. Meant for snapshots of an
     * interval, as libRIST counts anew after each report.
     */
    public List<String> toLibristJson() {
        return LibristJson.sender(this);
    }

    /** What stands out: every number that is not 0; for people, and open to change. */
    @Override
    public String toString() {
        return moment.describe(RistSenderStats.class);
    }
}
