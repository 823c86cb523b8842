package io.rist4j;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a receiver did: a snapshot, immutable. Counters count from the receiver's beginning, or from
 * the earlier snapshot in {@link RistReceiver#statsSince}; the rest is as it was when the snapshot
 * was taken. Bytes are payloads.
 *
 * @param taken when
 * @param interval how long the counters counted
 * @param flowId the flow id, 0 before there is a flow
 * @param connected whether a sender is there
 * @param receivedPackets packets accepted into the buffer, first copies only
 * @param receivedBytes bytes of these
 * @param retransmittedPackets of these, the ones that came as retransmissions
 * @param deliveredPackets packets put out
 * @param deliveredBytes bytes of these
 * @param lostPackets packets that the output went on without
 * @param discontinuities runs of lost packets
 * @param missingPackets packets that were asked for at least once
 * @param recoveredPackets of these, the ones that came in time
 * @param recoveredOneRoundPackets recovered by the first round of requests
 * @param recoveredTwoRoundsPackets recovered by the second
 * @param recoveredThreeRoundsPackets recovered by the third
 * @param recoveredFourRoundsPackets recovered by the fourth
 * @param recoveredMoreRoundsPackets recovered by a later one
 * @param startRepairedPackets packets from before the first one that came in time
 * @param duplicatePackets further copies of packets already here
 * @param reorderedPackets originals that came after one of their successors
 * @param latePackets came after their turn
 * @param overfullPackets found no room in the recovery buffer
 * @param earlyPackets put out before they were due because the recovery buffer was full: {@link
 *     RistConfig#memoryMiB}, or 16-bit numbers
 * @param unaskablePackets missing, and not asked for: their 16-bit numbers were in use again
 * @param foreignPackets of another flow than the one in use
 * @param requestedPackets packets asked for, repetitions included
 * @param requestsRepeatedPackets of these, repetitions within a round trip
 * @param requestsSuppressedPackets not asked for because of {@link RistConfig#returnBitrate}
 * @param flowResets how often the flow began anew
 * @param clockResyncs how often the playout clock was set anew
 * @param droppedPackets dropped on the way out because the queue was full
 * @param queuedPackets waiting in the queue
 * @param missingQueuePackets missing at the moment
 * @param missingQueueMostPackets how many missing packets can be kept track of
 * @param bufferNs the recovery buffer
 * @param meanBufferTimeNs mean time of a packet in the buffer, of the counted packets
 * @param spacingNs time between the last two originals
 * @param spacingMinNs least such time since the last snapshot
 * @param spacingMaxNs most such time since the last snapshot
 * @param bitsPerSecond rate of the media received, over about a second, retransmissions included
 * @param controlSentPackets control datagrams sent, requests included
 * @param requestDatagrams of these, the ones with requests
 * @param controlReceivedPackets control datagrams accepted
 * @param refusedDatagrams datagrams from strangers, malformed or out of place
 * @param paths every path in use
 */
public record RistReceiverStats(
        Instant taken,
        Duration interval,
        int flowId,
        boolean connected,
        long receivedPackets,
        long receivedBytes,
        long retransmittedPackets,
        long deliveredPackets,
        long deliveredBytes,
        long lostPackets,
        long discontinuities,
        long missingPackets,
        long recoveredPackets,
        long recoveredOneRoundPackets,
        long recoveredTwoRoundsPackets,
        long recoveredThreeRoundsPackets,
        long recoveredFourRoundsPackets,
        long recoveredMoreRoundsPackets,
        long startRepairedPackets,
        long duplicatePackets,
        long reorderedPackets,
        long latePackets,
        long overfullPackets,
        long earlyPackets,
        long unaskablePackets,
        long foreignPackets,
        long requestedPackets,
        long requestsRepeatedPackets,
        long requestsSuppressedPackets,
        long flowResets,
        long clockResyncs,
        long droppedPackets,
        int queuedPackets,
        int missingQueuePackets,
        int missingQueueMostPackets,
        long bufferNs,
        long meanBufferTimeNs,
        long spacingNs,
        long spacingMinNs,
        long spacingMaxNs,
        long bitsPerSecond,
        long controlSentPackets,
        long requestDatagrams,
        long controlReceivedPackets,
        long refusedDatagrams,
        List<RistPathStats> paths) {
    /** Copies the list. */
    public RistReceiverStats {
        paths = List.copyOf(paths);
    }

    /**
     * Received packets in percent of received and missing ones, as libRIST counts {@code quality};
     * 100 when none came.
     */
    public double qualityPercent() {
        return receivedPackets == 0
                ? 100
                : 100.0 * receivedPackets / (receivedPackets + missingPackets);
    }

    /**
     * This snapshot with its counters from an earlier one on.
     *
     * @param earlier a cumulative snapshot of the same receiver
     */
    public RistReceiverStats since(RistReceiverStats earlier) {
        long delivered = deliveredPackets - earlier.deliveredPackets;
        double bufferTimeNs =
                (double) meanBufferTimeNs * deliveredPackets
                        - (double) earlier.meanBufferTimeNs * earlier.deliveredPackets;
        return new RistReceiverStats(
                taken,
                interval.minus(earlier.interval),
                flowId,
                connected,
                receivedPackets - earlier.receivedPackets,
                receivedBytes - earlier.receivedBytes,
                retransmittedPackets - earlier.retransmittedPackets,
                delivered,
                deliveredBytes - earlier.deliveredBytes,
                lostPackets - earlier.lostPackets,
                discontinuities - earlier.discontinuities,
                missingPackets - earlier.missingPackets,
                recoveredPackets - earlier.recoveredPackets,
                recoveredOneRoundPackets - earlier.recoveredOneRoundPackets,
                recoveredTwoRoundsPackets - earlier.recoveredTwoRoundsPackets,
                recoveredThreeRoundsPackets - earlier.recoveredThreeRoundsPackets,
                recoveredFourRoundsPackets - earlier.recoveredFourRoundsPackets,
                recoveredMoreRoundsPackets - earlier.recoveredMoreRoundsPackets,
                startRepairedPackets - earlier.startRepairedPackets,
                duplicatePackets - earlier.duplicatePackets,
                reorderedPackets - earlier.reorderedPackets,
                latePackets - earlier.latePackets,
                overfullPackets - earlier.overfullPackets,
                earlyPackets - earlier.earlyPackets,
                unaskablePackets - earlier.unaskablePackets,
                foreignPackets - earlier.foreignPackets,
                requestedPackets - earlier.requestedPackets,
                requestsRepeatedPackets - earlier.requestsRepeatedPackets,
                requestsSuppressedPackets - earlier.requestsSuppressedPackets,
                flowResets - earlier.flowResets,
                clockResyncs - earlier.clockResyncs,
                droppedPackets - earlier.droppedPackets,
                queuedPackets,
                missingQueuePackets,
                missingQueueMostPackets,
                bufferNs,
                delivered == 0 ? 0 : Math.round(bufferTimeNs / delivered),
                spacingNs,
                spacingMinNs,
                spacingMaxNs,
                bitsPerSecond,
                controlSentPackets - earlier.controlSentPackets,
                requestDatagrams - earlier.requestDatagrams,
                controlReceivedPackets - earlier.controlReceivedPackets,
                refusedDatagrams - earlier.refusedDatagrams,
                PathSnapshots.since(paths, earlier.paths));
    }

    /**
     * The statistics of libRIST's {@code ristreceiver}: a JSON object with its field names. Meant
     * for snapshots of an interval, as libRIST counts anew after each report.
     */
    public String toLibristJson() {
        return LibristJson.receiver(this);
    }
}
