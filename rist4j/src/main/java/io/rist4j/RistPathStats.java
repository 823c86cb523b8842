package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/**
 * One path in a snapshot. Counters count from its beginning, or from the earlier snapshot in {@code
 * statsSince}; round trips, rates and states are as they were when the snapshot was taken. Bytes
 * are UDP payloads.
 *
 * @param path its number
 * @param uri index of the URL that it belongs to; a listening URL may have several peers
 * @param peer the peer's address
 * @param cname the peer's canonical name, empty before it said
 * @param alive whether it was heard within the session timeout, or never yet
 * @param weight share of the originals; 0 carries all
 * @param priority for a receiver's requests
 * @param rttKnown whether a round trip was measured; the three that follow are 0 otherwise
 * @param rttLastNs latest round trip
 * @param rttSmoothedNs smoothed round trip
 * @param rttMinNs shortest round trip
 * @param sentPackets originals sent
 * @param sentBytes bytes of the originals sent
 * @param retransmittedPackets retransmissions sent
 * @param retransmittedBytes bytes of the retransmissions sent
 * @param receivedPackets media packets received, duplicates included
 * @param receivedBytes bytes of the media packets received
 * @param controlSentPackets control datagrams sent
 * @param controlSentBytes bytes of the control datagrams sent
 * @param controlReceivedPackets control datagrams received
 * @param controlReceivedBytes bytes of the control datagrams received
 * @param sentBitsPerSecond rate of the originals sent, over about a second
 * @param retransmittedBitsPerSecond rate of the retransmissions sent
 * @param receivedBitsPerSecond rate of the media received
 */
public record RistPathStats(
        int path,
        int uri,
        @Nullable InetSocketAddress peer,
        String cname,
        boolean alive,
        int weight,
        int priority,
        boolean rttKnown,
        long rttLastNs,
        long rttSmoothedNs,
        long rttMinNs,
        long sentPackets,
        long sentBytes,
        long retransmittedPackets,
        long retransmittedBytes,
        long receivedPackets,
        long receivedBytes,
        long controlSentPackets,
        long controlSentBytes,
        long controlReceivedPackets,
        long controlReceivedBytes,
        long sentBitsPerSecond,
        long retransmittedBitsPerSecond,
        long receivedBitsPerSecond) {
    /** This path with its counters from an earlier snapshot on. */
    RistPathStats since(RistPathStats earlier) {
        return new RistPathStats(
                path,
                uri,
                peer,
                cname,
                alive,
                weight,
                priority,
                rttKnown,
                rttLastNs,
                rttSmoothedNs,
                rttMinNs,
                sentPackets - earlier.sentPackets,
                sentBytes - earlier.sentBytes,
                retransmittedPackets - earlier.retransmittedPackets,
                retransmittedBytes - earlier.retransmittedBytes,
                receivedPackets - earlier.receivedPackets,
                receivedBytes - earlier.receivedBytes,
                controlSentPackets - earlier.controlSentPackets,
                controlSentBytes - earlier.controlSentBytes,
                controlReceivedPackets - earlier.controlReceivedPackets,
                controlReceivedBytes - earlier.controlReceivedBytes,
                sentBitsPerSecond,
                retransmittedBitsPerSecond,
                receivedBitsPerSecond);
    }
}
