package io.rist4j;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a sender did: a snapshot, immutable. Counters count from the sender's beginning, or from the
 * earlier snapshot in {@link RistSender#statsSince}; the rest is as it was when the snapshot was
 * taken. Bytes are payloads.
 *
 * @param taken when
 * @param interval how long the counters counted
 * @param flowId the flow id
 * @param connected whether a receiver is there
 * @param sentPackets originals, whether or not a path could take them
 * @param sentBytes bytes of the originals
 * @param retransmittedPackets packets sent again because they were asked for
 * @param retransmittedBytes bytes of these
 * @param tailRepairPackets repetitions of the last packet when the input paused
 * @param requestsReceived requests, counted by range
 * @param requestedPackets packets that the requests named
 * @param skippedRecentPackets not sent again because that had just been done ({@code bloat_skipped}
 *     of libRIST)
 * @param skippedBitratePackets not sent again because of {@link RistConfig#maxBitrate} ({@code
 *     bandwidth_skipped})
 * @param skippedUnknownPackets not sent again because they are not kept: never sent, or forgotten
 * @param skippedExpiredPackets not sent again because they are too old to be in time
 * @param skippedExhaustedPackets not sent again because that was done as often as allowed
 * @param skippedExcessPackets not looked at because requests came faster than any receiver needs
 * @param evictedPackets forgotten while a receiver could still need them: {@link
 *     RistConfig#memoryMiB}, or 16-bit numbers
 * @param droppedPackets dropped on the way in because the queue was full
 * @param queuedPackets waiting in the queue
 * @param historyPackets kept for retransmission
 * @param historyBytes bytes of these
 * @param bitsPerSecond rate of the originals, over about a second
 * @param retransmittedBitsPerSecond rate of the retransmissions
 * @param controlSentPackets control datagrams sent
 * @param controlReceivedPackets control datagrams accepted
 * @param refusedDatagrams datagrams from strangers, malformed or out of place
 * @param paths every path in use
 */
public record RistSenderStats(
        Instant taken,
        Duration interval,
        int flowId,
        boolean connected,
        long sentPackets,
        long sentBytes,
        long retransmittedPackets,
        long retransmittedBytes,
        long tailRepairPackets,
        long requestsReceived,
        long requestedPackets,
        long skippedRecentPackets,
        long skippedBitratePackets,
        long skippedUnknownPackets,
        long skippedExpiredPackets,
        long skippedExhaustedPackets,
        long skippedExcessPackets,
        long evictedPackets,
        long droppedPackets,
        int queuedPackets,
        long historyPackets,
        long historyBytes,
        long bitsPerSecond,
        long retransmittedBitsPerSecond,
        long controlSentPackets,
        long controlReceivedPackets,
        long refusedDatagrams,
        List<RistPathStats> paths) {
    /** Copies the list. */
    public RistSenderStats {
        paths = List.copyOf(paths);
    }

    /**
     * Originals in percent of originals, retransmissions and refused retransmissions together, as
     * libRIST counts {@code quality}; 100 when nothing was sent.
     */
    public double qualityPercent() {
        long all =
                sentPackets
                        + retransmittedPackets
                        + skippedRecentPackets
                        + skippedBitratePackets
                        + skippedPackets();
        return sentPackets == 0 ? 100 : 100.0 * sentPackets / all;
    }

    /** Requested packets not sent again for another reason than time and rate. */
    public long skippedPackets() {
        return skippedUnknownPackets
                + skippedExpiredPackets
                + skippedExhaustedPackets
                + skippedExcessPackets;
    }

    /**
     * This snapshot with its counters from an earlier one on.
     *
     * @param earlier a cumulative snapshot of the same sender
     */
    public RistSenderStats since(RistSenderStats earlier) {
        return new RistSenderStats(
                taken,
                interval.minus(earlier.interval),
                flowId,
                connected,
                sentPackets - earlier.sentPackets,
                sentBytes - earlier.sentBytes,
                retransmittedPackets - earlier.retransmittedPackets,
                retransmittedBytes - earlier.retransmittedBytes,
                tailRepairPackets - earlier.tailRepairPackets,
                requestsReceived - earlier.requestsReceived,
                requestedPackets - earlier.requestedPackets,
                skippedRecentPackets - earlier.skippedRecentPackets,
                skippedBitratePackets - earlier.skippedBitratePackets,
                skippedUnknownPackets - earlier.skippedUnknownPackets,
                skippedExpiredPackets - earlier.skippedExpiredPackets,
                skippedExhaustedPackets - earlier.skippedExhaustedPackets,
                skippedExcessPackets - earlier.skippedExcessPackets,
                evictedPackets - earlier.evictedPackets,
                droppedPackets - earlier.droppedPackets,
                queuedPackets,
                historyPackets,
                historyBytes,
                bitsPerSecond,
                retransmittedBitsPerSecond,
                controlSentPackets - earlier.controlSentPackets,
                controlReceivedPackets - earlier.controlReceivedPackets,
                refusedDatagrams - earlier.refusedDatagrams,
                PathSnapshots.since(paths, earlier.paths));
    }

    /**
     * The statistics of libRIST's {@code ristsender}: one JSON object for each of its peers, with
     * its field names. On the Simple profile a path is two peers, {@code data} and {@code rtcp}.
     * Meant for snapshots of an interval, as libRIST counts anew after each report.
     */
    public List<String> toLibristJson() {
        return LibristJson.sender(this);
    }
}
